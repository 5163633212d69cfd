//! Months: one to choose a day from, and one that shows what happens.

use leptos::prelude::*;

use super::EventKind;
use crate::{
    button::{IconLink, Size},
    icon::Glyph,
    text::{Text, classes},
};

/// What a day offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayState {
    /// No times.
    #[default]
    None,
    /// Free times.
    Free,
    /// Everything is booked.
    Full,
    /// Of the month before or after.
    Out,
}

/// One day of a [`MonthGrid`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// The number, formatted.
    pub text: String,
    /// The whole date with its state: "Tuesday 13 October, 8 times free".
    pub label: String,
    /// What it offers.
    pub state: DayState,
    /// Where a free day leads.
    pub href: Option<String>,
    /// Today.
    pub today: bool,
    /// Chosen.
    pub chosen: bool,
}

/// The ways to the months before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthNav {
    /// The month before; none when it lies in the past.
    pub prev: Option<String>,
    /// The month after; none beyond the horizon.
    pub next: Option<String>,
    /// "Previous month".
    pub prev_label: String,
    /// "Next month".
    pub next_label: String,
}

fn day(day: Day) -> AnyView {
    let class = classes(&[
        "day",
        match day.state {
            DayState::None => "",
            DayState::Free => "day-free",
            DayState::Full => "day-full",
            DayState::Out => "day-out",
        },
        if day.today { "day-today" } else { "" },
    ]);
    let current = if day.chosen {
        Some("true")
    } else if day.today {
        Some("date")
    } else {
        None
    };
    let number = view! { <span aria-hidden="true">{day.text}</span><span class="sr">{day.label}</span> };
    match day.href {
        Some(href) => view! { <a class=class href=href aria-current=current>{number}</a> }.into_any(),
        None => view! { <span class=class aria-current=current>{number}</span> }.into_any(),
    }
}

/// A month to choose a day from. Free days are links; arrow keys move between them.
#[component]
pub fn MonthGrid(
    /// The id of the heading.
    #[prop(into)]
    id: String,
    /// "October 2026".
    #[prop(into)]
    title: String,
    /// Short and full names of the weekdays, in the reader's order.
    weekdays: Vec<(String, String)>,
    /// The weeks, seven days each.
    weeks: Vec<Vec<Day>>,
    /// The ways to the months around.
    nav: MonthNav,
) -> impl IntoView {
    let heading = id.clone();
    view! {
        <div class="cal">
            <div class="cal-head">
                <h3 id=heading>{title}</h3>
                <IconLink href=nav.prev.clone().unwrap_or_default() disabled=nav.prev.is_none() label=nav.prev_label icon=Glyph::ChevronLeft flip=true size=Size::Small />
                <IconLink href=nav.next.clone().unwrap_or_default() disabled=nav.next.is_none() label=nav.next_label icon=Glyph::ChevronRight flip=true size=Size::Small />
            </div>
            <table class="month" aria-labelledby=id data-arrows="7">
                <thead>
                    <tr>
                        {weekdays
                            .into_iter()
                            .map(|(short, full)| view! { <th scope="col" abbr=full>{short}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {weeks
                        .into_iter()
                        .map(|week| view! {
                            <tr>{week.into_iter().map(|one| view! { <td>{day(one)}</td> }).collect_view()}</tr>
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

/// One thing that happens on a day of an [`EventMonth`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthEvent {
    /// Where it leads.
    pub href: String,
    /// "17:00".
    pub time: String,
    /// With whom or what.
    pub title: String,
    /// What kind.
    pub kind: EventKind,
}

/// One day of an [`EventMonth`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthCell {
    /// The number, formatted.
    pub text: String,
    /// The whole date.
    pub label: String,
    /// The day's own page.
    pub href: String,
    /// Today.
    pub today: bool,
    /// Of the month before or after.
    pub out: bool,
    /// The first few things that happen.
    pub events: Vec<MonthEvent>,
    /// "2 more", when there are.
    pub more: Option<String>,
}

fn cell(cell: MonthCell) -> AnyView {
    let class = classes(&[if cell.out { "is-out" } else { "" }, if cell.today { "is-today" } else { "" }]);
    let count = cell.events.len();
    let day_href = cell.href.clone();
    view! {
        <td class=(!class.is_empty()).then_some(class)>
            <a class="em-day" href=cell.href aria-current=cell.today.then_some("date")>
                <span aria-hidden="true">{cell.text}</span><span class="sr">{cell.label}</span>
            </a>
            {(count > 0).then(|| view! {
                <ul role="list">
                    {cell
                        .events
                        .into_iter()
                        .map(|event| view! {
                            <li>
                                <a class=classes(&["em-ev", event.kind.class()]) href=event.href>
                                    <span class="num">{event.time}</span><b>{event.title}</b>
                                </a>
                            </li>
                        })
                        .collect_view()}
                </ul>
            })}
            {cell.more.map(|more| view! { <a class="em-more link-quiet" href=day_href>{more}</a> })}
        </td>
    }
    .into_any()
}

/// A month that shows what happens on each day. On phones the days show dots; the agenda tells the rest.
#[component]
pub fn EventMonth(
    /// What it shows, for screen readers.
    #[prop(into)]
    label: String,
    /// Short and full names of the weekdays, in the reader's order.
    weekdays: Vec<(String, String)>,
    /// The weeks, seven days each.
    weeks: Vec<Vec<MonthCell>>,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    view! {
        <table class=classes(&["event-month", class.as_str()]) aria-label=label>
            <thead>
                <tr>
                    {weekdays
                        .into_iter()
                        .map(|(short, full)| view! { <th scope="col" abbr=full>{short}</th> })
                        .collect_view()}
                </tr>
            </thead>
            <tbody>
                {weeks
                    .into_iter()
                    .map(|week| view! { <tr>{week.into_iter().map(cell).collect_view()}</tr> })
                    .collect_view()}
            </tbody>
        </table>
    }
}
