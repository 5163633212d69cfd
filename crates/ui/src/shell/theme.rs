//! Light, dark, or what the system says: a form, kept in a cookie, drawn by the server.

use leptos::prelude::*;

use crate::icon::{Glyph, Icon};

/// The theme a reader chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// What the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value in the form and in the cookie.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "system" => Some(Self::System),
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }

    /// The value of `data-theme` on `<html>`; none leaves it to the system.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// What the theme buttons say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeLabels {
    /// "Theme".
    pub legend: String,
    /// "Light".
    pub light: String,
    /// "Dark".
    pub dark: String,
    /// "As the system".
    pub system: String,
}

/// One icon button that switches to the other theme. Posts `theme` and `next` to `action`.
#[component]
pub fn ThemeToggle(
    /// Where the form goes.
    #[prop(into)]
    action: String,
    /// The address to come back to.
    #[prop(into)]
    next: String,
    /// What the buttons say.
    labels: ThemeLabels,
) -> impl IntoView {
    // Both buttons are there; the style sheet shows the one that changes something, which the server cannot
    // know while the theme is the system's.
    view! {
        <form class="theme-toggle" method="post" action=action aria-label=labels.legend>
            <input type="hidden" name="next" value=next />
            <button class="btn btn-ghost btn-icon btn-sm in-light" name="theme" value="dark" aria-label=labels.dark.clone() title=labels.dark>
                <Icon name=Glyph::Moon />
            </button>
            <button class="btn btn-ghost btn-icon btn-sm in-dark" name="theme" value="light" aria-label=labels.light.clone() title=labels.light>
                <Icon name=Glyph::Sun />
            </button>
        </form>
    }
}

/// All three themes as a segmented control of buttons, for menus and settings.
#[component]
pub fn ThemeChoice(
    /// Where the form goes.
    #[prop(into)]
    action: String,
    /// The address to come back to.
    #[prop(into)]
    next: String,
    /// The theme now.
    current: Theme,
    /// What the buttons say.
    labels: ThemeLabels,
) -> impl IntoView {
    let buttons =
        [(Theme::Light, Glyph::Sun, labels.light), (Theme::Dark, Glyph::Moon, labels.dark), (Theme::System, Glyph::Monitor, labels.system)];
    view! {
        <form class="seg seg-block" method="post" action=action aria-label=labels.legend>
            <input type="hidden" name="next" value=next />
            {buttons
                .into_iter()
                .map(|(theme, icon, label)| {
                    let pressed = if theme == current { "true" } else { "false" };
                    view! {
                        <button name="theme" value=theme.name() aria-pressed=pressed aria-label=label.clone() title=label>
                            <Icon name=icon />
                        </button>
                    }
                })
                .collect_view()}
        </form>
    }
}
