//! An unsafe request comes from a page of the very host it goes to.
//!
//! Tenants are each other's same-site siblings, so `SameSite` cookies do not keep one school's
//! page from posting a form to another's. The Origin header does: browsers send it with every
//! unsafe request and pages cannot forge it.

use super::AppState;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use kernel::urls;

/// Refuses an unsafe request whose Origin is missing, `null` or another host's.
pub async fn same_origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    // A provider's answer, which does nothing but lead to a page.
    let is_answer = request.uri().path().rsplit_once('/').is_some_and(|(folder, _)| folder == urls::BACK);
    if request.method().is_safe() || is_answer || is_same_origin(&state, request.headers()) {
        return next.run(request).await;
    }
    tracing::warn!("refused a request from another origin");
    (StatusCode::FORBIDDEN, "This request came from another site.\n").into_response()
}

fn is_same_origin(state: &AppState, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST)) else { return false };
    // One Origin only, with our own scheme.
    headers.get_all(header::ORIGIN).iter().count() == 1
        && origin.split_once("://").is_some_and(|(scheme, from)| scheme == state.services.tenants.scheme() && from == host)
}
