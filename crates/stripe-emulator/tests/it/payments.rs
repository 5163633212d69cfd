//! Paying, declining, challenging, disputing; and the balance.

use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn a_payment_makes_a_charge_a_fee_and_events() {
    let stripe = Stripe::start().await;
    let intent = stripe.paid().await;
    assert_eq!((&intent["status"], &intent["amount_received"]), (&json!("succeeded"), &json!(4500)));
    assert_eq!((&intent["metadata"]["order"], &intent["transfer_group"]), (&json!("1"), &json!("group_1")));
    let charge = &intent["latest_charge"];
    assert_eq!((&charge["paid"], &charge["amount_captured"], &charge["transfer_group"]), (&json!(true), &json!(4500), &json!("group_1")));
    let transaction = &charge["balance_transaction"];
    assert_eq!((&transaction["amount"], &transaction["fee"], &transaction["net"]), (&json!(4500), &json!(88), &json!(4412)));
    assert_eq!(
        stripe.event_types().await,
        ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"]
    );
    let events = stripe.get("/v1/events?type=checkout.session.completed").await.ok();
    let session = &events["data"][0]["data"]["object"];
    assert_eq!(
        (&session["status"], &session["payment_status"], &session["client_reference_id"]),
        (&json!("complete"), &json!("paid"), &json!("order_1"))
    );
    assert_eq!(
        (&session["customer_details"]["email"], &session["customer_details"]["name"]),
        (&json!("ana@example.com"), &json!("Test Payer"))
    );
    stripe.post(&format!("/v1/checkout/sessions/{}/expire", id(session)), &[]).await.error(400);
}

#[tokio::test]
async fn parallel_payments_of_a_session_charge_once() {
    let stripe = Stripe::start().await;
    let session = stripe.session().await;
    let tries = (0..24).map(|_| stripe.pay(&session, json!({})));
    let answers = join_all(tries).await;
    assert_eq!(answers.iter().filter(|answer| answer["outcome"] == "paid").count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer["outcome"] == "complete").count(), 23);
    assert_eq!(stripe.stats().await["charges"], json!({ "succeeded": 1, "failed": 0, "amount": { "eur": 4500 } }));
}

