//! Stripe's API, as far as we use it: Checkout Sessions, refunds, webhook signatures.
//!
//! A thin layer over `async-stripe`: plain values in, plain values out, and errors that say
//! whether the call may have had an effect. Nothing here retries; a caller that does uses the
//! same idempotency key, which it has stored before the first call, until Stripe has answered.

mod checkout;
mod error;
mod refund;
mod signature;

pub use checkout::{Card, Checkout, CheckoutRequest, CheckoutStatus, Collected};
pub use error::StripeError;
pub use refund::{Refund, RefundRequest, RefundStatus};
pub use signature::{SignatureError, TOLERANCE, sign, verify};

use kernel::{Currency, Money};
use std::time::Duration;
use stripe::{Client, ClientBuilder, IdempotencyKey, RequestStrategy};

/// How long one call may take. Stripe answers most in under a second.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How to reach Stripe.
#[derive(Clone)]
pub struct StripeConfig {
    /// The secret key, `sk_…` or `rk_…`.
    pub secret_key: String,
    /// Another server than Stripe's own, with a trailing slash (`http://127.0.0.1:4242/`).
    pub api_base: Option<String>,
    /// What webhooks are signed with, `whsec_…`. Several while one replaces another.
    pub webhook_secrets: Vec<String>,
}

impl std::fmt::Debug for StripeConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StripeConfig").field("api_base", &self.api_base).finish_non_exhaustive()
    }
}

/// A client of Stripe's API.
pub struct Stripe {
    client: Client,
    webhook_secrets: Vec<String>,
}

impl std::fmt::Debug for Stripe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stripe").finish_non_exhaustive()
    }
}

impl Stripe {
    /// A client for `config`.
    ///
    /// # Errors
    /// When the key is no header value or the address no URL.
    pub fn new(config: StripeConfig) -> Result<Self, StripeError> {
        let mut builder = ClientBuilder::new(config.secret_key).timeout(TIMEOUT).app_info("WeMaster", None, None);
        if let Some(base) = config.api_base {
            builder = builder.url(if base.ends_with('/') { base } else { format!("{base}/") });
        }
        Ok(Self { client: builder.build()?, webhook_secrets: config.webhook_secrets })
    }

    /// Whether `header` (`Stripe-Signature`) signs `body` with one of our secrets, and not
    /// longer ago than [`TOLERANCE`].
    ///
    /// # Errors
    /// Says which of these it was, for the log.
    pub fn verify(&self, body: &[u8], header: &str, now: jiff::Timestamp) -> Result<(), SignatureError> {
        verify(body, header, &self.webhook_secrets, now)
    }
}

/// One attempt under `key`.
fn once(key: &str) -> Result<RequestStrategy, StripeError> {
    Ok(RequestStrategy::Idempotent(IdempotencyKey::new(key).map_err(|e| StripeError::Unsendable(e.to_string()))?))
}

/// An amount as Stripe names it: minor units and a lower-case code.
fn money(minor: i64, currency: &stripe_types::Currency) -> Result<Money, StripeError> {
    let code = currency.to_string();
    let currency: Currency = code.parse().map_err(|_| StripeError::Unreadable(format!("unknown currency {code}")))?;
    Ok(Money::new(minor, currency))
}

/// A currency as Stripe names it.
fn stripe_currency(currency: Currency) -> stripe_types::Currency {
    let code = currency.code().to_lowercase();
    code.parse().unwrap_or_default()
}
