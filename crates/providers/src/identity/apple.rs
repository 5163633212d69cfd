//! What is Apple's own.

use super::{AppleKey, IdentityError, MAX_PARAMETER};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use p256::{
    ecdsa::{Signature, SigningKey, signature::Signer},
    pkcs8::DecodePrivateKey,
};
use serde::Deserialize;
use serde_json::json;

/// How long a client secret works (seconds). It is made for one call.
const SECONDS: i64 = 300;

/// The key, read.
pub(super) fn key(key: &AppleKey) -> Result<SigningKey, IdentityError> {
    SigningKey::from_pkcs8_pem(&key.pem).map_err(|_| IdentityError::Misconfigured("Apple's key cannot be read".to_owned()))
}

/// A client secret for calls at `now`: a token of ours, signed by the developer's key.
pub(super) fn client_secret(apple: &AppleKey, issuer: &str, client_id: &str, now: Timestamp) -> Result<String, IdentityError> {
    let now = now.as_second();
    let header = json!({ "alg": "ES256", "kid": apple.id });
    let claims = json!({ "iss": apple.team, "iat": now, "exp": now + SECONDS, "aud": issuer, "sub": client_id });
    let [header, claims] = [header, claims].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part.to_string()));
    let signed = format!("{header}.{claims}");
    let signature: Signature = key(apple)?.sign(signed.as_bytes());
    Ok(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes())))
}

#[derive(Deserialize)]
struct User {
    name: Name,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Name {
    first_name: String,
    last_name: String,
}

/// The name in a callback's `user`. Nobody signed it: it is good for a greeting and nothing else.
pub(super) fn name(user: &str) -> Option<String> {
    if user.len() > MAX_PARAMETER {
        return None;
    }
    let User { name } = serde_json::from_str(user).ok()?;
    super::name(&format!("{} {}", name.first_name, name.last_name))
}
