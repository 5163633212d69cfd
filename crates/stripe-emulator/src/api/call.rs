//! Reading a request: key, version, parameters.

use axum::http::{HeaderMap, Method, Uri};
use sha2::{Digest, Sha256};

use crate::{
    config::{API_VERSION, Config},
    error::ApiError,
    params::{Pairs, Params, decode},
};

/// A request that may be served.
pub struct Call {
    /// `GET`, `POST` or `DELETE`.
    pub method: String,
    /// `/v1/…`.
    pub path: String,
    /// Query and body together.
    pub params: Params,
    /// What `expand[]` names.
    pub expand: Vec<String>,
    /// The version that the answer is labelled with.
    pub version: String,
    /// Only on POST.
    pub idempotency: Option<Key>,
}

/// An idempotency key with what it stands for.
pub struct Key {
    /// As the client sent it.
    pub text: String,
    /// With the account it belongs to.
    pub scoped: String,
    /// Hash of method, path and parameters.
    pub fingerprint: String,
}

impl Call {
    /// Checks everything that does not depend on state.
    pub fn read(config: &Config, method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<Self, ApiError> {
        let secret = secret_key(config, headers)?;
        if let Some(account) = header(headers, "stripe-account") {
            return Err(ApiError::no_account(account));
        }
        let path = uri.path().trim_end_matches('/').to_owned();
        if !matches!(*method, Method::GET | Method::POST | Method::DELETE) {
            return Err(ApiError::no_such_url(method.as_str(), &path));
        }
        let body = std::str::from_utf8(body).map_err(|_| ApiError::invalid("Invalid request body: not UTF-8"))?;
        let is_json = header(headers, "content-type").is_some_and(|kind| kind.starts_with("application/json"));
        if is_json && !body.is_empty() {
            return Err(ApiError::invalid("Invalid request body: send parameters as application/x-www-form-urlencoded"));
        }
        let mut pairs = decode(uri.query().unwrap_or_default());
        pairs.extend(decode(body));
        let params = Params::new(&pairs);
        let expand = params.texts("expand")?;
        let version = version(headers)?;
        let idempotency = match header(headers, "idempotency-key").filter(|_| *method == Method::POST) {
            Some(key) if key.is_empty() || key.len() > 255 => {
                return Err(ApiError::key_reused("Idempotency keys have 1 to 255 characters."));
            }
            Some(key) => Some(Key { text: key.to_owned(), scoped: format!("{secret}:{key}"), fingerprint: fingerprint(&path, pairs) }),
            None => None,
        };
        Ok(Self { method: method.as_str().to_owned(), path, params, expand, version, idempotency })
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The secret key of `Authorization: Bearer` or Basic (key as user name).
fn secret_key(config: &Config, headers: &HeaderMap) -> Result<String, ApiError> {
    let Some(authorization) = header(headers, "authorization") else {
        return Err(ApiError::unauthorized(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
        ));
    };
    let key = match authorization.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim().to_owned(),
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("basic") => basic_user(token.trim()).unwrap_or_default(),
        _ => String::new(),
    };
    let known = match &config.api_key {
        Some(only) => *only == key,
        None => key.starts_with("sk_test_") && key.len() > "sk_test_".len(),
    };
    if known {
        Ok(key)
    } else {
        let shown: String = key.chars().take(8).collect();
        Err(ApiError::unauthorized(&format!("Invalid API Key provided: {shown}***")))
    }
}

/// The user name of Basic credentials.
fn basic_user(token: &str) -> Option<String> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for letter in token.trim_end_matches('=').chars() {
        held = (held << 6 | u32::try_from(ALPHABET.find(letter)?).ok()?) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    text.split(':').next().map(str::to_owned)
}

fn version(headers: &HeaderMap) -> Result<String, ApiError> {
    let Some(version) = header(headers, "stripe-version") else { return Ok(API_VERSION.to_owned()) };
    let date = version.split('.').next().unwrap_or_default();
    if date.parse::<jiff::civil::Date>().is_ok() && date.len() == 10 {
        Ok(version.to_owned())
    } else {
        Err(ApiError::invalid(&format!("Invalid Stripe API version: {version}")))
    }
}

fn fingerprint(path: &str, mut pairs: Pairs) -> String {
    pairs.sort();
    let mut hash = Sha256::new();
    hash.update(path.as_bytes());
    for (name, value) in pairs {
        // Lengths in front, so that no two sets of parameters look alike.
        hash.update(format!("\n{}:{}:{name}{value}", name.len(), value.len()).as_bytes());
    }
    format!("{path} {}", hex::encode(hash.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_credentials_carry_the_key_as_user() {
        assert_eq!(basic_user("c2tfdGVzdF8xMjM6").as_deref(), Some("sk_test_123"));
        assert_eq!(basic_user("c2tfdGVzdF8xMjM=").as_deref(), Some("sk_test_123"));
        assert_eq!(basic_user("§"), None);
    }

    #[test]
    fn the_order_of_parameters_does_not_matter() {
        assert_eq!(fingerprint("/v1/refunds", decode("a=1&b=2")), fingerprint("/v1/refunds", decode("b=2&a=1")));
        assert_ne!(fingerprint("/v1/refunds", decode("a=12")), fingerprint("/v1/refunds", decode("a1=2")));
        assert_ne!(fingerprint("/v1/refunds", decode("")), fingerprint("/v1/customers", decode("")));
    }
}
