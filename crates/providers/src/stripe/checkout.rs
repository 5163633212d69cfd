//! Checkout Sessions: the payment page that Stripe hosts.

use super::{Stripe, StripeError, money, once, stripe_currency};
use kernel::Money;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use stripe::StripeRequest;
use stripe_checkout::{
    CheckoutSession, CheckoutSessionMode, CheckoutSessionPaymentStatus, CheckoutSessionStatus,
    checkout_session::{
        CreateCheckoutSession, CreateCheckoutSessionAllowedPaymentMethodTypes, CreateCheckoutSessionBrandingSettings,
        CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData, CreateCheckoutSessionPaymentIntentData,
        ExpireCheckoutSession, ProductData, RetrieveCheckoutSession,
    },
};
use stripe_core::{BalanceTransaction, PaymentIntent};

/// What the payment page asks for. Stored before it is sent: a repeat under the same
/// idempotency key must say exactly the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutRequest {
    /// Our reference, returned as `client_reference_id`.
    pub reference: String,
    /// The one line's name.
    pub title: String,
    /// And what it says below.
    pub description: String,
    /// Its price.
    pub amount: Money,
    /// Who sells.
    pub merchant: String,
    /// The buyer's address, filled in on the page.
    pub email: String,
    /// The page's language (BCP 47).
    pub locale: String,
    /// Where a paid buyer goes.
    pub success_url: String,
    /// Where a buyer goes who turns back.
    pub cancel_url: String,
    /// When the page closes (Unix seconds). Stripe wants 30 minutes to 24 hours from now.
    pub expires_at: i64,
    /// Ours, on the session and on its `PaymentIntent`, so that every event names them.
    pub metadata: BTreeMap<String, String>,
}

/// A Checkout Session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkout {
    /// Its id, `cs_…`.
    pub id: String,
    /// How far it is.
    pub status: CheckoutStatus,
    /// Whether its money was collected.
    pub paid: bool,
    /// The payment page while it is open.
    pub url: Option<String>,
    /// What it asks for.
    pub total: Option<Money>,
    /// Our reference.
    pub reference: Option<String>,
    /// Our metadata.
    pub metadata: HashMap<String, String>,
    /// What was collected: known when it is paid and was retrieved.
    pub collected: Option<Collected>,
}

/// How far a Checkout Session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckoutStatus {
    /// Its page takes a card.
    Open,
    /// Its page is done.
    Complete,
    /// Its page is closed, and nothing was paid.
    Expired,
}

/// What a paid session collected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collected {
    /// The `PaymentIntent`, `pi_…`.
    pub intent: String,
    /// The charge, `ch_…`.
    pub charge: Option<String>,
    /// The card, for people.
    pub card: Option<Card>,
    /// What Stripe keeps, in the currency it pays out in. Known a moment after the charge.
    pub fee: Option<Money>,
}

/// A card, as far as a receipt may name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// `visa`, `mastercard`, …
    pub brand: String,
    /// The last four digits.
    pub last4: String,
}

impl Stripe {
    /// Creates the session of `key`, or answers with the one that an earlier call under the
    /// same key created.
    ///
    /// Cards (with their wallets) alone: a method that takes days to confirm cannot hold a slot.
    pub async fn create_checkout(&self, request: &CheckoutRequest, key: &str) -> Result<Checkout, StripeError> {
        let metadata: HashMap<String, String> = request.metadata.clone().into_iter().collect();
        let mut product = ProductData::new(&request.title);
        product.description = Some(request.description.clone()).filter(|text| !text.is_empty());
        let mut price = CreateCheckoutSessionLineItemsPriceData::new(stripe_currency(request.amount.currency));
        price.unit_amount = Some(request.amount.minor);
        price.product_data = Some(product);
        let mut line = CreateCheckoutSessionLineItems::new();
        line.price_data = Some(price);
        line.quantity = Some(1);
        let mut intent = CreateCheckoutSessionPaymentIntentData::new();
        intent.metadata = Some(metadata.clone());
        intent.description = Some(request.title.clone());
        let mut branding = CreateCheckoutSessionBrandingSettings::new();
        branding.display_name = Some(request.merchant.clone());
        let session = CreateCheckoutSession::new()
            .mode(CheckoutSessionMode::Payment)
            .client_reference_id(&request.reference)
            .line_items([line])
            .payment_intent_data(intent)
            .allowed_payment_method_types([CreateCheckoutSessionAllowedPaymentMethodTypes::Card])
            .branding_settings(branding)
            .customer_email(&request.email)
            .locale(
                request.locale.parse::<stripe_checkout::CheckoutSessionLocale>().unwrap_or(stripe_checkout::CheckoutSessionLocale::Auto),
            )
            .success_url(&request.success_url)
            .cancel_url(&request.cancel_url)
            .expires_at(request.expires_at)
            .metadata(metadata)
            .customize()
            .request_strategy(once(key)?)
            .send(&self.client)
            .await?;
        read(session)
    }

