//! Cookies of this host alone: every one that the site sets. The page about cookies lists them.

use domain::accounts::{CHALLENGE_MINUTES, proofs, second_factor, sessions::LONGEST_DAYS};
use http::{HeaderMap, HeaderValue, header};

/// A cookie's value, percent-decoded for the slashes of zone names.
pub fn read(headers: &HeaderMap, cookie: Cookie) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == cookie.name)
        .map(|(_, value)| value.replace("%2F", "/").replace("%2f", "/"))
}

/// What a browser keeps for us.
#[derive(Clone, Copy, Debug)]
pub struct Cookie {
    /// Its name: `__Host-` and what it is for.
    pub name: &'static str,
    /// For how long at most (seconds).
    pub seconds: u32,
}

impl Cookie {
    /// What it is for, in the message keys.
    pub fn purpose(&self) -> &'static str {
        self.name.strip_prefix("__Host-").unwrap_or(self.name)
    }
}

const MINUTE: u32 = 60;
const DAY: u32 = 24 * 60 * MINUTE;
/// How long a reader's choice is kept (seconds).
const YEAR: u32 = 365 * DAY;

/// The login session's secret.
pub const LOGIN: Cookie = Cookie { name: "__Host-login", seconds: LONGEST_DAYS.unsigned_abs() * DAY };
/// Light or dark.
pub const THEME: Cookie = Cookie { name: "__Host-theme", seconds: YEAR };
/// Language.
pub const LOCALE: Cookie = Cookie { name: "__Host-locale", seconds: YEAR };
/// Zone, chosen.
pub const ZONE: Cookie = Cookie { name: "__Host-zone", seconds: YEAR };
/// Zone, told by the browser (`enhance.js` writes it).
pub const BROWSER_ZONE: Cookie = Cookie { name: "__Host-browser-zone", seconds: YEAR };
/// The ticket of an address proof.
pub const PROOF: Cookie = Cookie { name: "__Host-proof", seconds: proofs::MINUTES as u32 * MINUTE };
/// The ticket of what is asked for at sign-in.
pub const CHALLENGE: Cookie = Cookie { name: "__Host-challenge", seconds: CHALLENGE_MINUTES as u32 * MINUTE };
/// The ticket of who somebody showed that they are elsewhere.
pub const NEWCOMER: Cookie = Cookie { name: "__Host-newcomer", seconds: CHALLENGE_MINUTES as u32 * MINUTE };
/// That this browser needs no second factor.
pub const DEVICE: Cookie = Cookie { name: "__Host-device", seconds: second_factor::TRUST_DAYS as u32 * DAY };

/// All of them.
pub const ALL: [Cookie; 9] = [LOGIN, DEVICE, PROOF, CHALLENGE, NEWCOMER, THEME, LOCALE, ZONE, BROWSER_ZONE];

/// Sets a cookie. Its name begins with `__Host-`, so a browser takes it only like this: over TLS or localhost, for this
/// host and every path.
pub fn set(cookie: Cookie, value: &str) -> Option<HeaderValue> {
    line(cookie.name, value, cookie.seconds)
}

/// Removes a cookie.
pub fn remove(cookie: Cookie) -> Option<HeaderValue> {
    line(cookie.name, "", 0)
}

fn line(name: &str, value: &str, seconds: u32) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax")).ok()
}
