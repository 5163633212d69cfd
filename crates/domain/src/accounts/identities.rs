//! Signing in elsewhere: at a provider of the school's choice, by a challenge of [`challenges`] that only the browser
//! which asked can answer, once.
//!
//! Who somebody is elsewhere is the pair of issuer and subject. An address that a provider tells of is no more than
//! what a form begins with, whoever verified it: an account is made by our own proof of the address, and an account
//! that exists is connected by whoever is signed in to it and showed just now who they are. So nobody who prepared
//! something elsewhere, or here, for another's address gets in with them.
//!
//! A provider says who somebody is; it does not stand for a second factor, and such a session has not verified
//! who is there ([`Actor::verified`]): a school's choice of providers opens nothing that belongs to the account.

use super::{
    challenges::{self, Challenge, Purpose},
    identity_providers as providers_of, proofs,
    proofs::Wish,
    queries,
    service::{Entrant, Proof, SignedIn, admit, is_email, tell_access},
};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    limits::{self, Allowance},
    mailing::AccessChange,
    policies::{self, ConsentDraft, Joining},
};
use jiff::Timestamp;
use kernel::{
    AppError, Flag, FormErrors,
    email::Email,
    ids::{IdentityId, IdentityProviderId, MemberId},
    urls,
};
pub use providers::identity::Callback;
use providers::identity::{Identity, IdentityError, Pending};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt;

/// A sign-in under way: what the end of it is held against.
#[derive(Serialize, Deserialize)]
struct Trip {
    provider: IdentityProviderId,
    /// Where the browser goes.
    url: String,
    pending: Pending,
    /// Where it goes after all (a path on this host), may be empty.
    next: String,
}

/// Who somebody is elsewhere, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Who says so.
    pub issuer: String,
    /// Who they are there.
    pub subject: String,
    /// Their address or name there, for their own list.
    pub label: String,
}

/// Somebody who showed who they are elsewhere, and is nobody here yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    /// Who they are there.
    pub elsewhere: Elsewhere,
    /// What the provider is called.
    pub provider: String,
    /// The name there, may be empty.
    pub name: String,
    /// The address there, may be empty.
    pub email: String,
    /// Where they wanted to go (a path on this host), may be empty.
    pub next: String,
}

/// Where a browser goes to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// What the provider is called.
    pub provider: String,
    /// Whose page that is.
    pub host: String,
    /// Its page.
    pub url: String,
}

/// What coming back leads to.
#[derive(Clone, PartialEq, Eq)]
pub enum Back {
    /// They are a member: they go on to `next`, perhaps after a second factor.
    Member {
        /// As after a password.
        signed_in: SignedIn,
        /// A path on this host, may be empty.
        next: String,
    },
    /// The signed-in member is asked whether that is them; the ticket of what was shown.
    Shown(String),
    /// They are nobody here yet; the ticket of what they showed.
    Newcomer(String),
}

impl fmt::Debug for Back {
    /// Without the tickets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member { signed_in, next } => f.debug_struct("Member").field("signed_in", signed_in).field("next", next).finish(),
            Self::Shown(_) => f.write_str("Shown"),
            Self::Newcomer(_) => f.write_str("Newcomer"),
        }
    }
}

/// Who a member is elsewhere, in their own list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentitySummary {
    /// Its id.
    pub id: IdentityId,
    /// Who says so.
    pub issuer: String,
    /// Their address or name there.
    pub label: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it last signed them in.
    pub used_at: Option<Timestamp>,
}

fn keep(kept: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(kept).map_err(|_| Error::Broken("a trip can be written"))
}

fn kept<T: DeserializeOwned>(challenge: Option<Challenge>, is_wanted: fn(Purpose) -> bool) -> Option<T> {
    let challenge = challenge.filter(|challenge| is_wanted(challenge.purpose))?;
    serde_json::from_slice(&challenge.ceremony?).ok()
}

const fn is_trip(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::IdentitySignIn | Purpose::IdentityNew(_))
}

async fn waiting<T: DeserializeOwned>(
    services: &Services,
    actor: &Actor,
    ticket: &str,
    is_wanted: fn(Purpose) -> bool,
) -> Result<Option<T>> {
    let mut tx = actor.begin(&services.db).await?;
    let challenge = challenges::waiting(services, &mut tx, ticket).await?;
    tx.commit().await?;
    Ok(kept(challenge, is_wanted))
}

