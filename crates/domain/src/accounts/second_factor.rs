//! Two-step verification: an authenticator app (TOTP, RFC 6238) and recovery codes.
//!
//! It is on from the moment that the app's first code was typed. From then on a password alone begins a
//! challenge, not a login session. No code is taken twice: the database moves the step of the last one forward, or
//! marks the recovery code as used, and only one of many at the same moment does.

use super::{
    Login,
    challenges::{self, Purpose},
    passkeys, queries,
    service::{restore_tries, tell_access},
};
use crate::{
    Actor, Error, Member, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    keyring::Place,
    limits::{self, Allowance},
    mailing::AccessChange,
    resealing, ticket,
};
use kernel::{AppError, email::Email, ids::AccountId};
use sha2::{Digest, Sha256};
use std::fmt;
use totp_rs::{Builder, Totp};

/// After so many wrong codes in a row none of the app is taken, until a recovery code, a passkey or a new password.
const MOST_REFUSED: i32 = 100;
/// Recovery codes of an account.
const CODES: usize = 10;
/// How long a browser is trusted (days).
pub const TRUST_DAYS: u16 = 30;
/// The sealed columns.
const SECRET: &str = "account_totp.secret";
const FRESH: &str = "account_totp.fresh_codes";
/// The letters of a recovery code: RFC 4648's Base32, in lower case; none looks like another.
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// How an account is protected besides its password.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Protection {
    /// Whether two-step verification is on.
    pub two_step: bool,
    /// Whether it is being set up.
    pub in_setup: bool,
    /// Recovery codes that were not used.
    pub codes_left: u32,
    /// Whether there are codes that their owner has not kept yet.
    pub codes_fresh: bool,
}

/// The app's secret, for the one who sets it up.
#[derive(Clone, PartialEq, Eq)]
pub struct Setup {
    /// Base32, in groups of four.
    pub secret: String,
    /// The same as an `otpauth:` address, for a picture.
    pub url: String,
}

fn place<'a>(account: &'a AccountId, column: &'static str) -> Place<'a> {
    Place { column, owner: account.0, row: account.0.as_bytes() }
}

fn app(secret: Vec<u8>, email: &str, issuer: &str) -> Result<Totp> {
    // A colon would part the address.
    let issuer = issuer.replace(':', " ");
    Builder::new()
        .with_secret(secret)
        .with_account_name(email.replace(':', " "))
        .with_issuer(Some(issuer))
        .build()
        .map_err(|_| Error::Broken("a secret of ours makes codes"))
}

/// How the signed-in member's account is protected.
pub async fn protection(services: &Services, actor: &Actor) -> Result<Protection> {
    let account = actor.in_person()?.account;
    let mut tx = actor.begin(&services.db).await?;
    let protection = of_account(&mut tx, account).await?;
    tx.commit().await?;
    Ok(protection)
}

/// How an account is protected.
pub(super) async fn of_account(tx: &mut TenantTx, account: AccountId) -> Result<Protection> {
    tx.see_account(account).await?;
    let row = sqlx::query!(
        r#"SELECT confirmed_at IS NOT NULL AS "confirmed!", fresh_codes IS NOT NULL AS "fresh!",
             (SELECT count(*) FROM account_recovery_codes c WHERE c.account_id = t.account_id AND used_at IS NULL) AS "left!"
           FROM account_totp t WHERE account_id = $1"#,
        account.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map_or_else(Protection::default, |row| Protection {
        two_step: row.confirmed,
        in_setup: !row.confirmed,
        codes_left: u32::try_from(row.left).unwrap_or(u32::MAX),
        codes_fresh: row.fresh,
    }))
}

