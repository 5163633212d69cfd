//! A week on rows of 15 minutes. Everything is placed by classes (`r`, `d`, `c`), because inline styles are
//! forbidden: `r<n>` is the nth quarter shown, `d<n>` the length in quarters, `c<n>` the day.

use leptos::prelude::*;

use crate::text::{Text, classes};

/// What kind of thing stands in a calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventKind {
    /// A lesson with one student.
    #[default]
    Lesson,
    /// A group lesson.
    Group,
    /// Over.
    Past,
    /// Waits for an answer.
    Pending,
    /// Busy in another calendar.
    Busy,
}

impl EventKind {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Lesson => "",
            Self::Group => "ev-group",
            Self::Past => "ev-past",
            Self::Pending => "ev-pending",
            Self::Busy => "ev-busy",
        }
    }
}

/// The head of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WeekDay {
    /// "Mon".
    pub name: String,
    /// "5".
    pub number: String,
    /// The day's own page.
    pub href: String,
    /// The whole date with what it holds, for screen readers: "Monday 5 October, 4 lessons".
    pub label: String,
    /// How many things it holds; empty for none.
    pub count: String,
    /// Today.
    pub today: bool,
}

/// A label beside an hour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WeekHour {
    /// Minutes since midnight.
    pub minute: u16,
    /// "9 AM" or "09:00".
    pub text: String,
}

/// A stretch that is open for booking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WeekOpen {
    /// The day, 0 to 6, in the order of the heads.
    pub day: u8,
    /// From, in minutes since midnight of the wall clock.
    pub from: u16,
    /// To, in minutes since midnight of the wall clock; 1440 is the end of the day.
    pub to: u16,
}

/// Something that happens. What runs past midnight is given as two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WeekEvent {
    /// The day, 0 to 6, in the order of the heads.
    pub day: u8,
    /// From, in minutes since midnight of the wall clock.
    pub from: u16,
    /// To, in minutes since midnight of the wall clock; 1440 is the end of the day.
    pub to: u16,
    /// Where it leads; none for busy times.
    pub href: Option<String>,
    /// With whom, or what.
    pub title: String,
    /// Further lines; short events show the first alone or none.
    pub lines: Vec<String>,
    /// Day and time for screen readers: "Tue 13 Oct, 17:00 to 18:00".
    pub label: String,
    /// What kind.
    pub kind: EventKind,
    /// Chosen.
    pub chosen: bool,
}

/// Where the present is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WeekNow {
    /// The day, 0 to 6; none when another week is shown.
    pub day: u8,
    /// Minutes since midnight of the wall clock.
    pub minute: u16,
    /// "11:20".
    pub text: String,
}

/// The stretch of the day shown, in quarters of an hour since midnight.
#[derive(Clone, Copy)]
struct Frame {
    first: u16,
    end: u16,
}

impl Frame {
    /// Row and length of a stretch, cut to what is shown; nothing when it lies outside.
    fn place(self, from: u16, to: u16) -> Option<(u16, u16)> {
        let start = (from / 15).max(self.first);
        let stop = to.div_ceil(15).min(self.end);
        (start < stop).then(|| (start - self.first, stop - start))
    }
}

/// Gives each event of one day a lane beside those it overlaps: its lane, and how many there are.
fn lanes(spans: &[(u16, u16)]) -> Vec<(usize, usize)> {
    let mut lanes = vec![(0, 1); spans.len()];
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|&index| spans.get(index).copied());
    // A cluster is a run of events that overlap one another; its widest point decides the width of all.
    let mut cluster: Vec<usize> = Vec::new();
    let mut ends: Vec<u16> = Vec::new();
    let close = |cluster: &mut Vec<usize>, ends: &mut Vec<u16>, lanes: &mut Vec<(usize, usize)>| {
        for index in cluster.drain(..) {
            if let Some(lane) = lanes.get_mut(index) {
                lane.1 = ends.len().max(1);
            }
        }
        ends.clear();
    };
    for index in order {
        let Some(&(start, length)) = spans.get(index) else { continue };
        if ends.iter().all(|&end| end <= start) {
            close(&mut cluster, &mut ends, &mut lanes);
        }
        let lane = ends.iter().position(|&end| end <= start).unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(end) => *end = start + length,
            None => ends.push(start + length),
        }
        if let Some(place) = lanes.get_mut(index) {
            place.0 = lane;
        }
        cluster.push(index);
    }
    close(&mut cluster, &mut ends, &mut lanes);
    lanes
}

fn event(event: WeekEvent, row: u16, length: u16, lane: (usize, usize)) -> AnyView {
    // More than three beside one another are stacked in the third lane: they stay reachable by keyboard.
    let lane_class = match lane {
        (_, 0 | 1) => String::new(),
        (lane, 2) => format!("ev-2-{lane}"),
        (lane, _) => format!("ev-3-{}", lane.min(2)),
    };
    let class = classes(&[
        "ev",
        &format!("c{} r{row} d{length}", event.day + 1),
        event.kind.class(),
        if event.chosen { "ev-on" } else { "" },
        &lane_class,
    ]);
    // One line of text fits into each quarter, after the title.
    let room = usize::from(length.saturating_sub(2));
    let inner = view! {
        <b>{event.title}</b>
        {event.lines.into_iter().take(room).map(|line| view! { <span aria-hidden="true">{line}</span> }).collect_view()}
        <span class="sr">{event.label}</span>
    };
    match event.href {
        Some(href) => view! { <a class=class href=href aria-current=event.chosen.then_some("true")>{inner}</a> }.into_any(),
        None => view! { <div class=class>{inner}</div> }.into_any(),
    }
}

