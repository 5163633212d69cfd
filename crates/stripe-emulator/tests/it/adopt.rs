//! Payments that were made elsewhere.

use serde_json::{Value, json};
use stripe::ClientBuilder;
use stripe_checkout::checkout_session::RetrieveCheckoutSession;
use stripe_core::refund::{CreateRefund, ListRefund};
use stripe_emulator::Config;

use crate::support::*;

/// A payment of 45 euros, of which 15 went back.
fn payment(name: &str) -> Value {
    json!({
        "session": format!("cs_test_{name}"),
        "intent": format!("pi_{name}"),
        "charge": format!("ch_{name}"),
        "balance_transaction": format!("txn_{name}"),
        "amount": 4500,
        "currency": "EUR",
        "fee": 95,
        "card": { "brand": "mastercard", "last4": "4444" },
        "reference": "order_1",
        "metadata": { "order": "order_1" },
        "created": 1_790_000_000,
        "refunds": [{ "id": format!("re_{name}"), "amount": 1500, "metadata": { "refund": "1" }, "created": 1_790_000_100 }],
    })
}

/// The one payment `a`.
pub fn payments() -> Value {
    json!([payment("a")])
}

async fn adopt(stripe: &Stripe, payments: Value) -> Answer {
    answer(stripe.http.post(format!("{}/_emulator/adopt", stripe.url)).json(&payments)).await
}

#[tokio::test]
async fn an_adopted_payment_is_one_of_its_own() {
    let stripe = Stripe::start().await;
    let payments: Vec<_> = serde_json::from_value(payments()).unwrap();
    assert_eq!(stripe.emulator.as_ref().unwrap().adopt(payments), Ok(1));
    let client = ClientBuilder::new(KEY).url(format!("{}/", stripe.url)).build().unwrap();
    let expand = ["payment_intent.latest_charge.balance_transaction", "payment_intent.payment_method", "line_items"];
    let session = RetrieveCheckoutSession::new("cs_test_a").expand(expand.map(str::to_owned).to_vec()).send(&client).await.unwrap();
    assert_eq!((session.amount_total, session.client_reference_id.as_deref()), (Some(4500), Some("order_1")));
    assert_eq!(session.metadata.unwrap()["order"], "order_1");
    let charge = stripe.get("/v1/charges/ch_a?expand[]=balance_transaction&expand[]=refunds").await.ok();
    assert_eq!((&charge["status"], &charge["amount_refunded"], &charge["refunded"]), (&json!("succeeded"), &json!(1500), &json!(false)));
    assert_eq!((&charge["created"], &charge["metadata"]["order"]), (&json!(1_790_000_000), &json!("order_1")));
    assert_eq!(charge["payment_method_details"]["card"]["last4"], "4444");
    let moved = &charge["balance_transaction"];
    assert_eq!(
        (&moved["id"], &moved["fee"], &moved["net"], &moved["status"]),
        (&json!("txn_a"), &json!(95), &json!(4405), &json!("available"))
    );
    assert_eq!(charge["refunds"]["data"][0]["metadata"]["refund"], "1");
    assert_eq!(stripe.stats().await["net"]["eur"], 4405 - 1500);
    let page = stripe.get("/c/pay/cs_test_a").await;
    assert_eq!(page.status, 200, "{}", page.text);

    let found = ListRefund::new().payment_intent("pi_a").send(&client).await.unwrap();
    assert_eq!((found.data.len(), found.data[0].amount), (1, 1500));
    let rest = CreateRefund::new().payment_intent("pi_a").amount(3000).send(&client).await.unwrap();
    assert_eq!(rest.status.as_deref(), Some("succeeded"));
    assert_eq!(stripe.get("/v1/charges/ch_a").await.ok()["refunded"], true);
}

#[tokio::test]
async fn no_more_goes_back_than_was_paid() {
    let stripe = Stripe::start().await;
    adopt(&stripe, payments()).await.ok();
    let error = stripe.post("/v1/refunds", &[("payment_intent", "pi_a"), ("amount", "3001")]).await.error(400);
    assert_eq!(error["param"], "amount");
    stripe.post("/v1/refunds", &[("payment_intent", "pi_a")]).await.ok();
    assert_eq!(stripe.post("/v1/refunds", &[("charge", "ch_a")]).await.error(400)["code"], "charge_already_refunded");
}

#[tokio::test]
async fn a_second_time_changes_nothing_and_nobody_is_told() {
    let mut receiver = Receiver::start(&[200]).await;
    let stripe = Stripe::with(Config { webhooks: vec![receiver.target()], ..Config::default() }).await;
    assert_eq!(adopt(&stripe, payments()).await.ok()["adopted"], 1);
    stripe.post("/v1/refunds", &[("payment_intent", "pi_a"), ("amount", "1000")]).await.ok();
    stripe.settle().await;
    let mut told = [receiver.next().await.event(), receiver.next().await.event()].map(|event| event["type"].as_str().unwrap().to_owned());
    told.sort();
    assert_eq!(told, ["charge.refunded", "refund.created"], "the first that anybody hears of");
    let charge = stripe.get("/v1/charges/ch_a").await.ok();
    assert_eq!(adopt(&stripe, json!([payment("a"), payment("b"), payment("b")])).await.ok()["adopted"], 1);
    assert_eq!(stripe.get("/v1/charges/ch_a").await.ok(), charge);
    assert_eq!(charge["amount_refunded"], 2500);
    assert_eq!(stripe.event_types().await, ["refund.created", "charge.refunded"]);
}

#[tokio::test]
async fn what_was_collected_here_is_known() {
    let stripe = Stripe::start().await;
    let intent = stripe.paid().await;
    let mut own = payment("a");
    own["intent"] = intent["id"].clone();
    assert_eq!(adopt(&stripe, json!([own])).await.ok()["adopted"], 0);
    stripe.get("/v1/charges/ch_a").await.error(404);
}

#[tokio::test]
async fn a_wrong_payment_spoils_them_all() {
    let stripe = Stripe::start().await;
    let wrong = [("intent", json!("ch_b")), ("currency", json!("euro")), ("amount", json!(1499)), ("amount", json!(0)), ("fee", json!(-1))];
    for (field, value) in wrong {
        let mut second = payment("b");
        second[field] = value;
        let error = adopt(&stripe, json!([payment("a"), second])).await.error(400);
        assert!(error["message"].as_str().unwrap().contains(": "), "{field}: {error}");
    }
    assert_eq!(stripe.stats().await["charges"]["succeeded"], 0);
}
