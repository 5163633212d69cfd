//! `/admin/orders/{order}`: what was bought and every penny that moved for it.

use crate::{
    common::{frame, kind_label, may, moment, negative, order_badge, zone_link},
    ledger::transactions_table,
};
use domain::{
    ledger::{self, LedgerTransaction},
    orders::{self, OrderDetail, OrderLine, OrderPayment, OrderRefund},
    payments::{self, RefundStatus},
};
use i18n::{Reader, t};
use kernel::{
    AppError, Permission,
    ids::{OrderId, RefundId},
    urls,
};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, param, redirect_with};

/// Sends a refund that failed once more.
#[server(name = SendRefundAgainForm, prefix = "/api", endpoint = "admin/send_refund_again")]
pub async fn send_refund_again(refund: RefundId) -> Result<(), AppError> {
    let cx = cx()?;
    let order = payments::send_again(cx.services(), cx.actor()?, refund).await?;
    redirect_with(&urls::admin::order(order), "admin-done-refund-again");
    Ok(())
}

/// `/admin/orders/{order}`
#[component]
pub fn OrderPage() -> impl IntoView {
    let id = param::<OrderId>("order");
    page(async move |cx| {
        let id = id.ok_or(AppError::NotFound)?;
        let detail = orders::admin_order(cx.services(), cx.actor()?, id).await?;
        // The ledger's part is for those who may see the ledger.
        let posted = if may(&cx, Permission::SeeLedger) { ledger::of_order(cx.services(), cx.actor()?, id).await? } else { Vec::new() };
        Ok(view(&cx, &detail, &posted))
    })
}

fn view(cx: &RequestCx, detail: &OrderDetail, posted: &[LedgerTransaction]) -> AnyView {
    let reader = cx.reader();
    let order = &detail.order;
    let title = t!(reader, "admin-order-title", number = order.number.clone());
    let failed = detail.refunds.iter().any(is_open);
    let form = cx.fields(SendRefundAgainForm::PATH);
    let locale = cx.locale();
    let failed = failed.then(|| {
        view! {
            <div class="mb-6">
                <Callout mood=Mood::Bad title=t!(locale, "admin-refund-failed-title")>{t!(locale, "admin-refund-failed-body")}</Callout>
            </div>
        }
    });
    let (badge, zone) = (order_badge(reader, order.status), zone_link(cx, cx.now()));
    let page = view! {
        <PageHead title=title.clone() back_href=urls::admin::ORDERS back_label=t!(reader, "admin-nav-orders")>
            {badge}
            {zone}
        </PageHead>
        {form.refusal()}
        {failed}
        <div class="cols cols-main">
            <div class="stack stack-8">
                {bought(reader, detail)}
                {refunds(cx, detail)}
                {may(cx, Permission::SeeLedger).then(|| movements(reader, posted))}
            </div>
            <div class="stack stack-8">{facts(reader, detail)} {payment(reader, detail.payment.as_ref())} {policy(reader, detail)}</div>
        </div>
    };
    frame(&title, page.into_any())
}

fn bought(reader: &Reader, detail: &OrderDetail) -> AnyView {
    let order = &detail.order;
    let lines = detail.lines.iter().map(|line| self::line(reader, line)).collect_view();
    let after = (order.refunded.minor > 0).then(|| {
        let back = negative(order.refunded);
        let rest = order.total.checked_sub(order.refunded).unwrap_or(order.total);
        view! {
            <div><dt>{t!(reader, "admin-refunded")}</dt><dd><MoneyText amount=back text=reader.money(back)/></dd></div>
            <div class="tot"><dt>{t!(reader, "admin-order-rest")}</dt><dd><MoneyText amount=rest text=reader.money(rest)/></dd></div>
        }
    });
    view! {
        <section aria-labelledby="bought">
            <h2 id="bought" class="mb-2">{t!(reader, "admin-order-bought")}</h2>
            <dl class="lines">
                {lines}
                <div class="tot due"><dt>{t!(reader, "common-total")}</dt><dd><MoneyText amount=order.total text=reader.money(order.total)/></dd></div>
                {after}
            </dl>
        </section>
    }
    .into_any()
}

