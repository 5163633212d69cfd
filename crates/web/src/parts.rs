//! Parts that pages of several portals have.

use i18n::{Reader, t, zones};
use kernel::urls;
use leptos::prelude::*;
use std::fmt::Display;
use ui::prelude::*;

/// The way to the next page of a list and back to its first; `query` are the list's filters.
pub fn pager(reader: &Reader, path: &str, query: &[(&str, &str)], next: Option<impl Display>, is_later: bool) -> AnyView {
    if next.is_none() && !is_later {
        return ().into_any();
    }
    let next = next.map(|cursor| {
        let cursor = cursor.to_string();
        let mut pairs = query.to_vec();
        pairs.push(("after", &cursor));
        urls::with_query(path, &pairs)
    });
    let first = is_later.then(|| urls::with_query(path, query));
    view! {
        <Pagination label=t!(reader, "common-pages") prev=first next=next
            prev_label=t!(reader, "common-page-first") next_label=t!(reader, "common-page-next")/>
    }
    .into_any()
}

/// Every zone by region; `chosen` too, should it be one that the list lacks (an old name).
pub fn zone_choices(reader: &Reader, chosen: &str) -> Vec<Choice> {
    let choice = |region: &str, zone: &i18n::ZoneOption| Choice::new(zone.name.as_str(), zone.city.clone()).group(region.to_owned());
    let mut choices: Vec<Choice> =
        zones(reader).iter().flat_map(|group| group.zones.iter().map(|zone| choice(&group.region, zone))).collect();
    if !chosen.is_empty() && choices.iter().all(|choice| choice.value != chosen) {
        choices.insert(0, Choice::new(chosen, chosen));
    }
    choices
}
