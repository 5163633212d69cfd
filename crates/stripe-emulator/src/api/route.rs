//! Which function answers which path.

use serde_json::Value;

use super::Call;
use crate::{
    error::ApiError,
    resources::{
        balance, balance_transactions, charges, checkout_sessions, customers, disputes, events, payment_intents, refunds, webhook_endpoints,
    },
    state::State,
};

/// Does what a request asks for.
pub fn route(state: &mut State, call: &Call) -> Result<Value, ApiError> {
    let segments: Vec<&str> = call.path.split('/').skip(2).collect();
    let params = &call.params;
    match (call.method.as_str(), segments.as_slice()) {
        ("POST", ["checkout", "sessions"]) => checkout_sessions::create(state, params),
        ("GET", ["checkout", "sessions"]) => checkout_sessions::list(state, params),
        ("GET", ["checkout", "sessions", id]) => checkout_sessions::retrieve(state, params, id),
        ("POST", ["checkout", "sessions", id]) => checkout_sessions::update(state, params, id),
        ("POST", ["checkout", "sessions", id, "expire"]) => checkout_sessions::expire(state, params, id),
        ("GET", ["checkout", "sessions", id, "line_items"]) => checkout_sessions::list_line_items(state, params, id),

        ("GET", ["payment_intents"]) => payment_intents::list(state, params),
        ("POST", ["payment_intents"]) => payment_intents::create(state, params),
        ("GET", ["payment_intents", id]) => payment_intents::retrieve(state, params, id),
        ("POST", ["payment_intents", id]) => payment_intents::update(state, params, id),
        ("POST", ["payment_intents", id, "cancel"]) => payment_intents::cancel(state, params, id),
        ("POST", ["payment_intents", id, "confirm"]) => payment_intents::confirm(state, params, id),

        ("GET", ["charges"]) => charges::list(state, params),
        ("GET", ["charges", id]) => charges::retrieve(state, params, id),
        ("GET", ["charges", id, "refunds"]) => refunds::of_charge(state, params, id),

        ("POST", ["refunds"]) => refunds::create(state, params),
        ("GET", ["refunds"]) => refunds::list(state, params),
        ("GET", ["refunds", id]) => refunds::retrieve(state, params, id),
        ("POST", ["refunds", id]) => refunds::update(state, params, id),

        ("GET", ["balance"]) => balance::retrieve(state, params),
        ("GET", ["balance_transactions"]) => balance_transactions::list(state, params),
        ("GET", ["balance_transactions", id]) => balance_transactions::retrieve(state, params, id),

        ("POST", ["customers"]) => customers::create(state, params),
        ("GET", ["customers"]) => customers::list(state, params),
        ("GET", ["customers", id]) => customers::retrieve(state, params, id),
        ("POST", ["customers", id]) => customers::update(state, params, id),

        ("GET", ["disputes"]) => disputes::list(state, params),
        ("GET", ["disputes", id]) => disputes::retrieve(state, params, id),

        ("GET", ["events"]) => events::list(state, params),
        ("GET", ["events", id]) => events::retrieve(state, params, id),

        ("POST", ["webhook_endpoints"]) => webhook_endpoints::create(state, params),
        ("GET", ["webhook_endpoints"]) => webhook_endpoints::list(state, params),
        ("GET", ["webhook_endpoints", id]) => webhook_endpoints::retrieve(state, params, id),
        ("DELETE", ["webhook_endpoints", id]) => webhook_endpoints::delete(state, params, id),

        (method, _) => Err(ApiError::no_such_url(method, &call.path)),
    }
}
