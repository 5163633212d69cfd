//! The tenant of the host, the login session, and the request's context.

use super::{AppState, closed, login_session::LoginSessionStore, telemetry::RequestId};
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    Actor, Member,
    accounts::sessions::{Device, LONGEST_DAYS},
    tenancy::{Standing, Tenant},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use i18n::{Locale, Reader};
use kernel::{urls, zone::ZoneName};
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};
use tower::{Layer, ServiceExt, service_fn};
use tower_sessions::{
    Expiry, Session, SessionManagerLayer,
    cookie::{SameSite, time::Duration},
};
use ui::shell::Theme;
use web::{Preferences, RequestCx, Site, SubmittedForm, cookie};

/// Finds whose site the request is for; an unknown host learns nothing.
pub async fn resolve(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if state.services.tenants.is_platform(host) {
        return match state.services.tenants.platform(&state.services.db).await {
            Ok(tenant) => with_login(state, tenant, Site::Platform, request, next).await,
            Err(error) => {
                tracing::error!(cause = %error, "cannot find the platform's tenant");
                (StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment.\n").into_response()
            }
        };
    }
    match state.services.tenants.by_host(&state.services.db, host).await {
        Ok(Some(tenant)) if tenant.standing != Standing::Active => closed::school(&tenant, request.headers()),
        Ok(Some(tenant)) => match lead_on(&state, &tenant, host, &request) {
            Some(address) => leading_to(&address, request.headers()),
            None => with_login(state, tenant, Site::Tenant, request, next).await,
        },
        Ok(None) => closed::nobody(request.headers()),
        Err(error) => {
            tracing::error!(cause = %error, "cannot find the tenant");
            (StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment.\n").into_response()
        }
    }
}

/// Where a page of a host that is not the school's address is now. What a form sends stays where its page was, and
/// so does that page when it is refused: they may be of before the address changed.
fn lead_on(state: &AppState, tenant: &Tenant, host: &str, request: &Request) -> Option<String> {
    let is_refused = request.extensions().get::<SubmittedForm>().is_some();
    // Who is signed in here stays, and so does who comes to help: their link is for no other host.
    let stays = cookie::read(request.headers(), cookie::LOGIN).is_some() || request.uri().path() == urls::SUPPORT;
    if is_refused || stays || !request.method().is_safe() {
        return None;
    }
    let origin = state.services.tenants.origin(tenant);
    if origin.split_once("://").is_some_and(|(_, address)| address == host) {
        return None;
    }
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    Some(format!("{origin}{path}"))
}

/// Leads a browser to `address` on another of the school's hosts. After a form, by a page that it leaves at once: a
/// redirect is for browsers where the form leads, and forms lead to their own host alone.
fn leading_to(address: &str, headers: &HeaderMap) -> Response {
    let after_a_form = headers.get("sec-fetch-site").is_some_and(|from| from == "same-origin");
    let (status, name, value) = if after_a_form {
        (StatusCode::OK, header::REFRESH, format!("0; url={address}"))
    } else {
        (StatusCode::TEMPORARY_REDIRECT, header::LOCATION, address.to_owned())
    };
    let Ok(value) = HeaderValue::from_str(&value) else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [(name, value), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (status, headers, format!("This page is at {address} now.\n")).into_response()
}

/// Runs the request inside the tenant's login session.
async fn with_login(state: AppState, tenant: Arc<Tenant>, site: fn(Actor) -> Site, request: Request, next: Next) -> Response {
    let user_agent = request.headers().get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let client = client(&state, &request);
    let device = Device { user_agent, client };
    let store = LoginSessionStore::new(state.services.clone(), tenant.id, device);
    let layer = SessionManagerLayer::new(store)
        .with_name(cookie::LOGIN.name)
        .with_secure(true)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::days(LONGEST_DAYS.into())));
    let inner = service_fn(move |request: Request| {
        let (state, tenant, next) = (state.clone(), Arc::clone(&tenant), next.clone());
        async move {
            let member = match request.extensions().get::<Session>() {
                Some(session) if session.id().is_some() => web::member_of(session).await,
                _ => Ok(None),
            };
            let member = match member {
                Ok(member) => member,
                Err(error) => {
                    tracing::error!(cause = %error, "cannot read the login session");
                    return Ok((StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment.\n").into_response());
                }
            };
            Ok::<_, Infallible>(with_context(&state, site(Actor { tenant, member, client }), request, next).await)
        }
    });
    let mut response = layer.layer(inner).oneshot(request).await.unwrap_or_else(|never| match never {});
    secure_login_cookie(response.headers_mut());
    response
}

/// Completes the cookie by which the library removes the login: it leaves `Secure` out, and a
/// browser refuses a `__Host-` cookie without it, so the old one would stay.
fn secure_login_cookie(headers: &mut HeaderMap) {
    let header::Entry::Occupied(mut cookies) = headers.entry(header::SET_COOKIE) else { return };
    for value in cookies.iter_mut() {
        let Ok(text) = value.to_str() else { continue };
        if text.starts_with(cookie::LOGIN.name)
            && !text.contains("; Secure")
            && let Ok(secure) = HeaderValue::from_str(&format!("{text}; Secure"))
        {
            *value = secure;
        }
    }
}

/// The client's network address: the peer's, or behind `server.proxies` proxies what the outermost
/// of them saw. What is left of that in the header was written by the client itself.
fn client(state: &AppState, request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let Some(skipped) = state.settings.proxies.checked_sub(1) else { return peer };
    let forwarded = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = forwarded.flat_map(|line| line.split(',')).map(str::trim).collect();
    let hop =
        hops.iter().rev().nth(skipped).and_then(|hop| hop.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|hop| hop.ip())));
    if hop.is_none() {
        tracing::warn!("a proxy named no client: server.proxies may be wrong");
    }
    hop.or(peer)
}

async fn with_context(state: &AppState, site: Site, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let preferences = preferences(&site, &parts.headers, state.settings.development);
    let id = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let cx = RequestCx::new(state.services.clone(), Arc::clone(&state.settings), site, preferences, &parts, id);
    let signed_in = cx.member().is_some();
    parts.extensions.insert(cx);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    // A page may show what only this reader may see, in this reader's words.
    let private = if signed_in { "private, no-store" } else { "private, no-cache" };
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(private));
    response
}

