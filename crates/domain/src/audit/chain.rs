//! The chain: what an entry's hash covers, and whether a tenant's log is whole.

use super::queries;
use crate::{Db, Result, TenantTx};
use jiff::Timestamp;
use kernel::ids::{MemberId, TenantId};
use sha2::{Digest, Sha256};

/// Before the first entry.
pub(super) const BEGINNING: [u8; 32] = [0; 32];

/// What makes a digest of a part tell nothing of it.
pub(super) type Salt = [u8; 16];

/// An entry as the chain sees it.
pub(super) struct Link {
    pub tenant: TenantId,
    pub number: i64,
    pub at: Timestamp,
    pub actor_id: Option<MemberId>,
    pub as_id: Option<MemberId>,
    pub about_id: Option<MemberId>,
    pub action: String,
    pub object: String,
    pub who_digest: [u8; 32],
    pub what_digest: [u8; 32],
    pub previous: [u8; 32],
}

/// What an entry says of people; goes when they are erased.
#[derive(Default)]
pub(super) struct Told {
    /// The names of who did it, and as whom, and the network address.
    pub who: [String; 3],
    pub who_salt: Option<Salt>,
    /// What it was done to, before and after.
    pub what: [String; 3],
    pub what_salt: Option<Salt>,
}

/// The salted digest of a part.
pub(super) fn digest(salt: &Salt, part: &[String; 3]) -> [u8; 32] {
    sha256([salt.as_slice()].into_iter().chain(part.iter().map(String::as_bytes)))
}

/// Whether a part is what its digest says, or was erased as a whole.
fn is_true(salt: Option<&Salt>, part: &[String; 3], expected: &[u8; 32]) -> bool {
    salt.map_or_else(|| part.iter().all(String::is_empty), |salt| digest(salt, part) == *expected)
}

impl Told {
    fn is_of(&self, link: &Link) -> bool {
        is_true(self.who_salt.as_ref(), &self.who, &link.who_digest) && is_true(self.what_salt.as_ref(), &self.what, &link.what_digest)
    }
}

impl Link {
    /// SHA-256 of every field.
    pub fn hash(&self) -> [u8; 32] {
        let id = |member: Option<MemberId>| member.map(|id| id.0.as_bytes().to_vec()).unwrap_or_default();
        let (actor, seen_as, about) = (id(self.actor_id), id(self.as_id), id(self.about_id));
        let (number, at) = (self.number.to_be_bytes(), self.at.as_microsecond().to_be_bytes());
        let parts: [&[u8]; 11] = [
            self.tenant.0.as_bytes(),
            &number,
            &at,
            &actor,
            &seen_as,
            &about,
            self.action.as_bytes(),
            self.object.as_bytes(),
            &self.who_digest,
            &self.what_digest,
            &self.previous,
        ];
        sha256(parts.into_iter())
    }
}

/// SHA-256 of parts, each with its length before it.
fn sha256<'a>(parts: impl Iterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// A log that is whole: how many entries, and the hash of the last. Kept elsewhere, the
/// hash also tells of a log that somebody wrote anew from its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Entries.
    pub entries: i64,
    /// Of the last one.
    pub hash: [u8; 32],
}

impl Verified {
    /// The hash as text, to be kept elsewhere.
    pub fn hash_text(&self) -> String {
        hex::encode(self.hash)
    }
}

/// What is wrong with a log, at the first place where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// An entry is not what it was when it was added.
    #[error("entry {0} was changed")]
    Changed(i64),
    /// Where this entry should be, there is none or another.
    #[error("entry {0} is missing or moved")]
    Missing(i64),
    /// The log ends before its end, or goes on behind it.
    #[error("the end of the log is entry {0}, and it does not stand there")]
    End(i64),
}

/// Follows a tenant's chain from its beginning to its end.
pub async fn verify(db: &Db, tenant: TenantId) -> Result<std::result::Result<Verified, Flaw>> {
    let mut tx = TenantTx::begin(db, tenant, None).await?;
    let (mut number, mut previous) = (0, BEGINNING);
    loop {
        // The end first: what is added after this look at it is in the batch.
        let (end, end_hash) = queries::head(&mut tx).await?;
        let batch = queries::links(&mut tx, number).await?;
        if batch.is_empty() {
            let whole = (number, previous) == (end, end_hash);
            return Ok(if whole { Ok(Verified { entries: number, hash: previous }) } else { Err(Flaw::End(end)) });
        }
        for (link, told, hash) in batch {
            if link.number != number + 1 || link.previous != previous {
                return Ok(Err(Flaw::Missing(number + 1)));
            }
            if link.hash() != hash || !told.is_of(&link) {
                return Ok(Err(Flaw::Changed(link.number)));
            }
            (number, previous) = (link.number, hash);
        }
    }
}
