//! `/student`: the next lesson, what comes after it, what waits for its money.

use crate::parts::{by_day, kind_and_length, minutes_between};
use domain::{
    booking::{self, Booking, PendingHold, StudentHome, TaughtBy},
    policies,
};
use i18n::t;
use kernel::urls;
use leptos::prelude::*;
use ui::prelude::*;
use web::{Portal, PortalShell, RequestCx, page};

/// How many tutors are listed here, the latest first.
const TUTORS: usize = 4;

/// `/student`
#[component]
pub fn HomePage() -> impl IntoView {
    page(async |cx| {
        let home = booking::student_home(cx.services(), cx.actor()?).await?;
        // Staff who see the site as a student have nothing to agree to.
        let is_seen = cx.member().is_some_and(|member| member.impersonator.is_some());
        let is_clear = is_seen || policies::mine(cx.services(), cx.actor()?).await?.0.is_clear();
        Ok(view(&cx, &home, is_clear))
    })
}

fn view(cx: &RequestCx, home: &StudentHome, is_clear: bool) -> AnyView {
    let locale = cx.locale();
    let missing = (!is_clear).then(|| missing(cx));
    let holds = home.holds.iter().map(|hold| waiting(cx, hold)).collect_view();
    let next = home.upcoming.first().map(|next| next_lesson(cx, next));
    let later = match home.upcoming.split_first() {
        None => nothing(cx, "student-empty-title", "student-empty-body", home.holds.is_empty()),
        Some((_, [])) => nothing(cx, "student-last-title", "student-last-body", home.holds.is_empty()),
        Some((_, rest)) => later(cx, rest),
    };
    let figures = figures(cx, &home.tutors);
    let tutors = tutors(cx, &home.tutors);
    let today = cx.reader().date_long(cx.now());
    view! {
        <PortalShell portal=Portal::Student title=t!(locale, "student-nav-home")>
            <PageHead title=today>
                <LinkButton href=urls::TUTORS icon=Glyph::Plus class="hide-m">{t!(locale, "student-book-lesson")}</LinkButton>
            </PageHead>
            {missing}
            {holds}
            {next}
            <div class="cols cols-main">
                {later}
                <div class="stack stack-6">{figures} {tutors}</div>
            </div>
        </PortalShell>
    }
    .into_any()
}

/// Something stands between the student and booking: their word, or a guardian's.
fn missing(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let see = view! { <LinkButton href=urls::agree(urls::student::HOME)>{t!(locale, "policies-missing-see")}</LinkButton> }.into_any();
    view! {
        <div class="mb-4"><Callout mood=Mood::Warn icon=Glyph::Hourglass title=t!(locale, "policies-missing") action=see>{t!(locale, "policies-missing-body")}</Callout></div>
    }
    .into_any()
}

/// A slot that is held but not paid.
fn waiting(cx: &RequestCx, hold: &PendingHold) -> AnyView {
    let locale = cx.locale();
    let reader = cx.reader();
    let title = t!(locale, "student-hold-title", when = reader.date_time(hold.starts_at), tutor = hold.tutor_name.clone());
    let amount = reader.money(hold.total);
    let pay = view! {
        <LinkButton href=urls::checkout(hold.order) tone=Tone::Primary>{t!(locale, "student-hold-pay", amount = amount)}</LinkButton>
    }
    .into_any();
    let until = t!(locale, "checkout-hold-until", time = reader.time(hold.expires_at));
    let (ends, now) = (hold.expires_at.to_string(), hold.database_now.to_string());
    view! {
        <div class="waiting mb-4">
            <Callout mood=Mood::Warn icon=Glyph::Hourglass title=title action=pay>
                {t!(locale, "checkout-hold-label")}" "
                <Countdown until=ends now=now text=until
                    done=t!(locale, "checkout-hold-over") announce=t!(locale, "checkout-hold-announce", n = "{n}")/>
            </Callout>
        </div>
    }
    .into_any()
}

