//! Faults and reset.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::*;

const CUSTOMERS: &str = "/v1/customers";

async fn customers(stripe: &Stripe) -> usize {
    stripe.get(CUSTOMERS).await.ok()["data"].as_array().unwrap().len()
}

#[tokio::test]
async fn an_error_before_the_work_does_nothing() {
    let stripe = Stripe::start().await;
    stripe.control("/faults", json!({ "kind": "error500", "method": "POST", "path": CUSTOMERS, "times": 2 })).await;
    for _ in 0..2 {
        assert_eq!(stripe.keyed(CUSTOMERS, &[("name", "Ana")], "key_1").await.error(500)["type"], "api_error");
    }
    assert_eq!(customers(&stripe).await, 0);
    stripe.keyed(CUSTOMERS, &[("name", "Ana")], "key_1").await.ok();
    assert_eq!(customers(&stripe).await, 1);
}

#[tokio::test]
async fn an_error_after_the_work_is_healed_by_a_repeat() {
    let stripe = Stripe::start().await;
    stripe.control("/faults", json!({ "kind": "error500_after", "path": CUSTOMERS })).await;
    stripe.keyed(CUSTOMERS, &[("name", "Ana")], "key_1").await.error(500);
    let again = stripe.keyed(CUSTOMERS, &[("name", "Ana")], "key_1").await;
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    again.ok();
    assert_eq!(customers(&stripe).await, 1);
}

#[tokio::test]
async fn a_kept_error_is_repeated() {
    let stripe = Stripe::start().await;
    stripe.control("/faults", json!({ "kind": "error500_kept", "path": "/v1/cust*" })).await;
    stripe.keyed(CUSTOMERS, &[("name", "Ana")], "key_1").await.error(500);
    stripe.keyed(CUSTOMERS, &[("name", "Ana")], "key_1").await.error(500);
    assert_eq!(customers(&stripe).await, 1, "the work was done nevertheless");
}

#[tokio::test]
async fn a_lost_answer_can_be_asked_for_again() {
    let stripe = Stripe::start().await;
    stripe.control("/faults", json!({ "kind": "timeout_after_success", "path": CUSTOMERS, "ms": 10 })).await;
    let lost = || {
        stripe
            .http
            .post(format!("{}{CUSTOMERS}", stripe.url))
            .bearer_auth(KEY)
            .header("idempotency-key", "key_1")
            .form(&[("name", "Ana")])
            .send()
    };
    assert!(lost().await.is_err(), "the connection closes without an answer");
    let again = stripe.keyed(CUSTOMERS, &[("name", "Ana")], "key_1").await;
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(customers(&stripe).await, 1);
}

#[tokio::test]
async fn a_client_with_a_time_out_gives_up_on_a_slow_answer() {
    let stripe = Stripe::start().await;
    stripe.control("/faults", json!({ "kind": "slow", "path": CUSTOMERS, "ms": 60_000 })).await;
    let request = stripe.http.get(format!("{}{CUSTOMERS}", stripe.url)).bearer_auth(KEY).timeout(Duration::from_millis(50));
    assert!(request.send().await.unwrap_err().is_timeout());
    assert_eq!(customers(&stripe).await, 0);
}

#[tokio::test]
async fn faults_can_be_listed_and_removed() {
    let stripe = Stripe::start().await;
    let one = stripe.control("/faults", json!({ "kind": "error500" })).await;
    stripe.control("/faults", json!({ "kind": "slow", "ms": 5 })).await;
    let delete = |url: String| async move { answer(client().delete(url)).await.ok() };
    assert_eq!(delete(format!("{}/_emulator/faults/{}", stripe.url, one["id"])).await["deleted"], true);
    assert_eq!(stripe.get("/_emulator/faults").await.ok()[0]["kind"], "slow");
    delete(format!("{}/_emulator/faults", stripe.url)).await;
    assert_eq!(stripe.get("/_emulator/faults").await.ok(), json!([]));
}

#[tokio::test]
async fn reset_forgets_everything() {
    let stripe = Stripe::start().await;
    stripe.paid().await;
    stripe.control("/clock", json!({ "advance": 500 })).await;
    stripe.control("/webhooks/mode", json!({ "mode": "hold" })).await;
    stripe.control("/reset", json!({})).await;
    let stats = stripe.stats().await;
    assert_eq!((&stats["sessions"], &stats["events"], &stats["charges"]["succeeded"]), (&json!({}), &json!({}), &json!(0)));
    assert_eq!(stripe.get("/_emulator/clock").await.ok()["offset_ms"], 0);
    assert_eq!(stripe.get("/_emulator/webhooks/mode").await.ok(), json!({ "mode": "normal" }));
    let list: Value = stripe.get("/v1/events").await.ok();
    assert_eq!(list["data"], json!([]));
}
