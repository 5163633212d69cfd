//! Signatures of Stripe's webhooks.
//!
//! Our own twenty lines: the library's function reads the system's clock and knows one secret.

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

/// How old a signature may be, and how far ahead of our clock. Stripe's own default.
pub const TOLERANCE: SignedDuration = SignedDuration::from_secs(300);

/// Why a webhook is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The header is missing a part, or is no such header.
    #[error("malformed signature header")]
    Malformed,
    /// It was signed too long ago, or in the future: perhaps a replay.
    #[error("signature outside the tolerance")]
    Old,
    /// No secret of ours made it.
    #[error("wrong signature")]
    Wrong,
}

/// Whether `header` (`t=<unix seconds>,v1=<hex>,…`) signs `body` with one of `secrets`. Several
/// secrets serve a rotation, several `v1` are Stripe's half of it. Compares in constant time.
///
/// # Errors
/// See [`SignatureError`]. The signature is checked before its age, so a stranger learns
/// nothing about our clock.
pub fn verify(body: &[u8], header: &str, secrets: &[String], now: Timestamp) -> Result<(), SignatureError> {
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let signed_at: i64 =
        parts().find(|(name, _)| *name == "t").and_then(|(_, seconds)| seconds.parse().ok()).ok_or(SignatureError::Malformed)?;
    let signatures: Vec<Vec<u8>> = parts().filter(|(name, _)| *name == "v1").filter_map(|(_, text)| hex::decode(text).ok()).collect();
    if signatures.is_empty() {
        return Err(SignatureError::Malformed);
    }
    let right = secrets
        .iter()
        .filter_map(|secret| mac(secret, signed_at, body))
        .any(|mac| signatures.iter().any(|signature| mac.clone().verify_slice(signature).is_ok()));
    if !right {
        return Err(SignatureError::Wrong);
    }
    let signed_at = Timestamp::from_second(signed_at).map_err(|_| SignatureError::Malformed)?;
    if now.duration_since(signed_at).abs() > TOLERANCE {
        return Err(SignatureError::Old);
    }
    Ok(())
}

/// The header that Stripe would send for `body` at `signed_at`. For tests of our webhook.
pub fn sign(body: &[u8], secret: &str, signed_at: Timestamp) -> String {
    let seconds = signed_at.as_second();
    let signature = mac(secret, seconds, body).map(|mac| hex::encode(mac.finalize().into_bytes())).unwrap_or_default();
    format!("t={seconds},v1={signature}")
}

fn mac(secret: &str, signed_at: i64, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(signed_at.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn secrets(all: &[&str]) -> Vec<String> {
        all.iter().map(|s| (*s).to_owned()).collect()
    }

    #[test]
    fn a_known_signature() {
        // printf '1492774577.{}' | openssl dgst -sha256 -hmac whsec_test_secret
        let header = "t=1492774577,v1=53140ab8fa70c511cc40d5c9198af7dde7bbaee877038c056d8250c3bd3b2e11";
        assert_eq!(verify(b"{}", header, &secrets(&["whsec_test_secret"]), at(1_492_774_577)), Ok(()));
        assert_eq!(sign(b"{}", "whsec_test_secret", at(1_492_774_577)), header);
    }

    #[test]
    fn any_of_our_secrets_and_any_of_its_signatures() {
        let body = br#"{"id":"evt_1"}"#;
        let right = sign(body, "new", at(1000));
        assert_eq!(verify(body, &right, &secrets(&["old", "new"]), at(1000)), Ok(()));
        let rolled = right.replace(",v1=", &format!(",v0=00,v1={},v1=", "0".repeat(64)));
        assert_eq!(verify(body, &rolled, &secrets(&["new"]), at(1000)), Ok(()));
        assert_eq!(verify(body, &right, &secrets(&["old"]), at(1000)), Err(SignatureError::Wrong));
        assert_eq!(verify(body, &right, &[], at(1000)), Err(SignatureError::Wrong));
    }

    #[test]
    fn a_changed_body_or_time_is_refused() {
        let header = sign(b"body", "s", at(1000));
        assert_eq!(verify(b"bodY", &header, &secrets(&["s"]), at(1000)), Err(SignatureError::Wrong));
        assert_eq!(verify(b"body", &header.replace("t=1000", "t=1001"), &secrets(&["s"]), at(1000)), Err(SignatureError::Wrong));
    }

    #[test]
    fn the_tolerance_is_five_minutes_both_ways() {
        let header = sign(b"body", "s", at(1000));
        for (now, expected) in [(1300, Ok(())), (1301, Err(SignatureError::Old)), (700, Ok(())), (699, Err(SignatureError::Old))] {
            assert_eq!(verify(b"body", &header, &secrets(&["s"]), at(now)), expected, "{now}");
        }
    }

    #[test]
    fn malformed_headers() {
        for header in ["", "t=1000", "v1=00", "t=x,v1=00", "t=1000,v1=zz", "t=1000,v0=00"] {
            assert_eq!(verify(b"", header, &secrets(&["s"]), at(1000)), Err(SignatureError::Malformed), "{header:?}");
        }
    }
}
