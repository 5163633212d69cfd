//! The landing page, a tutor's page, prices: what they show is what is there.

use crate::{harness::Harness, seed::demo};
use domain::catalogue::{landing, prices, reviews, tutor_by_slug, tutor_with_times};
use jiff::SignedDuration;
use sqlx::PgPool;

/// One database for all: the demo data takes a while to write.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn pages_show_what_is_there(pool: PgPool) {
    let h = demo(pool).await;
    the_landing_page_counts_what_is_there(&h).await;
    a_tutors_page_has_all_their_reviews_once(&h).await;
    a_tutors_page_offers_the_times_of_the_chosen_variant(&h).await;
    prices_are_between_the_lowest_and_the_highest(&h).await;
}

async fn the_landing_page_counts_what_is_there(h: &Harness) {
    let page = landing(&h.services, &h.anonymous()).await.unwrap();
    let public = "FROM tutors WHERE published AND lesson_variant_id IS NOT NULL";
    assert_eq!(i64::from(page.tutor_count), h.count(&format!("SELECT count(*) {public}")).await);
    assert_eq!(i64::from(page.lesson_count), h.count(&format!("SELECT sum(lessons_taught) {public}")).await);
    assert_eq!(
        i64::from(page.rating.count),
        h.count(&format!("SELECT count(*) FROM reviews WHERE tutor_id IN (SELECT id {public})")).await
    );
    assert_eq!((page.subjects.len(), page.tutors.len(), page.praise.len()), (8, 6, 3));
    assert!(page.tutors.iter().filter(|row| !row.free.is_empty()).count() >= 4);
    for card in &page.subjects {
        assert!(card.subject.count > 0 && card.from.is_some(), "{}", card.subject.slug);
    }
}

async fn a_tutors_page_has_all_their_reviews_once(h: &Harness) {
    let tutor = tutor_by_slug(&h.services, &h.anonymous(), "eleni-marangou").await.unwrap();
    assert_eq!(tutor.distribution.iter().map(|share| share.stars).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
    assert_eq!(tutor.distribution.iter().map(|share| share.count).sum::<u32>(), tutor.rating.count);
    let sum: u32 = tutor.distribution.iter().map(|share| u32::from(share.stars) * share.count).sum();
    assert_eq!(sum, tutor.rating.sum);
    let mut all = tutor.reviews.items.clone();
    let mut next = tutor.reviews.next;
    while let Some(cursor) = next {
        let page = reviews(&h.services, &h.anonymous(), "eleni-marangou", Some(cursor)).await.unwrap();
        all.extend(page.items);
        next = page.next;
    }
    assert_eq!(u32::try_from(all.len()).unwrap(), tutor.rating.count);
    assert!(all.is_sorted_by_key(|review| std::cmp::Reverse((review.at, review.id))));
    assert!(all.iter().all(|review| review.lessons > 0));
}

async fn a_tutors_page_offers_the_times_of_the_chosen_variant(h: &Harness) {
    let now = h.services.now();
    let range = now..now.checked_add(SignedDuration::from_hours(24 * 14)).unwrap();
    let first = tutor_with_times(&h.services, &h.anonymous(), "eleni-marangou", None, range.clone()).await.unwrap();
    assert_eq!(first.chosen.minutes, 60);
    assert!(!first.free.is_empty());
    let trial = first.tutor.offerings.iter().flat_map(|offering| &offering.variants).find(|price| price.minutes == 30).unwrap();
    let chosen = tutor_with_times(&h.services, &h.anonymous(), "eleni-marangou", Some(trial.variant), range.clone()).await.unwrap();
    assert_eq!(chosen.chosen, *trial);
    assert!(chosen.free.iter().all(|slot| slot.end.duration_since(slot.start) == SignedDuration::from_mins(30)));
    let unknown = tutor_with_times(&h.services, &h.anonymous(), "eleni-marangou", Some(h.services.id()), range).await.unwrap();
    assert_eq!(unknown.chosen, first.chosen);
}

async fn prices_are_between_the_lowest_and_the_highest(h: &Harness) {
    let table = prices(&h.services, &h.anonymous()).await.unwrap();
    assert_eq!(table.len(), 8);
    for row in &table {
        let hour = row.hour.unwrap();
        assert!(hour.min.minor <= hour.median.minor && hour.median.minor <= hour.max.minor, "{}", row.subject.slug);
        assert!(row.subject.count > 0);
    }
    let lowest = h
        .count("SELECT min(v.price_minor) FROM variants v JOIN offerings o ON o.live_version_id = v.version_id JOIN tutors t ON t.id = o.tutor_id AND t.published WHERE v.duration_minutes = 60")
        .await;
    assert_eq!(table.iter().filter_map(|row| row.hour).map(|hour| hour.min.minor).min(), Some(lowest));
}
