//! A trial is one per student and tutor.

use crate::harness::{Harness, Hours, london, refusal};
use domain::{
    Actor,
    booking::{Confirmation, Hold, cancel, cancellation_offer, hold},
};
use kernel::ids::{BookingId, OrderId, VariantId};
use sqlx::PgPool;

async fn at(h: &Harness, student: &Actor, variant_id: VariantId, hour: u32) -> domain::Result<OrderId> {
    hold(&h.services, student, Hold { variant_id, starts_at: london(&format!("2026-11-18T{hour}:00")) }).await
}

async fn cancel_now(h: &Harness, actor: &Actor, booking: BookingId) {
    let offer = cancellation_offer(&h.services, actor, booking).await.unwrap();
    cancel(&h.services, actor, booking, offer.refund.minor).await.unwrap();
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_trial_is_one_per_student_and_tutor(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (tess, otto) = (h.tutor("Tess Tutor", Hours::default()).await, h.tutor("Otto Other", Hours::default()).await);
    let trial = h.offering(&tess, "trial", &[(30, 500)]).await.variants[0];
    let lesson = h.offering(&tess, "one_on_one", &[(30, 2500)]).await.variants[0];
    let elsewhere = h.offering(&otto, "trial", &[(30, 500)]).await.variants[0];
    let (sam, olga) = (h.student("Sam Student").await, h.student("Olga Other").await);

    let first = at(&h, &sam, trial, 10).await.unwrap();
    assert_eq!(refusal(at(&h, &sam, trial, 11).await), "error-trial-used", "held");
    h.run_out(first).await;
    let second = at(&h, &sam, trial, 11).await.expect("a hold that ran out does not count");
    h.pay(second).await.unwrap();
    assert_eq!(refusal(at(&h, &sam, trial, 12).await), "error-trial-used", "booked");
    assert_eq!(h.pay(first).await.unwrap(), Confirmation::SlotTaken, "late money for a second trial goes back");
    assert_eq!(h.count("SELECT count(*) FROM claims WHERE active").await, 1, "and so does its time");
    assert_eq!(h.count("SELECT sum(amount_minor)::bigint FROM refunds").await, 500);

    at(&h, &sam, lesson, 13).await.expect("a lesson is no trial");
    at(&h, &sam, elsewhere, 10).await.expect("another tutor");
    at(&h, &olga, trial, 14).await.expect("another student");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_trial_comes_back_with_all_of_its_money(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let trial = h.offering(&tutor, "trial", &[(30, 500)]).await.variants[0];
    let sam = h.student("Sam Student").await;
    let (_, booking) = h.booked(&sam, trial, london("2026-11-18T10:00")).await;
    cancel_now(&h, &sam, booking).await;
    let (_, booking) = h.booked(&sam, trial, london("2026-11-18T10:00")).await;
    h.clock.set(london("2026-11-18T09:30"));
    cancel_now(&h, &tutor.actor, booking).await;
    let (_, booking) = h.booked(&sam, trial, london("2026-11-18T11:00")).await;
    cancel_now(&h, &sam, booking).await;
    assert_eq!(refusal(at(&h, &sam, trial, 12).await), "error-trial-used", "cancelled too late: it was had");
    let lesson = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let (_, booking) = h.booked(&sam, lesson, london("2026-11-20T11:00")).await;
    cancel_now(&h, &sam, booking).await;
    assert_eq!(refusal(at(&h, &sam, trial, 12).await), "error-trial-used", "that was no trial");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn two_trials_at_once_are_one(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let trial = h.offering(&tutor, "trial", &[(30, 500)]).await.variants[0];
    for round in 0..10 {
        let sam = h.student(&format!("Sam {round}")).await;
        let day = 18 + round;
        let on = |hour: u32| Hold { variant_id: trial, starts_at: london(&format!("2026-11-{day}T{hour}:00")) };
        let tries = futures::future::join_all((10..14).map(|hour| hold(&h.services, &sam, on(hour)))).await;
        let (mut held, refused): (Vec<_>, Vec<_>) = tries.into_iter().partition(Result::is_ok);
        assert_eq!(held.len(), 1);
        for refused in refused {
            assert_eq!(refusal(refused), "error-trial-used");
        }
        // Two trials that were both paid, one of them late: one is booked, one goes back.
        let first = held.pop().unwrap().unwrap();
        h.run_out(first).await;
        let second = hold(&h.services, &sam, on(15)).await.unwrap();
        let (a, b) = futures::join!(h.pay(first), h.pay(second));
        let booked = [a.unwrap(), b.unwrap()].iter().filter(|c| matches!(c, Confirmation::Confirmed { .. })).count();
        assert_eq!(booked, 1, "round {round}");
    }
    assert_eq!(h.count("SELECT count(*) FROM trials").await, 10);
    assert_eq!(h.count("SELECT count(*) FROM refunds").await, 10);
    assert_eq!(h.count("SELECT count(*) FROM claims WHERE active").await, 10);
}
