//! When a tutor can be booked: pure arithmetic over the tutor's wall clock.
//!
//! A window is a stretch of the tutor's wall clock; a lesson is a stretch of real time. The
//! two meet in [`clock`], which knows where the wall clock jumps: a time that is skipped never
//! starts a lesson, a time that comes twice starts two.

mod blocked;
mod blocks;
mod check;
mod clock;
mod evidence;
mod open;
mod slots;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

pub use check::{WindowError, WindowProblem, check_day, check_windows};
pub use evidence::{Evidence, check_every_zone, check_zone};
pub use open::open_hours;
pub use slots::{free_slots, is_free};

use crate::zone::ZoneName;
use jiff::{Timestamp, civil, tz::Offset};
use serde::{Deserialize, Serialize};

/// A tutor's working hours and the rules of booking them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The zone of the tutor's wall clock.
    pub zone: ZoneName,
    /// The hours of every week. Windows that touch or overlap count as one stretch.
    pub weekly: Vec<Window>,
    /// Dates on which other hours hold.
    pub exceptions: Vec<DateException>,
    /// The rules of booking.
    pub rules: SlotRules,
}

/// Hours of one weekday, in minutes of the wall clock after that day's midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// 1 is Monday, 7 is Sunday.
    pub weekday: u8,
    /// First minute, below 1440.
    pub start: u16,
    /// The minute after the last; above 1440 it lies on the following day. At most 2880.
    pub end: u16,
}

/// Replaces the weekly windows that start on a date; a window that reaches in from the day
/// before stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateException {
    /// The date on the tutor's calendar.
    pub date: civil::Date,
    /// Start and end as in [`Window`]; none means that the day is closed.
    pub windows: Vec<(u16, u16)>,
}

/// The rules of booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotRules {
    /// Minutes between two possible starts, counted from the window's start. 0 offers nothing.
    pub increment_minutes: u32,
    /// Minutes kept free before each lesson.
    pub buffer_before_minutes: u32,
    /// Minutes kept free after each lesson.
    pub buffer_after_minutes: u32,
    /// Minutes that a booking must come before the lesson.
    pub notice_minutes: u32,
    /// The last bookable date is this many days after today, on the tutor's calendar.
    pub horizon_days: u32,
}

/// Time that is taken, with the buffers of what takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Busy {
    /// First instant.
    pub start: Timestamp,
    /// The instant after the last.
    pub end: Timestamp,
    /// Minutes kept free before it.
    pub buffer_before_minutes: u32,
    /// Minutes kept free after it.
    pub buffer_after_minutes: u32,
}

/// A bookable time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// When the lesson starts.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// The tutor's wall clock at the start.
    pub wall: civil::DateTime,
    /// The tutor's offset from UTC at the start; it tells the two slots of a fold apart.
    pub offset: Offset,
}

/// Why an instant is no bookable start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFree {
    /// No window offers a start at this instant, or the lesson would end after the hours.
    #[error("outside the tutor's hours")]
    OutsideHours,
    /// Another lesson, or the time kept free around it, is in the way.
    #[error("taken")]
    Taken,
    /// Closer than the notice allows.
    #[error("too soon")]
    TooSoon,
    /// Beyond the last bookable date.
    #[error("too far ahead")]
    TooFar,
}

impl NotFree {
    /// The message key (`error-…`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::OutsideHours => "error-slot-outside-hours",
            Self::Taken => "error-slot-taken",
            Self::TooSoon => "error-slot-too-soon",
            Self::TooFar => "error-slot-too-far",
        }
    }
}
