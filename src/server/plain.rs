//! Routes that are neither pages nor typed server functions.

use super::AppState;
use axum::{
    Form, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::{
    accounts, audit, mailing, members, operations,
    payments::{self, WebhookRefused},
    privacy,
    tenancy::configuration,
};
use http::{HeaderMap, StatusCode, header};
use i18n::Locale;
use kernel::{
    AppError, Permission,
    ids::{BookingId, MailId, TenantId},
    urls,
    zone::ZoneName,
};
use serde::Deserialize;
use tokio_util::io::ReaderStream;
use tower_sessions::Session;
use ui::shell::Theme;
use web::{RequestCx, cookie};

/// Preferences, sign-out, a lesson as a calendar's file.
pub fn routes(_state: &AppState) -> Router<AppState> {
    Router::new()
        .route(urls::PREFERENCES, post(set_preferences))
        .route(urls::SIGN_OUT, post(sign_out))
        .route("/sign-in/elsewhere/back/{provider}", post(come_back))
        .route("/student/lessons/{booking}/lesson.ics", get(lesson_file))
        .route(urls::PRIVACY_FILE, get(data_file))
        .route("/operator/schools/{school}/archive.zip", get(school_archive))
        .route(urls::admin::AUDIT_FILE, get(audit_file))
        .route(urls::admin::CONFIGURATION_FILE, get(configuration_file))
        .route(urls::admin::MEMBERS_FILE, get(members_file))
        .route(urls::admin::IMPORT_FILE, post(import_file).layer(DefaultBodyLimit::max(IMPORT_LIMIT)))
        .route("/_mailbox/{mail}/html", get(mail_html))
}

/// The page for an address that leads nowhere, in the site's own frame.
pub async fn not_found(State(state): State<AppState>, request: Request) -> Response {
    let options = state.leptos.clone();
    let render = leptos_axum::render_app_async(move || crate::app::shell(&options));
    render(request).await.into_response()
}

/// Stripe's events. Only the signature says that they are Stripe's.
pub async fn stripe_webhook(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Response {
    let signature = headers.get("stripe-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    match payments::receive(&state.services, &body, signature).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(refused) => {
            tracing::warn!(cause = %refused, "refused a webhook");
            match refused {
                WebhookRefused::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
                WebhookRefused::Signature(_) | WebhookRefused::Malformed => StatusCode::BAD_REQUEST.into_response(),
            }
        }
    }
}

/// The longest answer of a provider, as an address (bytes).
const MAX_ANSWER: usize = 8 * 1024;
#[derive(Deserialize)]
struct PreferencesForm {
    theme: Option<String>,
    locale: Option<String>,
    zone: Option<String>,
    #[serde(default)]
    next: String,
}

/// Keeps the reader's theme, language and zone in cookies, and the last two with the member.
async fn set_preferences(request: Request) -> Response {
    let Some(cx) = request.extensions().get::<RequestCx>().cloned() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let Ok(Form(form)) = Form::<PreferencesForm>::from_request(request, &()).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let next = if urls::is_local(&form.next) { form.next.as_str() } else { urls::HOME };
    let mut response = Redirect::to(next).into_response();
    let theme = form.theme.as_deref().and_then(Theme::parse).map(Theme::name);
    let locale = form.locale.as_deref().and_then(|tag| Locale::parse(tag, true)).map(Locale::tag);
    let zone = form.zone.as_deref().and_then(|name| ZoneName::new(name).ok());
    let chosen = [(cookie::THEME, theme), (cookie::LOCALE, locale), (cookie::ZONE, zone.as_ref().map(ZoneName::as_str))];
    for (cookie, value) in chosen.into_iter().filter_map(|(cookie, value)| value.map(|value| (cookie, value))) {
        if let Some(cookie) = cookie::set(cookie, value) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    if let Ok(actor) = cx.actor()
        && actor.member.is_some()
        && let Err(error) = accounts::set_preferences(cx.services(), actor, locale, zone.as_ref().map(ZoneName::as_str)).await
    {
        tracing::error!(cause = %error, "cannot store preferences");
    }
    response
}

/// What a file that is not for this reader answers: sign-in first and then its `page`, or nothing there.
async fn no_file(error: &AppError, page: &str, state: State<AppState>, request: Request) -> Response {
    match error {
        AppError::Unauthenticated => Redirect::to(&urls::sign_in(page)).into_response(),
        AppError::Consent => Redirect::to(&urls::agree(page)).into_response(),
        AppError::Unverified => Redirect::to(&urls::verify(page)).into_response(),
        AppError::NotFound => not_found(state, request).await,
        error => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}

/// One of the student's own lessons for their calendar.
async fn lesson_file(Path(booking): Path<String>, state: State<AppState>, request: Request) -> Response {
    let cx = request.extensions().get::<RequestCx>().cloned();
    let (Some(cx), Ok(booking)) = (cx, booking.parse::<BookingId>()) else { return not_found(state, request).await };
    let Ok(actor) = cx.actor() else { return not_found(state, request).await };
    match mailing::calendar_file(cx.services(), actor, booking).await.map_err(AppError::from) {
        Ok(file) => {
            let headers = [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"lesson.ics\""),
            ];
            (headers, file).into_response()
        }
        Err(error) => no_file(&error, &urls::student::lesson(booking), state, request).await,
    }
}

/// Everything about the reader, as an archive.
async fn data_file(state: State<AppState>, request: Request) -> Response {
    let Some(cx) = request.extensions().get::<RequestCx>().cloned() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let Ok(actor) = cx.actor() else { return not_found(state, request).await };
    match privacy::export(cx.services(), actor, cx.locale()).await.map_err(AppError::from) {
        Ok(archive) => {
            let headers = [
                (header::CONTENT_TYPE, "application/zip"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"my-data.zip\""),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, archive).into_response()
        }
        Err(error) => no_file(&error, urls::PRIVACY, state, request).await,
    }
}

/// Everything of a school, as an archive.
async fn school_archive(state: State<AppState>, Path(school): Path<TenantId>, request: Request) -> Response {
    let Some(cx) = request.extensions().get::<RequestCx>().cloned() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    match operations::export(cx.services(), cx.visitor(), school).await.map_err(AppError::from) {
        Ok(archive) => {
            let name = format!("attachment; filename=\"{}-{}.zip\"", archive.slug, cx.now().strftime("%Y-%m-%d"));
            let body = Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(archive.file)));
            let headers = [
                (header::CONTENT_TYPE, "application/zip".to_owned()),
                (header::CONTENT_DISPOSITION, name),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, body).into_response()
        }
        Err(error) => no_file(&error, &urls::operator::school(school), state, request).await,
    }
}

