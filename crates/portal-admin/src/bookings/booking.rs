//! `/admin/bookings/{booking}`: the lesson, who is in it, its order, and cancelling it.

use crate::common::{booking_badge, frame, kind_and_length, may, order_badge};
use domain::booking::{self, Booking, BookingDetail, BookingStatus, CancelOffer, Canceller, Person};
use i18n::t;
use kernel::{AppError, Permission, ids::BookingId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, param, redirect_with};

/// Cancels a lesson and gives back what the page said.
#[server(name = CancelBookingForm, prefix = "/api", endpoint = "admin/cancel_booking")]
pub async fn cancel_booking(booking: BookingId, expected_refund_minor: i64) -> Result<(), AppError> {
    let cx = cx()?;
    cx.actor()?.permit(Permission::CancelBookings)?;
    booking::cancel(cx.services(), cx.actor()?, booking, expected_refund_minor).await?;
    redirect_with(&urls::admin::booking(booking), "admin-done-cancelled");
    Ok(())
}

/// `/admin/bookings/{booking}`
#[component]
pub fn BookingPage() -> impl IntoView {
    let id = param::<BookingId>("booking");
    page(async move |cx| {
        let id = id.ok_or(AppError::NotFound)?;
        let detail = booking::admin_booking(cx.services(), cx.actor()?, id).await?;
        let offer = if detail.can_cancel && may(&cx, Permission::CancelBookings) {
            booking::cancellation_offer(cx.services(), cx.actor()?, id).await.ok()
        } else {
            None
        };
        Ok(view(&cx, &detail, offer.as_ref()))
    })
}

fn view(cx: &RequestCx, detail: &BookingDetail, offer: Option<&CancelOffer>) -> AnyView {
    let reader = cx.reader();
    let lesson = &detail.booking;
    let title = lesson.title.clone();
    let badge = booking_badge(cx, lesson.status, lesson.starts_at, lesson.ends_at);
    let cancel_form = cx.fields(CancelBookingForm::PATH);
    let page = view! {
        <PageHead title=title.clone() note=kind_and_length(reader, lesson.kind, lesson.starts_at, lesson.ends_at)
            back_href=urls::admin::BOOKINGS back_label=t!(reader, "admin-nav-bookings")>
            {badge}
        </PageHead>
        {cancel_form.refusal()}
        {cancelled(cx, detail)}
        <div class="cols cols-main">
            <div class="stack stack-8">
                {times(cx, lesson)}
                {money(cx, detail)}
                {offer.map(|offer| cancel(cx, offer))}
            </div>
            <div class="stack stack-8">{people(cx, detail)}</div>
        </div>
    };
    frame(&title, page.into_any())
}

/// Who cancelled, when, and what went back.
fn cancelled(cx: &RequestCx, detail: &BookingDetail) -> AnyView {
    let reader = cx.reader();
    if detail.booking.status != BookingStatus::Cancelled {
        return ().into_any();
    }
    let when = detail.booking.cancelled_at.map(|at| reader.date_time(at)).unwrap_or_default();
    let title = match &detail.cancelled_by {
        Some(by) => t!(reader, "admin-booking-cancelled-by", name = by.name.clone(), when = when),
        None => t!(reader, "admin-booking-cancelled-on", when = when),
    };
    let money = if detail.refunded.minor > 0 {
        t!(reader, "admin-booking-refunded", amount = reader.money(detail.refunded))
    } else {
        t!(reader, "admin-booking-not-refunded")
    };
    view! { <div class="mb-6"><Callout icon=Glyph::CalendarX title=title>{money}</Callout></div> }.into_any()
}

/// The lesson's time on the reader's clock and on the tutor's.
fn times(cx: &RequestCx, lesson: &Booking) -> AnyView {
    let reader = cx.reader();
    let tutor = reader.in_zone(lesson.zone.clone());
    let day = |reader: &i18n::Reader| reader.date_long(lesson.starts_at);
    let time = |reader: &i18n::Reader| reader.time_range(lesson.starts_at, lesson.ends_at);
    let own_zone = reader.zone_label(lesson.starts_at);
    let theirs = if reader.zone_label(lesson.starts_at) == tutor.zone_label(lesson.starts_at) {
        view! { <span class="muted">{t!(reader, "admin-same-time")}</span> }.into_any()
    } else {
        let zone = tutor.zone_label(lesson.starts_at);
        view! { <span class="mid block">{day(&tutor)}</span><span class="num">{time(&tutor)}</span>" "<span class="muted">{zone}</span> }
            .into_any()
    };
    view! {
        <section aria-labelledby="when" class="stack stack-3">
            <h2 id="when">{t!(reader, "admin-when")}</h2>
            <dl class="kv">
                <dt>{t!(reader, "admin-your-time")}</dt>
                <dd><TimeText iso=lesson.starts_at.to_string() text=day(reader) class="mid block"/><span class="num">{time(reader)}</span>" "<span class="muted">{own_zone}</span></dd>
                <dt>{t!(reader, "admin-tutors-time")}</dt>
                <dd>{theirs}</dd>
            </dl>
        </section>
    }
    .into_any()
}

