//! The router.

use super::{file_host, files, forms, headers, health, origin, plain, site, telemetry, uploads};
use crate::app::{App, shell};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef, Request},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::Services;
use http::StatusCode;
use kernel::urls;
use leptos::config::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list};
use metrics_exporter_prometheus::PrometheusHandle;
use std::{sync::Arc, time::Duration};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, CompressionLevel},
};
use web::Settings;

/// The largest body of a form or a server function's call (bytes).
const BODY_LIMIT: usize = 256 * 1024;
/// How long a request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a school's archive may take to be made.
const ARCHIVE_TIMEOUT: Duration = Duration::from_mins(20);
/// How long a file may take to be sent.
const UPLOAD_TIMEOUT: Duration = Duration::from_mins(3);

/// Ends a request that takes too long.
async fn time_limit(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let limit = if path.starts_with(urls::UPLOADS) {
        UPLOAD_TIMEOUT
    } else if path.starts_with(urls::operator::SCHOOLS) && path.ends_with(urls::operator::ARCHIVE) {
        ARCHIVE_TIMEOUT
    } else {
        REQUEST_TIMEOUT
    };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::GATEWAY_TIMEOUT.into_response(),
    }
}

/// What the router's handlers share.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// The services.
    pub services: Services,
    /// Where the built site is.
    pub leptos: LeptosOptions,
    /// What pages know of the deployment.
    pub settings: Arc<Settings>,
    /// The bearer token of `/metrics`; without one only loopback may read it.
    pub metrics_token: Option<Arc<str>>,
    /// Renders the metrics.
    pub metrics: PrometheusHandle,
}

/// The whole server as a service: the tests drive the same one in process.
pub fn router(state: AppState) -> Router {
    let pages = generate_route_list(App);
    let leptos = state.leptos.clone();
    let site = Router::new()
        .leptos_routes(&state, pages, move || shell(&leptos))
        .merge(plain::routes(&state))
        .merge(uploads::routes())
        .fallback(plain::not_found)
        .route_layer(middleware::from_fn(telemetry::tell_route))
        .with_state(state.clone());
    // Around the router, not on its routes: a refused form runs its page's route instead.
    let site = ServiceBuilder::new()
        .layer(CompressionLayer::new().br(true).gzip(true).quality(CompressionLevel::Fastest))
        .layer(middleware::from_fn_with_state(state.clone(), origin::same_origin))
        .layer(middleware::from_fn(forms::native_forms))
        .layer(middleware::from_fn_with_state(state.clone(), site::resolve))
        .service(site);

    Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route(urls::KNOWN_HOST, get(health::known_host))
        .route(urls::DOMAIN_ANSWER, get(health::domain_answer))
        .route("/webhooks/stripe", post(plain::stripe_webhook))
        .merge(files::routes(&state))
        .fallback_service(site)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn(time_limit))
        .layer(middleware::from_fn_with_state(state.clone(), file_host::serve))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(state.clone(), headers::security))
        .layer(middleware::from_fn_with_state(state.clone(), telemetry::observe))
        .with_state(state)
}
