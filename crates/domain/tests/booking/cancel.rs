//! Cancelling, and what comes back.

use crate::harness::{Harness, Hours, Tutor, london, refusal};
use domain::{
    Actor,
    booking::{BookingStatus, Canceller, cancel, cancellation_offer, student_booking},
    orders::OrderStatus,
};
use jiff::{SignedDuration, Timestamp};
use kernel::ids::{BookingId, VariantId};
use sqlx::PgPool;

const HOUR: i64 = 3_600;

struct Scene {
    h: Harness,
    tutor: Tutor,
    student: Actor,
    variant: VariantId,
}

async fn scene(pool: PgPool) -> Scene {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4001)]).await.variants[0];
    let student = h.student("Sam Student").await;
    Scene { h, tutor, student, variant }
}

impl Scene {
    /// A paid lesson at ten on a day of November.
    async fn booked(&self, day: u32) -> (BookingId, Timestamp) {
        let starts_at = london(&format!("2026-11-{day}T10:00"));
        (self.h.booked(&self.student, self.variant, starts_at).await.1, starts_at)
    }
}

fn before(starts_at: Timestamp, seconds: i64) -> Timestamp {
    starts_at.checked_sub(SignedDuration::from_secs(seconds)).unwrap()
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_student_gets_what_the_policy_says_at_each_edge(pool: PgPool) {
    let s = scene(pool).await;
    // All until 24 hours before, half until 2 hours before, then nothing.
    for (day, left, refund, status) in [
        (18, 24 * HOUR, 4001, OrderStatus::Refunded),
        (19, 24 * HOUR - 1, 2001, OrderStatus::PartlyRefunded),
        (20, 2 * HOUR, 2001, OrderStatus::PartlyRefunded),
        (21, 2 * HOUR - 1, 0, OrderStatus::Paid),
        (22, 1, 0, OrderStatus::Paid),
    ] {
        let (booking, starts_at) = s.booked(day).await;
        s.h.clock.set(before(starts_at, left));
        let offer = cancellation_offer(&s.h.services, &s.student, booking).await.unwrap();
        assert_eq!((offer.by, offer.refund.minor, offer.deadlines.len()), (Canceller::Student, refund, 2), "{left} s before");
        cancel(&s.h.services, &s.student, booking, refund).await.unwrap();
        let shown = student_booking(&s.h.services, &s.student, booking).await.unwrap();
        assert_eq!((shown.booking.status, shown.order_status, shown.refunded.minor), (BookingStatus::Cancelled, status, refund));
        assert_eq!(shown.cancelled_by.unwrap().name, "Sam Student");
        assert!(!shown.can_cancel);
        assert_eq!(refusal(cancel(&s.h.services, &s.student, booking, refund).await), "error-booking-cancelled");
    }
    assert_eq!(s.h.count("SELECT count(*) FROM claims WHERE active").await, 0, "the tutor's time is free again");
    assert_eq!(s.h.count("SELECT count(*) FROM lessons WHERE status = 'cancelled' AND sequence = 1").await, 5);
    let mails = s.h.jobs("send_mail").await;
    assert_eq!(mails.iter().filter(|mail| mail["mailing"] == "booking_cancelled").count(), 5);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_policy_of_the_order_holds_whatever_the_school_decides_later(pool: PgPool) {
    let s = scene(pool).await;
    let (booking, starts_at) = s.booked(18).await;
    s.h.sql("UPDATE tenant_terms SET cancellation_policy = '{\"tiers\": []}'").await.unwrap();
    s.h.clock.set(before(starts_at, 25 * 3_600));
    assert_eq!(cancellation_offer(&s.h.services, &s.student, booking).await.unwrap().refund.minor, 4001);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_refund_that_changed_since_the_page_is_asked_again(pool: PgPool) {
    let s = scene(pool).await;
    let (booking, starts_at) = s.booked(18).await;
    s.h.clock.set(before(starts_at, 24 * 3_600));
    let offer = cancellation_offer(&s.h.services, &s.student, booking).await.unwrap();
    assert_eq!(offer.stands_until, before(starts_at, 24 * 3_600));
    s.h.clock.set(before(starts_at, 23 * 3_600));
    assert_eq!(refusal(cancel(&s.h.services, &s.student, booking, offer.refund.minor).await), "error-refund-changed");
    let shown = student_booking(&s.h.services, &s.student, booking).await.unwrap();
    assert_eq!(shown.booking.status, BookingStatus::Confirmed, "nothing happened");
    assert_eq!(s.h.count("SELECT count(*) FROM refunds").await, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_tutor_and_the_school_give_everything_back(pool: PgPool) {
    let s = scene(pool).await;
    for (day, actor, by) in [(18, &s.tutor.actor, Canceller::Tutor), (19, &s.h.admin, Canceller::Admin)] {
        let (booking, starts_at) = s.booked(day).await;
        s.h.clock.set(before(starts_at, 1));
        let offer = cancellation_offer(&s.h.services, actor, booking).await.unwrap();
        assert_eq!((offer.by, offer.refund.minor, offer.stands_until), (by, 4001, starts_at));
        cancel(&s.h.services, actor, booking, 4001).await.unwrap();
    }
    let reasons = "SELECT count(*) FROM refunds WHERE reason IN ('cancelled_by_tutor', 'cancelled_by_admin') AND amount_minor = 4001";
    assert_eq!(s.h.count(reasons).await, 2);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_lesson_that_has_begun_cannot_be_cancelled(pool: PgPool) {
    let s = scene(pool).await;
    let (booking, starts_at) = s.booked(18).await;
    s.h.clock.set(starts_at);
    for actor in [&s.student, &s.tutor.actor, &s.h.admin] {
        assert_eq!(refusal(cancellation_offer(&s.h.services, actor, booking).await), "error-lesson-started");
        assert_eq!(refusal(cancel(&s.h.services, actor, booking, 0).await), "error-lesson-started");
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn only_those_whose_lesson_it_is_may_cancel(pool: PgPool) {
    let s = scene(pool).await;
    let (booking, _) = s.booked(18).await;
    let other_student = s.h.student("Olga Other").await;
    let other_tutor = s.h.tutor("Otto Other", Hours::default()).await.actor;
    let elsewhere = s.h.other_school().await.admin;
    let anonymous = s.h.anonymous();
    for (actor, expected) in
        [(&anonymous, "Unauthenticated"), (&other_student, "NotFound"), (&other_tutor, "NotFound"), (&elsewhere, "NotFound")]
    {
        assert_eq!(refusal(cancellation_offer(&s.h.services, actor, booking).await), expected);
        assert_eq!(refusal(cancel(&s.h.services, actor, booking, 4001).await), expected);
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn two_who_cancel_at_once_give_back_once(pool: PgPool) {
    let s = scene(pool).await;
    for day in 18..28 {
        let (booking, _) = s.booked(day).await;
        let (a, b) = futures::join!(cancel(&s.h.services, &s.student, booking, 4001), cancel(&s.h.services, &s.tutor.actor, booking, 4001));
        assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|ok| **ok).count(), 1, "{a:?} {b:?}");
    }
    assert_eq!(s.h.count("SELECT count(*) FROM refunds").await, 10);
    assert_eq!(s.h.count("SELECT count(*) FROM lessons WHERE sequence = 1").await, 10);
}
