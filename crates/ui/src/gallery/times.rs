//! Months, weeks, agendas, slots.

use leptos::prelude::*;

use super::{caption, section};
use crate::prelude::*;

pub(super) fn sections() -> Vec<AnyView> {
    vec![
        section("times", "Times", times()),
        section("week", "Week", week()),
        section("agenda", "Agenda", agenda()),
        section("month", "Month", month()),
    ]
}

fn weekdays() -> Vec<(String, String)> {
    [
        ("Mon", "Monday"),
        ("Tue", "Tuesday"),
        ("Wed", "Wednesday"),
        ("Thu", "Thursday"),
        ("Fri", "Friday"),
        ("Sat", "Saturday"),
        ("Sun", "Sunday"),
    ]
    .map(|(short, full)| (short.to_owned(), full.to_owned()))
    .to_vec()
}

/// The weeks of October 2026: day numbers from -2 (28 September) on.
fn weeks<T>(make: impl Fn(i32, bool, i32) -> T) -> Vec<Vec<T>> {
    (0..5)
        .map(|week| {
            (0..7)
                .map(|day| {
                    let n = week * 7 + day - 2;
                    let (number, out) = match n {
                        ..=0 => (n + 30, true),
                        1..=31 => (n, false),
                        _ => (n - 31, true),
                    };
                    make(number, out, day)
                })
                .collect()
        })
        .collect()
}

fn times() -> AnyView {
    let days = weeks(|number, out, weekday| {
        let state = match (out, number, weekday) {
            (true, ..) => DayState::Out,
            (_, 16 | 23, _) => DayState::Full,
            (_, 6.., 0..=3) | (_, 9, _) => DayState::Free,
            _ => DayState::None,
        };
        Day {
            text: number.to_string(),
            label: format!("{number} October"),
            state,
            href: (state == DayState::Free).then(|| "#times".to_owned()),
            today: number == 6 && !out,
            chosen: number == 13 && !out,
        }
    });
    let nav = MonthNav {
        prev: None,
        next: Some("#times".to_owned()),
        prev_label: "Previous month".to_owned(),
        next_label: "Next month".to_owned(),
    };
    let slot = |text: &str, state, note: Option<&str>| Slot {
        text: text.to_owned(),
        label: format!("Tuesday 13 October, {text}"),
        note: note.map(str::to_owned),
        href: Some("#times".to_owned()),
        state,
        ..Slot::default()
    };
    view! {
        <div class="cols-2">
            <MonthGrid id="g-october" title="October 2026" weekdays=weekdays() weeks=days nav=nav />
            <div class="stack stack-3">
                <SlotGrid
                    label="Tuesday 13 October, London time"
                    slots=vec![
                        slot("16:00", SlotState::Free, None),
                        slot("17:00", SlotState::Chosen, None),
                        slot("17:30", SlotState::Free, None),
                        slot("18:30", SlotState::Taken, Some("on hold")),
                        slot("01:30", SlotState::Free, Some("UTC+1")),
                        slot("01:30", SlotState::Free, Some("UTC+0")),
                    ]
                />
                <SlotGrid label="Small" small=true slots=vec![slot("16:00", SlotState::Free, None), slot("18:30", SlotState::Free, None)] />
                {caption("Free, chosen, today (dot), fully booked (struck), no times; slots free, chosen, held, twice when clocks go back.")}
            </div>
        </div>
    }
    .into_any()
}

fn event(day: u8, from: u16, to: u16, title: &str, lines: [&str; 2], kind: EventKind) -> WeekEvent {
    WeekEvent {
        day,
        from,
        to,
        href: (kind != EventKind::Busy).then(|| "#week".to_owned()),
        title: title.to_owned(),
        lines: lines.iter().filter(|line| !line.is_empty()).map(|line| (*line).to_owned()).collect(),
        label: lines.join(", "),
        kind,
        chosen: title == "Wei Chen",
    }
}

