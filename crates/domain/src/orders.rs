//! Orders: what was bought, frozen with its prices, names and policy, and how its money stands.

mod model;
mod queries;
mod service;

pub use model::{
    FailedRefund, HoldClock, Order, OrderDetail, OrderFilter, OrderLine, OrderPayment, OrderRefund, OrderStatus, PendingOrder,
};
pub use service::{admin_order, failed_refunds, for_admin, for_student, pending, student_order};
