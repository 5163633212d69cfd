//! Signatures by which a receiver knows that a mail is its domain's (DKIM, RFC 6376).

use super::MailError;
use base64::{Engine, engine::general_purpose::STANDARD};
use lettre::message::{
    dkim::{DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm, DkimSigningKey},
    header::HeaderName,
};
use rsa::{
    RsaPrivateKey,
    pkcs1::{EncodeRsaPrivateKey, LineEnding},
    pkcs8::EncodePublicKey,
    rand_core::OsRng,
};
use std::fmt;

/// The longest key that every receiver takes (RFC 8301).
const BITS: usize = 2048;
/// What is signed of a mail besides its body.
const SIGNED: [&str; 7] = ["From", "Reply-To", "To", "Subject", "Date", "Message-ID", "MIME-Version"];

/// A new pair of keys.
pub struct SigningKey {
    private: String,
    public: String,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("public", &self.public).finish_non_exhaustive()
    }
}

/// No pair of keys could be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no keys could be made")]
pub struct NoKeys;

impl SigningKey {
    /// A pair of its own, by chance.
    ///
    /// # Errors
    /// When the system gives no chance.
    pub async fn generate() -> Result<Self, NoKeys> {
        tokio::task::spawn_blocking(|| {
            let key = RsaPrivateKey::new(&mut OsRng, BITS).ok()?;
            let private = key.to_pkcs1_pem(LineEnding::LF).ok()?.to_string();
            let public = STANDARD.encode(key.to_public_key().to_public_key_der().ok()?);
            Some(Self { private, public })
        })
        .await
        .ok()
        .flatten()
        .ok_or(NoKeys)
    }

    /// The key that signs, as PEM. A secret.
    pub fn private_pem(&self) -> &str {
        &self.private
    }

    /// The key that the domain's DNS has, as `p=` of its record says it.
    pub fn public(&self) -> &str {
        &self.public
    }
}

/// How a domain's mails are signed.
#[derive(Clone, PartialEq, Eq)]
pub struct Signature {
    /// The domain, that of the sender's address.
    pub domain: String,
    /// Which of its keys.
    pub selector: String,
    /// The key, as [`SigningKey::private_pem`] gives it.
    pub key: String,
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signature").field("domain", &self.domain).field("selector", &self.selector).finish_non_exhaustive()
    }
}

impl Signature {
    /// Signs a mail.
    pub(super) fn sign(&self, mail: &mut lettre::Message) -> Result<(), MailError> {
        // Ours to mend, and another try may find it mended.
        let key = DkimSigningKey::new(&self.key, DkimSigningAlgorithm::Rsa)
            .map_err(|_| MailError::Unavailable("the key does not sign".to_owned()))?;
        let relaxed = DkimCanonicalization { header: DkimCanonicalizationType::Relaxed, body: DkimCanonicalizationType::Relaxed };
        let headers = SIGNED.map(HeaderName::new_from_ascii_str).to_vec();
        mail.sign(&DkimConfig::new(self.selector.clone(), self.domain.clone(), key, headers, relaxed));
        Ok(())
    }
}
