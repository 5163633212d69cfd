//! `/checkout/{order}/return`: back from the payment page. Also what the checkout of a paid
//! order shows.

use super::{At, lesson, lost, steps};
use domain::{
    booking::{self, BookingStatus},
    orders::{self, OrderDetail, OrderLine},
    payments::{self, RefundReason, Returned},
};
use i18n::t;
use kernel::{AppError, ids::OrderId, urls};
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{PublicShell, RequestCx, page, param, redirect, refresh_after};

/// Seconds between two looks at a payment that is not known yet, and how many looks.
const LOOK_EVERY: u32 = 3;
const LOOKS: u32 = 20;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    look: u32,
}

/// `/checkout/{order}/return`
#[component]
pub fn ReturnPage() -> impl IntoView {
    let id = param::<OrderId>("order");
    page(async move |cx| {
        let id = id.ok_or(AppError::NotFound)?;
        match payments::return_from_checkout(cx.services(), cx.actor()?, id).await? {
            Returned::Booked | Returned::Cancelled | Returned::NotBooked => {
                let detail = orders::student_order(cx.services(), cx.actor()?, id).await?;
                let line = detail.lines.first().cloned().ok_or(AppError::NotFound)?;
                page_of(&cx, &detail, &line).await
            }
            Returned::Unknown => Ok(still_open(&cx, id)),
            Returned::Open | Returned::Lapsed => {
                redirect(&urls::checkout(id));
                Ok(().into_any())
            }
        }
    })
}

/// The page of an order whose money arrived.
pub async fn page_of(cx: &RequestCx, detail: &OrderDetail, line: &OrderLine) -> Result<AnyView, AppError> {
    let taken = detail.refunds.iter().any(|refund| refund.reason == RefundReason::SlotTaken);
    if taken {
        let others = booking::alternatives(cx.services(), cx.actor()?, detail.order.id).await?;
        return Ok(slot_taken(cx, detail, line, &others));
    }
    match detail.booking.zip(detail.booking_status) {
        // Its own page says what came of it.
        Some((booking, BookingStatus::Cancelled)) => {
            redirect(&urls::student::lesson(booking));
            Ok(().into_any())
        }
        Some((_, BookingStatus::Confirmed)) => Ok(confirmed(cx, detail, line)),
        None => Ok(still_open(cx, detail.order.id)),
    }
}

fn confirmed(cx: &RequestCx, detail: &OrderDetail, line: &OrderLine) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "checkout-done-title");
    let email = cx.member().map(|member| member.email.clone()).unwrap_or_default();
    let about = lesson(cx, line);
    let paid = cx.reader().money(detail.order.total);
    let (order, total) = (detail.order.id, detail.order.total);
    let receipt = detail.receipt.clone().unwrap_or_else(|| detail.order.number.clone());
    let lesson_links = detail.booking.map(|booking| {
        view! {
            <LinkButton href=urls::student::lesson(booking) tone=Tone::Primary>{t!(locale, "checkout-to-lesson")}</LinkButton>
            <LinkButton href=urls::student::lesson_ics(booking) icon=Glyph::CalendarPlus>{t!(locale, "student-add-to-calendar")}</LinkButton>
        }
    });
    view! {
        <PublicShell title=title.clone() middle=steps(cx, At::Done)>
            <div class="page co-narrow stack stack-6">
                <div class="row row-3 top">
                    <span class="co-tick"><Icon name=Glyph::Check size=IconSize::Large/></span>
                    <div class="grow">
                        <h1>{title.clone()}</h1>
                        <p class="muted">{t!(locale, "checkout-done-body", email = email)}</p>
                    </div>
                </div>
                <section class="panel panel-strong panel-pad" aria-labelledby="lesson">
                    <h2 id="lesson" class="sr">{t!(locale, "checkout-your-lesson")}</h2>
                    {about}
                    <dl class="lines mt-5">
                        <div class="tot"><dt>{t!(locale, "checkout-paid")}</dt><dd><MoneyText amount=total text=paid/></dd></div>
                        <div>
                            <dt>{t!(locale, "checkout-receipt")}</dt>
                            <dd><a class="link" href=urls::student::order(order)>{receipt}</a></dd>
                        </div>
                    </dl>
                </section>
                <div class="row row-3 wrap">{lesson_links}</div>
            </div>
        </PublicShell>
    }
    .into_any()
}

fn slot_taken(cx: &RequestCx, detail: &OrderDetail, line: &OrderLine, others: &booking::Alternatives) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "checkout-taken-title");
    let body = t!(
        locale,
        "checkout-taken-body",
        amount = cx.reader().money(detail.order.total),
        when = cx.reader().date_time(line.starts_at),
        tutor = line.tutor.name.clone()
    );
    let form = cx.fields(<lost::HoldAgainForm as server_fn::ServerFn>::PATH);
    let other_times = lost::other_times(cx, others, line.starts_at);
    let order = urls::student::order(detail.order.id);
    view! {
        <PublicShell title=title.clone() middle=steps(cx, At::Time)>
            <div class="page co-narrow stack stack-6">
                {form.summary()}
                <div class="stack">
                    <h1>{title.clone()}</h1>
                    <p class="muted read">{body}</p>
                    <p><a class="link" href=order>{t!(locale, "checkout-taken-refund")}</a></p>
                </div>
                {other_times}
            </div>
        </PublicShell>
    }
    .into_any()
}

/// Stripe does not answer for the moment: look again, but not for ever.
pub fn still_open(cx: &RequestCx, id: OrderId) -> AnyView {
    let locale = cx.locale();
    let look = cx.query::<Query>().look;
    let again = urls::with_query(&urls::checkout_return(id), &[("look", &look.saturating_add(1).to_string())]);
    let patient = look < LOOKS;
    if patient {
        refresh_after(LOOK_EVERY, &again);
    }
    let title = if patient { t!(locale, "checkout-waiting-title") } else { t!(locale, "checkout-waiting-long-title") };
    let body = if patient { t!(locale, "checkout-waiting-body") } else { t!(locale, "checkout-waiting-long-body") };
    view! {
        <PublicShell title=title.clone() middle=steps(cx, At::Pay)>
            <div class="page co-narrow stack stack-6">
                <div role="status" class="row row-3 top">
                    <Icon name=Glyph::Hourglass size=IconSize::Large/>
                    <div class="grow">
                        <h1>{title.clone()}</h1>
                        <p class="muted read mt-2">{body}</p>
                    </div>
                </div>
                <div class="row row-3 wrap">
                    <LinkButton href=again icon=Glyph::RefreshCw>{t!(locale, "checkout-look-again")}</LinkButton>
                    <LinkButton href=urls::student::HOME tone=Tone::Ghost>{t!(locale, "common-portal-student")}</LinkButton>
                </div>
            </div>
        </PublicShell>
    }
    .into_any()
}
