//! The chain: what an entry's hash covers, and whether a tenant's log is whole.

use super::{model::Action, queries};
use crate::{Db, Result, TenantTx};
use jiff::Timestamp;
use kernel::ids::{MemberId, TenantId};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

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
    pub as_digest: [u8; 32],
    pub what_digest: [u8; 32],
    pub previous: [u8; 32],
}

/// A part of what an entry says of people; it goes when they are erased, and its salt with it.
pub(super) struct Part<const N: usize> {
    pub text: [String; N],
    pub salt: Option<Salt>,
}

impl<const N: usize> Part<N> {
    pub const fn new(text: [String; N], salt: Salt) -> Self {
        Self { text, salt: Some(salt) }
    }

    /// The salted digest; none once it is erased.
    pub fn digest(&self) -> Option<[u8; 32]> {
        let salt = self.salt.as_ref()?;
        Some(sha256([salt.as_slice()].into_iter().chain(self.text.iter().map(String::as_bytes))))
    }

    /// Whether it is what its digest says; an erased one says nothing, and somebody was erased whom it was about.
    fn is(&self, expected: &[u8; 32], was_erased: impl FnOnce() -> bool) -> bool {
        self.digest().map_or_else(|| self.text.iter().all(String::is_empty) && was_erased(), |digest| digest == *expected)
    }
}

/// What an entry says of people.
pub(super) struct Told {
    /// The name of who did it, and the network address.
    pub who: Part<2>,
    /// The name of the member as whom.
    pub seen_as: Part<1>,
    /// What it was done to, before and after.
    pub what: Part<3>,
}

/// What the log itself says was erased from it.
#[derive(Default)]
struct Erased {
    members: HashSet<MemberId>,
    entries: HashSet<i64>,
}

impl Erased {
    /// Notes what an entry says.
    fn note(&mut self, link: &Link) {
        if link.action == Action::MemberErased.key() {
            self.members.extend(link.object.strip_prefix("member:").and_then(|id| id.parse::<MemberId>().ok()));
        }
        if link.action == Action::InvitationsErased.key() {
            let numbers = link.object.strip_prefix("entries:").unwrap_or_default();
            self.entries.extend(numbers.split(',').filter_map(|number| number.parse::<i64>().ok()));
        }
    }

    fn has(&self, member: Option<MemberId>) -> bool {
        member.is_some_and(|member| self.members.contains(&member))
    }

    fn explains(&self, told: &Told, link: &Link) -> bool {
        told.who.is(&link.who_digest, || self.has(link.actor_id))
            && told.seen_as.is(&link.as_digest, || self.has(link.as_id))
            && told.what.is(&link.what_digest, || self.has(link.about_id) || self.entries.contains(&link.number))
    }
}

impl Link {
    /// SHA-256 of every field.
    pub fn hash(&self) -> [u8; 32] {
        let id = |member: Option<MemberId>| member.map(|id| id.0.as_bytes().to_vec()).unwrap_or_default();
        let (actor, seen_as, about) = (id(self.actor_id), id(self.as_id), id(self.about_id));
        let (number, at) = (self.number.to_be_bytes(), self.at.as_microsecond().to_be_bytes());
        let parts: [&[u8]; 12] = [
            self.tenant.0.as_bytes(),
            &number,
            &at,
            &actor,
            &seen_as,
            &about,
            self.action.as_bytes(),
            self.object.as_bytes(),
            &self.who_digest,
            &self.as_digest,
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

/// Follows a tenant's chain from its beginning to its end. Twice: what was erased is explained by an entry that comes
/// after it.
pub async fn verify(db: &Db, tenant: TenantId) -> Result<std::result::Result<Verified, Flaw>> {
    let mut tx = TenantTx::begin(db, tenant, None).await?;
    let mut erased = Erased::default();
    let whole = follow(&mut tx, |link, _| {
        erased.note(link);
        true
    })
    .await?;
    if whole.is_err() {
        return Ok(whole);
    }
    follow(&mut tx, |link, told| erased.explains(told, link)).await
}

async fn follow(tx: &mut TenantTx, mut is_true: impl FnMut(&Link, &Told) -> bool) -> Result<std::result::Result<Verified, Flaw>> {
    let (mut number, mut previous) = (0, BEGINNING);
    loop {
        // The end first: what is added after this look at it is in the batch.
        let (end, end_hash) = queries::head(tx).await?;
        let batch = queries::links(tx, number).await?;
        if batch.is_empty() {
            let whole = (number, previous) == (end, end_hash);
            return Ok(if whole { Ok(Verified { entries: number, hash: previous }) } else { Err(Flaw::End(end)) });
        }
        for (link, told, hash) in batch {
            if link.number != number + 1 || link.previous != previous {
                return Ok(Err(Flaw::Missing(number + 1)));
            }
            if link.hash() != hash || !is_true(&link, &told) {
                return Ok(Err(Flaw::Changed(link.number)));
            }
            (number, previous) = (link.number, hash);
        }
    }
}
