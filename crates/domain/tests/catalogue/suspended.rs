//! A tutor who is suspended is nowhere to be seen, though their page is still published.

use super::{approved, draft, lists};
use crate::harness::{Harness, Hours, london, refusal};
use domain::{
    availability::free_slots,
    booking::alternatives,
    catalogue::{DayPart, FreeCell, TutorPage, TutorQuery, landing, prices, search, tutor_by_slug},
};
use kernel::zone::ZoneName;
use sqlx::PgPool;

async fn find(h: &Harness, text: &str, free: Vec<FreeCell>) -> TutorPage {
    let all = TutorQuery::all(ZoneName::new("Europe/London").unwrap());
    search(&h.services, &h.anonymous(), &TutorQuery { text: text.into(), free, limit: 100, ..all }).await.unwrap()
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_suspended_tutor_is_shown_nowhere(pool: PgPool) {
    let h = Harness::new(pool).await;
    lists(&h).await;
    let tutors = [h.tutor("Stan Stays", Hours::default()).await, h.tutor("Gwen Goes", Hours::default()).await];
    for tutor in &tutors {
        approved(&h, tutor, &draft("30")).await;
    }
    let gone = &tutors[1];
    let page = tutor_by_slug(&h.services, &h.anonymous(), &gone.slug).await.unwrap();
    let student = h.student("Sam Student").await;
    let (order, booking) = h.booked(&student, page.offerings[0].variants[0].variant, london("2026-11-17T10:00")).await;
    h.sql(&format!(
        "INSERT INTO reviews (tenant_id, id, tutor_id, student_id, booking_id, stars, body) SELECT tenant_id, gen_random_uuid(), '{}', student_id, id, 5, repeat('Great! ', 12)
         FROM bookings WHERE id = '{booking}'",
        gone.id
    ))
    .await
    .unwrap();
    let cells: Vec<FreeCell> = vec![FreeCell { weekday: 3, part: DayPart::Morning }];
    let day = london("2026-11-18T00:00")..london("2026-11-19T00:00");
    let seen = async || {
        let all = find(&h, "", Vec::new()).await;
        let table = prices(&h.services, &h.anonymous()).await.unwrap();
        let counts = [
            all.total,
            all.everyone,
            all.facets.subjects.iter().map(|facet| facet.count).sum(),
            all.facets.languages.iter().map(|facet| facet.count).sum(),
            all.free_this_week.unwrap(),
            find(&h, "algebra", Vec::new()).await.total,
            find(&h, "", cells.clone()).await.total,
            table.iter().map(|row| row.subject.count).sum(),
        ];
        (counts, landing(&h.services, &h.anonymous()).await.unwrap().praise.len())
    };
    assert_eq!(seen().await, ([2; 8], 1));
    assert!(!free_slots(&h.services, &student, gone.id, 60, day.clone()).await.unwrap().is_empty());
    let others = alternatives(&h.services, &student, order).await.unwrap();
    assert!(others.variant.is_some() && !others.slots.is_empty());

    h.owner_sql(&format!("UPDATE members SET status = 'suspended' WHERE id = '{}'", gone.id)).await;
    assert_eq!(seen().await, ([1; 8], 0));
    assert_eq!(refusal(free_slots(&h.services, &student, gone.id, 60, day).await), "NotFound");
    let others = alternatives(&h.services, &student, order).await.unwrap();
    assert!(others.variant.is_none() && others.slots.is_empty());
}
