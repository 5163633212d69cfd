//! What several public pages draw: a tutor in a list, names of languages, stars.

use domain::{
    catalogue::{Rating as Stars, TutorRow},
    uploads::PhotoSize,
};
use i18n::{Reader, t};
use islands::booking::{Place, Span};
use jiff::{Timestamp, ToSpan, civil::Date};
use kernel::{availability::Slot, urls};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ui::prelude::{Avatar, AvatarSize, Glyph, Icon, IconSize, Rating};
use web::{PublicShell, RequestCx};

/// Days of free times in a list of tutors.
const DAYS: usize = 4;
/// Times shown of each of those days.
const TIMES: usize = 3;

/// A page in the public site's frame.
pub fn site(title: impl Into<String>, body: AnyView) -> AnyView {
    let title = title.into();
    view! { <PublicShell title=title>{body}</PublicShell> }.into_any()
}

/// A part of the page's address, such as a tutor's slug.
pub fn route_param(name: &str) -> String {
    use_params_map().with_untracked(|params| params.get(name)).unwrap_or_default()
}

/// A language's name in the reader's language; the tag for one without a name.
pub fn language(reader: &Reader, tag: &str) -> String {
    let key = format!("common-language-{}", tag.split('-').next().unwrap_or(tag).to_ascii_lowercase());
    if i18n::has(&key) { i18n::t(reader, &key) } else { tag.to_owned() }
}

/// Languages as a list: "English, Greek".
pub fn languages(reader: &Reader, tags: &[String]) -> String {
    tags.iter().map(|tag| language(reader, tag)).collect::<Vec<_>>().join(", ")
}

/// The currency's sign as the reader writes it: "£", "CAD".
pub fn currency_sign(reader: &Reader, currency: kernel::Currency) -> String {
    let nothing = reader.money(kernel::Money::zero(currency));
    nothing.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '\u{a0}' | ' ')).collect()
}

/// "4.96 (212)", or "New" without reviews.
pub fn rating(reader: &Reader, stars: Stars) -> AnyView {
    let Some(hundredths) = stars.hundredths() else {
        return view! { <span class="faint">{t!(reader, "public-no-reviews")}</span> }.into_any();
    };
    let text = reader.decimal(hundredths, 2);
    let count = format!("({})", reader.number(stars.count));
    let label = t!(reader, "public-rating", rating = &text, count = stars.count);
    view! { <Rating text=text count=count label=label/> }.into_any()
}

/// The address of a tutor's page with that time chosen.
fn slot_href(reader: &Reader, row: &TutorRow, slot: &Slot) -> String {
    let date = reader.date(slot.start).to_string();
    let place =
        Place { variant: row.lesson.variant.to_string(), span: Span::Month, from: date.clone(), day: date, slot: slot.start.to_string() };
    place.href(&urls::tutor(&row.slug))
}

/// The address of a tutor's page with that day chosen.
fn day_href(row: &TutorRow, date: Date) -> String {
    let place = Place {
        variant: row.lesson.variant.to_string(),
        span: Span::Month,
        from: date.to_string(),
        day: date.to_string(),
        slot: String::new(),
    };
    place.href(&urls::tutor(&row.slug))
}

/// The head of a list of tutors, and the tutors with their next free times.
pub fn tutor_list(cx: &RequestCx, rows: &[TutorRow]) -> AnyView {
    let reader = cx.reader();
    let today = reader.date(cx.now());
    let days: Vec<Date> = today.series(1.day()).take(DAYS).collect();
    let heads = days
        .iter()
        .zip(["day-1", "day-2", "day-3", "day-4"])
        .map(|(date, class)| {
            let name = day_name(reader, *date, today);
            let short = reader.day_medium(*date);
            let date = short.split_once(' ').map_or(short.clone(), |(_, date)| date.to_owned());
            view! { <span class=class><b>{name}</b><br/>{date}</span> }
        })
        .collect_view();
    let zone = t!(reader, "public-next-times", zone = reader.zone_label(cx.now()));
    let items = rows.iter().map(|row| tutor_item(cx, row, &days)).collect_view();
    view! {
        <div class="res" data-zoned="">
            <div class="res-head" aria-hidden="true">
                <span class="row"><Icon name=Glyph::Globe size=IconSize::Small/>{zone.clone()}</span>
                <span>{t!(reader, "common-price")}</span>
                {heads}
            </div>
        </div>
        <p class="t-12 faint only-m res-zone">{zone}</p>
        <ul class="res" role="list">{items}</ul>
    }
    .into_any()
}

/// "Today", "Wed".
fn day_name(reader: &Reader, date: Date, today: Date) -> String {
    if date == today { t!(reader, "public-today") } else { reader.weekday_short(date.weekday()).to_owned() }
}

