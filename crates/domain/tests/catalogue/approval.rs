//! Versions: what is live, what is proposed, who decides.

use super::{approved, draft, lists, sent_in};
use crate::harness::{Harness, Hours, Tutor, refusal};
use domain::catalogue::{
    ContentField, Decision, OfferingDraft, PriceDraft, TutorPublic, VersionStatus, approvals, archive, decide, offering, review,
    save_draft, submit, tutor_by_slug, withdraw,
};
use kernel::ids::OfferingId;
use sqlx::PgPool;

struct Scene {
    h: Harness,
    tutor: Tutor,
    offering: OfferingId,
}

impl Scene {
    async fn new(pool: PgPool) -> Self {
        let h = Harness::new(pool).await;
        lists(&h).await;
        let tutor = h.tutor("Tess Tutor", Hours::default()).await;
        let offering = approved(&h, &tutor, &draft("32")).await;
        Self { h, tutor, offering }
    }

    /// An edit of the live offering.
    fn edit(&self) -> OfferingDraft {
        OfferingDraft {
            offering: Some(self.offering),
            title: "Algebra and more".into(),
            levels: vec!["a-level".into(), "gcse".into()],
            prices: vec![PriceDraft { minutes: "60".into(), price: "35".into() }, PriceDraft { minutes: "90".into(), price: "50".into() }],
            ..draft("35")
        }
    }

    async fn public(&self) -> TutorPublic {
        tutor_by_slug(&self.h.services, &self.h.anonymous(), &self.tutor.slug).await.unwrap()
    }

