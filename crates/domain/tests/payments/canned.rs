//! Answers that the emulator never gives.

use crate::till::Till;
use providers::stripe::{Stripe, StripeConfig};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// A refusal as Stripe words it.
pub fn refused(code: &str) -> Value {
    json!({ "error": { "type": "invalid_request_error", "code": code, "message": "No." } })
}

/// A list of nothing.
pub fn nothing() -> Value {
    json!({ "object": "list", "data": [], "has_more": false, "url": "/v1/refunds" })
}

/// The status of a server that hangs up instead of answering.
pub const SILENCE: u16 = 0;

/// A client of a server that answers every GET with `get` and every POST with `post`: status
/// and body.
pub async fn answering(get: (u16, Value), post: (u16, Value)) -> Arc<Stripe> {
    answering_and_noting(get, post, Arc::default()).await
}

/// The same; notes the idempotency keys that came.
pub async fn answering_and_noting(get: (u16, Value), post: (u16, Value), keys: Arc<Mutex<Vec<String>>>) -> Arc<Stripe> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut read = Vec::new();
            while !is_whole(&read) && stream.read_buf(&mut read).await.unwrap() > 0 {}
            let text = String::from_utf8_lossy(&read).into_owned();
            keys.lock().unwrap().extend(text.lines().find_map(|line| line.strip_prefix("idempotency-key: ")).map(str::to_owned));
            let (status, body) = if read.starts_with(b"GET") { &get } else { &post };
            if *status == SILENCE {
                continue;
            }
            let body = body.to_string();
            let head =
                format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n", body.len());
            stream.write_all(format!("{head}\r\n{body}").as_bytes()).await.unwrap();
        }
    });
    let config = StripeConfig { secret_key: "sk_test_canned".into(), api_base: Some(base), webhook_secrets: Vec::new() };
    Arc::new(Stripe::new(config).unwrap())
}

/// Whether a request's head and body are there.
fn is_whole(read: &[u8]) -> bool {
    let text = String::from_utf8_lossy(read).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    body.len() >= length.map_or(0, |length| length.trim().parse().unwrap())
}

/// What the emulator says about an object.
pub async fn at_emulator(till: &Till, path: &str) -> Value {
    let url = format!("{}{path}", till.emulator.url().trim_end_matches('/'));
    reqwest::Client::new().get(url).bearer_auth("sk_test_till").send().await.unwrap().json().await.unwrap()
}