fn next_lesson(cx: &RequestCx, lesson: &Booking) -> AnyView {
    let locale = cx.locale();
    let reader = cx.reader();
    let running = lesson.starts_at <= cx.now();
    let label = if running { t!(locale, "student-now-lesson") } else { t!(locale, "student-next-lesson") };
    let away = if running { t!(locale, "student-status-running") } else { reader.relative(lesson.starts_at, cx.now()) };
    let what = kind_and_length(cx, lesson.kind, minutes_between(lesson.starts_at, lesson.ends_at));
    let with = t!(locale, "student-with-and-what", tutor = lesson.tutor.name.clone(), what = what);
    let zone = reader.zone_label(lesson.starts_at);
    view! {
        <section class="next" aria-labelledby="next">
            <p class="next-when">
                <span class="t-12 muted">{reader.date_medium(lesson.starts_at)}</span>
                <TimeText iso=lesson.starts_at.to_string() text=reader.time(lesson.starts_at) class="t-24 strong"/>
                <span class="t-12 muted nowrap">{away}</span>
            </p>
            <div class="grow">
                <p class="t-12 muted">{label}</p>
                <h2 id="next" class="trunc">{lesson.title.clone()}</h2>
                <p class="row">
                    <Avatar id=lesson.tutor.id.to_string() name=lesson.tutor.name.clone() size=AvatarSize::S20/>
                    <span class="trunc">{with}</span>
                </p>
                <p class="t-12 muted">{t!(locale, "common-times-in-zone", zone = zone)}</p>
            </div>
            <div class="row acts">
                <IconLink href=urls::student::lesson_ics(lesson.id) label=t!(locale, "student-add-to-calendar") icon=Glyph::CalendarPlus/>
                <LinkButton href=urls::student::lesson(lesson.id)>{t!(locale, "student-lesson-details")}</LinkButton>
            </div>
        </section>
    }
    .into_any()
}

/// No lessons, or none after the next: what to do about it.
fn nothing(cx: &RequestCx, title: &str, body: &str, first: bool) -> AnyView {
    let locale = cx.locale();
    // A slot that waits for its money has the view's first button.
    let tone = if first { Tone::Primary } else { Tone::Secondary };
    view! {
        <div>
            <Empty title=i18n::t(locale, title) body=i18n::t(locale, body) icon=Glyph::Calendar>
                <LinkButton href=urls::TUTORS tone=tone>{t!(locale, "student-find-tutor")}</LinkButton>
            </Empty>
        </div>
    }
    .into_any()
}

fn later(cx: &RequestCx, lessons: &[Booking]) -> AnyView {
    let locale = cx.locale();
    let zone = t!(locale, "common-times-in-zone", zone = cx.reader().zone_city());
    let days = by_day(cx, lessons);
    view! {
        <section aria-labelledby="upcoming">
            <div class="head">
                <h2 id="upcoming">{t!(locale, "student-upcoming")}</h2>
                <span class="t-12 faint hide-m">{zone}</span>
                <LinkButton href=urls::student::LESSONS tone=Tone::Ghost size=Size::Small>{t!(locale, "student-all-lessons")}</LinkButton>
            </div>
            {days}
        </section>
    }
    .into_any()
}

/// What was learned so far.
fn figures(cx: &RequestCx, taught: &[TaughtBy]) -> AnyView {
    if taught.is_empty() {
        return ().into_any();
    }
    let locale = cx.locale();
    let reader = cx.reader();
    let sum = |of: fn(&TaughtBy) -> u32| taught.iter().map(|by| i64::from(of(by))).sum::<i64>();
    let (lessons, minutes) = (sum(|by| by.lessons), sum(|by| by.minutes));
    let hours = if minutes < 60 { reader.duration_minutes(minutes) } else { t!(locale, "student-hours", count = minutes / 60) };
    view! {
        <section class="box" aria-labelledby="learned">
            <div class="head"><h2 id="learned">{t!(locale, "student-learned")}</h2></div>
            <p class="t-24 strong num mt-1">{hours}</p>
            <p class="muted t-12 num">{t!(locale, "student-lessons-taken", count = lessons)}</p>
        </section>
    }
    .into_any()
}

/// Who taught last, to book again.
fn tutors(cx: &RequestCx, taught: &[TaughtBy]) -> AnyView {
    if taught.is_empty() {
        return ().into_any();
    }
    let locale = cx.locale();
    let rows = taught
        .iter()
        .take(TUTORS)
        .map(|by| {
            let lead = view! { <Avatar id=by.tutor.id.to_string() name=by.tutor.name.clone()/> }.into_any();
            let note = t!(locale, "student-lessons-taken", count = by.lessons);
            let href = by.slug.as_deref().map(urls::tutor);
            view! { <ListRow title=by.tutor.name.clone() href=href note=note lead=lead/> }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="box" aria-labelledby="tutors">
            <div class="head"><h2 id="tutors">{t!(locale, "student-your-tutors")}</h2></div>
            <List>{rows}</List>
        </section>
    }
    .into_any()
}
