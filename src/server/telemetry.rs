//! Request ids, the log's line per request, metrics, and setting the log up.

use super::AppState;
use crate::config::{LogConfig, LogFormat};
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, Method};
use std::time::Instant;
use tracing::Instrument;
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// The header that carries the request's id, in answers and in the log.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request's id.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Starts the log.
///
/// # Errors
/// When the filter cannot be read, or a log was started before.
pub fn start_log(config: &LogConfig) -> Result<(), String> {
    let filter = EnvFilter::try_new(&config.filter).map_err(|error| format!("log.filter: {error}"))?;
    let registry = tracing_subscriber::registry().with(filter);
    match config.format {
        LogFormat::Text => registry.with(fmt::layer().with_writer(std::io::stderr).with_target(false)).try_init(),
        LogFormat::Json => registry.with(fmt::layer().json().flatten_event(true).with_writer(std::io::stderr)).try_init(),
    }
    .map_err(|error| error.to_string())
}

/// Gives the request an id, runs it in a span, and logs and counts its end. Never an address,
/// a cookie or a query: those carry people's data.
pub async fn observe(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id: uuid::Uuid = state.services.id();
    let id = id.simple().to_string();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let host = request.headers().get(http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!("request", %id, %method, %path, %host);
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = started.elapsed();
    let status = response.status().as_u16();
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let millis = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        if status >= 500 {
            tracing::error!(status, micros = millis, "failed");
        } else {
            tracing::debug!(status, micros = millis, "answered");
        }
    });
    let route = response.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let labels = [("method", known(&method).to_owned()), ("route", route), ("status", format!("{}xx", status / 100))];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_seconds", &labels).record(took);
    response
}

/// Leaves the matched route with the answer: [`observe`] stands outside the router.
pub async fn tell_route(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    response
}

/// A method's name as a label: clients can invent methods, and each label is kept for good.
fn known(method: &Method) -> &str {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::PATCH | Method::DELETE | Method::OPTIONS => method.as_str(),
        _ => "other",
    }
}
