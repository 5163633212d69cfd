//! What is live beside what is proposed, field by field.

use domain::catalogue::{ContentField, PriceChange, Review, VersionContent};
use i18n::{Reader, t};
use leptos::prelude::*;
use ui::prelude::*;

/// Every field of the version in review. Those that did not change stand there quietly.
pub fn diff(reader: &Reader, review: &Review) -> AnyView {
    let fields = [ContentField::Title, ContentField::Description, ContentField::Subject, ContentField::Levels];
    let texts = fields.map(|field| text_field(reader, review, field)).into_iter().collect_view();
    view! { <div>{texts} {prices(reader, review)}</div> }.into_any()
}

fn label(reader: &Reader, field: ContentField) -> String {
    match field {
        ContentField::Title => t!(reader, "admin-review-title"),
        ContentField::Description => t!(reader, "admin-review-description"),
        ContentField::Subject => t!(reader, "admin-subject"),
        ContentField::Levels => t!(reader, "admin-review-levels"),
        ContentField::Prices => t!(reader, "admin-review-prices"),
    }
}

fn text_of(reader: &Reader, content: &VersionContent, field: ContentField) -> String {
    match field {
        ContentField::Title => content.title.clone(),
        ContentField::Description => content.description.clone(),
        ContentField::Subject => content.subject.name.clone(),
        ContentField::Levels => reader.list(&content.levels.iter().map(|level| level.name.as_str()).collect::<Vec<_>>()),
        ContentField::Prices => String::new(),
    }
}

fn text_field(reader: &Reader, review: &Review, field: ContentField) -> AnyView {
    let after = text_of(reader, &review.proposed, field);
    let before = review.live.as_ref().map(|live| text_of(reader, live, field));
    let body = match before {
        Some(before) if review.changed.contains(&field) => {
            let parts = Parts::of(&before, &after);
            let (old, new) = (parts.gone.to_owned(), parts.came.to_owned());
            let (head, tail) = (parts.head.to_owned(), parts.tail.to_owned());
            let gone = (!old.is_empty()).then(|| view! { <del class="bg-bad text-bad rounded-1">{old}</del> });
            let came = (!new.is_empty()).then(|| view! { <ins class="bg-ok text-ok rounded-1">{new}</ins> });
            let then = view! { {head.clone()}{gone}{tail.clone()} }.into_any();
            let now = view! { {head}{came}{tail} }.into_any();
            beside(reader, then, now)
        }
        Some(_) => view! { <p class="muted read whitespace-pre-line">{after}</p> }.into_any(),
        None => view! { <p class="read whitespace-pre-line">{after}</p> }.into_any(),
    };
    row(reader, review, field, body)
}

fn beside(reader: &Reader, then: AnyView, now: AnyView) -> AnyView {
    view! {
        <div class="cols-2">
            <div><p class="t-12 faint">{t!(reader, "admin-review-live")}</p><p class="read whitespace-pre-line">{then}</p></div>
            <div><p class="t-12 faint">{t!(reader, "admin-review-proposed")}</p><p class="read whitespace-pre-line">{now}</p></div>
        </div>
    }
    .into_any()
}

/// A field's name, whether it changed, and what it says.
fn row(reader: &Reader, review: &Review, field: ContentField, body: AnyView) -> AnyView {
    let locale = reader.locale;
    let changed = (review.live.is_some() && review.changed.contains(&field))
        .then(|| view! { <Badge mood=Mood::Warn>{t!(locale, "admin-review-changed")}</Badge> });
    view! {
        <section class="stack py-4 border-b border-line">
            <div class="row"><h3 class="t-14 mid">{label(reader, field)}</h3>{changed}</div>
            {body}
        </section>
    }
    .into_any()
}

fn prices(reader: &Reader, review: &Review) -> AnyView {
    let is_change = review.live.is_some();
    let mut cols = vec![Col::new(t!(reader, "common-duration"))];
    if is_change {
        cols.push(Col::end(t!(reader, "admin-review-live")));
    }
    cols.push(Col::end(t!(reader, "admin-review-proposed")));
    let rows = review.prices.iter().map(|change| price(reader, *change, is_change)).collect_view();
    let body = view! { <Table cols=cols caption=label(reader, ContentField::Prices)>{rows}</Table> };
    row(reader, review, ContentField::Prices, body.into_any())
}

fn price(reader: &Reader, change: PriceChange, is_change: bool) -> AnyView {
    let text = |price: Option<kernel::Money>| price.map_or_else(|| t!(reader, "admin-review-not-sold"), |price| reader.money(price));
    let differs = is_change && change.before != change.after;
    let (before, after) = (text(change.before), text(change.after));
    let before = is_change.then(|| {
        let class = if differs { "line-through" } else { "muted" };
        view! { <td class="r"><span class=class>{before}</span></td> }
    });
    let after_class = if differs { "mid text-ok" } else { "" };
    view! {
        <tr>
            <td>{reader.duration_minutes(change.minutes)}</td>
            {before}
            <td class="r"><span class=after_class>{after}</span></td>
        </tr>
    }
    .into_any()
}

/// Two texts by words: what both begin with, what stands between in each, what both end with.
#[derive(Debug, PartialEq, Eq)]
struct Parts<'a> {
    head: &'a str,
    gone: &'a str,
    came: &'a str,
    tail: &'a str,
}

impl<'a> Parts<'a> {
    fn of(before: &'a str, after: &'a str) -> Self {
        let same = |(a, b): &(&str, &str)| a == b;
        let (old, new) = (words(before), words(after));
        let head: usize = old.iter().copied().zip(new.iter().copied()).take_while(same).map(|(word, _)| word.len()).sum();
        let (head_text, old) = before.split_at_checked(head).unwrap_or(("", before));
        let (_, new) = after.split_at_checked(head).unwrap_or(("", after));
        let tail: usize = words(old).into_iter().rev().zip(words(new).into_iter().rev()).take_while(same).map(|(word, _)| word.len()).sum();
        let (gone, tail_text) = old.split_at_checked(old.len().saturating_sub(tail)).unwrap_or((old, ""));
        let (came, _) = new.split_at_checked(new.len().saturating_sub(tail)).unwrap_or((new, ""));
        Self { head: head_text, gone, came, tail: tail_text }
    }
}

/// The words of a text, each with the space before it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let start = rest.len() - rest.trim_start().len();
        let end = rest.get(start..).and_then(|word| word.find(char::is_whitespace)).map_or(rest.len(), |length| start + length);
        let (word, more) = rest.split_at_checked(end).unwrap_or((rest, ""));
        words.push(word);
        rest = more;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::Parts;

    #[test]
    fn only_what_changed_is_marked() {
        let parts = |before, after| {
            let Parts { head, gone, came, tail } = Parts::of(before, after);
            assert_eq!((format!("{head}{gone}{tail}"), format!("{head}{came}{tail}")), (String::from(before), String::from(after)));
            (head, gone, came, tail)
        };
        assert_eq!(parts("one two three", "one 2 three"), ("one", " two", " 2", " three"));
        assert_eq!(parts("one two", "one two three"), ("one two", "", " three", ""));
        assert_eq!(parts("a b", "x b"), ("", "a", "x", " b"));
        assert_eq!(parts("año  nuevo ", "año viejo "), ("año", "  nuevo", " viejo", " "));
        assert_eq!(parts("a a a", "a a"), ("a a", " a", "", ""));
        assert_eq!(parts("", "new"), ("", "", "new", ""));
    }
}
