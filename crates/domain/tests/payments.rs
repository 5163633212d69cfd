//! From the hold to the receipt and back, against Stripe's emulator over HTTP.

mod canned;
mod faults;
mod late;
mod path;
mod refunds;
mod webhooks;
