//! Where the wall clock jumps.

use super::super::oracle;
use super::*;
use jiff::SignedDuration;
use proptest::prelude::*;

#[test]
fn london_skips_an_hour_in_march() {
    let schedule = daily("Europe/London", 30, &[(0, 180)]);
    assert_eq!(
        told(&schedule, 30, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z"),
        ["29 00:00 +00", "29 00:30 +00", "29 02:00 +01", "29 02:30 +01"]
    );
    // An hour from 00:30 ends at 02:30 on the wall, inside the window.
    assert_eq!(told(&schedule, 60, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z").len(), 3);
}

#[test]
fn london_repeats_an_hour_in_october() {
    let schedule = daily("Europe/London", 30, &[(60, 150)]);
    assert_eq!(
        told(&schedule, 30, "2026-10-25T00:00:00Z", "2026-10-25T12:00:00Z"),
        ["25 01:00 +01", "25 01:30 +01", "25 01:00 +00", "25 01:30 +00", "25 02:00 +00"]
    );
    // The window lasts two and a half hours of real time that night.
    assert_eq!(told(&schedule, 150, "2026-10-25T00:00:00Z", "2026-10-25T12:00:00Z"), ["25 01:00 +01"]);
}

#[test]
fn a_window_that_ends_in_a_fold_ends_at_the_later_time() {
    let schedule = daily("Europe/London", 30, &[(0, 90)]);
    assert_eq!(
        told(&schedule, 30, "2026-10-24T23:00:00Z", "2026-10-25T12:00:00Z"),
        ["25 00:00 +01", "25 00:30 +01", "25 01:00 +01", "25 01:00 +00"]
    );
    assert_eq!(told(&schedule, 150, "2026-10-24T23:00:00Z", "2026-10-25T12:00:00Z"), ["25 00:00 +01"]);
}

#[test]
fn a_window_that_ends_in_a_gap_ends_after_it() {
    // 00:00 to 01:30; 01:00 to 02:00 do not exist.
    let schedule = daily("Europe/London", 30, &[(0, 90)]);
    assert_eq!(told(&schedule, 30, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z"), ["29 00:00 +00", "29 00:30 +00"]);
    assert_eq!(told(&schedule, 60, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z"), ["29 00:00 +00"]);
    // A window inside the gap offers nothing.
    let inside = daily("Europe/London", 15, &[(75, 105)]);
    assert!(told(&inside, 15, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z").is_empty());
}

#[test]
fn a_window_past_midnight_into_a_change_of_clocks() {
    // 22:00 to 03:00.
    let schedule = daily("America/New_York", 60, &[(1_320, 1_620)]);
    assert_eq!(
        told(&schedule, 60, "2026-03-08T02:00:00Z", "2026-03-08T12:00:00Z"),
        ["07 22:00 -05", "07 23:00 -05", "08 00:00 -05", "08 01:00 -05"]
    );
    assert_eq!(
        told(&schedule, 60, "2026-11-01T01:00:00Z", "2026-11-01T12:00:00Z"),
        ["31 22:00 -04", "31 23:00 -04", "01 00:00 -04", "01 01:00 -04", "01 01:00 -05", "01 02:00 -05"]
    );
}

#[test]
fn lord_howe_moves_by_half_an_hour() {
    let schedule = daily("Australia/Lord_Howe", 15, &[(90, 150)]);
    // April: 02:00 becomes 01:30.
    assert_eq!(
        told(&schedule, 15, "2026-04-04T12:00:00Z", "2026-04-05T12:00:00Z"),
        ["05 01:30 +11", "05 01:45 +11", "05 01:30 +10:30", "05 01:45 +10:30", "05 02:00 +10:30", "05 02:15 +10:30"]
    );
    // October: 02:00 becomes 02:30.
    assert_eq!(told(&schedule, 15, "2026-10-03T12:00:00Z", "2026-10-04T12:00:00Z"), ["04 01:30 +10:30", "04 01:45 +10:30"]);
}

#[test]
fn kathmandu_is_a_quarter_off() {
    let schedule = daily("Asia/Kathmandu", 60, &[(540, 660)]);
    let slots = free_slots(&schedule, 60, &[], at("2026-01-05T00:00:00Z")..at("2026-01-06T00:00:00Z"), at("2026-01-05T00:00:00Z"));
    assert_eq!(slots.iter().map(|slot| slot.start).collect::<Vec<_>>(), [at("2026-01-05T03:15:00Z"), at("2026-01-05T04:15:00Z")]);
}

#[test]
fn apia_skipped_a_day() {
    // 2011-12-30 never was; the lesson from 23:30 on the 29th runs into the 31st.
    let schedule = daily("Pacific/Apia", 30, &[(0, 60), (1_380, 1_440)]);
    assert_eq!(told(&schedule, 60, "2011-12-29T12:00:00Z", "2011-12-31T09:00:00Z"), ["29 23:00 -10", "29 23:30 -10", "31 00:00 +14"]);
    // Windows over midnight: the one into the skipped day ends where it would begin, the one
    // out of it begins where it ended.
    let over = daily("Pacific/Apia", 60, &[(1_380, 1_500)]);
    assert_eq!(told(&over, 60, "2011-12-29T12:00:00Z", "2011-12-31T09:00:00Z"), ["29 23:00 -10", "31 00:00 +14"]);
}

#[test]
fn a_weekly_lesson_stays_at_its_wall_time_through_the_year() {
    let schedule = Schedule { weekly: vec![Window { weekday: 2, start: 1_020, end: 1_080 }], ..daily("Europe/London", 60, &[]) };
    let slots = free_slots(&schedule, 60, &[], at("2026-01-01T00:00:00Z")..at("2027-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z"));
    assert_eq!(slots.len(), 52);
    assert!(slots.iter().all(|slot| slot.wall.strftime("%a %H:%M").to_string() == "Tue 17:00"));
}

/// Every zone in one year; the gate goes through seven (2024 to 2030).
#[test]
fn every_zone_keeps_the_rules() {
    let (zones, seen) = check_every_zone(at("2026-01-01T00:00:00Z")..at("2027-01-01T00:00:00Z")).unwrap();
    assert!(zones > 400 && seen.transitions > 250, "{zones} zones, {seen:?}");
}

fn schedules() -> impl Strategy<Value = Schedule> {
    let zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns"];
    let window = (1_u8..=7, 0_u16..288, 1_u16..300).prop_map(|(weekday, start, length)| Window {
        weekday,
        start: start * 5,
        end: (start * 5 + length * 5).min(2_880),
    });
    let day = (0_i64..8, prop::collection::vec((0_u16..288, 1_u16..200), 0..3));
    let rules = (prop::sample::select(vec![5_u32, 10, 15, 20, 30, 45, 60, 90]), 0_u32..40, 0_u32..40, 0_u32..3_000, 0_u32..9);
    (prop::sample::select(zones.to_vec()), prop::collection::vec(window, 0..8), prop::collection::vec(day, 0..3), rules).prop_map(
        |(zone, weekly, days, (increment, before, after, notice, horizon))| Schedule {
            zone: ZoneName::new(zone).unwrap(),
            weekly,
            exceptions: days
                .into_iter()
                .map(|(day, windows)| DateException {
                    date: jiff::civil::date(2026, 3, 27) + jiff::Span::new().days(day),
                    windows: windows.into_iter().map(|(start, length)| (start * 5, (start + length) * 5)).collect(),
                })
                .collect(),
            rules: SlotRules {
                increment_minutes: increment,
                buffer_before_minutes: before,
                buffer_after_minutes: after,
                notice_minutes: notice,
                horizon_days: horizon,
            },
        },
    )
}

/// Moments around which clocks change somewhere above.
const MOMENTS: [&str; 6] = [
    "2026-03-29T01:00:00Z",
    "2026-10-25T01:00:00Z",
    "2026-03-08T07:00:00Z",
    "2026-11-01T06:00:00Z",
    "2026-04-04T15:00:00Z",
    "2011-12-30T10:00:00Z",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn the_search_finds_what_the_definition_says(
        schedule in schedules(),
        moment in prop::sample::select(MOMENTS.to_vec()),
        lead in 0_i64..2_000,
        length in 1_i64..4_000,
        now_before in -500_i64..3_000,
        duration in 1_u32..40,
        taken in prop::collection::vec((-3_000_i64..3_000, 5_i64..200, 0_u32..50, 0_u32..50), 0..6),
    ) {
        let moment = at(moment);
        let minutes = SignedDuration::from_mins;
        let range = moment - minutes(lead)..moment - minutes(lead) + minutes(length);
        let now = range.start - minutes(now_before);
        let duration = duration * 5;
        let busy: Vec<Busy> = taken
            .into_iter()
            .map(|(start, length, before, after)| Busy {
                start: moment + minutes(start),
                end: moment + minutes(start + length),
                buffer_before_minutes: before,
                buffer_after_minutes: after,
            })
            .collect();
        let found = free_slots(&schedule, duration, &busy, range.clone(), now);
        prop_assert_eq!(&found, &oracle::free_slots(&schedule, duration, &busy, range.clone(), now));

        // What can be held is what is offered.
        let mut start = range.start;
        while start < range.end {
            let offered = found.iter().find(|slot| slot.start == start);
            let held = is_free(&schedule, start, duration, &busy, now).ok();
            prop_assert_eq!(held.as_ref(), offered);
            start += minutes(7);
        }
        for slot in &found {
            prop_assert_eq!(is_free(&schedule, slot.start, duration, &busy, now), Ok(*slot));
        }
    }
}
