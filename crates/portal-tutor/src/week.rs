//! Weeks and days on the reader's calendar, and stretches of real time as parts of days.

use i18n::Reader;
use jiff::{Span, Timestamp, civil::Date};
use std::ops::Range;

/// Minutes of a day on the wall clock.
const DAY: u16 = 1_440;
/// The least height of an event, in minutes: in the hour that comes twice one could end before
/// it begins.
const LEAST: u16 = 15;

/// A week from Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub first: Date,
}

impl Week {
    /// The week that holds `date`.
    pub fn of(date: Date) -> Self {
        Self { first: plus(date, -i64::from(date.weekday().to_monday_zero_offset())) }
    }

    /// Its seven days.
    pub fn days(self) -> Vec<Date> {
        (0..7).map(|day| plus(self.first, day)).collect()
    }

    /// From its first instant to the next week's, for the reader.
    pub fn range(self, reader: &Reader) -> Range<Timestamp> {
        start_of(reader, self.first)..start_of(reader, plus(self.first, 7))
    }

    /// Whether it holds `date`.
    pub fn holds(self, date: Date) -> bool {
        Self::of(date) == self
    }
}

/// A date of an address; what is no date, or a senseless one, is `None`.
pub fn date(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|date| (2000..=2100).contains(&date.year()))
}

/// The date some days on.
pub fn plus(date: Date, days: i64) -> Date {
    date.saturating_add(Span::new().days(days))
}

/// The first instant of a date on the reader's calendar.
pub fn start_of(reader: &Reader, date: Date) -> Timestamp {
    reader.zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0)).compatible().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// From the first instant of a date's month to the next month's, for the reader.
pub fn month_of(reader: &Reader, date: Date) -> Range<Timestamp> {
    start_of(reader, date.first_of_month())..start_of(reader, plus(date.last_of_month(), 1))
}

/// A part of a stretch that lies on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayPart {
    /// Which of the days, from 0.
    pub day: u8,
    /// Minutes after midnight on the wall clock.
    pub from: u16,
    /// Minutes after midnight on the wall clock; 1440 is the end of the day.
    pub to: u16,
}

/// A stretch of real time, day by day on the reader's wall clock.
pub fn parts(reader: &Reader, days: &[Date], stretch: &Range<Timestamp>) -> Vec<DayPart> {
    (0_u8..).zip(days).filter_map(|(day, date)| part(reader, day, *date, stretch)).collect()
}

fn part(reader: &Reader, day: u8, date: Date, stretch: &Range<Timestamp>) -> Option<DayPart> {
    let (start, end) = (start_of(reader, date), start_of(reader, plus(date, 1)));
    let (first, last) = (stretch.start.max(start), stretch.end.min(end));
    if first >= last {
        return None;
    }
    let from = minute(reader, first);
    let to = if last == end { DAY } else { minute(reader, last) };
    Some(DayPart { day, from, to: to.max((from + LEAST).min(DAY)) })
}

/// The minute of the day on the reader's wall clock.
pub fn minute(reader: &Reader, at: Timestamp) -> u16 {
    let wall = reader.wall(at);
    u16::from(wall.hour().unsigned_abs()) * 60 + u16::from(wall.minute().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use i18n::Locale;
    use kernel::zone::ZoneName;

    fn reader(zone: &str) -> Reader {
        Reader::new(Locale::En, ZoneName::new(zone).unwrap())
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn told(zone: &str, monday: &str, from: &str, to: &str) -> Vec<(u8, u16, u16)> {
        let days = Week { first: day(monday) }.days();
        let stretch = from.parse().unwrap()..to.parse().unwrap();
        parts(&reader(zone), &days, &stretch).iter().map(|part| (part.day, part.from, part.to)).collect()
    }

    #[test]
    fn a_week_begins_on_monday() {
        for date in ["2026-11-16", "2026-11-20", "2026-11-22"] {
            assert_eq!(Week::of(day(date)).first, day("2026-11-16"));
        }
        assert!(!Week::of(day("2026-11-16")).holds(day("2026-11-23")));
    }

    #[test]
    fn senseless_dates_are_none() {
        assert_eq!(date("2026-11-16"), Some(day("2026-11-16")));
        assert_eq!(date("9999-12-31"), None);
        assert_eq!(date("x"), None);
    }

    #[test]
    fn a_stretch_over_midnight_has_two_parts() {
        let parts = told("Europe/London", "2026-11-16", "2026-11-17T23:00:00Z", "2026-11-18T01:30:00Z");
        assert_eq!(parts, [(1, 1_380, 1_440), (2, 0, 90)]);
    }

    #[test]
    fn the_readers_zone_decides_the_day() {
        let parts = told("Asia/Kathmandu", "2026-11-16", "2026-11-17T18:00:00Z", "2026-11-17T19:00:00Z");
        assert_eq!(parts, [(1, 1_425, 1_440), (2, 0, 45)]);
    }

    #[test]
    fn in_the_hour_that_comes_twice_nothing_ends_before_it_begins() {
        // 01:30 summer time to 01:15 winter time.
        let parts = told("Europe/London", "2026-10-19", "2026-10-25T00:30:00Z", "2026-10-25T01:15:00Z");
        assert_eq!(parts, [(6, 90, 105)]);
    }

    #[test]
    fn a_day_may_begin_after_midnight() {
        // In Beirut the clocks skip the first hour of 29 March 2026.
        let start = start_of(&reader("Asia/Beirut"), day("2026-03-29"));
        assert_eq!(start, "2026-03-28T22:00:00Z".parse().unwrap());
    }
}
