//! Stripe's signature: <https://docs.stripe.com/webhooks#verify-manually>.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The value of `Stripe-Signature` for a payload sent at `seconds` (since
/// 1970), with an endpoint's `secret` (`whsec_…`, used as it is).
pub fn signature_header(secret: &str, seconds: i64, payload: &str) -> String {
    format!("t={seconds},v1={}", hex::encode(mac(secret, seconds, payload)))
}

fn mac(secret: &str, seconds: i64, payload: &str) -> Vec<u8> {
    // HMAC takes keys of every length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return Vec::new() };
    mac.update(format!("{seconds}.{payload}").as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_openssl() {
        // printf '1614556828.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test
        assert_eq!(
            signature_header("whsec_test", 1_614_556_828, "{\"id\":\"evt_1\"}"),
            "t=1614556828,v1=00624c6951b8e5e36678c6f0ddb5526896a4a6461c52961e1883027e06a4ce71"
        );
    }
}
