//! The hours of a calendar.

use super::*;

fn told(schedule: &Schedule, from: &str, until: &str) -> Vec<String> {
    open_hours(schedule, at(from)..at(until)).iter().map(|open| format!("{}/{}", open.start, open.end)).collect()
}

#[test]
fn hours_are_cut_to_the_range_and_joined() {
    let schedule = daily("Europe/London", 30, &[(540, 720), (720, 780), (1_320, 1_500)]);
    let open = told(&schedule, "2026-07-01T00:00:00+01:00", "2026-07-02T00:00:00+01:00");
    assert_eq!(
        open,
        [
            "2026-06-30T23:00:00Z/2026-07-01T00:00:00Z",
            "2026-07-01T08:00:00Z/2026-07-01T12:00:00Z",
            "2026-07-01T21:00:00Z/2026-07-01T23:00:00Z"
        ]
    );
}

#[test]
fn a_date_of_its_own_replaces_the_week() {
    let mut schedule = daily("Europe/London", 30, &[(540, 720)]);
    schedule.exceptions.push(DateException { date: civil::date(2026, 7, 1), windows: vec![] });
    schedule.exceptions.push(DateException { date: civil::date(2026, 7, 2), windows: vec![(600, 660)] });
    let open = told(&schedule, "2026-07-01T00:00:00Z", "2026-07-03T00:00:00Z");
    assert_eq!(open, ["2026-07-02T09:00:00Z/2026-07-02T10:00:00Z"]);
}

#[test]
fn hours_over_a_skipped_hour_are_shorter() {
    let schedule = daily("Europe/London", 30, &[(0, 240)]);
    assert_eq!(told(&schedule, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z"), ["2026-03-29T00:00:00Z/2026-03-29T03:00:00Z"]);
}
