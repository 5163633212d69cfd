//! Passkeys (WebAuthn): signing in without a password, by something that the person has and unlocks.
//!
//! A passkey belongs to the account and works on the host that it was made on: the host is its relying party. Each
//! ceremony is a challenge of [`challenges`], answered once.

use super::{
    Login,
    challenges::{self, Purpose},
    queries, second_factor,
    service::tell_access,
};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    limits::{self, Allowance},
    mailing::AccessChange,
};
use jiff::Timestamp;
use kernel::{AppError, FormErrors, ids::AccountId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder,
};
use webauthn_rs_proto::ResidentKeyRequirement;

/// The most passkeys of an account.
const MAX_PASSKEYS: i64 = 50;

/// A passkey in its owner's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeySummary {
    /// Names it (hexadecimal).
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// The host that it works on.
    pub host: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it last signed somebody in.
    pub used_at: Option<Timestamp>,
}

/// A ceremony under way: what the browser is asked, and what the answer is held against.
#[derive(Serialize, Deserialize)]
struct Ceremony<S> {
    options: Value,
    state: S,
}

/// A wrong answer, whatever is wrong with it.
fn wrong() -> AppError {
    AppError::field("", "error-passkey")
}

/// The ceremonies of the actor's host.
fn ceremonies(services: &Services, actor: &Actor) -> Result<(Webauthn, String)> {
    let origin = Url::parse(&services.tenants.origin(&actor.tenant)).map_err(|_| Error::Broken("a tenant's address is one"))?;
    let host = origin.host_str().unwrap_or_default().to_owned();
    let broken = |_| Error::Broken("a tenant's host can be a relying party");
    let webauthn = WebauthnBuilder::new(&host, &origin).map_err(broken)?.rp_name(&actor.tenant.name).build().map_err(broken)?;
    Ok((webauthn, host))
}

/// A ceremony as it is kept.
fn keep<S: Serialize>(options: &impl Serialize, state: S) -> Result<Vec<u8>> {
    let broken = |_| Error::Broken("a ceremony can be written");
    let options = serde_json::to_value(options).map_err(broken)?;
    // What the browser's call takes; how it asks is the page's affair.
    let options = options.get("publicKey").cloned().unwrap_or_default();
    serde_json::to_vec(&Ceremony { options, state }).map_err(broken)
}

fn state_of<S: DeserializeOwned>(ceremony: &[u8]) -> Result<S> {
    let kept: Ceremony<S> = serde_json::from_slice(ceremony).map_err(|_| challenges::over())?;
    Ok(kept.state)
}

/// What the browser is asked, as JSON.
pub(super) fn options_of(ceremony: &[u8]) -> Option<String> {
    let kept: Ceremony<Value> = serde_json::from_slice(ceremony).ok()?;
    serde_json::to_string(&kept.options).ok()
}

