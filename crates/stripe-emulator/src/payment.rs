//! Paying: one code path for the hosted page, the control API and `confirm`.
//!
//! Each function runs inside one step of the state, so of two submissions of
//! the same page one pays and the other finds the session complete.

pub mod card;
mod cards;

use serde_json::{Value, json};

use crate::{
    error::ApiError,
    json::Object,
    resources::{charges, checkout_sessions, disputes, payment_intents},
    state::{Kind, State},
};

pub use card::{Card, CardFacts, CardField};
pub use cards::{Behaviour, Decline, listed};

/// How an attempt to pay ended.
#[derive(Debug)]
pub enum Outcome {
    /// Money moved, once.
    Paid,
    /// The card was declined.
    Declined(Decline),
    /// The card holder has to answer a 3-D Secure challenge with this id.
    Challenge(String),
    /// Nothing was tried: the session has this status (`complete`, `expired`).
    Closed(String),
}

/// Pays an open Checkout Session.
pub fn pay_session(state: &mut State, id: &str, card: &Card) -> Result<Outcome, ApiError> {
    let mut session = state.find(Kind::Session, id)?;
    if session.text("status") != "open" {
        return Ok(Outcome::Closed(session.text("status").to_owned()));
    }
    let intent = match session.text("payment_intent") {
        "" => {
            let data = checkout_sessions::detail(state, id);
            let customer = session.field("customer").clone();
            let intent = payment_intents::add(state, session.int("amount_total"), session.text("currency"), customer, data.field("intent"));
            session.set("payment_intent", intent.id());
            state.put(Kind::Session, session.clone());
            intent.id().to_owned()
        }
        known => known.to_owned(),
    };
    let mut card = card.clone();
    if card.email.is_empty() {
        session.field("customer_details").text("email").clone_into(&mut card.email);
    }
    Ok(pay_intent(state, &intent, &card, Some(id), None))
}

/// Charges a card for a `PaymentIntent` that can still be paid. `session` is the
/// Checkout Session to complete.
pub fn pay_intent(state: &mut State, id: &str, card: &Card, session: Option<&str>, return_url: Option<&str>) -> Outcome {
    let behaviour = cards::behaviour(&card.number);
    let facts = card.facts();
    if behaviour == Behaviour::Challenge {
        return challenge(state, id, &facts, session, return_url);
    }
    settle(state, id, &facts, session, &behaviour)
}

fn challenge(state: &mut State, intent: &str, card: &CardFacts, session: Option<&str>, return_url: Option<&str>) -> Outcome {
    let id = state.fresh_id(Kind::Challenge, "chal_", 20);
    let now = state.clock.seconds();
    let method = add_method(state, intent, card, now);
    let row =
        json!({ "id": id, "intent": intent, "session": session, "method": method, "return_url": return_url, "card": card, "open": true });
    state.put(Kind::Challenge, row);
    if let Some(mut intent) = state.get(Kind::PaymentIntent, intent).cloned() {
        let url = format!("{}/c/3ds/{id}", state.public_url);
        intent.set("status", "requires_action");
        intent.set("payment_method", method);
        intent.set("next_action", json!({ "type": "redirect_to_url", "redirect_to_url": { "url": url, "return_url": return_url } }));
        intent.set("last_payment_error", Value::Null);
        state.put(Kind::PaymentIntent, intent.clone());
        state.emit("payment_intent.requires_action", &intent);
    }
    Outcome::Challenge(id)
}