    async fn decide(&self, number: i32, decision: Decision) -> domain::Result<()> {
        decide(&self.h.services, &self.h.admin, self.offering, number, &decision).await
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_is_live_stays_until_the_change_is_approved(pool: PgPool) {
    let s = Scene::new(pool).await;
    let before = s.public().await;
    assert_eq!(before.offerings[0].variants[0].price.minor, 3200);
    sent_in(&s.h, &s.tutor.actor, &s.edit()).await;
    assert_eq!(s.public().await, before, "in review: the public sees nothing of it");

    let seen = review(&s.h.services, &s.h.admin, s.offering).await.unwrap();
    assert_eq!((seen.version.number, seen.version.status), (2, VersionStatus::InReview));
    assert_eq!(seen.changed, [ContentField::Title, ContentField::Levels, ContentField::Prices]);
    let prices: Vec<_> = seen.prices.iter().map(|p| (p.minutes, p.before.map(|m| m.minor), p.after.map(|m| m.minor))).collect();
    assert_eq!(prices, [(60, Some(3200), Some(3500)), (90, None, Some(5000))]);
    assert_eq!(seen.live.unwrap().title, "Algebra");

    s.decide(2, Decision::Approve).await.unwrap();
    let after = s.public().await;
    assert_eq!((&*after.offerings[0].title, after.offerings[0].variants.len()), ("Algebra and more", 2));
    assert_eq!(after.levels().len(), 2);
    let row = s.h.count("SELECT hour_price_minor FROM tutors").await;
    assert_eq!(row, 3500, "the catalogue follows");
    assert!(offering(&s.h.services, &s.tutor.actor, s.offering).await.unwrap().open.is_none());
    assert!(review(&s.h.services, &s.h.admin, s.offering).await.is_err());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn sent_back_changed_and_sent_in_again(pool: PgPool) {
    let s = Scene::new(pool).await;
    sent_in(&s.h, &s.tutor.actor, &s.edit()).await;
    assert!(refusal(s.decide(2, Decision::NeedsChanges { note: "  ".into() }).await).contains("error-required"));
    s.decide(2, Decision::NeedsChanges { note: "Which board?".into() }).await.unwrap();
    let open = offering(&s.h.services, &s.tutor.actor, s.offering).await.unwrap().open.unwrap().0;
    assert_eq!((open.status, &*open.note), (VersionStatus::NeedsChanges, "Which board?"));
    assert_eq!(s.public().await.offerings[0].title, "Algebra");

    let better = OfferingDraft { title: "Algebra for AQA".into(), ..s.edit() };
    sent_in(&s.h, &s.tutor.actor, &better).await;
    assert_eq!(refusal(s.decide(2, Decision::Approve).await), "error-review-stale", "number 2 said something else");
    s.decide(3, Decision::Approve).await.unwrap();
    assert_eq!(s.public().await.offerings[0].title, "Algebra for AQA");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn nobody_approves_what_they_have_not_seen(pool: PgPool) {
    let s = Scene::new(pool).await;
    sent_in(&s.h, &s.tutor.actor, &s.edit()).await;
    let seen = review(&s.h.services, &s.h.admin, s.offering).await.unwrap().version.number;
    assert_eq!(refusal(save_draft(&s.h.services, &s.tutor.actor, &s.edit()).await), "error-offering-in-review");
    withdraw(&s.h.services, &s.tutor.actor, s.offering).await.unwrap();
    assert_eq!(refusal(s.decide(seen, Decision::Approve).await), "error-review-stale", "withdrawn");
    let dearer = OfferingDraft { prices: vec![PriceDraft { minutes: "60".into(), price: "900".into() }], ..s.edit() };
    sent_in(&s.h, &s.tutor.actor, &dearer).await;
    assert_eq!(refusal(s.decide(seen, Decision::Approve).await), "error-review-stale", "sent in again, dearer");
    s.decide(seen + 1, Decision::Approve).await.unwrap();
    assert_eq!(refusal(s.decide(seen + 1, Decision::Approve).await), "error-review-stale", "decided already");
    assert_eq!(refusal(withdraw(&s.h.services, &s.tutor.actor, s.offering).await), "error-offering-not-in-review");
    assert_eq!(refusal(submit(&s.h.services, &s.tutor.actor, s.offering).await), "error-offering-nothing-open");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn two_admins_decide_at_once_and_one_is_told(pool: PgPool) {
    let s = Scene::new(pool).await;
    sent_in(&s.h, &s.tutor.actor, &s.edit()).await;
    let back = s.decide(2, Decision::NeedsChanges { note: "No".into() });
    let (approve, back) = tokio::join!(s.decide(2, Decision::Approve), back);
    assert!(approve.is_ok() != back.is_ok(), "{approve:?} {back:?}");
    let lost = if approve.is_ok() { back } else { approve };
    assert_eq!(refusal(lost), "error-review-stale");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_queue_has_what_waits_the_longest_first(pool: PgPool) {
    let s = Scene::new(pool).await;
    let mut expected = Vec::new();
    for hour in 0..27 {
        s.h.clock.set(s.h.services.now().checked_add(jiff::SignedDuration::from_hours(hour % 2)).unwrap());
        expected.push(sent_in(&s.h, &s.tutor.actor, &draft("20")).await);
    }
    archive(&s.h.services, &s.tutor.actor, expected.remove(3)).await.unwrap();
    let first = approvals(&s.h.services, &s.h.admin, None).await.unwrap();
    let second = approvals(&s.h.services, &s.h.admin, first.next).await.unwrap();
    assert!(second.next.is_none());
    let all: Vec<_> = first.items.iter().chain(&second.items).collect();
    assert!(all.is_sorted_by_key(|row| (row.submitted_at, row.offering)));
    let mut found: Vec<OfferingId> = all.iter().map(|row| row.offering).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "each once, the archived one not");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_archived_offering_is_gone_for_good(pool: PgPool) {
    let s = Scene::new(pool).await;
    archive(&s.h.services, &s.tutor.actor, s.offering).await.unwrap();
    archive(&s.h.services, &s.tutor.actor, s.offering).await.unwrap();
    assert_eq!(refusal(save_draft(&s.h.services, &s.tutor.actor, &s.edit()).await), "error-offering-archived");
    let gone = tutor_by_slug(&s.h.services, &s.h.anonymous(), &s.tutor.slug).await;
    assert_eq!(refusal(gone), "NotFound", "a tutor without an offering has no page");
}
