//! Secrets at rest: fields that are sealed before they reach the database.
//!
//! A sealed field is bound to its place (table, column, tenant or account, row): copied to
//! another row it does not open. It names the key that sealed it, so that keys can be rotated
//! while the server runs: the new key seals, the old ones still open, and `resealing` makes them superfluous.

use crate::{Error, Result, Rng};
use base64::{Engine, prelude::BASE64_STANDARD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::{collections::BTreeMap, fmt, sync::Arc};
use uuid::Uuid;

/// The layout of a sealed field: this byte, the key's number, the nonce, the ciphertext with its tag.
const LAYOUT: u8 = 1;
/// The nonce of `XChaCha20`: long enough to be random (bytes).
const NONCE: usize = 24;

/// Where a sealed field stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// `table.column`
    pub column: &'static str,
    /// The tenant, or the account for a row that belongs to no tenant.
    pub owner: Uuid,
    /// The row's own key.
    pub row: &'a [u8],
}

impl Place<'_> {
    /// What the seal is bound to: every part with its length before it.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in [self.column.as_bytes(), self.owner.as_bytes(), self.row] {
            bytes.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            bytes.extend_from_slice(part);
        }
        bytes
    }
}

/// The keys, by number; one of them seals. Cheap to clone.
#[derive(Clone)]
pub struct Keyring {
    keys: Arc<BTreeMap<u8, XChaCha20Poly1305>>,
    signing: Arc<BTreeMap<u8, [u8; 32]>>,
    current: u8,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring").field("keys", &self.keys.keys().collect::<Vec<_>>()).finish_non_exhaustive()
    }
}

/// The text is no key ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be number:key[,number:key…], each key 32 random bytes in base64, at most one marked with *")]
pub struct InvalidKeys;

impl Keyring {
    /// Reads `1:<base64>,2:<base64>`: the highest number seals, or the one that is marked, as in `*1:…,2:…`. So every
    /// server can know a new key before one of them seals with it.
    pub fn parse(text: &str) -> Result<Self, InvalidKeys> {
        let (mut keys, mut signing, mut marked) = (BTreeMap::new(), BTreeMap::new(), None);
        for entry in text.split(',') {
            let (name, key) = entry.trim().split_once(':').ok_or(InvalidKeys)?;
            let number: u8 = name.trim_start_matches('*').parse().map_err(|_| InvalidKeys)?;
            if name.starts_with('*') && marked.replace(number).is_some() {
                return Err(InvalidKeys);
            }
            let key = BASE64_STANDARD.decode(key).map_err(|_| InvalidKeys)?;
            let cipher = XChaCha20Poly1305::new_from_slice(&key).map_err(|_| InvalidKeys)?;
            signing.insert(number, derived(&key)?);
            if keys.insert(number, cipher).is_some() {
                return Err(InvalidKeys);
            }
        }
        let current = marked.or(keys.keys().next_back().copied()).ok_or(InvalidKeys)?;
        Ok(Self { keys: Arc::new(keys), signing: Arc::new(signing), current })
    }

    /// The published key of development and tests. It protects nothing.
    pub fn development() -> Self {
        let cipher = XChaCha20Poly1305::new(&[7; 32].into());
        Self { keys: Arc::new(BTreeMap::from([(0, cipher)])), signing: Arc::new(BTreeMap::from([(0, [9; 32])])), current: 0 }
    }

    /// Seals `plain` for `place`.
    pub fn seal(&self, rng: &Rng, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>> {
        let cipher = self.keys.get(&self.current).ok_or(Error::Broken("the current key is there"))?;
        let nonce: [u8; NONCE] = rng.bytes();
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &place.bytes() })
            .map_err(|_| Error::Broken("a field can be sealed"))?;
        Ok([[LAYOUT, self.current].as_slice(), &nonce, &sealed].concat())
    }

    /// Opens what was sealed for `place`.
    ///
    /// # Errors
    /// When it was sealed for another place, by an unknown key, or changed since.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>> {
        let broken = || Error::Broken("a sealed field opens");
        let ([LAYOUT, number], rest) = sealed.split_first_chunk::<2>().ok_or_else(broken)? else { return Err(broken()) };
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or_else(broken)?;
        let cipher = self.keys.get(number).ok_or_else(broken)?;
        cipher.decrypt(&XNonce::from(*nonce), Payload { msg: ciphertext, aad: &place.bytes() }).map_err(|_| broken())
    }

    /// Signs `parts` for `purpose`: the current key's number and the tag.
    pub fn sign(&self, purpose: &'static str, parts: &[Vec<u8>]) -> (u8, Vec<u8>) {
        let key = self.signing.get(&self.current).copied().unwrap_or_default();
        (self.current, mac(&key, purpose, parts).map(|mac| mac.finalize().into_bytes().to_vec()).unwrap_or_default())
    }

    /// Whether the key of this number signed `parts` for `purpose`.
    pub fn is_signed(&self, number: u8, purpose: &'static str, parts: &[Vec<u8>], tag: &[u8]) -> bool {
        self.signing.get(&number).and_then(|key| mac(key, purpose, parts).ok()).is_some_and(|mac| mac.verify_slice(tag).is_ok())
    }

    /// Whether the key that seals now sealed it.
    pub fn is_current(&self, sealed: &[u8]) -> bool {
        sealed.get(1) == Some(&self.current)
    }
}

