//! `/student/lessons/{booking}`: everything about one lesson.

use crate::parts::{When, kind_and_length, minutes_between, policy_bar};
use domain::booking::{self, BookingDetail, BookingStatus};
use i18n::t;
use kernel::{AppError, ids::BookingId, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::{Portal, PortalShell, RequestCx, page, param};

/// `/student/lessons/{booking}`
#[component]
pub fn LessonPage() -> impl IntoView {
    let id = param::<BookingId>("booking");
    page(async move |cx| {
        let detail = booking::student_booking(cx.services(), cx.actor()?, id.ok_or(AppError::NotFound)?).await?;
        Ok(view(&cx, &detail))
    })
}

fn view(cx: &RequestCx, detail: &BookingDetail) -> AnyView {
    let locale = cx.locale();
    let lesson = &detail.booking;
    let title = lesson.title.clone();
    let state = state(cx, detail);
    let facts = facts(cx, detail);
    let tutor = tutor(cx, detail);
    let terms = detail.can_cancel.then(|| terms(cx, detail));
    let calendar = detail.can_cancel.then(|| {
        view! {
            <LinkButton href=urls::student::lesson_ics(lesson.id) icon=Glyph::CalendarPlus>{t!(locale, "student-add-to-calendar")}</LinkButton>
        }
    });
    view! {
        <PortalShell portal=Portal::Student title=title.clone()>
            <PageHead title=title back_href=urls::student::LESSONS back_label=t!(locale, "student-nav-lessons")>{calendar}</PageHead>
            {state}
            <div class="cols cols-main">
                <div class="stack stack-8">{facts} {terms}</div>
                {tutor}
            </div>
        </PortalShell>
    }
    .into_any()
}

/// Says what happened to a lesson that does not come.
fn state(cx: &RequestCx, detail: &BookingDetail) -> AnyView {
    let locale = cx.locale();
    let lesson = &detail.booking;
    match lesson.status {
        BookingStatus::Cancelled => {
            let at = lesson.cancelled_at.map(|at| cx.reader().date_time(at)).unwrap_or_default();
            let by_me = detail.cancelled_by.as_ref().is_none_or(|by| by.id == lesson.student.id);
            let title = if by_me {
                t!(locale, "student-cancelled-by-you", when = at)
            } else {
                let name = detail.cancelled_by.as_ref().map(|by| by.name.clone()).unwrap_or_default();
                t!(locale, "student-cancelled-by", name = name, when = at)
            };
            let money = if detail.refunded.minor > 0 {
                t!(locale, "student-cancelled-refund", amount = cx.reader().money(detail.refunded))
            } else {
                t!(locale, "student-cancelled-no-refund")
            };
            view! { <div class="mb-6"><Callout icon=Glyph::CalendarX title=title>{money}</Callout></div> }.into_any()
        }
        BookingStatus::Confirmed => ().into_any(),
    }
}

fn facts(cx: &RequestCx, detail: &BookingDetail) -> AnyView {
    let locale = cx.locale();
    let lesson = &detail.booking;
    let when = When::new(cx, lesson.starts_at, lesson.ends_at, &lesson.zone, &lesson.tutor.name).view(lesson.starts_at);
    let what = kind_and_length(cx, lesson.kind, minutes_between(lesson.starts_at, lesson.ends_at));
    let price = cx.reader().money(lesson.price);
    let status = if lesson.status == BookingStatus::Cancelled {
        view! { <Badge mood=Mood::Line>{t!(locale, "student-status-cancelled")}</Badge> }.into_any()
    } else if lesson.ends_at <= cx.now() {
        view! { <Badge>{t!(locale, "student-status-done")}</Badge> }.into_any()
    } else if lesson.starts_at <= cx.now() {
        view! { <Badge mood=Mood::Accent icon=Glyph::CircleDot>{t!(locale, "student-status-running")}</Badge> }.into_any()
    } else {
        view! { <Badge icon=Glyph::Check>{t!(locale, "student-status-confirmed")}</Badge> }.into_any()
    };
    view! {
        <section aria-labelledby="facts">
            <h2 id="facts" class="sr">{t!(locale, "common-details")}</h2>
            <dl class="kv">
                <dt>{t!(locale, "student-when")}</dt>
                <dd>{when}</dd>
                <dt>{t!(locale, "student-what")}</dt>
                <dd>{what}</dd>
                <dt>{t!(locale, "common-status")}</dt>
                <dd>{status}</dd>
                <dt>{t!(locale, "common-price")}</dt>
                <dd><MoneyText amount=lesson.price text=price/></dd>
                <dt>{t!(locale, "student-order")}</dt>
                <dd><a class="link" href=urls::student::order(lesson.order)>{detail.order_number.clone()}</a></dd>
            </dl>
        </section>
    }
    .into_any()
}

/// What cancelling would give back, and the way there.
fn terms(cx: &RequestCx, detail: &BookingDetail) -> AnyView {
    let locale = cx.locale();
    let lesson = &detail.booking;
    let refund = detail.policy.refund(lesson.price, lesson.starts_at, cx.now());
    let now = if refund.minor > 0 {
        t!(locale, "student-refund-now", amount = cx.reader().money(refund))
    } else {
        t!(locale, "student-refund-now-nothing")
    };
    let bar = policy_bar(cx, &detail.policy, lesson.starts_at, lesson.price);
    view! {
        <section aria-labelledby="terms">
            <h2 id="terms">{t!(locale, "checkout-policy-title")}</h2>
            <p class="muted mt-1">{now}</p>
            {bar}
            <p class="mt-5">
                <LinkButton href=urls::student::cancel(lesson.id) tone=Tone::DangerQuiet icon=Glyph::CalendarX>{t!(locale, "student-cancel-lesson")}</LinkButton>
            </p>
        </section>
    }
    .into_any()
}

fn tutor(cx: &RequestCx, detail: &BookingDetail) -> AnyView {
    let locale = cx.locale();
    let lesson = &detail.booking;
    let profile = urls::tutor(&lesson.tutor_slug);
    view! {
        <section aria-labelledby="tutor" class="stack stack-4">
            <h2 id="tutor">{t!(locale, "student-your-tutor")}</h2>
            <div class="row row-3">
                <Avatar id=lesson.tutor.id.to_string() name=lesson.tutor.name.clone() size=AvatarSize::S40/>
                <p class="grow mid trunc"><a class="link-quiet" href=profile.clone()>{lesson.tutor.name.clone()}</a></p>
            </div>
            <div><LinkButton href=profile icon=Glyph::Plus>{t!(locale, "student-book-again")}</LinkButton></div>
        </section>
    }
    .into_any()
}
