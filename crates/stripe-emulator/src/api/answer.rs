//! The HTTP side of an answer.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode},
    response::Response,
};

use super::Call;
use crate::error::ApiError;

/// Status and JSON of an answer, new or replayed.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// JSON text.
    pub body: String,
    /// The request whose answer this repeats.
    pub original: Option<String>,
}

impl Answer {
    /// An error that the request ended with.
    pub fn error(error: &ApiError, request_id: &str) -> Self {
        let error = error.clone().with("request_log_url", format!("https://dashboard.stripe.com/test/logs/{request_id}"));
        Self { status: error.status, body: error.to_json(), original: None }
    }

    /// Adds Stripe's headers.
    pub fn into_response(self, call: Option<&Call>, request_id: &str) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        let mut set = |name: &'static str, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        set("content-type", "application/json");
        set("cache-control", "no-cache, no-store");
        set("request-id", request_id);
        if let Some(call) = call {
            set("stripe-version", &call.version);
            if let Some(key) = &call.idempotency {
                set("idempotency-key", &key.text);
                set("original-request", self.original.as_deref().unwrap_or(request_id));
            }
        }
        if self.original.is_some() {
            set("idempotent-replayed", "true");
        }
        if self.status == 409 {
            set("stripe-should-retry", "true");
        }
        response
    }
}
