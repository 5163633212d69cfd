//! Who may hold what, and when.

use crate::harness::{Harness, Hours, london, refusal};
use domain::{
    Actor,
    booking::{self, Hold, LapseHold, give_up, hold, lapse_hold, pending_holds},
    orders,
};
use kernel::{Role, ids::VariantId};
use sqlx::PgPool;

async fn ten(h: &Harness, actor: &Actor, variant_id: VariantId) -> domain::Result<kernel::ids::OrderId> {
    hold(&h.services, actor, Hold { variant_id, starts_at: london("2026-11-17T10:00") }).await
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_order_freezes_what_was_bought(pool: PgPool) {
    let h = Harness::new(pool).await;
    let hours = Hours { zone: "Asia/Kathmandu", daily: (600, 1200), buffers: (5, 15), ..Hours::default() };
    let tutor = h.tutor("Tess Tutor", hours).await;
    let offering = h.offering(&tutor, "one_on_one", &[(30, 2500), (60, 4000)]).await;
    let student = h.student("Sam Student").await;
    // 16:00 in Kathmandu, UTC+5:45.
    let wanted = Hold { variant_id: offering.variants[1], starts_at: "2026-11-17T10:15:00Z".parse().unwrap() };
    let order = hold(&h.services, &student, wanted).await.unwrap();
    h.sql("UPDATE tutors SET slug = 'renamed'").await.unwrap();
    h.sql("UPDATE offering_versions SET title = 'Geometry'").await.unwrap();
    h.sql("UPDATE variants SET price_minor = 9900").await.unwrap();

    let shown = orders::pending(&h.services, &student, order).await.unwrap();
    assert_eq!(shown.detail.order.number, "NO-1001");
    assert_eq!((shown.detail.order.total.to_decimal().as_str(), shown.detail.order.title.as_str()), ("40.00", "Algebra"));
    let line = &shown.detail.lines[0];
    assert_eq!(
        (line.duration_minutes, line.zone.as_str(), line.wall_start.to_string().as_str()),
        (60, "Asia/Kathmandu", "2026-11-17T16:00:00")
    );
    assert_eq!(line.tutor.name, "Tess Tutor");
    assert_eq!(h.count("SELECT gap_minutes::bigint FROM order_lines").await, 15);
    let clock = shown.hold.unwrap();
    let left = clock.expires_at.duration_since(clock.database_now).as_secs();
    assert!((590..=600).contains(&left), "{left} s");
    assert_eq!(h.jobs("lapse_hold").await.len(), 1);
    assert_eq!(pending_holds(&h.services, &student).await.unwrap()[0].order, order);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn only_a_student_holds_and_nobody_books_themselves(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    assert_eq!(refusal(ten(&h, &h.anonymous(), variant).await), "Unauthenticated");
    assert_eq!(refusal(ten(&h, &tutor.actor, variant).await), "NotFound");
    assert_eq!(refusal(ten(&h, &h.admin, variant).await), "NotFound");
    let mut both = tutor.actor.member().unwrap().clone();
    both.roles.student = true;
    assert_eq!(refusal(ten(&h, &h.signed_in(both), variant).await), "error-own-lesson");
    let teacher_who_learns = h.member("Tom Both", &[Role::Student, Role::Tutor, Role::Admin]).await;
    ten(&h, &teacher_who_learns, variant).await.unwrap();
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn only_what_is_on_sale_can_be_held(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let student = h.student("Sam Student").await;
    assert_eq!(refusal(ten(&h, &student, h.services.id()).await), "NotFound");
    for (withdraw, restore, expected) in [
        ("UPDATE tutors SET published = false", "UPDATE tutors SET published = true", "error-offer-changed"),
        ("UPDATE offerings SET archived_at = now()", "UPDATE offerings SET archived_at = NULL", "error-offer-changed"),
        (
            "UPDATE offerings SET live_version_id = NULL",
            "UPDATE offerings o SET live_version_id = (SELECT id FROM offering_versions v WHERE v.offering_id = o.id)",
            "error-offer-changed",
        ),
        ("UPDATE offering_versions SET status = 'draft'", "UPDATE offering_versions SET status = 'approved'", "NotFound"),
    ] {
        h.sql(withdraw).await.unwrap();
        assert_eq!(refusal(ten(&h, &student, variant).await), expected, "{withdraw}");
        h.sql(restore).await.unwrap();
    }
    ten(&h, &student, variant).await.unwrap();
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_time_that_is_no_slot_is_refused_with_its_reason(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours { notice: 120, horizon: 7, ..Hours::default() }).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let student = h.student("Sam Student").await;
    for (starts_at, expected) in [
        ("2026-11-15T10:00", "error-slot-too-soon"),
        ("2026-11-16T09:30", "error-slot-too-soon"),
        ("2026-11-24T10:00", "error-slot-too-far"),
        ("2026-11-17T10:10", "error-slot-outside-hours"),
        ("2026-11-17T16:30", "error-slot-outside-hours"),
        ("2026-11-17T03:00", "error-slot-outside-hours"),
    ] {
        let wanted = Hold { variant_id: variant, starts_at: london(starts_at) };
        assert_eq!(refusal(hold(&h.services, &student, wanted).await), expected, "{starts_at}");
    }
    let ancient = Hold { variant_id: variant, starts_at: jiff::Timestamp::MIN };
    assert_eq!(refusal(hold(&h.services, &student, ancient).await), "error-slot-too-soon");
    let distant = Hold { variant_id: variant, starts_at: jiff::Timestamp::MAX };
    assert_eq!(refusal(hold(&h.services, &student, distant).await), "error-slot-outside-hours");
    assert_eq!(h.count("SELECT count(*) FROM orders").await, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_double_click_is_one_order(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let forms = h.offering(&tutor, "one_on_one", &[(60, 4000), (30, 2500)]).await.variants;
    let student = h.student("Sam Student").await;
    let (first, second) = futures::join!(ten(&h, &student, forms[0]), ten(&h, &student, forms[0]));
    let order = first.unwrap();
    assert_eq!(second.unwrap(), order);
    assert_eq!(ten(&h, &student, forms[0]).await.unwrap(), order, "the way back from the payment page");
    assert_eq!(h.count("SELECT count(*) FROM orders").await, 1);
    assert_eq!(refusal(ten(&h, &student, forms[1]).await), "error-slot-yours");
    assert_eq!(refusal(ten(&h, &h.student("Olga Other").await, forms[0]).await), "error-slot-taken");

    // Once it ran out, it is a new hold, and the old order lapses with its payment page.
    h.run_out(order).await;
    assert_ne!(ten(&h, &student, forms[0]).await.unwrap(), order);
    assert_eq!(h.count(&format!("SELECT count(*) FROM orders WHERE id = '{order}' AND status = 'lapsed'")).await, 1);
    assert_eq!(h.jobs("expire_checkout").await[0]["order_id"], order.to_string());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn three_holds_at_a_time(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant_id = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let student = h.student("Sam Student").await;
    let at = |hour: u32| Hold { variant_id, starts_at: london(&format!("2026-11-17T{hour}:00")) };
    let tries: Vec<_> = (10..16).map(|hour| hold(&h.services, &student, at(hour))).collect();
    let done = futures::future::join_all(tries).await;
    let (held, refused): (Vec<_>, Vec<_>) = done.into_iter().partition(Result::is_ok);
    assert_eq!(held.len(), 3);
    for refused in refused {
        assert_eq!(refusal(refused), "error-too-many-holds");
    }
    h.run_out(*held[0].as_ref().unwrap()).await;
    hold(&h.services, &student, at(16)).await.expect("one that ran out does not count");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_hold_lapses_by_the_databases_clock(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let student = h.student("Sam Student").await;
    let order_id = ten(&h, &student, variant).await.unwrap();
    let lapse = || lapse_hold(&h.services, h.tenant.id, LapseHold { order_id });
    let status = format!("SELECT count(*) FROM orders WHERE id = '{order_id}' AND status = 'lapsed'");

    lapse().await.unwrap();
    assert_eq!(h.count(&status).await, 0, "too early: it waits");
    assert_eq!(h.jobs("lapse_hold").await.len(), 1);
    h.run_out(order_id).await;
    lapse().await.unwrap();
    lapse().await.unwrap();
    assert_eq!(h.count(&status).await, 1);
    assert_eq!(h.count("SELECT count(*) FROM claims WHERE active").await, 0);
    assert_eq!(h.jobs("expire_checkout").await.len(), 1, "once");
    assert!(orders::pending(&h.services, &student, order_id).await.unwrap().hold.is_none());

    let paid = ten(&h, &student, variant).await.unwrap();
    h.pay(paid).await.unwrap();
    lapse_hold(&h.services, h.tenant.id, LapseHold { order_id: paid }).await.unwrap();
    assert_eq!(h.count("SELECT count(*) FROM claims WHERE active").await, 1, "a paid one does not lapse");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_buyer_gives_a_hold_back(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let (student, other) = (h.student("Sam Student").await, h.student("Olga Other").await);
    let order = ten(&h, &student, variant).await.unwrap();
    assert_eq!(refusal(give_up(&h.services, &h.anonymous(), order).await), "Unauthenticated");
    assert_eq!(refusal(give_up(&h.services, &other, order).await), "NotFound");
    assert_eq!(refusal(give_up(&h.services, &h.admin, order).await), "NotFound");
    give_up(&h.services, &student, order).await.unwrap();
    give_up(&h.services, &student, order).await.unwrap();
    assert_eq!(h.jobs("expire_checkout").await.len(), 1);
    assert_eq!(h.count("SELECT count(*) FROM orders WHERE status = 'cancelled'").await, 1);
    let paid = ten(&h, &other, variant).await.expect("the slot is free again");
    h.pay(paid).await.unwrap();
    assert_eq!(refusal(give_up(&h.services, &other, paid).await), "error-order-paid");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn nobody_is_in_two_lessons_at_once(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (tess, tom) = (h.tutor("Tess Tutor", Hours::default()).await, h.tutor("Tom Tutor", Hours::default()).await);
    let with_tess = h.offering(&tess, "one_on_one", &[(60, 4000)]).await.variants[0];
    let with_tom = h.offering(&tom, "one_on_one", &[(60, 4000)]).await.variants[0];
    let student = h.student("Sam Student").await;
    let at = |variant_id, wall: &str| Hold { variant_id, starts_at: london(&format!("2026-11-17T{wall}")) };
    let order = hold(&h.services, &student, at(with_tess, "10:00")).await.unwrap();
    assert_eq!(refusal(hold(&h.services, &student, at(with_tom, "10:30")).await), "error-slot-yours");
    h.pay(order).await.unwrap();
    for overlaps in ["09:30", "10:00", "10:30"] {
        assert_eq!(refusal(hold(&h.services, &student, at(with_tom, overlaps)).await), "error-lesson-overlaps", "{overlaps}");
    }
    for neighbour in ["09:00", "11:00"] {
        hold(&h.services, &student, at(with_tom, neighbour)).await.unwrap();
    }

    // A tutor who learns: their own lessons count, and the holds of those who buy them.
    let mut learns = tess.actor.member().unwrap().clone();
    learns.roles.student = true;
    let learns = h.signed_in(learns);
    assert_eq!(refusal(hold(&h.services, &learns, at(with_tom, "10:00")).await), "error-lesson-overlaps", "a lesson they teach");
    let held = hold(&h.services, &h.student("Olga Other").await, at(with_tess, "14:00")).await.unwrap();
    assert_eq!(refusal(hold(&h.services, &learns, at(with_tom, "14:30")).await), "error-lesson-overlaps", "one that somebody pays for");
    h.run_out(held).await;
    hold(&h.services, &learns, at(with_tom, "14:30")).await.expect("one that ran out does not count");

    // What was cancelled is no lesson.
    let booking = h.booked(&student, with_tess, london("2026-11-18T10:00")).await.1;
    booking::cancel(&h.services, &student, booking, 4000).await.unwrap();
    hold(&h.services, &h.student("Nora New").await, at(with_tom, "10:00")).await.expect("others may");
    let again = Hold { variant_id: with_tom, starts_at: london("2026-11-18T10:00") };
    hold(&h.services, &student, again).await.unwrap();
}