fn line(reader: &Reader, line: &OrderLine) -> AnyView {
    let length = reader.duration_minutes(line.duration_minutes);
    let what = t!(reader, "admin-kind-and-length", kind = kind_label(reader, line.kind), length = length);
    let with = t!(reader, "admin-line-with", tutor = line.tutor.name.clone(), what = what);
    let when = format!("{} {}", reader.date_time_range(line.starts_at, line.ends_at), reader.zone_label(line.starts_at));
    let there = reader.in_zone(line.zone.clone());
    let theirs = (there.wall(line.starts_at) != reader.wall(line.starts_at)).then(|| {
        let when = format!("{} {}", there.date_time_range(line.starts_at, line.ends_at), there.zone_label(line.starts_at));
        view! { <span class="faint t-12 num block">{t!(reader, "admin-line-tutors-time", when = when)}</span> }
    });
    view! {
        <div>
            <dt>
                <span class="mid block">{line.title.clone()}</span>
                <span class="muted block">{with}</span>
                <span class="muted num block">{when}</span>
                {theirs}
            </dt>
            <dd><MoneyText amount=line.price text=reader.money(line.price)/></dd>
        </div>
    }
    .into_any()
}

fn refunds(cx: &RequestCx, detail: &OrderDetail) -> Option<AnyView> {
    let reader = cx.reader();
    if detail.refunds.is_empty() {
        return None;
    }
    let cols = vec![
        Col::new(t!(reader, "admin-refund-reason")),
        Col::new(t!(reader, "common-status")),
        Col::new(t!(reader, "admin-refund-promised")),
        Col::new(t!(reader, "admin-refund-settled")).droppable(),
        Col::end(t!(reader, "common-amount")),
    ];
    let may_send = may(cx, Permission::Refund);
    let rows = detail.refunds.iter().map(|one| refund(reader, one, may_send)).collect_view();
    let title = t!(reader, "admin-refunds");
    let caption = t!(reader, "admin-table", title = title.clone());
    Some(
        view! {
            <section aria-labelledby="refunds">
                <h2 id="refunds" class="mb-2">{title}</h2>
                <Table cols=cols caption=caption cards=true>{rows}</Table>
            </section>
        }
        .into_any(),
    )
}

/// Whether it failed and nobody has sent it again.
fn is_open(refund: &OrderRefund) -> bool {
    refund.status == RefundStatus::Failed && !refund.sent_again
}

fn refund(reader: &Reader, refund: &OrderRefund, may_send: bool) -> AnyView {
    let reason = i18n::t(reader, &format!("admin-refund-{}", refund.reason.key().replace('_', "-")));
    let (mood, status) = match refund.status {
        RefundStatus::Requested => (Mood::Warn, t!(reader, "admin-refund-requested")),
        RefundStatus::Succeeded => (Mood::Ok, t!(reader, "admin-refund-succeeded")),
        RefundStatus::Failed => (Mood::Bad, t!(reader, "admin-refund-failed")),
    };
    let names: Vec<String> =
        refund.provider.iter().cloned().chain(Some(refund.failure.clone()).filter(|failure| !failure.is_empty())).collect();
    let names = (!names.is_empty()).then(|| view! { <bdi dir="ltr" class="t-12 faint block font-mono">{names.join(" ")}</bdi> });
    let settled = refund.settled_at.map(|at| moment(reader, at));
    let again = if refund.sent_again {
        view! { <span class="muted t-12">{t!(reader, "admin-refund-sent-again")}</span> }.into_any()
    } else if may_send && is_open(refund) {
        send_again(reader, refund)
    } else {
        ().into_any()
    };
    view! {
        <tr>
            <td class="m-1a py-2">{reason}{names}</td>
            <td class="m-2b"><div class="stack stack-2"><div><Badge mood=mood>{status}</Badge></div>{again}</div></td>
            <td class="m-2a muted">{moment(reader, refund.requested_at)}</td>
            <td class="drop-l drop-m muted">{settled}</td>
            <td class="m-1b r strong"><MoneyText amount=refund.amount text=reader.money(refund.amount)/></td>
        </tr>
    }
    .into_any()
}

fn send_again(reader: &Reader, refund: &OrderRefund) -> AnyView {
    let id = refund.id.to_string();
    let (label, busy) = (t!(reader, "admin-refund-again"), t!(reader, "admin-refund-again-busy"));
    view! {
        <form method="post" action=SendRefundAgainForm::PATH>
            <HiddenPage/>
            <input type="hidden" name="refund" value=id/>
            <Button size=Size::Small busy_label=busy>{label}</Button>
        </form>
    }
    .into_any()
}

