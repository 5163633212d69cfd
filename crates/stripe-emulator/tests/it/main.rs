//! Drives the emulator over HTTP, by hand, with async-stripe and with Stripe's
//! client for Node.js.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod adopt;
mod async_stripe;
mod basics;
mod control;
mod idempotency;
mod lists;
mod node_client;
mod page;
mod payments;
mod process;
mod refunds;
mod sessions;
mod support;
mod webhooks;
