//! Everybody at once.

use crate::harness::{Harness, Hours, london, refusal};
use domain::{
    Actor,
    booking::{Confirmation, Hold, LapseHold, give_up, hold, lapse_hold},
};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use kernel::ids::{OrderId, VariantId};
use sqlx::PgPool;
use std::collections::BTreeMap;

async fn students(h: &Harness, count: usize) -> Vec<Actor> {
    let mut students = Vec::new();
    for at in 0..count {
        students.push(h.student(&format!("Student {at}")).await);
    }
    students
}

/// How often each answer came; a success counts as `held`.
fn tally(answers: Vec<domain::Result<OrderId>>) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for answer in answers {
        let name = if answer.is_ok() { "held".to_owned() } else { refusal(answer) };
        *tally.entry(name).or_default() += 1;
    }
    tally
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn fifty_buyers_of_one_slot_are_one_hold(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant_id = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let students = students(&h, 50).await;
    for hour in [10, 12, 14] {
        let starts_at = london(&format!("2026-11-17T{hour}:00"));
        let answers = join_all(students.iter().map(|student| hold(&h.services, student, Hold { variant_id, starts_at }))).await;
        let expected = BTreeMap::from([("held".to_owned(), 1), ("error-slot-taken".to_owned(), 49)]);
        assert_eq!(tally(answers), expected);
    }
    assert_eq!(h.count("SELECT count(*) FROM claims WHERE active").await, 3);
    assert_eq!(h.count("SELECT max(number) - 1000 FROM orders").await, 3, "those who lost used no number");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn overlapping_slots_never_both_sell_and_nobody_deadlocks(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let forms = h.offering(&tutor, "one_on_one", &[(60, 4000), (90, 6000), (120, 8000)]).await.variants;
    let students = students(&h, 40).await;
    for round in 0..5 {
        // Holds that ran out all over the day, in everybody's way.
        for (at, student) in students.iter().take(6).enumerate() {
            let starts_at = after(&format!("2026-11-{}T09:00", 17 + round), 60 * i64::try_from(at).unwrap());
            if let Ok(order) = hold(&h.services, student, Hold { variant_id: forms[0], starts_at }).await {
                h.run_out(order).await;
            }
        }
        let wanted = students.iter().enumerate().map(|(at, student)| {
            let starts_at = after(&format!("2026-11-{}T09:00", 17 + round), 30 * i64::try_from(at % 12).unwrap());
            hold(&h.services, student, Hold { variant_id: forms[at % 3], starts_at })
        });
        let answers = tally(join_all(wanted).await);
        let known = ["held", "error-slot-taken", "error-too-many-holds", "error-slot-yours"];
        assert!(answers.keys().all(|name| known.contains(&name.as_str())), "{answers:?}");
        assert!(answers["held"] >= 1);
    }
    let overlaps = "SELECT count(*) FROM claims a JOIN claims b ON a.tutor_id = b.tutor_id AND a.id < b.id AND a.during && b.during
                    WHERE a.active AND b.active";
    assert_eq!(h.count(overlaps).await, 0);
    assert_eq!(h.count("SELECT count(*) FROM orders o WHERE status = 'pending' AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.order_id = o.id AND c.active)").await, 0);
}

fn after(wall: &str, minutes: i64) -> Timestamp {
    london(wall).checked_add(SignedDuration::from_mins(minutes)).unwrap()
}

/// Around the end of a hold its money arrives (twice), its lapse is due and somebody else wants
/// the slot, all at the same time. The buyer ends with the lesson or with all of the money.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn around_the_end_of_a_hold_it_is_the_lesson_or_the_money(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant_id = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let (sam, olga) = (h.student("Sam Student").await, h.student("Olga Other").await);
    let (mut lessons, mut refunds) = (0, 0);
    for round in 0..100_u32 {
        let wanted = Hold { variant_id, starts_at: slot(round) };
        let order = hold(&h.services, &sam, wanted).await.unwrap();
        h.run_out_in(order, round % 5 * 2).await;
        let lapse = || lapse_hold(&h.services, h.tenant.id, LapseHold { order_id: order });
        let (first, lapsed, theirs, second) = match round % 3 {
            0 => futures::join!(h.pay(order), lapse(), hold(&h.services, &olga, wanted), h.pay(order)),
            1 => {
                let (theirs, first, lapsed, second) = futures::join!(hold(&h.services, &olga, wanted), h.pay(order), lapse(), h.pay(order));
                (first, lapsed, theirs, second)
            }
            _ => {
                let (lapsed, theirs, second, first) = futures::join!(lapse(), hold(&h.services, &olga, wanted), h.pay(order), h.pay(order));
                (first, lapsed, theirs, second)
            }
        };
        lapsed.unwrap();
        let (first, second) = (first.unwrap(), second.unwrap());
        assert_eq!(is_booked(first), is_booked(second), "round {round}: both say the same");
        let booked = h.count(&format!("SELECT count(*) FROM bookings WHERE order_id = '{order}'")).await;
        let refunded = h.count(&format!("SELECT coalesce(sum(amount_minor), 0)::bigint FROM refunds WHERE order_id = '{order}'")).await;
        let active = h.count(&format!("SELECT count(*) FROM claims WHERE active AND starts_at = '{}'", wanted.starts_at)).await;
        assert_eq!(active, 1, "round {round}: somebody has the slot");
        if is_booked(first) {
            assert_eq!((booked, refunded), (1, 0), "round {round}");
            assert_eq!(refusal(theirs), "error-slot-taken", "round {round}");
            lessons += 1;
        } else {
            assert_eq!((booked, refunded), (0, 4000), "round {round}");
            give_up(&h.services, &olga, theirs.expect("who took the slot has it")).await.unwrap();
            refunds += 1;
        }
    }
    assert_eq!(lessons + refunds, 100);
    assert!(lessons > 0 && refunds > 0, "both ways were met: {lessons} lessons, {refunds} refunds");
}

