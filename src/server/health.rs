//! Health, readiness and metrics.

use super::AppState;
use axum::{
    extract::{ConnectInfo, Request, State},
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use std::{net::SocketAddr, time::Duration};

/// The process runs.
pub async fn live() -> &'static str {
    "live\n"
}

/// The process can serve: the database answers.
pub async fn ready(State(state): State<AppState>) -> Response {
    let ping = state.services.db.ping();
    match tokio::time::timeout(Duration::from_secs(2), ping).await {
        Ok(Ok(())) => "ready\n".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "database\n").into_response(),
    }
}

/// Prometheus metrics: with the configured token, or without one from loopback that no proxy
/// stands before.
pub async fn metrics(State(state): State<AppState>, request: Request) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let headers = request.headers();
    let allowed = match &state.metrics_token {
        Some(token) => headers.get(header::AUTHORIZATION).is_some_and(|given| given.as_bytes() == format!("Bearer {token}").as_bytes()),
        None => peer.is_none_or(|ConnectInfo(peer)| peer.ip().is_loopback()) && !headers.contains_key("x-forwarded-for"),
    };
    if allowed { state.metrics.render().into_response() } else { StatusCode::NOT_FOUND.into_response() }
}
