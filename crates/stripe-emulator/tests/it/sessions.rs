//! Checkout Sessions.

use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn a_session_is_what_was_asked_for() {
    let stripe = Stripe::start().await;
    let session = stripe.session().await;
    assert!(id(&session).starts_with("cs_test_"));
    assert_eq!(session["url"], format!("{}/c/pay/{}", stripe.url, id(&session)));
    assert_eq!(session["expires_at"].as_i64().unwrap() - session["created"].as_i64().unwrap(), 24 * 3600);
    for (field, value) in [
        ("status", json!("open")),
        ("payment_status", json!("unpaid")),
        ("amount_total", json!(4500)),
        ("currency", json!("eur")),
        ("client_reference_id", json!("order_1")),
        ("customer_email", json!("ana@example.com")),
        ("metadata", json!({ "order": "1" })),
        ("payment_intent", json!(null)),
    ] {
        assert_eq!(session[field], value, "{field}");
    }
    let path = format!("/v1/checkout/sessions/{}", id(&session));
    assert_eq!(stripe.get(&path).await.ok(), session);
    let lines = stripe.get(&format!("{path}/line_items")).await.ok();
    assert_eq!(lines["data"][0]["description"], "Spanish <1-on-1>");
    let expanded = stripe.get(&format!("{path}?expand[]=line_items.data.price.product")).await.ok();
    assert_eq!(expanded["line_items"]["data"][0]["price"]["product"]["name"], "Spanish <1-on-1>");
    let changed = stripe.post(&path, &[("metadata[more]", "2")]).await.ok();
    assert_eq!(changed["metadata"], json!({ "order": "1", "more": "2" }));
}

#[tokio::test]
async fn wrong_sessions_are_refused_with_the_parameter() {
    let stripe = Stripe::start().await;
    let now = stripe.get("/_emulator/clock").await.ok()["now"].as_i64().unwrap();
    let (soon, late) = ((now + 29 * 60).to_string(), (now + 24 * 3600 + 60).to_string());
    for (name, value, param) in [
        ("mode", "", "mode"),
        ("mode", "subscription", "mode"),
        ("success_url", "", "success_url"),
        ("success_url", "school.localhost", "success_url"),
        ("expires_at", &soon, "expires_at"),
        ("expires_at", &late, "expires_at"),
        ("customer_email", "ana", "customer_email"),
        ("locale", "tlh", "locale"),
        ("payment_method_types[0]", "sepa_debit", "payment_method_types"),
        ("line_items[0][quantity]", "0", "line_items[0][quantity]"),
        ("line_items[0][price_data][unit_amount]", "49", "line_items"),
        ("line_items[0][price_data][currency]", "eu", "line_items[0][price_data][currency]"),
        ("line_items[0][price_data][product_data][name]", "", "line_items[0][price_data][product_data]"),
        ("metadata[k2345678901234567890123456789012345678901]", "1", "metadata"),
        ("payment_intent_data[application_fee_amount]", "1", "payment_intent_data[application_fee_amount]"),
    ] {
        let error = stripe.post("/v1/checkout/sessions", &session_with(name, value)).await.error(400);
        assert_eq!(error["param"], param, "{name}={value}: {error}");
    }
    let mut mixed = session_params();
    mixed.extend([
        ("line_items[1][price_data][currency]", "usd"),
        ("line_items[1][price_data][unit_amount]", "100"),
        ("line_items[1][price_data][product_data][name]", "Book"),
        ("line_items[1][quantity]", "1"),
    ]);
    assert_eq!(stripe.post("/v1/checkout/sessions", &mixed).await.error(400)["param"], "line_items");
    assert_eq!(stripe.stats().await["sessions"], json!({}));
}

#[tokio::test]
async fn a_session_expires_at_its_time() {
    let stripe = Stripe::start().await;
    let now = stripe.get("/_emulator/clock").await.ok()["now"].as_i64().unwrap();
    let at = (now + 31 * 60).to_string();
    let session = stripe.post("/v1/checkout/sessions", &session_with("expires_at", &at)).await.ok();
    stripe.control("/clock", json!({ "advance": 30 * 60 })).await;
    let path = format!("/v1/checkout/sessions/{}", id(&session));
    assert_eq!(stripe.get(&path).await.ok()["status"], "open");
    stripe.control("/clock", json!({ "advance": 60 })).await;
    let expired = stripe.get(&path).await.ok();
    assert_eq!((&expired["status"], &expired["url"]), (&json!("expired"), &json!(null)));
    assert_eq!(stripe.pay(&session, json!({})).await["outcome"], "expired");
    assert_eq!(stripe.event_types().await, ["checkout.session.expired"]);
    assert_eq!(stripe.stats().await["charges"]["succeeded"], 0);
}

#[tokio::test]
async fn a_session_expires_by_itself_without_a_request() {
    let mut receiver = Receiver::start(&[200]).await;
    let stripe = Stripe::with(stripe_emulator::Config { webhooks: vec![receiver.target()], ..Default::default() }).await;
    let now = stripe.get("/_emulator/clock").await.ok()["now"].as_i64().unwrap();
    let at = (now + 1801).to_string();
    stripe.post("/v1/checkout/sessions", &session_with("expires_at", &at)).await.ok();
    stripe.control("/clock", json!({ "advance": 1800 })).await;
    assert_eq!(receiver.next().await.event()["type"], "checkout.session.expired");
}

#[tokio::test]
async fn an_open_session_can_be_expired_once() {
    let stripe = Stripe::start().await;
    let session = stripe.session().await;
    assert_eq!(stripe.pay(&session, json!({ "card": "4000000000000002" })).await["outcome"], "declined");
    let path = format!("/v1/checkout/sessions/{}/expire", id(&session));
    let expired = stripe.post(&path, &[]).await.ok();
    assert_eq!(expired["status"], "expired");
    let intent = stripe.get(&format!("/v1/payment_intents/{}", expired["payment_intent"].as_str().unwrap())).await.ok();
    assert_eq!(intent["status"], "canceled", "an abandoned PaymentIntent goes with its session");
    stripe.post(&path, &[]).await.error(400);
    let types = stripe.event_types().await;
    assert_eq!(types[types.len() - 2..], ["checkout.session.expired", "payment_intent.canceled"]);
}

#[tokio::test]
async fn a_session_can_name_or_make_a_customer() {
    let stripe = Stripe::start().await;
    let customer = stripe.post("/v1/customers", &[("email", "eva@example.com")]).await.ok();
    let mut params = session_with("customer_email", "");
    params.push(("customer", id(&customer)));
    let session = stripe.post("/v1/checkout/sessions", &params).await.ok();
    assert_eq!((&session["customer"], &session["customer_details"]["email"]), (&customer["id"], &json!("eva@example.com")));
    stripe.pay(&session, json!({})).await;
    assert_eq!(stripe.get(&format!("/v1/charges?customer={}", id(&customer))).await.ok()["data"].as_array().unwrap().len(), 1);
    let made = stripe.post("/v1/checkout/sessions", &session_with("customer_creation", "always")).await.ok();
    assert_eq!(stripe.get(&format!("/v1/customers/{}", made["customer"].as_str().unwrap())).await.ok()["email"], "ana@example.com");
    let missing = session_with("customer", "cus_none").into_iter().filter(|(name, _)| *name != "customer_email").collect::<Vec<_>>();
    assert_eq!(stripe.post("/v1/checkout/sessions", &missing).await.error(400)["code"], "resource_missing");
}