/// The passkeys of the signed-in member's account, the latest first.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<PasskeySummary>> {
    let account = actor.in_person()?.account;
    let mut tx = actor.begin(&services.db).await?;
    tx.see_account(account).await?;
    let rows = sqlx::query!(
        "SELECT id, name, rp_id, created_at, used_at FROM account_passkeys WHERE account_id = $1 ORDER BY created_at DESC, id LIMIT 100",
        account.0
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(rows
        .into_iter()
        .map(|row| PasskeySummary {
            id: hex::encode(row.id),
            name: row.name,
            host: row.rp_id,
            created_at: row.created_at.to_jiff(),
            used_at: row.used_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
        .collect())
}

/// The passkeys of an account on a host. The caller sees the account.
async fn of_host(tx: &mut TenantTx, account: AccountId, host: &str) -> Result<Vec<Passkey>> {
    let rows = sqlx::query_scalar!("SELECT credential FROM account_passkeys WHERE account_id = $1 AND rp_id = $2", account.0, host)
        .fetch_all(tx.conn())
        .await?;
    rows.into_iter().map(|row| serde_json::from_value(row).map_err(|_| Error::Broken("a passkey is readable"))).collect()
}

/// What an account's passkeys of this host would have to answer; none without one. The caller sees the account.
pub(super) async fn ceremony_for(services: &Services, actor: &Actor, tx: &mut TenantTx, account: AccountId) -> Result<Option<Vec<u8>>> {
    let (webauthn, host) = ceremonies(services, actor)?;
    let passkeys = of_host(tx, account, &host).await?;
    if passkeys.is_empty() {
        return Ok(None);
    }
    let (options, state) = webauthn.start_passkey_authentication(&passkeys).map_err(|_| Error::Broken("a passkey can be asked for"))?;
    keep(&options, state).map(Some)
}

/// Holds an answer against its ceremony, and notes that the passkey was used.
pub(super) async fn check(
    services: &Services,
    actor: &Actor,
    tx: &mut TenantTx,
    account: AccountId,
    ceremony: &[u8],
    credential: &str,
) -> Result<()> {
    let (webauthn, _) = ceremonies(services, actor)?;
    let state: PasskeyAuthentication = state_of(ceremony)?;
    let credential: PublicKeyCredential = serde_json::from_str(credential).map_err(|_| wrong())?;
    let result = webauthn.finish_passkey_authentication(&credential, &state).map_err(|_| wrong())?;
    tx.see_account(account).await?;
    note_use(tx, account, &result).await
}

/// Notes that a passkey was used, and moves its counter.
async fn note_use(tx: &mut TenantTx, account: AccountId, result: &AuthenticationResult) -> Result<()> {
    let id = result.cred_id().as_slice();
    let row = sqlx::query_scalar!("SELECT credential FROM account_passkeys WHERE account_id = $1 AND id = $2 FOR UPDATE", account.0, id)
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(wrong)?;
    let mut passkey: Passkey = serde_json::from_value(row).map_err(|_| Error::Broken("a passkey is readable"))?;
    passkey.update_credential(result);
    let kept = serde_json::to_value(&passkey).map_err(|_| Error::Broken("a passkey can be written"))?;
    sqlx::query!("UPDATE account_passkeys SET credential = $3, used_at = now() WHERE account_id = $1 AND id = $2", account.0, id, kept)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// A ceremony that a browser can go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What the browser is asked, as JSON.
    pub options: String,
}

/// The ceremony of a ticket of [`begin_sign_in`], while it waits.
pub async fn waiting_to_sign_in(services: &Services, actor: &Actor, ticket: &str) -> Result<Option<Waiting>> {
    waiting(services, actor, ticket, Purpose::PasskeySignIn).await
}

/// The ceremony of a ticket of [`begin_new`], while it waits.
pub async fn waiting_for_new(services: &Services, actor: &Actor, ticket: &str) -> Result<Option<Waiting>> {
    waiting(services, actor, ticket, Purpose::PasskeyNew(actor.verified()?.account)).await
}

/// The ceremony of a ticket of [`begin_verify`], while it waits.
pub async fn waiting_to_verify(services: &Services, actor: &Actor, ticket: &str) -> Result<Option<Waiting>> {
    waiting(services, actor, ticket, Purpose::PasskeyVerify(actor.in_person()?.account)).await
}

async fn waiting(services: &Services, actor: &Actor, ticket: &str, purpose: Purpose) -> Result<Option<Waiting>> {
    let mut tx = actor.begin(&services.db).await?;
    let challenge = challenges::waiting(services, &mut tx, ticket).await?;
    tx.commit().await?;
    let ceremony = challenge.filter(|challenge| challenge.purpose == purpose).and_then(|challenge| challenge.ceremony);
    Ok(ceremony.and_then(|ceremony| options_of(&ceremony)).map(|options| Waiting { options }))
}

/// Whether the signed-in member's account has a passkey of this host.
pub async fn is_here(services: &Services, actor: &Actor) -> Result<bool> {
    let (_, host) = ceremonies(services, actor)?;
    Ok(list(services, actor).await?.iter().any(|passkey| passkey.host == host))
}

/// Begins to sign in by a passkey; the answer is the ticket.
pub async fn begin_sign_in(services: &Services, actor: &Actor) -> Result<String> {
    if let Some(client) = actor.client {
        limits::take(services, Allowance::SignInFrom(client)).await?;
    }
    limits::take(services, Allowance::SignInAt(actor.tenant.id)).await?;
    let (webauthn, _) = ceremonies(services, actor)?;
    let (options, state) = webauthn.start_discoverable_authentication().map_err(|_| Error::Broken("a passkey can be asked for"))?;
    let ceremony = keep(&options, state)?;
    let mut tx = actor.begin(&services.db).await?;
    let ticket = challenges::begin(services, &mut tx, Purpose::PasskeySignIn, Some(&ceremony)).await?;
    tx.commit().await?;
    Ok(ticket)
}

/// Signs in by a passkey. It says whose it is, and was unlocked: it is two factors by itself.
///
/// # Errors
/// One answer for every way to be wrong; a conflict when the challenge is over.
pub async fn sign_in(services: &Services, actor: &Actor, ticket: &str, credential: &str) -> Result<Login> {
    let (webauthn, host) = ceremonies(services, actor)?;
    let credential: PublicKeyCredential = serde_json::from_str(credential).map_err(|_| wrong())?;
    let (account, id) = webauthn.identify_discoverable_authentication(&credential).map_err(|_| wrong())?;
    let account = AccountId(account);
    let counted = challenges::count_try(services, actor, ticket).await?;
    let mut tx = actor.begin(&services.db).await?;
    let challenge = challenges::take(services, &mut tx, &counted).await?;
    let (Purpose::PasskeySignIn, Some(ceremony)) = (challenge.purpose, challenge.ceremony) else {
        return Err(challenges::over().into());
    };
    let state: DiscoverableAuthentication = state_of(&ceremony)?;
    tx.see_account(account).await?;
    let passkeys = of_host(&mut tx, account, &host).await?;
    let passkey = passkeys.into_iter().find(|passkey| passkey.cred_id().as_slice() == id).ok_or_else(wrong)?;
    let result = webauthn.finish_discoverable_authentication_v2(&credential, state, &passkey).map_err(|_| wrong())?;
    note_use(&mut tx, account, &result).await?;
    let member = queries::member_of_account(&mut tx, account).await?.ok_or_else(wrong)?;
    if let Some(code) = member.shut_out() {
        return Err(AppError::field("", code).into());
    }
    let epoch = queries::login_epoch(tx.conn(), account).await?.ok_or_else(wrong)?;
    let told = serde_json::json!({ "factor": "passkey" });
    audit::record(&mut tx, services, actor, Entry::new(Action::SignedIn).by(member.id, member.name).change(Value::Null, told)).await?;
    tx.commit().await?;
    Ok(Login { member: member.id, epoch, by: None, verified: true })
}

/// Begins to make a passkey for the signed-in member on this host; the answer is the ticket.
///
/// # Errors
/// [`AppError::Unverified`]; a conflict when they have as many as can be kept.
pub async fn begin_new(services: &Services, actor: &Actor) -> Result<String> {
    let member = actor.verified()?;
    limits::take(services, Allowance::CeremonyOf(member.account)).await?;
    let (webauthn, host) = ceremonies(services, actor)?;
    let mut tx = actor.begin(&services.db).await?;
    tx.see_account(member.account).await?;
    check_room(&mut tx, member.account).await?;
    let known = of_host(&mut tx, member.account, &host).await?;
    let known = known.iter().map(|passkey| passkey.cred_id().clone()).collect();
    let (mut options, state) = webauthn
        .start_passkey_registration(member.account.0, &member.email, &member.name, Some(known))
        .map_err(|_| Error::Broken("a passkey can be made"))?;
    // It has to say by itself whose it is.
    if let Some(wanted) = &mut options.public_key.authenticator_selection {
        wanted.resident_key = Some(ResidentKeyRequirement::Required);
        wanted.require_resident_key = true;
    }
    let ceremony = keep(&options, state)?;
    let ticket = challenges::begin(services, &mut tx, Purpose::PasskeyNew(member.account), Some(&ceremony)).await?;
    tx.commit().await?;
    Ok(ticket)
}

/// Refuses another passkey of an account that has as many as can be kept. The caller sees the account.
async fn check_room(tx: &mut TenantTx, account: AccountId) -> Result<()> {
    let known = sqlx::query_scalar!(r#"SELECT count(*) AS "known!" FROM account_passkeys WHERE account_id = $1"#, account.0)
        .fetch_one(tx.conn())
        .await?;
    if known < MAX_PASSKEYS { Ok(()) } else { Err(AppError::conflict("error-too-many-passkeys").into()) }
}

/// Keeps a new passkey under a name.
///
/// # Errors
/// At `name`; [`AppError::Unverified`]; one answer for every way in which the passkey can be wrong.
pub async fn finish_new(services: &Services, actor: &Actor, ticket: &str, name: &str, credential: &str) -> Result<()> {
    let member = actor.verified()?;
    let name = name.trim();
    let mut errors = FormErrors::default();
    errors.check(!name.is_empty(), "name", "error-required");
    errors.check_line("name", name, 60);
    errors.into_result()?;
    let (webauthn, host) = ceremonies(services, actor)?;
    let credential: RegisterPublicKeyCredential = serde_json::from_str(credential).map_err(|_| wrong())?;
    let counted = challenges::count_try(services, actor, ticket).await?;
    let mut tx = actor.begin(&services.db).await?;
    let challenge = challenges::take(services, &mut tx, &counted).await?;
    let ceremony = challenge.ceremony.filter(|_| challenge.purpose == Purpose::PasskeyNew(member.account)).ok_or_else(challenges::over)?;
    let state: PasskeyRegistration = state_of(&ceremony)?;
    let passkey = webauthn.finish_passkey_registration(&credential, &state).map_err(|_| wrong())?;
    let id = passkey.cred_id().as_slice();
    let kept = serde_json::to_value(&passkey).map_err(|_| Error::Broken("a passkey can be written"))?;
    tx.see_account(member.account).await?;
    check_room(&mut tx, member.account).await?;
    sqlx::query!(
        "INSERT INTO account_passkeys (account_id, id, rp_id, name, credential) VALUES ($1, $2, $3, $4, $5)",
        member.account.0,
        id,
        host,
        name,
        kept
    )
    .execute(tx.conn())
    .await
    .map_err(|e| Error::from(e).on_constraint("account_passkeys_one", wrong()).on_constraint("account_passkeys_pkey", wrong()))?;
    tell_access(&mut tx, services, member.id, AccessChange::PasskeyAdded).await?;
    let entry = Entry::new(Action::PasskeyAdded).on_member(member.id, name);
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await
}

/// Removes a passkey of the signed-in member's account. Every other login session ends: it may have begun one.
pub async fn remove(services: &Services, actor: &Actor, id: &str) -> Result<Login> {
    let member = actor.verified()?;
    let id = hex::decode(id).map_err(|_| AppError::NotFound)?;
    let mut tx = actor.begin(&services.db).await?;
    tx.see_account(member.account).await?;
    let name = sqlx::query_scalar!("DELETE FROM account_passkeys WHERE account_id = $1 AND id = $2 RETURNING name", member.account.0, id)
        .fetch_optional(tx.conn())
        .await?
        .ok_or(AppError::NotFound)?;
    tell_access(&mut tx, services, member.id, AccessChange::PasskeyRemoved).await?;
    let login = second_factor::end_others(&mut tx, member).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::PasskeyRemoved).on_member(member.id, name)).await?;
    tx.commit().await?;
    Ok(login)
}

/// Begins to show by a passkey that it is still the signed-in member; the answer is the ticket.
///
/// # Errors
/// As a wrong passkey when there is none of this host.
pub async fn begin_verify(services: &Services, actor: &Actor) -> Result<String> {
    let account = actor.in_person()?.account;
    limits::take(services, Allowance::CeremonyOf(account)).await?;
    let mut tx = actor.begin(&services.db).await?;
    tx.see_account(account).await?;
    let ceremony = ceremony_for(services, actor, &mut tx, account).await?.ok_or_else(wrong)?;
    let ticket = challenges::begin(services, &mut tx, Purpose::PasskeyVerify(account), Some(&ceremony)).await?;
    tx.commit().await?;
    Ok(ticket)
}

/// Shows by a passkey that it is still the signed-in member, in the login session `login`.
pub async fn verify(services: &Services, actor: &Actor, login: &str, ticket: &str, credential: &str) -> Result<()> {
    let member = actor.in_person()?;
    let counted = challenges::count_try(services, actor, ticket).await?;
    let mut tx = actor.begin(&services.db).await?;
    let challenge = challenges::take(services, &mut tx, &counted).await?;
    let ceremony =
        challenge.ceremony.filter(|_| challenge.purpose == Purpose::PasskeyVerify(member.account)).ok_or_else(challenges::over)?;
    check(services, actor, &mut tx, member.account, &ceremony, credential).await?;
    super::sessions::mark_verified(&mut tx, member.id, login).await?;
    tx.commit().await
}
