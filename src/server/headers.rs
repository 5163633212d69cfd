//! Security headers for every answer. Pages bring their own content security policy, with the
//! nonce of their scripts; everything else gets one that allows nothing.

use super::AppState;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, header};

const HEADERS: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ),
];

/// Two years, for the host and every school below it.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");
/// The same for a school's own domain: what is below it is not ours to say.
const HSTS_OWN: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Adds what is missing; behind TLS, also that there is no way around it.
pub async fn security(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let tenants = &state.services.tenants;
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let hsts = if tenants.is_ours(host.split(':').next().unwrap_or_default()) { HSTS } else { HSTS_OWN };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if tenants.scheme() == "https" {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, hsts);
    }
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(value);
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    response
}
