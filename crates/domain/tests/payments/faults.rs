//! Stripe fails, answers late, or answers and is not heard.

use super::canned::{answering, at_emulator, refused};
use crate::till::Till;
use domain::payments;
use kernel::AppError;
use serde_json::json;
use sqlx::PgPool;

const SESSIONS: &str = "/v1/checkout/sessions";

async fn unavailable(till: &Till, order: kernel::ids::OrderId) {
    let refused = payments::start_checkout(till.services(), &till.student, order).await.unwrap_err();
    assert!(matches!(&refused, domain::Error::App(AppError::Unavailable(key)) if key == "error-payment-down"), "{refused:?}");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_fault_leaves_the_hold_and_the_next_try_works(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.hold_as(&till.student, "2026-11-17T10:00").await;
    till.control("/faults", json!({ "kind": "error500", "method": "POST", "path": SESSIONS })).await;
    unavailable(&till, order).await;
    assert_eq!(till.order_status(order).await, "pending");
    till.checkout(order).await;
    till.pay(order).await;
    till.deliver_all().await;
    assert_eq!(till.balances().await, Till::paid_once());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_time_out_after_success_is_the_same_page(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.hold_as(&till.student, "2026-11-17T10:00").await;
    till.control("/faults", json!({ "kind": "timeout_after_success", "method": "POST", "path": SESSIONS, "ms": 1 })).await;
    unavailable(&till, order).await;
    till.checkout(order).await;
    assert_eq!(till.sessions().await, 1);
    till.pay(order).await;
    till.deliver_all().await;
    assert_eq!(till.balances().await, Till::paid_once());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_webhook_comes_before_we_know_the_session(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.hold_as(&till.student, "2026-11-17T10:00").await;
    till.control("/faults", json!({ "kind": "error500_after", "method": "POST", "path": SESSIONS })).await;
    unavailable(&till, order).await;
    assert_eq!(till.session(order).await, "");
    let made = till.made_session().await;
    till.control(&format!("/checkout/sessions/{made}/pay"), json!({})).await;
    till.deliver_all().await;
    assert_eq!(till.order_status(order).await, "paid");
    assert_eq!(till.session(order).await, made);
    assert_eq!(till.balances().await, Till::paid_once());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn settling_waits_for_stripe_to_come_back(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.control("/faults", json!({ "kind": "error500", "method": "GET", "path": "/v1/checkout/sessions/*", "times": 2 })).await;
    assert_eq!(payments::return_from_checkout(till.services(), &till.student, order).await.unwrap(), payments::Returned::Unknown);
    let ran = till.deliver_all().await;
    assert_eq!(ran.failed, 1, "the job keeps its event");
    assert_eq!(till.booked().await, 0);
    till.all_due().await;
    till.run_jobs().await;
    assert_eq!(till.booked().await, 1);
    assert_eq!(till.balances().await, Till::paid_once());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_fee_in_a_currency_of_nobodys_does_not_keep_the_lesson(owner: PgPool) {
    let mut till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    let session = till.session(order).await;
    let path = format!("/v1/checkout/sessions/{session}?expand[]=payment_intent.latest_charge.balance_transaction");
    let mut paid = at_emulator(&till, &path).await;
    paid["payment_intent"]["latest_charge"]["balance_transaction"]["currency"] = json!("isk");
    till.worker.stripe = answering((200, paid), (500, refused(""))).await;
    let settled = payments::settle(&till.worker, till.school.tenant.id, till.payment(order).await, None).await.unwrap();
    assert_eq!(settled, payments::Settled::Paid);
    assert_eq!(till.booked().await, 1);
    assert_eq!(till.text("SELECT fee_currency FROM payments").await, "");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_sweep_stops_when_stripe_does_not_answer_and_begins_elsewhere(owner: PgPool) {
    let till = Till::new(owner).await;
    let first = till.at_checkout().await;
    let second = till.hold_as(&till.student, "2026-11-17T12:00").await;
    till.checkout(second).await;
    till.pay(second).await;
    till.school.owner_sql("UPDATE payments SET created_at = now() - interval '2 minutes', checked_at = now() - interval '2 minutes'").await;
    till.school.owner_sql(&format!("UPDATE payments SET checked_at = now() - interval '3 minutes' WHERE order_id = '{first}'")).await;
    let broken = format!("{SESSIONS}/{}", till.session(first).await);
    till.control("/faults", json!({ "kind": "error500", "method": "GET", "path": broken, "times": 9 })).await;
    assert!(payments::sweep_tenant(&till.worker, till.school.tenant.id).await.is_err());
    assert_eq!(till.order_status(second).await, "pending", "nobody was asked any more");
    payments::sweep(&till.worker).await.unwrap();
    assert_eq!(till.order_status(second).await, "paid", "the one that fails comes last");
}
