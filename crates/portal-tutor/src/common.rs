//! What the pages of this portal share.

use domain::booking::{Booking, Kind};
use i18n::{Reader, t};
use jiff::Timestamp;
use kernel::{Money, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::{Portal, PortalShell, RequestCx, Wide};

/// A page of this portal.
pub fn frame(title: &str, wide: Wide, main: AnyView) -> AnyView {
    view! { <PortalShell portal=Portal::Tutor title=title.to_owned() wide=wide>{main}</PortalShell> }.into_any()
}

/// The zone that times are shown in, as a link to where it is changed.
pub fn zone_link(cx: &RequestCx, at: Timestamp) -> AnyView {
    let label = cx.reader().zone_label(at);
    let said = t!(cx.locale(), "common-times-in-zone", zone = &label);
    let href = urls::with_query(urls::PREFERENCES, &[("next", &cx.path_and_query())]);
    view! {
        <a class="row t-12 muted link-quiet nowrap" href=href>
            <Icon name=Glyph::Globe size=IconSize::Small/>
            <span aria-hidden="true">{label}</span>
            <span class="sr">{said}</span>
        </a>
    }
    .into_any()
}

/// What was sold, in words.
pub fn kind_label(reader: &Reader, kind: Kind) -> String {
    match kind {
        Kind::OneOnOne => t!(reader, "tutor-kind-one-on-one"),
        Kind::Trial => t!(reader, "tutor-kind-trial"),
    }
}

/// A length of time: `45 min`, `2 h`, `24 h 45 min`.
pub fn length(reader: &Reader, minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => reader.duration_minutes(minutes),
        (hours, 0) => t!(reader, "tutor-length-hours", hours = hours),
        (hours, minutes) => t!(reader, "tutor-length", hours = hours, minutes = minutes),
    }
}

/// How long a lesson takes, in minutes.
pub fn lesson_minutes(lesson: &Booking) -> i64 {
    lesson.ends_at.duration_since(lesson.starts_at).as_mins()
}

/// Amounts of one or more currencies.
pub fn amounts(reader: &Reader, amounts: impl Iterator<Item = Money>) -> String {
    let texts: Vec<String> = amounts.map(|amount| reader.money(amount)).collect();
    reader.list(&texts)
}

/// A label and its value, as in a list of figures.
pub fn figure(label: String, value: String) -> AnyView {
    view! { <div class="row between num"><dt class="muted">{label}</dt><dd class="mid right">{value}</dd></div> }.into_any()
}

/// What is worth a word about a lesson: that it is over, or a trial.
pub fn lesson_badge(reader: &Reader, lesson: &Booking, now: Timestamp) -> Option<AnyView> {
    let (mood, text) = if lesson.ends_at <= now {
        (Mood::Neutral, t!(reader, "tutor-lesson-taught"))
    } else if lesson.kind == Kind::Trial {
        (Mood::Info, kind_label(reader, Kind::Trial))
    } else {
        return None;
    };
    Some(view! { <Badge mood=mood>{text}</Badge> }.into_any())
}

/// A lesson in a list: time, student, title.
pub fn lesson_row(reader: &Reader, lesson: &Booking, now: Timestamp) -> AnyView {
    let href = urls::tutor_portal::lesson(lesson.lesson);
    let times = reader.time_range(lesson.starts_at, lesson.ends_at);
    let iso = lesson.starts_at.to_string();
    let name = lesson.student.name.clone();
    let lead = view! { <Avatar id=lesson.student.id.to_string() name=name.clone()/> }.into_any();
    let end = lesson_badge(reader, lesson, now);
    view! {
        <li>
            <div class="list-row">
                <time class="num nowrap hide-m w-24" datetime=iso>{times.clone()}</time>
                {lead}
                <div class="grow">
                    <p class="mid trunc"><a class="cover" href=href>{name}</a></p>
                    <p class="muted trunc"><span class="only-m num">{times}" · "</span>{lesson.title.clone()}</p>
                </div>
                {end}
            </div>
        </li>
    }
    .into_any()
}
