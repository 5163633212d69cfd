//! A student's orders: the list, and one with its receipt.

mod list;
mod order;

pub use list::OrdersPage;
pub use order::OrderPage;

use domain::orders::OrderStatus;
use leptos::prelude::*;
use ui::prelude::*;
use web::RequestCx;

/// An order's standing in a word or two.
fn status_badge(cx: &RequestCx, status: OrderStatus) -> AnyView {
    let mood = match status {
        OrderStatus::Pending => Mood::Warn,
        OrderStatus::Paid => Mood::Ok,
        OrderStatus::PartlyRefunded | OrderStatus::Refunded => Mood::Info,
        OrderStatus::Lapsed | OrderStatus::Cancelled => Mood::Line,
    };
    let text = i18n::t(cx.locale(), &format!("student-order-{}", status.key().replace('_', "-")));
    view! { <Badge mood=mood>{text}</Badge> }.into_any()
}
