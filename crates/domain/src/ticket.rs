//! Random secrets that a browser or a mail carries and the database knows by their hash only, so that a copied
//! table opens nothing.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::clock::Rng;

/// A new ticket: 256 random bits as 43 characters that a URL takes as they are.
pub fn new(rng: &Rng) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(rng.bytes::<32>())
}

/// What the database keeps of a ticket, 32 bytes. With 256 random bits in the ticket, a plain hash is enough.
pub fn key(ticket: &str) -> Vec<u8> {
    Sha256::digest(ticket.as_bytes()).to_vec()
}
