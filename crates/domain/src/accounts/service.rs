//! Sign-up and sign-in.

use super::queries;
use crate::{Actor, Result, Services, TenantTx};
use kernel::{
    AppError, FieldError, FormErrors, Role,
    ids::{AccountId, MemberId},
    zone::ZoneName,
};

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
    if name.1.chars().count() > 80 {
        errors.add(name.0, FieldError::new("error-too-long").with("max", 80));
    }
    errors.check(is_email(email.1.trim()), email.0, "error-email");
    if password.1.chars().count() < MIN_PASSWORD {
        errors.add(password.0, FieldError::new("error-password-short").with("min", MIN_PASSWORD));
    } else if password.1.len() > MAX_PASSWORD {
        errors.add(password.0, FieldError::new("error-too-long").with("max", MAX_PASSWORD));
    }
}

/// An address that could receive mail, and that mails can be written to: one `@` with something
/// on both sides, a dot inside the domain, nothing invisible.
fn is_email(text: &str) -> bool {
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

/// The account of `email`: a new one, or the existing one when `password` is its password.
/// Otherwise an error at `field`.
pub async fn account_for(services: &Services, email: &str, password: &str, field: &'static str) -> Result<AccountId> {
    let email = email.trim().to_lowercase();
    let hash = services.hasher.hash(password).await?;
    let id = services.id();
    if queries::create_account(services.db.pool(), id, &email, &hash).await? {
        return Ok(id);
    }
    let existing = queries::account_by_email(services.db.pool(), &email).await?;
    let right = services.hasher.verify(password, existing.as_ref().map(|a| a.password_hash.as_str())).await?;
    match existing {
        Some(account) if right => Ok(account.id),
        _ => Err(AppError::field(field, "error-email-taken").into()),
    }
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

/// Makes somebody a student of the actor's tenant. The answer is whom to sign in.
///
/// A person who has an account already (in another school) joins with that account's password.
pub async fn sign_up(services: &Services, actor: &Actor, typed: &SignUp) -> Result<MemberId> {
    let mut errors = FormErrors::default();
    check_person(&mut errors, ("name", &typed.name), ("email", &typed.email), ("password", &typed.password));
    errors.into_result()?;
    let account = account_for(services, &typed.email, &typed.password, "email").await?;
    let mut tx = actor.begin(&services.db).await?;
    if let Some(member) = queries::member_of_account(&mut tx, account).await? {
        // The right password of a member: signing up again is signing in.
        return Ok(member);
    }
    let member = join(&mut tx, services, account, typed.name.trim(), &typed.email, &[Role::Student])
        .await
        .map_err(|e| e.on_constraint("members_account_key", AppError::field("email", "error-email-taken")))?;
    tx.commit().await?;
    Ok(member)
}

/// The member whose address and password these are. One answer for every way to be wrong.
pub async fn sign_in(services: &Services, actor: &Actor, typed: &SignIn) -> Result<MemberId> {
    let mut errors = FormErrors::default();
    errors.check(!typed.email.trim().is_empty(), "email", "error-required");
    errors.check(!typed.password.is_empty(), "password", "error-required");
    errors.into_result()?;
    let account = queries::account_by_email(services.db.pool(), typed.email.trim()).await?;
    let password = if typed.password.len() > MAX_PASSWORD { "" } else { &typed.password };
    let right = services.hasher.verify(password, account.as_ref().map(|a| a.password_hash.as_str())).await?;
    let refused = || AppError::field("", "error-sign-in");
    let account = account.filter(|_| right).ok_or_else(refused)?;
    let mut tx = actor.begin(&services.db).await?;
    let member = queries::member_of_account(&mut tx, account.id).await?.ok_or_else(refused)?;
    tx.commit().await?;
    if services.hasher.is_outdated(&account.password_hash) {
        let hash = services.hasher.hash(&typed.password).await?;
        queries::upgrade_hash(services.db.pool(), account.id, &account.password_hash, &hash).await?;
    }
    Ok(member)
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
