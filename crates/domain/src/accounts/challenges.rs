//! What a browser was asked to show: a second factor after the password, a passkey, or who it is elsewhere. It holds
//! a ticket; the answer is taken once, within ten minutes, in five tries.

use crate::{Actor, Error, Result, Services, TenantTx, keyring::Place, ticket};
use kernel::{AppError, ids::AccountId};

/// How long an answer is waited for.
pub const MINUTES: u16 = 10;
/// How many answers may be tried.
const TRIES: i16 = 5;
/// The sealed column.
const CEREMONY: &str = "login_challenges.ceremony";

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A second factor of this account, after its password of this epoch.
    SecondFactor(AccountId, i32),
    /// The same, after who they are elsewhere was shown.
    SecondFactorElsewhere(AccountId, i32),
    /// A passkey that says whose it is.
    PasskeySignIn,
    /// A new passkey for this account.
    PasskeyNew(AccountId),
    /// A passkey of this account, to show that it is still them.
    PasskeyVerify(AccountId),
    /// Who somebody is elsewhere, to sign in.
    IdentitySignIn,
    /// The same, to connect it to this account.
    IdentityNew(AccountId),
    /// Nothing more: who somebody is elsewhere was shown, and is nobody here yet.
    IdentityShown,
}

impl Purpose {
    const fn key(self) -> &'static str {
        match self {
            Self::SecondFactor(..) => "second_factor",
            Self::SecondFactorElsewhere(..) => "second_factor_elsewhere",
            Self::PasskeySignIn => "passkey_sign_in",
            Self::PasskeyNew(_) => "passkey_new",
            Self::PasskeyVerify(_) => "passkey_verify",
            Self::IdentitySignIn => "identity_sign_in",
            Self::IdentityNew(_) => "identity_new",
            Self::IdentityShown => "identity_shown",
        }
    }

    const fn account(self) -> Option<AccountId> {
        match self {
            Self::PasskeySignIn | Self::IdentitySignIn | Self::IdentityShown => None,
            Self::SecondFactor(account, _)
            | Self::SecondFactorElsewhere(account, _)
            | Self::PasskeyNew(account)
            | Self::PasskeyVerify(account)
            | Self::IdentityNew(account) => Some(account),
        }
    }

    /// The account and the epoch of what was shown first, where a second factor is asked for.
    pub(super) const fn second_factor(self) -> Option<(AccountId, i32)> {
        match self {
            Self::SecondFactor(account, epoch) | Self::SecondFactorElsewhere(account, epoch) => Some((account, epoch)),
            _ => None,
        }
    }

    fn parse(key: &str, account: Option<AccountId>, epoch: Option<i32>) -> Option<Self> {
        match (key, account, epoch) {
            ("second_factor", Some(account), Some(epoch)) => Some(Self::SecondFactor(account, epoch)),
            ("second_factor_elsewhere", Some(account), Some(epoch)) => Some(Self::SecondFactorElsewhere(account, epoch)),
            ("passkey_sign_in", None, _) => Some(Self::PasskeySignIn),
            ("passkey_new", Some(account), _) => Some(Self::PasskeyNew(account)),
            ("passkey_verify", Some(account), _) => Some(Self::PasskeyVerify(account)),
            ("identity_sign_in", None, _) => Some(Self::IdentitySignIn),
            ("identity_new", Some(account), _) => Some(Self::IdentityNew(account)),
            ("identity_shown", None, _) => Some(Self::IdentityShown),
            _ => None,
        }
    }
}

/// A challenge that waits.
pub(super) struct Challenge {
    pub purpose: Purpose,
    /// What the answer is held against, as [`begin`] was given it.
    pub ceremony: Option<Vec<u8>>,
}

/// Begins a challenge in the caller's transaction; the answer is its ticket.
pub(super) async fn begin(services: &Services, tx: &mut TenantTx, purpose: Purpose, ceremony: Option<&[u8]>) -> Result<String> {
    let ticket = ticket::new(&services.rng);
    let id = ticket::key(&ticket);
    let place = Place { column: CEREMONY, owner: tx.tenant().0, row: &id };
    let sealed = ceremony.map(|ceremony| services.keyring.seal(&services.rng, place, ceremony)).transpose()?;
    let epoch = purpose.second_factor().map(|(_, epoch)| epoch);
    sqlx::query!(
        "INSERT INTO login_challenges (tenant_id, id, purpose, account_id, epoch, ceremony, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(mins => $7))",
        tx.tenant().0,
        id,
        purpose.key(),
        purpose.account().map(|account| account.0),
        epoch,
        sealed,
        i32::from(MINUTES)
    )
    .execute(tx.conn())
    .await?;
    Ok(ticket)
}

