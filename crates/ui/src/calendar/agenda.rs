//! What happens, day by day: a list, and the strip of days above it on phones.

use leptos::prelude::*;

use super::EventKind;
use crate::text::{Text, classes};

/// One thing of a day.
#[derive(Debug)]
pub struct AgendaItem {
    /// "17:00".
    pub time: String,
    /// "18:00", or the length.
    pub until: String,
    /// With whom, or what.
    pub title: String,
    /// The second line.
    pub note: String,
    /// Where it leads.
    pub href: Option<String>,
    /// What kind.
    pub kind: EventKind,
    /// A badge at the end.
    pub end: Option<AnyView>,
}

/// One day of an agenda.
#[derive(Debug)]
pub struct AgendaDay {
    /// "Thursday 8 October".
    pub title: String,
    /// The date in ISO 8601.
    pub iso: String,
    /// What happens.
    pub items: Vec<AgendaItem>,
}

fn item(item: AgendaItem) -> AnyView {
    let title = match item.href {
        Some(href) => view! { <a class="cover" href=href>{item.title}</a> }.into_any(),
        None => item.title.into_any(),
    };
    view! {
        <li class=classes(&["ag-item", item.kind.class()])>
            <span class="ag-time num"><b>{item.time}</b><span class="faint">{item.until}</span></span>
            <span class="ag-bar"></span>
            <span class="grow">
                <span class="mid trunc block">{title}</span>
                <span class="muted trunc block">{item.note}</span>
            </span>
            {item.end}
        </li>
    }
    .into_any()
}

/// Days with what happens on each.
#[component]
pub fn Agenda(
    /// The days; those without items say so.
    days: Vec<AgendaDay>,
    /// "Nothing planned".
    #[prop(into)]
    empty: String,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    view! {
        <div class=classes(&["agenda", class.as_str()])>
            {days
                .into_iter()
                .map(|day| {
                    let nothing = day.items.is_empty().then(|| empty.clone());
                    view! {
                        <section>
                            <h3 class="daylab"><time datetime=day.iso>{day.title}</time></h3>
                            {nothing.map(|nothing| view! { <p class="ag-none faint t-12">{nothing}</p> })}
                            <ul role="list">{day.items.into_iter().map(item).collect_view()}</ul>
                        </section>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// One day of a [`DayStrip`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StripDay {
    /// "M".
    pub name: String,
    /// "5".
    pub number: String,
    /// The whole date with what it holds.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How many things it holds.
    pub count: usize,
    /// Shown now.
    pub current: bool,
}

/// A week as a strip of days.
#[component]
pub fn DayStrip(
    /// What it chooses, for screen readers.
    #[prop(into)]
    label: String,
    /// The days.
    days: Vec<StripDay>,
) -> impl IntoView {
    view! {
        <nav class="strip" aria-label=label data-arrows="7">
            {days
                .into_iter()
                .map(|day| view! {
                    <a href=day.href aria-current=day.current.then_some("date")>
                        <span aria-hidden="true">{day.name}</span>
                        <b aria-hidden="true">{day.number}</b>
                        <span class="strip-dots" aria-hidden="true">{"•".repeat(day.count.min(4))}</span>
                        <span class="sr">{day.label}</span>
                    </a>
                })
                .collect_view()}
        </nav>
    }
}
