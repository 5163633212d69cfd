//! What the database alone guarantees, whoever writes.

use crate::harness::{Harness, Hours, london};
use domain::{
    availability::free_slots,
    booking::{Hold, give_up, hold},
};
use kernel::ids::{MemberId, OrderId};
use sqlx::PgPool;
use uuid::Uuid;

/// A claim written past the service, as anybody with the web server's rights could.
fn insert(h: &Harness, tutor: MemberId, order: OrderId, from: &str, until: &str, active: bool) -> String {
    format!(
        "INSERT INTO claims (tenant_id, id, tutor_id, order_id, during, ends_at, active)
         VALUES ('{}', '{}', '{tutor}', '{order}', tstzrange('{from}', '{until}', '[)'), '{until}', {active})",
        h.tenant.id,
        h.services.id::<Uuid>(),
    )
}

fn constraint(refused: Result<u64, sqlx::Error>) -> String {
    match refused {
        Err(sqlx::Error::Database(cause)) => cause.constraint().unwrap_or(cause.message()).to_owned(),
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn two_active_claims_of_a_tutor_never_overlap(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let other = h.tutor("Otto Other", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let student = h.student("Sam Student").await;
    let order = hold(&h.services, &student, Hold { variant_id: variant, starts_at: london("2026-11-17T10:00") }).await.unwrap();
    let second = hold(&h.services, &student, Hold { variant_id: variant, starts_at: london("2026-11-18T10:00") }).await.unwrap();
    h.owner_sql(&format!("UPDATE claims SET active = false WHERE order_id = '{second}'")).await;

    for (from, until) in [("10:30", "11:30"), ("09:30", "10:01"), ("10:00", "11:00"), ("09:00", "12:00"), ("10:59", "11:10")] {
        let statement = insert(&h, tutor.id, second, &format!("2026-11-17 {from}Z"), &format!("2026-11-17 {until}Z"), true);
        assert_eq!(constraint(h.sql(&statement).await), "claims_no_overlap", "{from}–{until}");
    }
    h.sql(&insert(&h, tutor.id, second, "2026-11-17 10:30Z", "2026-11-17 11:30Z", false)).await.expect("a released one may");
    h.sql(&insert(&h, other.id, second, "2026-11-17 10:30Z", "2026-11-17 11:30Z", true)).await.expect("another tutor may");
    let again = insert(&h, tutor.id, order, "2026-11-19 10:00Z", "2026-11-19 11:00Z", true);
    assert_eq!(constraint(h.sql(&again).await), "claims_order_active", "one active claim an order");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_hold_is_ten_minutes_and_cannot_be_prolonged(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let student = h.student("Sam Student").await;
    let order = hold(&h.services, &student, Hold { variant_id: variant, starts_at: london("2026-11-17T10:00") }).await.unwrap();
    let lasts = "SELECT extract(epoch FROM expires_at - created_at)::bigint FROM claims";
    assert_eq!(h.count(lasts).await, 600);

    let prolong = "UPDATE claims SET expires_at = expires_at + interval '1 second'";
    assert_eq!(constraint(h.sql(prolong).await), "claims_prolonged");
    h.run_out(order).await;
    assert_eq!(constraint(h.sql("UPDATE claims SET expires_at = now() + interval '1 minute'").await), "claims_prolonged");
    h.sql("UPDATE claims SET active = false").await.unwrap();
    assert_eq!(constraint(h.sql("UPDATE claims SET active = true").await), "claims_released");

    // Whatever a writer asks for, the database writes its own ten minutes.
    h.sql(&format!(
        "INSERT INTO claims (tenant_id, id, tutor_id, order_id, during, ends_at, expires_at)
         SELECT tenant_id, '{}', tutor_id, order_id, during, ends_at, now() + interval '1 day' FROM claims",
        h.services.id::<Uuid>()
    ))
    .await
    .unwrap();
    assert_eq!(h.count("SELECT count(*) FROM claims WHERE active AND expires_at - created_at <= interval '10 minutes 1 second'").await, 1);
    h.pay(order).await.unwrap();
    let back = "UPDATE claims SET expires_at = now() + interval '1 minute' WHERE active";
    assert_eq!(constraint(h.sql(back).await), "claims_prolonged", "a paid claim becomes no hold again");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn between_two_lessons_the_longer_buffer_stays_free_not_the_sum(pool: PgPool) {
    let h = Harness::new(pool).await;
    let hours = Hours { increment: 10, buffers: (10, 20), ..Hours::default() };
    let tutor = h.tutor("Tess Tutor", hours).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let (ann, ben) = (h.student("Ann One").await, h.student("Ben Two").await);
    h.booked(&ann, variant, london("2026-11-17T12:00")).await;
    for (starts_at, expected) in [
        ("2026-11-17T13:10", Err("error-slot-taken")),
        ("2026-11-17T13:20", Ok(())),
        ("2026-11-17T10:50", Err("error-slot-taken")),
        ("2026-11-17T10:40", Ok(())),
    ] {
        let held = hold(&h.services, &ben, Hold { variant_id: variant, starts_at: london(starts_at) }).await;
        match expected {
            Ok(()) => drop(held.expect(starts_at)),
            Err(code) => assert_eq!(crate::harness::refusal(held), code, "{starts_at}"),
        }
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_claim_keeps_the_gap_it_was_made_with(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours { increment: 10, buffers: (0, 30), ..Hours::default() }).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let (ann, ben) = (h.student("Ann One").await, h.student("Ben Two").await);
    h.booked(&ann, variant, london("2026-11-17T12:00")).await;
    // The tutor drops the buffer: the lesson that was sold keeps it, and what is offered agrees
    // with what the constraint takes.
    h.sql("UPDATE schedules SET buffer_after_minutes = 0").await.unwrap();
    for (starts_at, free) in [("2026-11-17T13:20", false), ("2026-11-17T13:30", true)] {
        let held = hold(&h.services, &ben, Hold { variant_id: variant, starts_at: london(starts_at) }).await;
        assert_eq!(held.is_ok(), free, "{starts_at}: {held:?}");
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn whatever_is_offered_can_be_held(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours { increment: 15, buffers: (10, 0), daily: (540, 960), ..Hours::default() }).await;
    let forms = h.offering(&tutor, "one_on_one", &[(60, 4000), (45, 3000)]).await.variants;
    let (ann, ben) = (h.student("Ann One").await, h.student("Ben Two").await);
    h.booked(&ann, forms[0], london("2026-11-17T10:00")).await;
    // Longer buffers from now on: the next lesson's own gap counts against the one that is there.
    h.sql("UPDATE schedules SET buffer_before_minutes = 30").await.unwrap();
    h.booked(&ann, forms[0], london("2026-11-17T13:00")).await;
    let day = london("2026-11-17T00:00")..london("2026-11-18T00:00");
    for (variant_id, minutes) in [(forms[0], 60), (forms[1], 45)] {
        let offered = free_slots(&h.services, &ben, tutor.id, minutes, day.clone()).await.unwrap();
        assert!(!offered.is_empty());
        for slot in offered {
            let order = hold(&h.services, &ben, Hold { variant_id, starts_at: slot.start }).await.expect("what is offered can be held");
            give_up(&h.services, &ben, order).await.unwrap();
        }
    }
}
