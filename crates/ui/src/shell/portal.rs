//! The portals' shell: side bar on wide screens, top and bottom bar on phones.

use leptos::prelude::*;

use super::{Brand, Logo, SkipLink};
use crate::{
    avatar::Avatar,
    button::{IconLink, Size},
    icon::{Glyph, Icon, IconSize},
    text::{Text, classes},
};

/// A number beside a navigation item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum NavBadge {
    /// None.
    #[default]
    None,
    /// A quiet number: how many there are.
    Count(String),
    /// A loud number: how many wait for the reader.
    Dot(String),
}

/// One item of the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Where it goes.
    pub href: String,
    /// What is there.
    pub label: String,
    /// Its icon.
    pub icon: Glyph,
    /// A number beside it.
    pub badge: NavBadge,
    /// The reader is there now.
    pub current: bool,
}

impl NavItem {
    /// An item without a number.
    pub fn new(href: impl Into<String>, label: impl Into<String>, icon: Glyph) -> Self {
        Self { href: href.into(), label: label.into(), icon, badge: NavBadge::None, current: false }
    }

    /// The same item with a number.
    #[must_use]
    pub fn badge(mut self, badge: NavBadge) -> Self {
        self.badge = badge;
        self
    }

    /// The same item, current or not.
    #[must_use]
    pub const fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

/// Items under a heading; the first group has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavGroup {
    /// The heading.
    pub title: Option<String>,
    /// The items.
    pub items: Vec<NavItem>,
}

/// The search box of the side bar: a link to the search page, which an island may turn into a palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalSearch {
    /// The search page.
    pub href: String,
    /// "Search or jump to".
    pub label: String,
    /// The shortcut shown, such as "⌘K"; none where no island listens.
    pub kbd: Option<String>,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalMe {
    /// The member's id.
    pub id: String,
    /// The display name.
    pub name: String,
    /// Role or level.
    pub note: String,
    /// Address of the photo.
    pub photo: Option<String>,
    /// "Account menu", for screen readers.
    pub label: String,
}

fn side_item(item: NavItem) -> AnyView {
    let badge = match item.badge {
        NavBadge::None => ().into_any(),
        NavBadge::Count(count) => view! { <span class="end">{count}</span> }.into_any(),
        NavBadge::Dot(count) => view! { <span class="end"><span class="count-dot">{count}</span></span> }.into_any(),
    };
    view! {
        <li>
            <a href=item.href aria-current=item.current.then_some("page")>
                <Icon name=item.icon />
                <span class="trunc">{item.label}</span>
                {badge}
            </a>
        </li>
    }
    .into_any()
}

fn bar_item(item: NavItem) -> AnyView {
    let badge = match item.badge {
        NavBadge::Dot(count) => view! { <span class="count-dot">{count}</span> }.into_any(),
        NavBadge::None | NavBadge::Count(_) => ().into_any(),
    };
    view! {
        <a href=item.href aria-current=item.current.then_some("page")>
            <Icon name=item.icon size=IconSize::Large />
            <span class="trunc">{item.label}</span>
            {badge}
        </a>
    }
    .into_any()
}

