//! Native forms: what happens after a server function answered a browser without JavaScript.
//!
//! Success leads on with a redirect. A refusal renders the form's own page again, with what was
//! typed and the errors at their fields: inside the server, so that nothing typed is stored
//! anywhere. A call by script (which asks for JSON) is left alone, but for its status.

use axum::{
    Extension,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts};
use kernel::{AppError, FieldError, FormErrors, form::FormState, urls};
use server_fn::error::FromServerFnError;
use std::collections::BTreeMap;
use web::SubmittedForm;

/// Server functions' answers are small; a form's body is bounded by this as well (bytes).
const LIMIT: usize = 256 * 1024;
/// The header that marks a server function's error.
const ERROR_HEADER: &str = "serverfnerror";
/// The hidden field with the form's own page (`web::HiddenPage`).
const PAGE_FIELD: &str = "_page";

/// Turns server functions' answers into what a native form needs.
pub async fn native_forms(request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    if request.method() == Method::GET {
        // A form's target opened as an address: a reload after a refusal, a bookmark.
        return Redirect::to(urls::HOME).into_response();
    }
    if request.uri().path().starts_with(urls::UPLOADS) {
        return sent_file(request, next).await;
    }
    if !is_native(request.headers()) {
        return with_status(next.run(request).await).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LIMIT).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, "The form is too large.\n").into_response();
    };
    let again = parts.clone();
    // Without this the server function would redirect by itself, with the error in the address.
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let mut response = next.clone().run(Request::from_parts(parts, Body::from(body.clone()))).await;
    let values = typed(&body);
    let page = page_of(&values, &again.headers);
    if response.headers().contains_key(ERROR_HEADER) {
        let (_, body) = response.into_parts();
        let error = read_error(body).await;
        return refused(error, again, values, &page, next).await;
    }
    if response.status().is_success() || response.headers().contains_key(header::LOCATION) {
        let target = response.headers_mut().remove(header::LOCATION);
        let target = target.as_ref().and_then(|to| to.to_str().ok()).unwrap_or(&page).to_owned();
        let mut redirect = Redirect::to(&target).into_response();
        let cookies: Vec<HeaderValue> = response.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
        for cookie in cookies {
            redirect.headers_mut().append(header::SET_COOKIE, cookie);
        }
        return redirect;
    }
    response
}

/// A file that was not taken: why, and the page that its form stands on. As a response it says the
/// status alone; `native_forms` makes a page of it.
#[derive(Clone, Debug)]
pub struct RefusedUpload {
    /// Why.
    pub error: AppError,
    /// The form's page.
    pub page: String,
}

impl IntoResponse for RefusedUpload {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.error.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        (status, Extension(self)).into_response()
    }
}

/// A form with a file: passed on as it comes, without reading it here.
async fn sent_file(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let again = parts.clone();
    let mut response = next.clone().run(Request::from_parts(parts, body)).await;
    match response.extensions_mut().remove::<RefusedUpload>() {
        Some(RefusedUpload { error, page }) => refused(error, again, Vec::new(), &page, next).await,
        None => response,
    }
}

/// A browser's own form: it asks for a page.
fn is_native(headers: &HeaderMap) -> bool {
    let has = |name, text: &str| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).is_some_and(|v| v.contains(text));
    has(header::ACCEPT, "text/html") && has(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

/// The page a form stands on: its hidden field, else the Referer's path.
fn page_of(values: &[(String, String)], headers: &HeaderMap) -> String {
    let field = values.iter().find(|(name, _)| name == PAGE_FIELD).map(|(_, value)| value.clone());
    let referer = || {
        let uri: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
        uri.path_and_query().map(ToString::to_string)
    };
    field.or_else(referer).filter(|path| urls::is_local(path) && !path.starts_with("/api/")).unwrap_or_else(|| urls::HOME.to_owned())
}

/// The body's fields in their order.
fn typed(body: &Bytes) -> Vec<(String, String)> {
    form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

async fn read_error(body: Body) -> AppError {
    to_bytes(body, LIMIT).await.map_or(AppError::Internal, AppError::de)
}

/// Fields that are not shown again, besides passwords.
const SECRETS: [&str; 2] = ["credential", "secret"];

/// Renders the form's page with its errors, or goes where the error says.
async fn refused(error: AppError, request: Parts, mut values: Vec<(String, String)>, page: &str, next: Next) -> Response {
    let status = error.status();
    let errors = match error {
        AppError::Unauthenticated => return Redirect::to(&urls::sign_in(page)).into_response(),
        AppError::Unverified => return Redirect::to(&urls::verify_and_repeat(page)).into_response(),
        AppError::Consent => return Redirect::to(&urls::agree(page)).into_response(),
        AppError::Invalid(errors) => errors,
        AppError::NotFound => of_form(FieldError::new("error-not-found")),
        AppError::Conflict(code) | AppError::Unavailable(code) => of_form(FieldError { code, args: BTreeMap::default() }),
        AppError::RateLimited(seconds) => of_form(FieldError::new("error-rate-limited").with("seconds", seconds)),
        AppError::Internal => of_form(FieldError::new("error-internal")),
    };
    values.retain(|(name, _)| name != PAGE_FIELD && !name.contains("password") && !SECRETS.contains(&name.as_str()));
    let form = SubmittedForm { action: request.uri.path().to_owned(), state: FormState::refused(values, errors) };
    let Ok(uri) = page.parse::<Uri>() else { return Redirect::to(urls::HOME).into_response() };
    let mut again = Request::new(Body::empty());
    *again.uri_mut() = uri;
    *again.headers_mut() = request.headers;
    again.headers_mut().remove(header::CONTENT_TYPE);
    again.headers_mut().remove(header::CONTENT_LENGTH);
    *again.extensions_mut() = request.extensions;
    again.extensions_mut().insert(form);
    let mut response = next.run(again).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    }
    response
}

fn of_form(error: FieldError) -> FormErrors {
    let mut errors = FormErrors::default();
    errors.add("", error);
    errors
}

/// Gives a script's call the status that its error means; the library answers 500 for all.
async fn with_status(response: Response) -> Response {
    if !response.headers().contains_key(ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LIMIT).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    parts.status = StatusCode::from_u16(AppError::de(bytes.clone()).status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Response::from_parts(parts, Body::from(bytes))
}
