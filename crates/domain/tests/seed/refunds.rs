//! The demo tenants' money is real to the emulator once it was told of it.

use super::{owner, signed_in};
use crate::till::Till;
use domain::{booking, ledger, payments, seed};
use kernel::ids::OrderId;
use serde_json::json;
use sqlx::PgPool;

/// What became of an order's refund, and what the emulator says of it.
async fn refund(till: &Till, order: OrderId) -> (String, i64) {
    let refund = format!("FROM refunds WHERE order_id = '{order}'");
    let status = till.text(&format!("SELECT status {refund}")).await;
    (status, till.school.count(&format!("SELECT amount_minor {refund}")).await)
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_upcoming_lesson_can_be_cancelled_and_its_money_goes_back(pool: PgPool) {
    let till = Till::new(pool).await;
    let (h, services) = (&till.school, till.services());
    seed::run_only(&owner(h).await, &services.hasher, services.now(), true, &h.tenant.slug).await.unwrap().unwrap();
    let student = signed_in(h, "student").await;
    let lesson = booking::student_upcoming(services, &student).await.unwrap().pop().unwrap();
    let paid = payments::for_emulator(services).await.unwrap();
    assert!(paid.iter().any(|payment| payment.reference == lesson.order.to_string()));

    let offer = booking::cancellation_offer(services, &student, lesson.id).await.unwrap();
    assert!(offer.refund.minor > 0, "in time");
    booking::cancel(services, &student, lesson.id, offer.refund.minor).await.unwrap();
    assert_eq!(till.run_jobs().await.failed, 1, "nobody told the emulator yet");
    assert_eq!(refund(&till, lesson.order).await, ("requested".to_owned(), offer.refund.minor));

    assert_eq!(till.control("/adopt", json!(paid)).await["adopted"], paid.len());
    let given = till.refunds().await;
    let made = h
        .count(
            "SELECT count(*) FROM refunds r JOIN order_lines l USING (tenant_id, order_id)
             WHERE r.status = 'succeeded' AND (l.ends_at > '2026-11-16T08:00Z' OR r.settled_at > timestamptz '2026-11-16T08:00Z' - interval '91 days')",
        )
        .await;
    assert_eq!(given.0, made, "what went back before is known");
    till.all_due().await;
    assert_eq!(till.run_jobs().await.failed, 0);
    assert_eq!(refund(&till, lesson.order).await, ("succeeded".to_owned(), offer.refund.minor));
    assert_eq!(till.refunds().await, (given.0 + 1, given.1 + offer.refund.minor));
    assert_eq!(till.deliver_all().await.failed, 0, "its events are about orders that we know");
    let mut tx = h.tx().await;
    assert!(ledger::sum_is_zero(&mut tx).await.unwrap());
    let left = till.control("/adopt", json!(payments::for_emulator(services).await.unwrap())).await;
    assert_eq!(left["adopted"], 0, "after a restart nothing is new");
}
