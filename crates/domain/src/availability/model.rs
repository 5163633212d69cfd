//! Availability's types.

use jiff::civil;
use kernel::{
    availability::{Busy, Schedule, SlotRules, Window},
    zone::ZoneName,
};

/// A tutor's hours, and the time in them that is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The hours and the rules of booking.
    pub schedule: Schedule,
    /// Active claims that have not expired.
    pub busy: Vec<Busy>,
}

/// What a tutor's editor shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    /// The hours and the rules. Its exceptions are those from yesterday on, by date.
    pub schedule: Schedule,
    /// Today on the tutor's calendar; an exception cannot lie before it.
    pub today: civil::Date,
}

/// The hours of every week and the rules of booking, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveWeek {
    /// IANA zone. Errors come at `zone`.
    pub zone: String,
    /// The week's windows. An error of the n-th (from 0) comes at `windows.n`.
    pub windows: Vec<Window>,
    /// The rules. Errors come at the names of its fields.
    pub rules: SlotRules,
}

/// Other hours on one date, as typed. Replaces what that date had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddException {
    /// On the tutor's calendar. Errors come at `date`.
    pub date: civil::Date,
    /// Start and end in minutes after midnight; none closes the day. An error of the n-th
    /// (from 0) comes at `windows.n`.
    pub windows: Vec<(u16, u16)>,
}

/// The hours of a tutor who has set none: closed, with everybody's usual rules.
pub(super) const fn unset(zone: ZoneName) -> Schedule {
    Schedule {
        zone,
        weekly: Vec::new(),
        exceptions: Vec::new(),
        rules: SlotRules {
            increment_minutes: 30,
            buffer_before_minutes: 0,
            buffer_after_minutes: 0,
            notice_minutes: 240,
            horizon_days: 60,
        },
    }
}