/// The audit log as the page shows it, as a file.
async fn audit_file(state: State<AppState>, request: Request) -> Response {
    let Some(cx) = request.extensions().get::<RequestCx>().cloned() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let Ok(actor) = cx.actor() else { return not_found(state, request).await };
    match audit::export(cx.services(), actor, &portal_admin::audit::wanted(&cx)).await.map_err(AppError::from) {
        Ok(file) => table_file("attachment; filename=\"audit.csv\"", file),
        Err(error) => no_file(&error, urls::admin::AUDIT, state, request).await,
    }
}

/// The members as the page lists them, as a file.
async fn members_file(state: State<AppState>, request: Request) -> Response {
    let Some(cx) = request.extensions().get::<RequestCx>().cloned() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let Ok(actor) = cx.actor() else { return not_found(state, request).await };
    match members::export(cx.services(), actor, &portal_admin::members::list::wanted(&cx)).await.map_err(AppError::from) {
        Ok(file) => table_file("attachment; filename=\"members.csv\"", file),
        Err(error) => no_file(&error, urls::admin::MEMBERS, state, request).await,
    }
}

/// The school's settings as a file.
async fn configuration_file(state: State<AppState>, request: Request) -> Response {
    let Some(cx) = request.extensions().get::<RequestCx>().cloned() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let Ok(actor) = cx.actor() else { return not_found(state, request).await };
    let name = format!("attachment; filename=\"{}-settings.json\"", actor.tenant.slug);
    match configuration::export(cx.services(), actor).await.map_err(AppError::from) {
        Ok(file) => ([(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, name)], file).into_response(),
        Err(error) => no_file(&error, urls::admin::CONFIGURATION, state, request).await,
    }
}

