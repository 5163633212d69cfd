//! Sign-up, sign-in and passwords.

use super::{
    breached,
    challenges::{self, Purpose},
    identities, passkeys,
    proofs::{self, Wish},
    queries, second_factor,
};
use crate::{
    Actor, Error, Member, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    limits::{self, Allowance},
    mailing::{self, AccessChange, Mailing},
    policies::{self, ConsentDraft, Joining},
    tenancy::{self, Tenant},
};
use kernel::{
    AppError, FieldError, Flag, FormErrors, Role,
    email::Email,
    ids::{AccountId, MemberId},
    zone::ZoneName,
};
use serde_json::{Value, json};
use std::fmt;
use zxcvbn::{Score, zxcvbn};

/// The shortest password (characters). ASVS 5.0 2.1: length, not composition.
const MIN_PASSWORD: usize = 10;
/// The longest, so that hashing stays bounded (bytes).
const MAX_PASSWORD: usize = 256;

/// What a new student typed.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// Display name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Password.
    pub password: String,
}

/// What somebody who signs in typed.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// Address.
    pub email: String,
    /// Password.
    pub password: String,
}

/// Checks a person's name, address and password; each pair is the field's name and value.
pub fn check_person(errors: &mut FormErrors, name: (&str, &str), email: (&str, &str), password: (&str, &str)) {
    errors.check(!name.1.trim().is_empty(), name.0, "error-required");
    errors.check_line(name.0, name.1, 80);
    errors.check(is_email(email.1.trim()), email.0, "error-email");
    check_password(errors, password, &[name.1, email.1]);
}

/// Checks a new password: long enough, none that others think of first, and no common one of those
/// that were stolen. `about` is what everybody knows of its owner. The operator's list of stolen ones is
/// asked beside it, by [`breached::Breached::refuse`].
pub(crate) fn check_password(errors: &mut FormErrors, password: (&str, &str), about: &[&str]) {
    let (field, text) = password;
    if text.chars().count() < MIN_PASSWORD {
        errors.add(field, FieldError::new("error-password-short").with("min", MIN_PASSWORD));
    } else if text.len() > MAX_PASSWORD {
        errors.add(field, FieldError::new("error-too-long").with("max", MAX_PASSWORD));
    } else if zxcvbn(text, about).score() < Score::Two {
        errors.add(field, FieldError::new("error-password-common"));
    } else {
        breached::check_common(errors, field, text);
    }
}

/// An address that could receive mail, and that mails can be written to: one `@` with something
/// on both sides, a dot inside the domain, nothing invisible.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((user, domain)) = text.split_once('@') else { return false };
    let labels = domain.split('.').all(|label| !label.is_empty());
    !user.is_empty()
        && text.len() <= 254
        && labels
        && domain.contains('.')
        && !domain.contains('@')
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && providers::mail::is_address(text)
}

/// Makes an account a member with `roles`, inside the caller's transaction.
pub async fn join(tx: &mut TenantTx, services: &Services, account: AccountId, name: &str, email: &str, roles: &[Role]) -> Result<MemberId> {
    let id = services.id();
    queries::insert_member(tx, id, account, name, email.trim()).await?;
    for role in roles {
        queries::insert_role(tx, id, *role).await?;
    }
    Ok(id)
}

/// Somebody who has just shown who they are: a login session can start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Login {
    /// Who.
    pub member: MemberId,
    /// The epoch of what they showed: a session that it starts ends with it.
    pub epoch: i32,
    /// Staff who see the site as this member, and the epoch of theirs.
    pub by: Option<(MemberId, i32)>,
    /// Whether everything was shown that the account asks for; not in a trusted browser.
    pub verified: bool,
}

