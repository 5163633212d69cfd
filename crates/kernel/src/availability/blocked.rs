//! The starts that other lessons forbid.

use super::{
    Busy, SlotRules,
    clock::{ceil, floor},
};

/// Starts strictly between the two real seconds are forbidden.
type Between = (i64, i64);

/// Forbidden starts as disjoint ranges in order.
#[derive(Debug)]
pub(super) struct Blocked(Vec<Between>);

impl Blocked {
    /// The starts at which a lesson of `duration` seconds would come too close to `busy`.
    ///
    /// Between two lessons the longer of the two buffers stays free, not their sum.
    pub fn new(busy: &[Busy], rules: &SlotRules, duration: i64) -> Self {
        let mut ranges: Vec<Between> = busy
            .iter()
            .filter(|busy| busy.start < busy.end)
            .map(|busy| {
                let before = i64::from(rules.buffer_after_minutes.max(busy.buffer_before_minutes)) * 60;
                let after = i64::from(busy.buffer_after_minutes.max(rules.buffer_before_minutes)) * 60;
                (floor(busy.start) - before - duration, ceil(busy.end) + after)
            })
            .collect();
        ranges.sort_unstable();
        // Both ends are free, so ranges that only touch stay apart.
        ranges.dedup_by(|next, kept| {
            let overlap = next.0 < kept.1;
            if overlap {
                kept.1 = kept.1.max(next.1);
            }
            overlap
        });
        Self(ranges)
    }

    /// A walk that starts at `second` and only goes forward.
    pub fn walk_from(&self, second: i64) -> Walk<'_> {
        let passed = self.0.partition_point(|range| range.1 <= second);
        Walk(self.0.get(passed..).unwrap_or_default())
    }

    /// Whether a lesson may not start at `second`.
    pub fn forbids(&self, second: i64) -> bool {
        self.walk_from(second).forbids(second)
    }
}

/// The ranges that lie ahead.
pub(super) struct Walk<'a>(&'a [Between]);

impl Walk<'_> {
    /// Whether a lesson may not start at `second`, which is not before the last one asked for.
    pub fn forbids(&mut self, second: i64) -> bool {
        while let Some(((lowest, highest), ahead)) = self.0.split_first() {
            if *highest > second {
                return *lowest < second;
            }
            self.0 = ahead;
        }
        false
    }
}
