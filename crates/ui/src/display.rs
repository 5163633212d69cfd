//! Values as text that people and programs can read: money, durations, times, ratings.

use kernel::Money;
use leptos::prelude::*;

use crate::{
    badge::Mood,
    icon::{Glyph, Icon, IconSize},
    text::{Text, classes},
};

/// An amount of money, already formatted for the reader.
#[component]
pub fn MoneyText(
    /// The amount.
    amount: Money,
    /// The same, formatted: "£32.00".
    #[prop(into)]
    text: String,
    /// Heavier.
    #[prop(optional)]
    strong: bool,
    /// What its colour means: green for money that came in.
    #[prop(optional)]
    mood: Mood,
) -> impl IntoView {
    let tint = match mood {
        Mood::Ok => "text-ok",
        Mood::Warn => "text-warn",
        Mood::Bad => "text-bad",
        Mood::Info | Mood::Accent => "text-accent",
        Mood::Neutral | Mood::Line => "",
    };
    let class = classes(&["num nowrap", if strong { "strong" } else { "" }, tint]);
    // Minor units and the ISO 4217 code; the text may be in any script, so it keeps its own direction.
    let value = format!("{} {}", amount.minor, amount.currency.code());
    view! { <data class=class value=value><bdi>{text}</bdi></data> }
}

/// A length of time, already formatted for the reader.
#[component]
pub fn DurationText(
    /// Minutes.
    minutes: u32,
    /// The same, formatted: "1 h 30 min".
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <time class="num nowrap" datetime=format!("PT{minutes}M")>{text}</time> }
}

/// An instant or a date, already formatted in the reader's zone; also for relative times ("2 hours ago"), with
/// the exact time as `title`.
#[component]
pub fn TimeText(
    /// The instant or date in ISO 8601.
    #[prop(into)]
    iso: String,
    /// The same, formatted.
    #[prop(into)]
    text: String,
    /// The exact time, shown on hover: for relative times.
    #[prop(optional, into)]
    title: Text,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    view! {
        <time class=classes(&["num", class.as_str()]) datetime=iso title=title.into_option()>{text}</time>
    }
}

/// Time that runs out, by the server's clock. Without a script it says when.
///
/// The script replaces the text by `m:ss` and announces five minutes and one minute.
#[component]
pub fn Countdown(
    /// The end, in ISO 8601.
    #[prop(into)]
    until: String,
    /// The server's time now, in ISO 8601.
    #[prop(into)]
    now: String,
    /// Without a script: "until 17:10".
    #[prop(into)]
    text: String,
    /// The text at zero.
    #[prop(into)]
    done: String,
    /// What is said at five minutes and at one; `{n}` stands for the minutes.
    #[prop(into)]
    announce: String,
) -> impl IntoView {
    view! {
        <time class="num" role="timer" datetime=until.clone() data-countdown=until data-now=now data-done=done data-announce=announce>
            {text}
        </time>
    }
}

/// A rating in a line: a star, the figure, how many.
#[component]
pub fn Rating(
    /// The figure, formatted: "4.96".
    #[prop(into)]
    text: String,
    /// How many, formatted: "(212)".
    #[prop(optional, into)]
    count: Text,
    /// Everything in words: "4.96 of 5 from 212 reviews".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let count = count.into_option();
    view! {
        <span class="rating">
            <Icon name=Glyph::Star size=IconSize::Small class="i-star" />
            <b aria-hidden="true">{text}</b>
            {count.map(|count| view! { <span class="faint" aria-hidden="true">{count}</span> })}
            <span class="sr">{label}</span>
        </span>
    }
}

/// Five stars, some of them full: one review.
#[component]
pub fn Stars(
    /// How many are full, 0 to 5.
    stars: u8,
    /// In words: "4 of 5".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <span class="stars" role="img" aria-label=label>
            {(1..=5)
                .map(|n| {
                    let class = if n <= stars { "i-star" } else { "i-star-off" };
                    view! { <Icon name=Glyph::Star size=IconSize::Small class=class /> }
                })
                .collect_view()}
        </span>
    }
}

/// How ratings spread: one bar for each number of stars.
#[component]
pub fn RatingBars(
    /// For each number of stars, most first: its text, how many, and the words for screen readers.
    rows: Vec<(String, u64, String)>,
) -> impl IntoView {
    let most = rows.iter().map(|(_, count, _)| *count).sum::<u64>().max(1);
    view! {
        <ul class="rating-bars" role="list">
            {rows
                .into_iter()
                .map(|(text, count, label)| view! {
                    <li>
                        <span aria-hidden="true">{text}</span>
                        <progress class="progress progress-thin" max=most.to_string() value=count.to_string() aria-label=label></progress>
                        <span class="num" aria-hidden="true">{count.to_string()}</span>
                    </li>
                })
                .collect_view()}
        </ul>
    }
}

/// Stars as a choice: radios, one to five.
#[component]
pub fn StarChoice(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// What one to five stars say: "1 of 5" to "5 of 5".
    labels: [String; 5],
    /// The chosen number.
    #[prop(optional_no_strip, into)]
    value: Option<u8>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
) -> impl IntoView {
    let id = crate::field::field_id(&name);
    let described = crate::field::described_by(&id, &Text::default(), &error);
    let group_id = id.clone();
    view! {
        <fieldset class="field" id=group_id tabindex="-1" aria-describedby=described>
            <legend class="label">{legend}</legend>
            <div class="star-choice">
                {(1_u8..)
                    .zip(labels)
                    .map(|(stars, label)| {
                        let title = label.clone();
                        view! {
                            <label title=title>
                                <input type="radio" name=name.clone() value=stars.to_string() checked=value == Some(stars) required aria-label=label />
                                <Icon name=Glyph::Star size=IconSize::Large />
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
            <crate::field::FieldNotes id=id error=error />
        </fieldset>
    }
}
