//! A schedule's windows on the dates around a stretch of time, as real time.

use super::{
    Schedule,
    clock::{WallClock, ceil, floor, midnight},
};
use jiff::{Span, Timestamp, civil, tz::TimeZone};
use std::ops::Range;

const DAY: i64 = 86_400;

/// One window on one date.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Wall seconds of the window: the starts it offers lie in here.
    pub wall: Range<i64>,
    /// Real seconds of the window.
    pub real: Range<i64>,
    /// Real second at which the hours end, following windows that touch this one included.
    pub open_until: i64,
}

/// The blocks that matter to lessons of at most `duration` seconds that start in `starts`,
/// in the order of their real start.
pub(super) fn blocks(schedule: &Schedule, zone: &TimeZone, starts: Range<Timestamp>, duration: i64) -> (WallClock, Vec<Block>) {
    // A window reaches up to two days past its date's midnight; one more day for a date line.
    let margin = 4 * DAY;
    let clock = WallClock::new(zone, floor(starts.start) - margin, ceil(starts.end) + duration + margin);
    let mut blocks = Vec::new();
    let days = (ceil(starts.end) + duration - floor(starts.start)) / DAY + 6;
    let mut date = zone.to_datetime(starts.start).date().saturating_sub(Span::new().days(3));
    for _ in 0..=days {
        let Some(base) = midnight(date) else { break };
        for_each_window(schedule, date, |start, end| {
            let wall = base + i64::from(start) * 60..base + i64::from(end) * 60;
            let real = clock.opens(wall.start)..clock.closes(wall.end);
            if real.start < real.end {
                let open_until = real.end;
                blocks.push(Block { wall, real, open_until });
            }
        });
        let Ok(next) = date.tomorrow() else { break };
        date = next;
    }
    blocks.sort_unstable_by_key(|block| (block.real.start, block.real.end));
    join(&mut blocks);
    (clock, blocks)
}

/// The windows that start on `date`.
fn for_each_window(schedule: &Schedule, date: civil::Date, mut with: impl FnMut(u16, u16)) {
    let mut replaced = false;
    for exception in schedule.exceptions.iter().filter(|exception| exception.date == date) {
        replaced = true;
        for (start, end) in &exception.windows {
            with(*start, *end);
        }
    }
    if replaced {
        return;
    }
    let weekday = date.weekday().to_monday_one_offset().unsigned_abs();
    for window in schedule.weekly.iter().filter(|window| window.weekday == weekday) {
        with(window.start, window.end);
    }
}

/// Lets hours that touch or overlap end together.
fn join(blocks: &mut [Block]) {
    let mut until = i64::MIN;
    for block in blocks.iter_mut() {
        until = if block.real.start <= until { until.max(block.real.end) } else { block.real.end };
        block.open_until = until;
    }
    let mut following: Option<(i64, i64)> = None;
    for block in blocks.iter_mut().rev() {
        if let Some((start, until)) = following
            && start <= block.open_until
        {
            block.open_until = until;
        }
        following = Some((block.real.start, block.open_until));
    }
}
