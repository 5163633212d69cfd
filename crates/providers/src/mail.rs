//! Where mails go.

mod message;
mod signing;

pub use message::{Attachment, Message, OwnAddress, Sender};
pub use signing::{NoKeys, Signature, SigningKey};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How long the server may take over one mail.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Where a mail server is, and how to talk to it.
#[derive(Clone)]
pub struct SmtpConfig {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: SmtpTls,
    /// User and password, if it asks.
    pub credentials: Option<(String, String)>,
}

impl std::fmt::Debug for SmtpConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpConfig").field("host", &self.host).field("port", &self.port).field("tls", &self.tls).finish_non_exhaustive()
    }
}

/// How a connection to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    /// From the first byte (port 465).
    Implicit,
    /// After STARTTLS, which the server must offer (port 587).
    StartTls,
    /// Not at all: a server on this machine, and no other ([`is_loopback`]).
    None,
}

/// Sends mails from one address, or from one that its sender has and signs for.
pub struct Mailer {
    /// The address that mails come from.
    from: String,
    transport: Transport,
}

enum Transport {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    /// Development: nothing leaves; the `mails` table is the mailbox.
    Mailbox,
    /// Tests: kept in memory.
    Captured(Mutex<Vec<Message>>),
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The server will not have it, or it is no mail. Trying again will not help.
    #[error("refused: {0}")]
    Refused(String),
    /// The server cannot be reached or asks to try later.
    #[error("unavailable: {0}")]
    Unavailable(String),
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Mailer {
    /// Through a mail server.
    ///
    /// # Errors
    /// When the host is no name that TLS could check, or mails would leave this machine in plain
    /// text.
    pub fn smtp(from: &str, config: &SmtpConfig) -> Result<Self, MailError> {
        let parameters = || TlsParameters::new(config.host.clone()).map_err(|e| MailError::Refused(e.to_string()));
        let tls = match config.tls {
            SmtpTls::Implicit => Tls::Wrapper(parameters()?),
            SmtpTls::StartTls => Tls::Required(parameters()?),
            SmtpTls::None if is_loopback(&config.host) => Tls::None,
            SmtpTls::None => return Err(MailError::Refused("mails leave this machine over TLS only".to_owned())),
        };
        let mut builder =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host).port(config.port).tls(tls).timeout(Some(TIMEOUT));
        if let Some((user, password)) = &config.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self { from: from.to_owned(), transport: Transport::Smtp(Box::new(builder.build())) })
    }

    /// Nowhere: mails are read on the mailbox page.
    pub fn mailbox(from: &str) -> Self {
        Self { from: from.to_owned(), transport: Transport::Mailbox }
    }

    /// Into memory.
    pub fn captured(from: &str) -> Self {
        Self { from: from.to_owned(), transport: Transport::Captured(Mutex::default()) }
    }

    /// The address that mails come from.
    pub fn from(&self) -> &str {
        &self.from
    }

    /// Whether mails leave the database; otherwise they are read there.
    pub const fn leaves(&self) -> bool {
        !matches!(self.transport, Transport::Mailbox)
    }

    /// What was sent so far, oldest first; empty unless mails are captured.
    pub fn sent(&self) -> Vec<Message> {
        match &self.transport {
            Transport::Captured(sent) => sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Transport::Smtp(_) | Transport::Mailbox => Vec::new(),
        }
    }

    /// Sends one mail.
    pub async fn send(&self, message: &Message) -> Result<(), MailError> {
        match &self.transport {
            Transport::Smtp(server) => {
                let mail = message.build(&self.from)?;
                server
                    .send(mail)
                    .await
                    .map(|_| ())
                    .map_err(|e| if is_refusal(&e) { MailError::Refused(describe(&e)) } else { MailError::Unavailable(describe(&e)) })
            }
            Transport::Mailbox => Ok(()),
            Transport::Captured(sent) => {
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(message.clone());
                Ok(())
            }
        }
    }
}

/// Whether `text` is an address that a mail can be written to, as [`Mailer::send`] reads it.
pub fn is_address(text: &str) -> bool {
    text.parse::<lettre::Address>().is_ok()
}

/// Whether `host` is this machine.
pub fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The answers by which a server refuses us and not the mail: no or wrong credentials, or a
/// connection that it does not trust. RFC 4954 6, RFC 3207 4.
const REFUSES_US: [u16; 4] = [530, 534, 535, 538];

/// What went wrong, without the server's words: they repeat the address.
fn describe(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the server answered {code}"),
        None if error.is_timeout() => "no answer in time".to_owned(),
        None if error.is_tls() => "TLS failed".to_owned(),
        None => "no connection".to_owned(),
    }
}

fn is_refusal(error: &lettre::transport::smtp::Error) -> bool {
    error.is_permanent() && !error.status().is_some_and(|code| REFUSES_US.contains(&u16::from(code)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::TcpListener,
    };

    /// The port of a server that answers every sender with `answer`.
    async fn server(answer: &'static str) -> std::io::Result<u16> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await?;
            let (read, mut write) = stream.into_split();
            let mut lines = BufReader::new(read).lines();
            write.write_all(b"220 here\r\n").await?;
            while let Some(line) = lines.next_line().await? {
                let said = if line.starts_with("MAIL") { answer } else { "250 well" };
                write.write_all(format!("{said}\r\n").as_bytes()).await?;
            }
            std::io::Result::Ok(())
        });
        Ok(port)
    }

    fn message() -> Message {
        Message {
            id: "<1@school.example>".into(),
            date: jiff::Timestamp::UNIX_EPOCH,
            from: Sender { name: "School".into(), ..Sender::default() },
            to_name: "Sue".into(),
            to: "sue@school.example".into(),
            subject: "Hello".into(),
            html: "<p>Hello</p>".into(),
            text: "Hello".into(),
            calendar: None,
        }
    }

    fn plain(host: &str, port: u16) -> SmtpConfig {
        SmtpConfig { host: host.into(), port, tls: SmtpTls::None, credentials: None }
    }

    #[tokio::test]
    async fn only_the_mail_is_refused_for_good() {
        for (answer, is_final) in [
            ("530 first", false),
            ("534 weak", false),
            ("535 wrong", false),
            ("538 open", false),
            ("451 later", false),
            ("550 <sue@school.example> no", true),
        ] {
            let port = server(answer).await.unwrap();
            let sent = Mailer::smtp("school@school.example", &plain("127.0.0.1", port)).unwrap().send(&message()).await;
            match sent {
                Err(MailError::Refused(cause)) => assert!(is_final && !cause.contains("sue@"), "{answer}: {cause}"),
                Err(MailError::Unavailable(cause)) => assert!(!is_final && cause.contains(&answer[..3]), "{answer}: {cause}"),
                Ok(()) => panic!("{answer} is no success"),
            }
        }
    }

    #[tokio::test]
    async fn plain_text_stays_on_this_machine() {
        for host in ["localhost", "127.0.0.1", "::1"] {
            assert!(Mailer::smtp("a@b.co", &plain(host, 25)).is_ok(), "{host}");
        }
        for host in ["mail.example", "10.0.0.7", "localhost.example"] {
            assert!(Mailer::smtp("a@b.co", &plain(host, 25)).is_err(), "{host}");
        }
    }
}
