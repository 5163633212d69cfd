//! Faults for the next requests.

use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::{Value, json};

use crate::{shared::Handle, state::Fault};

/// `GET /_emulator/faults`: those still to happen.
pub async fn list(State(shared): State<Handle>) -> Json<Vec<Fault>> {
    Json(shared.look(|state| state.settings.faults.clone()))
}

/// `POST /_emulator/faults`.
pub async fn add(State(shared): State<Handle>, Json(mut fault): Json<Fault>) -> Json<Fault> {
    shared.step(|state| {
        state.settings.last_fault += 1;
        fault.id = state.settings.last_fault;
        state.settings.faults.push(fault.clone());
        state.save_settings();
    });
    Json(fault)
}

/// `DELETE /_emulator/faults`.
pub async fn clear(State(shared): State<Handle>) -> Json<Value> {
    shared.step(|state| {
        state.settings.faults.clear();
        state.save_settings();
    });
    Json(json!({ "deleted": true }))
}

/// `DELETE /_emulator/faults/{id}`.
pub async fn remove(State(shared): State<Handle>, Path(id): Path<u64>) -> Json<Value> {
    let deleted = shared.step(|state| {
        let before = state.settings.faults.len();
        state.settings.faults.retain(|fault| fault.id != id);
        state.save_settings();
        state.settings.faults.len() < before
    });
    Json(json!({ "id": id, "deleted": deleted }))
}
