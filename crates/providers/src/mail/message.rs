//! One mail.

use super::MailError;
use jiff::Timestamp;
use lettre::{
    Address,
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
    /// The sender's name; the address is the mailer's.
    pub from_name: String,
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
    /// alternative (mail programs that know invitations) and as a file (the others).
    pub(super) fn build(&self, from: &str) -> Result<lettre::Message, MailError> {
        let builder = lettre::Message::builder()
            .message_id(Some(self.id.clone()))
            .date(SystemTime::from(self.date))
            .from(mailbox(&self.from_name, from)?)
            .to(mailbox(&self.to_name, &self.to)?)
            .subject(line(&self.subject));
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
        builder.multipart(body).map_err(|e| MailError::Refused(e.to_string()))
    }
}

fn mailbox(name: &str, address: &str) -> Result<Mailbox, MailError> {
    let address: Address = address.parse().map_err(|_| MailError::Refused("no address".to_owned()))?;
    Ok(Mailbox::new(Some(line(name)), address))
}

/// One line: a control character in a header makes the library panic, or starts another header.
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_with_an_event_has_three_alternatives_and_a_file() {
        let message = Message {
            id: "<1@northside.example>".into(),
            date: "2026-11-01T09:00:00Z".parse().unwrap(),
            from_name: "Northside, \"school\"".into(),
            to_name: "José\r\nBcc: x@y.z".into(),
            to: "jose@northside.example".into(),
            subject: "Confirmed\r\nBcc: x@y.z".into(),
            html: "<p>Hi</p>".into(),
            text: "Hi".into(),
            calendar: Some(Attachment { method: "REQUEST".into(), content: "BEGIN:VCALENDAR".into() }),
        };
        let mail = String::from_utf8(message.build("no-reply@northside.example").unwrap().formatted()).unwrap();
        assert!(mail.contains("Message-ID: <1@northside.example>"));
        assert!(mail.contains("Date: Sun, 01 Nov 2026 09:00:00 +0000"));
        for part in ["text/plain", "text/html", "text/calendar; method=REQUEST", "application/ics", "lesson.ics"] {
            assert!(mail.contains(part), "{part} in {mail}");
        }
        assert!(!mail.contains("\r\nBcc:"), "no header can be smuggled in: {mail}");
    }
}