/// The key that signs, beside the one that seals.
fn derived(key: &[u8]) -> Result<[u8; 32], InvalidKeys> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| InvalidKeys)?;
    mac.update(b"wemaster signing 1");
    Ok(mac.finalize().into_bytes().into())
}

/// The purpose and every part with its length before it.
fn mac(key: &[u8; 32], purpose: &str, parts: &[Vec<u8>]) -> Result<Hmac<Sha256>, InvalidKeys> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| InvalidKeys)?;
    for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().map(Vec::as_slice)) {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        mac.update(part);
    }
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const BOTH: &str = "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=, 2:HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    fn place(row: &[u8]) -> Place<'_> {
        Place { column: "email_proofs.code", owner: Uuid::from_u128(1), row }
    }

    #[test]
    fn opens_at_its_own_place_only() {
        let (keys, rng) = (Keyring::parse(ONE).unwrap(), Rng::seeded(1));
        let sealed = keys.seal(&rng, place(b"row"), b"secret").unwrap();
        assert_eq!(keys.open(place(b"row"), &sealed).unwrap(), b"secret");
        assert!(keys.open(place(b"other"), &sealed).is_err());
        assert!(keys.open(Place { owner: Uuid::from_u128(2), ..place(b"row") }, &sealed).is_err());
        assert!(keys.open(Place { column: "account_totp.secret", ..place(b"row") }, &sealed).is_err());
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        assert_ne!(sealed, keys.seal(&rng, place(b"row"), b"secret").unwrap(), "a nonce is used once");
    }

    #[test]
    fn a_changed_byte_does_not_open() {
        let (keys, rng) = (Keyring::parse(ONE).unwrap(), Rng::seeded(1));
        let sealed = keys.seal(&rng, place(b"row"), b"secret").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(keys.open(place(b"row"), &changed).is_err(), "byte {at}");
            assert!(keys.open(place(b"row"), &sealed[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn an_old_key_opens_and_the_new_one_seals() {
        let (old, both, rng) = (Keyring::parse(ONE).unwrap(), Keyring::parse(BOTH).unwrap(), Rng::seeded(1));
        let sealed = old.seal(&rng, place(b"row"), b"secret").unwrap();
        assert_eq!(both.open(place(b"row"), &sealed).unwrap(), b"secret");
        assert!(!both.is_current(&sealed));
        let again = both.seal(&rng, place(b"row"), b"secret").unwrap();
        assert!(both.is_current(&again));
        assert!(old.open(place(b"row"), &again).is_err(), "the new key is not on the old ring");
    }

    #[test]
    fn a_signature_is_for_one_purpose_and_these_parts() {
        let (old, both) = (Keyring::parse(ONE).unwrap(), Keyring::parse(BOTH).unwrap());
        let parts = [b"ab".to_vec(), b"c".to_vec()];
        let (number, tag) = old.sign("links", &parts);
        assert!(old.is_signed(number, "links", &parts, &tag));
        assert!(both.is_signed(number, "links", &parts, &tag), "the old key is still on the ring");
        assert_eq!(both.sign("links", &parts).0, 2, "the newest signs");
        assert!(!old.is_signed(number, "other", &parts, &tag));
        assert!(!old.is_signed(number, "links", &[b"a".to_vec(), b"bc".to_vec()], &tag));
        assert!(!both.is_signed(2, "links", &parts, &tag));
        assert!(!old.is_signed(number, "links", &parts, &[]));
    }

    #[test]
    fn a_marked_key_seals_though_a_newer_one_is_known() {
        let (old, known) = (Keyring::parse(ONE).unwrap(), Keyring::parse(&format!("*{BOTH}")).unwrap());
        let sealed = known.seal(&Rng::seeded(1), place(b"row"), b"secret").unwrap();
        assert_eq!(old.open(place(b"row"), &sealed).unwrap(), b"secret", "servers that do not know the new key yet read it");
        assert_eq!(
            Keyring::parse("*1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,*2:HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap_err(),
            InvalidKeys
        );
    }

    #[test]
    fn wrong_keys_are_refused() {
        for text in ["", "1", "1:short", "x:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", &format!("{ONE},{ONE}")] {
            assert_eq!(Keyring::parse(text).unwrap_err(), InvalidKeys, "{text}");
        }
    }
}
