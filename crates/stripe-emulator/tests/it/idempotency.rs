//! Idempotency keys.

use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn the_same_request_is_answered_again() {
    let stripe = Stripe::start().await;
    let first = stripe.keyed("/v1/checkout/sessions", &session_params(), "key_1").await;
    assert_eq!(first.header("idempotent-replayed"), None);
    let mut turned = session_params();
    turned.reverse();
    let second = stripe.keyed("/v1/checkout/sessions", &turned, "key_1").await;
    assert_eq!(second.header("idempotent-replayed"), Some("true"));
    assert_eq!(second.header("original-request"), first.header("request-id"));
    assert_ne!(second.header("request-id"), first.header("request-id"));
    assert_eq!(first.text, second.text);
    let stats = stripe.stats().await;
    assert_eq!((&stats["sessions"]["open"], &stats["replays"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn a_key_stands_for_one_request() {
    let stripe = Stripe::start().await;
    stripe.keyed("/v1/customers", &[("name", "Ana")], "key_1").await.ok();
    let other = stripe.keyed("/v1/customers", &[("name", "Eva")], "key_1").await.error(400);
    assert_eq!(other["type"], "idempotency_error");
    let elsewhere = stripe.keyed("/v1/checkout/sessions", &session_params(), "key_1").await.error(400);
    assert!(elsewhere["message"].as_str().unwrap().contains("same endpoint"));
    // Another account's key of the same name has nothing to do with it.
    let request = stripe.http.post(format!("{}/v1/customers", stripe.url)).bearer_auth("sk_test_other").header("idempotency-key", "key_1");
    answer(request.form(&[("name", "Eva")])).await.ok();
}

#[tokio::test]
async fn keys_live_for_a_day() {
    let stripe = Stripe::start().await;
    let first = stripe.keyed("/v1/customers", &[("name", "Ana")], "key_1").await.ok();
    stripe.control("/clock", json!({ "advance": 24 * 3600 - 60 })).await;
    assert_eq!(id(&stripe.keyed("/v1/customers", &[("name", "Ana")], "key_1").await.ok()), id(&first));
    stripe.control("/clock", json!({ "advance": 60 })).await;
    assert_ne!(id(&stripe.keyed("/v1/customers", &[("name", "Ana")], "key_1").await.ok()), id(&first));
}

#[tokio::test]
async fn only_what_began_is_kept() {
    let stripe = Stripe::start().await;
    // A validation error is not kept: the corrected request may use the key.
    stripe.keyed("/v1/refunds", &[("amount", "x")], "key_1").await.error(400);
    let intent = stripe.paid().await;
    stripe.keyed("/v1/refunds", &[("payment_intent", id(&intent))], "key_1").await.ok();
    // An error that came from doing the work is kept.
    stripe.keyed("/v1/refunds", &[("payment_intent", id(&intent)), ("reason", "duplicate")], "key_2").await.error(400);
    let again = stripe.keyed("/v1/refunds", &[("payment_intent", id(&intent)), ("reason", "duplicate")], "key_2").await;
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.error(400)["code"], "charge_already_refunded");
}

#[tokio::test]
async fn a_key_in_use_is_a_conflict() {
    let stripe = Stripe::start().await;
    stripe.control("/faults", json!({ "kind": "slow", "path": "/v1/customers", "ms": 400 })).await;
    let slow = stripe.keyed("/v1/customers", &[("name", "Ana")], "key_1");
    let quick = async {
        // The fault is gone once the slow request holds its key.
        while stripe.get("/_emulator/faults").await.ok() != json!([]) {
            tokio::task::yield_now().await;
        }
        stripe.keyed("/v1/customers", &[("name", "Ana")], "key_1").await
    };
    let (slow, quick) = in_time(async { tokio::join!(slow, quick) }).await;
    assert_eq!(quick.header("stripe-should-retry"), Some("true"));
    assert_eq!(quick.error(409)["code"], "idempotency_key_in_use");
    let made = slow.ok();
    assert_eq!(id(&stripe.keyed("/v1/customers", &[("name", "Ana")], "key_1").await.ok()), id(&made));
}

#[tokio::test]
async fn get_ignores_keys() {
    let stripe = Stripe::start().await;
    let get = || stripe.send(reqwest::Method::GET, "/v1/customers", &[], &[("idempotency-key", "key_1")]);
    assert_eq!(get().await.ok()["data"], json!([]));
    stripe.post("/v1/customers", &[("name", "Ana")]).await.ok();
    assert_eq!(get().await.ok()["data"].as_array().unwrap().len(), 1);
}