    /// The session `id` with what it collected.
    pub async fn checkout(&self, id: &str) -> Result<Checkout, StripeError> {
        let session = RetrieveCheckoutSession::new(id)
            .expand(["payment_intent.latest_charge.balance_transaction".to_owned()])
            .customize()
            .send(&self.client)
            .await?;
        read(session)
    }

    /// Closes the session's page. Nobody can pay on it afterwards.
    ///
    /// # Errors
    /// [`StripeError::Refused`] when it is not open any more: look which of the two it is.
    pub async fn expire_checkout(&self, id: &str) -> Result<Checkout, StripeError> {
        read(ExpireCheckoutSession::new(id).customize().send(&self.client).await?)
    }
}

fn read(session: CheckoutSession) -> Result<Checkout, StripeError> {
    let total = match (session.amount_total, &session.currency) {
        (Some(minor), Some(currency)) => Some(money(minor, currency)?),
        _ => None,
    };
    let paid = session.payment_status == CheckoutSessionPaymentStatus::Paid;
    let collected = session.payment_intent.filter(|_| paid).and_then(stripe_types::Expandable::into_object);
    Ok(Checkout {
        id: session.id.to_string(),
        status: match session.status {
            Some(CheckoutSessionStatus::Complete) => CheckoutStatus::Complete,
            Some(CheckoutSessionStatus::Expired) => CheckoutStatus::Expired,
            Some(CheckoutSessionStatus::Open) => CheckoutStatus::Open,
            other => return Err(StripeError::Unreadable(format!("session status {other:?}"))),
        },
        paid,
        url: session.url,
        total,
        reference: session.client_reference_id,
        metadata: session.metadata.unwrap_or_default(),
        collected: collected.map(read_intent),
    })
}

/// What Stripe kept. One that we cannot book must not keep a paid order from its lesson.
fn read_fee(minor: i64, currency: &stripe_types::Currency) -> Option<Money> {
    match money(minor, currency) {
        Ok(fee) if fee.minor >= 0 => Some(fee),
        Ok(_) => {
            tracing::error!(minor, %currency, "Stripe's fee is below zero: it is not booked");
            None
        }
        Err(error) => {
            tracing::error!(minor, %currency, %error, "Stripe's fee is not booked");
            None
        }
    }
}

fn read_intent(intent: PaymentIntent) -> Collected {
    let Some(charge) = intent.latest_charge else {
        return Collected { intent: intent.id.to_string(), charge: None, card: None, fee: None };
    };
    let id = charge.id().to_string();
    let charge = charge.into_object();
    let fee = charge
        .as_ref()
        .and_then(|charge| charge.balance_transaction.as_ref())
        .and_then(|transaction| transaction.as_object())
        .and_then(|transaction: &BalanceTransaction| read_fee(transaction.fee, &transaction.currency));
    let card = charge.and_then(|charge| charge.payment_method_details).and_then(|details| details.card);
    let card = card.and_then(|card| Some(Card { brand: card.brand?, last4: card.last4? }));
    Collected { intent: intent.id.to_string(), charge: Some(id), card, fee }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;

    #[test]
    fn a_fee_is_booked_or_left_out() {
        let fee = |minor, code: &str| read_fee(minor, &code.parse().unwrap_or_default());
        assert_eq!(fee(68, "gbp"), Some(Money::new(68, Currency::Gbp)));
        assert_eq!(fee(0, "eur"), Some(Money::new(0, Currency::Eur)));
        assert_eq!(fee(-1, "gbp"), None);
        assert_eq!(fee(68, "isk"), None, "not a currency of ours");
    }
}
