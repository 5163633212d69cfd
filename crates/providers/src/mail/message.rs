//! One mail.

use super::{MailError, Signature};
use jiff::Timestamp;
use lettre::{
    Address,
    address::Envelope,
    message::{Attachment as Part, Mailbox, MultiPart, SinglePart, header::ContentType},
};
use std::time::SystemTime;

/// A mail to one person, in HTML and in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its identity, `<…>`: the same if it is sent again.
    pub id: String,
    /// When it was written.
    pub date: Timestamp,
    /// Who it comes from.
    pub from: Sender,
    /// The reader's name.
    pub to_name: String,
    /// The reader's address.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// As HTML.
    pub html: String,
    /// As plain text.
    pub text: String,
    /// A calendar event, if any.
    pub calendar: Option<Attachment>,
}

/// Who a mail comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// A name.
    pub name: String,
    /// Where answers go, if not to the address.
    pub reply_to: Option<String>,
    /// An address of their own; the mailer's otherwise.
    pub own: Option<OwnAddress>,
}

/// An address of a domain that is its sender's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAddress {
    /// The address.
    pub address: String,
    /// How its mails are signed.
    pub signature: Signature,
}

/// A calendar event in a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// `REQUEST` or `CANCEL`: what mail programs act on.
    pub method: String,
    /// The file.
    pub content: String,
}

impl Message {
    /// The mail as it travels: text and HTML as alternatives, the event both as a third
    /// alternative (mail programs that know invitations) and as a file (the others). What cannot be delivered goes
    /// back to `mailer`, whoever it comes from.
    pub(super) fn build(&self, mailer: &str) -> Result<lettre::Message, MailError> {
        let own = self.from.own.as_ref();
        let (from, to) = (own.map_or(mailer, |own| &own.address), mailbox(&self.to_name, &self.to)?);
        let envelope = Envelope::new(Some(address(mailer)?), vec![to.email.clone()]).map_err(|e| MailError::Refused(e.to_string()))?;
        let mut builder = lettre::Message::builder()
            .message_id(Some(self.id.clone()))
            .date(SystemTime::from(self.date))
            .from(mailbox(&self.from.name, from)?)
            .to(to)
            .subject(line(&self.subject))
            .envelope(envelope);
        if let Some(reply_to) = &self.from.reply_to {
            builder = builder.reply_to(mailbox(&self.from.name, reply_to)?);
        }
        let words =
            MultiPart::alternative().singlepart(SinglePart::plain(self.text.clone())).singlepart(SinglePart::html(self.html.clone()));
        let body = match &self.calendar {
            None => words,
            Some(event) => {
                let kind = |text: &str| ContentType::parse(text).map_err(|e| MailError::Refused(e.to_string()));
                let inline = kind(&format!("text/calendar; method={}; charset=UTF-8", event.method))?;
                let words = words.singlepart(SinglePart::builder().header(inline).body(event.content.clone()));
                let file = Part::new("lesson.ics".to_owned()).body(event.content.clone(), kind("application/ics")?);
                MultiPart::mixed().multipart(words).singlepart(file)
            }
        };
        let mut mail = builder.multipart(body).map_err(|e| MailError::Refused(e.to_string()))?;
        if let Some(own) = own {
            own.signature.sign(&mut mail)?;
        }
        Ok(mail)
    }
}

fn address(text: &str) -> Result<Address, MailError> {
    text.parse().map_err(|_| MailError::Refused("no address".to_owned()))
}

fn mailbox(name: &str, email: &str) -> Result<Mailbox, MailError> {
    Ok(Mailbox::new(Some(line(name)), address(email)?))
}

