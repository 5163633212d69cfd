//! A school's own subjects and levels.

use super::{approved, draft, lists};
use crate::harness::{Harness, Hours, refusal};
use domain::catalogue::{TermKind, TutorQuery, add_term, remove_term, rename_term, search, subjects, terms};
use kernel::zone::ZoneName;
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_new_school_makes_its_lists_and_tutors_are_found_by_them(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    assert!(terms(s, &h.admin, TermKind::Subject).await.unwrap().is_empty());
    add_term(s, &h.admin, TermKind::Subject, " Física ").await.unwrap();
    add_term(s, &h.admin, TermKind::Level, "GCSE").await.unwrap();
    assert!(refusal(add_term(s, &h.admin, TermKind::Subject, "fisica").await).contains("error-taken"));
    for (name, error) in [("", "error-required"), ("!?", "error-term-letters"), (&"x".repeat(61), "error-too-long")] {
        assert!(refusal(add_term(s, &h.admin, TermKind::Subject, name).await).contains(error), "{name}");
    }
    assert_eq!(subjects(s, &h.anonymous()).await.unwrap()[0].name, "Física");
    let unused = terms(s, &h.admin, TermKind::Level).await.unwrap().remove(0);
    remove_term(s, &h.admin, TermKind::Level, unused.id).await.unwrap();
    assert_eq!(refusal(remove_term(s, &h.admin, TermKind::Level, unused.id).await), "NotFound");

    lists(&h).await;
    let tutor = h.tutor("Tina Tutor", Hours::default()).await;
    approved(&h, &tutor, &draft("30")).await;
    let used = terms(s, &h.admin, TermKind::Subject).await.unwrap().into_iter().find(|term| term.offerings == 1).unwrap();
    assert_eq!(refusal(remove_term(s, &h.admin, TermKind::Subject, used.id).await), "error-term-used");
    rename_term(s, &h.admin, TermKind::Subject, used.id, "Numerology").await.unwrap();
    let all = TutorQuery::all(ZoneName::new("Europe/London").unwrap());
    let found = search(s, &h.anonymous(), &TutorQuery { text: "numerology".into(), ..all }).await.unwrap();
    assert_eq!(found.rows.len(), 1, "found by the new name");
    for actor in [&tutor.actor, &h.staff("Cleo", [kernel::Permission::Approve].into_iter().collect()).await] {
        assert_eq!(refusal(terms(s, actor, TermKind::Subject).await), "NotFound");
        assert_eq!(refusal(add_term(s, actor, TermKind::Subject, "X").await), "NotFound");
        assert_eq!(refusal(rename_term(s, actor, TermKind::Subject, used.id, "X").await), "NotFound");
        assert_eq!(refusal(remove_term(s, actor, TermKind::Subject, used.id).await), "NotFound");
    }
}
