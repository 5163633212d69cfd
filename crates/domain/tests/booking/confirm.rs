//! Money arrives: in time, late, twice, or for a slot that is gone.

use crate::harness::{Harness, Hours, Offering, Tutor, london};
use domain::{
    Actor,
    booking::{Confirmation, Hold, LapseHold, alternatives, give_up, hold, lapse_hold},
    orders,
};
use kernel::ids::{OrderId, VariantId};
use sqlx::PgPool;

struct Scene {
    h: Harness,
    tutor: Tutor,
    offering: Offering,
    student: Actor,
    other: Actor,
    variant: VariantId,
    order: OrderId,
}

/// A student's hold at ten, and another student who would like it.
async fn scene(pool: PgPool) -> Scene {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let offering = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await;
    let variant = offering.variants[0];
    let (student, other) = (h.student("Sam Student").await, h.student("Olga Other").await);
    let order = hold(&h.services, &student, Hold { variant_id: variant, starts_at: london("2026-11-17T10:00") }).await.unwrap();
    Scene { h, tutor, offering, student, other, variant, order }
}

impl Scene {
    async fn lapse(&self) {
        self.h.run_out(self.order).await;
        lapse_hold(&self.h.services, self.h.tenant.id, LapseHold { order_id: self.order }).await.unwrap();
    }

    async fn other_holds(&self) -> OrderId {
        hold(&self.h.services, &self.other, Hold { variant_id: self.variant, starts_at: london("2026-11-17T10:00") }).await.unwrap()
    }

    async fn money_is_back(&self) {
        let refunded = format!("SELECT coalesce(sum(amount_minor), 0)::bigint FROM refunds WHERE order_id = '{}'", self.order);
        assert_eq!(self.h.count(&refunded).await, 4000);
        assert_eq!(self.h.count(&format!("SELECT count(*) FROM bookings WHERE order_id = '{}'", self.order)).await, 0);
    }
}

fn is_new(confirmation: Confirmation) -> bool {
    matches!(confirmation, Confirmation::Confirmed { new: true, .. })
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn money_in_time_books_once_with_a_receipt(pool: PgPool) {
    let s = scene(pool).await;
    let Confirmation::Confirmed { booking, new: true } = s.h.pay(s.order).await.unwrap() else { panic!("not booked") };
    assert_eq!(s.h.pay(s.order).await.unwrap(), Confirmation::Confirmed { booking, new: false });
    let shown = orders::student_order(&s.h.services, &s.student, s.order).await.unwrap();
    assert_eq!((shown.order.status, shown.receipt.as_deref(), shown.booking), (orders::OrderStatus::Paid, Some("NO-R1"), Some(booking)));
    assert_eq!(s.h.count("SELECT count(*) FROM claims WHERE active AND expires_at IS NULL").await, 1);
    assert_eq!(s.h.count("SELECT count(*) FROM lessons WHERE wall_start = '2026-11-17 10:00' AND zone = 'Europe/London'").await, 1);
    let mails = s.h.jobs("send_mail").await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0]["booking"], booking.to_string());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn late_money_books_while_nobody_took_the_slot(pool: PgPool) {
    let s = scene(pool).await;
    s.h.run_out(s.order).await;
    assert!(is_new(s.h.pay(s.order).await.unwrap()), "ran out, but still held");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn late_money_books_a_lapsed_order_whose_slot_is_free(pool: PgPool) {
    let s = scene(pool).await;
    s.lapse().await;
    assert!(is_new(s.h.pay(s.order).await.unwrap()));
    assert_eq!(s.h.count("SELECT count(*) FROM claims WHERE active AND expires_at IS NULL").await, 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn money_for_an_order_given_up_books_while_the_slot_is_free(pool: PgPool) {
    let s = scene(pool).await;
    give_up(&s.h.services, &s.student, s.order).await.unwrap();
    assert!(is_new(s.h.pay(s.order).await.unwrap()));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn late_money_for_a_taken_slot_goes_back_for_good(pool: PgPool) {
    let s = scene(pool).await;
    s.h.run_out(s.order).await;
    let theirs = s.other_holds().await;
    assert_eq!(s.h.pay(s.order).await.unwrap(), Confirmation::SlotTaken);
    s.money_is_back().await;
    let instead = alternatives(&s.h.services, &s.student, s.order).await.unwrap();
    assert_eq!((instead.variant, instead.offering, instead.slots.len()), (Some(s.variant), s.offering.id, 6));
    assert_eq!((instead.tutor.id, instead.tutor_slug), (s.tutor.id, s.tutor.slug.clone()));
    assert!(instead.slots.iter().all(|slot| slot.start != london("2026-11-17T10:00")), "not the one that is taken");

    // The slot becomes free again, and the same event comes again.
    give_up(&s.h.services, &s.other, theirs).await.unwrap();
    assert_eq!(s.h.pay(s.order).await.unwrap(), Confirmation::SlotTaken);
    s.money_is_back().await;
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn late_money_is_stopped_by_a_hold_that_lives_but_not_by_one_that_ran_out(pool: PgPool) {
    let s = scene(pool).await;
    s.lapse().await;
    let theirs = s.other_holds().await;
    s.h.run_out(theirs).await;
    assert!(is_new(s.h.pay(s.order).await.unwrap()));
    assert_eq!(s.h.count(&format!("SELECT count(*) FROM orders WHERE id = '{theirs}' AND status = 'lapsed'")).await, 1);
    assert_eq!(s.h.pay(theirs).await.unwrap(), Confirmation::SlotTaken);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn late_money_goes_back_when_the_tutor_no_longer_teaches_then(pool: PgPool) {
    let s = scene(pool).await;
    s.lapse().await;
    s.h.sql("DELETE FROM availability_windows").await.unwrap();
    assert_eq!(s.h.pay(s.order).await.unwrap(), Confirmation::SlotTaken);
    s.money_is_back().await;
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn late_money_goes_back_when_the_lesson_would_have_begun(pool: PgPool) {
    let s = scene(pool).await;
    s.lapse().await;
    s.h.clock.set(london("2026-11-17T10:00"));
    assert_eq!(s.h.pay(s.order).await.unwrap(), Confirmation::SlotTaken);
    s.money_is_back().await;
}

/// Nobody could cancel it any more, so its money would be stuck.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn money_for_a_hold_whose_lesson_began_goes_back(pool: PgPool) {
    let s = scene(pool).await;
    s.h.clock.set(london("2026-11-17T10:00"));
    assert_eq!(s.h.pay(s.order).await.unwrap(), Confirmation::SlotTaken);
    s.money_is_back().await;
    assert_eq!(s.h.count("SELECT count(*) FROM claims WHERE active").await, 0, "the time is released");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn money_a_second_before_the_lesson_books_it(pool: PgPool) {
    let s = scene(pool).await;
    s.h.clock.set(london("2026-11-17T09:59:59"));
    assert!(is_new(s.h.pay(s.order).await.unwrap()));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn notice_and_horizon_do_not_stop_late_money(pool: PgPool) {
    let s = scene(pool).await;
    s.lapse().await;
    s.h.sql("UPDATE schedules SET notice_minutes = 20160, horizon_days = 1").await.unwrap();
    assert!(is_new(s.h.pay(s.order).await.unwrap()));
}
