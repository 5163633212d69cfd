//! Allowances: how often something may be tried, shared by all servers through the database.
//!
//! Each is a bucket that holds `burst` drops and gains one every `per`. Its key is hashed, so the table
//! tells of nobody.

use crate::{Result, Services};
use kernel::{
    AppError,
    email::Email,
    ids::{AccountId, MemberId, TenantId},
};
use sha2::{Digest, Sha256};
use std::{net::IpAddr, time::Duration};

/// How much one client may do; the tiers above it are fixed multiples.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Tries to sign in from one network address in a minute.
    pub sign_ins_per_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { sign_ins_per_minute: 30 }
    }
}

/// What is limited, and to whom the allowance belongs.
#[derive(Clone, Copy, Debug)]
pub enum Allowance<'a> {
    /// Tries to sign in from a network address.
    SignInFrom(IpAddr),
    /// Tries at the password of one mail address from one network address. So that nobody locks
    /// somebody else out, it is this tier that is narrow.
    PasswordFrom(IpAddr, &'a Email),
    /// The same from everywhere.
    PasswordOf(&'a Email),
    /// Tries at the app's code of one account from one network address.
    FactorFrom(IpAddr, AccountId),
    /// The same from everywhere.
    FactorOf(AccountId),
    /// Passkey ceremonies that one account begins.
    CeremonyOf(AccountId),
    /// Archives of everything about one person.
    ExportOf(AccountId),
    /// Tries at the codes that one mailbox was sent.
    CodeOf(&'a Email),
    /// Tries to sign in at one school.
    SignInAt(TenantId),
    /// Mails with a code or a link that a network address may cause.
    MailFrom(IpAddr),
    /// The same, to one mailbox.
    MailTo(&'a Email),
    /// The same, of one school.
    MailOf(TenantId),
    /// Invitations of one school.
    InviteAt(TenantId),
    /// Invitations to one mailbox, from every school.
    InviteTo(&'a Email),
    /// Questions to one guardian's mailbox, from every school.
    GuardianTo(&'a Email),
    /// Links to a new password, to one mailbox: nobody uses them up by signing somebody up.
    ResetTo(&'a Email),
    /// Files that a member sends.
    UploadOf(TenantId, MemberId),
    /// Looks at the domains of one school.
    DomainCheckOf(TenantId),
}

impl Allowance<'_> {
    /// How many at once, and how long until there is one more.
    fn size(self, limits: Limits) -> (u32, Duration) {
        let minute = Duration::from_mins(1);
        let each = limits.sign_ins_per_minute.max(1);
        match self {
            Self::SignInFrom(_) => (each, minute / each),
            Self::SignInAt(_) => (each.saturating_mul(20), minute / each.saturating_mul(20)),
            Self::PasswordFrom(..) | Self::FactorFrom(..) => (10, minute),
            Self::CeremonyOf(_) => (20, minute / 6),
            Self::PasswordOf(_) | Self::FactorOf(_) => (100, minute),
            Self::CodeOf(_) => (10, minute * 60),
            Self::ExportOf(_) => (5, minute * 60),
            // Six a minute where thirty sign-ins are; a school's classroom shares one address.
            Self::MailFrom(_) => (each, minute * 5 / each),
            Self::MailTo(_) | Self::ResetTo(_) => (5, minute * 12),
            Self::MailOf(_) => (each.saturating_mul(10), minute / each),
            Self::InviteAt(_) => (500, minute / 2),
            Self::InviteTo(_) | Self::GuardianTo(_) => (3, minute * 60 * 12),
            Self::UploadOf(..) => (20, minute / 2),
            Self::DomainCheckOf(_) => (20, minute / 4),
        }
    }

    /// What is limited, for the metrics.
    const fn kind(self) -> &'static str {
        match self {
            Self::SignInFrom(_) => "sign_in_from",
            Self::PasswordFrom(..) => "password_from",
            Self::PasswordOf(_) => "password_of",
            Self::FactorFrom(..) => "factor_from",
            Self::FactorOf(_) => "factor_of",
            Self::CeremonyOf(_) => "ceremony_of",
            Self::CodeOf(_) => "code_of",
            Self::ExportOf(_) => "export_of",
            Self::SignInAt(_) => "sign_in_at",
            Self::MailFrom(_) => "mail_from",
            Self::MailTo(_) => "mail_to",
            Self::ResetTo(_) => "reset_to",
            Self::MailOf(_) => "mail_of",
            Self::InviteAt(_) => "invite_at",
            Self::InviteTo(_) => "invite_to",
            Self::GuardianTo(_) => "guardian_to",
            Self::UploadOf(..) => "upload_of",
            Self::DomainCheckOf(_) => "domain_check_of",
        }
    }

    /// Whose it is, hashed.
    fn key(self) -> Vec<u8> {
        let owner = match self {
            Self::SignInFrom(address) | Self::MailFrom(address) => network(address),
            Self::PasswordFrom(address, email) => format!("{} {email}", network(address)),
            Self::PasswordOf(email) => email.to_string(),
            Self::CodeOf(email) | Self::MailTo(email) | Self::ResetTo(email) | Self::InviteTo(email) | Self::GuardianTo(email) => {
                email.mailbox()
            }
            Self::FactorFrom(address, account) => format!("{} {account}", network(address)),
            Self::FactorOf(account) | Self::CeremonyOf(account) | Self::ExportOf(account) => account.to_string(),
            Self::SignInAt(tenant) | Self::MailOf(tenant) | Self::InviteAt(tenant) | Self::DomainCheckOf(tenant) => tenant.to_string(),
            Self::UploadOf(tenant, member) => format!("{tenant} {member}"),
        };
        let kind = self.kind();
        Sha256::digest(format!("{kind}:{owner}")).to_vec()
    }
}

/// The network that one client has to itself: providers give homes an IPv6 /56.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{:x}::", d & 0xff00)
        }
    }
}

/// Takes one of an allowance.
///
/// # Errors
/// [`AppError::RateLimited`] with the seconds until there is one.
pub async fn take(services: &Services, allowance: Allowance<'_>) -> Result<()> {
    take_many(services, allowance, 1).await
}

/// Takes `count` of an allowance at once, or none.
///
/// # Errors
/// [`AppError::RateLimited`] with the seconds until there are as many.
pub async fn take_many(services: &Services, allowance: Allowance<'_>, count: usize) -> Result<()> {
    let (burst, per) = allowance.size(services.limits);
    let key = allowance.key();
    let wait = sqlx::query_scalar!(
        r#"SELECT app.take_allowance($1, $2, make_interval(secs => $3), $4) AS "wait!""#,
        key,
        i32::try_from(burst).unwrap_or(i32::MAX),
        per.as_secs_f64(),
        i32::try_from(count).unwrap_or(i32::MAX)
    )
    .fetch_one(services.db.pool())
    .await?;
    match u32::try_from(wait) {
        Ok(0) => Ok(()),
        wait => {
            metrics::counter!("rate_limited_total", "allowance" => allowance.kind()).increment(1);
            Err(AppError::RateLimited(wait.unwrap_or(1)).into())
        }
    }
}

/// Makes an allowance whole again.
pub async fn restore(services: &Services, allowance: Allowance<'_>) -> Result<()> {
    let key = allowance.key();
    sqlx::query!("SELECT app.restore_allowance($1)", key).execute(services.db.pool()).await?;
    Ok(())
}

/// Forgets allowances that are whole. For the worker.
pub(crate) async fn forget(services: &Services) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"SELECT app.forget_allowances() AS "forgotten!""#).fetch_one(services.db.pool()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_client_has_one_allowance_for_its_whole_network() {
        let key = |text: &str| Allowance::SignInFrom(text.parse().unwrap()).key();
        assert_eq!(key("2001:db8:1:2::3"), key("2001:db8:1:ff:ffff::4"));
        assert_ne!(key("2001:db8:1:2::3"), key("2001:db8:1:100::3"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    }

    #[test]
    fn one_mailbox_has_one_allowance_however_its_address_is_typed() {
        let email = |text: &str| Email::lenient(text);
        let (typed, plain, tagged) = (email(" Maya@Example.com"), email("maya@example.com"), email("maya+1@example.com"));
        assert_eq!(Allowance::PasswordOf(&typed).key(), Allowance::PasswordOf(&plain).key());
        assert_eq!(Allowance::MailTo(&tagged).key(), Allowance::MailTo(&plain).key());
        assert_ne!(Allowance::PasswordOf(&tagged).key(), Allowance::PasswordOf(&plain).key(), "another account");
        assert_ne!(Allowance::ResetTo(&plain).key(), Allowance::MailTo(&plain).key());
    }
}
