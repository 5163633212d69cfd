//! Webhook endpoints made through the API.

use serde_json::{Value, json};

use super::{metadata, retrieve as one, web_address};
use crate::{
    api::list as pages,
    error::ApiError,
    json::Object,
    params::Params,
    state::{Kind, State},
};

/// `POST /v1/webhook_endpoints`: the only answer that shows the secret.
pub fn create(state: &mut State, params: &Params) -> Result<Value, ApiError> {
    params.only(&["url", "enabled_events", "description", "metadata", "api_version"])?;
    let url = web_address(params, "url")?.ok_or_else(|| ApiError::missing("url"))?;
    let events = params.texts("enabled_events")?;
    if events.is_empty() {
        return Err(ApiError::missing("enabled_events"));
    }
    let id = state.fresh_id(Kind::WebhookEndpoint, "we_1", 23);
    let endpoint = json!({
        "id": id,
        "object": "webhook_endpoint",
        "api_version": params.text("api_version")?,
        "application": null,
        "created": state.clock.seconds(),
        "description": params.text("description")?,
        "enabled_events": events,
        "livemode": false,
        "metadata": metadata(params)?,
        "secret": state.ids.draw("whsec_", 32),
        "status": "enabled",
        "url": url,
    });
    state.put(Kind::WebhookEndpoint, endpoint.clone());
    Ok(endpoint)
}

/// `GET /v1/webhook_endpoints/{id}`.
pub fn retrieve(state: &State, params: &Params, id: &str) -> Result<Value, ApiError> {
    one(state, params, Kind::WebhookEndpoint, id).map(without_secret)
}

/// `GET /v1/webhook_endpoints`.
pub fn list(state: &State, params: &Params) -> Result<Value, ApiError> {
    params.only(&pages::PAGE)?;
    let mut page = pages::page(state, Kind::WebhookEndpoint, "/v1/webhook_endpoints", params, |_| true)?;
    if let Some(rows) = page.get_mut("data").and_then(Value::as_array_mut) {
        for row in rows {
            *row = without_secret(std::mem::take(row));
        }
    }
    Ok(page)
}

/// `DELETE /v1/webhook_endpoints/{id}`.
pub fn delete(state: &mut State, params: &Params, id: &str) -> Result<Value, ApiError> {
    params.only(&[])?;
    state.find(Kind::WebhookEndpoint, id)?;
    state.remove(Kind::WebhookEndpoint, id);
    Ok(json!({ "id": id, "object": "webhook_endpoint", "deleted": true }))
}

fn without_secret(mut endpoint: Value) -> Value {
    if let Some(fields) = endpoint.as_object_mut() {
        fields.remove("secret");
    }
    debug_assert!(endpoint.text("secret").is_empty());
    endpoint
}
