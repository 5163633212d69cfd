//! How far away an instant is.

use super::Reader;
use crate::t;
use jiff::{SignedDuration, Timestamp};

impl Reader {
    /// `in 2 hours`, `5 minutes ago`; from twelve hours on by the reader's calendar:
    /// `today`, `tomorrow`, `3 days ago`, `in 2 months`.
    pub fn relative(&self, then: Timestamp, now: Timestamp) -> String {
        let apart = then.duration_since(now);
        let ahead = apart.is_positive();
        let apart = apart.abs();
        if apart < SignedDuration::from_mins(1) {
            t(self.locale, "date-now")
        } else if apart < SignedDuration::from_hours(1) {
            self.count("minutes", apart.as_mins(), ahead)
        } else if apart < SignedDuration::from_hours(12) {
            self.count("hours", apart.as_hours(), ahead)
        } else {
            self.relative_day(then, now)
        }
    }

    /// The day by the reader's calendar: `today`, `tomorrow`, `in 3 days`, `2 months ago`.
    pub fn relative_day(&self, then: Timestamp, now: Timestamp) -> String {
        let apart = self.date(then).duration_since(self.date(now)).as_hours() / 24;
        let ahead = apart > 0;
        match apart.abs() {
            0 => t(self.locale, "date-today"),
            1 if ahead => t(self.locale, "date-tomorrow"),
            1 => t(self.locale, "date-yesterday"),
            days @ 2..30 => self.count("days", days, ahead),
            days @ 30..365 => self.count("months", days / 30, ahead),
            days => self.count("years", days / 365, ahead),
        }
    }

    fn count(&self, unit: &str, count: i64, ahead: bool) -> String {
        let direction = if ahead { "ahead" } else { "ago" };
        t!(self.locale, &format!("date-{unit}-{direction}"), count = count)
    }
}
