//! The editor's rules.

use super::super::{WindowError, WindowProblem, check_day, check_windows};
use super::*;

fn window(weekday: u8, start: u16, end: u16) -> Window {
    Window { weekday, start, end }
}

fn refused(windows: &[Window]) -> (usize, WindowProblem) {
    let WindowError { at, problem } = check_windows(windows).unwrap_err();
    (at, problem)
}

#[test]
fn sound_weeks_pass() {
    check_windows(&[]).unwrap();
    check_windows(&[window(1, 540, 720), window(1, 720, 780), window(7, 1_380, 1_500), window(1, 60, 120)]).unwrap();
    check_windows(&[window(6, 0, 2_880), window(1, 0, 1_440)]).unwrap();
    let always: Vec<Window> = (1..=7).map(|weekday| window(weekday, 0, 1_440)).collect();
    check_windows(&always).unwrap();
}

#[test]
fn unsound_windows_are_named() {
    use WindowProblem as P;
    assert_eq!(refused(&[window(0, 0, 60)]), (0, P::Weekday));
    assert_eq!(refused(&[window(1, 0, 60), window(8, 0, 60)]), (1, P::Weekday));
    assert_eq!(refused(&[window(1, 60, 60)]), (0, P::Empty));
    assert_eq!(refused(&[window(1, 120, 60)]), (0, P::Empty));
    assert_eq!(refused(&[window(1, 1_440, 1_500)]), (0, P::TooLong));
    assert_eq!(refused(&[window(1, 0, 2_885)]), (0, P::TooLong));
    assert_eq!(refused(&[window(1, 3, 60)]), (0, P::Step));
    assert_eq!(refused(&[window(1, 0, 61)]), (0, P::Step));
}

#[test]
fn overlaps_are_found_past_midnight_and_over_the_weekend() {
    use WindowProblem as P;
    assert_eq!(refused(&[window(1, 540, 600), window(1, 595, 660)]), (1, P::Overlap));
    assert_eq!(refused(&[window(2, 0, 60), window(1, 1_380, 1_445)]), (0, P::Overlap));
    assert_eq!(refused(&[window(1, 0, 60), window(7, 1_380, 1_445)]), (0, P::Overlap));
    assert_eq!(refused(&[window(1, 0, 1_000), window(1, 100, 200), window(1, 300, 400)]), (1, P::Overlap));
    assert_eq!(check_day(&[(0, 60), (30, 90)]).unwrap_err().problem, P::Overlap);
    check_day(&[(0, 60), (60, 90)]).unwrap();
}
