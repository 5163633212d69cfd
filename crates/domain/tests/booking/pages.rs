//! What pages show, and to whom.

use crate::harness::{Harness, Hours, london, refusal};
use domain::{
    booking::{self, BookingFilter, BookingStatus, Hold, admin_booking, admin_list, cancel, hold},
    orders::{self, OrderFilter, OrderStatus},
};
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;

fn hours_after(at: Timestamp, hours: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_hours(hours)).unwrap()
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_students_lessons_next_upcoming_and_past(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let (sam, olga) = (h.student("Sam Student").await, h.student("Olga Other").await);
    let first = london("2026-11-17T09:00");
    let mut bookings = Vec::new();
    for at in 0..30 {
        let (_, booking) = h.booked(&sam, variant, hours_after(first, at / 8 * 24 + at % 8)).await;
        bookings.push(booking);
    }
    h.booked(&olga, variant, hours_after(first, 10 * 24)).await;
    let cancelled = bookings[29];
    cancel(&h.services, &sam, cancelled, 4000).await.unwrap();

    let upcoming = booking::student_upcoming(&h.services, &sam).await.unwrap();
    assert_eq!((upcoming.len(), upcoming[0].id), (29, bookings[0]));
    h.clock.set(hours_after(first, 1));
    assert_eq!(booking::student_upcoming(&h.services, &sam).await.unwrap()[0].id, bookings[1], "one that just ended is over");

    h.clock.set(hours_after(first, 9 * 24));
    let page = booking::student_past(&h.services, &sam, None).await.unwrap();
    assert_eq!((page.items.len(), page.items[0].id, page.items[0].status), (25, cancelled, BookingStatus::Cancelled));
    let rest = booking::student_past(&h.services, &sam, page.next).await.unwrap();
    assert_eq!((rest.items.len(), rest.next), (5, None));
    let mut seen: Vec<_> = page.items.iter().chain(&rest.items).map(|booking| booking.id).collect();
    seen.sort_unstable();
    bookings.sort_unstable();
    assert_eq!(seen, bookings, "each once");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_tutors_week_agenda_and_lesson(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let other = h.tutor("Otto Other", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let elsewhere = h.offering(&other, "one_on_one", &[(60, 4000)]).await.variants[0];
    let sam = h.student("Sam Student").await;
    let (_, tuesday) = h.booked(&sam, variant, london("2026-11-17T10:00")).await;
    let (_, next_week) = h.booked(&sam, variant, london("2026-11-24T10:00")).await;
    let (_, gone) = h.booked(&sam, variant, london("2026-11-18T10:00")).await;
    h.booked(&sam, elsewhere, london("2026-11-19T10:00")).await;
    cancel(&h.services, &tutor.actor, gone, 4000).await.unwrap();

    let ids = |list: Vec<booking::Booking>| list.into_iter().map(|booking| booking.id).collect::<Vec<_>>();
    let week = london("2026-11-16T00:00")..london("2026-11-23T00:00");
    assert_eq!(ids(booking::tutor_between(&h.services, &tutor.actor, week).await.unwrap()), [tuesday]);
    let partly = london("2026-11-17T10:30")..london("2026-11-17T12:00");
    assert_eq!(ids(booking::tutor_between(&h.services, &tutor.actor, partly).await.unwrap()), [tuesday], "going on counts");
    assert_eq!(booking::tutor_next(&h.services, &tutor.actor).await.unwrap().map(|next| next.id), Some(tuesday));
    h.clock.set(london("2026-11-17T11:00"));
    let next = booking::tutor_next(&h.services, &tutor.actor).await.unwrap().unwrap();
    assert_eq!(next.id, next_week);

    let shown = booking::tutor_lesson(&h.services, &tutor.actor, next.lesson).await.unwrap();
    assert_eq!((shown.booking.student.name.as_str(), shown.student_email), ("Sam Student", None), "no address for the tutor");
    assert_eq!(refusal(booking::tutor_lesson(&h.services, &other.actor, next.lesson).await), "NotFound");
    assert_eq!(refusal(booking::tutor_lesson(&h.services, &sam, next.lesson).await), "NotFound");
}

/// A tutor's lists are read from the start of the longest lesson on, not from the first of all.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_longest_lesson_is_listed_to_its_last_second(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(240, 16_000)]).await.variants[0];
    h.booked(&h.student("Sam Student").await, variant, london("2026-11-17T10:00")).await;
    let listed = async |at: &str| {
        h.clock.set(london(at));
        let next = booking::tutor_next(&h.services, &tutor.actor).await.unwrap();
        let rest_of_day = london(at)..london("2026-11-18T00:00");
        (next.is_some(), booking::tutor_between(&h.services, &tutor.actor, rest_of_day).await.unwrap().len())
    };
    assert_eq!(listed("2026-11-17T13:59:59").await, (true, 1));
    assert_eq!(listed("2026-11-17T14:00").await, (false, 0));
    // One that could not be sold shows where the lists begin.
    h.owner_sql("UPDATE lessons SET ends_at = ends_at + interval '1 hour'").await;
    assert_eq!(listed("2026-11-17T14:30").await, (false, 0));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_admin_finds_bookings_and_orders(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let (jose, olga) = (h.student("José Núñez").await, h.student("Olga Other").await);
    let (order, of_jose) = h.booked(&jose, variant, london("2026-11-17T10:00")).await;
    let (_, of_olga) = h.booked(&olga, variant, london("2026-11-18T10:00")).await;
    cancel(&h.services, &olga, of_olga, 4000).await.unwrap();
    hold(&h.services, &olga, Hold { variant_id: variant, starts_at: london("2026-11-19T10:00") }).await.unwrap();

    let found = |filter: BookingFilter| {
        let h = &h;
        async move { admin_list(&h.services, &h.admin, &filter, None).await.unwrap().items.into_iter().map(|b| b.id).collect::<Vec<_>>() }
    };
    assert_eq!(found(BookingFilter::default()).await, [of_olga, of_jose]);
    assert_eq!(found(BookingFilter { status: Some(BookingStatus::Cancelled), ..Default::default() }).await, [of_olga]);
    assert_eq!(found(BookingFilter { text: "nunez".into(), ..Default::default() }).await, [of_jose]);
    assert_eq!(found(BookingFilter { text: "100%".into(), ..Default::default() }).await, []);
    assert_eq!(found(BookingFilter { from: Some(london("2026-11-18T00:00")), ..Default::default() }).await, [of_olga]);
    assert_eq!(found(BookingFilter { until: Some(london("2026-11-18T10:00")), ..Default::default() }).await, [of_jose]);
    assert_eq!(found(BookingFilter { tutor: Some(jose.member().unwrap().id), ..Default::default() }).await, []);
    assert!(admin_booking(&h.services, &h.admin, of_jose).await.unwrap().student_email.is_some());

    let orders = |filter: OrderFilter| {
        let h = &h;
        async move {
            orders::for_admin(&h.services, &h.admin, &filter, None).await.unwrap().items.into_iter().map(|o| o.number).collect::<Vec<_>>()
        }
    };
    assert_eq!(orders(OrderFilter::default()).await, ["NO-1003", "NO-1002", "NO-1001"]);
    assert_eq!(orders(OrderFilter { status: Some(OrderStatus::Refunded), ..Default::default() }).await, ["NO-1002"]);
    assert_eq!(orders(OrderFilter { text: "no-1001".into(), ..Default::default() }).await, ["NO-1001"]);
    assert_eq!(orders(OrderFilter { text: "OLGA".into(), ..Default::default() }).await, ["NO-1003", "NO-1002"]);
    let shown = orders::admin_order(&h.services, &h.admin, order).await.unwrap();
    assert_eq!((shown.booking, shown.payment.unwrap().status), (Some(of_jose), domain::payments::PaymentStatus::Succeeded));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn everybody_sees_their_own_alone(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let sam = h.student("Sam Student").await;
    let (order, id) = h.booked(&sam, variant, london("2026-11-17T10:00")).await;
    let olga = h.student("Olga Other").await;
    let elsewhere = h.other_school().await;
    let (stranger, their_admin) = (elsewhere.student("Eva Else").await, elsewhere.admin.clone());
    let s = &h.services;

    assert!(booking::student_booking(s, &sam, id).await.is_ok());
    assert!(orders::student_order(s, &sam, order).await.is_ok());
    for (actor, expected) in [(&h.anonymous(), "Unauthenticated"), (&olga, "NotFound"), (&stranger, "NotFound"), (&h.admin, "NotFound")] {
        assert_eq!(refusal(booking::student_booking(s, actor, id).await), expected);
        assert_eq!(refusal(orders::student_order(s, actor, order).await), expected);
        assert_eq!(refusal(orders::pending(s, actor, order).await), expected);
        assert_eq!(refusal(booking::alternatives(s, actor, order).await), expected);
    }
    for (actor, expected) in
        [(&h.anonymous(), "Unauthenticated"), (&sam, "NotFound"), (&tutor.actor, "NotFound"), (&their_admin, "NotFound")]
    {
        assert_eq!(refusal(booking::admin_booking(s, actor, id).await), expected);
        assert_eq!(refusal(orders::admin_order(s, actor, order).await), expected);
    }
    for actor in [&sam, &tutor.actor] {
        assert_eq!(refusal(admin_list(s, actor, &BookingFilter::default(), None).await), "NotFound");
        assert_eq!(refusal(orders::for_admin(s, actor, &OrderFilter::default(), None).await), "NotFound");
    }
    assert!(admin_list(s, &their_admin, &BookingFilter::default(), None).await.unwrap().items.is_empty());
    assert!(orders::for_admin(s, &their_admin, &OrderFilter::default(), None).await.unwrap().items.is_empty());
    assert!(orders::for_student(s, &olga, None).await.unwrap().items.is_empty());
    assert_eq!(orders::for_student(s, &sam, None).await.unwrap().items.len(), 1);
}