fn tutor_item(cx: &RequestCx, row: &TutorRow, days: &[Date]) -> AnyView {
    let reader = cx.reader();
    let href = urls::tutor(&row.slug);
    let spoken = languages(reader, &row.languages);
    let lessons = t!(reader, "public-lessons", count = row.lessons);
    let verified = row.verified.then(|| {
        let label = t!(reader, "public-verified");
        let title = label.clone();
        view! { <span class="verified" title=title><Icon name=Glyph::BadgeCheck/><span class="sr">{label}</span></span> }
    });
    view! {
        <li>
            <div class="res-who">
                <Avatar id=row.id.to_string() name=row.name.clone() src=cx.photo(row.photo, PhotoSize::Small) size=AvatarSize::S56/>
                <h3 class="row t-16"><a class="link-quiet trunc" href=href>{row.name.clone()}</a>{verified}</h3>
                <p class="trunc">{row.headline.clone()}</p>
                <p class="res-meta">{rating(reader, row.rating)}<span>{lessons}</span><span class="hide-m">{spoken}</span></p>
                <p class="muted clamp-2 hide-m blurb">{row.excerpt.clone()}</p>
            </div>
            {price(reader, row)}
            {times(cx, row, days)}
        </li>
    }
    .into_any()
}

fn price(reader: &Reader, row: &TutorRow) -> AnyView {
    let (amount, per) = match row.hour_price {
        Some(hour) => (reader.money(hour), reader.duration_minutes(60)),
        None => (reader.money(row.lesson.price), reader.duration_minutes(row.lesson.minutes)),
    };
    let trial = match row.trial_price {
        Some(trial) => t!(reader, "public-trial-for", price = reader.money(trial)),
        None => t!(reader, "public-no-trial"),
    };
    view! {
        <p class="price num">
            <span class="strong">{amount}</span><br/>
            <span class="t-12 faint">{per}</span><br/>
            <span class="t-12 muted nowrap">{trial}</span>
        </p>
    }
    .into_any()
}

/// The free times of the next days. A tutor without one shows the next free time after them.
fn times(cx: &RequestCx, row: &TutorRow, days: &[Date]) -> AnyView {
    let reader = cx.reader();
    let today = reader.date(cx.now());
    let last = days.last().copied().unwrap_or(today);
    let soon: Vec<(Date, &Slot)> =
        row.free.iter().map(|slot| (reader.date(slot.start), slot)).take_while(|(date, _)| *date <= last).collect();
    let by_day: Vec<Vec<&Slot>> =
        days.iter().map(|day| soon.iter().filter(|(date, _)| date == day).map(|(_, slot)| *slot).collect()).collect();
    if by_day.iter().all(Vec::is_empty) {
        return view! { <p class="res-days none-soon">{later(reader, row)}</p> }.into_any();
    }
    let columns = days
        .iter()
        .zip(by_day)
        .zip(["times day-1", "times day-2", "times day-3", "times day-4"])
        .map(|((date, slots), class)| {
            let name = day_name(reader, *date, today);
            let label = reader.day_medium(*date);
            if slots.is_empty() {
                let none = t!(reader, "public-no-times-on", day = label);
                return view! { <div class=class><span class="none" aria-hidden="true">"–"</span><span class="sr">{none}</span></div> }
                    .into_any();
            }
            let more = slots.len().saturating_sub(TIMES);
            let more = (more > 0).then(|| {
                let said = t!(reader, "public-more-times", count = more, day = label.clone());
                view! { <a class="more t-12" href=day_href(row, *date) aria-label=said>{format!("+{more}")}</a> }
            });
            let links = slots.into_iter().take(TIMES).map(|slot| slot_link(reader, row, slot, &name)).collect_view();
            view! { <div class=class role="group" aria-label=label>{links}{more}</div> }.into_any()
        })
        .collect_view();
    view! { <div class="res-days">{columns}</div> }.into_any()
}

fn slot_link(reader: &Reader, row: &TutorRow, slot: &Slot, day: &str) -> AnyView {
    let note = reader.fold(slot.start).map(|fold| view! { <small>{fold}</small> });
    let day = format!("{day} ");
    view! {
        <a class="slot slot-sm" href=slot_href(reader, row, slot)><span><span class="only-m">{day}</span>{reader.clock(slot.start)}</span>{note}</a>
    }
    .into_any()
}

fn later(reader: &Reader, row: &TutorRow) -> AnyView {
    if let Some(slot) = row.free.first() {
        let text = t!(reader, "public-next-free", time = reader.date_time(slot.start));
        return view! { <a class="slot slot-sm" href=slot_href(reader, row, slot)>{text}</a> }.into_any();
    }
    let href = format!("{}#book", urls::tutor(&row.slug));
    view! { <a class="link-quiet muted t-12" href=href>{t!(reader, "public-none-this-week")}</a> }.into_any()
}

/// The soonest free time in words, for a tutor's page: "today, 18:30" or a date.
pub fn soonest(reader: &Reader, slot: &Slot, now: Timestamp) -> String {
    if reader.date(slot.start) == reader.date(now) {
        t!(reader, "public-today-at", time = reader.time(slot.start))
    } else {
        reader.date_time(slot.start)
    }
}
