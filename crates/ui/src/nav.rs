//! Ways within a page: tabs, segments, breadcrumb, pages of a list.

use leptos::prelude::*;

use crate::{
    button::{LinkButton, Size},
    icon::{Glyph, Icon},
    text::{Text, classes},
};

/// One tab or segment: a link, because every state is in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// Where it leads.
    pub href: String,
    /// What is there.
    pub label: String,
    /// How many are there.
    pub count: Option<String>,
    /// The reader is there now.
    pub current: bool,
}

impl Tab {
    /// A tab without a number.
    pub fn new(href: impl Into<String>, label: impl Into<String>, current: bool) -> Self {
        Self { href: href.into(), label: label.into(), count: None, current }
    }

    /// The same tab with a number.
    #[must_use]
    pub fn count(mut self, count: impl Into<String>) -> Self {
        self.count = Some(count.into());
        self
    }
}

fn tab(tab: Tab) -> AnyView {
    view! {
        <a href=tab.href aria-current=tab.current.then_some("page")>
            {tab.label}
            {tab.count.map(|count| view! { <span class="count">{count}</span> })}
        </a>
    }
    .into_any()
}

/// Tabs: links with a line below.
#[component]
pub fn Tabs(
    /// What they choose, for screen readers.
    #[prop(into)]
    label: String,
    /// The tabs.
    items: Vec<Tab>,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    view! {
        <nav class=classes(&["tabs", class.as_str()]) aria-label=label>
            {items.into_iter().map(tab).collect_view()}
        </nav>
    }
}

/// A segmented control of links: day, week, month.
#[component]
pub fn Segments(
    /// What they choose, for screen readers.
    #[prop(into)]
    label: String,
    /// The segments.
    items: Vec<Tab>,
    /// As wide as its container.
    #[prop(optional)]
    block: bool,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    view! {
        <nav class=classes(&["seg", if block { "seg-block" } else { "" }, class.as_str()]) aria-label=label>
            {items.into_iter().map(tab).collect_view()}
        </nav>
    }
}

/// Where this page stands; the last item is the page itself.
#[component]
pub fn Crumbs(
    /// "You are here", for screen readers.
    #[prop(into)]
    label: String,
    /// Address and text of each page above.
    items: Vec<(String, String)>,
    /// This page.
    #[prop(into)]
    here: String,
) -> impl IntoView {
    view! {
        <nav class="crumbs" aria-label=label>
            <ol role="list">
                {items
                    .into_iter()
                    .map(|(href, text)| view! {
                        <li><a href=href>{text}</a><Icon name=Glyph::ChevronRight flip=true /></li>
                    })
                    .collect_view()}
                <li><span aria-current="page">{here}</span></li>
            </ol>
        </nav>
    }
}

/// Pages of a list by cursor: no page numbers, because the list moves.
#[component]
pub fn Pagination(
    /// What is paged, for screen readers.
    #[prop(into)]
    label: String,
    /// Address of the page before; none on the first.
    #[prop(optional, into)]
    prev: Text,
    /// Address of the page after; none on the last.
    #[prop(optional, into)]
    next: Text,
    /// "Newer" or "Previous".
    #[prop(into)]
    prev_label: String,
    /// "Older" or "Next".
    #[prop(into)]
    next_label: String,
    /// "20 of 1,506".
    #[prop(optional, into)]
    summary: Text,
) -> impl IntoView {
    let summary = summary.into_option();
    let single = !prev.is_some() && !next.is_some();
    let link = |href: Text, label: String, rel: &'static str| {
        let disabled = !href.is_some();
        let back = rel == "prev";
        view! {
            <LinkButton href=href.as_str().to_owned() disabled=disabled size=Size::Small attr:rel=rel>
                {back.then(|| view! { <Icon name=Glyph::ChevronLeft flip=true /> })}
                {label}
                {(!back).then(|| view! { <Icon name=Glyph::ChevronRight flip=true /> })}
            </LinkButton>
        }
    };
    view! {
        <nav class="pager" aria-label=label>
            {summary.map(|summary| view! { <p class="muted num">{summary}</p> })}
            {(!single).then(|| view! {
                <span class="row end">
                    {link(prev, prev_label, "prev")}
                    {link(next, next_label, "next")}
                </span>
            })}
        </nav>
    }
}
