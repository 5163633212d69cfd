//! The built site's files. Nothing else of the disk is served.

use super::AppState;
use axum::{
    Router,
    extract::{Request, State},
    middleware::{self, Next},
    response::Response,
};
use http::{HeaderValue, header};
use sha2::{Digest, Sha256};
use std::path::Path;
use tower_http::services::{ServeDir, ServeFile};

/// The files of a build that belong together: an island's name in the page must be one that the
/// module exports.
const PACKAGE: [&str; 3] = ["wemaster.css", "wemaster.js", "wemaster.wasm"];

/// A file under an address that changes with it.
const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// A file under a fixed address: a deployment reaches everyone within minutes.
const FOR_MINUTES: HeaderValue = HeaderValue::from_static("public, max-age=600");
/// Another build's file, asked for while a deployment was under way.
const NOT_AT_ALL: HeaderValue = HeaderValue::from_static("no-cache");

/// The folder of style sheet, script and WASM in addresses (`pkg/3f2a…`): it names their contents.
pub fn package(site_root: &str, pkg_dir: &str) -> String {
    let mut hash = Sha256::new();
    for name in PACKAGE {
        // A file that was not built is missed by `doctor` and by the first browser.
        hash.update(std::fs::read(Path::new(site_root).join(pkg_dir).join(name)).unwrap_or_default());
    }
    let version = hash.finalize().first_chunk().map_or(0, |start| u64::from_be_bytes(*start));
    format!("{pkg_dir}/{version:016x}")
}

/// The routes of the files.
pub fn routes(state: &AppState) -> Router<AppState> {
    let root = Path::new(&*state.leptos.site_root).to_owned();
    let folder = |name: &str| ServeDir::new(root.join(name)).precompressed_br().precompressed_gzip();
    let file = |name: &str| ServeFile::new(root.join(name)).precompressed_br().precompressed_gzip();
    Router::new()
        .nest_service(&format!("/{}/{{version}}", state.leptos.site_pkg_dir), folder(&state.leptos.site_pkg_dir))
        .nest_service("/fonts", folder("fonts"))
        .route_service("/icons.svg", file("icons.svg"))
        .route_service("/enhance.js", file("enhance.js"))
        .route_service("/favicon.svg", file("favicon.svg"))
        .layer(middleware::from_fn_with_state(state.clone(), cached))
}

/// Says how long a file may be kept. What is missing now may be there in a moment.
async fn cached(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let kept = if path.starts_with("fonts/") || path.strip_prefix(&state.settings.package).is_some_and(|rest| rest.starts_with('/')) {
        FOR_GOOD
    } else if path.starts_with(&*state.leptos.site_pkg_dir) {
        NOT_AT_ALL
    } else {
        FOR_MINUTES
    };
    let mut response = next.run(request).await;
    let found = response.status().is_success() || response.status().is_redirection();
    response.headers_mut().insert(header::CACHE_CONTROL, if found { kept } else { NOT_AT_ALL });
    response
}
