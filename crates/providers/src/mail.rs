//! Where mails go.

mod message;

pub use message::{Attachment, Message};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use std::{
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
    /// Not at all: a server on this machine.
    None,
}

/// Sends mails from one address.
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
    /// When the host is no name that TLS could check.
    pub fn smtp(from: &str, config: &SmtpConfig) -> Result<Self, MailError> {
        let parameters = || TlsParameters::new(config.host.clone()).map_err(|e| MailError::Refused(e.to_string()));
        let tls = match config.tls {
            SmtpTls::Implicit => Tls::Wrapper(parameters()?),
            SmtpTls::StartTls => Tls::Required(parameters()?),
            SmtpTls::None => Tls::None,
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

    /// Whether mails leave this machine.
    pub const fn leaves(&self) -> bool {
        matches!(self.transport, Transport::Smtp(_))
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
                    .map_err(|e| if e.is_permanent() { MailError::Refused(e.to_string()) } else { MailError::Unavailable(e.to_string()) })
            }
            Transport::Mailbox => Ok(()),
            Transport::Captured(sent) => {
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(message.clone());
                Ok(())
            }
        }
    }
}
