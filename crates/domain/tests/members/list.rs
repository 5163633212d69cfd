//! The list of members, and suspending one.

use crate::harness::{Harness, Hours, london, refusal};
use domain::{
    catalogue::{tutor_by_slug, tutors},
    members::{Holder, MemberQuery, change_roles, export, list, member, reinstate, suspend},
};
use kernel::{Permission, Role};
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn members_are_searched_and_filtered(pool: PgPool) {
    let h = Harness::new(pool).await;
    h.other_school().await;
    h.tutor("José Tutor", Hours::default()).await;
    let desk = h.staff("Dora Desk", [Permission::SeeBookings].into_iter().collect()).await;
    for n in 0..30 {
        h.student(&format!("Student {n}")).await;
    }
    let ask = async |text: &str, holder: Holder| {
        let query = MemberQuery { text: text.into(), holder, cursor: None };
        list(&h.services, &h.admin, &query).await.unwrap().items.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(ask("jose", Holder::Anybody).await, ["José Tutor"]);
    assert_eq!(ask("student-7@", Holder::Anybody).await, ["Student 7"]);
    assert_eq!(ask("", Holder::Role(Role::Tutor)).await, ["José Tutor"]);
    let detail = member(&h.services, &h.admin, desk.member().unwrap().id).await.unwrap();
    assert_eq!(ask("", Holder::Staff(detail.staff_role.unwrap())).await, ["Dora Desk"]);
    assert_eq!(ask("", Holder::Suspended).await, Vec::<String>::new());
    suspend(&h.services, &h.admin, desk.member().unwrap().id, "left").await.unwrap();
    assert_eq!(ask("", Holder::Suspended).await, ["Dora Desk"]);
    let all = tutors(&h.services, &h.admin).await.unwrap();
    assert_eq!(all.into_iter().map(|tutor| tutor.name).collect::<Vec<_>>(), ["José Tutor"]);
    assert_eq!(ask("%", Holder::Anybody).await, Vec::<String>::new(), "no pattern");
    let first = list(&h.services, &h.admin, &MemberQuery::default()).await.unwrap();
    let rest = list(&h.services, &h.admin, &MemberQuery { cursor: first.next, ..MemberQuery::default() }).await.unwrap();
    assert_eq!((first.items.len(), rest.items.len(), rest.next), (25, 8, None), "30 students, a tutor, staff, an admin");
    let file = export(&h.services, &h.admin, &MemberQuery { holder: Holder::Role(Role::Tutor), ..MemberQuery::default() }).await.unwrap();
    assert!(
        file.starts_with("name,email,roles,staff role,status,member since\nJosé Tutor,jose-tutor@northside.example,tutor,,active,"),
        "{file}"
    );
    assert_eq!(file.lines().count(), 2);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_suspended_member_is_signed_out_and_told_why_only_by_their_password(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Gwen Goes", Hours::default()).await;
    let hash = h.services.hasher.hash("violet harbour kettle").await.unwrap();
    sqlx::query("UPDATE accounts SET password_hash = $1 WHERE email = 'gwen-goes@northside.example'")
        .bind(&hash)
        .execute(&h.owner)
        .await
        .unwrap();
    let sign_in = async |password: &str| h.sign_in("gwen-goes@northside.example", password, None).await;
    sign_in("violet harbour kettle").await.unwrap();
    assert_eq!(
        refusal(suspend(&h.services, &h.admin, tutor.id, " ").await),
        r#"Invalid(FormErrors({"reason": [FieldError { code: "error-required", args: {} }]}))"#
    );
    suspend(&h.services, &h.admin, tutor.id, "did not come to three lessons").await.unwrap();
    assert!(refusal(sign_in("violet harbour kettle").await).contains("error-suspended"));
    assert!(refusal(sign_in("something else").await).contains("error-sign-in"), "nobody else learns of it");
    assert!(tutor_by_slug(&h.services, &h.anonymous(), &tutor.slug).await.is_err());
    reinstate(&h.services, &h.admin, tutor.id).await.unwrap();
    sign_in("violet harbour kettle").await.unwrap();
    let own = h.admin.member().unwrap().id;
    assert_eq!(refusal(suspend(&h.services, &h.admin, own, "enough").await), "error-suspend-oneself");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_role_with_lessons_to_come_cannot_be_taken(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tina Tutor", Hours::default()).await;
    let student = h.student("Sam Student").await;
    let offering = h.offering(&tutor, "one_on_one", &[(60, 3200)]).await;
    h.booked(&student, offering.variants[0], london("2026-11-17T10:00")).await;
    for id in [tutor.id, student.member().unwrap().id] {
        let refused = refusal(change_roles(&h.services, &h.admin, id, &["admin".into()], "").await);
        assert!(refused.contains("error-role-has-lessons"), "{refused}");
    }
    change_roles(&h.services, &h.admin, tutor.id, &["tutor".into(), "student".into()], "").await.unwrap();
    assert!(h.again(tutor.id).await.member().unwrap().roles.student);
    let idle = h.tutor("Ida Idle", Hours::default()).await;
    change_roles(&h.services, &h.admin, idle.id, &["student".into()], "").await.unwrap();
    assert_eq!(h.count("SELECT count(*) FROM tutors WHERE slug = 'ida-idle' AND published").await, 0, "who teaches no more is not shown");
}
