//! Messages in the page: callouts and empty states.

use leptos::prelude::*;

use crate::{
    badge::Mood,
    icon::{Glyph, Icon, IconSize},
    text::{Text, classes},
};

/// A message in the flow of the page: what happened, what it means, what to do.
#[component]
pub fn Callout(
    /// What the colour means; it also chooses the icon.
    #[prop(optional)]
    mood: Mood,
    /// Another icon.
    #[prop(optional_no_strip, into)]
    icon: Option<Glyph>,
    /// The first sentence, heavier.
    #[prop(optional, into)]
    title: Text,
    /// The role, when it appears by itself: `status` or `alert`.
    #[prop(optional, into)]
    role: Text,
    /// A button or link at the end.
    #[prop(optional)]
    action: Option<AnyView>,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
    /// The rest of the text.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (tone, own) = match mood {
        Mood::Neutral | Mood::Line => ("", Glyph::Info),
        Mood::Ok => ("callout-ok", Glyph::CircleCheck),
        Mood::Warn => ("callout-warn", Glyph::TriangleAlert),
        Mood::Bad => ("callout-bad", Glyph::CircleAlert),
        Mood::Info => ("callout-info", Glyph::Info),
        Mood::Accent => ("callout-accent", Glyph::Info),
    };
    let title = title.into_option();
    view! {
        <div class=classes(&["callout", tone, class.as_str()]) role=role.into_option()>
            <Icon name=icon.unwrap_or(own) />
            <div class="grow">
                {title.map(|title| view! { <p class="mid">{title}</p> })}
                {children.map(|children| view! { <div>{children()}</div> })}
            </div>
            {action}
        </div>
    }
}

/// Nothing here yet: says why that is fine and offers the next step.
#[component]
pub fn Empty(
    /// What is missing, in a few words.
    #[prop(into)]
    title: String,
    /// What the next step is good for.
    #[prop(optional, into)]
    body: Text,
    /// An icon above.
    #[prop(optional_no_strip, into)]
    icon: Option<Glyph>,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
    /// The next step: a button or link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let body = body.into_option();
    view! {
        <div class=classes(&["empty", class.as_str()])>
            {icon.map(|name| view! { <Icon name=name size=IconSize::Large /> })}
            <p class="mid">{title}</p>
            {body.map(|body| view! { <p class="muted">{body}</p> })}
            {children.map(|children| children())}
        </div>
    }
}
