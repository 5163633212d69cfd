//! Allowances: how often something may be tried, shared by all servers through the database.
//!
//! Each is a bucket that holds `burst` drops and gains one every `per`. Its key is hashed, so the table
//! tells of nobody.

use crate::{Result, Services};
use kernel::{AppError, ids::TenantId};
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
    /// Wrong passwords and codes for one mail address, wherever they come from.
    WrongFor(&'a str),
    /// Tries to sign in at one school.
    SignInAt(TenantId),
    /// Mails with a code or a link that a network address may cause.
    MailFrom(IpAddr),
    /// The same, to one mail address.
    MailTo(&'a str),
    /// The same, of one school.
    MailOf(TenantId),
}

impl Allowance<'_> {
    /// How many at once, and how long until there is one more.
    fn size(self, limits: Limits) -> (u32, Duration) {
        let minute = Duration::from_mins(1);
        let each = limits.sign_ins_per_minute.max(1);
        match self {
            Self::SignInFrom(_) => (each, minute / each),
            Self::SignInAt(_) => (each.saturating_mul(20), minute / each.saturating_mul(20)),
            Self::WrongFor(_) => (10, minute),
            // Six a minute where thirty sign-ins are; a school's classroom shares one address.
            Self::MailFrom(_) => (each, minute * 5 / each),
            Self::MailTo(_) => (5, minute * 12),
            Self::MailOf(_) => (each.saturating_mul(10), minute / each),
        }
    }

    /// Whose it is, hashed. An IPv6 client has a whole /64 to itself.
    fn key(self) -> Vec<u8> {
        let (kind, owner) = match self {
            Self::SignInFrom(address) => ("sign-in-from", network(address)),
            Self::MailFrom(address) => ("mail-from", network(address)),
            Self::WrongFor(email) => ("wrong-for", email.trim().to_lowercase()),
            Self::MailTo(email) => ("mail-to", email.trim().to_lowercase()),
            Self::SignInAt(tenant) => ("sign-in-at", tenant.to_string()),
            Self::MailOf(tenant) => ("mail-of", tenant.to_string()),
        };
        Sha256::digest(format!("{kind}:{owner}")).to_vec()
    }
}

/// The network that one client has to itself.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::")
        }
    }
}

/// Takes one of an allowance.
///
/// # Errors
/// [`AppError::RateLimited`] with the seconds until there is one.
pub async fn take(services: &Services, allowance: Allowance<'_>) -> Result<()> {
    let (burst, per) = allowance.size(services.limits);
    let key = allowance.key();
    let wait = sqlx::query_scalar!(
        r#"SELECT app.take_allowance($1, $2, make_interval(secs => $3)) AS "wait!""#,
        key,
        i32::try_from(burst).unwrap_or(i32::MAX),
        per.as_secs_f64()
    )
    .fetch_one(services.db.pool())
    .await?;
    match u32::try_from(wait) {
        Ok(0) => Ok(()),
        wait => {
            metrics::counter!("rate_limited_total").increment(1);
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
        assert_eq!(key("2001:db8:1:2::3"), key("2001:db8:1:2:ffff::4"));
        assert_ne!(key("2001:db8:1:2::3"), key("2001:db8:1:3::3"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    }

    #[test]
    fn an_address_is_the_same_however_it_is_typed() {
        assert_eq!(Allowance::WrongFor(" Maya@Example.com").key(), Allowance::WrongFor("maya@example.com").key());
        assert_ne!(Allowance::WrongFor("maya@example.com").key(), Allowance::MailTo("maya@example.com").key());
    }
}
