//! What is offered.

use crate::harness::{Harness, Hours, london, refusal};
use domain::{
    availability::{free_slots, free_slots_of},
    booking::{Hold, hold},
};
use jiff::{SignedDuration, Timestamp};
use kernel::ids::{MemberId, VariantId};
use sqlx::PgPool;
use std::ops::Range;
use uuid::Uuid;

fn day(date: &str) -> Range<Timestamp> {
    let start = london(&format!("{date}T00:00"));
    start..start.checked_add(SignedDuration::from_hours(24)).unwrap()
}

async fn starts(h: &Harness, tutor: MemberId, minutes: u32, range: Range<Timestamp>) -> Vec<String> {
    let slots = free_slots(&h.services, &h.anonymous(), tutor, minutes, range).await.unwrap();
    slots.iter().map(|slot| slot.start.to_string()).collect()
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn held_and_booked_time_is_not_offered_and_comes_back(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours { daily: (540, 720), ..Hours::default() }).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let student = h.student("Sam Student").await;
    let tuesday = || day("2026-11-17");
    let all = ["2026-11-17T09:00:00Z", "2026-11-17T09:30:00Z", "2026-11-17T10:00:00Z", "2026-11-17T10:30:00Z", "2026-11-17T11:00:00Z"];
    assert_eq!(starts(&h, tutor.id, 60, tuesday()).await, all);

    let order = hold(&h.services, &student, Hold { variant_id: variant, starts_at: london("2026-11-17T10:00") }).await.unwrap();
    assert_eq!(starts(&h, tutor.id, 60, tuesday()).await, [all[0], all[4]], "held");
    h.run_out(order).await;
    assert_eq!(starts(&h, tutor.id, 60, tuesday()).await, all, "ran out, though nothing released it yet");

    h.pay(order).await.unwrap();
    assert_eq!(starts(&h, tutor.id, 60, tuesday()).await, [all[0], all[4]], "booked");
    assert_eq!(starts(&h, tutor.id, 30, tuesday()).await.len(), 4, "half hours around it");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn wall_clock_hours_stay_across_a_change_of_clocks(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours { daily: (540, 600), ..Hours::default() }).await;
    let week = london("2027-03-26T00:00")..london("2027-03-31T00:00");
    assert_eq!(
        starts(&h, tutor.id, 60, week).await,
        ["2027-03-26T09:00:00Z", "2027-03-27T09:00:00Z", "2027-03-28T08:00:00Z", "2027-03-29T08:00:00Z", "2027-03-30T08:00:00Z"]
    );
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_hour_that_comes_twice_is_sold_twice(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Nora Night", Hours { daily: (60, 120), increment: 60, ..Hours::default() }).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let night = "2027-10-30T23:00:00Z".parse().unwrap().."2027-10-31T12:00:00Z".parse().unwrap();
    assert_eq!(starts(&h, tutor.id, 60, night).await, ["2027-10-31T00:00:00Z", "2027-10-31T01:00:00Z"]);
    for (name, start) in [("Ann One", "2027-10-31T00:00:00Z"), ("Ben Two", "2027-10-31T01:00:00Z")] {
        let student = h.student(name).await;
        hold(&h.services, &student, Hold { variant_id: variant, starts_at: start.parse().unwrap() }).await.unwrap();
    }
    assert_eq!(h.count("SELECT count(DISTINCT starts_at) FROM order_lines WHERE wall_start = '2027-10-31 01:00'").await, 2);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn many_tutors_at_once_are_as_each_alone(pool: PgPool) {
    let h = Harness::new(pool).await;
    let student = h.student("Sam Student").await;
    let mut tutors = Vec::new();
    for (at, zone) in ["Europe/London", "Asia/Kathmandu", "America/Los_Angeles"].into_iter().enumerate() {
        let from = 540 + 60 * i16::try_from(at).unwrap();
        let tutor = h.tutor(&format!("Tutor {at}"), Hours { zone, daily: (from, from + 240), buffers: (0, 15), ..Hours::default() }).await;
        let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
        let first = free_slots(&h.services, &student, tutor.id, 60, day("2026-11-18")).await.unwrap()[1];
        hold(&h.services, &student, Hold { variant_id: variant, starts_at: first.start }).await.unwrap();
        tutors.push(tutor.id);
    }
    h.sql(&format!("UPDATE tutors SET published = false WHERE id = '{}'", tutors[2])).await.unwrap();

    let wanted: Vec<_> = tutors.iter().map(|id| (*id, 60)).collect();
    let mut tx = h.tx().await;
    let together = free_slots_of(&mut tx, &wanted, day("2026-11-18"), h.services.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(together.len(), 2, "who is not published is left out");
    for tutor in &tutors[..2] {
        let alone = free_slots(&h.services, &student, *tutor, 60, day("2026-11-18")).await.unwrap();
        assert_eq!(together[tutor], alone);
        assert!(!alone.is_empty());
    }
    assert_eq!(refusal(free_slots(&h.services, &student, tutors[2], 60, day("2026-11-18")).await), "NotFound");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn exceptions_notice_and_horizon_count(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours { daily: (540, 660), notice: 120, horizon: 2, ..Hours::default() }).await;
    // It is 08:00: two hours' notice leave 10:00.
    assert_eq!(starts(&h, tutor.id, 60, day("2026-11-16")).await, ["2026-11-16T10:00:00Z"]);
    assert_eq!(starts(&h, tutor.id, 60, day("2026-11-18")).await.len(), 3);
    assert!(starts(&h, tutor.id, 60, day("2026-11-19")).await.is_empty(), "beyond the horizon");
    let id = tutor.id;
    h.sql(&format!(
        "INSERT INTO availability_exceptions (tenant_id, id, tutor_id, on_date) SELECT tenant_id, '{}', '{id}', '2026-11-18' FROM schedules WHERE id = '{id}'",
        h.services.id::<Uuid>()
    ))
    .await
    .unwrap();
    assert!(starts(&h, tutor.id, 60, day("2026-11-18")).await.is_empty(), "closed that day");
}

/// A hold lasts ten minutes, and its money may come at their end.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_lesson_that_would_begin_while_it_is_held_is_neither_offered_nor_held(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours { daily: (540, 660), ..Hours::default() }).await;
    let variant_id = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let student = h.student("Sam Student").await;
    let wanted = Hold { variant_id, starts_at: london("2026-11-16T09:30") };
    h.clock.set(london("2026-11-16T09:20:01"));
    assert_eq!(starts(&h, tutor.id, 60, day("2026-11-16")).await, ["2026-11-16T10:00:00Z"]);
    assert_eq!(refusal(hold(&h.services, &student, wanted).await), "error-slot-too-soon");
    h.clock.set(london("2026-11-16T09:20"));
    assert_eq!(starts(&h, tutor.id, 60, day("2026-11-16")).await[0], "2026-11-16T09:30:00Z");
    hold(&h.services, &student, wanted).await.unwrap();
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn another_schools_tutor_is_not_found(pool: PgPool) {
    let h = Harness::new(pool).await;
    let other = h.other_school().await;
    let tutor = other.tutor("Olga Other", Hours::default()).await;
    let variant: VariantId = other.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    assert_eq!(refusal(free_slots(&h.services, &h.anonymous(), tutor.id, 60, day("2026-11-17")).await), "NotFound");
    let student = h.student("Sam Student").await;
    let wanted = Hold { variant_id: variant, starts_at: london("2026-11-17T10:00") };
    assert_eq!(refusal(hold(&h.services, &student, wanted).await), "NotFound");
}
