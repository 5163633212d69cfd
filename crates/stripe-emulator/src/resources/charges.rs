//! Charges: one per attempt that reached the card network.

use serde_json::{Value, json};

use super::retrieve as one;
use crate::{
    api::list as pages,
    error::ApiError,
    json::Object,
    params::Params,
    payment::{CardFacts, Decline},
    resources::balance_transactions,
    state::{Kind, State},
};

/// `GET /v1/charges/{id}`.
pub fn retrieve(state: &State, params: &Params, id: &str) -> Result<Value, ApiError> {
    one(state, params, Kind::Charge, id)
}

/// `GET /v1/charges`.
pub fn list(state: &State, params: &Params) -> Result<Value, ApiError> {
    let [limit, after, before] = pages::PAGE;
    params.only(&[limit, after, before, "created", "customer", "payment_intent", "transfer_group"])?;
    let (intent, customer, group) = (params.text("payment_intent")?, params.text("customer")?, params.text("transfer_group")?);
    pages::page(state, Kind::Charge, "/v1/charges", params, |charge| {
        intent.is_none_or(|id| charge.text("payment_intent") == id)
            && customer.is_none_or(|id| charge.text("customer") == id)
            && group.is_none_or(|name| charge.text("transfer_group") == name)
    })
}

/// Adds the charge of an attempt to pay `intent` with `card`; a failed one when
/// there is a decline.
pub fn add(state: &mut State, intent: &Value, method: &str, card: &CardFacts, decline: Option<&Decline>) -> Value {
    let id = state.fresh_id(Kind::Charge, "ch_3", 23);
    let amount = intent.int("amount");
    let transaction = decline.is_none().then(|| {
        let fee = crate::money::fee_on(amount, state.fee);
        balance_transactions::add(state, "charge", "charge", amount, intent.text("currency"), fee, &id)
    });
    let charge = row(state, (&id, state.clock.seconds()), intent, method, card, transaction.as_deref(), decline);
    state.put(Kind::Charge, charge.clone());
    state.emit(if decline.is_none() { "charge.succeeded" } else { "charge.failed" }, &charge);
    charge
}

/// A charge with its id, time and balance transaction.
pub fn row(
    state: &State,
    (id, created): (&str, i64),
    intent: &Value,
    method: &str,
    card: &CardFacts,
    transaction: Option<&str>,
    decline: Option<&Decline>,
) -> Value {
    let amount = intent.int("amount");
    let outcome = match decline {
        None => json!({
            "advice_code": null, "network_advice_code": null, "network_decline_code": null,
            "network_status": "approved_by_network", "reason": null, "risk_level": "normal", "risk_score": 12,
            "seller_message": "Payment complete.", "type": "authorized",
        }),
        Some(decline) => json!({
            "advice_code": null, "network_advice_code": null, "network_decline_code": "05",
            "network_status": "declined_by_network", "reason": decline.reason.as_deref().unwrap_or(&decline.code), "risk_level": "normal", "risk_score": 12,
            "seller_message": decline.message, "type": "issuer_declined",
        }),
    };
    json!({
        "id": id,
        "object": "charge",
        "amount": amount,
        "amount_captured": if decline.is_none() { amount } else { 0 },
        "amount_refunded": 0,
        "application": null,
        "application_fee": null,
        "application_fee_amount": null,
        "balance_transaction": transaction,
        "billing_details": card.billing_details(),
        "calculated_statement_descriptor": "EMULATOR",
        "captured": decline.is_none(),
        "created": created,
        "currency": intent.text("currency"),
        "customer": intent.field("customer"),
        "description": intent.field("description"),
        "disputed": false,
        "failure_balance_transaction": null,
        "failure_code": decline.map(|decline| decline.code.as_str()),
        "failure_message": decline.map(|decline| decline.message.as_str()),
        "fraud_details": {},
        "livemode": false,
        "metadata": intent.field("metadata"),
        "on_behalf_of": null,
        "outcome": outcome,
        "paid": decline.is_none(),
        "payment_intent": intent.id(),
        "payment_method": method,
        "payment_method_details": { "card": card.charge_details(amount), "type": "card" },
        "receipt_email": intent.field("receipt_email"),
        "receipt_number": null,
        "receipt_url": decline.is_none().then(|| format!("{}/receipts/{id}", state.public_url)),
        "refunded": false,
        "review": null,
        "shipping": null,
        "source": null,
        "source_transfer": null,
        "statement_descriptor": intent.field("statement_descriptor"),
        "statement_descriptor_suffix": intent.field("statement_descriptor_suffix"),
        "status": if decline.is_none() { "succeeded" } else { "failed" },
        "transfer_data": null,
        "transfer_group": intent.field("transfer_group"),
    })
}
