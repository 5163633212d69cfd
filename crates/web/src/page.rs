//! Pages: an async function of the request, whose error is a page too.

use crate::{PublicShell, RequestCx, try_cx};
use domain::{accounts::identities::Leaving, payments::CheckoutUrl, tenancy::Tenant};
use http::{HeaderName, HeaderValue, StatusCode, header};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;
use ui::prelude::*;

/// Renders `load`'s view, or what its error means: sign-in first, not found, try again.
///
/// The response waits for it (`SsrMode::Async`), so status and redirects are set in time.
pub fn page<F, Fut>(load: F) -> impl IntoView
where
    F: FnOnce(RequestCx) -> Fut + Send + 'static,
    Fut: Future<Output = Result<AnyView, AppError>> + Send + 'static,
{
    let cx = try_cx();
    let response = use_context::<ResponseOptions>();
    Suspend::new(async move {
        let (Some(cx), Some(response)) = (cx, response) else { return ().into_any() };
        match load(cx.clone()).await {
            Ok(view) => view,
            Err(AppError::Unauthenticated) => {
                see_other(&response, &urls::sign_in(&cx.path_and_query()));
                ().into_any()
            }
            Err(AppError::Unverified) => {
                see_other(&response, &urls::verify(&cx.path_and_query()));
                ().into_any()
            }
            Err(AppError::Consent) => {
                see_other(&response, &urls::agree(&cx.path_and_query()));
                ().into_any()
            }
            Err(error) => error_view(&cx, &response, &error),
        }
    })
}

/// Answers with a redirect to `path` on this host (303), in a page or a server function.
pub fn redirect(path: &str) {
    if let Some(response) = use_context::<ResponseOptions>() {
        see_other(&response, path);
    }
}

/// Sets a 303 to `path`. Only paths on this host: anything else goes to the front page.
pub fn see_other(response: &ResponseOptions, path: &str) {
    let target = if urls::is_local(path) { path } else { urls::HOME };
    response.set_status(StatusCode::SEE_OTHER);
    let value = HeaderValue::from_str(target).unwrap_or(HeaderValue::from_static(urls::HOME));
    response.insert_header(header::LOCATION, value);
}

/// Answers with a redirect to the payment page (303): the one address off this host that a form
/// leads to. Only payments make such an address, so nothing typed can become one.
pub fn redirect_external(page: &CheckoutUrl) {
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(value) = HeaderValue::from_str(&page.0)
    {
        response.set_status(StatusCode::SEE_OTHER);
        response.insert_header(header::LOCATION, value);
    }
}

/// Answers with a redirect (303) to `path` on a tenant's own site.
pub fn redirect_to_tenant(cx: &RequestCx, tenant: &Tenant, path: &str) {
    let address = format!("{}{path}", cx.services().tenants.origin(tenant));
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(value) = HeaderValue::from_str(&address)
    {
        response.set_status(StatusCode::SEE_OTHER);
        response.insert_header(header::LOCATION, value);
    }
}

/// Lets the browser load `path` (on this host) after some seconds, which takes no script.
pub fn refresh_after(seconds: u32, path: &str) {
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(value) = HeaderValue::from_str(&format!("{seconds}; url={path}"))
    {
        response.insert_header(header::REFRESH, value);
    }
}

/// Takes the browser to where somebody signs in elsewhere, which takes no script.
pub fn leave_for(leaving: &Leaving) {
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(value) = HeaderValue::from_str(&format!("0; url={}", leaving.url))
    {
        response.insert_header(header::REFRESH, value);
    }
}

/// Keeps this answer out of every cache, and its address away from every other site: it has a secret.
/// (`no-referrer` would also take the Origin from the page's own form.)
pub fn keep_private() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response.insert_header(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    }
}

/// The page for an error, with its status.
pub fn error_view(cx: &RequestCx, response: &ResponseOptions, error: &AppError) -> AnyView {
    let locale = cx.locale();
    response.set_status(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    if let AppError::RateLimited(seconds) = error {
        response.insert_header(HeaderName::from_static("retry-after"), HeaderValue::from(*seconds));
    }
    let (title, body) = match error {
        AppError::NotFound | AppError::Unauthenticated | AppError::Unverified | AppError::Consent => {
            (t!(locale, "common-not-found-title"), t!(locale, "common-not-found-body"))
        }
        AppError::Conflict(code) | AppError::Unavailable(code) => (t!(locale, "common-conflict-title"), i18n::t(locale, code)),
        AppError::RateLimited(seconds) => (t!(locale, "common-slow-title"), t!(locale, "common-slow-body", seconds = *seconds)),
        AppError::Invalid(_) => (t!(locale, "common-conflict-title"), t!(locale, "error-malformed")),
        AppError::Internal => (t!(locale, "common-fault-title"), t!(locale, "common-fault-body", id = cx.request_id())),
    };
    view! {
        <PublicShell title=title.clone()>
            <div class="page">
                <h1 class="sr">{title.clone()}</h1>
                <Empty title=title body=body>
                    <LinkButton href=urls::HOME>{t!(locale, "common-home")}</LinkButton>
                </Empty>
            </div>
        </PublicShell>
    }
    .into_any()
}

/// The page for an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    page(async |_| Err::<AnyView, _>(AppError::NotFound))
}

/// Loads the WASM that brings a page's islands to life. A page with an island has it once, at
/// its end; a page without one loads none.
#[component]
pub fn IslandScripts() -> impl IntoView {
    let package = try_cx().map(|cx| cx.settings().package.clone()).unwrap_or_default();
    let options = leptos::config::LeptosOptions::builder().output_name("wemaster").site_pkg_dir(package).build();
    view! { <leptos::hydration::HydrationScripts options=options islands=true/> }
}

/// The document's title. The library writes it raw on the server, so it is escaped here: names
/// and titles that people chose stand in it.
#[component]
pub fn PageTitle(
    /// Plain text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <Title text=escape(&text)/> }
}

/// Text as HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
