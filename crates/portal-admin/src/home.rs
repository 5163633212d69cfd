//! `/admin`: how the school does, and what waits for a decision.

mod charts;
mod decisions;
mod figures;

use crate::common::{frame, kind_label, may, order_badge, person, zone_link};
use domain::{
    catalogue::{self, ApprovalRow},
    insights::{self, AdminOverview, RecentOrder},
    orders::{self, FailedRefund},
};
use i18n::{Reader, t};
use kernel::{Permission, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::{RequestCx, page};

/// Everything the page needs.
struct Desk {
    overview: AdminOverview,
    /// Those that wait longest.
    approvals: Vec<ApprovalRow>,
    failed_refunds: Vec<FailedRefund>,
}

/// `/admin`
#[component]
pub fn HomePage() -> impl IntoView {
    page(async |cx| {
        let (services, actor) = (cx.services(), cx.actor()?);
        let overview = insights::admin(services, actor).await?;
        let waiting = overview.decisions;
        let desk = Desk {
            approvals: if waiting.approvals > 0 && may(&cx, Permission::Approve) {
                catalogue::approvals(services, actor, None).await?.items
            } else {
                Vec::new()
            },
            failed_refunds: if waiting.failed_refunds > 0 && may(&cx, Permission::SeeOrders) {
                orders::failed_refunds(services, actor).await?
            } else {
                Vec::new()
            },
            overview,
        };
        // Days are those of the school, wherever the admin is.
        let school = cx.reader().in_zone(actor.tenant.zone.clone());
        Ok(view(&cx, &school, &desk))
    })
}

fn view(cx: &RequestCx, school: &Reader, desk: &Desk) -> AnyView {
    let reader = cx.reader();
    let overview = &desk.overview;
    let title = t!(reader, "admin-nav-home");
    let period = t!(reader, "admin-home-period", from = reader.day_short(overview.from), to = reader.day_short(overview.to));
    let zone = zone_link(cx, cx.now());
    let page = view! {
        <PageHead title=title.clone() note=period>{zone}</PageHead>
        {figures::figures(reader, overview)}
        <div class="desk">
            {charts::sales(school, overview, cx.now())}
            {decisions::decisions(cx, desk)}
        </div>
        <div class="desk-half">
            {charts::bookings(reader, overview)}
            {charts::hours(school, overview)}
        </div>
        {recent(cx, &overview.recent_orders)}
    };
    frame(&title, page.into_any())
}

fn recent(cx: &RequestCx, orders: &[RecentOrder]) -> AnyView {
    let reader = cx.reader();
    let locale = cx.locale();
    let title = t!(reader, "admin-home-recent");
    let body = if orders.is_empty() {
        view! { <Empty icon=Glyph::ReceiptText title=t!(reader, "admin-orders-empty") body=t!(reader, "admin-orders-empty-body")/> }
            .into_any()
    } else {
        let cols = vec![
            Col::new(t!(reader, "admin-order")),
            Col::new(t!(reader, "admin-student")),
            Col::new(t!(reader, "admin-what")),
            Col::new(t!(reader, "admin-tutor")),
            Col::new(t!(reader, "admin-paid-with")).droppable(),
            Col::new(t!(reader, "common-status")),
            Col::end(t!(reader, "admin-ordered")),
            Col::end(t!(reader, "common-total")),
        ];
        let rows = orders.iter().map(|order| row(reader, order)).collect_view();
        view! { <Table cols=cols caption=t!(reader, "admin-table", title = title.clone()) cards=true>{rows}</Table> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="recent">
            <div class="head">
                <h2 id="recent">{title}</h2>
                <LinkButton href=urls::admin::ORDERS tone=Tone::Ghost size=Size::Small>{t!(locale, "admin-home-all-orders")}</LinkButton>
            </div>
            {body}
        </section>
    }
    .into_any()
}

fn row(reader: &Reader, order: &RecentOrder) -> AnyView {
    let length = reader.duration_minutes(order.minutes);
    let what = t!(reader, "admin-kind-and-length", kind = kind_label(reader, order.kind), length = length);
    let exact = reader.date_time_long(order.created_at);
    let when = reader.date_time(order.created_at);
    view! {
        <tr>
            <td class="drop-m"><a class="cover mid num" href=urls::admin::order(order.id)>{order.number.clone()}</a></td>
            <td class="m-1a"><a class="cover only-m" href=urls::admin::order(order.id)><span class="sr">{order.number.clone()}</span></a>{person(&order.student)}</td>
            <td class="muted drop-m">{what.clone()}</td>
            <td class="muted drop-m">{order.tutor.clone()}</td>
            <td class="muted drop-m drop-l"><span class="capitalize">{order.card.clone()}</span></td>
            <td class="m-2b">{order_badge(reader, order.status)}</td>
            <td class="r faint m-2a"><span class="only-m">{what}" · "</span><TimeText iso=order.created_at.to_string() text=when title=exact/></td>
            <td class="r strong m-1b"><MoneyText amount=order.total text=reader.money(order.total)/></td>
        </tr>
    }
    .into_any()
}
