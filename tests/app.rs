//! The production router in process: no browser, no socket; a cookie jar, a clock that stands,
//! captured mails.

use crate::harness::Harness;
use axum::{Router, body::Body};
use domain::{
    Actor,
    accounts::{Login, sessions::Device},
};
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use kernel::ids::TenantId;
use metrics_exporter_prometheus::PrometheusBuilder;
use sqlx::PgPool;
use std::{collections::BTreeMap, sync::Arc};
use tower::ServiceExt;
use web::Settings;
use wemaster::server::{AppState, router, start::leptos_options};

/// The password of everybody who signs in through a form.
pub const PASSWORD: &str = "copper window sparrow";

/// A school's server.
pub struct TestApp {
    /// Its database and services.
    pub school: Harness,
    router: Router,
}

/// An answer, read.
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as text.
    pub body: String,
    /// Body.
    pub bytes: bytes::Bytes,
}

impl Answer {
    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map(|to| to.to_str().unwrap()).unwrap_or_default()
    }
}

/// A browser: a host and its cookies.
pub struct Browser<'a> {
    app: &'a TestApp,
    host: String,
    cookies: BTreeMap<String, String>,
    /// Sent with every request, in place of what a browser would send.
    pub headers: Vec<(header::HeaderName, String)>,
}

impl TestApp {
    /// A server over the database of a `#[sqlx::test]`.
    pub async fn new(owner: PgPool) -> Self {
        Self::of(Harness::new(owner).await, "http://127.0.0.1:9")
    }

    /// A server for a school that exists already, whose payment page is at `payment_origin`.
    pub fn of(school: Harness, payment_origin: &str) -> Self {
        let state = AppState {
            services: school.services.clone(),
            leptos: leptos_options("target/site", "pkg"),
            settings: Arc::new(Settings {
                development: true,
                payment_origin: payment_origin.to_owned(),
                proxies: 1,
                package: "pkg/test".to_owned(),
            }),
            metrics_token: None,
            metrics: PrometheusBuilder::new().build_recorder().handle(),
        };
        Self { school, router: router(state) }
    }

    /// A browser on the school's site.
    pub fn browser(&self) -> Browser<'_> {
        self.browser_at(&format!("{}.localhost:3000", self.school.tenant.slug))
    }

    /// A browser on the school's site, at a network address.
    pub fn browser_from(&self, client: &str) -> Browser<'_> {
        let mut browser = self.browser();
        browser.headers.push((header::HeaderName::from_static("x-forwarded-for"), client.to_owned()));
        browser
    }

    /// A browser on any host.
    pub fn browser_at(&self, host: &str) -> Browser<'_> {
        Browser { app: self, host: host.to_owned(), cookies: BTreeMap::new(), headers: Vec::new() }
    }

    /// A browser in which `actor` is signed in.
    pub async fn signed_in(&self, actor: &Actor) -> Browser<'_> {
        let origin = self.school.services.tenants.origin(&actor.tenant);
        self.signed_in_at(actor, origin.split_once("://").unwrap().1).await
    }

    /// The same at one of the school's hosts.
    pub async fn signed_in_at(&self, actor: &Actor, host: &str) -> Browser<'_> {
        let mut browser = self.browser_at(host);
        let secret: [u8; 16] = self.school.services.rng.bytes();
        let member = actor.member.as_ref().unwrap();
        let epoch = sqlx::query_scalar("SELECT app.login_epoch($1)").bind(member.account.0).fetch_one(&self.school.owner).await.unwrap();
        let login = Login { member: member.id, epoch, by: None, verified: true };
        let data = serde_json::json!({ "member": login.member });
        let end = self.school.services.now() + jiff::SignedDuration::from_hours(24 * 30);
        domain::accounts::sessions::create(&self.school.services.db, actor.tenant.id, &secret, login, &data, end, &Device::default())
            .await
            .unwrap();
        let id = tower_sessions::session::Id(i128::from_le_bytes(secret));
        browser.cookies.insert("__Host-login".to_owned(), id.to_string());
        browser
    }
}

impl Browser<'_> {
    /// The cookies.
    pub fn cookies(&self) -> &BTreeMap<String, String> {
        &self.cookies
    }

    /// Takes a cookie over from elsewhere.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Opens an address.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[(header::ACCEPT, "text/html")], String::new()).await
    }

    /// Types the code that was sent to `email`.
    pub async fn confirm(&mut self, email: &str) -> Answer {
        let slug = self.host.split('.').next().filter(|label| !label.starts_with("localhost")).unwrap_or("platform");
        let tenant: uuid::Uuid =
            sqlx::query_scalar("SELECT id FROM tenants WHERE slug = $1").bind(slug).fetch_one(&self.app.school.owner).await.unwrap();
        let code = self.app.school.secret_for(TenantId(tenant), email).await;
        self.post("/api/accounts/confirm", &[("code", &code)]).await
    }

    /// Sends a native form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let origin = format!("http://{}", self.host);
        let headers =
            [(header::ACCEPT, "text/html"), (header::ORIGIN, &origin), (header::CONTENT_TYPE, "application/x-www-form-urlencoded")];
        self.send(Method::POST, path, &headers, body).await
    }

    /// Calls a server function as a script does.
    pub async fn call(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let origin = format!("http://{}", self.host);
        let headers =
            [(header::ACCEPT, "application/json"), (header::ORIGIN, &origin), (header::CONTENT_TYPE, "application/x-www-form-urlencoded")];
        self.send(Method::POST, path, &headers, body).await
    }

    /// Sends a file with a native form.
    pub async fn upload(&mut self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let head = format!("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
        let origin = format!("http://{}", self.host);
        let headers = [
            (header::ACCEPT, "text/html"),
            (header::ORIGIN, origin.as_str()),
            (header::CONTENT_TYPE, "multipart/form-data; boundary=edge"),
        ];
        self.send(Method::POST, path, &headers, body).await
    }

    /// Asks for the headers alone.
    pub async fn head(&mut self, path: &str) -> Answer {
        self.send(Method::HEAD, path, &[], String::new()).await
    }

    async fn send(&mut self, method: Method, path: &str, headers: &[(header::HeaderName, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, &self.host);
        for (name, value) in headers {
            if !self.headers.iter().any(|(own, _)| own == name) {
                request = request.header(name, *value);
            }
        }
        for (name, value) in self.headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(name, value);
        }
        if !self.cookies.is_empty() {
            let line = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
            request = request.header(header::COOKIE, line);
        }
        let response = self.app.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let (pair, attributes) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            assert!(web::cookie::ALL.iter().any(|cookie| cookie.name == name), "{name} is not on the page about cookies");
            // A browser refuses a `__Host-` cookie without these, and its removal too.
            assert!(!name.starts_with("__Host-") || attributes.contains("Secure") && attributes.contains("Path=/"), "{cookie:?}");
            if value.is_empty() || attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body, bytes }
    }
}
