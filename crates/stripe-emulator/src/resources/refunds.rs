//! Refunds: together never more than what was charged.

use serde_json::{Value, json};

use super::{metadata, retrieve as one};
use crate::{
    api::list as pages,
    error::ApiError,
    json::Object,
    money::written,
    params::{Params, merge_metadata},
    resources::balance_transactions,
    state::{Kind, State},
};

/// `GET /v1/refunds/{id}`.
pub fn retrieve(state: &State, params: &Params, id: &str) -> Result<Value, ApiError> {
    one(state, params, Kind::Refund, id)
}

/// `GET /v1/refunds`.
pub fn list(state: &State, params: &Params) -> Result<Value, ApiError> {
    let [limit, after, before] = pages::PAGE;
    params.only(&[limit, after, before, "created", "charge", "payment_intent"])?;
    let (charge, intent) = (params.text("charge")?, params.text("payment_intent")?);
    pages::page(state, Kind::Refund, "/v1/refunds", params, |refund| {
        charge.is_none_or(|id| refund.text("charge") == id) && intent.is_none_or(|id| refund.text("payment_intent") == id)
    })
}

/// `GET /v1/charges/{id}/refunds`.
pub fn of_charge(state: &State, params: &Params, id: &str) -> Result<Value, ApiError> {
    params.only(&pages::PAGE)?;
    state.find(Kind::Charge, id)?;
    pages::page(state, Kind::Refund, &format!("/v1/charges/{id}/refunds"), params, |refund| refund.text("charge") == id)
}

/// `POST /v1/refunds`.
pub fn create(state: &mut State, params: &Params) -> Result<Value, ApiError> {
    params.only(&["payment_intent", "charge", "amount", "reason", "metadata"])?;
    let amount = params.int("amount")?;
    if amount.is_some_and(|amount| amount < 1) {
        return Err(ApiError::invalid_code("parameter_invalid_integer", "Invalid positive integer").param("amount"));
    }
    let reason = params.choice("reason", &["duplicate", "fraudulent", "requested_by_customer"])?;
    let metadata = metadata(params)?;
    let charge = charge(state, params)?;
    let id = charge.id().to_owned();
    if charge.flag("disputed") {
        return Err(
            ApiError::invalid_code("charge_disputed", &format!("Charge {id} has been charged back; cannot issue a refund.")).executed()
        );
    }
    let left = charge.int("amount_captured") - charge.int("amount_refunded");
    if left == 0 {
        return Err(ApiError::invalid_code("charge_already_refunded", &format!("Charge {id} has already been refunded.")).executed());
    }
    let amount = amount.unwrap_or(left);
    let currency = charge.text("currency");
    if amount > left {
        let (asked, left) = (written(amount, currency, false), written(left, currency, false));
        let message = format!("Refund amount ({asked}) is greater than unrefunded amount on charge ({left})");
        return Err(ApiError::invalid(&message).param("amount").executed());
    }
    Ok(give_back(state, charge.clone(), amount, reason, metadata))
}

/// The successful charge that a request names.
fn charge(state: &State, params: &Params) -> Result<Value, ApiError> {
    let wrong = |error: ApiError| ApiError { status: 400, ..error };
    match (params.text("charge")?, params.text("payment_intent")?) {
        (Some(id), intent) => {
            let charge = state.find(Kind::Charge, id).map_err(|error| wrong(error.param("charge")))?;
            if intent.is_some_and(|intent| charge.text("payment_intent") != intent) {
                return Err(ApiError::invalid("The charge does not belong to the PaymentIntent."));
            }
            if !charge.flag("paid") {
                return Err(ApiError::invalid(&format!("Charge {id} was not successful, so it cannot be refunded.")).param("charge"));
            }
            Ok(charge)
        }
        (None, Some(id)) => {
            let intent = state.find(Kind::PaymentIntent, id).map_err(|error| wrong(error.param("payment_intent")))?;
            let charge = state.get(Kind::Charge, intent.text("latest_charge")).filter(|charge| charge.flag("paid"));
            charge.cloned().ok_or_else(|| {
                ApiError::invalid(&format!("This PaymentIntent ({id}) does not have a successful charge to refund."))
                    .param("payment_intent")
            })
        }
        (None, None) => Err(ApiError::invalid_code(
            "parameter_missing",
            "One of the following params should be provided for this request: payment_intent or charge.",
        )),
    }
}

fn give_back(state: &mut State, mut charge: Value, amount: i64, reason: Option<&str>, metadata: Value) -> Value {
    let id = state.fresh_id(Kind::Refund, "re_3", 23);
    let currency = charge.text("currency").to_owned();
    // Stripe keeps its fee: <https://support.stripe.com/questions/understanding-fees-for-refunded-payments>.
    let transaction = balance_transactions::add(state, "refund", "refund", -amount, &currency, 0, &id);
    let refund = row((&id, state.clock.seconds()), &charge, amount, &transaction, reason, metadata);
    state.put(Kind::Refund, refund.clone());
    let refunded = charge.int("amount_refunded") + amount;
    charge.set("amount_refunded", refunded);
    charge.set("refunded", refunded == charge.int("amount_captured"));
    state.put(Kind::Charge, charge.clone());
    state.emit("refund.created", &refund);
    state.emit("charge.refunded", &charge);
    refund
}

/// A refund of `charge` with its id, time and balance transaction.
pub fn row((id, created): (&str, i64), charge: &Value, amount: i64, transaction: &str, reason: Option<&str>, metadata: Value) -> Value {
    json!({
        "id": id,
        "object": "refund",
        "amount": amount,
        "balance_transaction": transaction,
        "charge": charge.id(),
        "created": created,
        "currency": charge.text("currency"),
        "destination_details": { "card": { "reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund" }, "type": "card" },
        "metadata": metadata,
        "payment_intent": charge.field("payment_intent"),
        "reason": reason,
        "receipt_number": null,
        "source_transfer_reversal": null,
        "status": "succeeded",
        "transfer_reversal": null,
    })
}

/// `POST /v1/refunds/{id}`: metadata only.
pub fn update(state: &mut State, params: &Params, id: &str) -> Result<Value, ApiError> {
    params.only(&["metadata"])?;
    let mut refund = state.find(Kind::Refund, id)?;
    if let Some(changes) = params.metadata()? {
        merge_metadata(&mut refund, changes);
    }
    state.put(Kind::Refund, refund.clone());
    state.emit("refund.updated", &refund);
    Ok(refund)
}
