//! What comes in from Stripe, in whatever order and however often.

use crate::till::{SECRET, Till};
use domain::payments::{self, WebhookRefused};
use jiff::SignedDuration;
use providers::stripe::{SignatureError, sign};
use serde_json::{Value, json};
use sqlx::PgPool;

async fn stored(till: &Till) -> i64 {
    let mut tx = till.school.owner.begin().await.unwrap();
    sqlx::query_scalar("SELECT count(*) FROM stripe_events").fetch_one(&mut *tx).await.unwrap()
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn often_at_once_and_backwards(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    let mut events = till.events().await;
    events.reverse();
    for round in 0..3 {
        let sends = events.iter().flat_map(|event| [event, event, event]).map(|event| till.deliver(event));
        futures::future::join_all(sends).await;
        if round == 1 {
            till.run_jobs().await;
        }
    }
    till.run_jobs().await;
    assert_eq!(till.booked().await, 1);
    assert_eq!(till.balances().await, Till::paid_once());
    assert_eq!(till.mails().len(), 2);
    assert_eq!(stored(&till).await, i64::try_from(events.len()).unwrap(), "each event once");
    let deliveries: i64 =
        sqlx::query_scalar("SELECT sum(deliveries)::bigint FROM stripe_events").fetch_one(&till.school.owner).await.unwrap();
    assert_eq!(deliveries, 9 * i64::try_from(events.len()).unwrap());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn strangers_and_replays_are_refused(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    let body = till.events().await.into_iter().find(|event| event["type"] == "checkout.session.completed").unwrap().to_string();
    let now = till.services().now();
    let refused = |header: String| {
        let body = body.clone();
        let services = till.services().clone();
        async move {
            match payments::receive(&services, body.as_bytes(), &header).await {
                Err(WebhookRefused::Signature(error)) => error,
                other => panic!("{other:?}"),
            }
        }
    };
    assert_eq!(refused(sign(body.as_bytes(), "whsec_guessed", now)).await, SignatureError::Wrong);
    assert_eq!(refused(sign(b"{}", SECRET, now)).await, SignatureError::Wrong);
    assert_eq!(refused(String::new()).await, SignatureError::Malformed);
    for away in [-301, 301] {
        let signed_at = now.checked_add(SignedDuration::from_secs(away)).unwrap();
        assert_eq!(refused(sign(body.as_bytes(), SECRET, signed_at)).await, SignatureError::Old, "{away}");
    }
    assert_eq!(stored(&till).await, 0, "nothing of it is kept");
    till.run_jobs().await;
    assert_eq!(till.booked().await, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_we_do_not_know_is_kept_and_left_alone(owner: PgPool) {
    let till = Till::new(owner).await;
    let nobody = "01980000-0000-7000-8000-000000000000";
    for (at, object) in [
        json!({ "id": "du_1", "metadata": {} }),
        json!({ "id": "acct_1" }),
        json!({ "id": "cs_1", "metadata": { "tenant": nobody, "payment": nobody } }),
        json!({ "id": "cs_2", "metadata": { "tenant": "no id", "payment": "none" } }),
        json!({ "id": "cs_3", "metadata": { "tenant": till.school.tenant.id.to_string(), "payment": nobody } }),
        json!({ "id": "re_1", "metadata": { "tenant": till.school.tenant.id.to_string(), "refund": nobody } }),
    ]
    .into_iter()
    .enumerate()
    {
        let kind = if object["id"].as_str().unwrap().starts_with("cs_") { "checkout.session.completed" } else { "refund.updated" };
        till.deliver(&json!({ "id": format!("evt_{at}"), "type": kind, "data": { "object": object } })).await;
    }
    assert_eq!(stored(&till).await, 6);
    assert_eq!(till.run_jobs().await.failed, 0);
    let body = b"not an event";
    let header = sign(body, SECRET, till.services().now());
    assert!(matches!(payments::receive(till.services(), body, &header).await, Err(WebhookRefused::Malformed)));
}

/// An event's content is not believed: it only says where to look.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_event_cannot_pay(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    let session = till.session(order).await;
    let payment = till.payment(order).await;
    let event = |session: &str| -> Value {
        json!({ "id": format!("evt_{session}"), "type": "checkout.session.completed", "data": { "object": {
            "id": session, "status": "complete", "payment_status": "paid",
            "metadata": { "tenant": till.school.tenant.id.to_string(), "order": order.to_string(), "payment": payment.to_string() } } } })
    };
    till.deliver(&event(&session)).await;
    till.run_jobs().await;
    assert_eq!(till.order_status(order).await, "pending");

    // A paid session of another order is no payment of this one.
    let rival = till.school.student("Rita Rival").await;
    let other = till.hold_as(&rival, "2026-11-17T11:00").await;
    payments::start_checkout(till.services(), &rival, other).await.unwrap();
    till.pay(other).await;
    let paid = till.session(other).await;
    assert!(payments::settle(till.services(), till.school.tenant.id, payment, Some(&paid)).await.is_ok(), "ours is known");
    assert_eq!(till.order_status(order).await, "pending");
    // As if we had never heard of its own.
    till.school.owner_sql("ALTER TABLE payments DISABLE TRIGGER payment_forward").await;
    till.school
        .owner_sql(&format!("UPDATE payments SET checkout_session = NULL, checkout_url = NULL, status = 'created' WHERE id = '{payment}'"))
        .await;
    till.school.owner_sql("ALTER TABLE payments ENABLE TRIGGER payment_forward").await;
    assert!(payments::settle(till.services(), till.school.tenant.id, payment, Some(&paid)).await.is_err());
    assert_eq!(till.order_status(order).await, "pending");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_dispute_is_counted_once(owner: PgPool) {
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    let counted = recorder.handle();
    let _here = metrics::set_default_local_recorder(&recorder);
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay_with(order, "4000000000000259").await;
    till.deliver_all().await;
    till.deliver_all().await;
    let counted = counted.render();
    assert!(counted.contains("\ndisputes_total 1\n"), "{counted}");
}
