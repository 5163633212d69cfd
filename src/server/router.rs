//! The router.

use super::{forms, headers, health, origin, plain, site, telemetry};
use crate::app::{App, shell};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    extract::FromRef,
    middleware,
    routing::{get, post},
};
use domain::Services;
use leptos::config::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list};
use metrics_exporter_prometheus::PrometheusHandle;
use std::{path::Path, sync::Arc, time::Duration};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, CompressionLevel},
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};
use web::Settings;

/// The largest body of a form or a server function's call (bytes).
const BODY_LIMIT: usize = 256 * 1024;
/// How long a request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

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
        .route("/api/{*function}", post(plain::server_function).get(plain::back_home))
        .merge(plain::routes(&state))
        .fallback(plain::not_found)
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
        .route("/webhooks/stripe", post(plain::stripe_webhook))
        .merge(files(&state.leptos))
        .fallback_service(site)
        .layer(middleware::from_fn_with_state(state.clone(), headers::security))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(TimeoutLayer::with_status_code(http::StatusCode::GATEWAY_TIMEOUT, REQUEST_TIMEOUT))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(state.clone(), telemetry::observe))
        .with_state(state)
}

/// The built site's files. Nothing else of the disk is served.
fn files(options: &LeptosOptions) -> Router<AppState> {
    let root = Path::new(&*options.site_root).to_owned();
    let folder = |name: &str| ServeDir::new(root.join(name)).precompressed_br().precompressed_gzip();
    let file = |name: &str| ServeFile::new(root.join(name)).precompressed_br().precompressed_gzip();
    let cached =
        |value: &'static str| SetResponseHeaderLayer::if_not_present(http::header::CACHE_CONTROL, http::HeaderValue::from_static(value));
    Router::new()
        .nest_service(&format!("/{}", options.site_pkg_dir), folder(&options.site_pkg_dir))
        .route_service("/icons.svg", file("icons.svg"))
        .route_service("/enhance.js", file("enhance.js"))
        .route_service("/favicon.svg", file("favicon.svg"))
        .layer(cached("public, max-age=3600, stale-while-revalidate=86400"))
        .merge(Router::new().nest_service("/fonts", folder("fonts")).layer(cached("public, max-age=31536000, immutable")))
}