fn table_file(disposition: &'static str, file: String) -> Response {
    ([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, disposition)], file).into_response()
}

/// The largest form with a list of people (bytes): the list's own bound, and the form around it.
const IMPORT_LIMIT: usize = 300 * 1024;

/// Takes a list of people to invite as a file, and leads to a look at it.
async fn import_file(state: State<AppState>, request: Request) -> Response {
    let Some(cx) = request.extensions().get::<RequestCx>().cloned() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let Ok(actor) = cx.actor() else { return not_found(state, request).await };
    // Before the body is read.
    if let Err(error) = actor.permit(Permission::ManageMembers).map_err(AppError::from) {
        return no_file(&error, urls::admin::IMPORT, state, request).await;
    }
    let back = |error: &str| Redirect::to(&urls::with_query(urls::admin::IMPORT, &[("file", error)])).into_response();
    let Ok(mut form) = Multipart::from_request(request, &()).await else { return StatusCode::BAD_REQUEST.into_response() };
    let file = match form.next_field().await {
        Ok(Some(field)) if field.name() == Some("file") => field.bytes().await,
        Ok(_) => return back("error-required"),
        Err(error) => Err(error),
    };
    let Ok(file) = file else { return back("error-too-large") };
    // Old spreadsheets write Latin-1.
    let rows = String::from_utf8(file.into()).unwrap_or_else(|error| error.as_bytes().iter().map(|byte| char::from(*byte)).collect());
    match members::start_import(cx.services(), actor, &rows).await.map_err(AppError::from) {
        Ok(import) => Redirect::to(&urls::admin::import(import)).into_response(),
        Err(AppError::Invalid(errors)) => back(errors.first("rows").map_or("error-malformed", |error| &error.code)),
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}

/// What a mail may do in its frame on the mailbox's page: it has styles of its own, and nothing else.
const MAIL_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; frame-ancestors 'self'; sandbox allow-popups";

/// A mail of the development mailbox as the HTML it was written in.
async fn mail_html(Path(mail): Path<String>, state: State<AppState>, request: Request) -> Response {
    let cx = request.extensions().get::<RequestCx>().cloned().filter(|cx| cx.settings().development);
    let (Some(cx), Ok(id)) = (cx, mail.parse::<MailId>()) else { return not_found(state, request).await };
    match mailing::mail(cx.services(), cx.visitor(), id).await.map_err(AppError::from) {
        Ok(mail) => {
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CONTENT_SECURITY_POLICY, MAIL_POLICY),
                (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
            ];
            (headers, mail.html).into_response()
        }
        Err(error) => no_file(&error, urls::MAILBOX, state, request).await,
    }
}

/// A provider that answers by a form (Apple's): the same as an address, so that the browser comes to the page with its
/// cookies, which it keeps from another site's form. Nothing else is done, so it may come from anywhere.
async fn come_back(Path(provider): Path<String>, body: Bytes) -> Response {
    let Ok(provider) = provider.parse() else { return StatusCode::NOT_FOUND.into_response() };
    let known = ["code", "state", "iss", "error", "user"];
    let fields: Vec<(String, String)> =
        form_urlencoded::parse(&body).into_owned().filter(|(name, _)| known.contains(&name.as_str())).take(known.len()).collect();
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let address = urls::with_query(&urls::back(provider), &pairs);
    if address.len() > MAX_ANSWER { StatusCode::PAYLOAD_TOO_LARGE.into_response() } else { Redirect::to(&address).into_response() }
}

/// Ends the login session on the server and in the browser.
async fn sign_out(session: Option<axum::Extension<Session>>) -> Response {
    if let Some(axum::Extension(session)) = session
        && let Err(error) = session.flush().await
    {
        tracing::error!(cause = %error, "cannot end a login session");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let mut response = Redirect::to(urls::HOME).into_response();
    // Nor does whoever sits there next see who somebody was elsewhere.
    if let Some(cookie) = cookie::remove(cookie::NEWCOMER) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
