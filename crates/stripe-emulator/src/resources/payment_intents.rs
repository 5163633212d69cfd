//! `PaymentIntent`s. Those of a Checkout Session come into being with the first
//! attempt to pay, as Stripe has done it since 2022-08-01.

use serde_json::{Value, json};

use super::{chargeable, currency, metadata, retrieve as one, web_address};
use crate::{
    api::list as pages,
    error::ApiError,
    json::Object,
    params::{Params, merge_metadata},
    payment::{self, Card, Outcome},
    state::{Kind, State},
};

/// Statuses from which a `PaymentIntent` can still be confirmed or cancelled.
const UNDECIDED: [&str; 3] = ["requires_payment_method", "requires_confirmation", "requires_action"];

const CREATE: [&str; 15] = [
    "amount",
    "currency",
    "customer",
    "description",
    "metadata",
    "transfer_group",
    "receipt_email",
    "payment_method",
    "payment_method_types",
    "automatic_payment_methods",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "confirm",
    "off_session",
    "return_url",
];

/// `GET /v1/payment_intents/{id}`.
pub fn retrieve(state: &State, params: &Params, id: &str) -> Result<Value, ApiError> {
    one(state, params, Kind::PaymentIntent, id)
}

/// `GET /v1/payment_intents`.
pub fn list(state: &State, params: &Params) -> Result<Value, ApiError> {
    let [limit, after, before] = pages::PAGE;
    params.only(&[limit, after, before, "created", "customer"])?;
    let customer = params.text("customer")?;
    pages::page(state, Kind::PaymentIntent, "/v1/payment_intents", params, |intent| customer.is_none_or(|id| intent.text("customer") == id))
}

/// `POST /v1/payment_intents`.
pub fn create(state: &mut State, params: &Params) -> Result<Value, ApiError> {
    params.only(&CREATE)?;
    let amount = params.int("amount")?.ok_or_else(|| ApiError::missing("amount"))?;
    let currency = currency(params)?;
    chargeable(amount, &currency, "amount")?;
    let customer = params.text("customer")?;
    if let Some(id) = customer.filter(|id| state.get(Kind::Customer, id).is_none()) {
        return Err(ApiError { status: 400, ..ApiError::no_such("customer", id).param("customer") });
    }
    let confirm = params.choice("confirm", &["true", "false"])? == Some("true");
    let method = params.text("payment_method")?;
    let card = method.map(|name| Card::named(name, state.clock.now())).transpose()?;
    if confirm && card.is_none() {
        return Err(ApiError::missing("payment_method"));
    }
    let data = json!({
        "metadata": metadata(params)?,
        "description": params.text("description")?,
        "transfer_group": params.text("transfer_group")?,
        "receipt_email": params.text("receipt_email")?,
        "statement_descriptor": params.text("statement_descriptor")?,
        "statement_descriptor_suffix": params.text("statement_descriptor_suffix")?,
    });
    let return_url = web_address(params, "return_url")?.map(str::to_owned);
    let intent = add(state, amount, &currency, customer.into(), &data);
    match card.filter(|_| confirm) {
        Some(card) => attempt(state, intent.id(), &card, return_url.as_deref()),
        None => Ok(intent),
    }
}

/// `POST /v1/payment_intents/{id}`.
pub fn update(state: &mut State, params: &Params, id: &str) -> Result<Value, ApiError> {
    params.only(&["metadata", "description", "transfer_group", "receipt_email"])?;
    let mut intent = state.find(Kind::PaymentIntent, id)?;
    for name in ["description", "transfer_group", "receipt_email"] {
        if let Some(text) = params.text(name)? {
            intent.set(name, text);
        }
    }
    if let Some(changes) = params.metadata()? {
        merge_metadata(&mut intent, changes);
    }
    state.put(Kind::PaymentIntent, intent.clone());
    Ok(intent)
}

/// `POST /v1/payment_intents/{id}/confirm`, with one of Stripe's test payment
/// methods such as `pm_card_visa`.
pub fn confirm(state: &mut State, params: &Params, id: &str) -> Result<Value, ApiError> {
    params.only(&["payment_method", "return_url", "off_session"])?;
    let intent = state.find(Kind::PaymentIntent, id)?;
    undecided(&intent, "confirm")?;
    if owner(state, id).is_some() {
        return Err(ApiError::invalid("You cannot confirm a PaymentIntent that was created by a Checkout Session."));
    }
    let card = Card::named(params.required("payment_method")?, state.clock.now())?;
    let return_url = web_address(params, "return_url")?.map(str::to_owned);
    attempt(state, id, &card, return_url.as_deref())
}