/// Wishes to become a student of the actor's tenant. The answer is the ticket of the proof that
/// the address gets mail; it is the same for every address.
pub async fn sign_up(services: &Services, actor: &Actor, locale: &str, typed: &SignUp, consent: &ConsentDraft) -> Result<String> {
    actor.with(Flag::SignUp, "error-sign-up-closed")?;
    let asked = policies::asked(services, actor, Joining::Student).await?;
    let mut errors = FormErrors::default();
    check_person(&mut errors, ("name", &typed.name), ("email", &typed.email), ("password", &typed.password));
    let email = Email::lenient(&typed.email);
    let consent = asked.check(&mut errors, services, actor, consent, &email, locale);
    errors.into_result()?;
    services.breached.refuse("password", &typed.password).await?;
    policies::allow(services, actor, &consent).await?;
    proofs::allow_mail(services, actor, Allowance::MailTo(&email)).await?;
    let password_hash = services.hasher.hash(&typed.password).await?;
    let wish =
        Wish::Join { name: typed.name.trim().to_owned(), password_hash: Some(password_hash), identity: None, consent: Box::new(consent) };
    proofs::begin(services, actor, &email, locale, &wish).await
}

/// Who somebody is once their address is proven.
#[derive(Clone, Debug)]
pub enum Confirmed {
    /// A new person: sign them in.
    Joined(Login),
    /// A person with an account, in another school until now: they sign in with its password.
    JoinedWithAccount,
    /// A school was founded.
    Founded(Box<Tenant>),
}

/// Makes the wish of a proof come true.
///
/// A mailbox alone opens no account that exists: whoever has one signs in as always.
pub async fn confirm(services: &Services, actor: &Actor, ticket: &str, code: &str) -> Result<Confirmed> {
    // People copy the space that the mail shows, and type others.
    let code: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let counted = proofs::count_try(services, actor, ticket, &code).await?;
    let mut tx = actor.begin(&services.db).await?;
    let proven = proofs::take(services, &mut tx, counted).await?;
    match proven.wish {
        Wish::Join { name, password_hash, identity, consent } => {
            actor.with(Flag::SignUp, "error-sign-up-closed")?;
            let (account, is_new) = proofs::account_of(services, &mut tx, &proven.email, password_hash.as_deref()).await?;
            let member = join(&mut tx, services, account, &name, proven.email.as_str(), &[Role::Student])
                .await
                .map_err(|e| e.on_constraint("members_account_key", AppError::conflict("error-proof-over")))?;
            policies::record(services, &mut tx, member, &consent).await?;
            let joined = Entry::new(Action::MemberJoined).by(member, &name).on_member(member, &name);
            audit::record(&mut tx, services, actor, joined).await?;
            // An account that exists is connected by who is signed in to it, and by nobody else.
            if let (Some(elsewhere), true) = (&identity, is_new) {
                identities::insert(services, &mut tx, member, elsewhere).await?;
            }
            tx.commit().await?;
            // A new account is in its first epoch.
            Ok(if is_new { Confirmed::Joined(Login { member, epoch: 0, by: None, verified: true }) } else { Confirmed::JoinedWithAccount })
        }
        Wish::Found { school, name, password_hash } => {
            actor.with(Flag::Founding, "error-founding-closed")?;
            // Asked while the proof can still be kept; what remains is a race of two founders.
            tenancy::check_free(services, &school).await?;
            // The new school's rows need a transaction of their own. Whoever fails there begins again.
            tx.commit().await?;
            let tenant = tenancy::open(services, *school, &proven.email, &name, &password_hash).await?;
            Ok(Confirmed::Founded(Box::new(tenant)))
        }
        Wish::Reset => Err(AppError::NotFound.into()),
    }
}

/// Wishes for a new password. The answer is the same for every address.
pub async fn ask_reset(services: &Services, actor: &Actor, locale: &str, email: &str) -> Result<()> {
    if !is_email(email.trim()) {
        return Err(AppError::field("email", "error-email").into());
    }
    let email = Email::lenient(email);
    proofs::allow_mail(services, actor, Allowance::ResetTo(&email)).await?;
    proofs::begin(services, actor, &email, locale, &Wish::Reset).await.map(drop)
}

