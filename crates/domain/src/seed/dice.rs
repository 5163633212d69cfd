//! Choices that come out the same for the same seed.

use crate::Rng;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// A seeded source of choices.
pub struct Dice(Rng);

impl Dice {
    /// The dice of one demo tenant.
    pub fn of(slug: &str) -> Self {
        // FNV-1a: any fixed function of the name will do.
        let seed = slug.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(Rng::seeded(seed))
    }

    /// A number in `low..=high`.
    pub fn range(&self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.0.below(width)).unwrap_or(0)
    }

    /// Whether something of this chance (in percent) happens.
    pub fn percent(&self, chance: u64) -> bool {
        self.0.below(100) < chance
    }

    /// Whether something happens that happens `of` times in `out_of`.
    pub fn odds(&self, of: u64, out_of: u64) -> bool {
        self.0.below(out_of.max(1)) < of
    }

    /// A position in a list of this length; 0 in an empty one.
    pub fn at(&self, length: usize) -> usize {
        usize::try_from(self.0.below(u64::try_from(length).unwrap_or(0))).unwrap_or(0)
    }

    /// One of the texts.
    pub fn text(&self, of: &[&'static str]) -> &'static str {
        of.get(self.at(of.len())).copied().unwrap_or_default()
    }

    /// The list in another order.
    pub fn shuffled<T: Copy>(&self, list: &[T]) -> Vec<T> {
        let mut rest: Vec<T> = list.to_vec();
        let mut shuffled = Vec::with_capacity(rest.len());
        while !rest.is_empty() {
            shuffled.push(rest.swap_remove(self.at(rest.len())));
        }
        shuffled
    }

    /// A new id of that moment.
    pub fn id(&self, at: Timestamp) -> Uuid {
        self.0.id(at)
    }

    /// Hexadecimal digits, for the names that a payment provider gives.
    pub fn hex(&self) -> String {
        hex::encode(self.0.bytes::<12>())
    }
}

/// So many minutes later (or earlier).
pub fn minutes_after(at: Timestamp, minutes: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(at)
}
