//! Webhooks: signatures, repeats, modes, delivery on demand.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Value, json};
use stripe_emulator::{Config, SignatureClock};

use crate::support::*;

async fn with_receiver(statuses: &[u16]) -> (Stripe, Receiver) {
    let receiver = Receiver::start(statuses).await;
    let config = Config { webhooks: vec![receiver.target()], webhook_retry: Duration::from_millis(5), ..Config::default() };
    (Stripe::with(config).await, receiver)
}

fn count(mut receiver: Receiver) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    while let Ok(received) = receiver.inbox.try_recv() {
        *counts.entry(received.event()["id"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    counts
}

#[tokio::test]
async fn events_arrive_signed() {
    let (stripe, mut receiver) = with_receiver(&[200]).await;
    let intent = stripe.paid().await;
    let mut types = Vec::new();
    for _ in 0..4 {
        let hook = receiver.next().await;
        let now = stripe.get("/_emulator/clock").await.ok()["now"].as_i64().unwrap();
        assert!((now - hook.checked()).abs() < 60);
        let event = hook.event();
        if event["type"] == "charge.succeeded" {
            assert_eq!(event["data"]["object"]["payment_intent"], intent["id"]);
        }
        types.push(event["type"].as_str().unwrap().to_owned());
    }
    types.sort();
    assert_eq!(types, ["charge.succeeded", "checkout.session.completed", "payment_intent.created", "payment_intent.succeeded"]);
    stripe.settle().await;
    let event = stripe.get("/v1/events?type=charge.succeeded").await.ok();
    assert_eq!(event["data"][0]["pending_webhooks"], 0);
}

#[tokio::test]
async fn a_failed_delivery_is_repeated_until_it_works() {
    let (stripe, mut receiver) = with_receiver(&[500, 404, 302, 200]).await;
    stripe.post("/v1/customers", &[("name", "Ana")]).await.ok();
    let mut ids = Vec::new();
    for _ in 0..4 {
        ids.push(receiver.next().await.event()["id"].clone());
    }
    assert!(ids.iter().all(|id| *id == ids[0]));
    stripe.settle().await;
    let deliveries = stripe.get("/_emulator/webhooks/deliveries").await.ok();
    assert_eq!(deliveries[0]["status"], "delivered");
    let statuses: Vec<_> =
        deliveries[0]["attempts"].as_array().unwrap().iter().map(|attempt| attempt["status"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [500, 404, 302, 200]);
}

#[tokio::test]
async fn repeats_wait_longer_each_time() {
    let receiver = Receiver::start(&[500]).await;
    let config = Config { webhooks: vec![receiver.target()], webhook_retry: Duration::from_mins(1), ..Config::default() };
    let (stripe, mut receiver) = (Stripe::with(config).await, receiver);
    stripe.post("/v1/customers", &[("name", "Ana")]).await.ok();
    for wait in [60, 120, 240, 300, 300] {
        receiver.next().await;
        // The attempt is recorded once the receiver's answer is back.
        let delivery = in_time(async {
            loop {
                let row = stripe.get("/_emulator/webhooks/deliveries").await.ok()[0].clone();
                let last = row["attempts"].as_array().unwrap().last().map(|attempt| attempt["at_ms"].as_i64());
                if last.is_some_and(|at| row["next_attempt_ms"].as_i64() > at) {
                    return row;
                }
                tokio::task::yield_now().await;
            }
        })
        .await;
        let last = delivery["attempts"].as_array().unwrap().last().unwrap()["at_ms"].as_i64().unwrap();
        assert_eq!((delivery["next_attempt_ms"].as_i64().unwrap() - last + 500) / 1000, wait);
        stripe.control("/clock", json!({ "advance": wait + 1 })).await;
    }
}

#[tokio::test]
async fn held_events_are_delivered_on_demand_in_any_order() {
    let (stripe, mut receiver) = with_receiver(&[200]).await;
    stripe.control("/webhooks/mode", json!({ "mode": "hold" })).await;
    stripe.paid().await;
    stripe.settle().await;
    assert!(receiver.inbox.try_recv().is_err());
    assert_eq!(stripe.stats().await["deliveries"], json!({ "held": 4 }));

    let order = |attempts: &Value| {
        attempts["attempts"].as_array().unwrap().iter().map(|attempt| attempt["type"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let one = stripe.control("/webhooks/deliver", json!({ "times": 1, "max_times": 5, "seed": 3 })).await;
    assert_eq!(stripe.stats().await["deliveries"], json!({ "delivered": 4 }));
    let events: Vec<Value> =
        stripe.get("/_emulator/events").await.ok().as_array().unwrap().iter().map(|event| event["id"].clone()).collect();
    let again = stripe.control("/webhooks/deliver", json!({ "ids": events, "times": 1, "max_times": 5, "seed": 3 })).await;
    assert_eq!(order(&one), order(&again), "a seed repeats itself");
    assert_ne!(order(&one)[..4], stripe.event_types().await[..], "the order is shuffled");
    let counts = count(receiver);
    assert_eq!(counts.len(), 4);
    assert_eq!(counts.values().sum::<usize>(), order(&one).len() * 2);
}

#[tokio::test]
async fn duplicates_and_drops() {
    let (stripe, receiver) = with_receiver(&[200]).await;
    stripe.control("/webhooks/mode", json!({ "mode": "drop" })).await;
    stripe.paid().await;
    stripe.control("/webhooks/mode", json!({ "mode": "duplicate", "times": 3, "spread_ms": 30 })).await;
    stripe.paid().await;
    stripe.settle().await;
    let counts = count(receiver);
    assert_eq!(counts.values().copied().collect::<Vec<_>>(), [3, 3, 3, 3]);
    assert_eq!(stripe.stats().await["deliveries"], json!({ "dropped": 4, "delivered": 12 }));
}

#[tokio::test]
async fn endpoints_can_be_made_and_deleted() {
    let stripe = Stripe::start().await;
    let mut receiver = Receiver::start(&[200]).await;
    let params = [("url", receiver.url.as_str()), ("enabled_events[]", "customer.created")];
    let endpoint = stripe.post("/v1/webhook_endpoints", &params).await.ok();
    let secret = endpoint["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("whsec_"));
    let path = format!("/v1/webhook_endpoints/{}", id(&endpoint));
    assert_eq!(stripe.get(&path).await.ok()["secret"], json!(null), "shown once");
    assert_eq!(stripe.get("/v1/webhook_endpoints").await.ok()["data"][0]["secret"], json!(null));

    let customer = stripe.post("/v1/customers", &[("name", "Ana")]).await.ok();
    stripe.post(&format!("/v1/customers/{}", id(&customer)), &[("name", "Eva")]).await.ok();
    let hook = receiver.next().await;
    let time: i64 = hook.signature[2..].split(',').next().unwrap().parse().unwrap();
    assert_eq!(hook.signature, stripe_emulator::signature_header(&secret, time, &hook.payload));
    stripe.settle().await;
    assert!(receiver.inbox.try_recv().is_err(), "customer.updated was not asked for");

    assert_eq!(stripe.send(reqwest::Method::DELETE, &path, &[], &[]).await.ok()["deleted"], true);
    stripe.get(&path).await.error(404);
    stripe.post("/v1/customers", &[("name", "Ana")]).await.ok();
    stripe.settle().await;
    assert!(receiver.inbox.try_recv().is_err());
    stripe.post("/v1/webhook_endpoints", &[("url", "ftp://x"), ("enabled_events[]", "*")]).await.error(400);
}

#[tokio::test]
async fn signatures_follow_the_chosen_clock() {
    let (stripe, mut receiver) = with_receiver(&[200]).await;
    stripe.control("/clock", json!({ "advance": 86_400 })).await;
    stripe.post("/v1/customers", &[("name", "Ana")]).await.ok();
    let ahead = receiver.next().await.checked();
    stripe.control("/clock", json!({ "signatures": SignatureClock::Wall })).await;
    stripe.post("/v1/customers", &[("name", "Ana")]).await.ok();
    let wall = receiver.next().await.checked();
    assert!((86_000..87_000).contains(&(ahead - wall)));
}
