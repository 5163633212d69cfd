//! The calendar's months and weeks, put into the reader's words on the server.

use super::model::{DayTimes, NoTimes, Period, SlotTime, Span};
use i18n::{Reader, t};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime},
};
use kernel::{availability::Slot, policy::CancellationPolicy};
use std::{collections::BTreeMap, ops::Range};

/// How far ahead a reader can look (days).
const AHEAD: i64 = 400;

/// Who reads, and when; what the texts depend on.
#[derive(Clone, Copy, Debug)]
pub struct Days<'a> {
    /// The reader.
    pub reader: &'a Reader,
    /// The moment of the request.
    pub now: Timestamp,
    /// The policy that an order of today would freeze.
    pub policy: &'a CancellationPolicy,
}

/// Which days come with their times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// All of them.
    All,
    /// This one.
    Only(Date),
}

impl Days<'_> {
    /// Today, on the reader's calendar.
    pub fn today(&self) -> Date {
        self.reader.date(self.now)
    }

    /// The first day of the period around `date`, between today's and the last one offered.
    pub fn first_day(&self, span: Span, date: Date) -> Date {
        let today = self.today();
        let date = date.clamp(today, today.saturating_add(AHEAD.days()));
        match span {
            Span::Month => date.first_of_month(),
            Span::Week => date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days()),
        }
    }

    /// The instants of the period that begins on `first`.
    pub fn range(&self, span: Span, first: Date) -> Range<Timestamp> {
        self.start_of(first)..self.start_of(after(span, first))
    }

    /// The instant at which a date begins for the reader.
    pub fn start_of(&self, date: Date) -> Timestamp {
        self.reader.zone.to_ambiguous_timestamp(DateTime::from(date)).compatible().unwrap_or(Timestamp::MAX)
    }

    /// The period that begins on `first`, with those of `free` that lie in it. `next_free` is
    /// the next free time after an empty period.
    pub fn period(&self, span: Span, first: Date, free: &[Slot], detail: Detail, next_free: Option<Slot>) -> Period {
        let end = after(span, first);
        let mut by_date: BTreeMap<Date, Vec<&Slot>> = BTreeMap::new();
        for slot in free {
            by_date.entry(self.reader.date(slot.start)).or_default().push(slot);
        }
        let mut labels = Labels::new(self.reader);
        let days: Vec<DayTimes> = first
            .series(1.day())
            .take_while(|date| *date < end)
            .map(|date| self.day(date, by_date.get(&date).map_or(&[], Vec::as_slice), detail, &mut labels))
            .collect();
        let total: u32 = days.iter().map(|day| day.free).sum();
        let title = self.title(span, first, end);
        let today = self.today();
        let before = match span {
            Span::Month => first.saturating_sub(1.month()),
            Span::Week => first.saturating_sub(1.week()),
        };
        Period {
            span,
            from: first.to_string(),
            summary: t!(self.reader, "booking-period-summary", period = &title, count = total),
            lead: if span == Span::Month { first.weekday().to_monday_zero_offset().unsigned_abs() } else { 0 },
            prev: (first > today).then(|| before.to_string()),
            next: (end <= today.saturating_add(AHEAD.days())).then(|| end.to_string()),
            none: (total == 0).then(|| self.none(span, &title, next_free)),
            title,
            days,
        }
    }

    fn title(&self, span: Span, first: Date, end: Date) -> String {
        match span {
            Span::Month => self.reader.month_year(first),
            Span::Week => {
                let last = end.saturating_sub(1.day());
                t!(self.reader, "booking-week-title", from = self.reader.day_medium(first), to = self.reader.day_medium(last))
            }
        }
    }

    fn none(&self, span: Span, title: &str, next: Option<Slot>) -> NoTimes {
        let text = match span {
            Span::Month => t!(self.reader, "booking-none-in", period = title),
            Span::Week => t!(self.reader, "booking-none-week"),
        };
        match next {
            Some(slot) => NoTimes {
                text,
                jump: Some(t!(self.reader, "booking-next-free", time = self.reader.date_time(slot.start))),
                day: self.reader.date(slot.start).to_string(),
            },
            None => NoTimes { text, jump: None, day: String::new() },
        }
    }

    fn day(&self, date: Date, free: &[&Slot], detail: Detail, labels: &mut Labels<'_>) -> DayTimes {
        let heading = self.reader.day_long(date);
        let count = u32::try_from(free.len()).unwrap_or(u32::MAX);
        let loaded = detail == Detail::All || detail == Detail::Only(date);
        DayTimes {
            date: date.to_string(),
            number: date.day().to_string(),
            label: labels.day(&heading, count),
            heading,
            zone: free.first().map(|slot| self.reader.zone_label(slot.start)).unwrap_or_default(),
            today: date == self.today(),
            free: count,
            slots: (loaded && count > 0).then(|| free.iter().map(|slot| self.slot(slot)).collect()),
        }
    }

    fn slot(&self, slot: &Slot) -> SlotTime {
        let wall = self.reader.wall(slot.start);
        let tutor = (wall != slot.wall).then(|| {
            let clock = format!("{:02}:{:02}", slot.wall.hour(), slot.wall.minute());
            if wall.date() == slot.wall.date() { clock } else { format!("{} {clock}", self.reader.day_medium(slot.wall.date())) }
        });
        let deadlines = self.policy.deadlines(slot.start);
        SlotTime {
            start: slot.start.to_string(),
            text: self.reader.clock(slot.start),
            note: self.reader.fold(slot.start),
            when: self.reader.date_time_range(slot.start, slot.end),
            tutor,
            deadlines: deadlines.iter().map(|due| (due.until > self.now).then(|| self.reader.date_time(due.until))).collect(),
        }
    }
}