/// One line: a control character in a header makes the library panic, or starts another header.
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::SigningKey, *};
    use hickory_resolver::config::{ResolverConfig, ResolverOpts};
    use mail_auth::{
        AuthenticatedMessage, DkimResult, MessageAuthenticator, Parameters, ResolverCache, Txt,
        common::{parse::TxtRecordParser, verify::DomainKey},
    };
    use std::{borrow::Borrow, hash::Hash, sync::Arc, time::Instant};

    fn message(from: Sender) -> Message {
        Message {
            id: "<1@northside.example>".into(),
            date: "2026-11-01T09:00:00Z".parse().unwrap(),
            from,
            to_name: "José\r\nBcc: x@y.z".into(),
            to: "jose@northside.example".into(),
            subject: "Confirmed\r\nBcc: x@y.z".into(),
            html: "<p>Hi  there </p>\r\n\r\n".into(),
            text: "Hi \u{e9}".into(),
            calendar: Some(Attachment { method: "REQUEST".into(), content: "BEGIN:VCALENDAR".into() }),
        }
    }

    fn sent(message: &Message) -> String {
        String::from_utf8(message.build("no-reply@northside.example").unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_mail_with_an_event_has_three_alternatives_and_a_file() {
        let mail = sent(&message(Sender { name: "Northside, \"school\"".into(), ..Sender::default() }));
        assert!(mail.contains("Message-ID: <1@northside.example>"));
        assert!(mail.contains("Date: Sun, 01 Nov 2026 09:00:00 +0000"));
        for part in ["text/plain", "text/html", "text/calendar; method=REQUEST", "application/ics", "lesson.ics"] {
            assert!(mail.contains(part), "{part} in {mail}");
        }
        assert!(!mail.contains("\r\nBcc:"), "no header can be smuggled in: {mail}");
        assert!(!mail.contains("Reply-To") && !mail.contains("DKIM-Signature"));
    }

    /// A DNS in which every name has the same record.
    struct Dns(Txt);

    impl ResolverCache<Box<str>, Txt> for Dns {
        fn get<Q: Hash + Eq + ?Sized>(&self, _: &Q) -> Option<Txt>
        where
            Box<str>: Borrow<Q>,
        {
            Some(self.0.clone())
        }

        fn remove<Q: Hash + Eq + ?Sized>(&self, _: &Q) -> Option<Txt>
        where
            Box<str>: Borrow<Q>,
        {
            None
        }

        fn insert(&self, _: Box<str>, _: Txt, _: Instant) {}
    }

    /// Whether a receiver takes `mail` for its domain's, whose DNS says `record`: by an implementation that is not ours.
    async fn verified(mail: &str, record: &str) -> bool {
        let dns = Dns(Txt::DomainKey(Arc::new(DomainKey::parse(record.as_bytes()).unwrap())));
        let receiver = MessageAuthenticator::new(ResolverConfig::default(), ResolverOpts::default()).unwrap();
        let mail = AuthenticatedMessage::parse(mail.as_bytes()).unwrap();
        let found = receiver.verify_dkim(Parameters::new(&mail).with_txt_cache(&dns)).await;
        !found.is_empty() && found.iter().all(|signature| signature.result() == &DkimResult::Pass)
    }

    #[tokio::test]
    async fn an_address_of_their_own_is_signed_for() {
        let key = SigningKey::generate().await.unwrap();
        let signature = Signature { domain: "school.example".into(), selector: "wm1".into(), key: key.private_pem().into() };
        let own = OwnAddress { address: "lessons@school.example".into(), signature };
        let message = message(Sender { name: "Lessons \u{e9}".into(), reply_to: Some("desk@school.example".into()), own: Some(own) });
        let mail = sent(&message);
        assert!(mail.contains("<lessons@school.example>") && mail.contains("<desk@school.example>"), "{mail}");
        let back = message.build("no-reply@northside.example").unwrap();
        assert_eq!(back.envelope().from().map(ToString::to_string).as_deref(), Some("no-reply@northside.example"));
        let record = format!("v=DKIM1; k=rsa; p={}", key.public());
        assert!(verified(&mail, &record).await);
        let other = SigningKey::generate().await.unwrap();
        assert!(!verified(&mail, &format!("v=DKIM1; k=rsa; p={}", other.public())).await, "another's key");
        assert!(!verified(&mail.replace("<p>Hi", "<p>Ho"), &record).await, "a changed body");
        for header in ["lessons@", "desk@", "jose@", "1@northside", "Confirmed"] {
            assert!(!verified(&mail.replacen(header, "other", 1), &record).await, "a changed {header}");
        }
    }
}
