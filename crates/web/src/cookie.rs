//! Cookies of this host alone.

use http::{HeaderMap, HeaderValue, header};

/// A cookie's value, percent-decoded for the slashes of zone names.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.replace("%2F", "/").replace("%2f", "/"))
}

/// Sets a cookie for `seconds`; 0 removes it. Its name begins with `__Host-`, so a browser takes it
/// only like this: over TLS or localhost, for this host and every path.
pub fn set(name: &str, value: &str, seconds: u32) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax")).ok()
}
