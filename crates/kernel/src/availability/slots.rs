//! The search for free slots.

use super::{
    Busy, NotFree, Schedule, Slot,
    blocked::Blocked,
    blocks::{Block, blocks},
    clock::{Piece, WallClock, ceil, midnight},
};
use jiff::{SignedDuration, Span, Timestamp, tz::TimeZone};
use std::ops::Range;

/// The free slots whose start lies in `range`, in order, without duplicates.
///
/// - Starts lie on the tutor's wall clock at the window's start plus a multiple of the
///   increment. Windows that touch keep their own starts, but a lesson may run from one into
///   the next.
/// - A lesson lasts `duration_minutes` of real time and ends within the hours.
/// - `busy` needs no order.
pub fn free_slots(schedule: &Schedule, duration_minutes: u32, busy: &[Busy], range: Range<Timestamp>, now: Timestamp) -> Vec<Slot> {
    let zone = schedule.zone.zone();
    let limits = Limits::new(schedule, &zone, now);
    let starts = range.start.max(limits.soonest)..range.end.min(limits.latest);
    if starts.start >= starts.end {
        return Vec::new();
    }
    let duration = i64::from(duration_minutes) * 60;
    let (clock, blocks) = blocks(schedule, &zone, starts.clone(), duration);
    let blocked = Blocked::new(busy, &schedule.rules, duration);
    let seconds = ceil(starts.start)..ceil(starts.end);

    let mut slots: Vec<Slot> = Vec::new();
    for_each_start(schedule, &clock, &blocks, &seconds, duration, |piece, first, step, last| {
        let mut walk = blocked.walk_from(first);
        let mut start = first;
        while start <= last {
            if piece.wall(start) < limits.wall_end
                && !walk.forbids(start)
                && let Some(slot) = slot(piece, start, duration)
            {
                slots.push(slot);
            }
            start += step;
        }
    });
    // Only windows that overlap leave anything to do here.
    slots.sort_unstable_by_key(|slot| slot.start);
    slots.dedup_by_key(|slot| slot.start);
    slots
}

/// The slot that starts at exactly `start`, or why there is none.
pub fn is_free(schedule: &Schedule, start: Timestamp, duration_minutes: u32, busy: &[Busy], now: Timestamp) -> Result<Slot, NotFree> {
    let zone = schedule.zone.zone();
    let duration = i64::from(duration_minutes) * 60;
    let second = ceil(start);
    let (clock, blocks) = blocks(schedule, &zone, start..start, duration);
    let mut found = None;
    for_each_start(schedule, &clock, &blocks, &(second..second + 1), duration, |piece, first, _, last| {
        if first <= last {
            found = slot(piece, first, duration).map(|slot| (slot, piece.wall(first)));
        }
    });
    // An instant between two seconds is no slot, though the next second may be.
    let (slot, wall) = found.filter(|(slot, _)| slot.start == start).ok_or(NotFree::OutsideHours)?;

    let limits = Limits::new(schedule, &zone, now);
    if start < limits.soonest {
        return Err(NotFree::TooSoon);
    }
    if wall >= limits.wall_end {
        return Err(NotFree::TooFar);
    }
    if Blocked::new(busy, &schedule.rules, duration).forbids(second) {
        return Err(NotFree::Taken);
    }
    Ok(slot)
}

/// What notice and horizon leave.
struct Limits {
    /// The first instant at which a lesson may start.
    soonest: Timestamp,
    /// An instant after the last start; a bound for the search only.
    latest: Timestamp,
    /// The wall second at which the first date beyond the horizon begins.
    wall_end: i64,
}

impl Limits {
    fn new(schedule: &Schedule, zone: &TimeZone, now: Timestamp) -> Self {
        let notice = SignedDuration::from_mins(i64::from(schedule.rules.notice_minutes));
        let soonest = now.checked_add(notice).unwrap_or(Timestamp::MAX);
        // Twenty years are beyond any calendar and within the range of dates.
        let horizon = i64::from(schedule.rules.horizon_days.min(7_305));
        let today = zone.to_datetime(now).date();
        let after = today.saturating_add(Span::new().days(horizon + 1));
        let latest = now.checked_add(SignedDuration::from_hours((horizon + 4) * 24)).unwrap_or(Timestamp::MAX);
        Self { soonest, latest, wall_end: midnight(after).unwrap_or(i64::MAX) }
    }
}

/// Calls `with` for every run of starts: a piece of the clock, the first start, the step and
/// the last second that may be a start. All starts lie in `seconds` and inside the hours.
fn for_each_start(
    schedule: &Schedule,
    clock: &WallClock,
    blocks: &[Block],
    seconds: &Range<i64>,
    duration: i64,
    mut with: impl FnMut(&Piece, i64, i64, i64),
) {
    let step = i64::from(schedule.rules.increment_minutes) * 60;
    if step == 0 || duration == 0 {
        return;
    }
    for block in blocks {
        for piece in clock.pieces() {
            let earliest = seconds.start.max(block.real.start).max(piece.start).max(piece.real(block.wall.start));
            let latest =
                (seconds.end.min(block.real.end).min(piece.end).min(piece.real(block.wall.end)) - 1).min(block.open_until - duration);
            // The first start of the window's grid that is not before `earliest`.
            let into = (piece.wall(earliest) - block.wall.start).rem_euclid(step);
            let first = if into == 0 { earliest } else { earliest + step - into };
            if first <= latest {
                with(piece, first, step, latest);
            }
        }
    }
}

fn slot(piece: &Piece, start: i64, duration: i64) -> Option<Slot> {
    let start = Timestamp::from_second(start).ok()?;
    let end = start.checked_add(SignedDuration::from_secs(duration)).ok()?;
    Some(Slot { start, end, wall: piece.offset.to_datetime(start), offset: piece.offset })
}
