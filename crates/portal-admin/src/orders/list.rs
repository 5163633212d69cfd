//! `/admin/orders`: the latest first, filtered by what stands in the address.

use crate::common::{filter_buttons, frame, is_filtered, nothing_found, order_badge, order_status, person, zone_link};
use domain::{
    orders::{self, Order, OrderFilter, OrderStatus},
    page::Page,
};
use i18n::{Reader, t};
use kernel::urls;
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{RequestCx, page, pager};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    text: String,
    status: String,
    after: String,
}

impl Query {
    fn filter(&self) -> OrderFilter {
        OrderFilter { status: OrderStatus::ALL.into_iter().find(|status| status.key() == self.status), text: self.text.clone() }
    }

    fn pairs(&self) -> [(&str, &str); 2] {
        [("text", &self.text), ("status", &self.status)]
    }
}

/// `/admin/orders`
#[component]
pub fn OrdersPage() -> impl IntoView {
    page(async |cx| {
        let query: Query = cx.query();
        let orders = orders::for_admin(cx.services(), cx.actor()?, &query.filter(), query.after.parse().ok()).await?;
        Ok(view(&cx, &query, &orders))
    })
}

fn view(cx: &RequestCx, query: &Query, orders: &Page<Order>) -> AnyView {
    let reader = cx.reader();
    let title = t!(reader, "admin-nav-orders");
    let list = match orders.items.is_empty() {
        false => list(reader, query, orders),
        true if is_filtered(&query.pairs()) || !query.after.is_empty() => nothing_found(reader, urls::admin::ORDERS),
        true => empty(reader),
    };
    let zone = zone_link(cx, cx.now());
    let page = view! {
        <PageHead title=title.clone() note=t!(reader, "admin-orders-note")>{zone}</PageHead>
        {filters(reader, query)}
        {list}
    };
    frame(&title, page.into_any())
}

fn filters(reader: &Reader, query: &Query) -> AnyView {
    let statuses = OrderStatus::ALL.map(|status| Choice::new(status.key(), order_status(reader, status))).to_vec();
    view! {
        <form method="get" autocomplete="off" action=urls::admin::ORDERS role="search" aria-label=t!(reader, "admin-orders-filter")
            class="grid grid-cols-2 lg:grid-cols-[minmax(0,360px)_200px_auto] gap-3 items-end mb-6">
            <TextField name="text" kind="search" label=t!(reader, "common-search") placeholder=t!(reader, "admin-orders-search")
                value=query.text.clone() icon=Glyph::Search class="col-span-2 lg:col-span-1"/>
            <SelectField name="status" label=t!(reader, "common-status") choices=statuses empty=t!(reader, "common-all") value=query.status.clone()/>
            {filter_buttons(reader, urls::admin::ORDERS, &query.pairs())}
        </form>
    }
    .into_any()
}

fn empty(reader: &Reader) -> AnyView {
    let locale = reader.locale;
    view! {
        <Empty icon=Glyph::ReceiptText title=t!(reader, "admin-orders-empty") body=t!(reader, "admin-orders-empty-body")>
            <LinkButton href=urls::TUTORS>{t!(locale, "admin-see-catalogue")}</LinkButton>
        </Empty>
    }
    .into_any()
}

fn list(reader: &Reader, query: &Query, orders: &Page<Order>) -> AnyView {
    let rows = orders.items.iter().map(|order| row(reader, order)).collect_view();
    view! {
        <Table cols=columns(reader) caption=t!(reader, "admin-nav-orders") cards=true>{rows}</Table>
        {pager(reader, urls::admin::ORDERS, &query.pairs(), orders.next, !query.after.is_empty())}
    }
    .into_any()
}

/// The heads of a table of orders.
fn columns(reader: &Reader) -> Vec<Col> {
    vec![
        Col::new(t!(reader, "admin-order")),
        Col::new(t!(reader, "admin-student")),
        Col::new(t!(reader, "admin-what")),
        Col::new(t!(reader, "admin-tutor")).droppable(),
        Col::new(t!(reader, "common-status")),
        Col::end(t!(reader, "admin-ordered")),
        Col::end(t!(reader, "common-total")),
    ]
}

/// An order in a table.
fn row(reader: &Reader, order: &Order) -> AnyView {
    let title = order.title.clone();
    let exact = reader.date_time_long(order.created_at);
    let refunded = (order.refunded.minor > 0 && order.refunded != order.total).then(|| {
        let text = t!(reader, "admin-refunded-part", amount = reader.money(order.refunded));
        view! { <span class="t-12 faint block">{text}</span> }
    });
    view! {
        <tr>
            <td class="drop-m num mid"><a class="cover" href=urls::admin::order(order.id)>{order.number.clone()}</a></td>
            <td class="m-1a"><a class="cover only-m" href=urls::admin::order(order.id)><span class="sr">{order.number.clone()}</span></a>{person(&order.student)}</td>
            <td class="drop-m muted"><span class="trunc block max-w-[32ch]">{title}</span></td>
            <td class="drop-l drop-m muted">{order.tutor_name.clone()}</td>
            <td class="m-2b">{order_badge(reader, order.status)}</td>
            <td class="m-2a r faint"><TimeText iso=order.created_at.to_string() text=reader.date_time(order.created_at) title=exact/></td>
            <td class="m-1b r strong"><MoneyText amount=order.total text=reader.money(order.total)/>{refunded}</td>
        </tr>
    }
    .into_any()
}
