//! Buttons, links that look like buttons, and icon buttons.

use leptos::prelude::*;

use crate::{
    icon::{Glyph, Icon, IconSize},
    text::{Text, classes},
};

/// How loud a button is. One primary button per view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// The one action the view is for.
    Primary,
    /// Any other action.
    #[default]
    Secondary,
    /// An action that stands back.
    Ghost,
    /// The confirmed loss of money or data.
    Danger,
    /// The way to a loss, before it is confirmed.
    DangerQuiet,
}

impl Tone {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn-primary",
            Self::Secondary => "btn-secondary",
            Self::Ghost => "btn-ghost",
            Self::Danger => "btn-danger",
            Self::DangerQuiet => "btn-danger-quiet",
        }
    }
}

/// The height of a control.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// 28 px (36 on touch).
    Small,
    /// 36 px (44 on touch).
    #[default]
    Medium,
    /// 44 px.
    Large,
}

impl Size {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Small => "btn-sm",
            Self::Medium => "",
            Self::Large => "btn-lg",
        }
    }
}

/// What a `<button>` does by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Sends its form.
    #[default]
    Submit,
    /// Nothing: an island listens.
    Button,
}

impl ButtonKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Button => "button",
        }
    }
}

/// A button. Its text names the effect: "Pay £32.00".
///
/// It sends its form unless `kind` says otherwise; the page's script disables it after the click and shows
/// that it works, so nothing is sent twice. An island passes further attributes and listeners as usual
/// (`on:click`, `attr:disabled`).
#[expect(clippy::fn_params_excessive_bools, reason = "attributes of an HTML element")]
#[component]
pub fn Button(
    /// Loudness.
    #[prop(optional)]
    tone: Tone,
    /// Height.
    #[prop(optional)]
    size: Size,
    /// Submit (the default) or nothing.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the text.
    #[prop(optional_no_strip, into)]
    icon: Option<Glyph>,
    /// Name sent with the form.
    #[prop(optional, into)]
    name: Text,
    /// Value sent with the form.
    #[prop(optional, into)]
    value: Text,
    /// The id of the form it sends, when it stands outside.
    #[prop(optional, into)]
    form: Text,
    /// Another address for the form.
    #[prop(optional, into)]
    formaction: Text,
    /// Sends the form without the browser's own validation: for "back" and "save draft".
    #[prop(optional)]
    formnovalidate: bool,
    /// Cannot be used now.
    #[prop(optional)]
    disabled: bool,
    /// Is working.
    #[prop(optional)]
    busy: bool,
    /// The text while it works, for example "Paying…".
    #[prop(optional, into)]
    busy_label: Text,
    /// As wide as its container.
    #[prop(optional)]
    block: bool,
    /// The id.
    #[prop(optional, into)]
    id: Text,
    /// A fuller name for screen readers, beginning with the visible text.
    #[prop(optional, into)]
    aria_label: Text,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
    /// The text.
    children: Children,
) -> impl IntoView {
    let class = classes(&["btn", tone.class(), size.class(), if block { "btn-block" } else { "" }, class.as_str()]);
    view! {
        <button
            class=class
            type=kind.name()
            id=id.into_option()
            name=name.into_option()
            value=value.into_option()
            form=form.into_option()
            formaction=formaction.into_option()
            formnovalidate=formnovalidate
            disabled=disabled
            aria-busy=busy.then_some("true")
            aria-label=aria_label.into_option()
            data-busy=busy_label.into_option()
        >
            {icon.map(|name| view! { <Icon name=name /> })}
            {children()}
        </button>
    }
}

