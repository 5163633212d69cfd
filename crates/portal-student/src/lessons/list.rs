//! `/student/lessons`: what comes, and `?view=past` what was.

use crate::parts::by_day;
use domain::{
    booking::{self, Booking, BookingStatus},
    page::Page,
};
use i18n::t;
use kernel::urls;
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{Portal, PortalShell, RequestCx, page};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    view: String,
    after: String,
}

/// `/student/lessons`
#[component]
pub fn LessonsPage() -> impl IntoView {
    page(async |cx| {
        let query: Query = cx.query();
        let (services, actor) = (cx.services(), cx.actor()?);
        if query.view == "past" {
            let lessons = booking::student_past(services, actor, query.after.parse().ok()).await?;
            return Ok(frame(&cx, true, past(&cx, lessons, !query.after.is_empty())));
        }
        let lessons = booking::student_upcoming(services, actor).await?;
        Ok(frame(&cx, false, upcoming(&cx, &lessons)))
    })
}

fn past_href() -> String {
    urls::with_query(urls::student::LESSONS, &[("view", "past")])
}

fn frame(cx: &RequestCx, is_past: bool, list: AnyView) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "student-nav-lessons");
    let zone = t!(locale, "common-times-in-zone", zone = cx.reader().zone_city());
    let tabs = vec![
        Tab::new(urls::student::LESSONS, t!(locale, "student-upcoming"), !is_past),
        Tab::new(past_href(), t!(locale, "student-past"), is_past),
    ];
    view! {
        <PortalShell portal=Portal::Student title=title.clone()>
            <PageHead title=title.clone() note=zone>
                <LinkButton href=urls::TUTORS icon=Glyph::Plus class="hide-m">{t!(locale, "student-book-lesson")}</LinkButton>
            </PageHead>
            <Tabs label=title items=tabs class="mb-4"/>
            {list}
        </PortalShell>
    }
    .into_any()
}

fn upcoming(cx: &RequestCx, lessons: &[Booking]) -> AnyView {
    if lessons.is_empty() {
        return empty(cx, t!(cx.locale(), "student-empty-title"), t!(cx.locale(), "student-empty-body"));
    }
    view! { <h2 class="sr">{t!(cx.locale(), "student-upcoming")}</h2>{by_day(cx, lessons)} }.into_any()
}

fn empty(cx: &RequestCx, title: String, body: String) -> AnyView {
    let find = t!(cx.locale(), "student-find-tutor");
    view! {
        <Empty title=title body=body icon=Glyph::Calendar>
            <LinkButton href=urls::TUTORS tone=Tone::Primary>{find}</LinkButton>
        </Empty>
    }
    .into_any()
}

fn past(cx: &RequestCx, lessons: Page<Booking>, has_newer: bool) -> AnyView {
    let locale = cx.locale();
    if lessons.items.is_empty() && !has_newer {
        return empty(cx, t!(locale, "student-empty-past-title"), t!(locale, "student-empty-past-body"));
    }
    let next = lessons.next.map(|cursor| urls::with_query(urls::student::LESSONS, &[("view", "past"), ("after", &cursor.to_string())]));
    let prev = has_newer.then(past_href);
    let cols = vec![
        Col::new(t!(locale, "common-date")),
        Col::new(t!(locale, "student-lesson")),
        Col::new(t!(locale, "common-role-tutor")),
        Col::new(t!(locale, "common-status")),
        Col::end(t!(locale, "common-price")),
    ];
    let rows = lessons.items.iter().map(|lesson| past_row(cx, lesson)).collect_view();
    view! {
        <Table cols=cols caption=t!(locale, "student-past") cards=true>{rows}</Table>
        <Pagination label=t!(locale, "common-pages") prev=prev next=next prev_label=t!(locale, "student-newest") next_label=t!(locale, "common-page-older")/>
    }
    .into_any()
}

fn past_row(cx: &RequestCx, lesson: &Booking) -> AnyView {
    let locale = cx.locale();
    let reader = cx.reader();
    let when = format!("{}, {}", reader.date_short_year(lesson.starts_at), reader.time(lesson.starts_at));
    let status = match lesson.status {
        BookingStatus::Confirmed => view! { <Badge>{t!(locale, "student-status-done")}</Badge> }.into_any(),
        BookingStatus::Cancelled => view! { <Badge mood=Mood::Line>{t!(locale, "student-status-cancelled")}</Badge> }.into_any(),
    };
    view! {
        <tr>
            <td class="m-2a muted"><TimeText iso=lesson.starts_at.to_string() text=when/></td>
            <td class="m-1a mid normal-nums"><a class="cover" href=urls::student::lesson(lesson.id)>{lesson.title.clone()}</a></td>
            <td class="drop-m">{lesson.tutor.name.clone()}</td>
            <td class="m-1b">{status}</td>
            <td class="m-2b r"><MoneyText amount=lesson.price text=reader.money(lesson.price)/></td>
        </tr>
    }
    .into_any()
}
