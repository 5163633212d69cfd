//! Keys, versions, errors, addresses.

use reqwest::Method;
use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn a_request_needs_a_test_key() {
    let stripe = Stripe::start().await;
    let url = format!("{}/v1/balance", stripe.url);
    let error = answer(stripe.http.get(&url)).await.error(401);
    assert_eq!(error["type"], "invalid_request_error");
    for key in ["sk_live_123", "sk_test_", "nonsense"] {
        answer(stripe.http.get(&url).bearer_auth(key)).await.error(401);
    }
    answer(stripe.http.get(&url).bearer_auth("sk_test_x")).await.ok();
    answer(stripe.http.get(&url).basic_auth("sk_test_x", Some(""))).await.ok();
    answer(stripe.http.get(&url).basic_auth("sk_live_x", Some(""))).await.error(401);
}

#[tokio::test]
async fn one_key_can_be_the_only_one() {
    let stripe = Stripe::with(stripe_emulator::Config { api_key: Some("sk_test_only".to_owned()), ..Default::default() }).await;
    stripe.get("/v1/balance").await.error(401);
    answer(stripe.http.get(format!("{}/v1/balance", stripe.url)).bearer_auth("sk_test_only")).await.ok();
}

#[tokio::test]
async fn answers_carry_request_id_and_version() {
    let stripe = Stripe::start().await;
    let plain = stripe.get("/v1/balance").await;
    assert!(plain.header("request-id").unwrap().starts_with("req_"));
    assert_eq!(plain.header("stripe-version"), Some("2026-09-30.endive"));
    let pinned = stripe.send(Method::GET, "/v1/balance", &[], &[("stripe-version", "2025-09-30.clover")]).await;
    assert_eq!(pinned.header("stripe-version"), Some("2025-09-30.clover"));
    assert_ne!(pinned.header("request-id"), plain.header("request-id"));
    stripe.send(Method::GET, "/v1/balance", &[], &[("stripe-version", "latest")]).await.error(400);
}

#[tokio::test]
async fn what_is_not_there_is_404() {
    let stripe = Stripe::start().await;
    let error = stripe.get("/v1/charges/ch_none").await.error(404);
    assert_eq!(error["code"], "resource_missing");
    assert_eq!(error["message"], "No such charge: 'ch_none'");
    assert_eq!(error["param"], "id");
    for path in ["/v1/nothing", "/v2/core", "/elsewhere"] {
        assert_eq!(stripe.get(path).await.error(404)["type"], "invalid_request_error");
    }
    assert!(stripe.send(Method::DELETE, "/v1/charges", &[], &[]).await.error(404)["message"].as_str().unwrap().contains("DELETE"));
}

#[tokio::test]
async fn unknown_parameters_and_accounts_are_refused() {
    let stripe = Stripe::start().await;
    let error = stripe.post("/v1/customers", &[("emial", "a@b.c")]).await.error(400);
    assert_eq!((error["code"].as_str(), error["param"].as_str()), (Some("parameter_unknown"), Some("emial")));
    let error = stripe.send(Method::GET, "/v1/balance", &[], &[("stripe-account", "acct_1")]).await.error(403);
    assert_eq!(error["code"], "account_invalid");
}

#[tokio::test]
async fn customers_can_be_made_and_changed() {
    let stripe = Stripe::start().await;
    let made = stripe
        .post("/v1/customers", &[("email", "ana@example.com"), ("metadata[a]", "1"), ("metadata[b]", "2"), ("address[city]", "Lima")])
        .await
        .ok();
    assert_eq!(made["metadata"], json!({ "a": "1", "b": "2" }));
    assert_eq!(made["address"]["city"], "Lima");
    let path = format!("/v1/customers/{}", id(&made));
    let changed = stripe.post(&path, &[("name", "Ana"), ("metadata[a]", ""), ("metadata[c]", "3")]).await.ok();
    assert_eq!(changed["metadata"], json!({ "b": "2", "c": "3" }));
    assert_eq!(stripe.get(&path).await.ok(), changed);
    let found = stripe.get("/v1/customers?email=ana@example.com").await.ok();
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
    stripe.post("/v1/customers", &[("email", "nobody")]).await.error(400);
}

#[tokio::test]
async fn a_seed_repeats_ids() {
    let config = || stripe_emulator::Config { seed: Some(11), ..Default::default() };
    let (one, two) = (Stripe::with(config()).await, Stripe::with(config()).await);
    assert_eq!(id(&one.session().await), id(&two.session().await));
}
