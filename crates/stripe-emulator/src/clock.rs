//! The emulator's clock: the machine's, moved by an offset that tests control.

use jiff::{SignedDuration, Timestamp};

/// Tells the time of everything the emulator does.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    offset: SignedDuration,
}

impl Clock {
    /// A clock that reads `start` now, and then ticks.
    pub fn starting_at(start: Option<Timestamp>) -> Self {
        let offset = start.map_or(SignedDuration::ZERO, |at| at.duration_since(Self::wall()));
        Self { offset }
    }

    /// The machine's time.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn wall() -> Timestamp {
        Timestamp::now()
    }

    /// The emulator's time.
    pub fn now(&self) -> Timestamp {
        Self::wall().saturating_add(self.offset).unwrap_or(Timestamp::MAX)
    }

    /// Seconds since 1970, as in Stripe's objects.
    pub fn seconds(&self) -> i64 {
        self.now().as_second()
    }

    /// Milliseconds since 1970, for schedules.
    pub fn millis(&self) -> i64 {
        self.now().as_millisecond()
    }

    /// How far the clock is ahead of the machine's, in milliseconds.
    pub fn offset_ms(&self) -> i64 {
        i64::try_from(self.offset.as_millis()).unwrap_or(i64::MAX)
    }

    /// Sets how far the clock is ahead of the machine's.
    pub fn set_offset_ms(&mut self, offset: i64) {
        self.offset = SignedDuration::from_millis(offset);
    }

    /// Moves the clock forward.
    pub fn advance(&mut self, seconds: i64) {
        self.offset = self.offset.saturating_add(SignedDuration::from_secs(seconds));
    }
}
