//! The hosted payment page: plain HTML, no scripts.

mod html;
mod language;
mod views;

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    json::Object,
    payment::{self, Card, CardField, Decline, Outcome},
    shared::Handle,
    state::{Kind, State as Store},
};

use language::Language;
use views::{Notice, Typed};

/// The routes of the page.
pub fn router() -> Router<Handle> {
    Router::new()
        .route("/c/pay/{id}", get(show).post(pay))
        .route("/c/3ds/{id}", get(show_challenge).post(answer_challenge))
        .route("/receipts/{id}", get(receipt))
}

/// What the form sends.
#[derive(Default, Deserialize)]
struct PayForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    expiry: String,
    #[serde(default)]
    cvc: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct After {
    challenge: Option<String>,
}

async fn show(State(shared): State<Handle>, Path(id): Path<String>, Query(after): Query<After>, headers: HeaderMap) -> Response {
    shared.step(|state| {
        let Some(session) = state.get(Kind::Session, &id).cloned() else { return missing(&headers) };
        let text = Language::of(session.text("locale"), &headers);
        if session.text("status") != "open" {
            return page(views::closed(&session, text));
        }
        let failed = after
            .challenge
            .and_then(|challenge| state.get(Kind::Challenge, &challenge))
            .filter(|row| row.text("session") == id && !row.flag("open"));
        let typed =
            failed.map(|row| Typed { name: row.field("card").text("name").to_owned(), email: row.field("card").text("email").to_owned() });
        let notice = if failed.is_some() { Notice::NotAuthenticated } else { Notice::None };
        page(views::form(state, &session, text, &typed.unwrap_or_default(), &notice))
    })
}

async fn pay(State(shared): State<Handle>, Path(id): Path<String>, headers: HeaderMap, Form(form): Form<PayForm>) -> Response {
    shared.step(|state| {
        let Some(session) = state.get(Kind::Session, &id).cloned() else { return missing(&headers) };
        let text = Language::of(session.text("locale"), &headers);
        if session.text("status") != "open" {
            return page(views::closed(&session, text));
        }
        let typed = Typed { name: form.name.trim().to_owned(), email: form.email.trim().to_owned() };
        let card = match read(state, &session, &form, &typed) {
            Ok(card) => card,
            Err(wrong) => return page(views::form(state, &session, text, &typed, &Notice::Fields(wrong))),
        };
        match payment::pay_session(state, &id, &card) {
            Ok(Outcome::Paid) => see(&success_url(&session)),
            Ok(Outcome::Challenge(challenge)) => see(&format!("/c/3ds/{challenge}")),
            Ok(Outcome::Declined(decline)) => declined(state, &session, text, &typed, decline),
            Ok(Outcome::Closed(_)) | Err(_) => page(views::closed(&session, text)),
        }
    })
}

/// The card, or the fields that are wrong.
fn read(state: &Store, session: &Value, form: &PayForm, typed: &Typed) -> Result<Card, Vec<CardField>> {
    let mut wrong = Vec::new();
    if asks_for_email(session) && (!typed.email.contains('@') || typed.email.contains(char::is_whitespace)) {
        wrong.push(CardField::Email);
    }
    let card = Card::read(&form.number, &form.expiry, &form.cvc, state.clock.now());
    if let Err(more) = &card {
        wrong.extend(more);
    }
    if typed.name.is_empty() {
        wrong.push(CardField::Name);
    }
    match card {
        Ok(card) if wrong.is_empty() => Ok(Card { name: typed.name.clone(), email: typed.email.clone(), ..card }),
        _ => Err(wrong),
    }
}

fn declined(state: &Store, session: &Value, text: &'static Language, typed: &Typed, decline: Decline) -> Response {
    page(views::form(state, session, text, typed, &Notice::Declined(decline)))
}

async fn show_challenge(State(shared): State<Handle>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    shared.step(|state| {
        let Some(row) = state.get(Kind::Challenge, &id) else { return missing(&headers) };
        let session = state.get(Kind::Session, row.text("session"));
        let text = Language::of(session.map_or("", |session| session.text("locale")), &headers);
        match state.get(Kind::PaymentIntent, row.text("intent")) {
            Some(intent) if row.flag("open") && intent.text("status") == "requires_action" => page(views::challenge(&id, intent, text)),
            _ => match session {
                Some(session) => see(&format!("/c/pay/{}", session.id())),
                None => missing(&headers),
            },
        }
    })
}

#[derive(Deserialize)]
struct ChallengeForm {
    answer: String,
}

async fn answer_challenge(
    State(shared): State<Handle>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(form): Form<ChallengeForm>,
) -> Response {
    shared.step(|state| {
        let Some(row) = state.get(Kind::Challenge, &id).cloned() else { return missing(&headers) };
        let Ok(outcome) = payment::answer_challenge(state, &id, form.answer == "complete") else { return missing(&headers) };
        if let Some(session) = state.get(Kind::Session, row.text("session")) {
            return match outcome {
                Outcome::Paid => see(&success_url(session)),
                Outcome::Declined(_) => see(&format!("/c/pay/{}?challenge={id}", session.id())),
                Outcome::Closed(_) | Outcome::Challenge(_) => see(&format!("/c/pay/{}", session.id())),
            };
        }
        let status = if matches!(outcome, Outcome::Paid) { "succeeded" } else { "failed" };
        match row.text("return_url") {
            "" => missing(&headers),
            url => {
                let join = if url.contains('?') { '&' } else { '?' };
                see(&format!("{url}{join}payment_intent={}&redirect_status={status}", row.text("intent")))
            }
        }
    })
}

async fn receipt(State(shared): State<Handle>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    shared.look(|state| match state.get(Kind::Charge, &id).filter(|charge| charge.flag("paid")) {
        Some(charge) => page(views::receipt(charge, &state.merchant, Language::of("", &headers))),
        None => missing(&headers),
    })
}

/// Whether the merchant left the e-mail address for the page to ask.
fn asks_for_email(session: &Value) -> bool {
    session.field("customer_details").text("email").is_empty()
}

/// `success_url` with the session's id filled in.
pub fn success_url(session: &Value) -> String {
    let url = session.text("success_url");
    url.replace("{CHECKOUT_SESSION_ID}", session.id()).replace("%7BCHECKOUT_SESSION_ID%7D", session.id())
}

fn see(url: &str) -> Response {
    guarded(Redirect::to(url).into_response())
}

fn page(html: String) -> Response {
    guarded(Html(html).into_response())
}

fn missing(headers: &HeaderMap) -> Response {
    let mut response = page(views::missing(Language::of("", headers)));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// No scripts, no frames, no caching.
fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
