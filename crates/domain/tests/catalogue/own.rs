//! A tutor's own pages: what they may type, and whose rows they reach.

use super::{approved, draft, lists, sent_in};
use crate::harness::{Harness, Hours, refusal};
use domain::catalogue::{
    Decision, OfferingDraft, PriceDraft, ProfileDraft, QualificationDraft, add_qualification, approvals, archive, decide, offering,
    offerings, profile, remove_qualification, review, save_draft, save_profile, submit, tutor_by_slug, tutors, withdraw,
};
use domain::{Error, booking::Kind};
use kernel::{AppError, Role};
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_wrong_draft_says_where_and_writes_nothing(pool: PgPool) {
    let h = Harness::new(pool).await;
    lists(&h).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let wrong = OfferingDraft {
        title: "x".repeat(101),
        description: " ".into(),
        subject: "alchemy".into(),
        levels: vec!["none".into()],
        prices: vec![PriceDraft { minutes: "7".into(), price: "-1".into() }],
        ..draft("1")
    };
    let Err(Error::App(AppError::Invalid(errors))) = save_draft(&h.services, &tutor.actor, &wrong).await else { panic!("it is refused") };
    let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["description", "levels", "minutes.0", "price.0", "subject", "title"]);
    assert_eq!(h.count("SELECT count(*) FROM offerings").await, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_new_tutor_writes_a_profile_and_is_found_once_approved(pool: PgPool) {
    let h = Harness::new(pool).await;
    lists(&h).await;
    let taken = h.tutor("Tess Tutor", Hours::default()).await;
    h.sql(&format!("UPDATE tutors SET slug = 'ana-lopez' WHERE id = '{}'", taken.id)).await.unwrap();
    let ana = h.member("Ana Lopez", &[Role::Tutor]).await;
    assert_eq!(profile(&h.services, &ana).await.unwrap().slug, "", "nothing saved yet");
    let typed = ProfileDraft {
        name: "Ana Lopez".into(),
        headline: "Algebra in Spanish".into(),
        bio: "Hello.".into(),
        languages: vec!["es".into()],
        published: true,
        ..ProfileDraft::default()
    };
    save_profile(&h.services, &ana, &typed).await.unwrap();
    let own = profile(&h.services, &ana).await.unwrap();
    assert!(own.slug.starts_with("ana-lopez-") && own.published && !own.public, "{}", own.slug);
    let degree = QualificationDraft { title: "BSc".into(), place: "Leeds".into(), from: "2010".into(), to: "2013".into() };
    let id = add_qualification(&h.services, &ana, &degree).await.unwrap();
    let offering = sent_in(&h, &ana, &draft("25")).await;
    decide(&h.services, &h.admin, offering, 1, &Decision::Approve).await.unwrap();
    let public = tutor_by_slug(&h.services, &h.anonymous(), &own.slug).await.unwrap();
    assert_eq!((&*public.name, public.qualifications.len(), public.zone), ("Ana Lopez", 1, None));

    remove_qualification(&h.services, &ana, id).await.unwrap();
    assert_eq!(refusal(remove_qualification(&h.services, &ana, id).await), "NotFound");
    save_profile(&h.services, &ana, &ProfileDraft { published: false, ..typed }).await.unwrap();
    assert_eq!(refusal(tutor_by_slug(&h.services, &h.anonymous(), &own.slug).await), "NotFound");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn others_rows_are_not_found(pool: PgPool) {
    let h = Harness::new(pool).await;
    let other = h.other_school().await;
    lists(&h).await;
    lists(&other).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let id = approved(&h, &tutor, &draft("30")).await;
    let waiting = sent_in(&h, &tutor.actor, &draft("30")).await;
    let degree = add_qualification(
        &h.services,
        &tutor.actor,
        &QualificationDraft { title: "BSc".into(), from: "2010".into(), ..QualificationDraft::default() },
    )
    .await
    .unwrap();
    let colleague = h.tutor("Carl Colleague", Hours::default()).await;
    let stranger = other.tutor("Sue Stranger", Hours::default()).await;
    let s = &h.services;
    for actor in [&colleague.actor, &stranger.actor] {
        assert_eq!(refusal(offering(s, actor, id).await), "NotFound");
        assert_eq!(refusal(save_draft(s, actor, &OfferingDraft { offering: Some(id), ..draft("1") }).await), "NotFound");
        for one in [id, waiting] {
            assert_eq!(refusal(submit(s, actor, one).await), "NotFound");
            assert_eq!(refusal(withdraw(s, actor, one).await), "NotFound");
            assert_eq!(refusal(archive(s, actor, one).await), "NotFound");
        }
        assert_eq!(refusal(remove_qualification(s, actor, degree).await), "NotFound");
        assert!(offerings(s, actor).await.unwrap().is_empty());
    }
    assert_eq!(refusal(review(s, &other.admin, waiting).await), "NotFound");
    assert_eq!(refusal(decide(s, &other.admin, waiting, 1, &Decision::Approve).await), "NotFound");
    assert_eq!(refusal(tutor_by_slug(s, &other.anonymous(), &tutor.slug).await), "NotFound");
    assert!(approvals(s, &other.admin, None).await.unwrap().items.is_empty());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn each_service_asks_for_its_role(pool: PgPool) {
    let h = Harness::new(pool).await;
    lists(&h).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let id = sent_in(&h, &tutor.actor, &draft("30")).await;
    let student = h.student("Sam Student").await;
    let s = &h.services;
    for (actor, expected) in [(&h.anonymous(), "Unauthenticated"), (&student, "NotFound"), (&h.admin, "NotFound")] {
        assert_eq!(refusal(offerings(s, actor).await), expected);
        assert_eq!(refusal(offering(s, actor, id).await), expected);
        assert_eq!(refusal(save_draft(s, actor, &draft("1")).await), expected);
        assert_eq!(refusal(submit(s, actor, id).await), expected);
        assert_eq!(refusal(withdraw(s, actor, id).await), expected);
        assert_eq!(refusal(archive(s, actor, id).await), expected);
        assert_eq!(refusal(profile(s, actor).await), expected);
        assert_eq!(refusal(save_profile(s, actor, &ProfileDraft::default()).await), expected);
        assert_eq!(refusal(add_qualification(s, actor, &QualificationDraft::default()).await), expected);
    }
    for (actor, expected) in [(&h.anonymous(), "Unauthenticated"), (&student, "NotFound"), (&tutor.actor, "NotFound")] {
        assert_eq!(refusal(approvals(s, actor, None).await), expected);
        assert_eq!(refusal(review(s, actor, id).await), expected);
        assert_eq!(refusal(decide(s, actor, id, 1, &Decision::Approve).await), expected);
        assert_eq!(refusal(tutors(s, actor).await), expected);
    }
    assert_eq!(h.count("SELECT count(*) FROM offering_versions WHERE status = 'in_review'").await, 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_trial_has_one_price_and_keeps_its_kind(pool: PgPool) {
    let h = Harness::new(pool).await;
    lists(&h).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let price = |minutes: &str| PriceDraft { minutes: minutes.into(), price: "10".into() };
    let trial = OfferingDraft { kind: Kind::Trial, prices: vec![price("30")], ..draft("10") };
    let id = approved(&h, &tutor, &trial).await;
    let two = OfferingDraft { offering: Some(id), kind: Kind::OneOnOne, prices: vec![price("30"), price("60")], ..trial };
    assert!(refusal(save_draft(&h.services, &tutor.actor, &two).await).contains("error-too-many"));
    assert_eq!(h.count("SELECT trial_price_minor FROM tutors").await, 1000);
}