fn movements(reader: &Reader, posted: &[LedgerTransaction]) -> AnyView {
    let body = if posted.is_empty() {
        view! { <p class="muted">{t!(reader, "admin-order-no-movements")}</p> }.into_any()
    } else {
        transactions_table(reader, posted, t!(reader, "admin-order-movements"), false)
    };
    view! { <section aria-labelledby="movements"><h2 id="movements" class="mb-2">{t!(reader, "admin-order-movements")}</h2>{body}</section> }.into_any()
}

fn facts(reader: &Reader, detail: &OrderDetail) -> AnyView {
    let order = &detail.order;
    let receipt = detail.receipt.clone().map(|number| view! { <dt>{t!(reader, "admin-receipt")}</dt><dd class="num">{number}</dd> });
    let paid = order.paid_at.map(|at| view! { <dt>{t!(reader, "admin-paid")}</dt><dd>{moment(reader, at)}</dd> });
    let booking = detail.booking.map(|booking| {
        let (href, to_booking) = (urls::admin::booking(booking), t!(reader, "admin-to-booking"));
        view! { <div><LinkButton href=href icon=Glyph::Calendar>{to_booking}</LinkButton></div> }
    });
    let student = order.student.name.clone();
    view! {
        <section aria-labelledby="facts" class="stack stack-3">
            <h2 id="facts">{t!(reader, "admin-student")}</h2>
            <div class="row row-3"><Avatar id=order.student.id.to_string() name=student.clone() size=AvatarSize::S40/><p class="mid trunc">{student}</p></div>
            <dl class="kv">
                <dt>{t!(reader, "admin-ordered")}</dt><dd>{moment(reader, order.created_at)}</dd>
                {paid}
                {receipt}
            </dl>
            {booking}
        </section>
    }
    .into_any()
}

fn payment(reader: &Reader, payment: Option<&OrderPayment>) -> AnyView {
    let body = match payment {
        None => view! { <p class="muted">{t!(reader, "admin-payment-none")}</p> }.into_any(),
        Some(payment) => {
            let status = i18n::t(reader, &format!("admin-payment-{}", payment.status.key()));
            let card = (!payment.card.is_empty()).then(|| payment.card.clone());
            let card = card.map(|card| view! { <dt>{t!(reader, "admin-payment-card")}</dt><dd class="num capitalize">{card}</dd> });
            let fee = payment
                .fee
                .map(|fee| view! { <dt>{t!(reader, "admin-payment-fee")}</dt><dd><MoneyText amount=fee text=reader.money(fee)/></dd> });
            view! {
                <dl class="kv">
                    <dt>{t!(reader, "common-status")}</dt><dd>{status}</dd>
                    {card}
                    {fee}
                    {stripe_name(t!(reader, "admin-payment-intent"), payment.payment_intent.as_ref())}
                    {stripe_name(t!(reader, "admin-payment-session"), payment.session.as_ref())}
                </dl>
            }
            .into_any()
        }
    };
    view! { <section aria-labelledby="payment" class="stack stack-3"><h2 id="payment">{t!(reader, "admin-payment")}</h2>{body}</section> }
        .into_any()
}

/// What Stripe calls it, to be found in its dashboard.
fn stripe_name(label: String, name: Option<&String>) -> Option<AnyView> {
    let name = name.cloned()?;
    Some(view! { <dt>{label}</dt><dd><bdi dir="ltr" class="font-mono t-12 break-all">{name}</bdi></dd> }.into_any())
}

fn policy(reader: &Reader, detail: &OrderDetail) -> AnyView {
    let starts_at = detail.order.starts_at;
    let steps = detail
        .policy
        .deadlines(starts_at)
        .into_iter()
        .map(|deadline| {
            let text = t!(
                reader,
                "admin-policy-until",
                percent = reader.percent_bps(deadline.refund_bps),
                when = reader.date_time(deadline.until)
            );
            view! { <li class="num">{text}</li> }
        })
        .collect_view();
    view! {
        <section aria-labelledby="policy" class="stack stack-3">
            <h2 id="policy">{t!(reader, "admin-policy-of-order")}</h2>
            <ul class="stack stack-1" role="list">{steps}<li class="muted">{t!(reader, "admin-policy-after")}</li></ul>
            <p class="hint">{t!(reader, "admin-policy-frozen")}</p>
        </section>
    }
    .into_any()
}
