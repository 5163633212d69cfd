//! The frame of a page: the portals' shell and the public site's header and footer.

mod portal;
mod site;
mod theme;

pub use portal::{NavBadge, NavGroup, NavItem, PageHead, PortalMe, PortalSearch, PortalShell};
pub use site::{NavLink, SiteFooter, SiteHeader};
pub use theme::{Theme, ThemeChoice, ThemeLabels, ThemeToggle};

use leptos::prelude::*;

/// The tenant's name and mark, as every frame shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    /// The tenant's name.
    pub name: String,
    /// Where the mark leads.
    pub href: String,
    /// Address of the tenant's own mark; a tile with the first letter otherwise.
    pub logo: Option<String>,
}

/// The tenant's mark and name as a link.
#[component]
pub fn Logo(
    /// Whose.
    brand: Brand,
) -> impl IntoView {
    let letter: String = brand.name.chars().next().into_iter().flat_map(char::to_uppercase).collect();
    let mark = match brand.logo {
        Some(src) => view! { <img src=src alt="" width="24" height="24" /> }.into_any(),
        None => view! { <span class="logo-mark" aria-hidden="true">{letter}</span> }.into_any(),
    };
    view! { <a class="logo" href=brand.href>{mark}<span class="trunc">{brand.name}</span></a> }
}

/// The link that leads past the navigation; the first thing in `<body>`.
#[component]
pub fn SkipLink(
    /// "Skip to content".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <a class="skip" href="#main">{label}</a> }
}
