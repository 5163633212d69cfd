//! Hours, buffers, notice, horizon.

use super::*;

const MONDAY: &str = "2026-06-01T00:00:00Z";
const TUESDAY: &str = "2026-06-02T00:00:00Z";

fn starts(schedule: &Schedule, duration: u32, busy: &[Busy], now: &str) -> Vec<String> {
    let slots = free_slots(schedule, duration, busy, at(MONDAY)..at(TUESDAY), at(now));
    slots.iter().map(|slot| slot.start.strftime("%H:%M").to_string()).collect()
}

#[test]
fn starts_count_from_the_windows_start() {
    let schedule = daily("UTC", 45, &[(550, 700)]);
    assert_eq!(starts(&schedule, 60, &[], MONDAY), ["09:10", "09:55", "10:40"]);
    assert_eq!(starts(&schedule, 61, &[], MONDAY), ["09:10", "09:55"]);
    assert!(starts(&schedule, 0, &[], MONDAY).is_empty());
    assert!(starts(&daily("UTC", 0, &[(550, 700)]), 60, &[], MONDAY).is_empty());
}

#[test]
fn a_lesson_may_run_from_one_window_into_the_next() {
    let touching = daily("UTC", 30, &[(540, 570), (570, 600)]);
    assert_eq!(starts(&touching, 60, &[], MONDAY), ["09:00"]);
    let apart = daily("UTC", 30, &[(540, 570), (575, 605)]);
    assert!(starts(&apart, 60, &[], MONDAY).is_empty());
    let overlapping = daily("UTC", 30, &[(540, 600), (570, 630)]);
    assert_eq!(starts(&overlapping, 30, &[], MONDAY), ["09:00", "09:30", "10:00"]);
    // Over midnight, day after day.
    let night = daily("UTC", 60, &[(0, 60), (1_380, 1_440)]);
    assert_eq!(starts(&night, 120, &[], MONDAY), ["23:00"]);
}

#[test]
fn an_exception_replaces_the_windows_that_start_on_its_date() {
    let mut schedule = daily("UTC", 60, &[(1_320, 1_500)]);
    schedule.exceptions = vec![DateException { date: "2026-06-01".parse().unwrap(), windows: vec![] }];
    // Sunday's window still reaches in.
    assert_eq!(starts(&schedule, 60, &[], MONDAY), ["00:00"]);
    schedule.exceptions = vec![DateException { date: "2026-06-01".parse().unwrap(), windows: vec![(600, 660)] }];
    assert_eq!(starts(&schedule, 60, &[], MONDAY), ["00:00", "10:00"]);
}

#[test]
fn the_gap_is_the_longer_buffer_not_the_sum() {
    let mut schedule = daily("UTC", 5, &[(540, 720)]);
    schedule.rules.buffer_before_minutes = 10;
    schedule.rules.buffer_after_minutes = 15;
    // The lesson at 10:00 wants 20 minutes before itself and 5 after.
    let taken = [busy("2026-06-01T10:00:00Z", 60, 20, 5)];
    let found = starts(&schedule, 30, &taken, MONDAY);
    assert_eq!(found.first().map(String::as_str), Some("09:00"));
    assert!(found.contains(&"09:10".to_owned()), "max(15, 20) before");
    assert!(!found.contains(&"09:15".to_owned()));
    assert!(!found.contains(&"11:05".to_owned()));
    assert!(found.contains(&"11:10".to_owned()), "max(5, 10) after");
}

#[test]
fn without_buffers_lessons_may_touch() {
    let schedule = daily("UTC", 30, &[(540, 720)]);
    let taken = [busy("2026-06-01T11:00:00Z", 30, 0, 0), busy("2026-06-01T10:00:00Z", 30, 0, 0)];
    assert_eq!(starts(&schedule, 30, &taken, MONDAY), ["09:00", "09:30", "10:30", "11:30"]);
    let nothing = [Busy { end: taken[0].start, ..taken[0] }];
    assert_eq!(starts(&schedule, 30, &nothing, MONDAY).len(), 6);
}

#[test]
fn notice_counts_to_the_second() {
    let mut schedule = daily("UTC", 60, &[(540, 720)]);
    schedule.rules.notice_minutes = 120;
    assert_eq!(starts(&schedule, 60, &[], "2026-06-01T07:00:00Z"), ["09:00", "10:00", "11:00"]);
    assert_eq!(starts(&schedule, 60, &[], "2026-06-01T07:00:00.5Z"), ["10:00", "11:00"]);
    let ask = |now: &str| is_free(&schedule, at("2026-06-01T09:00:00Z"), 60, &[], at(now));
    assert!(ask("2026-06-01T07:00:00Z").is_ok());
    assert_eq!(ask("2026-06-01T07:00:01Z"), Err(NotFree::TooSoon));
}

#[test]
fn the_horizon_is_a_date_of_the_tutors_calendar() {
    let mut schedule = daily("Pacific/Auckland", 60, &[(0, 1_440)]);
    schedule.rules.horizon_days = 1;
    // In Auckland (+12) it is 2 June, 00:30.
    let now = at("2026-06-01T12:30:00Z");
    let slots = free_slots(&schedule, 60, &[], now..at("2026-07-01T00:00:00Z"), now);
    assert_eq!(slots.last().unwrap().wall.to_string(), "2026-06-03T23:00:00");
    assert!(is_free(&schedule, at("2026-06-03T11:00:00Z"), 60, &[], now).is_ok());
    assert_eq!(is_free(&schedule, at("2026-06-03T12:00:00Z"), 60, &[], now), Err(NotFree::TooFar));
    schedule.rules.horizon_days = u32::MAX;
    assert!(is_free(&schedule, at("2026-06-03T12:00:00Z"), 60, &[], now).is_ok());
}

#[test]
fn only_offered_instants_can_be_held() {
    let schedule = daily("UTC", 30, &[(540, 720)]);
    let taken = [busy("2026-06-01T10:00:00Z", 60, 0, 0)];
    let ask = |start: &str| is_free(&schedule, at(start), 60, &taken, at(MONDAY)).map(|slot| slot.end);
    assert_eq!(ask("2026-06-01T09:00:00Z"), Ok(at("2026-06-01T10:00:00Z")));
    assert_eq!(ask("2026-06-01T09:30:00Z"), Err(NotFree::Taken));
    for off in ["2026-06-01T09:10:00Z", "2026-06-01T09:00:01Z", "2026-06-01T08:59:59.5Z", "2026-06-01T11:30:00Z", "9999-12-01T09:10:00Z"] {
        assert_eq!(ask(off), Err(NotFree::OutsideHours), "{off}");
    }
}

#[test]
fn absurd_arguments_offer_nothing() {
    let schedule = daily("UTC", 30, &[(540, 720)]);
    let now = at(MONDAY);
    assert!(free_slots(&schedule, 60, &[], at(TUESDAY)..now, now).is_empty());
    assert!(free_slots(&schedule, u32::MAX, &[], now..at(TUESDAY), now).is_empty());
    assert!(free_slots(&schedule, 60, &[], Timestamp::MIN..Timestamp::MAX, Timestamp::MAX).is_empty());
    assert_eq!(is_free(&schedule, Timestamp::MIN, 60, &[], now), Err(NotFree::OutsideHours));
    assert_eq!(is_free(&schedule, Timestamp::MAX, 60, &[], now), Err(NotFree::OutsideHours));
}