/// The card holder completes or fails a 3-D Secure challenge.
pub fn answer_challenge(state: &mut State, id: &str, passed: bool) -> Result<Outcome, ApiError> {
    let mut row = state.find(Kind::Challenge, id)?;
    let intent = state.find(Kind::PaymentIntent, row.text("intent"))?;
    let session = Some(row.text("session")).filter(|id| !id.is_empty()).map(str::to_owned);
    if !row.flag("open") || intent.text("status") != "requires_action" || intent.text("payment_method") != row.text("method") {
        let status =
            session.and_then(|id| state.get(Kind::Session, &id)).map_or_else(|| intent.text("status"), |session| session.text("status"));
        return Ok(Outcome::Closed(status.to_owned()));
    }
    row.set("open", false);
    let facts: CardFacts = serde_json::from_value(row.field("card").clone()).map_err(|_| ApiError::internal())?;
    state.put(Kind::Challenge, row);
    if passed {
        return Ok(settle(state, intent.id(), &facts, session.as_deref(), &Behaviour::Approve));
    }
    let decline = Decline {
        code: "payment_intent_authentication_failure".to_owned(),
        reason: None,
        message: "We are unable to authenticate your payment method. Please choose a different payment method and try again.".to_owned(),
    };
    // The card network was never asked: no charge, only a failed PaymentIntent.
    fail(state, intent, &decline, None);
    Ok(Outcome::Declined(decline))
}

/// Asks the card network, and records what it says.
fn settle(state: &mut State, id: &str, card: &CardFacts, session: Option<&str>, behaviour: &Behaviour) -> Outcome {
    let now = state.clock.seconds();
    let method = add_method(state, id, card, now);
    let Some(mut intent) = state.get(Kind::PaymentIntent, id).cloned() else { return Outcome::Closed("canceled".to_owned()) };
    if let Behaviour::Decline(decline) = behaviour {
        let charge = charges::add(state, &intent, &method, card, Some(decline));
        fail(state, intent, decline, Some(&charge));
        return Outcome::Declined(decline.clone());
    }
    let charge = charges::add(state, &intent, &method, card, None);
    intent.set("status", "succeeded");
    intent.set("amount_received", intent.int("amount"));
    intent.set("latest_charge", charge.id());
    intent.set("payment_method", method);
    intent.set("next_action", Value::Null);
    intent.set("last_payment_error", Value::Null);
    state.put(Kind::PaymentIntent, intent.clone());
    state.emit("payment_intent.succeeded", &intent);
    if let Some(session) = session {
        checkout_sessions::complete(state, session, &json!({ "name": card.name, "email": card.email }));
    }
    if *behaviour == Behaviour::Dispute {
        disputes::open(state, charge.id());
    }
    Outcome::Paid
}

fn fail(state: &mut State, mut intent: Value, decline: &Decline, charge: Option<&Value>) {
    let method = charge.map_or_else(|| intent.text("payment_method"), |charge| charge.text("payment_method"));
    let mut error = json!({
        "type": if charge.is_some() { "card_error" } else { "invalid_request_error" },
        "code": decline.code,
        "doc_url": format!("https://docs.stripe.com/error-codes/{}", decline.code.replace('_', "-")),
        "message": decline.message,
        "payment_method": state.get(Kind::PaymentMethod, method),
    });
    if let Some(code) = &decline.reason {
        error.set("decline_code", code.as_str());
    }
    if let Some(charge) = charge {
        error.set("charge", charge.id());
        intent.set("latest_charge", charge.id());
    }
    intent.set("last_payment_error", error);
    intent.set("status", "requires_payment_method");
    intent.set("payment_method", Value::Null);
    intent.set("next_action", Value::Null);
    state.put(Kind::PaymentIntent, intent.clone());
    state.emit("payment_intent.payment_failed", &intent);
}

/// Adds the card that pays `intent` and returns its id.
pub fn add_method(state: &mut State, intent: &str, card: &CardFacts, created: i64) -> String {
    let id = state.fresh_id(Kind::PaymentMethod, "pm_1", 23);
    let customer = state.get(Kind::PaymentIntent, intent).map(|intent| intent.field("customer").clone());
    let row = json!({
        "id": id,
        "object": "payment_method",
        "allow_redisplay": "limited",
        "billing_details": card.billing_details(),
        "card": card.method_details(),
        "created": created,
        "customer": customer,
        "customer_account": null,
        "livemode": false,
        "metadata": {},
        "type": "card",
    });
    state.put(Kind::PaymentMethod, row);
    id
}
