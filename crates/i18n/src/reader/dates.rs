//! Dates and times on the reader's calendar and clock.

use super::Reader;
use crate::names::Names;
use jiff::{
    Timestamp,
    civil::{Date, DateTime, Weekday},
    tz::{AmbiguousOffset, Offset},
};

impl Reader {
    /// The reader's wall clock at an instant.
    pub fn wall(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at)
    }

    /// The reader's date at an instant.
    pub fn date(&self, at: Timestamp) -> Date {
        self.wall(at).date()
    }

    /// `Tuesday 13 October 2026`.
    pub fn date_long(&self, at: Timestamp) -> String {
        self.day_long(self.date(at))
    }

    /// `Tue 13 Oct`.
    pub fn date_medium(&self, at: Timestamp) -> String {
        self.day_medium(self.date(at))
    }

    /// `13 Oct 2026`.
    pub fn date_short_year(&self, at: Timestamp) -> String {
        self.day_short_year(self.date(at))
    }

    /// A calendar date as `Tuesday 13 October 2026`.
    pub fn day_long(&self, date: Date) -> String {
        let names = self.names();
        let (day, year) = (date.day().to_string(), date.year().to_string());
        names.date_long.fill([weekday(&names.weekdays, date.weekday()), &day, month(&names.months, date), &year])
    }

    /// A calendar date as `Tue 13 Oct`.
    pub fn day_medium(&self, date: Date) -> String {
        let names = self.names();
        let day = date.day().to_string();
        names.date_medium.fill([weekday(&names.weekdays_short, date.weekday()), &day, month(&names.months_short, date)])
    }

    /// A calendar date as `13 Oct`, where the year is clear: under a chart.
    pub fn day_short(&self, date: Date) -> String {
        let names = self.names();
        names.date_short.fill([&date.day().to_string(), month(&names.months_short, date)])
    }

    /// A calendar date as `13 Oct 2026`.
    pub fn day_short_year(&self, date: Date) -> String {
        let names = self.names();
        let (day, year) = (date.day().to_string(), date.year().to_string());
        names.date_short_year.fill([&day, month(&names.months_short, date), &year])
    }

    /// `October 2026`.
    pub fn month_year(&self, date: Date) -> String {
        let names = self.names();
        names.month_year.fill([month(&names.months, date), &date.year().to_string()])
    }

    /// `Monday`.
    pub fn weekday_long(&self, day: Weekday) -> &'static str {
        weekday(&self.names().weekdays, day)
    }

    /// `Mon`.
    pub fn weekday_short(&self, day: Weekday) -> &'static str {
        weekday(&self.names().weekdays_short, day)
    }

    /// `M`.
    pub fn weekday_narrow(&self, day: Weekday) -> &'static str {
        weekday(&self.names().weekdays_narrow, day)
    }

    /// `17:00`. In the hour that comes twice also the offset: `01:30 (UTC+1)`.
    pub fn time(&self, at: Timestamp) -> String {
        let time = self.clock(at);
        match self.fold(at) {
            Some(offset) => self.names().time_folded.fill([&time, &offset]),
            None => time,
        }
    }

    /// `17:00`, also in the hour that comes twice: there [`Self::fold`] tells the two apart.
    pub fn clock(&self, at: Timestamp) -> String {
        clock(self.wall(at))
    }

    /// `UTC+1`: the offset of a time in the hour that comes twice, otherwise nothing.
    pub fn fold(&self, at: Timestamp) -> Option<String> {
        let twice = matches!(self.zone.to_ambiguous_timestamp(self.wall(at)).offset(), AmbiguousOffset::Fold { .. });
        twice.then(|| offset_label(self.zone.to_offset(at)))
    }

    /// `17:00–18:00`.
    pub fn time_range(&self, from: Timestamp, to: Timestamp) -> String {
        self.names().time_range.fill([&self.time(from), &self.time(to)])
    }

    /// `Tue 13 Oct, 17:00`.
    pub fn date_time(&self, at: Timestamp) -> String {
        self.names().date_time.fill([&self.date_medium(at), &self.time(at)])
    }

    /// `Tuesday 13 October 2026, 17:00`.
    pub fn date_time_long(&self, at: Timestamp) -> String {
        self.names().date_time.fill([&self.date_long(at), &self.time(at)])
    }

    /// `Tue 13 Oct, 17:00–18:00`.
    pub fn date_time_range(&self, from: Timestamp, to: Timestamp) -> String {
        self.names().date_time.fill([&self.date_medium(from), &self.time_range(from, to)])
    }

    /// The reader's zone as it is at an instant: `London (GMT)`, `Kathmandu (UTC+5:45)`.
    pub fn zone_label(&self, at: Timestamp) -> String {
        let place = self.zone_city();
        let info = self.zone.to_offset_info(at);
        let short = info.abbreviation();
        if short == place {
            return place;
        }
        // Zones without letters of their own are abbreviated by their digits.
        let zone = if short.starts_with(char::is_alphabetic) { short.to_owned() } else { offset_label(info.offset()) };
        self.names().zone.fill([&place, &zone])
    }

    /// The city that the reader's zone is named after: `London`, `New York`.
    pub fn zone_city(&self) -> String {
        let name = self.zone_name.as_str();
        name.rsplit('/').next().unwrap_or(name).replace('_', " ")
    }

    /// The year, without separators: `2026`.
    pub fn year(&self, at: Timestamp) -> String {
        self.date(at).year().to_string()
    }

    /// `60 min`.
    pub fn duration_minutes(&self, minutes: impl Into<i64>) -> String {
        self.names().duration_minutes.fill([&self.number(minutes)])
    }

    fn names(&self) -> &'static Names {
        Names::of(self.locale)
    }
}

/// `UTC+1`, `UTC-3:30`, `UTC+0`: tells the two times of a fold apart.
fn offset_label(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    match minutes % 60 {
        0 => format!("UTC{sign}{}", minutes / 60),
        part => format!("UTC{sign}{}:{part:02}", minutes / 60),
    }
}

fn clock(wall: DateTime) -> String {
    format!("{:02}:{:02}", wall.hour(), wall.minute())
}

fn month(names: &'static [String], date: Date) -> &'static str {
    name(names, date.month())
}

fn weekday(names: &'static [String], day: Weekday) -> &'static str {
    name(names, day.to_monday_one_offset())
}

/// The name with a number that counts from 1.
fn name(names: &'static [String], number: i8) -> &'static str {
    usize::try_from(number - 1).ok().and_then(|at| names.get(at)).map_or("", String::as_str)
}
