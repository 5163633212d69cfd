//! The hours themselves, for a calendar.

use super::{Schedule, blocks::blocks};
use jiff::Timestamp;
use std::ops::Range;

/// When the tutor works in `range`, booked or not: stretches of real time in order, cut to the
/// range. Hours that touch are one stretch.
pub fn open_hours(schedule: &Schedule, range: Range<Timestamp>) -> Vec<Range<Timestamp>> {
    let (_, blocks) = blocks(schedule, &schedule.zone.zone(), range.clone(), 0);
    let mut open: Vec<Range<Timestamp>> = Vec::new();
    for block in blocks {
        let (Ok(start), Ok(end)) = (Timestamp::from_second(block.real.start), Timestamp::from_second(block.open_until)) else { continue };
        let (start, end) = (start.max(range.start), end.min(range.end));
        if start >= end {
            continue;
        }
        match open.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => open.push(start..end),
        }
    }
    open
}
