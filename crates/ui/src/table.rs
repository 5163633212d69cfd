//! Tables and lists.

use leptos::prelude::*;

use crate::{
    icon::{Glyph, Icon, IconSize},
    text::{Text, classes},
};

/// The direction a column is sorted in now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// The head of one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Col {
    /// The heading.
    pub label: String,
    /// Keep the heading for screen readers only (actions, pictures).
    pub label_hidden: bool,
    /// Aligned to the end: amounts and numbers.
    pub end: bool,
    /// Where a click on the heading leads: the same page sorted by it.
    pub sort_href: Option<String>,
    /// How it is sorted now.
    pub sorted: Option<Sorted>,
    /// Left out below 1180 px; mark its cells with class `drop-l` too.
    pub drop: bool,
}

impl Col {
    /// A column of text.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// A column of amounts or numbers; its cells take class `r`.
    pub fn end(label: impl Into<String>) -> Self {
        Self { end: true, ..Self::new(label) }
    }

    /// A column whose heading only screen readers need.
    pub fn hidden(label: impl Into<String>) -> Self {
        Self { label_hidden: true, ..Self::new(label) }
    }

    /// The same column, sortable: `href` is the page sorted by it, `sorted` the order now.
    #[must_use]
    pub fn sortable(mut self, href: impl Into<String>, sorted: Option<Sorted>) -> Self {
        self.sort_href = Some(href.into());
        self.sorted = sorted;
        self
    }

    /// The same column, left out below 1180 px.
    #[must_use]
    pub const fn droppable(mut self) -> Self {
        self.drop = true;
        self
    }
}

fn heading(col: Col) -> AnyView {
    let class = classes(&[if col.end { "r" } else { "" }, if col.drop { "drop-l" } else { "" }]);
    let class = (!class.is_empty()).then_some(class);
    let (order, arrow) = match col.sorted {
        Some(Sorted::Ascending) => (Some("ascending"), Some(Glyph::ArrowUp)),
        Some(Sorted::Descending) => (Some("descending"), Some(Glyph::ArrowDown)),
        None => (None, None),
    };
    let label = if col.label_hidden { view! { <span class="sr">{col.label}</span> }.into_any() } else { col.label.into_any() };
    let inner = match col.sort_href {
        Some(href) => view! {
            <a href=href>{label}{arrow.map(|name| view! { <Icon name=name size=IconSize::Small /> })}</a>
        }
        .into_any(),
        None => label,
    };
    view! { <th scope="col" class=class aria-sort=order>{inner}</th> }.into_any()
}

/// A table. The children are `<tr>`s.
///
/// On phones each row becomes a card when `cards` is set: cells take `m-1a`, `m-1b`, `m-2a`, `m-2b` (line and
/// side) or `drop-m`. Amounts take `r`, actions `acts`. A row that is wholly a link has an `<a class="cover">`
/// in its first cell.
#[component]
pub fn Table(
    /// The columns.
    cols: Vec<Col>,
    /// What the table holds; for screen readers unless `caption_shown`.
    #[prop(into)]
    caption: String,
    /// Show the caption.
    #[prop(optional)]
    caption_shown: bool,
    /// Rows become cards on phones.
    #[prop(optional)]
    cards: bool,
    /// The head stays in sight while the page scrolls (then the table must not scroll sideways).
    #[prop(optional)]
    sticky: bool,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let table_class = classes(&["table", if cards { "table-cards" } else { "" }, if sticky { "table-sticky" } else { "" }, class.as_str()]);
    let caption_class = if caption_shown { "table-caption" } else { "sr" };
    let table = view! {
        <table class=table_class>
            <caption class=caption_class>{caption.clone()}</caption>
            <thead><tr>{cols.into_iter().map(heading).collect_view()}</tr></thead>
            <tbody>{children()}</tbody>
        </table>
    };
    if sticky {
        table.into_any()
    } else {
        // What scrolls must be reachable by keyboard. A group, because its section is the landmark.
        view! { <div class="table-wrap" tabindex="0" role="group" aria-label=caption>{table}</div> }.into_any()
    }
}

/// The actions of a table row or list row, at the end.
#[component]
pub fn RowActions(
    /// Buttons and links.
    children: Children,
) -> impl IntoView {
    view! { <span class="row row-acts">{children()}</span> }
}

/// A list with hairlines. The children are [`ListRow`]s or `<li>`s.
#[component]
pub fn List(
    /// A hairline above the first row too.
    #[prop(optional)]
    ruled: bool,
    /// What it lists, for screen readers, when no heading does.
    #[prop(optional, into)]
    label: Text,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let class = classes(&["list", if ruled { "list-top" } else { "" }, class.as_str()]);
    // Safari forgets that a list without bullets is one.
    view! { <ul class=class role="list" aria-label=label.into_option()>{children()}</ul> }
}

/// A row of a list: something before, a title with a second line, something after.
#[component]
pub fn ListRow(
    /// The title.
    #[prop(into)]
    title: String,
    /// The second line.
    #[prop(optional, into)]
    note: Text,
    /// Where the whole row leads; shows a chevron when nothing else stands at the end.
    #[prop(optional, into)]
    href: Text,
    /// Before the title: an avatar or icon.
    #[prop(optional)]
    lead: Option<AnyView>,
    /// At the end: a badge, an amount, a button.
    #[prop(optional)]
    end: Option<AnyView>,
    /// Chosen.
    #[prop(optional)]
    current: bool,
    /// Between title and end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let note = note.into_option();
    let chevron = (href.is_some() && end.is_none()).then(|| view! { <Icon name=Glyph::ChevronRight flip=true class="faint" /> });
    let title = match href.into_option() {
        Some(href) => view! {
            <a class="cover" href=href aria-current=current.then_some("true")>{title}</a>
        }
        .into_any(),
        None => title.into_any(),
    };
    view! {
        <li>
            <div class="list-row">
                {lead}
                <div class="grow">
                    <p class="mid trunc">{title}</p>
                    {note.map(|note| view! { <p class="muted num">{note}</p> })}
                </div>
                {children.map(|children| children())}
                {end}
                {chevron}
            </div>
        </li>
    }
}
