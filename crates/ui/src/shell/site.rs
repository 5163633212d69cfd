//! Header and footer of the public site.

use leptos::prelude::*;

use super::{Brand, Logo, SkipLink};
use crate::{
    icon::{Glyph, Icon, IconSize},
    text::Text,
};

/// One link of a header or footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavLink {
    /// Where it goes.
    pub href: String,
    /// What is there.
    pub label: String,
    /// The reader is there now.
    pub current: bool,
}

impl NavLink {
    /// A link to another page.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), current: false }
    }

    /// The same link, current or not.
    #[must_use]
    pub const fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

fn links(links: Vec<NavLink>) -> Vec<AnyView> {
    links
        .into_iter()
        .map(|link| view! { <a href=link.href aria-current=link.current.then_some("page")>{link.label}</a> }.into_any())
        .collect()
}

/// The header of the public site, with the skip link before it.
#[component]
pub fn SiteHeader(
    /// The tenant.
    brand: Brand,
    /// The name of the navigation, for screen readers: "Main".
    #[prop(into)]
    label: String,
    /// "Skip to content".
    #[prop(into)]
    skip_label: String,
    /// "Menu", the phone's button.
    #[prop(into)]
    menu_label: String,
    /// The navigation; on phones in the menu.
    nav: Vec<NavLink>,
    /// Instead of the navigation, in the middle: the steps of a checkout.
    #[prop(optional)]
    middle: Option<AnyView>,
    /// Language and zone, theme.
    #[prop(optional)]
    tools: Option<AnyView>,
    /// Sign in and sign up, or messages and the avatar's menu.
    #[prop(optional)]
    account: Option<AnyView>,
) -> impl IntoView {
    let phone = (!nav.is_empty()).then(|| {
        let label = label.clone();
        let items = links(nav.clone());
        view! {
            <details class="menu-d only-m" data-menu>
                <summary class="btn btn-ghost btn-icon" aria-label=menu_label>
                    <Icon name=Glyph::Menu size=IconSize::Large />
                </summary>
                <nav class="menu" aria-label=label>{items}</nav>
            </details>
        }
    });
    let wide = (!nav.is_empty()).then(|| view! { <nav class="site-nav" aria-label=label>{links(nav)}</nav> });
    view! {
        <SkipLink label=skip_label />
        <header class="site">
            <div class="site-in">
                <Logo brand=brand />
                {wide}
                {middle}
                <div class="row end site-end">{tools}{account}{phone}</div>
            </div>
        </header>
    }
}

/// The footer of the public site.
#[component]
pub fn SiteFooter(
    /// "© 2026 Northside".
    #[prop(into)]
    note: String,
    /// The name of the links, for screen readers.
    #[prop(into)]
    label: String,
    /// Help, policies, terms.
    links: Vec<NavLink>,
    /// At the end: language and zone.
    #[prop(optional)]
    end: Option<AnyView>,
    /// One more line, such as an address of the operator.
    #[prop(optional, into)]
    legal: Text,
) -> impl IntoView {
    let items = self::links(links);
    let legal = legal.into_option();
    view! {
        <footer class="foot">
            <div>
                <span>{note}</span>
                <nav aria-label=label>{items}</nav>
                {end.map(|end| view! { <div class="end">{end}</div> })}
                {legal.map(|legal| view! { <p class="foot-legal">{legal}</p> })}
            </div>
        </footer>
    }
}