/// Sets a new password by a mailed link's `ticket`, and ends every login session of the account. A
/// link that was asked for before the password last changed is worth nothing, in any school.
pub async fn reset_password(services: &Services, actor: &Actor, ticket: &str, password: &str) -> Result<()> {
    let over = || AppError::conflict("error-reset-over");
    let pending = proofs::pending(services, actor, ticket).await?.ok_or_else(over)?;
    let mut errors = FormErrors::default();
    check_password(&mut errors, ("password", password), &[&pending.email, &actor.tenant.name]);
    errors.into_result()?;
    services.breached.refuse("password", password).await?;
    let ended = |error| match error {
        Error::App(AppError::Conflict(_) | AppError::Invalid(_)) => over().into(),
        other => other,
    };
    let counted = proofs::count_try(services, actor, ticket, ticket).await.map_err(ended)?;
    let hash = services.hasher.hash(password).await?;
    let mut tx = actor.begin(&services.db).await?;
    let proven = proofs::take(services, &mut tx, counted).await.map_err(ended)?;
    let account = queries::account_by_email(tx.conn(), &proven.email).await?.filter(|_| matches!(proven.wish, Wish::Reset));
    let member = match &account {
        Some(account) => queries::member_of_account(&mut tx, account.id).await?.filter(|member| member.active),
        None => None,
    };
    let (Some(account), Some(member)) = (account, member) else { return Err(over().into()) };
    queries::reset_password(tx.conn(), account.id, proven.asked_at, &hash).await?.ok_or_else(over)?;
    second_factor::forgive(&mut tx, account.id).await?;
    tell_access(&mut tx, services, member.id, AccessChange::Password).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::PasswordReset).by(member.id, member.name)).await?;
    tx.commit().await?;
    restore_tries(services, actor, &proven.email).await;
    Ok(())
}

/// Sets a new password of the signed-in member's account, which must be told the old one. Every
/// login session ends, also this one: the caller signs in anew.
pub async fn change_password(services: &Services, actor: &Actor, old: &str, new: &str) -> Result<Login> {
    let member = actor.in_person()?;
    let mut errors = FormErrors::default();
    errors.check(!old.is_empty(), "old_password", "error-required");
    check_password(&mut errors, ("password", new), &[&member.name, &member.email, &actor.tenant.name]);
    errors.check(old.is_empty() || new != old, "password", "error-password-same");
    errors.into_result()?;
    services.breached.refuse("password", new).await?;
    // The password alone is not what this account asks for.
    if !member.verified && second_factor::protection(services, actor).await?.two_step {
        return Err(AppError::Unverified.into());
    }
    let email = Email::lenient(&member.email);
    let old_hash = check_own_password(services, actor, member, &email, ("old_password", old)).await?;
    let hash = services.hasher.hash(new).await?;
    let mut tx = actor.begin(&services.db).await?;
    let epoch = queries::change_password(tx.conn(), member.account, &old_hash, &hash).await?;
    let epoch = epoch.ok_or(AppError::field("old_password", "error-password-wrong"))?;
    tell_access(&mut tx, services, member.id, AccessChange::Password).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::PasswordChanged)).await?;
    tx.commit().await?;
    restore_tries(services, actor, &email).await;
    Ok(Login { member: member.id, epoch, by: None, verified: true })
}

/// Whether the signed-in member's account has a password; one that began elsewhere has none until its owner chooses one.
pub async fn has_password(services: &Services, actor: &Actor) -> Result<bool> {
    let account = actor.in_person()?.account;
    Ok(queries::password_hash(services.db.pool(), account).await?.is_some())
}

/// Has the owner told what changed now about how they get in.
pub(super) async fn tell_access(tx: &mut TenantTx, services: &Services, member: MemberId, what: AccessChange) -> Result<()> {
    mailing::enqueue(tx, Mailing::AccessChanged { member, change: services.id(), what, at: services.now() }).await
}

