//! What a browser sees at a host where nothing is to be seen: a page of its own, as there is no site to draw it.

use domain::tenancy::Tenant;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use i18n::{Locale, t};

use axum::response::{IntoResponse, Response};

/// The school is closed by the platform.
pub fn school(tenant: &Tenant, headers: &HeaderMap) -> Response {
    let own = Locale::parse(&tenant.locale, false).unwrap_or_default();
    let locale = locale(headers, std::iter::once(own).chain(tenant.locales.iter().filter_map(|tag| Locale::parse(tag, false))).collect());
    page(locale, &tenant.name, &t!(locale, "common-closed-title"), &t!(locale, "common-closed-body"))
}

/// There is nobody's site.
pub fn nobody(headers: &HeaderMap) -> Response {
    let locale = locale(headers, Locale::ALL.to_vec());
    page(locale, "", &t!(locale, "common-no-site-title"), &t!(locale, "common-no-site-body"))
}

fn locale(headers: &HeaderMap, offered: Vec<Locale>) -> Locale {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::negotiate(None, accepted, &offered, false)
}

/// The whole look; nothing else is loaded.
const STYLE: &str = "body{margin:0;min-height:100vh;display:grid;place-items:center;color-scheme:light dark;background:Canvas;color:CanvasText;\
font:16px/1.5 system-ui,sans-serif}main{max-width:30rem;padding:2rem}p{margin:.5rem 0;opacity:.75}h1{margin:.25rem 0;font-size:1.5rem;line-height:1.3}";
/// The style's hash, as the content security policy names it.
const POLICY: &str = "default-src 'none'; style-src 'sha256-ilLTKlzQ/l0or4yrm+dNEOzZvTKbIL5y3FaH1KMqaqc='; frame-ancestors 'none'";

fn page(locale: Locale, name: &str, title: &str, body: &str) -> Response {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let name = if name.is_empty() { String::new() } else { format!("<p>{}</p>", escape(name)) };
    let html = format!(
        "<!DOCTYPE html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>{STYLE}</style></head><body><main>{name}<h1>{title}</h1><p>{body}</p></main></body></html>",
        locale.tag(),
        locale.dir(),
        title = escape(title),
        body = escape(body)
    );
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::NOT_FOUND, headers, html).into_response()
}

#[cfg(test)]
mod tests {
    use super::{POLICY, STYLE};
    use base64::{Engine, engine::general_purpose::STANDARD};
    use sha2::{Digest, Sha256};

    #[test]
    fn the_policy_names_the_style() {
        let hash = STANDARD.encode(Sha256::digest(STYLE));
        assert!(POLICY.contains(&format!("'sha256-{hash}'")), "{hash}");
    }
}
