//! Money goes back.

use super::canned::{SILENCE, answering, answering_and_noting, at_emulator, nothing, refused};
use crate::{harness::refusal, till::Till};
use domain::{
    booking, ledger, orders,
    payments::{self, RefundReason},
};
use kernel::{
    Currency, Money,
    ids::{OrderId, RefundId},
};
use serde_json::json;
use sqlx::PgPool;
use std::sync::Arc;

fn gbp(minor: i64) -> Money {
    Money::new(minor, Currency::Gbp)
}

async fn paid(till: &Till) -> OrderId {
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.deliver_all().await;
    order
}

async fn refund(till: &Till, order: OrderId, minor: i64) -> domain::Result<()> {
    let mut tx = till.school.tx().await;
    payments::request_refund(&mut tx, till.services(), order, gbp(minor), RefundReason::CancelledByAdmin).await?;
    tx.commit().await
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn all_of_it(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = paid(&till).await;
    refund(&till, order, 3233).await.unwrap();
    assert_eq!(till.order_status(order).await, "refunded", "from the promise on");
    assert_eq!(till.refunds().await.0, 0, "and outside the transaction");
    till.run_jobs().await;
    assert_eq!(till.text("SELECT status FROM refunds").await, "succeeded");
    assert_eq!(till.balances().await, Till::refunded_once());
    let last = till.services().mail.sent().pop().unwrap();
    assert_eq!(last.subject, "£32.33 from NORTHSIDE is on its way back to you");
    till.deliver_all().await;
    assert_eq!(till.balances().await, Till::refunded_once());
    assert_eq!(till.mails().len(), 3);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn in_parts_that_never_drift(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = paid(&till).await;
    for part in [1, 1000, 7] {
        refund(&till, order, part).await.unwrap();
        assert_eq!(till.order_status(order).await, "partly_refunded");
    }
    assert_eq!(refusal(refund(&till, order, 3233 - 1008 + 1).await), "error-refund-bound");
    refund(&till, order, 3233 - 1008).await.unwrap();
    assert_eq!(till.order_status(order).await, "refunded");
    assert_eq!(refusal(refund(&till, order, 1).await), "error-refund-bound");
    till.run_jobs().await;
    assert_eq!(till.balances().await, Till::refunded_once());
    assert_eq!(till.refunds().await.1, 3233);
    let mut tx = till.school.tx().await;
    assert!(ledger::sum_is_zero(&mut tx).await.unwrap());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn ten_at_once_never_give_more_than_was_taken(owner: PgPool) {
    let till = std::sync::Arc::new(Till::new(owner).await);
    let order = paid(&till).await;
    let tasks: Vec<_> = (0..10)
        .map(|_| {
            let till = std::sync::Arc::clone(&till);
            tokio::spawn(async move { refund(&till, order, 1000).await.is_ok() })
        })
        .collect();
    let mut given = 0;
    for task in tasks {
        given += i32::from(task.await.unwrap());
    }
    assert_eq!(given, 3);
    till.run_jobs().await;
    assert_eq!(till.refunds().await.1, 3000);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_answer_that_was_not_heard_is_no_second_refund(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = paid(&till).await;
    refund(&till, order, 3233).await.unwrap();
    till.control("/faults", json!({ "kind": "timeout_after_success", "method": "POST", "path": "/v1/refunds", "ms": 1 })).await;
    assert_eq!(till.run_jobs().await.failed, 1);
    assert_eq!(till.text("SELECT status FROM refunds").await, "requested");
    till.all_due().await;
    till.run_jobs().await;
    assert_eq!(till.text("SELECT status FROM refunds").await, "succeeded");
    assert_eq!(till.refunds().await.0, 1);
    assert_eq!(till.balances().await, Till::refunded_once());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_refund_that_fails_stays_owed(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    // Paid and disputed at once: Stripe refunds no disputed charge.
    till.pay_with(order, "4000000000000259").await;
    till.deliver_all().await;
    assert_eq!(till.order_status(order).await, "paid");
    refund(&till, order, 3233).await.unwrap();
    let promised = till.balances().await;
    till.run_jobs().await;
    assert_eq!(till.text("SELECT status || ' ' || failure FROM refunds").await, "failed charge_disputed");
    assert_eq!(till.order_status(order).await, "refunded");
    assert_eq!(till.balances().await, promised);
    assert!(promised.contains(&("refunds_payable".into(), -3233)), "{promised:?}");
    assert_eq!(refusal(refund(&till, order, 1).await), "error-refund-bound", "it is promised already");

    let waiting = orders::failed_refunds(till.services(), &till.school.admin).await.unwrap();
    let waiting: Vec<_> = waiting.iter().map(|one| (one.order, one.amount.minor, one.failure.as_str())).collect();
    assert_eq!(waiting, [(order, 3233, "charge_disputed")], "an admin is told");
    let shown = orders::admin_order(till.services(), &till.school.admin, order).await.unwrap();
    assert_eq!(shown.refunds[0].failure, "charge_disputed");
    assert!(shown.payment.is_some_and(|payment| payment.session.is_some() && payment.fee.is_some()));
    assert_eq!(refusal(orders::failed_refunds(till.services(), &till.student).await), "NotFound");
    let elsewhere = till.school.other_school().await.admin;
    assert_eq!(orders::failed_refunds(till.services(), &elsewhere).await.unwrap(), []);
}

async fn only_refund(till: &Till) -> RefundId {
    RefundId(till.text("SELECT id::text FROM refunds WHERE replaces IS NULL").await.parse().unwrap())
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_admin_sends_it_again(owner: PgPool) {
    let mut till = Till::new(owner).await;
    let order = paid(&till).await;
    refund(&till, order, 3233).await.unwrap();
    let id = only_refund(&till).await;
    let admin = till.school.admin.clone();
    assert_eq!(refusal(payments::send_again(till.services(), &admin, id).await), "error-refund-not-open");
    let emulator = till.worker.stripe.clone();
    till.worker.stripe = answering((200, nothing()), (400, refused("charge_disputed"))).await;
    till.run_jobs().await;
    assert_eq!(till.text("SELECT status FROM refunds").await, "failed");
    assert_eq!(refusal(payments::send_again(till.services(), &till.student, id).await), "NotFound");
    let elsewhere = till.school.other_school().await.admin;
    assert_eq!(refusal(payments::send_again(till.services(), &elsewhere, id).await), "NotFound");

    till.worker.stripe = emulator;
    let (one, two) = tokio::join!(payments::send_again(till.services(), &admin, id), payments::send_again(till.services(), &admin, id));
    assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1, "a double click sends once");
    assert_eq!(orders::failed_refunds(till.services(), &admin).await.unwrap(), []);
    till.run_jobs().await;
    assert_eq!(till.refunds().await, (1, 3233));
    assert_eq!(till.order_status(order).await, "refunded");
    assert_eq!(till.balances().await, Till::refunded_once());
    let shown = orders::admin_order(till.services(), &admin, order).await.unwrap();
    assert_eq!(shown.order.refunded, gbp(3233), "promised once");
    assert_eq!(shown.refunds.iter().map(|refund| refund.sent_again).collect::<Vec<_>>(), [true, false]);
    assert_eq!(orders::student_order(till.services(), &till.student, order).await.unwrap().refunds.len(), 1);
    assert_eq!(refusal(payments::send_again(till.services(), &admin, id).await), "error-refund-not-open");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_key_that_is_not_accepted_fails_no_refund(owner: PgPool) {
    let mut till = Till::new(owner).await;
    let order = paid(&till).await;
    refund(&till, order, 3233).await.unwrap();
    let emulator = till.worker.stripe.clone();
    let no = || refused("api_key_expired");
    for (get, post) in [((401, no()), (401, no())), ((200, nothing()), (401, no())), ((200, nothing()), (403, no()))] {
        till.worker.stripe = answering(get, post).await;
        till.all_due().await;
        assert_eq!(till.run_jobs().await.failed, 1);
        assert_eq!(till.text("SELECT status FROM refunds").await, "requested");
    }
    till.worker.stripe = emulator;
    till.all_due().await;
    till.run_jobs().await;
    assert_eq!(till.text("SELECT status FROM refunds").await, "succeeded");
    let id = only_refund(&till).await;
    for status in [400, 401, 404] {
        till.worker.stripe = answering((status, refused("testmode_charges_only")), (500, refused(""))).await;
        payments::pursue(&till.worker, till.school.tenant.id, id).await.unwrap_err();
        assert_eq!(till.text("SELECT status FROM refunds").await, "succeeded", "{status}");
    }
    assert_eq!(till.balances().await, Till::refunded_once());
}

/// Stripe would say for a day that there is too little, though the day's payments fill its balance.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_empty_balance_is_asked_anew(owner: PgPool) {
    let mut till = Till::new(owner).await;
    let order = paid(&till).await;
    refund(&till, order, 3233).await.unwrap();
    let id = only_refund(&till).await;
    let emulator = till.worker.stripe.clone();
    let keys = Arc::default();
    for (status, body) in [(400, refused("balance_insufficient")), (SILENCE, json!({})), (400, refused("balance_insufficient"))] {
        till.worker.stripe = answering_and_noting((200, nothing()), (status, body), Arc::clone(&keys)).await;
        payments::pursue(&till.worker, till.school.tenant.id, id).await.unwrap_err();
        assert_eq!(till.text("SELECT status FROM refunds").await, "requested");
    }
    assert_eq!(*keys.lock().unwrap(), [0, 1, 1].map(|attempt| format!("{id}:{attempt}")));
    till.worker.stripe = emulator;
    payments::pursue(&till.worker, till.school.tenant.id, id).await.unwrap();
    assert_eq!(till.text("SELECT status || ' ' || attempt FROM refunds").await, "succeeded 2");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_refund_that_stripe_made_and_failed_at_is_found(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = paid(&till).await;
    refund(&till, order, 3233).await.unwrap();
    till.control("/faults", json!({ "kind": "error500_kept", "method": "POST", "path": "/v1/refunds" })).await;
    assert_eq!(till.run_jobs().await.failed, 1);
    assert_eq!(till.text("SELECT status || ' ' || attempt FROM refunds").await, "requested 1", "the key is another");
    till.all_due().await;
    assert_eq!(till.run_jobs().await.failed, 0);
    assert_eq!(till.refunds().await, (1, 3233), "once");
    assert_eq!(till.balances().await, Till::refunded_once());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_a_bank_sends_back_is_owed_again_though_no_event_tells_of_it(owner: PgPool) {
    let mut till = Till::new(owner).await;
    let order = paid(&till).await;
    refund(&till, order, 3233).await.unwrap();
    let promised = till.balances().await;
    till.run_jobs().await;
    let mut made = at_emulator(&till, &format!("/v1/refunds/{}", till.text("SELECT provider_refund FROM refunds").await)).await;
    made["status"] = json!("failed");
    made["failure_reason"] = json!("lost_or_stolen_card");
    till.worker.stripe = answering((200, made), (500, refused(""))).await;
    for (settled, checked) in [("80 days", "23 hours"), ("91 days", "25 hours"), ("80 days", "25 hours")] {
        assert_eq!(till.text("SELECT status FROM refunds").await, "succeeded", "once a day, and for 90 days");
        till.school
            .owner_sql(&format!("UPDATE refunds SET settled_at = now() - interval '{settled}', checked_at = now() - interval '{checked}'"))
            .await;
        payments::sweep(&till.worker).await.unwrap();
    }
    assert_eq!(till.text("SELECT status || ' ' || failure FROM refunds").await, "failed lost_or_stolen_card");
    assert_eq!(till.balances().await, promised);
    assert_eq!(till.order_status(order).await, "refunded");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_the_bank_kept_rests_for_another_day(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = paid(&till).await;
    refund(&till, order, 3233).await.unwrap();
    till.run_jobs().await;
    till.school.owner_sql("UPDATE refunds SET checked_at = now() - interval '25 hours'").await;
    payments::sweep(&till.worker).await.unwrap();
    assert_eq!(
        till.school.count("SELECT count(*) FROM refunds WHERE status = 'succeeded' AND checked_at > now() - interval '1 minute'").await,
        1
    );
    assert_eq!(till.balances().await, Till::refunded_once());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_lost_job_is_found_by_the_sweeper(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = paid(&till).await;
    refund(&till, order, 3233).await.unwrap();
    sqlx::query("DELETE FROM graphile_worker._private_jobs").execute(&till.school.owner).await.unwrap();
    payments::sweep(&till.worker).await.unwrap();
    assert_eq!(till.text("SELECT status FROM refunds").await, "requested", "an hour's rest");
    till.school.owner_sql("UPDATE refunds SET checked_at = now() - interval '2 hours'").await;
    payments::sweep(&till.worker).await.unwrap();
    assert_eq!(till.text("SELECT status FROM refunds").await, "succeeded");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_cancelled_lesson_gives_back_by_its_policy(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = paid(&till).await;
    // 20 hours before the start: half.
    till.school.clock.set("2026-11-16T14:00:00Z".parse().unwrap());
    let booking = kernel::ids::BookingId(till.text("SELECT id::text FROM bookings").await.parse().unwrap());
    let offer = booking::cancellation_offer(till.services(), &till.student, booking).await.unwrap();
    assert_eq!(offer.refund, gbp(1617));
    booking::cancel(till.services(), &till.student, booking, offer.refund.minor).await.unwrap();
    till.run_jobs().await;
    assert_eq!(till.order_status(order).await, "partly_refunded");
    assert_eq!(till.refunds().await.1, 1617);
    let balances = till.balances().await;
    assert_eq!(balances.iter().map(|(_, minor)| minor).sum::<i64>(), 0);
    let cancelled = till.services().mail.sent().into_iter().filter(|mail| mail.calendar.as_ref().is_some_and(|c| c.method == "CANCEL"));
    assert_eq!(cancelled.count(), 2, "to both");
    assert_eq!(till.mails().len(), 5, "{:?}", till.mails());
}
