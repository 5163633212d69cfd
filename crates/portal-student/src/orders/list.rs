//! `/student/orders`: every order, the latest first.

use super::status_badge;
use domain::{
    orders::{self, Order},
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
    after: String,
}

/// `/student/orders`
#[component]
pub fn OrdersPage() -> impl IntoView {
    page(async |cx| {
        let query: Query = cx.query();
        let orders = orders::for_student(cx.services(), cx.actor()?, query.after.parse().ok()).await?;
        Ok(view(&cx, orders, !query.after.is_empty()))
    })
}

fn view(cx: &RequestCx, orders: Page<Order>, has_newer: bool) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "student-nav-orders");
    let list = if orders.items.is_empty() && !has_newer { empty(cx) } else { list(cx, orders, has_newer) };
    view! {
        <PortalShell portal=Portal::Student title=title.clone()>
            <PageHead title=title note=t!(locale, "student-orders-note")/>
            {list}
        </PortalShell>
    }
    .into_any()
}

fn empty(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    view! {
        <Empty title=t!(locale, "student-orders-empty-title") body=t!(locale, "student-orders-empty-body") icon=Glyph::ReceiptText>
            <LinkButton href=urls::TUTORS tone=Tone::Primary>{t!(locale, "student-find-tutor")}</LinkButton>
        </Empty>
    }
    .into_any()
}

fn list(cx: &RequestCx, orders: Page<Order>, has_newer: bool) -> AnyView {
    let locale = cx.locale();
    let next = orders.next.map(|cursor| urls::with_query(urls::student::ORDERS, &[("after", &cursor.to_string())]));
    let prev = has_newer.then_some(urls::student::ORDERS);
    let cols = vec![
        Col::new(t!(locale, "student-order")),
        Col::new(t!(locale, "common-date")),
        Col::new(t!(locale, "student-lesson")),
        Col::new(t!(locale, "common-status")),
        Col::end(t!(locale, "common-total")),
    ];
    let rows = orders.items.iter().map(|order| row(cx, order)).collect_view();
    view! {
        <Table cols=cols caption=t!(locale, "student-nav-orders") cards=true>{rows}</Table>
        <Pagination label=t!(locale, "common-pages") prev=prev next=next prev_label=t!(locale, "student-newest") next_label=t!(locale, "common-page-older")/>
    }
    .into_any()
}

fn row(cx: &RequestCx, order: &Order) -> AnyView {
    let reader = cx.reader();
    let what = t!(cx.locale(), "student-order-what", title = order.title.clone(), tutor = order.tutor_name.clone());
    let status = status_badge(cx, order.status);
    let refunded = (order.refunded.minor > 0).then(|| {
        let text = t!(cx.locale(), "student-order-refunded-part", amount = reader.money(order.refunded));
        view! { <span class="t-12 faint num block">{text}</span> }
    });
    view! {
        <tr>
            <td class="drop-m muted normal-nums">{order.number.clone()}</td>
            <td class="m-2a muted"><TimeText iso=order.created_at.to_string() text=reader.date_short_year(order.created_at)/></td>
            <td class="m-1a mid normal-nums"><a class="cover" href=urls::student::order(order.id)>{what}</a></td>
            <td class="m-2b">{status}</td>
            <td class="m-1b r"><MoneyText amount=order.total text=reader.money(order.total)/>{refunded}</td>
        </tr>
    }
    .into_any()
}
