//! Every object parses as async-stripe's types.

use std::collections::HashMap;

use serde_json::json;
use stripe::{Client, ClientBuilder, IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData, CreateCheckoutSessionPaymentIntentData,
    ExpireCheckoutSession, ListCheckoutSession, ListLineItemsCheckoutSession, ProductData, RetrieveCheckoutSession,
};
use stripe_core::{
    balance_transaction::{ListBalanceTransaction, RetrieveBalanceTransaction},
    charge::{ListCharge, RetrieveCharge},
    customer::{CreateCustomer, ListCustomer, RetrieveCustomer, UpdateCustomer},
    payment_intent::{CancelPaymentIntent, CreatePaymentIntent, ListPaymentIntent, RetrievePaymentIntent},
    refund::{CreateRefund, CreateRefundReason, ListRefund, RetrieveRefund},
};
use stripe_shared::{
    ApiErrorsCode, Charge, CheckoutSession, CheckoutSessionMode, CheckoutSessionPaymentStatus, CheckoutSessionStatus, Dispute, Event,
    PaymentIntentStatus, PaymentMethod,
};
use stripe_types::Currency;

use crate::support::*;

fn client_of(stripe: &Stripe) -> Client {
    ClientBuilder::new(KEY).url(format!("{}/", stripe.url)).build().unwrap()
}

fn create(order: &str) -> CreateCheckoutSession {
    let mut price = CreateCheckoutSessionLineItemsPriceData::new(Currency::EUR);
    price.unit_amount = Some(4500);
    price.product_data = Some(ProductData::new("Spanish, 50 minutes"));
    let mut line = CreateCheckoutSessionLineItems::new();
    line.price_data = Some(price);
    line.quantity = Some(1);
    let mut intent = CreateCheckoutSessionPaymentIntentData::new();
    intent.metadata = Some(HashMap::from([("order".to_owned(), order.to_owned())]));
    intent.transfer_group = Some(format!("order_{order}"));
    CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Payment)
        .line_items(vec![line])
        .client_reference_id(order)
        .customer_email("ana@example.com")
        .payment_intent_data(intent)
        .metadata(HashMap::from([("order".to_owned(), order.to_owned())]))
        .success_url("http://school.localhost/paid?session={CHECKOUT_SESSION_ID}")
        .cancel_url("http://school.localhost/cancel")
}