/// Begins to set an app up for the signed-in member, or begins again.
///
/// # Errors
/// [`AppError::Unverified`] unless they showed who they are just now; a conflict when it is on already.
pub async fn begin_setup(services: &Services, actor: &Actor) -> Result<()> {
    let account = actor.verified()?.account;
    let secret = services.keyring.seal(&services.rng, place(&account, SECRET), &services.rng.bytes::<20>())?;
    let mut tx = actor.begin(&services.db).await?;
    tx.see_account(account).await?;
    let done = sqlx::query!(
        "INSERT INTO account_totp (account_id, secret) VALUES ($1, $2)
         ON CONFLICT (account_id) DO UPDATE SET secret = EXCLUDED.secret, last_step = 0 WHERE account_totp.confirmed_at IS NULL",
        account.0,
        secret
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::conflict("error-two-step-on").into());
    }
    tx.commit().await
}

/// The secret that is being set up.
///
/// # Errors
/// Not found when none is; [`AppError::Unverified`].
pub async fn setup(services: &Services, actor: &Actor) -> Result<Setup> {
    let member = actor.verified()?;
    let mut tx = actor.begin(&services.db).await?;
    tx.see_account(member.account).await?;
    let sealed = sqlx::query_scalar!("SELECT secret FROM account_totp WHERE account_id = $1 AND confirmed_at IS NULL", member.account.0)
        .fetch_optional(tx.conn())
        .await?
        .ok_or(AppError::NotFound)?;
    tx.commit().await?;
    let app = app(services.keyring.open(place(&member.account, SECRET), &sealed)?, &member.email, &actor.tenant.name)?;
    let url = app.to_url().map_err(|_| Error::Broken("an app of ours has an address"))?;
    Ok(Setup { secret: groups(&app.secret().to_base32()), url })
}

/// Text in groups of four.
fn groups(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Switches two-step verification on by the app's first code. Every other login session ends; the caller signs in
/// anew. The recovery codes wait for [`fresh_codes`].
///
/// # Errors
/// At `code`; not found when no app is being set up; [`AppError::Unverified`].
pub async fn confirm_setup(services: &Services, actor: &Actor, code: &str) -> Result<Login> {
    let member = actor.verified()?;
    allow_code(services, actor, member.account).await?;
    let mut tx = actor.begin(&services.db).await?;
    tx.see_account(member.account).await?;
    if !take_app_code(services, &mut tx, member.account, code, Stage::Setup).await? {
        return Err(AppError::field("code", "error-factor-wrong").into());
    }
    write_codes(services, &mut tx, member.account).await?;
    let login = end_others(&mut tx, member).await?;
    tell_access(&mut tx, services, member.id, AccessChange::TwoStepOn).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::TwoStepOn)).await?;
    tx.commit().await?;
    Ok(login)
}

/// Ends every login session of a member's account; the one that begins now is of the new epoch.
pub(super) async fn end_others(tx: &mut TenantTx, member: &Member) -> Result<Login> {
    let epoch = queries::end_logins(tx.conn(), member.account).await?.ok_or(Error::Broken("a member has an account"))?;
    Ok(Login { member: member.id, epoch, by: None, verified: true })
}

/// Switches two-step verification off, and forgets app and recovery codes. Every other login session ends.
///
/// # Errors
/// Not found when it is not on; [`AppError::Unverified`].
pub async fn switch_off(services: &Services, actor: &Actor) -> Result<Login> {
    let member = actor.verified()?;
    let mut tx = actor.begin(&services.db).await?;
    tx.see_account(member.account).await?;
    let was_on = sqlx::query!("DELETE FROM account_totp WHERE account_id = $1 AND confirmed_at IS NOT NULL", member.account.0)
        .execute(tx.conn())
        .await?;
    if was_on.rows_affected() == 0 {
        return Err(AppError::NotFound.into());
    }
    sqlx::query!("DELETE FROM account_recovery_codes WHERE account_id = $1", member.account.0).execute(tx.conn()).await?;
    let login = end_others(&mut tx, member).await?;
    tell_access(&mut tx, services, member.id, AccessChange::TwoStepOff).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::TwoStepOff)).await?;
    tx.commit().await?;
    Ok(login)
}

