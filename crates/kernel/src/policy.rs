//! What comes back when a lesson is cancelled. The policy is frozen in the order.

use crate::{Money, money::WHOLE_BPS};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The longest time before a lesson that a tier may name: a year, in hours.
pub const MAX_HOURS_BEFORE: u32 = 8_760;

/// One step of a policy: cancelled at least this long before the start, this share comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Hours before the lesson's start.
    pub hours_before: u32,
    /// Share of what was paid, in basis points.
    pub refund_bps: u32,
}

/// Tiers from the earliest to the latest. After the last one nothing comes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct CancellationPolicy {
    tiers: Vec<Tier>,
}

/// A policy as it is read, before its rules are checked.
#[derive(Deserialize)]
struct Unchecked {
    tiers: Vec<Tier>,
}

/// Why a policy is refused. `at` counts the tiers from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// The tier is not nearer to the lesson than the one before it.
    #[error("tier {at} is not nearer to the lesson than the one before it")]
    NotDescending {
        /// The tier.
        at: usize,
    },
    /// The tier is more than [`MAX_HOURS_BEFORE`] away.
    #[error("tier {at} is more than a year before the lesson")]
    TooEarly {
        /// The tier.
        at: usize,
    },
    /// The tier gives back more than was paid.
    #[error("tier {at} gives back more than was paid")]
    MoreThanPaid {
        /// The tier.
        at: usize,
    },
    /// The tier gives back more than the one before it.
    #[error("tier {at} gives back more than the one before it")]
    Rising {
        /// The tier.
        at: usize,
    },
}

impl PolicyError {
    /// The message key (`error-…`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotDescending { .. } => "error-policy-order",
            Self::TooEarly { .. } => "error-policy-too-early",
            Self::MoreThanPaid { .. } => "error-policy-more-than-paid",
            Self::Rising { .. } => "error-policy-rising",
        }
    }

    /// The tier that is wrong, counted from 0.
    pub const fn at(self) -> usize {
        match self {
            Self::NotDescending { at } | Self::TooEarly { at } | Self::MoreThanPaid { at } | Self::Rising { at } => at,
        }
    }
}

/// "Until this instant, this share comes back."
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The last instant at which the share is due.
    pub until: Timestamp,
    /// Share of what was paid, in basis points.
    pub refund_bps: u32,
}

impl CancellationPolicy {
    /// The policy of `tiers`: their hours strictly fall, their shares never rise.
    pub fn new(tiers: Vec<Tier>) -> Result<Self, PolicyError> {
        let mut before: Option<Tier> = None;
        for (at, tier) in tiers.iter().copied().enumerate() {
            if tier.hours_before > MAX_HOURS_BEFORE {
                return Err(PolicyError::TooEarly { at });
            }
            if tier.refund_bps > WHOLE_BPS {
                return Err(PolicyError::MoreThanPaid { at });
            }
            if before.is_some_and(|b| tier.hours_before >= b.hours_before) {
                return Err(PolicyError::NotDescending { at });
            }
            if before.is_some_and(|b| tier.refund_bps > b.refund_bps) {
                return Err(PolicyError::Rising { at });
            }
            before = Some(tier);
        }
        Ok(Self { tiers })
    }

    /// All of it until 24 hours before, half until 2 hours before, then nothing.
    pub fn standard() -> Self {
        Self { tiers: vec![Tier { hours_before: 24, refund_bps: WHOLE_BPS }, Tier { hours_before: 2, refund_bps: WHOLE_BPS / 2 }] }
    }

    /// The tiers, from the earliest to the latest.
    pub fn tiers(&self) -> &[Tier] {
        &self.tiers
    }

    /// The share due when a lesson that starts at `starts_at` is cancelled at `now`, in basis
    /// points. At exactly a tier's hours that tier still applies; after the start it is 0.
    pub fn refund_bps(&self, starts_at: Timestamp, now: Timestamp) -> u32 {
        let left = starts_at.duration_since(now);
        self.tiers.iter().find(|tier| left >= hours(tier.hours_before)).map_or(0, |tier| tier.refund_bps)
    }

    /// What comes back of `paid`, rounded half away from zero to what Stripe can give back. Never
    /// more than all of it.
    pub fn refund(&self, paid: Money, starts_at: Timestamp, now: Timestamp) -> Money {
        let share = paid.share(self.refund_bps(starts_at, now)).to_step();
        Money::new(share.minor.min(paid.minor), paid.currency)
    }

    /// Until when each share is due, from the earliest to the latest. After the last deadline
    /// nothing comes back.
    pub fn deadlines(&self, starts_at: Timestamp) -> Vec<Deadline> {
        let deadline = |tier: &Tier| Deadline {
            until: starts_at.checked_sub(hours(tier.hours_before)).unwrap_or(Timestamp::MIN),
            refund_bps: tier.refund_bps,
        };
        self.tiers.iter().map(deadline).collect()
    }
}

impl Default for CancellationPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

impl TryFrom<Unchecked> for CancellationPolicy {
    type Error = PolicyError;
    fn try_from(read: Unchecked) -> Result<Self, PolicyError> {
        Self::new(read.tiers)
    }
}

fn hours(hours: u32) -> SignedDuration {
    SignedDuration::from_secs(i64::from(hours) * 3_600)
}

#[cfg(test)]
mod tests;