async fn paid(stripe: &Stripe, client: &Client) -> CheckoutSession {
    let session = create("7").send(client).await.unwrap();
    stripe.control(&format!("/checkout/sessions/{}/pay", session.id), json!({})).await;
    RetrieveCheckoutSession::new(session.id)
        .expand(vec![
            "payment_intent.latest_charge.balance_transaction".to_owned(),
            "payment_intent.payment_method".to_owned(),
            "line_items".to_owned(),
            "customer".to_owned(),
        ])
        .send(client)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_session_is_made_paid_and_expanded() {
    let stripe = Stripe::start().await;
    let client = client_of(&stripe);
    let open = create("7").send(&client).await.unwrap();
    assert_eq!(open.status, Some(CheckoutSessionStatus::Open));
    assert_eq!((open.amount_total, open.currency), (Some(4500), Some(Currency::EUR)));
    assert!(open.url.unwrap().starts_with(&stripe.url));
    assert!(open.payment_intent.is_none());

    let session = paid(&stripe, &client).await;
    assert_eq!((session.status, session.payment_status), (Some(CheckoutSessionStatus::Complete), CheckoutSessionPaymentStatus::Paid));
    assert_eq!(session.line_items.unwrap().data[0].amount_total, 4500);
    let intent = session.payment_intent.unwrap().into_object().unwrap();
    assert_eq!(
        (intent.status, intent.metadata["order"].as_str(), intent.transfer_group.as_deref()),
        (PaymentIntentStatus::Succeeded, "7", Some("order_7"))
    );
    assert!(intent.payment_method.unwrap().is_object());
    let charge = intent.latest_charge.unwrap().into_object().unwrap();
    assert_eq!(charge.payment_method_details.unwrap().card.unwrap().last4.as_deref(), Some("4242"));
    let transaction = charge.balance_transaction.unwrap().into_object().unwrap();
    assert_eq!((transaction.amount, transaction.fee, transaction.net), (4500, 88, 4412));
}

#[tokio::test]
async fn refunds_parse_and_their_errors_too() {
    let stripe = Stripe::start().await;
    let client = client_of(&stripe);
    let intent = paid(&stripe, &client).await.payment_intent.unwrap().into_id();
    let create = || CreateRefund::new().payment_intent(intent.as_str()).amount(2000).reason(CreateRefundReason::RequestedByCustomer);
    let key = || RequestStrategy::Idempotent(IdempotencyKey::new("refund_1").unwrap());
    let refund = create().customize().request_strategy(key()).send(&client).await.unwrap();
    let again = create().customize().request_strategy(key()).send(&client).await.unwrap();
    assert_eq!((refund.id.clone(), refund.amount), (again.id, 2000));
    let expanded =
        RetrieveRefund::new(refund.id).expand(vec!["charge".to_owned(), "balance_transaction".to_owned()]).send(&client).await.unwrap();
    assert_eq!(expanded.balance_transaction.unwrap().into_object().unwrap().net, -2000);
    assert_eq!(expanded.charge.unwrap().into_object().unwrap().amount_refunded, 2000);
    let all = ListRefund::new().payment_intent(intent.as_str()).send(&client).await.unwrap();
    assert_eq!((all.data.len(), all.has_more), (1, false));
    match CreateRefund::new().payment_intent(intent.as_str()).amount(2501).send(&client).await {
        Err(StripeError::Stripe(error, 400)) => assert_eq!(error.param.as_deref(), Some("amount")),
        other => panic!("{other:?}"),
    }
    CreateRefund::new().payment_intent(intent.as_str()).send(&client).await.unwrap();
    match CreateRefund::new().payment_intent(intent.as_str()).send(&client).await {
        Err(StripeError::Stripe(error, 400)) => assert_eq!(error.code, Some(ApiErrorsCode::ChargeAlreadyRefunded)),
        other => panic!("{other:?}"),
    }
    match RetrieveRefund::new("re_none").send(&client).await {
        Err(StripeError::Stripe(error, 404)) => assert_eq!(error.code, Some(ApiErrorsCode::ResourceMissing)),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn sessions_expire_and_list() {
    let stripe = Stripe::start().await;
    let client = client_of(&stripe);
    let first = create("1").send(&client).await.unwrap();
    let second = create("2").send(&client).await.unwrap();
    let expired = ExpireCheckoutSession::new(first.id.clone()).send(&client).await.unwrap();
    assert_eq!((expired.status, expired.url), (Some(CheckoutSessionStatus::Expired), None));
    assert!(ExpireCheckoutSession::new(first.id.clone()).send(&client).await.is_err());
    let page = ListCheckoutSession::new().limit(1).send(&client).await.unwrap();
    assert_eq!((page.data[0].id.clone(), page.has_more), (second.id.clone(), true));
    let page = ListCheckoutSession::new().limit(1).starting_after(second.id.as_str()).send(&client).await.unwrap();
    assert_eq!((page.data[0].id.clone(), page.has_more), (first.id, false));
    let lines = ListLineItemsCheckoutSession::new(second.id).send(&client).await.unwrap();
    assert_eq!(lines.data[0].description.as_deref(), Some("Spanish, 50 minutes"));
}

#[tokio::test]
async fn charges_transactions_intents_and_customers_parse() {
    let stripe = Stripe::start().await;
    let client = client_of(&stripe);
    paid(&stripe, &client).await;
    let charges = ListCharge::new().send(&client).await.unwrap();
    let charge = RetrieveCharge::new(charges.data[0].id.clone()).expand(vec!["refunds".to_owned()]).send(&client).await.unwrap();
    assert!(charge.paid && charge.refunds.unwrap().data.is_empty());
    let rows = ListBalanceTransaction::new().send(&client).await.unwrap();
    let row = RetrieveBalanceTransaction::new(rows.data[0].id.clone()).expand(vec!["source".to_owned()]).send(&client).await.unwrap();
    assert_eq!(row.fee_details[0].amount, 88);
    let intents = ListPaymentIntent::new().send(&client).await.unwrap();
    RetrievePaymentIntent::new(intents.data[0].id.clone()).send(&client).await.unwrap();
    let made = CreatePaymentIntent::new(1000, Currency::USD).send(&client).await.unwrap();
    assert_eq!(CancelPaymentIntent::new(made.id).send(&client).await.unwrap().status, PaymentIntentStatus::Canceled);

    let customer = CreateCustomer::new().email("ana@example.com").name("Ana").send(&client).await.unwrap();
    UpdateCustomer::new(customer.id.clone()).name("Eva").send(&client).await.unwrap();
    RetrieveCustomer::new(customer.id).send(&client).await.unwrap();
    assert_eq!(ListCustomer::new().send(&client).await.unwrap().data[0].name.as_deref(), Some("Eva"));
}

#[tokio::test]
async fn declines_disputes_and_events_parse() {
    let stripe = Stripe::start().await;
    let client = client_of(&stripe);
    for card in ["4000000000000002", "4000002500003155", "4000000000000259"] {
        let session = create("9").send(&client).await.unwrap();
        let answer = stripe.control(&format!("/checkout/sessions/{}/pay", session.id), json!({ "card": card })).await;
        let intent = RetrievePaymentIntent::new(answer["payment_intent"].as_str().unwrap())
            .expand(vec!["latest_charge".to_owned()])
            .send(&client)
            .await
            .unwrap();
        assert_eq!(intent.last_payment_error.is_some(), card == "4000000000000002");
        assert_eq!(intent.next_action.is_some(), card == "4000002500003155");
    }
    let disputes = stripe.get("/v1/disputes?expand[]=data.charge").await.ok();
    let dispute: Dispute = serde_json::from_value(disputes["data"][0].clone()).unwrap();
    assert_eq!(dispute.balance_transactions.len(), 1);
    let intents = stripe.get("/v1/payment_intents?expand[]=data.payment_method").await.ok();
    let _: PaymentMethod = serde_json::from_value(intents["data"][0]["payment_method"].clone()).unwrap();
    for event in stripe.get("/_emulator/events").await.ok().as_array().unwrap() {
        let parsed: Event = serde_json::from_value(event.clone()).unwrap();
        assert_eq!(parsed.pending_webhooks, 0);
        let object = event["data"]["object"].clone();
        match event["type"].as_str().unwrap().split('.').next().unwrap() {
            "checkout" => drop(serde_json::from_value::<CheckoutSession>(object).unwrap()),
            "payment_intent" => drop(serde_json::from_value::<stripe_shared::PaymentIntent>(object).unwrap()),
            "charge" if object["object"] == "charge" => drop(serde_json::from_value::<Charge>(object).unwrap()),
            _ => drop(serde_json::from_value::<Dispute>(object).unwrap()),
        }
    }
}