/// Makes new recovery codes; the old ones work no more.
pub async fn renew_codes(services: &Services, actor: &Actor) -> Result<()> {
    let member = actor.verified()?;
    let mut tx = actor.begin(&services.db).await?;
    if !of_account(&mut tx, member.account).await?.two_step {
        return Err(AppError::NotFound.into());
    }
    write_codes(services, &mut tx, member.account).await?;
    tell_access(&mut tx, services, member.id, AccessChange::RecoveryCodes).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::RecoveryCodesRenewed)).await?;
    tx.commit().await
}

async fn write_codes(services: &Services, tx: &mut TenantTx, account: AccountId) -> Result<()> {
    let codes: Vec<String> = (0..CODES).map(|_| recovery_code(services)).collect();
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| hash(code)).collect();
    let fresh = services.keyring.seal(&services.rng, place(&account, FRESH), codes.join(" ").as_bytes())?;
    sqlx::query!("DELETE FROM account_recovery_codes WHERE account_id = $1", account.0).execute(tx.conn()).await?;
    sqlx::query!("INSERT INTO account_recovery_codes (account_id, hash) SELECT $1, hash FROM unnest($2::bytea[]) hash", account.0, &hashes)
        .execute(tx.conn())
        .await?;
    sqlx::query!("UPDATE account_totp SET fresh_codes = $2 WHERE account_id = $1", account.0, fresh).execute(tx.conn()).await?;
    Ok(())
}

/// 80 random bits in groups of four letters.
fn recovery_code(services: &Services) -> String {
    let letters = services.rng.bytes::<16>().map(|byte| char::from(LETTERS.get(usize::from(byte & 31)).copied().unwrap_or(b'a')));
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// As typed: capitals, spaces and hyphens do not matter.
fn hash(code: &str) -> Vec<u8> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    Sha256::digest(plain.as_bytes()).to_vec()
}

/// The recovery codes that the signed-in member has not kept yet.
///
/// # Errors
/// Not found when they kept them; [`AppError::Unverified`].
pub async fn fresh_codes(services: &Services, actor: &Actor) -> Result<Vec<String>> {
    let account = actor.verified()?.account;
    let mut tx = actor.begin(&services.db).await?;
    tx.see_account(account).await?;
    let sealed = sqlx::query_scalar!("SELECT fresh_codes FROM account_totp WHERE account_id = $1", account.0)
        .fetch_optional(tx.conn())
        .await?
        .flatten()
        .ok_or(AppError::NotFound)?;
    tx.commit().await?;
    let codes = String::from_utf8(services.keyring.open(place(&account, FRESH), &sealed)?).map_err(|_| Error::Broken("codes are text"))?;
    Ok(codes.split(' ').map(str::to_owned).collect())
}

/// Forgets the text of the recovery codes: their owner kept them.
pub async fn keep_codes(services: &Services, actor: &Actor) -> Result<()> {
    let account = actor.verified()?.account;
    let mut tx = actor.begin(&services.db).await?;
    tx.see_account(account).await?;
    sqlx::query!("UPDATE account_totp SET fresh_codes = NULL WHERE account_id = $1", account.0).execute(tx.conn()).await?;
    tx.commit().await
}

/// Whether an app counts already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Setup,
    On,
}

