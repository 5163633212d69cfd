//! Proof that a mail address belongs to whoever says so. An account is made of nothing else.
//!
//! To sign up, the browser that asked holds a ticket and the address gets a code: somebody else's code
//! is worth nothing without the ticket, and somebody who is sent a code that they did not ask
//! for has nothing to confirm. To choose a new password, the mail carries the ticket itself, in a
//! link.
//!
//! Whoever asks is told the same for every address, and the same rows are written; what the
//! address is to the school shows only in the mail that it gets.

use super::{identities::Elsewhere, queries};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    keyring::Place,
    limits::{self, Allowance},
    mailing::{self, Mailing},
    policies::Given,
    tenancy::Founding,
    ticket,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    AppError,
    email::Email,
    ids::{AccountId, ProofId},
};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// How long a code or link works.
pub const MINUTES: u16 = 30;
/// How many mails one proof may cause.
const MAILS: i16 = 3;
/// How many codes may be tried.
const TRIES: i16 = 5;

/// The sealed columns.
const SECRET: &str = "email_proofs.secret";
const WISH: &str = "email_proofs.wish";

/// What comes true with the proof.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "wish")]
pub enum Wish {
    /// To become a student of the school.
    Join {
        /// Display name.
        name: String,
        /// Of the password that was typed; none of who signs in elsewhere.
        password_hash: Option<String>,
        /// Who they showed that they are elsewhere.
        identity: Option<Elsewhere>,
        /// What they agreed to.
        #[serde(default)]
        consent: Box<Given>,
    },
    /// To found a school and be its admin.
    Found {
        /// The school.
        school: Box<Founding>,
        /// Display name of the admin.
        name: String,
        /// Of the password that was typed.
        password_hash: String,
    },
    /// To choose a new password.
    Reset,
}

/// A proof that waits for its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Where the code was sent.
    pub email: String,
    /// Whether another mail may be asked for.
    pub can_resend: bool,
}

/// A proof that was given.
#[derive(Clone, Debug)]
pub struct Proven {
    /// The address.
    pub email: Email,
    /// What was wished.
    pub wish: Wish,
    /// When the proof was begun.
    pub asked_at: Timestamp,
}

/// What a mail about a proof needs.
pub(crate) struct Told {
    /// Its address.
    pub email: String,
    /// The reader's language when they asked.
    pub locale: String,
    /// What was wished.
    pub wish: Wish,
    /// The code, or the link's ticket.
    pub secret: String,
    /// Until when it works.
    pub expires_at: Timestamp,
}

fn place<'a>(tx: &TenantTx, id: &'a ProofId, column: &'static str) -> Place<'a> {
    Place { column, owner: tx.tenant().0, row: id.0.as_bytes() }
}

fn parse(wish: &[u8]) -> Result<Wish> {
    serde_json::from_slice(wish).map_err(|_| Error::Broken("a wish is readable"))
}

/// Takes the allowances for a mail to the mailbox of `mailbox`. Comes first: everything after it is work.
///
/// # Errors
/// [`AppError::RateLimited`] when the client, the mailbox or the school has caused too many.
pub(crate) async fn allow_mail(services: &Services, actor: &Actor, mailbox: Allowance<'_>) -> Result<()> {
    if let Some(client) = actor.client {
        limits::take(services, Allowance::MailFrom(client)).await?;
    }
    limits::take(services, mailbox).await?;
    limits::take(services, Allowance::MailOf(actor.tenant.id)).await
}

/// Begins a proof of `email` that [`allow_mail`] allowed, has the mail sent, and answers with the
/// ticket. `locale` is the reader's.
pub(crate) async fn begin(services: &Services, actor: &Actor, email: &Email, locale: &str, wish: &Wish) -> Result<String> {
    let ticket = ticket::new(&services.rng);
    let secret = match wish {
        Wish::Reset => ticket.clone(),
        Wish::Join { .. } | Wish::Found { .. } => format!("{:08}", services.rng.below(100_000_000)),
    };
    let id: ProofId = services.id();
    let mut tx = actor.begin(&services.db).await?;
    let seal = |column, plain: &[u8]| services.keyring.seal(&services.rng, place(&tx, &id, column), plain);
    let secret = seal(SECRET, secret.as_bytes())?;
    let wish = seal(WISH, &serde_json::to_vec(wish).map_err(|_| Error::Broken("a wish can be written"))?)?;
    sqlx::query!(
        "INSERT INTO email_proofs (tenant_id, id, ticket, email, locale, wish, secret, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(mins => $8))",
        tx.tenant().0,
        id.0,
        ticket::key(&ticket),
        email.as_str(),
        locale,
        wish,
        secret,
        i32::from(MINUTES)
    )
    .execute(tx.conn())
    .await?;
    mailing::enqueue(&mut tx, Mailing::Proof { proof: id, nth: 1 }).await?;
    tx.commit().await?;
    Ok(ticket)
}

/// The proof that `ticket` belongs to, while it can still be given.
pub async fn pending(services: &Services, actor: &Actor, ticket: &str) -> Result<Option<Pending>> {
    let mut tx = actor.begin(&services.db).await?;
    let row = sqlx::query!(
        "SELECT email, mails FROM email_proofs WHERE tenant_id = $1 AND ticket = $2 AND expires_at > now() AND attempts < $3",
        tx.tenant().0,
        ticket::key(ticket),
        TRIES
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.map(|row| Pending { email: row.email, can_resend: row.mails < MAILS }))
}