/// Begins to sign in at a provider of the actor's school; the answer is the ticket.
///
/// # Errors
/// Not found for one that is not offered; [`AppError::Unavailable`] while it does not answer;
/// [`AppError::RateLimited`].
pub async fn begin_sign_in(services: &Services, actor: &Actor, provider: IdentityProviderId, next: &str) -> Result<String> {
    if let Some(client) = actor.client {
        limits::take(services, Allowance::SignInFrom(client)).await?;
    }
    limits::take(services, Allowance::SignInAt(actor.tenant.id)).await?;
    begin(services, actor, provider, Purpose::IdentitySignIn, next).await
}

/// Begins to connect the signed-in member with who they are at a provider; the answer is the ticket.
///
/// # Errors
/// As [`begin_sign_in`]; [`AppError::Unverified`].
pub async fn begin_new(services: &Services, actor: &Actor, provider: IdentityProviderId) -> Result<String> {
    actor.in_person()?;
    let account = actor.verified()?.account;
    limits::take(services, Allowance::CeremonyOf(account)).await?;
    begin(services, actor, provider, Purpose::IdentityNew(account), "").await
}

async fn begin(services: &Services, actor: &Actor, id: IdentityProviderId, purpose: Purpose, next: &str) -> Result<String> {
    let (provider, _) = providers_of::open(services, actor, id).await?;
    let back = format!("{}{}", services.tenants.origin(&actor.tenant), urls::back(id));
    let begun = provider.begin(&back, services.now(), || services.rng.bytes()).await.map_err(|error| providers_of::refusal(&error))?;
    let trip = Trip { provider: id, url: begun.url, pending: begun.pending, next: next.to_owned() };
    let mut tx = actor.begin(&services.db).await?;
    let ticket = challenges::begin(services, &mut tx, purpose, Some(&keep(&trip)?)).await?;
    tx.commit().await?;
    Ok(ticket)
}

/// Where the browser with this ticket goes, while that can be.
pub async fn leaving(services: &Services, actor: &Actor, ticket: &str) -> Result<Option<Leaving>> {
    let Some(trip) = waiting::<Trip>(services, actor, ticket, is_trip).await? else { return Ok(None) };
    let (_, provider) = providers_of::open(services, actor, trip.provider).await?;
    let host = trip.url.split_once("://").map_or("", |(_, rest)| rest).split(['/', '?']).next().unwrap_or_default().to_owned();
    Ok(Some(Leaving { provider, host, url: trip.url }))
}

/// Ends a sign-in that the provider answered by `callback`. `device` is the secret of a browser that may be trusted.
///
/// # Errors
/// A conflict when it is over, was not begun in this browser, or is not what was begun; [`AppError::Unavailable`].
pub async fn come_back(
    services: &Services,
    actor: &Actor,
    id: IdentityProviderId,
    ticket: &str,
    callback: &Callback,
    device: Option<&str>,
) -> Result<Back> {
    let trip: Trip = waiting(services, actor, ticket, is_trip).await?.ok_or_else(challenges::over)?;
    // Each provider has its own way back: what one answers is never taken to another (RFC 9700, 4.4).
    if trip.provider != id {
        return Err(providers_of::refusal(&IdentityError::Refused("mix-up")).into());
    }
    let counted = challenges::count_try(services, actor, ticket).await?;
    let (provider, name) = providers_of::open(services, actor, id).await?;
    let shown = provider.finish(callback, &trip.pending, services.now()).await.map_err(|error| providers_of::refusal(&error))?;
    let mut tx = actor.begin(&services.db).await?;
    let back = match challenges::take(services, &mut tx, &counted).await?.purpose {
        Purpose::IdentitySignIn => match member_of(&mut tx, &shown).await? {
            Some(member) => {
                let signed_in = sign_in(services, actor, &mut tx, member, &name, device).await?;
                Back::Member { signed_in, next: trip.next }
            }
            None => Back::Newcomer(show(services, &mut tx, shown, name, trip.next).await?),
        },
        // They see first as whom: a browser may be signed in there as somebody else.
        Purpose::IdentityNew(account) if actor.in_person()?.account == account => {
            Back::Shown(show(services, &mut tx, shown, name, String::new()).await?)
        }
        _ => return Err(challenges::over().into()),
    };
    tx.commit().await?;
    Ok(back)
}

