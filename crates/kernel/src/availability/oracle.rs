//! The rules of free slots once more, slowly: minute by minute, without the arithmetic that
//! is under test.

use super::{Busy, Schedule, Slot};
use jiff::{SignedDuration, Span, Timestamp, civil::DateTime, tz::TimeZone};
use std::ops::Range;

/// Every minute around the range with what the wall clock shows.
struct Minutes(Vec<(Timestamp, DateTime)>);

impl Minutes {
    fn new(zone: &TimeZone, range: &Range<Timestamp>) -> Self {
        let mut at = range.start - SignedDuration::from_hours(24 * 4);
        let last = range.end + SignedDuration::from_hours(24 * 5);
        let mut minutes = Vec::new();
        while at < last {
            minutes.push((at, zone.to_datetime(at)));
            at += SignedDuration::from_mins(1);
        }
        Self(minutes)
    }

    fn after_gap(&self, wall: DateTime) -> Option<Timestamp> {
        self.0.iter().find(|(_, shown)| *shown > wall).map(|(at, _)| *at)
    }

    fn opens(&self, wall: DateTime) -> Option<Timestamp> {
        self.0.iter().find(|(_, shown)| *shown == wall).map(|(at, _)| *at).or_else(|| self.after_gap(wall))
    }

    fn closes(&self, wall: DateTime) -> Option<Timestamp> {
        self.0.iter().rev().find(|(_, shown)| *shown == wall).map(|(at, _)| *at).or_else(|| self.after_gap(wall))
    }
}

/// The free slots by definition. `range` starts on a full minute.
pub(super) fn free_slots(schedule: &Schedule, duration: u32, busy: &[Busy], range: Range<Timestamp>, now: Timestamp) -> Vec<Slot> {
    let zone = schedule.zone.zone();
    let minutes = Minutes::new(&zone, &range);
    let windows = windows(schedule, &zone, &range);
    let open: Vec<(DateTime, DateTime, Timestamp, Timestamp)> =
        windows.into_iter().filter_map(|(start, end)| Some((start, end, minutes.opens(start)?, minutes.closes(end)?))).collect();
    let lesson = SignedDuration::from_mins(i64::from(duration));
    let rules = &schedule.rules;
    let last_date = zone.to_datetime(now).date() + Span::new().days(i64::from(rules.horizon_days));

    let mut slots = Vec::new();
    for (start, wall) in minutes.0.iter().copied().filter(|(at, _)| range.contains(at)) {
        let on_grid = open.iter().any(|(from, until, opens, closes)| {
            *from <= wall
                && wall < *until
                && (*opens..*closes).contains(&start)
                && wall.duration_since(*from).as_mins() % i64::from(rules.increment_minutes) == 0
        });
        let in_hours = || {
            (0..i64::from(duration)).all(|minute| {
                let at = start + SignedDuration::from_mins(minute);
                open.iter().any(|(_, _, opens, closes)| (*opens..*closes).contains(&at))
            })
        };
        let end = start + lesson;
        let apart = |busy: &Busy| {
            let after_us = i64::from(rules.buffer_after_minutes.max(busy.buffer_before_minutes));
            let after_it = i64::from(busy.buffer_after_minutes.max(rules.buffer_before_minutes));
            end + SignedDuration::from_mins(after_us) <= busy.start || busy.end + SignedDuration::from_mins(after_it) <= start
        };
        let noticed = start >= now + SignedDuration::from_mins(i64::from(rules.notice_minutes));
        if on_grid && noticed && wall.date() <= last_date && busy.iter().all(apart) && in_hours() {
            slots.push(Slot { start, end, wall, offset: zone.to_offset(start) });
        }
    }
    slots
}

fn windows(schedule: &Schedule, zone: &TimeZone, range: &Range<Timestamp>) -> Vec<(DateTime, DateTime)> {
    let mut windows = Vec::new();
    let mut date = zone.to_datetime(range.start).date() - Span::new().days(3);
    let last = zone.to_datetime(range.end).date() + Span::new().days(3);
    while date <= last {
        let exceptions: Vec<_> = schedule.exceptions.iter().filter(|exception| exception.date == date).collect();
        let today: Vec<(u16, u16)> = if exceptions.is_empty() {
            let weekday = date.weekday().to_monday_one_offset();
            schedule.weekly.iter().filter(|w| i64::from(w.weekday) == i64::from(weekday)).map(|w| (w.start, w.end)).collect()
        } else {
            exceptions.iter().flat_map(|exception| exception.windows.iter().copied()).collect()
        };
        let midnight = date.at(0, 0, 0, 0);
        let wall = |minute: u16| midnight + SignedDuration::from_mins(i64::from(minute));
        windows.extend(today.into_iter().map(|(start, end)| (wall(start), wall(end))));
        date = date.tomorrow().unwrap_or(date);
    }
    windows
}
