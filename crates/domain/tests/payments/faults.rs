//! Stripe fails, answers late, or answers and is not heard.

use super::canned::{SILENCE, answering, answering_and_noting, at_emulator, refused};
use crate::till::Till;
use domain::payments;
use kernel::{AppError, ids::OrderId};
use providers::stripe::StripeError;
use serde_json::json;
use sqlx::PgPool;
use std::sync::Arc;

const SESSIONS: &str = "/v1/checkout/sessions";

async fn unavailable(till: &Till, order: OrderId) {
    let refused: AppError = payments::start_checkout(till.services(), &till.student, order).await.unwrap_err().into();
    assert!(matches!(&refused, AppError::Unavailable(key) if key == "error-payment-down"), "{refused:?}");
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

/// The balance transaction may be late; the fee is asked for until it is there, in the end hourly.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_fee_that_is_late_is_never_given_up(owner: PgPool) {
    let mut till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    let path = format!("/v1/checkout/sessions/{}?expand[]=payment_intent.latest_charge.balance_transaction", till.session(order).await);
    let mut without = at_emulator(&till, &path).await;
    without["payment_intent"]["latest_charge"]["balance_transaction"] = json!(null);
    let emulator = std::mem::replace(&mut till.worker.stripe, answering((200, without), (500, refused(""))).await);
    payments::settle(&till.worker, till.school.tenant.id, till.payment(order).await, None).await.unwrap();
    till.worker.stripe = emulator;
    for (paid, checked, fee) in [("30 seconds", "1 day", ""), ("3 days", "50 minutes", ""), ("3 days", "70 minutes", "68")] {
        till.school
            .owner_sql(&format!("UPDATE payments SET succeeded_at = now() - interval '{paid}', checked_at = now() - interval '{checked}'"))
            .await;
        payments::sweep(&till.worker).await.unwrap();
        assert_eq!(till.text("SELECT fee_minor::text FROM payments").await, fee, "paid {paid} ago, looked at {checked} ago");
    }
    assert_eq!(till.balances().await, Till::paid_once());
}