/// The member who somebody elsewhere is here; notes that they came.
async fn member_of(tx: &mut TenantTx, shown: &Identity) -> Result<Option<MemberId>> {
    Ok(sqlx::query_scalar!(
        r#"UPDATE member_identities SET used_at = now() WHERE tenant_id = $1 AND issuer = $2 AND subject = $3
           RETURNING member_id AS "member: MemberId""#,
        tx.tenant().0,
        shown.issuer,
        shown.subject
    )
    .fetch_optional(tx.conn())
    .await?)
}

async fn sign_in(
    services: &Services,
    actor: &Actor,
    tx: &mut TenantTx,
    id: MemberId,
    provider: &str,
    device: Option<&str>,
) -> Result<SignedIn> {
    let suspended = || AppError::conflict("error-suspended");
    let member = queries::member(tx, id).await?.ok_or_else(suspended)?;
    let epoch = queries::login_epoch(tx.conn(), member.account).await?.ok_or(Error::Broken("a member has an account"))?;
    let entrant = Entrant { account: member.account, epoch, member: id, name: member.name, proof: Proof::Elsewhere(provider) };
    admit(services, actor, tx, entrant, device).await
}

/// Keeps what a newcomer showed, for the form that asks who they are here; the answer is the ticket.
async fn show(services: &Services, tx: &mut TenantTx, shown: Identity, provider: String, next: String) -> Result<String> {
    let label = shown.email.clone().or_else(|| shown.name.clone()).unwrap_or_default();
    let newcomer = Newcomer {
        elsewhere: Elsewhere { issuer: shown.issuer, subject: shown.subject, label },
        provider,
        name: shown.name.unwrap_or_default(),
        email: shown.email.unwrap_or_default(),
        next,
    };
    challenges::begin(services, tx, Purpose::IdentityShown, Some(&keep(&newcomer)?)).await
}

/// Who showed who they are elsewhere in the browser with this ticket, and is nobody here yet.
pub async fn newcomer(services: &Services, actor: &Actor, ticket: &str) -> Result<Option<Newcomer>> {
    waiting(services, actor, ticket, |purpose| purpose == Purpose::IdentityShown).await
}

/// Wishes to become a student who signs in elsewhere; without a password. As in [`super::sign_up`] the answer is the
/// ticket of the proof that the address gets mail, the same for every address.
///
/// # Errors
/// At `name`, `email` or a field of the consent; a conflict when what was shown is over; [`AppError::RateLimited`].
pub async fn sign_up(
    services: &Services,
    actor: &Actor,
    locale: &str,
    ticket: &str,
    name: &str,
    email: &str,
    consent: &ConsentDraft,
) -> Result<String> {
    actor.with(Flag::SignUp, "error-sign-up-closed")?;
    let newcomer = newcomer(services, actor, ticket).await?.ok_or_else(challenges::over)?;
    let mut errors = FormErrors::default();
    errors.check(!name.trim().is_empty(), "name", "error-required");
    errors.check_line("name", name, 80);
    errors.check(is_email(email.trim()), "email", "error-email");
    let email = Email::lenient(email);
    let asked = policies::asked(services, actor, Joining::Student).await?;
    let consent = asked.check(&mut errors, services, actor, consent, &email, locale);
    errors.into_result()?;
    policies::allow(services, actor, &consent).await?;
    proofs::allow_mail(services, actor, Allowance::MailTo(&email)).await?;
    let wish =
        Wish::Join { name: name.trim().to_owned(), password_hash: None, identity: Some(newcomer.elsewhere), consent: Box::new(consent) };
    proofs::begin(services, actor, &email, locale, &wish).await
}

