//! Free times to choose from, and the times a reader says to be free.

use leptos::prelude::*;

use crate::text::{Text, classes};

/// Whether a time can be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SlotState {
    /// Free.
    #[default]
    Free,
    /// Chosen.
    Chosen,
    /// Somebody else holds it for the moment, or it is gone.
    Taken,
}

/// One time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    /// "17:00".
    pub text: String,
    /// A word below: "on hold", or the offset when clocks go back and the time comes twice.
    pub note: Option<String>,
    /// The whole time for screen readers: "Tuesday 13 October, 17:00".
    pub label: String,
    /// Where it leads; without an address the slot is a button that sends `value`.
    pub href: Option<String>,
    /// What the button sends: the instant in ISO 8601.
    pub value: String,
    /// Whether it can be chosen.
    pub state: SlotState,
}

/// Free times. With addresses they are links, otherwise buttons of the form around them.
#[component]
pub fn SlotGrid(
    /// What they are, for screen readers: day and zone.
    #[prop(into)]
    label: String,
    /// The times.
    slots: Vec<Slot>,
    /// The name the buttons send.
    #[prop(optional, into)]
    name: Text,
    /// 28 px, for the catalogue.
    #[prop(optional)]
    small: bool,
    /// One under the other.
    #[prop(optional)]
    column: bool,
) -> impl IntoView {
    let name = name.or_else(|| "slot".to_owned());
    let slot_class = classes(&["slot", if small { "slot-sm" } else { "" }]);
    view! {
        <div class=if column { "times" } else { "slots" } role="group" aria-label=label>
            {slots
                .into_iter()
                .map(|slot| {
                    let inner = view! {
                        <span aria-hidden="true">{slot.text}</span>
                        {slot.note.map(|note| view! { <small aria-hidden="true">{note}</small> })}
                        <span class="sr">{slot.label}</span>
                    };
                    let class = slot_class.clone();
                    let chosen = slot.state == SlotState::Chosen;
                    match (slot.state, slot.href) {
                        (SlotState::Taken, _) => {
                            view! { <span class=class role="link" aria-disabled="true">{inner}</span> }.into_any()
                        }
                        (_, Some(href)) => {
                            view! { <a class=class href=href aria-current=chosen.then_some("true")>{inner}</a> }.into_any()
                        }
                        (_, None) => {
                            let pressed = if chosen { "true" } else { "false" };
                            view! {
                                <button class=class name=name.clone() value=slot.value aria-pressed=pressed>{inner}</button>
                            }
                                .into_any()
                        }
                    }
                })
                .collect_view()}
        </div>
    }
}

/// The times of the week a reader is free: a table of checkboxes, days across, parts of the day down.
#[component]
pub fn WhenGrid(
    /// Name sent with the form; the value is `<day>-<part>`.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    caption: String,
    /// Value, short and full name of each day.
    days: Vec<(String, String, String)>,
    /// Value and name of each part of the day.
    parts: Vec<(String, String)>,
    /// The chosen values.
    chosen: Vec<String>,
) -> impl IntoView {
    let heads = days.iter().map(|(_, short, full)| view! { <th scope="col" abbr=full.clone()>{short.clone()}</th> }).collect_view();
    view! {
        <table class="when">
            <caption class="sr">{caption}</caption>
            <thead><tr><td></td>{heads}</tr></thead>
            <tbody>
                {parts
                    .into_iter()
                    .map(|(part, part_name)| view! {
                        <tr>
                            <th scope="row">{part_name.clone()}</th>
                            {days
                                .iter()
                                .map(|(day, _, full)| {
                                    let value = format!("{day}-{part}");
                                    let checked = chosen.contains(&value);
                                    let label = format!("{full}, {part_name}");
                                    view! {
                                        <td>
                                            <label>
                                                <input type="checkbox" name=name.clone() value=value checked=checked aria-label=label />
                                            </label>
                                        </td>
                                    }
                                })
                                .collect_view()}
                        </tr>
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}
