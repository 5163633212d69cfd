//! The rules of working hours, for their editor.

use super::Window;

/// Minutes of a day and of a week.
const DAY: u32 = 1_440;
const WEEK: u32 = 7 * DAY;

/// Windows begin and end on multiples of this many minutes.
pub const STEP_MINUTES: u16 = 5;

/// A window that is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("window {at}: {problem}")]
pub struct WindowError {
    /// The window, counted from 0 in the given order.
    pub at: usize,
    /// What is wrong with it.
    pub problem: WindowProblem,
}

/// What is wrong with a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WindowProblem {
    /// The weekday is not 1 to 7.
    #[error("no such weekday")]
    Weekday,
    /// It does not end after its start.
    #[error("ends before it starts")]
    Empty,
    /// It starts after its day, or ends after the following day.
    #[error("too long")]
    TooLong,
    /// Its start or end is no multiple of five minutes.
    #[error("not on five minutes")]
    Step,
    /// It overlaps another window.
    #[error("overlaps another window")]
    Overlap,
}

impl WindowProblem {
    /// The message key (`error-…`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weekday => "error-window-weekday",
            Self::Empty => "error-window-empty",
            Self::TooLong => "error-window-too-long",
            Self::Step => "error-window-step",
            Self::Overlap => "error-window-overlap",
        }
    }
}

/// Checks the windows of a week: each one sound, no two overlapping, past midnight and from
/// Sunday into Monday included. Touching is fine.
pub fn check_windows(windows: &[Window]) -> Result<(), WindowError> {
    let mut spans = Vec::with_capacity(windows.len());
    for (at, window) in windows.iter().enumerate() {
        if !(1..=7).contains(&window.weekday) {
            return Err(WindowError { at, problem: WindowProblem::Weekday });
        }
        check_one(at, window.start, window.end)?;
        let day = u32::from(window.weekday - 1) * DAY;
        spans.push((day + u32::from(window.start), day + u32::from(window.end), at));
    }
    // A second week lets Sunday's windows meet Monday's.
    let next_week: Vec<_> = spans.iter().map(|(start, end, at)| (start + WEEK, end + WEEK, *at)).collect();
    spans.extend(next_week);
    check_overlap(spans)
}

/// Checks the windows of one date (start and end in minutes, as in [`Window`]).
pub fn check_day(windows: &[(u16, u16)]) -> Result<(), WindowError> {
    let mut spans = Vec::with_capacity(windows.len());
    for (at, (start, end)) in windows.iter().enumerate() {
        check_one(at, *start, *end)?;
        spans.push((u32::from(*start), u32::from(*end), at));
    }
    check_overlap(spans)
}

fn check_one(at: usize, start: u16, end: u16) -> Result<(), WindowError> {
    let problem = if start >= end {
        WindowProblem::Empty
    } else if u32::from(start) >= DAY || u32::from(end) > 2 * DAY {
        WindowProblem::TooLong
    } else if !(start.is_multiple_of(STEP_MINUTES) && end.is_multiple_of(STEP_MINUTES)) {
        WindowProblem::Step
    } else {
        return Ok(());
    };
    Err(WindowError { at, problem })
}

fn check_overlap(mut spans: Vec<(u32, u32, usize)>) -> Result<(), WindowError> {
    spans.sort_unstable();
    let mut until = 0;
    for (start, end, at) in spans {
        if start < until {
            return Err(WindowError { at, problem: WindowProblem::Overlap });
        }
        until = end;
    }
    Ok(())
}