/// Connects the signed-in member with what was shown in this browser, to connect it or by somebody new who had an
/// account here after all.
///
/// # Errors
/// A conflict when that is over or somebody else's here; [`AppError::Unverified`].
pub async fn claim(services: &Services, actor: &Actor, ticket: &str) -> Result<()> {
    actor.in_person()?;
    let member = actor.verified()?;
    let counted = challenges::count_try(services, actor, ticket).await?;
    let mut tx = actor.begin(&services.db).await?;
    let taken = challenges::take(services, &mut tx, &counted).await?;
    let newcomer: Newcomer = kept(Some(taken), |purpose| purpose == Purpose::IdentityShown).ok_or_else(challenges::over)?;
    connect(services, actor, &mut tx, member.id, &newcomer.elsewhere, &newcomer.provider).await?;
    tx.commit().await
}

/// Connects a member, who is told by mail.
async fn connect(
    services: &Services,
    actor: &Actor,
    tx: &mut TenantTx,
    member: MemberId,
    elsewhere: &Elsewhere,
    provider: &str,
) -> Result<()> {
    insert(services, tx, member, elsewhere).await?;
    tell_access(tx, services, member, AccessChange::IdentityAdded).await?;
    audit::record(
        tx,
        services,
        actor,
        Entry::new(Action::IdentityAdded).on("identity", &elsewhere.issuer, format!("{provider}: {}", elsewhere.label)).about(member),
    )
    .await
}

/// Keeps who a member is elsewhere.
///
/// # Errors
/// A conflict when that is somebody here already, or the member is somebody else there.
pub(super) async fn insert(services: &Services, tx: &mut TenantTx, member: MemberId, elsewhere: &Elsewhere) -> Result<()> {
    let id: IdentityId = services.id();
    sqlx::query!(
        "INSERT INTO member_identities (tenant_id, id, member_id, issuer, subject, label) VALUES ($1, $2, $3, $4, $5, left($6, 254))",
        tx.tenant().0,
        id.0,
        member.0,
        elsewhere.issuer,
        elsewhere.subject,
        elsewhere.label
    )
    .execute(tx.conn())
    .await
    .map_err(|e| {
        Error::from(e)
            .on_constraint("member_identities_subject_key", AppError::conflict("error-identity-taken"))
            .on_constraint("member_identities_one", AppError::conflict("error-identity-other"))
    })?;
    Ok(())
}

/// Who the signed-in member is elsewhere, the latest first.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<IdentitySummary>> {
    let member = actor.in_person()?;
    let mut tx = actor.begin(&services.db).await?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id: IdentityId", issuer, label, created_at, used_at FROM member_identities
           WHERE tenant_id = $1 AND member_id = $2 ORDER BY created_at DESC, id LIMIT 100"#,
        tx.tenant().0,
        member.id.0
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(rows
        .into_iter()
        .map(|row| IdentitySummary {
            id: row.id,
            issuer: row.issuer,
            label: row.label,
            created_at: row.created_at.to_jiff(),
            used_at: row.used_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
        .collect())
}

/// Whether the signed-in member gets in without this identity: by a password, a passkey of this host or another one.
async fn has_another_way(services: &Services, actor: &Actor, id: IdentityId) -> Result<bool> {
    let others = list(services, actor).await?.into_iter().any(|identity| identity.id != id);
    Ok(others || super::has_password(services, actor).await? || super::passkeys::is_here(services, actor).await?)
}

/// Disconnects the signed-in member from who they are elsewhere. Every other login session ends: it may have begun one.
pub async fn remove(services: &Services, actor: &Actor, id: IdentityId) -> Result<super::Login> {
    actor.in_person()?;
    let member = actor.verified()?;
    if !has_another_way(services, actor, id).await? {
        return Err(AppError::conflict("error-identity-only-way").into());
    }
    let mut tx = actor.begin(&services.db).await?;
    let removed = sqlx::query!(
        "DELETE FROM member_identities WHERE tenant_id = $1 AND member_id = $2 AND id = $3 RETURNING issuer, label",
        tx.tenant().0,
        member.id.0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    tell_access(&mut tx, services, member.id, AccessChange::IdentityRemoved).await?;
    let login = super::second_factor::end_others(&mut tx, member).await?;
    audit::record(
        &mut tx,
        services,
        actor,
        Entry::new(Action::IdentityRemoved).on("identity", removed.issuer, removed.label).about(member.id),
    )
    .await?;
    tx.commit().await?;
    Ok(login)
}