/// A week (or fewer days) with its lessons. On phones show [`super::DayStrip`] and [`super::Agenda`] instead.
#[component]
pub fn WeekGrid(
    /// What it shows, for screen readers.
    #[prop(into)]
    label: String,
    /// The days, one to seven.
    days: Vec<WeekDay>,
    /// The first hour shown, 0 to 23.
    first_hour: u8,
    /// The hour after the last shown, 1 to 24.
    end_hour: u8,
    /// Labels beside the hours.
    hours: Vec<WeekHour>,
    /// Stretches open for booking.
    #[prop(optional)]
    open: Vec<WeekOpen>,
    /// What happens.
    events: Vec<WeekEvent>,
    /// Where the present is.
    #[prop(optional_no_strip, into)]
    now: Option<WeekNow>,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let end_hour = end_hour.clamp(1, 24);
    let first_hour = first_hour.min(end_hour - 1);
    let frame = Frame { first: u16::from(first_hour) * 4, end: u16::from(end_hour) * 4 };
    let class = classes(&["week", &format!("h{} days-{}", end_hour - first_hour, days.len()), class.as_str()]);
    let columns = (1..=days.len()).map(|day| view! { <div class=format!("week-col c{day}")></div> }).collect_view();
    let open = open
        .into_iter()
        .filter_map(|open| {
            let (row, length) = frame.place(open.from, open.to)?;
            let quarter = (open.from / 15).max(frame.first) % 4;
            Some(view! { <div class=format!("week-open c{} r{row} d{length} q{quarter}", open.day + 1)></div> })
        })
        .collect_view();
    let hours = hours
        .into_iter()
        .filter_map(|hour| {
            let (row, _) = frame.place(hour.minute, hour.minute + 15)?;
            Some(view! { <span class=format!("week-hour r{row} d1") aria-hidden="true">{hour.text}</span> })
        })
        .collect_view();
    let now = now.and_then(|now| {
        let (row, _) = frame.place(now.minute, now.minute + 1)?;
        Some(view! {
            <div class=format!("week-now r{row} d1") data-t=now.text aria-hidden="true"></div>
            <div class=format!("week-now-day c{} r{row} d1", now.day + 1)></div>
        })
    });
    let mut placed: Vec<(WeekEvent, u16, u16)> =
        events.into_iter().filter_map(|event| frame.place(event.from, event.to).map(|(row, length)| (event, row, length))).collect();
    placed.sort_by_key(|(event, row, _)| (event.day, *row));
    let events = placed
        .chunk_by(|a, b| a.0.day == b.0.day)
        .flat_map(|day| {
            let spans: Vec<(u16, u16)> = day.iter().map(|(_, row, length)| (*row, *length)).collect();
            day.iter().zip(lanes(&spans)).map(|((one, row, length), lane)| event(one.clone(), *row, *length, lane)).collect::<Vec<_>>()
        })
        .collect_view();
    view! {
        <div class=class role="group" aria-label=label>
            {days
                .into_iter()
                .enumerate()
                .map(|(index, day)| view! {
                    <div class=classes(&["week-day", &format!("c{}", index + 1), if day.today { "is-today" } else { "" }])>
                        <a href=day.href aria-current=day.today.then_some("date")>
                            <span aria-hidden="true">{day.name}<b>{day.number}</b></span>
                            <span class="sr">{day.label}</span>
                        </a>
                        <span class="n num" aria-hidden="true">{day.count}</span>
                    </div>
                })
                .collect_view()}
            {hours}
            {columns}
            {open}
            {events}
            {now}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::{Frame, lanes};

    #[test]
    fn a_stretch_is_cut_to_what_is_shown() {
        let frame = Frame { first: 32, end: 84 };
        assert_eq!(frame.place(9 * 60, 10 * 60), Some((4, 4)));
        assert_eq!(frame.place(7 * 60, 9 * 60), Some((0, 4)));
        assert_eq!(frame.place(20 * 60 + 30, 1440), Some((50, 2)));
        assert_eq!(frame.place(10 * 60, 10 * 60 + 50), Some((8, 4)));
        assert_eq!(frame.place(0, 60), None);
        assert_eq!(frame.place(22 * 60, 23 * 60), None);
    }

    #[test]
    fn what_overlaps_stands_side_by_side() {
        assert_eq!(lanes(&[(0, 4), (4, 4)]), [(0, 1), (0, 1)]);
        assert_eq!(lanes(&[(0, 4), (2, 4), (8, 2)]), [(0, 2), (1, 2), (0, 1)]);
        // The third fits under the first again, and all three keep the width of the cluster.
        assert_eq!(lanes(&[(0, 4), (2, 8), (5, 2)]), [(0, 2), (1, 2), (0, 2)]);
    }
}
