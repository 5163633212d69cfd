//! Payments that were made elsewhere: the emulator takes them over as if it had
//! collected them, so that they can be looked up and given back.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    json::Object,
    money::{fee_on, is_currency},
    payment::{CardFacts, add_method},
    resources::{balance_transactions, charges, checkout_sessions, payment_intents, refunds},
    state::{Kind, State},
};

/// A day, in seconds: how long the payment's page would have been open.
const DAY: i64 = 24 * 60 * 60;

/// A payment through a Checkout Session that was made elsewhere.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdoptedPayment {
    /// The Checkout Session, `cs_…`.
    pub session: String,
    /// The `PaymentIntent`, `pi_…`.
    pub intent: String,
    /// The charge, `ch_…`.
    pub charge: String,
    /// The charge's balance transaction, `txn_…`; a new one when absent.
    #[serde(default)]
    pub balance_transaction: Option<String>,
    /// What was paid, in minor units.
    pub amount: i64,
    /// Three letters.
    pub currency: String,
    /// What Stripe kept, in minor units of the same currency; what the emulator would keep when
    /// absent.
    #[serde(default)]
    pub fee: Option<i64>,
    /// The card that paid.
    pub card: AdoptedCard,
    /// The session's `client_reference_id`.
    #[serde(default)]
    pub reference: Option<String>,
    /// Metadata of the session, the `PaymentIntent` and the charge.
    #[serde(default)]
    pub metadata: BTreeMap<String, String>,
    /// When it was paid, in seconds since 1970.
    pub created: i64,
    /// What went back of it already.
    #[serde(default)]
    pub refunds: Vec<AdoptedRefund>,
}

/// A card, as far as a receipt names it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdoptedCard {
    /// `visa`, `mastercard`, …
    pub brand: String,
    /// The last four digits.
    pub last4: String,
}

/// A refund that was made elsewhere.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdoptedRefund {
    /// The refund, `re_…`.
    pub id: String,
    /// Minor units of the payment's currency.
    pub amount: i64,
    /// Its metadata.
    #[serde(default)]
    pub metadata: BTreeMap<String, String>,
    /// When it was made, in seconds since 1970.
    pub created: i64,
}

/// Why payments are not taken over. None of them is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{id}: {problem}")]
pub struct AdoptError {
    /// The payment's `PaymentIntent`.
    pub id: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// Takes over the payments that are not known yet and says how many those were. Nobody is told:
/// no event is sent.
pub fn adopt(state: &mut State, mut payments: Vec<AdoptedPayment>) -> Result<usize, AdoptError> {
    for payment in &payments {
        check(payment).map_err(|problem| AdoptError { id: payment.intent.clone(), problem })?;
    }
    // Lists show what came last first.
    payments.sort_by_key(|payment| payment.created);
    let mut adopted = 0;
    for payment in payments {
        if !known(state, &payment) {
            add(state, payment);
            adopted += 1;
        }
    }
    Ok(adopted)
}

fn check(payment: &AdoptedPayment) -> Result<(), &'static str> {
    let names = |id: &str, kind| Kind::of_id(id) == Some(kind);
    let ids = names(&payment.session, Kind::Session)
        && names(&payment.intent, Kind::PaymentIntent)
        && names(&payment.charge, Kind::Charge)
        && payment.balance_transaction.as_deref().is_none_or(|id| names(id, Kind::BalanceTransaction))
        && payment.refunds.iter().all(|refund| names(&refund.id, Kind::Refund));
    if !ids {
        return Err("an id has another prefix than its object");
    }
    if !is_currency(&payment.currency.to_ascii_lowercase()) {
        return Err("not a currency");
    }
    if payment.amount < 1 || payment.fee.is_some_and(|fee| fee < 0) || payment.refunds.iter().any(|refund| refund.amount < 1) {
        return Err("an amount is not positive");
    }
    match payment.refunds.iter().try_fold(0_i64, |sum, refund| sum.checked_add(refund.amount)) {
        Some(sum) if sum <= payment.amount => Ok(()),
        _ => Err("more went back than was paid"),
    }
}

/// Whether any part of a payment is here.
fn known(state: &State, payment: &AdoptedPayment) -> bool {
    state.get(Kind::Session, &payment.session).is_some()
        || state.get(Kind::PaymentIntent, &payment.intent).is_some()
        || state.get(Kind::Charge, &payment.charge).is_some()
        || payment.balance_transaction.as_deref().is_some_and(|id| state.get(Kind::BalanceTransaction, id).is_some())
        || payment.refunds.iter().any(|refund| state.get(Kind::Refund, &refund.id).is_some())
}

fn add(state: &mut State, payment: AdoptedPayment) {
    let created = payment.created;
    let currency = payment.currency.to_ascii_lowercase();
    let card = CardFacts::of_receipt(&payment.card.brand, &payment.card.last4, state.clock.now());
    let data = json!({ "metadata": payment.metadata });
    let mut intent = payment_intents::row(state, (&payment.intent, created), payment.amount, &currency, Value::Null, &data);
    state.put(Kind::PaymentIntent, intent.clone());
    let method = add_method(state, &payment.intent, &card, created);

    let transaction = payment.balance_transaction.unwrap_or_else(|| state.fresh_id(Kind::BalanceTransaction, "txn_3", 23));
    let fee = payment.fee.unwrap_or_else(|| fee_on(payment.amount, state.fee));
    let moved = balance_transactions::row((&transaction, created), ("charge", "charge"), payment.amount, &currency, fee, &payment.charge);
    state.put(Kind::BalanceTransaction, moved);
    let mut charge = charges::row(state, (&payment.charge, created), &intent, &method, &card, Some(&transaction), None);
    let refunded: i64 = payment.refunds.iter().map(|refund| refund.amount).sum();
    charge.set("amount_refunded", refunded);
    charge.set("refunded", refunded == payment.amount);
    state.put(Kind::Charge, charge.clone());
    for refund in payment.refunds {
        add_refund(state, &charge, refund);
    }

    intent.set("status", "succeeded");
    intent.set("amount_received", payment.amount);
    intent.set("latest_charge", payment.charge);
    intent.set("payment_method", method);
    state.put(Kind::PaymentIntent, intent);

    let mut session =
        checkout_sessions::row((&payment.session, created), created + DAY, payment.amount, &currency, json!(payment.metadata));
    session.set("client_reference_id", payment.reference);
    session.set("customer_details", checkout_sessions::details_of(&Value::Null));
    session.set("payment_intent", payment.intent);
    session.set("payment_status", "paid");
    session.set("status", "complete");
    state.put(Kind::Session, session);
}

fn add_refund(state: &mut State, charge: &Value, refund: AdoptedRefund) {
    let transaction = state.fresh_id(Kind::BalanceTransaction, "txn_3", 23);
    let time = refund.created;
    let moved =
        balance_transactions::row((&transaction, time), ("refund", "refund"), -refund.amount, charge.text("currency"), 0, &refund.id);
    state.put(Kind::BalanceTransaction, moved);
    let row = refunds::row((&refund.id, time), charge, refund.amount, &transaction, None, json!(refund.metadata));
    state.put(Kind::Refund, row);
}
