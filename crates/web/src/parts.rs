//! Parts that pages of several portals have.

use i18n::{Reader, t, zones};
use kernel::urls;
use leptos::prelude::*;
use serde_json::Value;
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

/// What an audit log's entry says of a change (JSON), in words: names and values, one after the other.
pub fn change_in_words(json: &str) -> String {
    fn words(value: &Value) -> String {
        match value {
            Value::Null => "–".to_owned(),
            Value::String(text) => text.clone(),
            Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
            Value::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| format!("{}: {}", name.replace(['_', '-'], " "), words(value)));
                fields.collect::<Vec<_>>().join(" · ")
            }
            Value::Bool(_) | Value::Number(_) => value.to_string(),
        }
    }
    serde_json::from_str(json).map_or_else(|_| json.to_owned(), |value| words(&value))
}

#[cfg(test)]
mod tests {
    use super::change_in_words;

    #[test]
    fn a_change_is_told_in_words() {
        let json = r#"{"delete_at":null,"reason":"A \"long\" story","roles":["admin","tutor"],"flags":{"sign-up":false}}"#;
        assert_eq!(change_in_words(json), "delete at: – · flags: sign up: false · reason: A \"long\" story · roles: admin, tutor");
        assert_eq!(change_in_words("no json"), "no json");
    }
}
