//! Days, weeks and months of a calendar as instants.

use jiff::{Span, Timestamp, civil, tz::TimeZone};

/// The days that an overview is about, and as many before.
pub(super) struct Period {
    /// The last day.
    pub today: civil::Date,
    /// The first day.
    pub first: civil::Date,
    /// The midnight before the first day of the period before.
    pub before: Timestamp,
    /// The midnight before the first day.
    pub start: Timestamp,
    /// The midnight after today.
    pub end: Timestamp,
}

impl Period {
    /// The `days` days that end with the one of `now`.
    pub fn last_days(days: i64, zone: &TimeZone, now: Timestamp) -> Self {
        let today = zone.to_datetime(now).date();
        let first = today.saturating_sub(Span::new().days(days - 1));
        Self {
            today,
            first,
            before: midnight(zone, first.saturating_sub(Span::new().days(days))),
            start: midnight(zone, first),
            end: midnight(zone, tomorrow(today)),
        }
    }
}

/// The start of a date; of one that begins in a gap, the end of the gap.
pub(super) fn midnight(zone: &TimeZone, date: civil::Date) -> Timestamp {
    zone.to_zoned(date.at(0, 0, 0, 0)).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// The day after.
pub(super) fn tomorrow(date: civil::Date) -> civil::Date {
    date.saturating_add(Span::new().days(1))
}

/// The Monday of a date's week.
pub(super) fn monday(date: civil::Date) -> civil::Date {
    date.saturating_sub(Span::new().days(date.weekday().to_monday_zero_offset()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_follows_the_calendar_over_a_clock_change() {
        let zone = TimeZone::get("Europe/London").unwrap();
        // 23:30 UTC is the next day in British summer time.
        let period = Period::last_days(30, &zone, "2026-10-24T23:30:00Z".parse().unwrap());
        assert_eq!(period.today, civil::date(2026, 10, 25));
        assert_eq!(period.first, civil::date(2026, 9, 26));
        assert_eq!(period.start, "2026-09-25T23:00:00Z".parse().unwrap());
        assert_eq!(period.end, "2026-10-26T00:00:00Z".parse().unwrap(), "a day of 25 hours");
        assert_eq!(period.before, "2026-08-26T23:00:00Z".parse().unwrap());
        assert_eq!(monday(period.today), civil::date(2026, 10, 19));
        assert_eq!(monday(civil::date(2026, 10, 19)), civil::date(2026, 10, 19));
    }
}