/// The challenge of a ticket, while it waits.
pub(super) async fn waiting(services: &Services, tx: &mut TenantTx, ticket: &str) -> Result<Option<Challenge>> {
    let id = ticket::key(ticket);
    let row = sqlx::query!(
        r#"SELECT purpose, account_id AS "account: AccountId", epoch, ceremony FROM login_challenges
           WHERE tenant_id = $1 AND id = $2 AND expires_at > now() AND attempts < $3"#,
        tx.tenant().0,
        id,
        TRIES
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| challenge(services, tx, &id, &row.purpose, row.account, row.epoch, row.ceremony.as_deref())).transpose()
}

fn challenge(
    services: &Services,
    tx: &TenantTx,
    id: &[u8],
    purpose: &str,
    account: Option<AccountId>,
    epoch: Option<i32>,
    sealed: Option<&[u8]>,
) -> Result<Challenge> {
    let purpose = Purpose::parse(purpose, account, epoch).ok_or(Error::Broken("a challenge has a purpose"))?;
    let place = Place { column: CEREMONY, owner: tx.tenant().0, row: id };
    let ceremony = sealed.map(|sealed| services.keyring.open(place, sealed)).transpose()?;
    Ok(Challenge { purpose, ceremony })
}

/// What is told of a challenge that is over.
pub(super) fn over() -> AppError {
    AppError::conflict("error-challenge-over")
}

/// A try that was counted, whatever comes of it. Only with one can a challenge be taken.
pub(super) struct CountedTry<'a> {
    ticket: &'a str,
}

/// Counts a try, in a transaction of its own that comes before the one that takes the challenge: a wrong answer
/// rolls that back.
///
/// # Errors
/// A conflict when the challenge is over.
pub(super) async fn count_try<'a>(services: &Services, actor: &Actor, ticket: &'a str) -> Result<CountedTry<'a>> {
    let mut tx = actor.begin(&services.db).await?;
    let counted = sqlx::query!(
        "UPDATE login_challenges SET attempts = attempts + 1 WHERE tenant_id = $1 AND id = $2 AND expires_at > now() AND attempts < $3",
        tx.tenant().0,
        ticket::key(ticket),
        TRIES
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    if counted.rows_affected() == 1 { Ok(CountedTry { ticket }) } else { Err(over().into()) }
}

/// Takes a challenge: its row goes, in the caller's transaction, which also does what the answer is for. Of many
/// at the same moment one gets it.
///
/// # Errors
/// A conflict when it is over.
pub(super) async fn take(services: &Services, tx: &mut TenantTx, counted: &CountedTry<'_>) -> Result<Challenge> {
    let id = ticket::key(counted.ticket);
    let row = sqlx::query!(
        r#"DELETE FROM login_challenges WHERE tenant_id = $1 AND id = $2 AND expires_at > now()
           RETURNING purpose, account_id AS "account: AccountId", epoch, ceremony"#,
        tx.tenant().0,
        id
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or_else(over)?;
    challenge(services, tx, &id, &row.purpose, row.account, row.epoch, row.ceremony.as_deref())
}

/// Removes challenges and trusted devices whose time is over, at most 10 000 of each.
pub(crate) async fn delete_expired(tx: &mut TenantTx) -> Result<u64> {
    let challenges = sqlx::query!(
        "DELETE FROM login_challenges WHERE tenant_id = $1 AND id IN (
           SELECT id FROM login_challenges WHERE tenant_id = $1 AND expires_at < now() LIMIT 10000)",
        tx.tenant().0
    )
    .execute(tx.conn())
    .await?;
    let devices = sqlx::query!(
        "DELETE FROM trusted_devices WHERE tenant_id = $1 AND id IN (
           SELECT id FROM trusted_devices WHERE tenant_id = $1 AND expires_at < now() LIMIT 10000)",
        tx.tenant().0
    )
    .execute(tx.conn())
    .await?;
    Ok(challenges.rows_affected() + devices.rows_affected())
}