fn week() -> AnyView {
    let days = weekdays()
        .into_iter()
        .zip(5..)
        .map(|((name, full), number)| WeekDay {
            label: format!("{full} {number} October"),
            name,
            number: number.to_string(),
            href: "#week".to_owned(),
            count: if number < 9 { "3".to_owned() } else { String::new() },
            today: number == 6,
        })
        .collect();
    let hours = (9..18).map(|hour| WeekHour { minute: hour * 60, text: format!("{hour:02}:00") }).collect();
    let open = (0..5).flat_map(|day| [WeekOpen { day, from: 540, to: 780 }, WeekOpen { day, from: 840, to: 1080 }]).collect();
    let events = vec![
        event(0, 540, 600, "Nadia Rahman", ["Rust lifetimes", "9:00–10:00"], EventKind::Past),
        event(0, 630, 720, "SQL clinic", ["Group, 8 of 8", "10:30–12:00"], EventKind::Past),
        event(1, 540, 590, "Tomás Herrera", ["Async Rust", "9:00–9:50"], EventKind::Past),
        event(1, 780, 840, "Nadia Rahman", ["Borrow checker", "13:00–14:00"], EventKind::Lesson),
        event(1, 855, 945, "Wei Chen", ["Queues and retries", "14:15–15:45"], EventKind::Lesson),
        event(2, 690, 735, "Dentist", ["", ""], EventKind::Busy),
        event(2, 840, 960, "Rust from zero", ["Group, 5 of 6", "14:00–16:00"], EventKind::Group),
        event(3, 630, 690, "Hiro Tanaka", ["Interview prep", "10:30–11:30"], EventKind::Lesson),
        event(3, 660, 720, "Omar Haddad", ["Overlaps", "11:00–12:00"], EventKind::Lesson),
        event(3, 990, 1050, "Lena Fischer", ["Asks: trial, 60 min", "16:30–17:30"], EventKind::Pending),
        event(4, 960, 990, "Sam Ortiz", ["", "16:00–16:30"], EventKind::Lesson),
    ];
    view! {
        <WeekGrid
            label="5 to 11 October, 8:00 to 18:00"
            days=days
            first_hour=8
            end_hour=18
            hours=hours
            open=open
            events=events
            now=WeekNow { day: 1, minute: 680, text: "11:20".to_owned() }
        />
    }
    .into_any()
}

fn agenda() -> AnyView {
    let strip = [("M", 5, 4), ("T", 6, 5), ("W", 7, 3), ("T", 8, 2), ("F", 9, 1), ("S", 10, 0), ("S", 11, 0)]
        .map(|(name, number, count)| StripDay {
            name: name.to_owned(),
            number: number.to_string(),
            label: format!("{number} October, {count} lessons"),
            href: "#agenda".to_owned(),
            count,
            current: number == 6,
        })
        .to_vec();
    let item = |time: &str, until: &str, title: &str, note: &str, kind, end: Option<AnyView>| AgendaItem {
        time: time.to_owned(),
        until: until.to_owned(),
        title: title.to_owned(),
        note: note.to_owned(),
        href: Some("#agenda".to_owned()),
        kind,
        end,
    };
    let days = vec![
        AgendaDay {
            title: "Tuesday 6 October".to_owned(),
            iso: "2026-10-06".to_owned(),
            items: vec![
                item("09:00", "10:00", "Priscilla Adeyemi", "Mock interview", EventKind::Past, None),
                item(
                    "13:00",
                    "14:00",
                    "Nadia Rahman",
                    "Borrow checker",
                    EventKind::Lesson,
                    Some(view! { <Badge icon=Glyph::Check>"Confirmed"</Badge> }.into_any()),
                ),
                item(
                    "16:30",
                    "17:30",
                    "Lena Fischer",
                    "Asks: trial, 60 min",
                    EventKind::Pending,
                    Some(view! { <Badge mood=Mood::Warn>"Answer"</Badge> }.into_any()),
                ),
            ],
        },
        AgendaDay { title: "Wednesday 7 October".to_owned(), iso: "2026-10-07".to_owned(), items: vec![] },
    ];
    view! {
        <DayStrip label="Days" days=strip />
        <Agenda days=days empty="Nothing planned" />
    }
    .into_any()
}

fn month() -> AnyView {
    let cells = weeks(|number, out, weekday| MonthCell {
        text: number.to_string(),
        label: format!("{number} October"),
        href: "#month".to_owned(),
        today: number == 6 && !out,
        out,
        events: if out || weekday > 3 || number % 3 == 0 {
            vec![]
        } else {
            [
                ("9:00", "Nadia Rahman", EventKind::Lesson),
                ("14:00", "Rust from zero", EventKind::Group),
                ("16:30", "Lena Fischer", EventKind::Pending),
            ]
            .into_iter()
            .take(usize::from(number.unsigned_abs().is_multiple_of(2)) * 2 + 1)
            .map(|(time, title, kind)| MonthEvent {
                href: "#month".to_owned(),
                time: time.to_owned(),
                title: title.to_owned(),
                kind: if number < 6 { EventKind::Past } else { kind },
            })
            .collect()
        },
        more: (number == 8 && !out).then(|| "2 more".to_owned()),
    });
    view! { <EventMonth label="October 2026" weekdays=weekdays() weeks=cells /> }.into_any()
}