fn attempt(state: &mut State, id: &str, card: &Card, return_url: Option<&str>) -> Result<Value, ApiError> {
    let outcome = payment::pay_intent(state, id, card, None, return_url);
    let intent = state.find(Kind::PaymentIntent, id)?;
    match outcome {
        Outcome::Declined(decline) => Err(ApiError::card(&decline.code, decline.reason.as_deref(), &decline.message)
            .with("charge", intent.field("latest_charge").clone())
            .with("payment_intent", intent)),
        Outcome::Paid | Outcome::Challenge(_) | Outcome::Closed(_) => Ok(intent),
    }
}

/// `POST /v1/payment_intents/{id}/cancel`.
pub fn cancel(state: &mut State, params: &Params, id: &str) -> Result<Value, ApiError> {
    params.only(&["cancellation_reason"])?;
    let reasons = ["duplicate", "fraudulent", "requested_by_customer", "abandoned"];
    let reason = params.choice("cancellation_reason", &reasons)?.map(str::to_owned);
    let intent = state.find(Kind::PaymentIntent, id)?;
    undecided(&intent, "cancel")?;
    if owner(state, id).is_some() {
        return Err(
            ApiError::invalid("You cannot cancel the PaymentIntent of a Checkout Session. Expire the Checkout Session instead.").executed()
        );
    }
    Ok(void(state, intent, reason.as_deref().unwrap_or_default()))
}

fn undecided(intent: &Value, verb: &str) -> Result<(), ApiError> {
    let status = intent.text("status");
    if UNDECIDED.contains(&status) {
        return Ok(());
    }
    let message = format!(
        "You cannot {verb} this PaymentIntent because it has a status of {status}. Only a PaymentIntent with one of the following statuses may be used: {}.",
        UNDECIDED.join(", ")
    );
    Err(ApiError::invalid_code("payment_intent_unexpected_state", &message).with("payment_intent", intent.clone()).executed())
}

/// The Checkout Session that made this `PaymentIntent`.
fn owner<'a>(state: &'a State, intent: &str) -> Option<&'a Value> {
    state.newest_first(Kind::Session, None).find(|session| session.text("payment_intent") == intent)
}

/// Cancels a `PaymentIntent` that is still undecided; others stay as they are.
pub fn void(state: &mut State, mut intent: Value, reason: &str) -> Value {
    if !UNDECIDED.contains(&intent.text("status")) {
        return intent;
    }
    intent.set("status", "canceled");
    intent.set("canceled_at", state.clock.seconds());
    intent.set("cancellation_reason", Some(reason).filter(|reason| !reason.is_empty()));
    intent.set("next_action", Value::Null);
    state.put(Kind::PaymentIntent, intent.clone());
    state.emit("payment_intent.canceled", &intent);
    intent
}

/// Adds a `PaymentIntent` that waits for a card. `data` holds its texts and
/// metadata.
pub fn add(state: &mut State, amount: i64, currency: &str, customer: Value, data: &Value) -> Value {
    let id = state.fresh_id(Kind::PaymentIntent, "pi_3", 23);
    let created = state.clock.seconds();
    let intent = row(state, (&id, created), amount, currency, customer, data);
    state.put(Kind::PaymentIntent, intent.clone());
    state.emit("payment_intent.created", &intent);
    intent
}

/// A `PaymentIntent` that waits for a card, with its id and time.
pub fn row(state: &mut State, (id, created): (&str, i64), amount: i64, currency: &str, customer: Value, data: &Value) -> Value {
    let secret = state.ids.draw(&format!("{id}_secret_"), 25);
    let metadata = data.field("metadata").as_object().cloned().unwrap_or_default();
    json!({
        "id": id,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_details": { "tip": {} },
        "amount_received": 0,
        "application": null,
        "application_fee_amount": null,
        "automatic_payment_methods": null,
        "canceled_at": null,
        "cancellation_reason": null,
        "capture_method": "automatic_async",
        "client_secret": secret,
        "confirmation_method": "automatic",
        "created": created,
        "currency": currency,
        "customer": customer,
        "customer_account": null,
        "description": data.field("description"),
        "excluded_payment_method_types": null,
        "last_payment_error": null,
        "latest_charge": null,
        "livemode": false,
        "metadata": metadata,
        "next_action": null,
        "on_behalf_of": null,
        "payment_method": null,
        "payment_method_configuration_details": null,
        "payment_method_options": { "card": { "installments": null, "mandate_options": null, "network": null, "request_three_d_secure": "automatic" } },
        "payment_method_types": ["card"],
        "processing": null,
        "receipt_email": data.field("receipt_email"),
        "review": null,
        "setup_future_usage": null,
        "shipping": null,
        "source": null,
        "statement_descriptor": data.field("statement_descriptor"),
        "statement_descriptor_suffix": data.field("statement_descriptor_suffix"),
        "status": "requires_payment_method",
        "transfer_data": null,
        "transfer_group": data.field("transfer_group"),
    })
}
