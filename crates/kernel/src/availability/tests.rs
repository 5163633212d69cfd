mod dst;
mod open;
mod rules;
mod windows;

use super::*;
use crate::zone::ZoneName;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn open_rules(increment_minutes: u32) -> SlotRules {
    SlotRules { increment_minutes, buffer_before_minutes: 0, buffer_after_minutes: 0, notice_minutes: 0, horizon_days: 3_650 }
}

/// Every day the same windows.
fn daily(zone: &str, increment: u32, windows: &[(u16, u16)]) -> Schedule {
    let weekly = (1..=7).flat_map(|weekday| windows.iter().map(move |(start, end)| Window { weekday, start: *start, end: *end }));
    Schedule { zone: ZoneName::new(zone).unwrap(), weekly: weekly.collect(), exceptions: vec![], rules: open_rules(increment) }
}

/// The slots of `from..until` as wall times with offsets, e.g. `25 01:30 +01`.
fn told(schedule: &Schedule, duration: u32, from: &str, until: &str) -> Vec<String> {
    let slots = free_slots(schedule, duration, &[], at(from)..at(until), at(from));
    slots.iter().map(|slot| format!("{} {}", slot.wall.strftime("%d %H:%M"), slot.offset)).collect()
}

fn busy(start: &str, minutes: i64, before: u32, after: u32) -> Busy {
    let start = at(start);
    let end = start + jiff::SignedDuration::from_mins(minutes);
    Busy { start, end, buffer_before_minutes: before, buffer_after_minutes: after }
}
