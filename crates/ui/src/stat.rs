//! Figures, progress, and the shape of what is still loading.

use leptos::prelude::*;

use crate::{
    icon::{Glyph, Icon, IconSize},
    text::{Text, classes},
};

/// A change against an earlier period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delta {
    /// How much: "12.4 %".
    pub text: String,
    /// It went up; the arrow.
    pub up: bool,
    /// That is good; the colour.
    pub good: bool,
}

/// A line of figures. The children are [`Stat`]s.
#[component]
pub fn Stats(
    /// The figures.
    children: Children,
) -> impl IntoView {
    view! { <dl class="stats">{children()}</dl> }
}

/// One figure.
#[component]
pub fn Stat(
    /// What it counts.
    #[prop(into)]
    label: String,
    /// The figure.
    #[prop(into)]
    value: String,
    /// The change against an earlier period.
    #[prop(optional_no_strip, into)]
    delta: Option<Delta>,
    /// Against what, or what it consists of.
    #[prop(optional, into)]
    note: Text,
    /// Where it is explained.
    #[prop(optional, into)]
    href: Text,
) -> impl IntoView {
    let note = note.into_option();
    let label = match href.into_option() {
        Some(href) => view! { <a class="link-quiet" href=href>{label}</a> }.into_any(),
        None => label.into_any(),
    };
    let below = (delta.is_some() || note.is_some()).then(|| {
        view! {
            <dd class="delta">
                {delta.map(|delta| {
                    let class = if delta.good { "up" } else { "down" };
                    let arrow = if delta.up { Glyph::ArrowUp } else { Glyph::ArrowDown };
                    view! { <span class=class><Icon name=arrow size=IconSize::Small />{delta.text}</span> }
                })}
                {note.map(|note| view! { <span class="trunc">{note}</span> })}
            </dd>
        }
    });
    view! {
        <div class="stat">
            <dt>{label}</dt>
            <dd class="v">{value}</dd>
            {below}
        </div>
    }
}

/// How far something is.
#[component]
pub fn Progress(
    /// What it is.
    #[prop(into)]
    label: String,
    /// How far, from 0 to `max`.
    value: u64,
    /// The whole.
    max: u64,
    /// Label and text above the bar: "2 of 8 planned".
    #[prop(optional, into)]
    text: Text,
    /// 4 px instead of 6.
    #[prop(optional)]
    thin: bool,
    /// Further classes, on the bar.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let bar_class = classes(&["progress", if thin { "progress-thin" } else { "" }, class.as_str()]);
    let bar_label = label.clone();
    let bar = view! {
        <progress class=bar_class max=max.to_string() value=value.min(max).to_string() aria-label=bar_label></progress>
    };
    match text.into_option() {
        Some(text) => view! {
            <div class="stack stack-1">
                <div class="row between"><span>{label}</span><span class="num muted">{text}</span></div>
                {bar}
            </div>
        }
        .into_any(),
        None => bar.into_any(),
    }
}

/// Rows of a list that is still loading.
#[component]
pub fn SkeletonRows(
    /// "Loading", for screen readers.
    #[prop(into)]
    label: String,
    /// How many rows.
    #[prop(default = 3)]
    rows: usize,
    /// Without the round picture.
    #[prop(optional)]
    plain: bool,
) -> impl IntoView {
    // Widths differ so that it reads as text.
    let widths = [("skel skel-55", "skel skel-80"), ("skel skel-40", "skel skel-70"), ("skel skel-50", "skel skel-60")];
    view! {
        <div class="stack stack-4" role="status" aria-busy="true">
            <span class="sr">{label}</span>
            {widths
                .iter()
                .cycle()
                .take(rows)
                .map(|(first, second)| view! {
                    <div class="row row-3" aria-hidden="true">
                        {(!plain).then(|| view! { <span class="skel skel-av"></span> })}
                        <span class="grow stack"><span class=*first></span><span class=*second></span></span>
                    </div>
                })
                .collect_view()}
        </div>
    }
}
