//! One-word statuses, numbers on things, and chips.

use leptos::prelude::*;

use crate::{
    icon::{Glyph, Icon},
    text::{Text, classes},
};

/// What a colour means. Normal is grey: do not colour "Confirmed".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// Nothing special.
    #[default]
    Neutral,
    /// Done, paid, free of trouble.
    Ok,
    /// Needs care soon.
    Warn,
    /// Failed, refused, lost.
    Bad,
    /// Worth knowing.
    Info,
    /// The tenant's brand: new or chosen.
    Accent,
    /// An outline only.
    Line,
}

impl Mood {
    /// The class of a badge in this mood.
    pub(crate) const fn badge(self) -> &'static str {
        match self {
            Self::Neutral => "",
            Self::Ok => "badge-ok",
            Self::Warn => "badge-warn",
            Self::Bad => "badge-bad",
            Self::Info => "badge-info",
            Self::Accent => "badge-accent",
            Self::Line => "badge-line",
        }
    }
}

/// A status in a word or two.
#[component]
pub fn Badge(
    /// What the colour means.
    #[prop(optional)]
    mood: Mood,
    /// An icon before the text.
    #[prop(optional_no_strip, into)]
    icon: Option<Glyph>,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <span class=classes(&["badge", mood.badge(), class.as_str()])>
            {icon.map(|name| view! { <Icon name=name /> })}
            {children()}
        </span>
    }
}

/// A number that asks for attention.
#[component]
pub fn CountDot(
    /// The number as text, such as "9" or "99+".
    #[prop(into)]
    count: String,
    /// What is counted, for screen readers.
    #[prop(optional, into)]
    label: Text,
) -> impl IntoView {
    let hidden = label.is_some().then_some("true");
    let label = label.into_option();
    view! {
        <span class="count-dot" aria-hidden=hidden>{count}</span>
        {label.map(|label| view! { <span class="sr">{label}</span> })}
    }
}

/// A chip: plain text, a link, or a chosen filter with a way to remove it.
#[component]
pub fn Chip(
    /// The text.
    #[prop(into)]
    label: String,
    /// Where a click leads.
    #[prop(optional, into)]
    href: Text,
    /// Chosen.
    #[prop(optional)]
    on: bool,
    /// For a chosen filter: what a click does, "Remove filter A-level". Shows a cross.
    #[prop(optional, into)]
    remove_label: Text,
    /// An icon before the text.
    #[prop(optional_no_strip, into)]
    icon: Option<Glyph>,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let class = classes(&["chip", if on { "chip-on" } else { "" }, class.as_str()]);
    let removable = remove_label.is_some();
    let inner = view! {
        {icon.map(|name| view! { <Icon name=name /> })}
        {label}
        {removable.then(|| view! { <Icon name=Glyph::X /> })}
    };
    match href.into_option() {
        Some(href) => view! {
            <a class=class href=href aria-label=remove_label.into_option()>
                {inner}
            </a>
        }
        .into_any(),
        None => view! { <span class=class>{inner}</span> }.into_any(),
    }
}
