//! Things that open beside what they belong to: menus, popovers, tooltips. None of them needs a script.

use leptos::prelude::*;

use crate::{
    button::{Size, Tone},
    icon::{Glyph, Icon},
    text::{Text, classes},
};

/// A menu behind a button (`<details>`). The children are `MenuLink`s, `MenuForm`s and `MenuRule`s.
#[component]
pub fn Menu(
    /// What the button says; for screen readers only when there is nothing but an icon to see.
    #[prop(into)]
    label: String,
    /// The icon; three dots when `icon_only` and none is given.
    #[prop(optional_no_strip, into)]
    icon: Option<Glyph>,
    /// Show the icon alone.
    #[prop(optional)]
    icon_only: bool,
    /// Instead of icon and label: an avatar.
    #[prop(optional)]
    face: Option<AnyView>,
    /// Loudness of the button.
    #[prop(default = Tone::Ghost)]
    tone: Tone,
    /// Height of the button.
    #[prop(optional)]
    size: Size,
    /// Line up with the button's start; menus line up with its end otherwise.
    #[prop(optional)]
    from_start: bool,
    /// Open upwards.
    #[prop(optional)]
    up: bool,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
    /// The items.
    children: Children,
) -> impl IntoView {
    let only = icon_only || face.is_some();
    let summary_class = match face {
        Some(_) => "menu-face".to_owned(),
        None => classes(&["btn", tone.class(), size.class(), if only { "btn-icon" } else { "" }]),
    };
    let menu_class = classes(&["menu", if from_start { "menu-start" } else { "" }, if up { "menu-up" } else { "" }]);
    let icon = match (icon, only) {
        (None, true) => Some(Glyph::Ellipsis),
        (icon, _) => icon,
    };
    let inner = match face {
        Some(face) => face,
        None => view! {
            {icon.map(|name| view! { <Icon name=name /> })}
            {(!only).then(|| view! { {label.clone()} <Icon name=Glyph::ChevronDown class="i-14" /> })}
        }
        .into_any(),
    };
    view! {
        <details class=classes(&["menu-d", class.as_str()]) data-menu>
            <summary class=summary_class aria-label=only.then_some(label)>{inner}</summary>
            <div class=menu_class>{children()}</div>
        </details>
    }
}

/// A link in a menu.
#[component]
pub fn MenuLink(
    /// Where it goes.
    #[prop(into)]
    href: String,
    /// What is there.
    #[prop(into)]
    label: String,
    /// An icon before the text.
    #[prop(optional_no_strip, into)]
    icon: Option<Glyph>,
    /// Chosen, or where the reader is.
    #[prop(optional)]
    current: bool,
    /// Leads to a loss.
    #[prop(optional)]
    danger: bool,
    /// The id of a dialog that it opens.
    #[prop(optional, into)]
    dialog: Text,
) -> impl IntoView {
    view! {
        <a
            class=danger.then_some("danger")
            href=href
            aria-current=current.then_some("true")
            data-dialog=dialog.into_option()
        >
            {icon.map(|name| view! { <Icon name=name /> })}
            <span class="grow">{label}</span>
            {current.then(|| view! { <Icon name=Glyph::Check /> })}
        </a>
    }
}

/// An action in a menu: a form with one button.
#[component]
pub fn MenuForm(
    /// Where the form goes.
    #[prop(into)]
    action: String,
    /// What the button does.
    #[prop(into)]
    label: String,
    /// What it sends: names and values.
    #[prop(optional)]
    fields: Vec<(String, String)>,
    /// An icon before the text.
    #[prop(optional_no_strip, into)]
    icon: Option<Glyph>,
    /// The choice that holds now.
    #[prop(optional)]
    current: bool,
    /// Leads to a loss.
    #[prop(optional)]
    danger: bool,
) -> impl IntoView {
    view! {
        <form method="post" action=action>
            {fields
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect_view()}
            <button class=danger.then_some("danger") aria-pressed=current.then_some("true")>
                {icon.map(|name| view! { <Icon name=name /> })}
                <span class="grow">{label}</span>
                {current.then(|| view! { <Icon name=Glyph::Check /> })}
            </button>
        </form>
    }
}

/// A line between groups of a menu, with an optional heading.
#[component]
pub fn MenuRule(
    /// The heading of the group below.
    #[prop(optional, into)]
    label: Text,
) -> impl IntoView {
    match label.into_option() {
        Some(label) => view! { <p class="grp">{label}</p> }.into_any(),
        None => view! { <hr /> }.into_any(),
    }
}

/// More about something, beside the button that opens it (native popover).
#[component]
pub fn Popover(
    /// The id.
    #[prop(into)]
    id: String,
    /// The button's text; its name for screen readers when only an icon shows.
    #[prop(into)]
    label: String,
    /// The icon.
    #[prop(optional_no_strip, into)]
    icon: Option<Glyph>,
    /// Show the icon alone.
    #[prop(optional)]
    icon_only: bool,
    /// Loudness of the button.
    #[prop(default = Tone::Ghost)]
    tone: Tone,
    /// Height of the button.
    #[prop(optional)]
    size: Size,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let class = classes(&["btn", tone.class(), size.class(), if icon_only { "btn-icon" } else { "" }]);
    let target = id.clone();
    let (name, text) = if icon_only { (Some(label), None) } else { (None, Some(label)) };
    view! {
        <button class=class type="button" popovertarget=target aria-label=name>
            {icon.map(|name| view! { <Icon name=name /> })}
            {text}
        </button>
        <div class="popover" id=id popover="auto">{children()}</div>
    }
}

/// A few words about a control, shown while it has the pointer or the focus.
///
/// The control inside should name the tip in `aria-describedby`.
#[component]
pub fn Tooltip(
    /// The id that the control names.
    #[prop(into)]
    id: String,
    /// The words.
    #[prop(into)]
    text: String,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <span class="tip-wrap">
            {children()}
            <span class="tip" role="tooltip" id=id>{text}</span>
        </span>
    }
}
