//! A zone's wall clock over a stretch of time, as pieces of constant offset.
//!
//! Seconds are used throughout: *real* seconds since the Unix epoch, and *wall* seconds, the
//! seconds from 1970-01-01T00:00 that the wall clock shows (real plus offset).

use jiff::{
    Timestamp, civil,
    tz::{Offset, TimeZone},
};

/// Far before and after every timestamp, and far from overflow.
const FOREVER: i64 = i64::MAX / 4;

/// Real time with one offset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// First real second.
    pub start: i64,
    /// The real second after the last.
    pub end: i64,
    /// The offset from UTC.
    pub offset: Offset,
}

impl Piece {
    /// The wall clock at a real second of this piece.
    pub fn wall(&self, real: i64) -> i64 {
        real + i64::from(self.offset.seconds())
    }

    /// The real second at which this piece's clock shows `wall`.
    pub fn real(&self, wall: i64) -> i64 {
        wall - i64::from(self.offset.seconds())
    }

    fn shows(&self, wall: i64) -> bool {
        (self.wall(self.start)..self.wall(self.end)).contains(&wall)
    }
}

/// The pieces of a zone's clock, without holes, in order.
#[derive(Debug)]
pub(super) struct WallClock {
    pieces: Vec<Piece>,
}

impl WallClock {
    /// The clock of `zone`, right for the real seconds `from..until`.
    pub fn new(zone: &TimeZone, from: i64, until: i64) -> Self {
        let first = timestamp_clamped(from);
        let mut pieces = Vec::with_capacity(3);
        let mut start = -FOREVER;
        let mut offset = zone.to_offset(first);
        for transition in zone.following(first) {
            let at = transition.timestamp().as_second();
            if at >= until {
                break;
            }
            if transition.offset() != offset {
                pieces.push(Piece { start, end: at, offset });
                start = at;
                offset = transition.offset();
            }
        }
        pieces.push(Piece { start, end: FOREVER, offset });
        Self { pieces }
    }

    /// The pieces.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Where a window begins whose wall clock says `wall`: the earlier instant of a fold, the
    /// end of a gap.
    pub fn opens(&self, wall: i64) -> i64 {
        let shown = self.pieces.iter().find(|piece| piece.shows(wall));
        shown.map_or_else(|| self.after_gap(wall), |piece| piece.real(wall))
    }

    /// Where a window ends whose wall clock says `wall`: the later instant of a fold, the end
    /// of a gap.
    pub fn closes(&self, wall: i64) -> i64 {
        let shown = self.pieces.iter().rev().find(|piece| piece.shows(wall));
        shown.map_or_else(|| self.after_gap(wall), |piece| piece.real(wall))
    }

    /// The first real second after the gap that swallows `wall`.
    fn after_gap(&self, wall: i64) -> i64 {
        self.pieces.iter().find(|piece| piece.wall(piece.start) > wall).map_or(FOREVER, |piece| piece.start)
    }
}

/// The wall second of a date's midnight.
pub(super) fn midnight(date: civil::Date) -> Option<i64> {
    Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok().map(Timestamp::as_second)
}

/// The last whole second at or before `at`.
pub(super) fn floor(at: Timestamp) -> i64 {
    at.as_second() - i64::from(at.subsec_nanosecond() < 0)
}

/// The first whole second at or after `at`.
pub(super) fn ceil(at: Timestamp) -> i64 {
    at.as_second() + i64::from(at.subsec_nanosecond() > 0)
}

fn timestamp_clamped(second: i64) -> Timestamp {
    let inside = second.clamp(Timestamp::MIN.as_second() + 1, Timestamp::MAX.as_second());
    Timestamp::from_second(inside).unwrap_or(Timestamp::UNIX_EPOCH)
}
