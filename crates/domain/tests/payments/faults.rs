//! Stripe fails, answers late, or answers and is not heard.

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