/// The student's orders of two hours, with their pages open; the sweeper looks at the first first.
async fn two_open(till: &Till) -> (OrderId, OrderId) {
    let first = till.at_checkout().await;
    let second = till.hold_as(&till.student, "2026-11-17T12:00").await;
    till.checkout(second).await;
    till.pay(second).await;
    till.school.owner_sql("UPDATE payments SET created_at = now() - interval '2 minutes', checked_at = now() - interval '2 minutes'").await;
    till.school.owner_sql(&format!("UPDATE payments SET checked_at = now() - interval '3 minutes' WHERE order_id = '{first}'")).await;
    (first, second)
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_sweep_stops_when_stripe_does_not_answer_and_begins_elsewhere(owner: PgPool) {
    let till = Till::new(owner).await;
    let (first, second) = two_open(&till).await;
    let silent = format!("{SESSIONS}/{}", till.session(first).await);
    till.control("/faults", json!({ "kind": "timeout_after_success", "method": "GET", "path": silent, "times": 9, "ms": 1 })).await;
    let stopped = payments::sweep_tenant(&till.worker, till.school.tenant.id).await;
    assert!(matches!(stopped, Err(domain::Error::Unreachable(_))), "{stopped:?}");
    assert_eq!(till.order_status(second).await, "pending", "nobody was asked any more");
    payments::sweep(&till.worker).await.unwrap();
    assert_eq!(till.order_status(second).await, "paid", "the one that fails comes last");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_sweep_passes_over_what_stripe_fails_at(owner: PgPool) {
    let till = Till::new(owner).await;
    let (first, second) = two_open(&till).await;
    let broken = format!("{SESSIONS}/{}", till.session(first).await);
    till.control("/faults", json!({ "kind": "error500", "method": "GET", "path": broken })).await;
    payments::sweep_tenant(&till.worker, till.school.tenant.id).await.unwrap();
    assert_eq!(till.order_status(second).await, "paid", "in the same sweep");
}

/// Each failure costs a call; three in a row are no accident. Refunds have their turn all the same.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_sweep_leaves_a_list_after_three_failures_in_a_row(owner: PgPool) {
    let till = Till::new(owner).await;
    let given_back = till.at_checkout().await;
    till.pay(given_back).await;
    till.deliver_all().await;
    let mut tx = till.school.tx().await;
    let price = kernel::Money::new(3233, kernel::Currency::Gbp);
    payments::request_refund(&mut tx, till.services(), given_back, price, payments::RefundReason::CancelledByAdmin).await.unwrap();
    tx.commit().await.unwrap();
    till.school.owner_sql("UPDATE refunds SET checked_at = now() - interval '2 hours'").await;
    let other = till.school.student("Olga Other").await;
    for (buyer, hour) in [(&till.student, 12), (&till.student, 13), (&till.student, 14), (&other, 15)] {
        let order = till.hold_as(buyer, &format!("2026-11-17T{hour}:00")).await;
        payments::start_checkout(till.services(), buyer, order).await.unwrap();
    }
    till.school.owner_sql("UPDATE payments SET created_at = now() - interval '2 minutes'").await;
    till.control("/faults", json!({ "kind": "error500", "method": "GET", "path": format!("{SESSIONS}/*"), "times": 4 })).await;
    payments::sweep_tenant(&till.worker, till.school.tenant.id).await.unwrap();
    let left = at_emulator(&till, "/_emulator/faults").await;
    assert_eq!(left[0]["times"], 1, "three looks: {left}");
    assert_eq!(till.text("SELECT status FROM refunds").await, "succeeded");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_fault_that_stripe_keeps_is_not_asked_for_again(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.hold_as(&till.student, "2026-11-17T10:00").await;
    till.control("/faults", json!({ "kind": "error500_kept", "method": "POST", "path": SESSIONS })).await;
    unavailable(&till, order).await;
    till.checkout(order).await;
    till.pay(order).await;
    till.deliver_all().await;
    assert_eq!(till.booked().await, 1);
    assert_eq!(till.balances().await, Till::paid_once());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_key_changes_once_stripe_answered_and_not_before(owner: PgPool) {
    let mut till = Till::new(owner).await;
    let order = till.hold_as(&till.student, "2026-11-17T10:00").await;
    let keys = Arc::default();
    let answers = [(SILENCE, 0), (401, 0), (429, 0), (502, 0), (200, 0), (500, 0), (400, 1), (SILENCE, 2), (503, 2), (SILENCE, 3)];
    for (status, _) in answers {
        // A proxy's page is no answer of Stripe's; nor is a success that cannot be read a reason to ask for a second one.
        let body = if matches!(status, 200 | 502) { json!("<html>") } else { refused("") };
        till.school.services.stripe = answering_and_noting((500, refused("")), (status, body), Arc::clone(&keys)).await;
        payments::start_checkout(till.services(), &till.student, order).await.unwrap_err();
    }
    let payment = till.payment(order).await;
    assert_eq!(*keys.lock().unwrap(), answers.map(|(_, attempt)| format!("{payment}:{attempt}")));
}

#[tokio::test]
async fn what_stripe_fails_in_is_told_apart() {
    let cases = [
        (200, json!({}), StripeError::Unreadable("error deserializing request data".into())),
        (502, json!("<html>"), StripeError::Unreachable("error deserializing Stripe error".into())),
        (500, refused("x"), StripeError::Faulty("status 500".into())),
        (429, refused("x"), StripeError::Unreachable("status 429".into())),
        (403, refused("x"), StripeError::Unreachable("status 403".into())),
        (401, refused("x"), StripeError::Unreachable("status 401".into())),
        (409, refused("x"), StripeError::Busy),
        (404, refused("x"), StripeError::NotFound),
        (400, refused("balance_insufficient"), StripeError::Refused("balance_insufficient".into())),
    ];
    for (status, body, expected) in cases {
        let stripe = answering((status, body), (500, refused(""))).await;
        assert_eq!(stripe.refund("re_1").await.unwrap_err(), expected, "{status}");
    }
}
