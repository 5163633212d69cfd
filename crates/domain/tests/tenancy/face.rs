//! The tenant's public face.

use crate::harness::{Harness, Hours, refusal};
use domain::{
    Error,
    tenancy::{FaceDraft, Tenant, save_face},
};
use kernel::AppError;
use sqlx::PgPool;
use std::sync::Arc;

const HOST: &str = "northside.localhost:3000";

fn face() -> FaceDraft {
    FaceDraft {
        name: " North Side Tutors ".into(),
        tagline: "Maths that stays".into(),
        brand: "#1F4A7D".into(),
        locale: "es".into(),
        locales: vec!["en".into(), "es".into(), "es".into()],
        zone: "Europe/Madrid".into(),
        listed: false,
    }
}

async fn shown(h: &Harness) -> Arc<Tenant> {
    h.services.tenants.by_host(&h.services.db, HOST).await.unwrap().unwrap()
}

/// The fields that are wrong, and the first thing wrong with each.
fn wrong(result: domain::Result<()>) -> Vec<(String, String)> {
    match result {
        Err(Error::App(AppError::Invalid(errors))) => {
            errors.iter().map(|(field, error)| (field.to_owned(), error.code.to_string())).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_changed_face_is_shown_at_once(pool: PgPool) {
    let h = Harness::new(pool).await;
    assert_eq!(shown(&h).await.name, "NORTHSIDE", "looked up and remembered");
    save_face(&h.services, &h.admin, &face()).await.unwrap();
    let expected = Tenant {
        name: "North Side Tutors".into(),
        tagline: "Maths that stays".into(),
        brand: "#1f4a7d".into(),
        locale: "es".into(),
        locales: vec!["es".into(), "en".into()],
        zone: kernel::zone::ZoneName::new("Europe/Madrid").unwrap(),
        listed: false,
        ..(*h.tenant).clone()
    };
    assert_eq!(*shown(&h).await, expected, "the own language leads; slug and currency stay");
    assert!(h.services.tenants.listed(&h.services.db).await.unwrap().is_empty());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_own_language_is_always_offered(pool: PgPool) {
    let h = Harness::new(pool).await;
    save_face(&h.services, &h.admin, &FaceDraft { locales: Vec::new(), ..face() }).await.unwrap();
    assert_eq!(shown(&h).await.locales, ["es"]);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_is_wrong_is_said_at_its_field_and_nothing_is_saved(pool: PgPool) {
    let h = Harness::new(pool).await;
    let before = shown(&h).await;
    for (draft, field, code) in [
        (FaceDraft { name: "  ".into(), ..face() }, "name", "error-required"),
        (FaceDraft { name: "x".repeat(81), ..face() }, "name", "error-too-long"),
        (FaceDraft { tagline: "x".repeat(161), ..face() }, "tagline", "error-too-long"),
        (FaceDraft { brand: "green".into(), ..face() }, "brand", "error-colour"),
        (FaceDraft { brand: "#fdfdfd".into(), ..face() }, "brand", "error-colour-pale"),
        (FaceDraft { locale: "xx".into(), ..face() }, "locale", "error-language"),
        (FaceDraft { locales: vec!["xx".into()], ..face() }, "locales", "error-language"),
        (FaceDraft { zone: "Mars/Base".into(), ..face() }, "zone", "error-zone"),
    ] {
        let found = wrong(save_face(&h.services, &h.admin, &draft).await);
        assert_eq!(found, [(field.to_owned(), code.to_owned())]);
    }
    h.services.tenants.forget("northside");
    assert_eq!(shown(&h).await, before);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_longest_texts_fit(pool: PgPool) {
    let h = Harness::new(pool).await;
    let draft = FaceDraft { name: "ñ".repeat(80), tagline: "ñ".repeat(160), ..face() };
    save_face(&h.services, &h.admin, &draft).await.unwrap();
    assert_eq!(shown(&h).await.tagline.chars().count(), 160);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn only_an_admin_changes_the_face_and_only_of_the_own_school(pool: PgPool) {
    let h = Harness::new(pool).await;
    let student = h.student("Sam Student").await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await.actor;
    for (actor, expected) in [(&h.anonymous(), "Unauthenticated"), (&student, "NotFound"), (&tutor, "NotFound")] {
        assert_eq!(refusal(save_face(&h.services, actor, &face()).await), expected);
    }
    let elsewhere = h.other_school().await;
    save_face(&elsewhere.services, &elsewhere.admin, &face()).await.unwrap();
    h.services.tenants.forget("northside");
    assert_eq!(*shown(&h).await, *h.tenant);
}
