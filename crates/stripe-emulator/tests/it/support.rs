//! A client, a receiver of webhooks, and short ways to make things.

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use reqwest::{Client, Method, StatusCode, header::HeaderMap as Headers};
use serde_json::{Value, json};
use stripe_emulator::{Config, Emulator, WebhookTarget, signature_header};
use tokio::{net::TcpListener, sync::mpsc};

pub const KEY: &str = "sk_test_emulator";
pub const SECRET: &str = "whsec_test";

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: Headers,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {}", self.text))
    }

    #[track_caller]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json()
    }

    #[track_caller]
    pub fn error(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()["error"].clone()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// An emulator with a client.
pub struct Stripe {
    /// Runs as long as this lives; `None` when it is a process of its own.
    pub emulator: Option<Emulator>,
    pub url: String,
    pub http: Client,
}

impl Stripe {
    pub async fn start() -> Self {
        Self::with(Config::default()).await
    }

    pub async fn with(config: Config) -> Self {
        let emulator = Emulator::start(config).await.unwrap();
        let url = emulator.url().to_owned();
        Self { emulator: Some(emulator), url, http: client() }
    }

    pub async fn send(&self, method: Method, path: &str, params: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.url)).bearer_auth(KEY);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if method == Method::POST && !params.is_empty() {
            request = request.form(params);
        }
        answer(request).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], &[]).await
    }

    pub async fn post(&self, path: &str, params: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, path, params, &[]).await
    }

    pub async fn keyed(&self, path: &str, params: &[(&str, &str)], key: &str) -> Answer {
        self.send(Method::POST, path, params, &[("idempotency-key", key)]).await
    }

    /// A control request.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let request = self.http.post(format!("{}/_emulator{path}", self.url)).json(&body);
        answer(request).await.ok()
    }

    pub async fn stats(&self) -> Value {
        self.get("/_emulator/stats").await.ok()
    }

    /// An open session over 45 euros.
    pub async fn session(&self) -> Value {
        self.post("/v1/checkout/sessions", &session_params()).await.ok()
    }

    pub async fn pay(&self, session: &Value, body: Value) -> Value {
        self.control(&format!("/checkout/sessions/{}/pay", id(session)), body).await
    }

    /// A paid session's `PaymentIntent`, with its charge and transaction.
    pub async fn paid(&self) -> Value {
        let session = self.session().await;
        let paid = self.pay(&session, json!({})).await;
        assert_eq!(paid["outcome"], "paid");
        let path = format!("/v1/payment_intents/{}?expand[]=latest_charge.balance_transaction", paid["payment_intent"].as_str().unwrap());
        self.get(&path).await.ok()
    }

    /// The types of all events, oldest first.
    pub async fn event_types(&self) -> Vec<String> {
        let events = self.get("/_emulator/events").await.ok();
        events.as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
    }

    pub async fn settle(&self) {
        assert_eq!(self.control("/webhooks/settle", json!({})).await["settled"], true);
    }
}

pub fn client() -> Client {
    Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

pub async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer { status: response.status(), headers: response.headers().clone(), text: response.text().await.unwrap() }
}

pub fn id(object: &Value) -> &str {
    object["id"].as_str().unwrap()
}

pub fn session_params() -> Vec<(&'static str, &'static str)> {
    vec![
        ("mode", "payment"),
        ("success_url", "http://school.localhost/paid?session={CHECKOUT_SESSION_ID}"),
        ("cancel_url", "http://school.localhost/cancel"),
        ("client_reference_id", "order_1"),
        ("customer_email", "ana@example.com"),
        ("metadata[order]", "1"),
        ("payment_intent_data[metadata][order]", "1"),
        ("payment_intent_data[transfer_group]", "group_1"),
        ("line_items[0][price_data][currency]", "eur"),
        ("line_items[0][price_data][unit_amount]", "4500"),
        ("line_items[0][price_data][product_data][name]", "Spanish <1-on-1>"),
        ("line_items[0][quantity]", "1"),
    ]
}

/// `session_params` with one parameter changed; removed when `value` is empty.
pub fn session_with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut params: Vec<(&str, &str)> = session_params();
    params.retain(|(known, _)| *known != name);
    if !value.is_empty() {
        params.push((name, value));
    }
    params
}

/// Fails instead of waiting for ever.
pub async fn in_time<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(std::time::Duration::from_secs(20), work).await.unwrap()
}

/// A webhook as it arrived.
pub struct Received {
    pub signature: String,
    pub payload: String,
}

impl Received {
    pub fn event(&self) -> Value {
        serde_json::from_str(&self.payload).unwrap()
    }

    /// The signature's time, after checking the signature.
    pub fn checked(&self) -> i64 {
        let time = self.signature.strip_prefix("t=").unwrap().split(',').next().unwrap().parse().unwrap();
        assert_eq!(self.signature, signature_header(SECRET, time, &self.payload));
        time
    }
}

/// A server that takes webhooks and answers with the given statuses, the last
/// one for ever.
pub struct Receiver {
    pub url: String,
    pub inbox: mpsc::UnboundedReceiver<Received>,
}

impl Receiver {
    pub async fn start(statuses: &[u16]) -> Self {
        let (sender, inbox) = mpsc::unbounded_channel();
        let answers = std::sync::Arc::new(std::sync::Mutex::new(statuses.to_vec()));
        let take = move |State(sender): State<mpsc::UnboundedSender<Received>>, headers: HeaderMap, body: Bytes| async move {
            let signature = headers["stripe-signature"].to_str().unwrap().to_owned();
            let _ = sender.send(Received { signature, payload: String::from_utf8(body.to_vec()).unwrap() });
            let mut answers = answers.lock().unwrap();
            let status = if answers.len() > 1 { answers.remove(0) } else { answers[0] };
            axum::http::StatusCode::from_u16(status).unwrap()
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let app = Router::new().route("/hook", post(take)).with_state(sender);
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { url, inbox }
    }

    pub fn target(&self) -> WebhookTarget {
        WebhookTarget { url: self.url.clone(), secret: SECRET.to_owned() }
    }

    pub async fn next(&mut self) -> Received {
        in_time(self.inbox.recv()).await.unwrap()
    }
}