/// Checks that the signed-in member knows their password, as often as that may be tried; the hash that it has.
/// `password` is the field's name and value.
pub(super) async fn check_own_password(
    services: &Services,
    actor: &Actor,
    member: &Member,
    email: &Email,
    password: (&'static str, &str),
) -> Result<String> {
    let (field, typed) = password;
    take_try(services, actor, email).await?;
    let wrong = || AppError::field(field, "error-password-wrong");
    let hash = queries::password_hash(services.db.pool(), member.account).await?.ok_or_else(wrong)?;
    if services.hasher.verify(bounded(typed), Some(&hash)).await? { Ok(hash) } else { Err(wrong().into()) }
}

/// A password that is too long to be anybody's is nobody's, without the work.
fn bounded(password: &str) -> &str {
    if password.len() > MAX_PASSWORD { "" } else { password }
}

/// Takes the allowances for a try at the password of `email`, the widest last: what a narrow one
/// refuses uses up nothing of others.
async fn take_try(services: &Services, actor: &Actor, email: &Email) -> Result<()> {
    if let Some(client) = actor.client {
        limits::take(services, Allowance::PasswordFrom(client, email)).await?;
        limits::take(services, Allowance::SignInFrom(client)).await?;
    }
    limits::take(services, Allowance::PasswordOf(email)).await?;
    limits::take(services, Allowance::SignInAt(actor.tenant.id)).await
}

/// Whoever knew the password may mistype it again. What they came for is done by now: a fault here is logged.
pub(super) async fn restore_tries(services: &Services, actor: &Actor, email: &Email) {
    if let Some(client) = actor.client
        && let Err(error) = limits::restore(services, Allowance::PasswordFrom(client, email)).await
    {
        tracing::warn!(%error, "an allowance was not restored");
    }
}

/// What knowing the password leads to.
#[derive(Clone, PartialEq, Eq)]
pub enum SignedIn {
    /// A login session can start.
    Login(Login),
    /// A second factor is asked for; the ticket of that.
    SecondFactor(String),
}

impl fmt::Debug for SignedIn {
    /// Without the ticket.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Login(login) => login.fmt(f),
            Self::SecondFactor(_) => f.write_str("SecondFactor"),
        }
    }
}

/// The member whose address and password these are. One answer for every way to be wrong. `device` is the
/// secret of a browser that may be trusted.
///
/// # Errors
/// [`AppError::RateLimited`] when the client, the address or the school has tried too often.
pub async fn sign_in(services: &Services, actor: &Actor, typed: &SignIn, device: Option<&str>) -> Result<SignedIn> {
    let mut errors = FormErrors::default();
    errors.check(!typed.email.trim().is_empty(), "email", "error-required");
    errors.check(!typed.password.is_empty(), "password", "error-required");
    errors.into_result()?;
    let email = Email::lenient(&typed.email);
    take_try(services, actor, &email).await?;
    let account = queries::account_by_email(services.db.pool(), &email).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let right = services.hasher.verify(bounded(&typed.password), hash).await?;
    // The member is looked up for a wrong password too: both answers take as long.
    let mut tx = actor.begin(&services.db).await?;
    let member = match &account {
        Some(account) => queries::member_of_account(&mut tx, account.id).await?,
        None => None,
    };
    let (Some(account), Some(member), true) = (account, &member, right) else {
        metrics::counter!("sign_ins_refused_total").increment(1);
        tx.commit().await?;
        if let Some(member) = member {
            // After the answer, so that it takes no longer for an address that is known.
            let (services, actor) = (services.clone(), actor.clone());
            tokio::spawn(async move {
                if let Err(error) = note_refused(&services, &actor, member).await {
                    tracing::warn!(%error, "a wrong password was not noted");
                }
            });
        }
        return Err(AppError::field("", "error-sign-in").into());
    };
    if let Some(code) = member.shut_out() {
        return Err(AppError::field("", code).into());
    }
    sqlx::query!("UPDATE members SET refused = 0 WHERE tenant_id = $1 AND id = $2 AND refused > 0", tx.tenant().0, member.id.0)
        .execute(tx.conn())
        .await?;
    let (id, name) = (member.id, member.name.clone());
    let entrant = Entrant { account: account.id, epoch: account.epoch, member: id, name, proof: Proof::Password };
    let signed_in = admit(services, actor, &mut tx, entrant, device).await?;
    tx.commit().await?;
    restore_tries(services, actor, &email).await;
    if let Some(old) = account.password_hash.filter(|hash| services.hasher.is_outdated(hash)) {
        let hash = services.hasher.hash(&typed.password).await?;
        queries::upgrade_hash(services.db.pool(), account.id, &old, &hash).await?;
    }
    Ok(signed_in)
}

