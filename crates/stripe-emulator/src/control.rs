//! The control API under `/_emulator/`: for tests and development only. JSON
//! in, JSON out.

mod deliveries;
mod faults;
mod overview;
mod pay;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{delete, get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    adopt::{self, AdoptedPayment},
    clock::Clock,
    config::SignatureClock,
    shared::Handle,
    state::{Mode, State as Store},
};

/// The routes below `/_emulator`.
pub fn router() -> Router<Handle> {
    Router::new()
        .route("/", get(overview::stats))
        .route("/stats", get(overview::stats))
        .route("/events", get(overview::events))
        .route("/reset", post(reset))
        .route("/adopt", post(adopt_payments))
        .route("/clock", get(clock).post(set_clock))
        .route("/faults", get(faults::list).post(faults::add).delete(faults::clear))
        .route("/faults/{id}", delete(faults::remove))
        .route("/webhooks/mode", get(mode).post(set_mode))
        .route("/webhooks/deliveries", get(deliveries::list))
        .route("/webhooks/deliver", post(deliveries::deliver))
        .route("/webhooks/settle", post(deliveries::settle))
        .route("/checkout/sessions/{id}/pay", post(pay::session))
}

async fn reset(State(shared): State<Handle>) -> Json<Value> {
    shared.step(Store::reset);
    Json(json!({ "reset": true }))
}

/// Takes over payments that were made elsewhere.
async fn adopt_payments(State(shared): State<Handle>, Json(payments): Json<Vec<AdoptedPayment>>) -> (StatusCode, Json<Value>) {
    match shared.step(|state| adopt::adopt(state, payments)) {
        Ok(adopted) => (StatusCode::OK, Json(json!({ "adopted": adopted }))),
        Err(error) => (StatusCode::BAD_REQUEST, Json(json!({ "error": { "message": error.to_string() } }))),
    }
}

#[derive(Deserialize)]
struct ClockChange {
    /// Seconds to move forward.
    #[serde(default)]
    advance: i64,
    /// Which clock dates signatures from now on.
    signatures: Option<SignatureClock>,
}

async fn clock(State(shared): State<Handle>) -> Json<Value> {
    Json(shared.look(|state| show_clock(state)))
}

/// Moves the clock; what becomes due by it (sessions, repeats) happens.
async fn set_clock(State(shared): State<Handle>, Json(change): Json<ClockChange>) -> Json<Value> {
    shared.step(|state| {
        state.clock.advance(change.advance.max(0));
        if let Some(which) = change.signatures {
            state.settings.signature_clock = which;
        }
        state.save_settings();
    });
    // A second step, so that sessions which lapsed by this have expired when
    // the answer arrives.
    Json(shared.step(|state| show_clock(state)))
}

fn show_clock(state: &Store) -> Value {
    json!({
        "now": state.clock.seconds(),
        "wall": Clock::wall().as_second(),
        "offset_ms": state.clock.offset_ms(),
        "signatures": state.settings.signature_clock,
    })
}

async fn mode(State(shared): State<Handle>) -> Json<Mode> {
    Json(shared.look(|state| state.settings.mode))
}

/// Sets how events are delivered from now on.
async fn set_mode(State(shared): State<Handle>, Json(mode): Json<Mode>) -> Json<Mode> {
    shared.step(|state| {
        state.settings.mode = mode;
        state.save_settings();
    });
    Json(mode)
}