/// What the member stored, else the cookies, else the browser's word, else the tenant's.
fn preferences(site: &Site, headers: &HeaderMap, development: bool) -> Preferences {
    let (tenant, member): (Option<&Tenant>, Option<&Member>) = match site {
        Site::Tenant(actor) => (Some(&actor.tenant), actor.member.as_deref()),
        Site::Platform(actor) => (None, actor.member.as_deref()),
    };
    // The tenant's own language comes first: it is the answer when nothing else decides.
    let offered: Vec<Locale> = match tenant {
        Some(tenant) => std::iter::once(&tenant.locale).chain(&tenant.locales).filter_map(|tag| Locale::parse(tag, false)).collect(),
        None => Locale::ALL.to_vec(),
    };
    let chosen = member.and_then(|m| m.locale.clone()).or_else(|| cookie::read(headers, cookie::LOCALE));
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    let locale = Locale::negotiate(chosen.as_deref(), accepted, &offered, development);
    let known = member
        .and_then(|m| m.zone.clone())
        .or_else(|| cookie::read(headers, cookie::ZONE))
        .or_else(|| cookie::read(headers, cookie::BROWSER_ZONE))
        .and_then(|name| ZoneName::new(&name).ok());
    let zone_known = known.is_some();
    let zone = known.or_else(|| tenant.map(|tenant| tenant.zone.clone())).unwrap_or_else(ZoneName::utc);
    let theme = cookie::read(headers, cookie::THEME).and_then(|name| Theme::parse(&name)).unwrap_or_default();
    Preferences { reader: Reader::new(locale, zone), theme, zone_known }
}