async fn join_all(tries: impl Iterator<Item = impl Future<Output = Value>>) -> Vec<Value> {
    let mut waiting: Vec<_> = tries.map(Box::pin).collect();
    let mut answers = Vec::new();
    std::future::poll_fn(|context| {
        waiting.retain_mut(|future| match future.as_mut().poll(context) {
            std::task::Poll::Ready(answer) => {
                answers.push(answer);
                false
            }
            std::task::Poll::Pending => true,
        });
        if waiting.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    answers
}

#[tokio::test]
async fn a_declined_card_leaves_the_session_open_for_another() {
    let stripe = Stripe::start().await;
    let session = stripe.session().await;
    let declined = stripe.pay(&session, json!({ "card": "4000000000009995" })).await;
    assert_eq!(
        (&declined["outcome"], &declined["code"], &declined["decline_code"]),
        (&json!("declined"), &json!("card_declined"), &json!("insufficient_funds"))
    );
    let path = format!("/v1/payment_intents/{}?expand[]=latest_charge", declined["payment_intent"].as_str().unwrap());
    let intent = stripe.get(&path).await.ok();
    assert_eq!(
        (&intent["status"], &intent["last_payment_error"]["decline_code"]),
        (&json!("requires_payment_method"), &json!("insufficient_funds"))
    );
    assert_eq!((&intent["latest_charge"]["status"], &intent["latest_charge"]["balance_transaction"]), (&json!("failed"), &json!(null)));
    assert_eq!(stripe.event_types().await[1..], ["charge.failed", "payment_intent.payment_failed"]);
    assert_eq!(stripe.pay(&session, json!({})).await["outcome"], "paid");
    let intent = stripe.get(&path).await.ok();
    assert_eq!((&intent["status"], &intent["last_payment_error"]), (&json!("succeeded"), &json!(null)));
    let stats = stripe.stats().await;
    assert_eq!((&stats["charges"]["succeeded"], &stats["charges"]["failed"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn three_d_secure_asks_first() {
    let stripe = Stripe::start().await;
    let card = "4000002500003155";
    let session = stripe.session().await;
    let asked = stripe.pay(&session, json!({ "card": card })).await;
    assert_eq!(asked["outcome"], "requires_action");
    assert_eq!(stripe.stats().await["charges"]["succeeded"], 0);
    let failed = stripe.pay(&session, json!({ "card": card, "three_d_secure": "fail" })).await;
    assert_eq!((&failed["outcome"], &failed["code"]), (&json!("declined"), &json!("payment_intent_authentication_failure")));
    assert_eq!(stripe.stats().await["charges"]["failed"], 0, "the network was never asked");
    assert_eq!(stripe.pay(&session, json!({ "card": card, "three_d_secure": "complete" })).await["outcome"], "paid");
    let types = stripe.event_types().await;
    assert_eq!(
        types[types.len() - 4..],
        ["payment_intent.requires_action", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"]
    );
}

#[tokio::test]
async fn a_disputed_card_pays_and_takes_it_back() {
    let stripe = Stripe::start().await;
    let session = stripe.session().await;
    let paid = stripe.pay(&session, json!({ "card": "4000000000000259" })).await;
    assert_eq!(paid["outcome"], "paid");
    let disputes = stripe.get(&format!("/v1/disputes?payment_intent={}", paid["payment_intent"].as_str().unwrap())).await.ok();
    let dispute = &disputes["data"][0];
    assert_eq!(
        (&dispute["amount"], &dispute["status"], &dispute["reason"]),
        (&json!(4500), &json!("needs_response"), &json!("fraudulent"))
    );
    let charge = stripe.get(&format!("/v1/charges/{}", dispute["charge"].as_str().unwrap())).await.ok();
    assert_eq!(charge["disputed"], true);
    let types = stripe.event_types().await;
    assert_eq!(types[types.len() - 2..], ["charge.dispute.created", "charge.dispute.funds_withdrawn"]);
    let refund = stripe.post("/v1/refunds", &[("charge", id(&charge))]).await.error(400);
    assert_eq!(refund["code"], "charge_disputed");
    assert_eq!(stripe.stats().await["net"]["eur"], 4412 - 4500 - 2000);
}

#[tokio::test]
async fn the_balance_becomes_available_in_two_days() {
    let stripe = Stripe::start().await;
    let intent = stripe.paid().await;
    let balance = stripe.get("/v1/balance").await.ok();
    assert_eq!((&balance["available"][0]["amount"], &balance["pending"][0]["amount"]), (&json!(0), &json!(4412)));
    stripe.control("/clock", json!({ "advance": 2 * 24 * 3600 })).await;
    let balance = stripe.get("/v1/balance").await.ok();
    assert_eq!((&balance["available"][0]["amount"], &balance["pending"][0]["amount"]), (&json!(4412), &json!(0)));
    let path = format!("/v1/balance_transactions/{}", id(&intent["latest_charge"]["balance_transaction"]));
    assert_eq!(stripe.get(&path).await.ok()["status"], "available");
}

#[tokio::test]
async fn payment_intents_can_be_confirmed_and_cancelled_without_a_session() {
    let stripe = Stripe::start().await;
    let create = [("amount", "1500"), ("currency", "JPY"), ("metadata[a]", "1")];
    let intent = stripe.post("/v1/payment_intents", &create).await.ok();
    assert_eq!((&intent["status"], &intent["currency"]), (&json!("requires_payment_method"), &json!("jpy")));
    let path = format!("/v1/payment_intents/{}", id(&intent));
    let declined = stripe.post(&format!("{path}/confirm"), &[("payment_method", "pm_card_chargeDeclined")]).await.error(402);
    assert_eq!((&declined["type"], &declined["payment_intent"]["id"]), (&json!("card_error"), &intent["id"]));
    assert_eq!(stripe.post(&format!("{path}/confirm"), &[("payment_method", "pm_card_visa")]).await.ok()["status"], "succeeded");
    assert_eq!(stripe.post(&format!("{path}/cancel"), &[]).await.error(400)["code"], "payment_intent_unexpected_state");

    let other = stripe.post("/v1/payment_intents", &create).await.ok();
    let cancel = format!("/v1/payment_intents/{}/cancel", id(&other));
    let cancelled = stripe.post(&cancel, &[("cancellation_reason", "abandoned")]).await.ok();
    assert_eq!((&cancelled["status"], &cancelled["cancellation_reason"]), (&json!("canceled"), &json!("abandoned")));
    stripe.post(&cancel, &[]).await.error(400);
    stripe.post("/v1/payment_intents", &[("amount", "49"), ("currency", "jpy")]).await.error(400);
    stripe.post("/v1/payment_intents", &[("amount", "5001"), ("currency", "kwd")]).await.error(400);
}

#[tokio::test]
async fn a_sessions_payment_intent_is_cancelled_by_expiring_the_session() {
    let stripe = Stripe::start().await;
    let session = stripe.session().await;
    let declined = stripe.pay(&session, json!({ "card": "4000000000000002" })).await;
    let path = format!("/v1/payment_intents/{}/cancel", declined["payment_intent"].as_str().unwrap());
    assert!(stripe.post(&path, &[]).await.error(400)["message"].as_str().unwrap().contains("Expire the Checkout Session"));
}

#[tokio::test]
async fn expand_follows_paths_and_refuses_nonsense() {
    let stripe = Stripe::start().await;
    let intent = stripe.paid().await;
    let sessions = stripe.get("/v1/checkout/sessions?expand[]=data.payment_intent.latest_charge").await.ok();
    assert_eq!(sessions["data"][0]["payment_intent"]["latest_charge"]["id"], intent["latest_charge"]["id"]);
    let charge = stripe.get(&format!("/v1/charges/{}?expand[]=refunds&expand[]=customer", id(&intent["latest_charge"]))).await.ok();
    assert_eq!((&charge["refunds"]["data"], &charge["customer"]), (&json!([]), &json!(null)));
    for path in ["amount", "nothing", "latest_charge.status"] {
        stripe.get(&format!("/v1/payment_intents/{}?expand[]={path}", id(&intent))).await.error(400);
    }
}