/// Takes a code of the app, if it is one and newer than every one before; confirms an app in setup.
async fn take_app_code(services: &Services, tx: &mut TenantTx, account: AccountId, code: &str, stage: Stage) -> Result<bool> {
    // Locked, so that what is confirmed is what was checked.
    let sealed = sqlx::query_scalar!(
        "SELECT secret FROM account_totp WHERE account_id = $1 AND (confirmed_at IS NULL) = $2 AND refused < $3 FOR UPDATE",
        account.0,
        stage == Stage::Setup,
        MOST_REFUSED
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(sealed) = sealed else { return if stage == Stage::Setup { Err(AppError::NotFound.into()) } else { Ok(false) } };
    let app = app(services.keyring.open(place(&account, SECRET), &sealed)?, "", "")?;
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(services.now().as_second()).unwrap_or(0);
    // One step to either side, for clocks that are not quite right.
    let Some(step) = app.check(&digits, seconds) else { return Ok(false) };
    let done = sqlx::query!(
        "UPDATE account_totp SET last_step = $2, refused = 0, confirmed_at = CASE WHEN $3 THEN now() ELSE confirmed_at END
         WHERE account_id = $1 AND last_step < $2",
        account.0,
        i64::try_from(step).unwrap_or(i64::MAX),
        stage == Stage::Setup
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a recovery code, if it is one and was not used.
async fn take_recovery_code(tx: &mut TenantTx, account: AccountId, code: &str) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE account_recovery_codes SET used_at = now() WHERE account_id = $1 AND hash = $2 AND used_at IS NULL",
        account.0,
        hash(code)
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A passkey as a factor, in the log.
const PASSKEY: &str = "passkey";

/// What a second factor was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Factor {
    App,
    RecoveryCode,
}

impl Factor {
    const fn key(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::RecoveryCode => "recovery_code",
        }
    }
}

/// Takes a code of either kind; none when it is neither. The caller sees the account.
pub(super) async fn take_code(services: &Services, tx: &mut TenantTx, account: AccountId, code: &str) -> Result<Option<Factor>> {
    if take_app_code(services, tx, account, code, Stage::On).await? {
        return Ok(Some(Factor::App));
    }
    if take_recovery_code(tx, account, code).await? {
        forgive(tx, account).await?;
        // Whoever has lost the app hears of it, and whoever has lost the codes.
        if let Some(member) = queries::member_of_account(tx, account).await? {
            tell_access(tx, services, member.id, AccessChange::RecoveryCodeUsed).await?;
        }
        return Ok(Some(Factor::RecoveryCode));
    }
    Ok(None)
}

/// Forgets wrong codes: somebody showed something better.
pub(super) async fn forgive(tx: &mut TenantTx, account: AccountId) -> Result<()> {
    tx.see_account(account).await?;
    sqlx::query!("UPDATE account_totp SET refused = 0 WHERE account_id = $1", account.0).execute(tx.conn()).await?;
    Ok(())
}

/// Forgets the browsers that an account trusts at this school.
pub(super) async fn distrust(tx: &mut TenantTx, account: AccountId) -> Result<()> {
    sqlx::query!("DELETE FROM trusted_devices WHERE tenant_id = $1 AND account_id = $2", tx.tenant().0, account.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Takes the allowances for a try at the app's code.
async fn allow_code(services: &Services, actor: &Actor, account: AccountId) -> Result<()> {
    if let Some(client) = actor.client {
        limits::take(services, Allowance::FactorFrom(client, account)).await?;
    }
    limits::take(services, Allowance::FactorOf(account)).await
}

/// Whether a code can be one of the app's; a recovery code is too long to be guessed and needs no allowance.
fn is_app_code(code: &str) -> bool {
    code.chars().filter(|c| !c.is_whitespace()).count() <= 8
}

/// Counts a wrong code in a transaction of its own. Its owner is told at the fifth in a row and whenever it is twice as
/// many: somebody knows the password.
async fn refuse(services: &Services, actor: &Actor, account: AccountId) -> Result<AppError> {
    metrics::counter!("second_factors_refused_total").increment(1);
    let mut tx = actor.begin(&services.db).await?;
    tx.see_account(account).await?;
    let refused = sqlx::query_scalar!("UPDATE account_totp SET refused = refused + 1 WHERE account_id = $1 RETURNING refused", account.0)
        .fetch_optional(tx.conn())
        .await?
        .unwrap_or(0);
    let is_told = refused % 5 == 0 && u32::try_from(refused / 5).is_ok_and(u32::is_power_of_two);
    if is_told && let Some(member) = queries::member_of_account(&mut tx, account).await? {
        tell_access(&mut tx, services, member.id, AccessChange::WrongCodes).await?;
        let told = serde_json::json!({ "in_a_row": refused });
        let entry = Entry::new(Action::SecondFactorRefused).on_member(member.id, member.name).change(serde_json::Value::Null, told);
        audit::record(&mut tx, services, actor, entry).await?;
    }
    tx.commit().await?;
    Ok(AppError::field("code", "error-factor-wrong"))
}

/// What the page asks for after the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What a passkey of this host has to answer, for the browser; none without one.
    pub passkey: Option<String>,
}

/// What is asked for after the password, while it is.
pub async fn asked(services: &Services, actor: &Actor, ticket: &str) -> Result<Option<Asked>> {
    let mut tx = actor.begin(&services.db).await?;
    let challenge = challenges::waiting(services, &mut tx, ticket).await?;
    tx.commit().await?;
    Ok(challenge
        .filter(|challenge| challenge.purpose.second_factor().is_some())
        .map(|challenge| Asked { passkey: challenge.ceremony.as_deref().and_then(passkeys::options_of) }))
}

/// A login after its second factor, and what keeps this browser trusted.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown {
    /// The login.
    pub login: Login,
    /// The secret of a trusted browser, if that was wished.
    pub device: Option<String>,
}

impl fmt::Debug for Setup {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Setup")
    }
}

