//! The document around every page.

use crate::{RequestCx, Site, try_cx};
use http::{HeaderValue, header};
use i18n::t;
use kernel::{Flag, urls};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;
use ui::enhance::EnhanceScript;
use ui::prelude::*;

/// The platform's own colour.
const PLATFORM_BRAND: &str = "#3b4a8c";

/// `<html>` with language, direction, theme and brand; sets the content security policy that
/// its nonce belongs to.
#[component]
pub fn Document(
    /// The application.
    children: Children,
) -> impl IntoView {
    let cx = try_cx();
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(
            header::CONTENT_SECURITY_POLICY,
            policy(&nonce, &cx.as_ref().map(form_targets).unwrap_or_default(), &cx.as_ref().map(files_origin).unwrap_or_default()),
        );
    }
    let brand = cx.as_ref().and_then(brand_of).unwrap_or_else(|| PLATFORM_BRAND.to_owned());
    let locale = cx.as_ref().map(RequestCx::locale).unwrap_or_default();
    let theme = cx.as_ref().and_then(|cx| cx.preferences().theme.attribute());
    // The browser's zone is asked for only while the reader's is a guess (enhance.js).
    let guess = cx.as_ref().is_some_and(|cx| !cx.preferences().zone_known).then_some("guess");
    let offset = cx.as_ref().map(|cx| cx.reader().zone.to_offset(cx.now()).seconds() / 60);
    // A refused form is shown at its page's address, not at the form's target.
    let address = cx.as_ref().filter(|cx| cx.is_refused()).map(RequestCx::path_and_query);
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() dir=locale.dir() data-theme=theme data-zone=guess data-offset=offset data-address=address>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="description" content=cx.as_ref().map(description)/>
                <link rel="preload" href="/fonts/inter-latin-wght-normal.woff2" r#as="font" type="font/woff2" crossorigin="anonymous"/>
                <link rel="stylesheet" href=cx.as_ref().map(|cx| format!("/{}/wemaster.css", cx.settings().package))/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <style nonce=nonce.clone()>{format!(":root{{--brand:{brand}}}")}</style>
                <EnhanceScript nonce=nonce/>
                <MetaTags/>
            </head>
            <body>{cx.as_ref().and_then(impersonation)}{cx.as_ref().and_then(paused)}{children()}</body>
        </html>
    }
}

/// Over every page for staff who see the site as somebody else: who that is, and the way out.
fn impersonation(cx: &RequestCx) -> Option<AnyView> {
    let member = cx.member()?;
    let staff = member.impersonator.as_ref()?;
    let text = t!(cx.locale(), "common-impersonating", name = &member.name, staff = &staff.name);
    let stop = t!(cx.locale(), "common-impersonating-stop");
    Some(
        view! {
            <form method="post" action=urls::SIGN_OUT class="callout callout-warn row wrap justify-center m-0 rounded-none" role="region" aria-label=text.clone()>
                <span>{text.clone()}</span>
                <Button size=Size::Small kind=ButtonKind::Submit>{stop}</Button>
            </form>
        }
        .into_any(),
    )
}

/// Over every page of a school whose payments the platform paused: nobody should choose a time in vain.
fn paused(cx: &RequestCx) -> Option<AnyView> {
    let Site::Tenant(actor) = cx.site() else { return None };
    if actor.tenant.flags.has(Flag::Payments) {
        return None;
    }
    let text = t!(cx.locale(), "error-payments-paused");
    Some(view! { <div class="callout callout-warn row wrap justify-center m-0 rounded-none" role="status">{text}</div> }.into_any())
}

/// What a search engine shows below a page's title: what the site is. (`leptos_meta` could say it
/// for each page, but loses its tags where a page is sent in more than one piece.)
fn description(cx: &RequestCx) -> String {
    match cx.site() {
        Site::Platform(_) => t!(cx.locale(), "platform-hero-body"),
        Site::Tenant(actor) => {
            let about = t!(cx.locale(), "public-hero-body", name = &actor.tenant.name);
            let tagline = actor.tenant.tagline.trim_end_matches('.');
            if tagline.is_empty() { about } else { format!("{tagline}. {about}") }
        }
    }
}

fn brand_of(cx: &RequestCx) -> Option<String> {
    match cx.site() {
        Site::Tenant(actor) => Some(actor.tenant.brand.clone()),
        Site::Platform(_) => None,
    }
}

/// Where forms may lead besides this host: to the payment page; on the platform's host to the
/// site of a tenant that was just founded.
fn form_targets(cx: &RequestCx) -> String {
    match cx.site() {
        Site::Tenant(_) => cx.settings().payment_origin.clone(),
        Site::Platform(_) => cx.services().tenants.platform_origin().replacen("://", "://*.", 1),
    }
}

/// Where pictures come from besides this host.
fn files_origin(cx: &RequestCx) -> String {
    cx.services().tenants.files_origin()
}

/// Scripts and styles of ours only, by nonce; pictures of ours and from `files`; forms go to this host
/// and to `targets`, through redirects.
fn policy(nonce: &str, targets: &str, files: &str) -> HeaderValue {
    let text = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: {files}; \
         font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' {targets}"
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}