fn money(cx: &RequestCx, detail: &BookingDetail) -> AnyView {
    let reader = cx.reader();
    let lesson = &detail.booking;
    let deadlines = detail
        .deadlines
        .iter()
        .map(|deadline| {
            let percent = reader.percent_bps(deadline.refund_bps);
            let text = t!(reader, "admin-policy-until", percent = percent, when = reader.date_time(deadline.until));
            view! { <span class="block num">{text}</span> }
        })
        .collect_view();
    let number = detail.order_number.clone();
    let number = if may(cx, Permission::SeeOrders) {
        view! { <a class="link num" href=urls::admin::order(lesson.order)>{number}</a> }.into_any()
    } else {
        view! { <span class="num">{number}</span> }.into_any()
    };
    let refunded = (detail.refunded.minor > 0).then(|| {
        let amount = detail.refunded;
        view! { <dt>{t!(reader, "admin-refunded")}</dt><dd><MoneyText amount=amount text=reader.money(amount)/></dd> }
    });
    view! {
        <section aria-labelledby="money" class="stack stack-3">
            <h2 id="money">{t!(reader, "admin-order")}</h2>
            <dl class="kv">
                <dt>{t!(reader, "admin-order")}</dt>
                <dd class="row">{number}{order_badge(reader, detail.order_status)}</dd>
                <dt>{t!(reader, "common-price")}</dt>
                <dd><MoneyText amount=lesson.price text=reader.money(lesson.price)/></dd>
                {refunded}
                <dt>{t!(reader, "admin-policy-of-order")}</dt>
                <dd>{deadlines}<span class="block muted">{t!(reader, "admin-policy-after")}</span></dd>
            </dl>
        </section>
    }
    .into_any()
}

fn people(cx: &RequestCx, detail: &BookingDetail) -> AnyView {
    let reader = cx.reader();
    let lesson = &detail.booking;
    let email = detail.student_email.clone().map(|email| {
        let href = format!("mailto:{email}");
        view! { <a class="link trunc block" href=href>{email}</a> }.into_any()
    });
    let profile = urls::tutor(&lesson.tutor_slug);
    let public = view! { <a class="link" href=profile>{t!(reader, "admin-public-page")}</a> }.into_any();
    view! {
        {side(t!(reader, "admin-student"), "student", &lesson.student, email)}
        {side(t!(reader, "admin-tutor"), "tutor", &lesson.tutor, Some(public))}
    }
    .into_any()
}

fn side(heading: String, id: &'static str, person: &Person, below: Option<AnyView>) -> AnyView {
    let name = person.name.clone();
    view! {
        <section aria-labelledby=id class="stack stack-3">
            <h2 id=id>{heading}</h2>
            <div class="row row-3">
                <Avatar id=person.id.to_string() name=name.clone() size=AvatarSize::S40/>
                <div class="grow"><p class="mid trunc">{name}</p>{below}</div>
            </div>
        </section>
    }
    .into_any()
}

/// Asks before money moves, and says how much.
fn cancel(cx: &RequestCx, offer: &CancelOffer) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let amount = reader.money(offer.refund);
    let (booking, refund) = (offer.booking.id.to_string(), offer.refund.minor.to_string());
    let explained = match offer.by {
        Canceller::Student => t!(reader, "admin-cancel-own", amount = amount.clone()),
        Canceller::Tutor | Canceller::Admin => t!(reader, "admin-cancel-explained", amount = amount.clone()),
    };
    let button = t!(reader, "admin-cancel-and-refund", amount = amount);
    let when = t!(
        reader,
        "admin-cancel-which",
        student = offer.booking.student.name.clone(),
        tutor = offer.booking.tutor.name.clone(),
        when = reader.date_time(offer.booking.starts_at)
    );
    view! {
        <section aria-labelledby="cancel-head" class="stack stack-3">
            <h2 id="cancel-head">{t!(reader, "admin-cancel-lesson")}</h2>
            <p class="muted measure">{explained.clone()}</p>
            <div><LinkButton href="#cancel" dialog="cancel" tone=Tone::DangerQuiet icon=Glyph::CalendarX>{t!(locale, "admin-cancel-lesson")}</LinkButton></div>
        </section>
        <Dialog id="cancel" title=t!(reader, "admin-cancel-title") close_label=t!(reader, "common-close")>
            <p class="mid">{when}</p>
            <p class="muted mt-2">{explained}</p>
            <form method="post" action=CancelBookingForm::PATH>
                <HiddenPage/>
                <input type="hidden" name="booking" value=booking/>
                <input type="hidden" name="expected_refund_minor" value=refund/>
                <DialogFoot>
                    <LinkButton href="#-" attr:data-close="">{t!(locale, "admin-cancel-keep")}</LinkButton>
                    <Button tone=Tone::Danger busy_label=t!(locale, "admin-cancelling")>{button}</Button>
                </DialogFoot>
            </form>
        </Dialog>
    }
    .into_any()
}