/// Sends the code once more.
///
/// # Errors
/// A conflict when the proof is over or has caused enough mails; as [`allow_mail`].
pub async fn resend(services: &Services, actor: &Actor, ticket: &str) -> Result<()> {
    let pending = pending(services, actor, ticket).await?.ok_or(AppError::conflict("error-proof-over"))?;
    allow_mail(services, actor, Allowance::MailTo(&Email::lenient(&pending.email))).await?;
    let mut tx = actor.begin(&services.db).await?;
    let row = sqlx::query!(
        r#"UPDATE email_proofs SET mails = mails + 1
           WHERE tenant_id = $1 AND ticket = $2 AND expires_at > now() AND mails < $3 AND attempts < $4
           RETURNING id AS "id: ProofId", mails"#,
        tx.tenant().0,
        ticket::key(ticket),
        MAILS,
        TRIES
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::conflict("error-proof-over"))?;
    mailing::enqueue(&mut tx, Mailing::Proof { proof: row.id, nth: row.mails }).await?;
    tx.commit().await
}

/// A try at a proof that was counted, whatever comes of it. Only with one can a proof be taken.
pub(crate) struct CountedTry<'a> {
    ticket: &'a str,
    code: &'a str,
}

/// Counts a try, in a transaction of its own that comes before the one that takes the proof: a wrong
/// code rolls that back, and a request never waits for a second connection while it holds one.
///
/// # Errors
/// A conflict when the proof is over; [`AppError::RateLimited`] when the client or the mailbox has
/// had too many codes tried.
pub(crate) async fn count_try<'a>(services: &Services, actor: &Actor, ticket: &'a str, code: &'a str) -> Result<CountedTry<'a>> {
    let over = || AppError::conflict("error-proof-over");
    let pending = pending(services, actor, ticket).await?.ok_or_else(over)?;
    if let Some(client) = actor.client {
        limits::take(services, Allowance::SignInFrom(client)).await?;
    }
    limits::take(services, Allowance::CodeOf(&Email::lenient(&pending.email))).await?;
    let mut tx = actor.begin(&services.db).await?;
    let counted = sqlx::query!(
        "UPDATE email_proofs SET attempts = attempts + 1 WHERE tenant_id = $1 AND ticket = $2 AND expires_at > now() AND attempts < $3",
        tx.tenant().0,
        ticket::key(ticket),
        TRIES
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    if counted.rows_affected() == 1 { Ok(CountedTry { ticket, code }) } else { Err(over().into()) }
}

/// Takes a proof: its row goes, in the caller's transaction, which also makes the wish come true.
/// Of many at the same moment one gets it.
///
/// # Errors
/// At `code` when it is wrong; a conflict when the proof is over: too late, taken, or too many
/// wrong codes.
pub(crate) async fn take(services: &Services, tx: &mut TenantTx, counted: CountedTry<'_>) -> Result<Proven> {
    let row = sqlx::query!(
        r#"DELETE FROM email_proofs WHERE tenant_id = $1 AND ticket = $2 AND expires_at > now()
           RETURNING id AS "id: ProofId", email, wish, secret, created_at"#,
        tx.tenant().0,
        ticket::key(counted.ticket)
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::conflict("error-proof-over"))?;
    let open = |column, sealed: &[u8]| services.keyring.open(place(tx, &row.id, column), sealed);
    if !bool::from(counted.code.as_bytes().ct_eq(&open(SECRET, &row.secret)?)) {
        return Err(AppError::field("code", "error-code-wrong").into());
    }
    let wish = parse(&open(WISH, &row.wish)?)?;
    Ok(Proven { email: Email::lenient(&row.email), wish, asked_at: row.created_at.to_jiff() })
}

/// What a proof's mail says, if the proof can still be given.
pub(crate) async fn told(services: &Services, tx: &mut TenantTx, id: ProofId) -> Result<Option<Told>> {
    let row = sqlx::query!(
        "SELECT email, locale, wish, secret, expires_at FROM email_proofs WHERE tenant_id = $1 AND id = $2 AND expires_at > now()",
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let open = |column, sealed: &[u8]| services.keyring.open(place(tx, &id, column), sealed);
    let wish = parse(&open(WISH, &row.wish)?)?;
    let secret = String::from_utf8(open(SECRET, &row.secret)?).map_err(|_| Error::Broken("a code is text"))?;
    Ok(Some(Told { email: row.email, locale: row.locale, wish, secret, expires_at: row.expires_at.to_jiff() }))
}

/// Removes proofs that ended an hour ago. At most 10 000 at a time.
pub(crate) async fn delete_expired(tx: &mut TenantTx, now: Timestamp) -> Result<u64> {
    let before = now - jiff::SignedDuration::from_hours(1);
    let done = sqlx::query!(
        "DELETE FROM email_proofs WHERE tenant_id = $1 AND id IN (
           SELECT id FROM email_proofs WHERE tenant_id = $1 AND expires_at < $2 LIMIT 10000)",
        tx.tenant().0,
        before.to_sqlx() as _
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

/// The account of `email`, made now if there is none, with the `hash` of its password; whether it was made.
pub(crate) async fn account_of(services: &Services, tx: &mut TenantTx, email: &Email, hash: Option<&str>) -> Result<(AccountId, bool)> {
    let id = services.id();
    if queries::create_account(tx.conn(), id, email, hash).await? {
        return Ok((id, true));
    }
    let existing = queries::account_by_email(tx.conn(), email).await?.ok_or(Error::Broken("a taken address has an account"))?;
    Ok((existing.id, false))
}
