//! The development mailbox: mails are read on a page instead of being sent.

use super::queries;
use crate::{Actor, Result, Services};
use jiff::Timestamp;
use kernel::{AppError, ids::MailId};

/// A mail in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailHead {
    /// Its id.
    pub id: MailId,
    /// The reader's address.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was handed over.
    pub sent_at: Option<Timestamp>,
}

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// What the list shows.
    pub head: MailHead,
    /// As HTML, a whole document with inline styles and no script.
    pub html: String,
    /// As plain text.
    pub text: String,
    /// The calendar file.
    pub calendar: Option<String>,
}

/// The tenant's latest 50 mails, newest first.
///
/// # Errors
/// Not found where mails are really sent: there they are nobody's to read.
pub async fn mailbox(services: &Services, actor: &Actor) -> Result<Vec<MailHead>> {
    only_here(services)?;
    let mut tx = actor.begin(&services.db).await?;
    queries::latest(&mut tx).await
}

/// One of the tenant's mails.
///
/// # Errors
/// As [`mailbox`], and when there is no such mail.
pub async fn mail(services: &Services, actor: &Actor, id: MailId) -> Result<Mail> {
    only_here(services)?;
    let mut tx = actor.begin(&services.db).await?;
    Ok(queries::by_id(&mut tx, id).await?.ok_or(AppError::NotFound)?)
}

fn only_here(services: &Services) -> Result<()> {
    if services.mail.leaves() { Err(AppError::NotFound.into()) } else { Ok(()) }
}
