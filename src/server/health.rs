//! Health, readiness and metrics.

use super::AppState;
use axum::{
    extract::{ConnectInfo, Query, Request, State},
    response::{IntoResponse, Response},
};
use domain::tenancy::domains;
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
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

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    domain: String,
    #[serde(default)]
    nonce: String,
}

/// Whether a school, the platform or its files are at `domain`: a proxy asks before it gets a certificate.
pub async fn known_host(State(state): State<AppState>, Query(asked): Query<Asked>) -> StatusCode {
    let tenants = &state.services.tenants;
    let host = tenants.authority(&asked.domain);
    if tenants.is_platform(&host) || tenants.is_files(&host) {
        return StatusCode::OK;
    }
    match tenants.by_host(&state.services.db, &host).await {
        Ok(Some(_)) => StatusCode::OK,
        Ok(None) => StatusCode::NOT_FOUND,
        Err(error) => {
            tracing::error!(cause = %error, "cannot find the tenant");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// The longest nonce and Host header that are signed (bytes).
const MAX_SIGNED: usize = 300;

/// Says, signed, that this host leads to us.
pub async fn domain_answer(State(state): State<AppState>, headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if host.is_empty() || asked.nonce.is_empty() || host.len() + asked.nonce.len() > MAX_SIGNED {
        return StatusCode::NOT_FOUND.into_response();
    }
    ([(header::CACHE_CONTROL, "no-store")], domains::answer(&state.services, host, &asked.nonce)).into_response()
}
