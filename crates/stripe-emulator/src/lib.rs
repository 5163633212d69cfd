//! A stateful server that speaks Stripe's HTTP API, for development and tests.
//!
//! It keeps accounts of Checkout Sessions, `PaymentIntent`s, charges, refunds and
//! balance transactions, shows a hosted payment page that works without
//! JavaScript, and delivers signed webhooks. Faults, webhook delivery and the
//! clock are driven through the control API under `/_emulator/`; see
//! `docs/stripe-emulator.md`.
//!
//! ```no_run
//! # async fn start() -> Result<(), stripe_emulator::StartError> {
//! use stripe_emulator::{Config, Emulator};
//!
//! let emulator = Emulator::start(Config::default()).await?;
//! println!("Stripe is at {}", emulator.url());
//! emulator.shutdown().await;
//! # Ok(())
//! # }
//! ```

// Stripe's objects are wide: `json!` recurses once per field.
#![recursion_limit = "512"]

mod adopt;
mod api;
mod clock;
mod config;
mod control;
mod error;
mod ids;
mod json;
mod money;
mod page;
mod params;
mod payment;
mod resources;
mod server;
mod shared;
mod state;
mod webhooks;

pub use adopt::{AdoptError, AdoptedCard, AdoptedPayment, AdoptedRefund};
pub use config::{Config, Fee, SignatureClock, WebhookTarget};
pub use server::{Emulator, StartError};
pub use webhooks::sign::signature_header;
