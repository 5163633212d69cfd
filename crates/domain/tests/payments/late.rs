//! The ten minutes end before the money comes.

use crate::{harness::refusal, till::Till};
use domain::payments::{self, Returned};
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_page_closes_with_the_hold(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.school.run_out(order).await;
    assert_eq!(refusal(payments::start_checkout(till.services(), &till.student, order).await), "error-hold-expired");
    till.all_due().await;
    assert_eq!(till.run_jobs().await.failed, 0);
    assert_eq!(till.order_status(order).await, "lapsed");
    assert_eq!(till.text("SELECT status FROM payments").await, "expired");
    assert_eq!(till.pay_with(order, "4242424242424242").await, "expired", "nobody can pay any more");
    assert_eq!(payments::return_from_checkout(till.services(), &till.student, order).await.unwrap(), Returned::Lapsed);
    till.deliver_all().await;
    assert_eq!(till.balances().await, []);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_page_left_by_a_crash_is_found_and_closed(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.hold_as(&till.student, "2026-11-17T10:00").await;
    // Stripe made the session, and we never learned of it.
    till.control(
        "/faults",
        serde_json::json!({ "kind": "timeout_after_success", "method": "POST", "path": "/v1/checkout/sessions", "ms": 1 }),
    )
    .await;
    payments::start_checkout(till.services(), &till.student, order).await.unwrap_err();
    assert_eq!(till.text("SELECT status FROM payments").await, "created");
    till.school.run_out(order).await;
    till.all_due().await;
    assert_eq!(till.run_jobs().await.failed, 0);
    assert_eq!(till.text("SELECT status FROM payments").await, "expired");
    assert_eq!(till.sessions().await, 1, "the one that was made");
    assert_eq!(till.session(order).await, till.made_session().await);
    assert_eq!(till.pay_with(order, "4242424242424242").await, "expired");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn paid_late_and_still_free(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.school.run_out(order).await;
    till.all_due().await;
    // The hold lapses, its job wants to close the page, and Stripe says that it was paid.
    till.run_jobs().await;
    assert_eq!(till.order_status(order).await, "paid");
    assert_eq!(till.booked().await, 1);
    till.deliver_all().await;
    assert_eq!(till.balances().await, Till::paid_once());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn paid_late_and_taken(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.school.run_out(order).await;
    let rival = till.school.student("Rita Rival").await;
    let second = till.hold_as(&rival, "2026-11-17T10:00").await;

    till.deliver_all().await;

    assert_eq!(till.order_status(order).await, "refunded");
    assert_eq!(till.order_status(second).await, "pending", "the rival keeps the slot");
    assert_eq!(till.booked().await, 0);
    assert_eq!(till.text("SELECT status || ' ' || reason || ' ' || amount_minor FROM refunds").await, "succeeded slot_taken 3233");
    assert_eq!(till.balances().await, Till::refunded_once());
    assert_eq!(till.refunds().await.1, 3233);
    assert_eq!(payments::return_from_checkout(till.services(), &till.student, order).await.unwrap(), Returned::NotBooked);
    let mails = till.services().mail.sent();
    assert_eq!(mails.len(), 1, "one mail says it all");
    assert!(mails[0].subject.starts_with("Refunded in full: Algebra"), "{}", mails[0].subject);
    assert!(mails[0].text.contains("£32.33"), "{}", mails[0].text);
    assert!(mails[0].text.contains("The next free times with Tom Tutor"), "{}", mails[0].text);
    // Everything again, late and twice.
    till.deliver_all().await;
    till.deliver_all().await;
    assert_eq!(till.balances().await, Till::refunded_once());
    assert_eq!(till.refunds().await.0, 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_hold_given_back_closes_its_page(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    domain::booking::give_up(till.services(), &till.student, order).await.unwrap();
    till.run_jobs().await;
    assert_eq!(till.text("SELECT status FROM payments").await, "expired");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_sweeper_closes_what_the_job_did_not(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.school.run_out(order).await;
    sqlx::query("DELETE FROM graphile_worker._private_jobs").execute(&till.school.owner).await.unwrap();
    till.school.owner_sql("UPDATE payments SET created_at = now() - interval '11 minutes'").await;
    payments::sweep(&till.worker).await.unwrap();
    assert_eq!(till.text("SELECT status FROM payments").await, "expired");
}
