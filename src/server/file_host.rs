//! The files' own host: uploads, and nothing else.
//!
//! What members send is served from a host on which nobody is signed in: no cookie is read or set, no page
//! is there, and what a browser might run of a file it would run where there is nothing to take.

use super::AppState;
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    uploads::{self, Asked, Served},
};
use http::{HeaderValue, Method, StatusCode, Uri, header};
use kernel::AppError;

/// Nothing in a file runs or loads anything.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");
/// A public address is of the same bytes for good.
const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// What one reader may have is nobody else's to keep.
const FOR_NOBODY: HeaderValue = HeaderValue::from_static("private, no-store");

/// Answers every request for the files' host; passes the others on.
pub async fn serve(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !state.services.tenants.is_files(host) {
        return next.run(request).await;
    }
    let head = match *request.method() {
        Method::GET => false,
        Method::HEAD => true,
        _ => return StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    let Some(asked) = asked(request.uri()) else { return none() };
    match uploads::open(&state.services, &asked).await {
        Ok(served) => answer(served, head),
        Err(Error::App(AppError::NotFound)) => none(),
        Err(error) => {
            tracing::error!(cause = %error, "cannot serve a file");
            (StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment.\n").into_response()
        }
    }
}

/// `/{tenant}/{upload}/{name}`, with or without a signature.
fn asked(uri: &Uri) -> Option<Asked<'_>> {
    let mut parts = uri.path().strip_prefix('/')?.split('/');
    let (tenant, upload, name) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let signed = match uri.query() {
        None => None,
        Some(query) => {
            let value =
                |name: &str| query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value);
            Some((value("until")?.parse().ok()?, value("key")?.parse().ok()?, value("tag")?))
        }
    };
    Some(Asked { tenant, upload, name, signed })
}

fn none() -> Response {
    let mut response = (StatusCode::NOT_FOUND, "There is no file at this address.\n").into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, FOR_NOBODY);
    response
}

fn answer(served: Served, head: bool) -> Response {
    let disposition = served.save_as.map_or(Some(HeaderValue::from_static("inline")), |name| attachment(&name));
    let body = if head { Body::empty() } else { Body::from_stream(served.reading.bytes) };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(served.media_type));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(served.reading.size));
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers.insert(header::CACHE_CONTROL, if served.public { FOR_GOOD } else { FOR_NOBODY });
    headers.insert(header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    response
}

/// To be saved under `name`: for old programs in plain letters, for others as it is.
fn attachment(name: &str) -> Option<HeaderValue> {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ' ') { c } else { '_' }).collect();
    let encoded = kernel::urls::encode(name);
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_tenant_an_upload_and_a_name() {
        let id = "01930000-0000-7000-8000-000000000000";
        let read = |path: String| asked(&path.parse().unwrap()).map(|asked| (asked.name.to_owned(), asked.signed.map(|(until, ..)| until)));
        assert_eq!(read(format!("/{id}/{id}/512.jpg")), Some(("512.jpg".into(), None)));
        assert_eq!(read(format!("/{id}/{id}/file?until=7&key=0&tag=a")), Some(("file".into(), Some(7))));
        for path in [
            "/",
            "/health/live",
            &format!("/{id}/{id}"),
            &format!("/{id}/{id}/a/b"),
            &format!("/{id}/x/a"),
            &format!("/{id}/{id}/a?until=x&key=0&tag=a"),
        ] {
            assert_eq!(read(path.to_owned()), None, "{path}");
        }
    }

    #[test]
    fn a_name_does_not_leave_its_header() {
        let header = attachment("día \"1\"; x=y.pdf").unwrap();
        assert_eq!(
            header.to_str().unwrap(),
            "attachment; filename=\"d_a _1__ x_y.pdf\"; filename*=UTF-8''d%C3%ADa%20%221%22%3B%20x%3Dy.pdf"
        );
    }
}