/// So many wrong passwords in a row are told to their owner and to the log, and then whenever they are twice as many.
const TOLD_AFTER: i32 = 10;

/// Notes a wrong password for a member.
async fn note_refused(services: &Services, actor: &Actor, member: queries::Named) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let refused = sqlx::query_scalar!(
        "UPDATE members SET refused = refused + 1 WHERE tenant_id = $1 AND id = $2 AND status = 'active' RETURNING refused",
        tx.tenant().0,
        member.id.0
    )
    .fetch_optional(tx.conn())
    .await?
    .unwrap_or(0);
    if refused % TOLD_AFTER == 0 && u32::try_from(refused / TOLD_AFTER).is_ok_and(u32::is_power_of_two) {
        tell_access(&mut tx, services, member.id, AccessChange::WrongPasswords).await?;
        let entry = Entry::new(Action::SignInRefused).on_member(member.id, member.name).change(Value::Null, json!({ "in_a_row": refused }));
        audit::record(&mut tx, services, actor, entry).await?;
    }
    tx.commit().await
}

/// What somebody showed first.
pub(super) enum Proof<'a> {
    /// The password.
    Password,
    /// Who they are elsewhere, by the word of the provider of this name.
    Elsewhere(&'a str),
}

/// An active member who showed one factor.
pub(super) struct Entrant<'a> {
    pub account: AccountId,
    /// Of the account, as of what was shown.
    pub epoch: i32,
    pub member: MemberId,
    pub name: String,
    pub proof: Proof<'a>,
}

/// Lets a member in, or asks for the second factor if their account has one. `device` is the secret of a browser
/// that may be trusted.
pub(super) async fn admit(
    services: &Services,
    actor: &Actor,
    tx: &mut TenantTx,
    entrant: Entrant<'_>,
    device: Option<&str>,
) -> Result<SignedIn> {
    let Entrant { account, epoch, member, name, proof } = entrant;
    let trusted = match device {
        Some(device) => second_factor::is_trusted(tx, account, epoch, device).await?,
        None => false,
    };
    if !trusted && second_factor::of_account(tx, account).await?.two_step {
        let ceremony = passkeys::ceremony_for(services, actor, tx, account).await?;
        let purpose = match proof {
            Proof::Password => Purpose::SecondFactor(account, epoch),
            Proof::Elsewhere(_) => Purpose::SecondFactorElsewhere(account, epoch),
        };
        let ticket = challenges::begin(services, tx, purpose, ceremony.as_deref()).await?;
        return Ok(SignedIn::SecondFactor(ticket));
    }
    let (verified, told) = match proof {
        Proof::Password => (!trusted, Value::Null),
        Proof::Elsewhere(provider) => (false, json!({ "identity": provider })),
    };
    audit::record(tx, services, actor, Entry::new(Action::SignedIn).by(member, name).change(Value::Null, told)).await?;
    Ok(SignedIn::Login(Login { member, epoch, by: None, verified }))
}

