//! Refunds.

use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn refunds_never_exceed_the_charge() {
    let stripe = Stripe::start().await;
    let intent = stripe.paid().await;
    let refund = |amount: &'static str| {
        let intent = id(&intent).to_owned();
        let stripe = &stripe;
        async move { stripe.post("/v1/refunds", &[("payment_intent", &intent), ("amount", amount)]).await }
    };
    let part = refund("1500").await.ok();
    assert_eq!((&part["amount"], &part["status"]), (&json!(1500), &json!("succeeded")));
    let error = refund("3001").await.error(400);
    assert_eq!(error["message"], "Refund amount (€30.01) is greater than unrefunded amount on charge (€30.00)");
    assert_eq!(error["param"], "amount");
    for amount in ["0", "-5"] {
        assert_eq!(refund(amount).await.error(400)["code"], "parameter_invalid_integer");
    }
    let charge_path = format!("/v1/charges/{}", id(&intent["latest_charge"]));
    assert_eq!(stripe.get(&charge_path).await.ok()["refunded"], false);
    refund("3000").await.ok();
    let charge = stripe.get(&charge_path).await.ok();
    assert_eq!((&charge["amount_refunded"], &charge["refunded"]), (&json!(4500), &json!(true)));
    assert_eq!(refund("1").await.error(400)["code"], "charge_already_refunded");
    let stats = stripe.stats().await;
    assert_eq!(stats["refunds"], json!({ "count": 2, "amount": { "eur": 4500 } }));
    assert_eq!((&stats["fees"]["eur"], &stats["net"]["eur"]), (&json!(88), &json!(-88)), "the fee is not returned");
    let types = stripe.event_types().await;
    assert_eq!(types[4..], ["refund.created", "charge.refunded", "refund.created", "charge.refunded"]);
}

#[tokio::test]
async fn parallel_refunds_stay_within_the_charge() {
    let stripe = Stripe::start().await;
    let intent = stripe.paid().await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let request = stripe.http.post(format!("{}/v1/refunds", stripe.url)).bearer_auth(KEY);
        let request = request.form(&[("payment_intent", id(&intent)), ("amount", "1000")]);
        tasks.spawn(async move { answer(request).await.status.as_u16() });
    }
    let mut statuses = tasks.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [[200; 4].as_slice(), &[400; 8]].concat());
    assert_eq!(stripe.stats().await["refunds"]["amount"]["eur"], 4000);
}

#[tokio::test]
async fn a_refund_can_be_found_and_labelled() {
    let stripe = Stripe::start().await;
    let intent = stripe.paid().await;
    let charge = id(&intent["latest_charge"]);
    let params = [
        ("charge", charge),
        ("reason", "requested_by_customer"),
        ("metadata[booking]", "b1"),
        ("expand[]", "charge"),
        ("expand[]", "balance_transaction"),
    ];
    let refund = stripe.post("/v1/refunds", &params).await.ok();
    assert_eq!(
        (&refund["reason"], &refund["metadata"]["booking"], &refund["charge"]["refunded"]),
        (&json!("requested_by_customer"), &json!("b1"), &json!(true))
    );
    assert_eq!((&refund["balance_transaction"]["amount"], &refund["balance_transaction"]["fee"]), (&json!(-4500), &json!(0)));
    let changed = stripe.post(&format!("/v1/refunds/{}", id(&refund)), &[("metadata[more]", "1")]).await.ok();
    assert_eq!(changed["metadata"], json!({ "booking": "b1", "more": "1" }));
    assert_eq!(stripe.event_types().await.last().unwrap(), "refund.updated");
    for path in [
        format!("/v1/refunds?payment_intent={}", id(&intent)),
        format!("/v1/refunds?charge={charge}"),
        format!("/v1/charges/{charge}/refunds"),
    ] {
        assert_eq!(stripe.get(&path).await.ok()["data"], json!([changed]));
    }
}

#[tokio::test]
async fn only_a_successful_charge_can_be_refunded() {
    let stripe = Stripe::start().await;
    assert_eq!(stripe.post("/v1/refunds", &[]).await.error(400)["code"], "parameter_missing");
    assert_eq!(stripe.post("/v1/refunds", &[("payment_intent", "pi_none")]).await.error(400)["code"], "resource_missing");
    let session = stripe.session().await;
    let declined = stripe.pay(&session, json!({ "card": "4000000000000002" })).await;
    let intent = declined["payment_intent"].as_str().unwrap();
    assert!(
        stripe.post("/v1/refunds", &[("payment_intent", intent)]).await.error(400)["message"]
            .as_str()
            .unwrap()
            .contains("does not have a successful charge")
    );
    let charges = stripe.get(&format!("/v1/charges?payment_intent={intent}")).await.ok();
    stripe.post("/v1/refunds", &[("charge", id(&charges["data"][0]))]).await.error(400);
    let paid = stripe.paid().await;
    stripe.post("/v1/refunds", &[("payment_intent", id(&paid)), ("reason", "boredom")]).await.error(400);
}
