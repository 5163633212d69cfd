//! Paying without a browser: the same code as the page.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    error::ApiError,
    json::Object,
    page::success_url,
    payment::{self, Card, Outcome},
    shared::Handle,
    state::{Kind, State as Store},
};

/// What the payer does.
#[derive(Deserialize)]
pub struct Payer {
    /// A test card's number.
    #[serde(default = "accepted")]
    card: String,
    #[serde(default = "expiry")]
    expiry: String,
    #[serde(default = "cvc")]
    cvc: String,
    #[serde(default = "name")]
    name: String,
    #[serde(default = "email")]
    email: String,
    /// How the payer answers a challenge; not at all when absent.
    three_d_secure: Option<Challenge>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Challenge {
    Complete,
    Fail,
}

fn accepted() -> String {
    "4242424242424242".to_owned()
}

fn expiry() -> String {
    "12/99".to_owned()
}

fn cvc() -> String {
    "123".to_owned()
}

fn name() -> String {
    "Test Payer".to_owned()
}

fn email() -> String {
    "payer@example.com".to_owned()
}

/// `POST /_emulator/checkout/sessions/{id}/pay`.
pub async fn session(State(shared): State<Handle>, Path(id): Path<String>, Json(payer): Json<Payer>) -> Response {
    match shared.step(|state| pay(state, &id, &payer)) {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [("content-type", "application/json")], error.to_json()).into_response()
        }
    }
}

fn pay(state: &mut Store, id: &str, payer: &Payer) -> Result<Value, ApiError> {
    let mut session = state.find(Kind::Session, id)?;
    let card = Card::read(&payer.card, &payer.expiry, &payer.cvc, state.clock.now())
        .map_err(|wrong| ApiError::invalid(&format!("Wrong card: {wrong:?}")))?;
    let email = match session.field("customer_details").text("email") {
        "" => payer.email.clone(),
        known => known.to_owned(),
    };
    let card = Card { name: payer.name.clone(), email, ..card };
    let mut outcome = payment::pay_session(state, id, &card)?;
    if let (Outcome::Challenge(challenge), Some(answer)) = (&outcome, payer.three_d_secure) {
        let challenge = challenge.clone();
        outcome = payment::answer_challenge(state, &challenge, answer == Challenge::Complete)?;
    }
    session = state.find(Kind::Session, id)?;
    let mut answer = json!({ "session": id, "status": session.text("status"), "payment_intent": session.field("payment_intent") });
    match outcome {
        Outcome::Paid => {
            answer.set("outcome", "paid");
            answer.set("redirect_url", success_url(&session));
        }
        Outcome::Declined(decline) => {
            answer.set("outcome", "declined");
            answer.set("code", decline.code);
            answer.set("decline_code", decline.reason);
            answer.set("message", decline.message);
        }
        Outcome::Challenge(challenge) => {
            answer.set("outcome", "requires_action");
            answer.set("redirect_url", format!("{}/c/3ds/{challenge}", state.public_url));
        }
        Outcome::Closed(status) => answer.set("outcome", status),
    }
    Ok(answer)
}