/// A link that looks like a button: it goes somewhere and changes nothing.
#[component]
pub fn LinkButton(
    /// Where it goes.
    #[prop(into)]
    href: String,
    /// Loudness.
    #[prop(optional)]
    tone: Tone,
    /// Height.
    #[prop(optional)]
    size: Size,
    /// An icon before the text.
    #[prop(optional_no_strip, into)]
    icon: Option<Glyph>,
    /// Leads nowhere for now: the address is left out and `aria-disabled` set.
    #[prop(optional)]
    disabled: bool,
    /// As wide as its container.
    #[prop(optional)]
    block: bool,
    /// The id of a dialog or sheet that it opens (see [`crate::dialog`]).
    #[prop(optional, into)]
    dialog: Text,
    /// A fuller name for screen readers, beginning with the visible text.
    #[prop(optional, into)]
    aria_label: Text,
    /// Asks the browser to save what it leads to, under this file name.
    #[prop(optional, into)]
    download: Text,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
    /// The text.
    children: Children,
) -> impl IntoView {
    let class = classes(&["btn", tone.class(), size.class(), if block { "btn-block" } else { "" }, class.as_str()]);
    view! {
        <a
            class=class
            href=(!disabled).then_some(href)
            role=disabled.then_some("link")
            aria-disabled=disabled.then_some("true")
            aria-label=aria_label.into_option()
            data-dialog=dialog.into_option()
            download=download.into_option()
        >
            {icon.map(|name| view! { <Icon name=name /> })}
            {children()}
        </a>
    }
}

/// A button that is only an icon. The label is for screen readers and the tooltip.
#[component]
pub fn IconButton(
    /// What it does, in words.
    #[prop(into)]
    label: String,
    /// The icon.
    icon: Glyph,
    /// Loudness; icons stand back unless told otherwise.
    #[prop(default = Tone::Ghost)]
    tone: Tone,
    /// Height and width.
    #[prop(optional)]
    size: Size,
    /// Submit (the default) or nothing.
    #[prop(optional)]
    kind: ButtonKind,
    /// Name sent with the form.
    #[prop(optional, into)]
    name: Text,
    /// Value sent with the form.
    #[prop(optional, into)]
    value: Text,
    /// The id of the form it sends, when it stands outside.
    #[prop(optional, into)]
    form: Text,
    /// For a button that stays in: whether it is.
    #[prop(optional_no_strip, into)]
    pressed: Option<bool>,
    /// Cannot be used now.
    #[prop(optional)]
    disabled: bool,
    /// Mirror the icon in right-to-left text.
    #[prop(optional)]
    flip: bool,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let class = classes(&["btn", tone.class(), size.class(), "btn-icon", class.as_str()]);
    let pressed = pressed.map(|pressed| if pressed { "true" } else { "false" });
    view! {
        <button
            class=class
            type=kind.name()
            name=name.into_option()
            value=value.into_option()
            form=form.into_option()
            aria-label=label.clone()
            title=label
            aria-pressed=pressed
            disabled=disabled
        >
            <Icon name=icon flip=flip />
        </button>
    }
}

/// A link that is only an icon.
#[component]
pub fn IconLink(
    /// Where it goes.
    #[prop(into)]
    href: String,
    /// What is there, in words.
    #[prop(into)]
    label: String,
    /// The icon.
    icon: Glyph,
    /// Loudness; icons stand back unless told otherwise.
    #[prop(default = Tone::Ghost)]
    tone: Tone,
    /// Height and width.
    #[prop(optional)]
    size: Size,
    /// Edge length of the icon.
    #[prop(optional)]
    icon_size: IconSize,
    /// Leads nowhere for now, such as the page before the first.
    #[prop(optional)]
    disabled: bool,
    /// A number on the icon, such as unread messages; say it in the label too.
    #[prop(optional, into)]
    count: Text,
    /// The id of a dialog or sheet that it opens.
    #[prop(optional, into)]
    dialog: Text,
    /// Mirror the icon in right-to-left text.
    #[prop(optional)]
    flip: bool,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let class = classes(&["btn", tone.class(), size.class(), "btn-icon", class.as_str()]);
    let count = count.into_option();
    view! {
        <a
            class=class
            href=(!disabled).then_some(href)
            role=disabled.then_some("link")
            aria-disabled=disabled.then_some("true")
            aria-label=label.clone()
            title=label
            data-dialog=dialog.into_option()
        >
            <Icon name=icon size=icon_size flip=flip />
            {count.map(|count| view! { <span class="count-dot" aria-hidden="true">{count}</span> })}
        </a>
    }
}

/// A keyboard shortcut.
#[component]
pub fn Kbd(
    /// The keys.
    children: Children,
) -> impl IntoView {
    view! { <kbd class="kbd">{children()}</kbd> }
}
