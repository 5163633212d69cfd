//! `/student/orders/{order}`: one order. Its receipt is what a printer gets of this page.

use super::status_badge;
use crate::parts::kind_and_length;
use domain::{
    orders::{self, OrderDetail, OrderRefund, OrderStatus},
    payments::RefundStatus,
};
use i18n::t;
use kernel::{AppError, Money, ids::OrderId, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::{Portal, PortalShell, RequestCx, page, param};

/// `/student/orders/{order}`
#[component]
pub fn OrderPage() -> impl IntoView {
    let id = param::<OrderId>("order");
    page(async move |cx| {
        let detail = orders::student_order(cx.services(), cx.actor()?, id.ok_or(AppError::NotFound)?).await?;
        let school = cx.actor()?.tenant.name.clone();
        Ok(view(&cx, &detail, &school))
    })
}

fn view(cx: &RequestCx, detail: &OrderDetail, school: &str) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "student-order-title", number = detail.order.number.clone());
    let status = status_badge(cx, detail.order.status);
    let paper = paper(cx, detail, school);
    let side = side(cx, detail);
    view! {
        <PortalShell portal=Portal::Student title=title.clone()>
            <div class="no-print">
                <PageHead title=title back_href=urls::student::ORDERS back_label=t!(locale, "student-nav-orders")>{status}</PageHead>
            </div>
            <div class="cols cols-main">
                {paper}
                <div class="stack stack-6 no-print">{side}</div>
            </div>
        </PortalShell>
    }
    .into_any()
}

/// The receipt once paid, before that the order.
fn paper(cx: &RequestCx, detail: &OrderDetail, school: &str) -> AnyView {
    let locale = cx.locale();
    let reader = cx.reader();
    let order = &detail.order;
    let heading = match &detail.receipt {
        Some(number) => t!(locale, "student-receipt-title", number = number.clone()),
        None => t!(locale, "student-order-title", number = order.number.clone()),
    };
    let lines = detail.lines.iter().map(|line| {
        let what = kind_and_length(cx, line.kind, line.duration_minutes);
        let with = t!(locale, "student-with-and-what", tutor = line.tutor.name.clone(), what = what);
        let when = reader.date_time_range(line.starts_at, line.ends_at);
        let zone = reader.zone_label(line.starts_at);
        let price = reader.money(line.price);
        view! {
            <div>
                <dt>
                    <span class="mid block">{line.title.clone()}</span>
                    <span class="muted block">{with}</span>
                    <span class="muted num block">{when}" "{zone}</span>
                </dt>
                <dd><MoneyText amount=line.price text=price/></dd>
            </div>
        }
    });
    let lines = lines.collect_view();
    let refunds = detail.refunds.iter().map(|refund| refund_line(cx, refund)).collect_view();
    let rest = (!detail.refunds.is_empty()).then(|| remainder(cx, order.total, order.refunded));
    let facts = facts(cx, detail, school);
    view! {
        <article class="panel panel-pad receipt stack stack-6" aria-labelledby="receipt">
            <h2 id="receipt">{heading}</h2>
            {facts}
            <dl class="lines">
                {lines}
                <div class="tot due"><dt>{t!(locale, "common-total")}</dt><dd><MoneyText amount=order.total text=reader.money(order.total)/></dd></div>
                {refunds}
                {rest}
            </dl>
        </article>
    }
    .into_any()
}

/// Who sold what to whom, and how it was paid.
fn facts(cx: &RequestCx, detail: &OrderDetail, school: &str) -> AnyView {
    let locale = cx.locale();
    let reader = cx.reader();
    let order = &detail.order;
    let day = |at| format!("{}, {}", reader.date_short_year(at), reader.time(at));
    let mut rows = vec![
        (t!(locale, "student-receipt-seller"), school.to_owned()),
        (t!(locale, "student-receipt-buyer"), order.student.name.clone()),
        (t!(locale, "student-order"), order.number.clone()),
        (t!(locale, "student-receipt-ordered"), day(order.created_at)),
    ];
    if let Some(paid) = order.paid_at {
        rows.push((t!(locale, "student-receipt-paid"), day(paid)));
    }
    if let Some(card) = detail.payment.as_ref().map(|payment| card(&payment.card)).filter(|card| !card.is_empty()) {
        rows.push((t!(locale, "student-receipt-card"), card));
    }
    rows.push((t!(locale, "common-time-zone"), reader.zone_label(order.created_at)));
    view! {
        <dl class="kv">
            {rows.into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view()}
        </dl>
    }
    .into_any()
}

/// "Visa 4242" of "visa 4242".
fn card(stored: &str) -> String {
    let mut letters = stored.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn refund_line(cx: &RequestCx, refund: &OrderRefund) -> AnyView {
    let locale = cx.locale();
    let reader = cx.reader();
    let reason = i18n::t(locale, &format!("student-refund-{}", refund.reason.key().replace('_', "-")));
    let at = reader.date_short_year(refund.settled_at.unwrap_or(refund.requested_at));
    let state = match refund.status {
        RefundStatus::Requested => t!(locale, "student-refund-requested", date = at),
        RefundStatus::Succeeded => t!(locale, "student-refund-succeeded", date = at),
        RefundStatus::Failed => t!(locale, "student-refund-failed"),
    };
    let back = Money::new(refund.amount.minor.saturating_neg(), refund.amount.currency);
    view! {
        <div>
            <dt>{reason}<span class="t-12 faint block">{state}</span></dt>
            <dd><MoneyText amount=back text=reader.money(back)/></dd>
        </div>
    }
    .into_any()
}

/// What the school keeps after refunds.
fn remainder(cx: &RequestCx, total: Money, refunded: Money) -> AnyView {
    let Some(rest) = total.checked_sub(refunded) else { return ().into_any() };
    let text = cx.reader().money(rest);
    view! { <div class="tot"><dt>{t!(cx.locale(), "student-order-after-refunds")}</dt><dd><MoneyText amount=rest text=text/></dd></div> }
        .into_any()
}

/// What can be done from here.
fn side(cx: &RequestCx, detail: &OrderDetail) -> AnyView {
    let locale = cx.locale();
    let lesson = detail.booking.map(|booking| {
        view! { <LinkButton href=urls::student::lesson(booking) icon=Glyph::Calendar block=true>{t!(locale, "student-to-lesson")}</LinkButton> }
    });
    let pay = (detail.order.status == OrderStatus::Pending).then(|| {
        view! { <LinkButton href=urls::checkout(detail.order.id) tone=Tone::Primary block=true>{t!(locale, "student-order-pay")}</LinkButton> }
    });
    let again = detail.lines.first().map(|line| {
        let href = urls::book(&line.tutor_slug, line.variant);
        view! { <LinkButton href=href icon=Glyph::Plus block=true>{t!(locale, "student-book-again")}</LinkButton> }
    });
    let paid = detail.receipt.is_some();
    let print = paid.then(|| view! { <p class="t-12 faint">{t!(locale, "student-receipt-print")}</p> });
    view! { <div class="stack stack-3">{pay} {lesson} {again} {print}</div> }.into_any()
}
