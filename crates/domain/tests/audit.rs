//! The audit log: what is in it, who reads it, and that no hand leaves it as it was.

use crate::harness::{Harness, refusal};
use domain::{
    audit::{self, Action, AuditQuery, Entry, Flaw},
    tenancy::{FaceDraft, save_face},
};
use serde_json::Value;
use sqlx::PgPool;

/// A log with some entries besides the founding.
async fn log(h: &Harness, entries: usize) {
    for n in 0..entries {
        let mut tx = h.admin.begin(&h.services.db).await.unwrap();
        let entry = Entry::new(Action::OfferingApproved).on("offering", n, format!("Algebra {n}")).change(Value::Null, Value::from(n));
        audit::record(&mut tx, &h.services, &h.admin, entry).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn verify(h: &Harness) -> Result<i64, Flaw> {
    audit::verify(&h.services.db, h.tenant.id).await.unwrap().map(|whole| whole.entries)
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_untouched_log_is_whole(owner: PgPool) {
    let h = Harness::new(owner).await;
    assert_eq!(verify(&h).await, Ok(1), "the founding");
    log(&h, 5).await;
    assert_eq!(verify(&h).await, Ok(6));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_changed_entry_is_found(owner: PgPool) {
    let h = Harness::new(owner).await;
    log(&h, 5).await;
    for column in ["actor_name", "label", "after", "client", "object"] {
        h.owner_sql(&format!("UPDATE audit_entries SET {column} = {column} || ' ' WHERE number = 3")).await;
        assert_eq!(verify(&h).await, Err(Flaw::Changed(3)), "{column}");
        h.owner_sql(&format!("UPDATE audit_entries SET {column} = left({column}, -1) WHERE number = 3")).await;
        assert_eq!(verify(&h).await, Ok(6), "{column}");
    }
    h.owner_sql("UPDATE audit_entries SET at = at - interval '1 second' WHERE number = 3").await;
    assert_eq!(verify(&h).await, Err(Flaw::Changed(3)));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_removed_entry_is_found_also_the_last(owner: PgPool) {
    let h = Harness::new(owner).await;
    log(&h, 5).await;
    h.owner_sql("DELETE FROM audit_entries WHERE number = 6").await;
    assert_eq!(verify(&h).await, Err(Flaw::End(6)));
    h.owner_sql("DELETE FROM audit_entries WHERE number = 3").await;
    assert_eq!(verify(&h).await, Err(Flaw::Missing(3)));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_reordered_entry_is_found(owner: PgPool) {
    let h = Harness::new(owner).await;
    log(&h, 5).await;
    h.owner_sql("UPDATE audit_entries SET number = 100 WHERE number = 3").await;
    h.owner_sql("UPDATE audit_entries SET number = 3 WHERE number = 4").await;
    h.owner_sql("UPDATE audit_entries SET number = 4 WHERE number = 100").await;
    assert_eq!(verify(&h).await, Err(Flaw::Missing(3)));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn many_at_the_same_moment_make_one_chain(owner: PgPool) {
    let h = Harness::new(owner).await;
    futures::future::join_all((0..15).map(|_| log(&h, 3))).await;
    assert_eq!(verify(&h).await, Ok(46));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_is_rolled_back_leaves_no_entry(owner: PgPool) {
    let h = Harness::new(owner).await;
    let mut tx = h.admin.begin(&h.services.db).await.unwrap();
    audit::record(&mut tx, &h.services, &h.admin, Entry::new(Action::LoginEnded)).await.unwrap();
    drop(tx);
    log(&h, 1).await;
    assert_eq!(verify(&h).await, Ok(2));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_change_of_the_face_tells_what_differs(owner: PgPool) {
    let h = Harness::new(owner).await;
    let draft = FaceDraft {
        name: "=Northside".into(),
        tagline: String::new(),
        brand: "#227755".into(),
        locale: "en".into(),
        locales: vec![],
        zone: "Europe/London".into(),
        listed: true,
    };
    save_face(&h.services, &h.admin, &draft).await.unwrap();
    let query = AuditQuery { action: Some(Action::FaceChanged), ..AuditQuery::default() };
    let [line] = <[_; 1]>::try_from(audit::log(&h.services, &h.admin, &query).await.unwrap().0).unwrap();
    assert_eq!((line.actor_name.as_str(), line.number), ("Ada Admin", 2));
    assert_eq!(line.before, r#"{"listed":false,"name":"NORTHSIDE"}"#);
    assert_eq!(line.after, r#"{"listed":true,"name":"=Northside"}"#);
    let file = audit::export(&h.services, &h.admin, &AuditQuery::default()).await.unwrap();
    assert!(file.starts_with("number,at,who,action,object,label,before,after,from\n2,"), "{file}");
    assert!(file.contains(",'=Northside,"), "no cell is a formula: {file}");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_log_is_for_the_schools_own_admins_and_nobody_changes_it(owner: PgPool) {
    let h = Harness::new(owner).await;
    let other = h.other_school().await;
    let student = h.student("Sue Student").await;
    assert_eq!(refusal(audit::log(&h.services, &student, &AuditQuery::default()).await), "NotFound");
    assert_eq!(refusal(audit::export(&h.services, &h.anonymous(), &AuditQuery::default()).await), "Unauthenticated");
    log(&h, 2).await;
    let seen = audit::log(&other.services, &other.admin, &AuditQuery::default()).await.unwrap();
    assert_eq!(seen.0.len(), 1, "its own founding");
    let words = AuditQuery { text: "álgebra 1".into(), ..AuditQuery::default() };
    assert_eq!(audit::log(&h.services, &h.admin, &words).await.unwrap().0.len(), 1);
    let mut tx = h.admin.begin(&h.services.db).await.unwrap();
    let changed = sqlx::query("UPDATE audit_entries SET label = ''").execute(tx.conn()).await;
    assert!(changed.is_err(), "not even the application");
}
