//! Orders: the list with its filters, and one order with its money.

mod list;
mod order;

pub use list::OrdersPage;
pub use order::OrderPage;