impl fmt::Debug for Shown {
    /// Without the device's secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.login.fmt(f)
    }
}

/// Signs in by a code after the password.
///
/// # Errors
/// At `code`; a conflict when the challenge is over; [`AppError::RateLimited`].
pub async fn show_code(services: &Services, actor: &Actor, ticket: &str, code: &str, trust: bool) -> Result<Shown> {
    let account = account_of(services, actor, ticket).await?;
    if is_app_code(code) {
        allow_code(services, actor, account).await?;
    }
    let counted = challenges::count_try(services, actor, ticket).await?;
    let mut tx = actor.begin(&services.db).await?;
    let purpose = challenges::take(services, &mut tx, &counted).await?.purpose;
    let (account, _) = purpose.second_factor().ok_or_else(challenges::over)?;
    tx.see_account(account).await?;
    let Some(factor) = take_code(services, &mut tx, account, code).await? else {
        drop(tx);
        return Err(refuse(services, actor, account).await?.into());
    };
    let shown = finish(services, actor, &mut tx, purpose, factor.key(), trust).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Signs in by a passkey after the password.
pub async fn show_passkey(services: &Services, actor: &Actor, ticket: &str, credential: &str) -> Result<Shown> {
    let counted = challenges::count_try(services, actor, ticket).await?;
    let mut tx = actor.begin(&services.db).await?;
    let challenge = challenges::take(services, &mut tx, &counted).await?;
    let (Some((account, _)), Some(ceremony)) = (challenge.purpose.second_factor(), challenge.ceremony) else {
        return Err(challenges::over().into());
    };
    passkeys::check(services, actor, &mut tx, account, &ceremony, credential).await?;
    forgive(&mut tx, account).await?;
    let shown = finish(services, actor, &mut tx, challenge.purpose, PASSKEY, false).await?;
    tx.commit().await?;
    Ok(shown)
}

async fn account_of(services: &Services, actor: &Actor, ticket: &str) -> Result<AccountId> {
    let mut tx = actor.begin(&services.db).await?;
    let challenge = challenges::waiting(services, &mut tx, ticket).await?;
    let Some((account, epoch)) = challenge.and_then(|challenge| challenge.purpose.second_factor()) else {
        return Err(challenges::over().into());
    };
    // Begun with a password of before.
    if queries::login_epoch(tx.conn(), account).await? != Some(epoch) {
        return Err(challenges::over().into());
    }
    tx.commit().await?;
    Ok(account)
}

/// The member, the log's entry, and the trust of a browser after a right factor.
async fn finish(
    services: &Services,
    actor: &Actor,
    tx: &mut TenantTx,
    purpose: Purpose,
    factor: &'static str,
    trust: bool,
) -> Result<Shown> {
    let (account, epoch) = purpose.second_factor().ok_or_else(challenges::over)?;
    // A provider's word and a code are not what the account asks for before it is changed.
    let by_password = matches!(purpose, Purpose::SecondFactor(..));
    let verified = by_password || factor == PASSKEY;
    if queries::login_epoch(tx.conn(), account).await? != Some(epoch) {
        return Err(challenges::over().into());
    }
    let member = queries::member_of_account(tx, account).await?.filter(|member| member.active).ok_or_else(challenges::over)?;
    let device = if trust { Some(trust_device(services, tx, account, epoch).await?) } else { None };
    let told = serde_json::json!({ "first": if by_password { "password" } else { "elsewhere" }, "factor": factor });
    let entry = Entry::new(Action::SignedIn).by(member.id, member.name).change(serde_json::Value::Null, told);
    audit::record(tx, services, actor, entry).await?;
    Ok(Shown { login: Login { member: member.id, epoch, by: None, verified }, device })
}

async fn trust_device(services: &Services, tx: &mut TenantTx, account: AccountId, epoch: i32) -> Result<String> {
    let secret = ticket::new(&services.rng);
    sqlx::query!(
        "INSERT INTO trusted_devices (tenant_id, id, account_id, epoch, expires_at) VALUES ($1, $2, $3, $4, now() + make_interval(days => $5))",
        tx.tenant().0,
        ticket::key(&secret),
        account.0,
        epoch,
        i32::from(TRUST_DAYS)
    )
    .execute(tx.conn())
    .await?;
    Ok(secret)
}

/// Whether a browser was trusted by an account that has the same epoch still.
pub(super) async fn is_trusted(tx: &mut TenantTx, account: AccountId, epoch: i32, secret: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM trusted_devices WHERE tenant_id = $1 AND id = $2 AND account_id = $3 AND epoch = $4 AND expires_at > now()) AS "is!""#,
        tx.tenant().0,
        ticket::key(secret),
        account.0,
        epoch
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Shows again who is signed in, by the password and, with two-step verification, a code. From now on
/// [`Actor::verified`] counts for a while in the login session `login`.
///
/// # Errors
/// At `password` or `code`; [`AppError::RateLimited`].
pub async fn verify(services: &Services, actor: &Actor, login: &str, password: &str, code: &str) -> Result<()> {
    let member = actor.in_person()?;
    let email = Email::lenient(&member.email);
    super::service::check_own_password(services, actor, member, &email, ("password", password)).await?;
    let two_step = protection(services, actor).await?.two_step;
    if two_step && is_app_code(code) {
        allow_code(services, actor, member.account).await?;
    }
    let mut tx = actor.begin(&services.db).await?;
    tx.see_account(member.account).await?;
    if two_step && take_code(services, &mut tx, member.account, code).await?.is_none() {
        drop(tx);
        return Err(refuse(services, actor, member.account).await?.into());
    }
    super::sessions::mark_verified(&mut tx, member.id, login).await?;
    tx.commit().await?;
    restore_tries(services, actor, &email).await;
    Ok(())
}

/// Seals an account's secrets again by the key that seals now; says how many.
pub(crate) async fn reseal(services: &Services, tx: &mut TenantTx, account: AccountId) -> Result<u64> {
    tx.see_account(account).await?;
    let row = sqlx::query!("SELECT secret, fresh_codes FROM account_totp WHERE account_id = $1 FOR UPDATE", account.0)
        .fetch_optional(tx.conn())
        .await?;
    let Some(row) = row else { return Ok(0) };
    let secret = resealing::again(services, place(&account, SECRET), &row.secret)?;
    let fresh = match &row.fresh_codes {
        Some(sealed) => resealing::again(services, place(&account, FRESH), sealed)?,
        None => None,
    };
    sqlx::query!(
        "UPDATE account_totp SET secret = coalesce($2, secret), fresh_codes = coalesce($3, fresh_codes) WHERE account_id = $1",
        account.0,
        secret,
        fresh
    )
    .execute(tx.conn())
    .await?;
    Ok(u64::from(secret.is_some()) + u64::from(fresh.is_some()))
}
