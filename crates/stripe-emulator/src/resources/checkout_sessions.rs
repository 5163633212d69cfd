//! Checkout Sessions in payment mode.

mod create;
mod line_items;

use serde_json::{Value, json};

use super::{payment_intents, retrieve as one};
use crate::{
    api::list as pages,
    error::ApiError,
    json::Object,
    params::{Params, merge_metadata},
    state::{Kind, State},
};

pub use create::{create, row};
pub use line_items::{line_items, list as list_line_items};

/// `GET /v1/checkout/sessions/{id}`.
pub fn retrieve(state: &State, params: &Params, id: &str) -> Result<Value, ApiError> {
    one(state, params, Kind::Session, id)
}

/// `POST /v1/checkout/sessions/{id}`: metadata only.
pub fn update(state: &mut State, params: &Params, id: &str) -> Result<Value, ApiError> {
    params.only(&["metadata"])?;
    let mut session = state.find(Kind::Session, id)?;
    if let Some(changes) = params.metadata()? {
        merge_metadata(&mut session, changes);
    }
    state.put(Kind::Session, session.clone());
    Ok(session)
}

/// `GET /v1/checkout/sessions`.
pub fn list(state: &State, params: &Params) -> Result<Value, ApiError> {
    let [limit, after, before] = pages::PAGE;
    params.only(&[limit, after, before, "created", "payment_intent", "customer", "status", "customer_details"])?;
    let (intent, customer, status) = (params.text("payment_intent")?, params.text("customer")?, params.text("status")?);
    let details = params.object("customer_details")?;
    let email = details.as_ref().map(|details| details.required("email")).transpose()?;
    pages::page(state, Kind::Session, "/v1/checkout/sessions", params, |session| {
        intent.is_none_or(|id| session.text("payment_intent") == id)
            && customer.is_none_or(|id| session.text("customer") == id)
            && status.is_none_or(|word| session.text("status") == word)
            && email.is_none_or(|email| session.field("customer_details").text("email").eq_ignore_ascii_case(email))
    })
}

/// `POST /v1/checkout/sessions/{id}/expire`.
pub fn expire(state: &mut State, params: &Params, id: &str) -> Result<Value, ApiError> {
    params.only(&[])?;
    let session = state.find(Kind::Session, id)?;
    if session.text("status") != "open" {
        let message = format!(
            "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {}.",
            session.text("status")
        );
        return Err(ApiError::invalid(&message).executed());
    }
    Ok(close(state, session))
}

/// Expires every open session whose time is over.
pub fn expire_lapsed(state: &mut State) {
    for id in state.lapsed_sessions() {
        if let Some(session) = state.get(Kind::Session, &id).cloned() {
            close(state, session);
        }
    }
}

fn close(state: &mut State, mut session: Value) -> Value {
    session.set("status", "expired");
    session.set("url", Value::Null);
    state.put(Kind::Session, session.clone());
    state.emit("checkout.session.expired", &session);
    let intent = session.text("payment_intent").to_owned();
    if let Some(intent) = state.get(Kind::PaymentIntent, &intent).cloned() {
        payment_intents::void(state, intent, "automatic");
    }
    session
}

/// Marks a session as paid by `payer` (`name`, `email`), once.
pub fn complete(state: &mut State, id: &str, payer: &Value) {
    let Some(mut session) = state.get(Kind::Session, id).filter(|session| session.text("status") == "open").cloned() else { return };
    session.set("status", "complete");
    session.set("payment_status", "paid");
    session.set("url", Value::Null);
    session.set("customer_details", details_of(payer));
    state.put(Kind::Session, session.clone());
    state.emit("checkout.session.completed", &session);
}

/// `customer_details` of a session that `payer` (`name`, `email`) paid.
pub fn details_of(payer: &Value) -> Value {
    json!({
        "address": { "city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null },
        "business_name": null,
        "email": payer.field("email"),
        "individual_name": null,
        "name": payer.field("name"),
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": [],
    })
}

/// What the hosted page and the payment need beside Stripe's object.
pub fn detail(state: &State, id: &str) -> Value {
    state.get(Kind::SessionDetail, id).cloned().unwrap_or_default()
}