/// The frame of a portal: skip link, side bar, phone bars and the work area (`<main id="main">`).
///
/// On phones the side bar leaves; `bar` (at most four items) and "More" stay at the bottom, and "More" opens
/// the whole side bar as a sheet, without a script.
#[component]
pub fn PortalShell(
    /// The tenant.
    brand: Brand,
    /// The name of the navigation, for screen readers: "Tutor".
    #[prop(into)]
    label: String,
    /// "Skip to content".
    #[prop(into)]
    skip_label: String,
    /// "More", in the bottom bar.
    #[prop(into)]
    more_label: String,
    /// "Close", in the sheet that "More" opens.
    #[prop(into)]
    close_label: String,
    /// The navigation.
    groups: Vec<NavGroup>,
    /// The bottom bar: at most four items.
    bar: Vec<NavItem>,
    /// The search box.
    #[prop(optional_no_strip, into)]
    search: Option<PortalSearch>,
    /// Who is signed in.
    me: PortalMe,
    /// The account menu: `MenuLink`s, a theme choice, the form that signs out.
    #[prop(optional)]
    me_menu: Option<AnyView>,
    /// Icon links at the end of the phone's top bar, such as notifications.
    #[prop(optional)]
    top_tools: Option<AnyView>,
    /// Above everything: a notice that one acts for somebody else, an outage.
    #[prop(optional)]
    banner: Option<AnyView>,
    /// Use the whole width and all the edges: chat, calendars.
    #[prop(optional)]
    wide: bool,
    /// The page.
    children: Children,
) -> impl IntoView {
    let top_search = search.clone().map(|search| {
        view! { <IconLink href=search.href label=search.label icon=Glyph::Search icon_size=IconSize::Large /> }
    });
    let bar_label = more_label.clone();
    let work_class = classes(&["work", if wide { "work-wide" } else { "" }]);
    view! {
        <SkipLink label=skip_label />
        {banner.map(|banner| view! { <div class="shell-banner">{banner}</div> })}
        <div class="shell">
            <aside class="side" id="menu" tabindex="-1">
                <div class="side-top">
                    <Logo brand=brand.clone() />
                    <IconLink href="#-" label=close_label icon=Glyph::X size=Size::Small class="only-m end" />
                </div>
                {search.map(|search| view! {
                    <a class="side-search" href=search.href data-palette>
                        <Icon name=Glyph::Search size=IconSize::Small />
                        <span>{search.label}</span>
                        {search.kbd.map(|keys| view! { <kbd class="kbd" aria-hidden="true">{keys}</kbd> })}
                    </a>
                })}
                <nav aria-label=label>
                    {groups
                        .into_iter()
                        .map(|group| view! {
                            {group.title.map(|title| view! { <p class="grp">{title}</p> })}
                            <ul role="list">{group.items.into_iter().map(side_item).collect_view()}</ul>
                        })
                        .collect_view()}
                </nav>
                <Me me=me menu=me_menu />
            </aside>
            <div class="shell-body">
                <header class="m-top">
                    <Logo brand=brand />
                    <span class="row end m-tools">{top_search}{top_tools}</span>
                </header>
                <main id="main" class=work_class tabindex="-1">{children()}</main>
            </div>
            <nav class="bar" aria-label=bar_label>
                {bar.into_iter().map(bar_item).collect_view()}
                <a href="#menu">
                    <Icon name=Glyph::Menu size=IconSize::Large />
                    <span class="trunc">{more_label}</span>
                </a>
            </nav>
        </div>
    }
}

/// The foot of the side bar: who is signed in, with the account menu above it.
#[component]
fn Me(me: PortalMe, menu: Option<AnyView>) -> impl IntoView {
    view! {
        <details class="menu-d side-me-d" data-menu>
            <summary class="side-me">
                <Avatar id=me.id name=me.name.clone() src=me.photo />
                <span class="grow">
                    <span class="trunc mid block">{me.name}</span>
                    <span class="trunc t-12 faint block">{me.note}</span>
                </span>
                <span class="sr">{me.label}</span>
                <Icon name=Glyph::ChevronsUpDown size=IconSize::Small />
            </summary>
            <div class="menu menu-up">{menu}</div>
        </details>
    }
}

/// The head of a page in a portal: title, context, actions at the end.
#[component]
pub fn PageHead(
    /// The title, the page's `<h1>`.
    #[prop(into)]
    title: String,
    /// One line of context.
    #[prop(optional, into)]
    note: Text,
    /// The way back, above the title: address and text.
    #[prop(optional, into)]
    back_href: Text,
    /// The way back, in words.
    #[prop(optional, into)]
    back_label: Text,
    /// Actions at the end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let note = note.into_option();
    let back = back_href.into_option().zip(back_label.into_option());
    view! {
        <header class="work-head">
            <div class="work-title">
                {back.map(|(href, label)| view! {
                    <a class="back" href=href>
                        <Icon name=Glyph::ArrowLeft size=IconSize::Small flip=true />{label}
                    </a>
                })}
                <h1>{title}</h1>
                {note.map(|note| view! { <p class="muted">{note}</p> })}
            </div>
            {children.map(|children| children())}
        </header>
    }
}