/// A login of `member` for staff who see the site as they do: over when either's sessions are.
pub(crate) async fn login_as(tx: &mut TenantTx, staff: &Member, member: &Member) -> Result<Login> {
    let gone = || Error::Broken("a member has an account");
    let epoch = queries::login_epoch(tx.conn(), member.account).await?.ok_or_else(gone)?;
    let own = queries::login_epoch(tx.conn(), staff.account).await?.ok_or_else(gone)?;
    Ok(Login { member: member.id, epoch, by: Some((staff.id, own)), verified: false })
}

/// The login of a member who came by a link that we gave them: whoever has the link. What concerns their account asks who
/// they are.
pub(crate) async fn login_of(tx: &mut TenantTx, member: &Member) -> Result<Login> {
    let epoch = queries::login_epoch(tx.conn(), member.account).await?.ok_or(Error::Broken("a member has an account"))?;
    Ok(Login { member: member.id, epoch, by: None, verified: false })
}

/// The schools that the signed-in member's account is a member of, this one too. Each has login sessions of its own: to
/// know of a school is not to be signed in there.
pub async fn schools(services: &Services, actor: &Actor) -> Result<Vec<queries::School>> {
    let account = actor.in_person()?.account;
    let mut tx = actor.begin(&services.db).await?;
    let schools = queries::schools(&mut tx, account).await?;
    tx.commit().await?;
    Ok(schools)
}

/// Changes the signed-in member's name at this school. What was sold before keeps the old one.
///
/// # Errors
/// At `name`.
pub async fn rename(services: &Services, actor: &Actor, name: &str) -> Result<()> {
    let member = actor.in_person()?;
    let name = name.trim();
    let mut errors = FormErrors::default();
    errors.check(!name.is_empty(), "name", "error-required");
    errors.check_line("name", name, 80);
    errors.into_result()?;
    let mut tx = actor.begin(&services.db).await?;
    let before = sqlx::query_scalar!(
        "SELECT name FROM members WHERE tenant_id = $1 AND id = $2 AND until IS NULL FOR NO KEY UPDATE",
        tx.tenant().0,
        member.id.0
    )
    .fetch_optional(tx.conn())
    .await?
    // Who is here for an hour to help keeps the name that the log has of them.
    .ok_or(AppError::NotFound)?;
    if before == name {
        return tx.commit().await;
    }
    sqlx::query!("UPDATE members SET name = $3 WHERE tenant_id = $1 AND id = $2", tx.tenant().0, member.id.0, name)
        .execute(tx.conn())
        .await?;
    // A tutor is found by the new one.
    sqlx::query!("SELECT app.refresh_tutor(id) FROM tutors WHERE tenant_id = $1 AND id = $2", tx.tenant().0, member.id.0)
        .fetch_optional(tx.conn())
        .await?;
    let told = |name: &str| json!({ "name": name });
    let renamed = Entry::new(Action::MemberRenamed).on_member(member.id, name).change(told(&before), told(name));
    audit::record(&mut tx, services, actor, renamed).await?;
    tx.commit().await
}

/// Remembers the signed-in member's language and zone. A value that is not offered is left out.
pub async fn set_preferences(services: &Services, actor: &Actor, locale: Option<&str>, zone: Option<&str>) -> Result<()> {
    let member = actor.member()?;
    let locale = locale.filter(|tag| actor.tenant.locales.iter().any(|offered| offered == tag));
    let zone = zone.and_then(|name| ZoneName::new(name).ok());
    let mut tx = actor.begin(&services.db).await?;
    queries::set_preferences(&mut tx, member.id, locale, zone.as_ref().map(ZoneName::as_str)).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn addresses() {
        for good in ["a@b.co", "first.last+tag@school.example", "ñ@escuela.es"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "", "a", "@b.co", "a@", "a@b", "a@.co", "a@b..co", "a@b.co.", "a b@c.de", "a@b@c.de", "a@b.co\n", "a<b@c.de", "a,b@c.de",
            "a@-b.de",
        ] {
            assert!(!is_email(bad), "{bad:?}");
        }
    }
}
