//! Collecting an order's money and giving it back.
//!
//! Stripe is never called inside a transaction. What is about to be asked is written first,
//! with its idempotency key; then the call; then its result. Whatever triggers
//! it (the webhook's job, the buyer's return, the sweeper), one function, [`settle`], asks
//! Stripe how things stand and applies the answer, as often as it likes.

mod checkout;
mod handover;
mod jobs;
pub mod model;
mod queries;
mod refunds;
mod settle;
mod sweep;
mod webhook;

pub use checkout::{expire, return_from_checkout, start_checkout};
pub use handover::{StripeCard, StripePayment, StripeRefund, for_emulator};
pub use jobs::{ExpireCheckout, SendRefund, StripeEvent};
pub use model::{CheckoutUrl, Payment, PaymentStatus, Refund, RefundReason, RefundStatus, Returned};
pub use refunds::{pursue, request_refund, send_again};
pub use settle::{Settled, apply, settle};
pub use sweep::{sweep, sweep_tenant};
pub use webhook::{WebhookRefused, receive};