fn is_booked(confirmation: Confirmation) -> bool {
    matches!(confirmation, Confirmation::Confirmed { .. })
}

/// Eight slots a day from Tuesday on.
fn slot(round: u32) -> Timestamp {
    after("2026-11-17T09:00", i64::from(round / 8) * 24 * 60 + i64::from(round % 8) * 60)
}

/// Late money of several buyers of the same slot, and one who comes fresh.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn late_money_of_many_for_one_slot_books_one(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant_id: VariantId = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let students = students(&h, 8).await;
    for round in 0..6 {
        let wanted = Hold { variant_id, starts_at: slot(round) };
        let mut orders = Vec::new();
        for student in &students {
            let order = hold(&h.services, student, wanted).await.unwrap();
            h.run_out(order).await;
            orders.push(order);
        }
        let answers = join_all(orders.iter().map(|order| h.pay(*order))).await;
        let booked = answers.into_iter().filter(|answer| is_booked(*answer.as_ref().unwrap())).count();
        assert_eq!(booked, 1, "round {round}");
    }
    assert_eq!(h.count("SELECT count(*) FROM bookings").await, 6);
    assert_eq!(h.count("SELECT count(*) FROM refunds").await, 42);
    assert_eq!(h.count("SELECT count(*) FROM orders WHERE status = 'pending'").await, 0);
}

/// One student and eight tutors, all at the same hour.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_student_who_wants_eight_lessons_at_once_gets_one(pool: PgPool) {
    let h = Harness::new(pool).await;
    let mut variants = Vec::new();
    for at in 0..8 {
        let tutor = h.tutor(&format!("Tutor {at}"), Hours::default()).await;
        variants.push(h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0]);
    }
    let student = h.student("Sam Student").await;
    for round in 0..6 {
        let starts_at = slot(round);
        let answers =
            join_all(variants.iter().map(|variant_id| hold(&h.services, &student, Hold { variant_id: *variant_id, starts_at }))).await;
        let held = *answers.iter().find_map(|answer| answer.as_ref().ok()).unwrap();
        assert_eq!(tally(answers), BTreeMap::from([("held".to_owned(), 1), ("error-slot-yours".to_owned(), 7)]), "round {round}");
        h.pay(held).await.unwrap();
    }
}

/// Each hold of the same student ran out before the next, and then the money of all arrives.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn late_money_of_one_student_for_many_tutors_at_one_hour_books_one(pool: PgPool) {
    let h = Harness::new(pool).await;
    let mut variants = Vec::new();
    for at in 0..6 {
        let tutor = h.tutor(&format!("Tutor {at}"), Hours::default()).await;
        variants.push(h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0]);
    }
    let student = h.student("Sam Student").await;
    for round in 0..4 {
        let mut orders = Vec::new();
        for variant_id in &variants {
            let order = hold(&h.services, &student, Hold { variant_id: *variant_id, starts_at: slot(round) }).await.unwrap();
            h.run_out(order).await;
            orders.push(order);
        }
        let answers = join_all(orders.iter().map(|order| h.pay(*order))).await;
        assert_eq!(answers.into_iter().filter(|answer| is_booked(*answer.as_ref().unwrap())).count(), 1, "round {round}");
    }
    assert_eq!(h.count("SELECT count(*) FROM bookings").await, 4);
    assert_eq!(h.count("SELECT count(*) FROM refunds").await, 20);
    assert_eq!(h.count("SELECT count(*) FROM claims WHERE active").await, 4, "the times of the others are free");
}
