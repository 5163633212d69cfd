//! Events: what happened, as it was at that moment.

use serde_json::Value;

use super::retrieve as one;
use crate::{
    api::list as pages,
    error::ApiError,
    json::Object,
    params::Params,
    state::{Kind, State},
    webhooks::queue::wants,
};

/// `GET /v1/events/{id}`.
pub fn retrieve(state: &State, params: &Params, id: &str) -> Result<Value, ApiError> {
    one(state, params, Kind::Event, id)
}

/// `GET /v1/events`.
pub fn list(state: &State, params: &Params) -> Result<Value, ApiError> {
    let [limit, after, before] = pages::PAGE;
    params.only(&[limit, after, before, "created", "type", "types", "delivery_success"])?;
    let mut types = params.texts("types")?;
    if let Some(one) = params.text("type")? {
        if !types.is_empty() {
            return Err(ApiError::invalid("You may pass either type or types, not both."));
        }
        types.push(one.to_owned());
    }
    let delivered = params.choice("delivery_success", &["true", "false"])?.map(|word| word == "true");
    pages::page(state, Kind::Event, "/v1/events", params, |event| {
        (types.is_empty() || wants(&types, event.text("type"))) && delivered.is_none_or(|done| (event.int("pending_webhooks") == 0) == done)
    })
}