/// The first day after the period.
fn after(span: Span, first: Date) -> Date {
    match span {
        Span::Month => first.saturating_add(1.month()),
        Span::Week => first.saturating_add(1.week()),
    }
}

/// The labels of days: a message is looked up once for each number of free times.
struct Labels<'a> {
    reader: &'a Reader,
    by_count: BTreeMap<u32, String>,
}

impl<'a> Labels<'a> {
    fn new(reader: &'a Reader) -> Self {
        Self { reader, by_count: BTreeMap::new() }
    }

    fn day(&mut self, heading: &str, count: u32) -> String {
        let reader = self.reader;
        self.by_count
            .entry(count)
            .or_insert_with(|| t!(reader, "booking-day-label", day = "{day}", count = count))
            .replace("{day}", heading)
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use i18n::Locale;
    use jiff::SignedDuration;
    use kernel::zone::ZoneName;

    fn reader(zone: &str) -> Reader {
        Reader::new(Locale::En, ZoneName::new(zone).unwrap())
    }

    /// An hour's slot of a tutor in `zone`.
    fn slot(start: &str, zone: &str) -> Slot {
        let start: Timestamp = start.parse().unwrap();
        let zone = ZoneName::new(zone).unwrap().zone();
        Slot { start, end: start + SignedDuration::from_hours(1), wall: zone.to_datetime(start), offset: zone.to_offset(start) }
    }

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    const NOW: &str = "2026-10-06T08:00:00Z";

    fn period(reader: &Reader, span: Span, first: &str, free: &[Slot], detail: Detail) -> Period {
        let policy = CancellationPolicy::standard();
        Days { reader, now: NOW.parse().unwrap(), policy: &policy }.period(span, date(first), free, detail, None)
    }

    #[test]
    fn a_month_is_the_readers_month() {
        let kathmandu = reader("Asia/Kathmandu");
        // 19:00 UTC on 31 October is already November in Nepal.
        let free = [slot("2026-10-31T17:00:00Z", "Europe/London"), slot("2026-10-31T19:00:00Z", "Europe/London")];
        let october = period(&kathmandu, Span::Month, "2026-10-01", &free, Detail::All);
        assert_eq!((october.days.len(), october.lead), (31, 3));
        assert_eq!(october.day("2026-10-31").unwrap().free, 1);
        assert_eq!(october.title, "October 2026");
        let november = period(&kathmandu, Span::Month, "2026-11-01", &free, Detail::All);
        assert_eq!(november.first_free().unwrap().date, "2026-11-01");
        let slot = november.first_free().unwrap().slots.as_ref().unwrap().first().unwrap().clone();
        assert_eq!((slot.text.as_str(), slot.tutor.as_deref()), ("00:45", Some("Sat 31 Oct 19:00")));
    }

    #[test]
    fn the_hour_that_comes_twice_is_told_apart() {
        let london = reader("Europe/London");
        let free = [slot("2026-10-25T00:30:00Z", "Europe/London"), slot("2026-10-25T01:30:00Z", "Europe/London")];
        let month = period(&london, Span::Month, "2026-10-01", &free, Detail::Only(date("2026-10-25")));
        let times: Vec<_> =
            month.day("2026-10-25").unwrap().slots.iter().flatten().map(|slot| (slot.text.as_str(), slot.note.as_deref())).collect();
        assert_eq!(times, [("01:30", Some("UTC+1")), ("01:30", Some("UTC+0"))]);
    }

    #[test]
    fn only_the_wanted_day_brings_its_times() {
        let london = reader("Europe/London");
        let free = [slot("2026-10-12T10:00:00Z", "Europe/London"), slot("2026-10-13T10:00:00Z", "Europe/London")];
        let month = period(&london, Span::Month, "2026-10-01", &free, Detail::Only(date("2026-10-13")));
        assert!(month.day("2026-10-12").unwrap().slots.is_none());
        assert_eq!(month.day("2026-10-12").unwrap().free, 1);
        assert!(month.day("2026-10-13").unwrap().slots.is_some());
        assert!(month.slot("2026-10-13T10:00:00Z").is_some());
        assert_eq!(month.day("2026-10-13").unwrap().label, "Tuesday 13 October 2026, 1 free time");
    }

    #[test]
    fn a_passed_deadline_is_not_promised() {
        let london = reader("Europe/London");
        let free = [slot("2026-10-06T12:00:00Z", "Europe/London"), slot("2026-10-13T16:00:00Z", "Europe/London")];
        let month = period(&london, Span::Month, "2026-10-01", &free, Detail::All);
        let deadlines = |start: &str| month.slot(start).unwrap().1.deadlines.clone();
        assert_eq!(deadlines("2026-10-06T12:00:00Z"), [None, Some("Tue 6 Oct, 11:00".to_owned())]);
        assert_eq!(deadlines("2026-10-13T16:00:00Z"), [Some("Mon 12 Oct, 17:00".to_owned()), Some("Tue 13 Oct, 15:00".to_owned())]);
    }

    #[test]
    fn the_past_and_the_far_future_are_not_shown() {
        let london = reader("Europe/London");
        let policy = CancellationPolicy::standard();
        let days = Days { reader: &london, now: NOW.parse().unwrap(), policy: &policy };
        assert_eq!(days.first_day(Span::Month, date("2020-01-15")), date("2026-10-01"));
        assert_eq!(days.first_day(Span::Week, date("2026-10-08")), date("2026-10-05"));
        assert!(days.first_day(Span::Month, date("2099-01-01")) < date("2028-01-01"));
        let month = period(&london, Span::Month, "2026-10-01", &[], Detail::All);
        assert_eq!((month.prev.as_deref(), month.next.as_deref()), (None, Some("2026-11-01")));
        assert_eq!(month.none.unwrap().text, "No free times in October 2026.");
        let later = period(&london, Span::Week, "2026-11-02", &[], Detail::All);
        assert_eq!((later.prev.as_deref(), later.days.len()), (Some("2026-10-26"), 7));
    }

    #[test]
    fn a_day_is_as_long_as_the_readers_clock_says() {
        let london = reader("Europe/London");
        let policy = CancellationPolicy::standard();
        let days = Days { reader: &london, now: NOW.parse().unwrap(), policy: &policy };
        let range = days.range(Span::Week, date("2026-10-19"));
        assert_eq!(range.end.duration_since(range.start), SignedDuration::from_hours(7 * 24 + 1));
    }
}
