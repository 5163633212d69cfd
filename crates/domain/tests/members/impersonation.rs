//! Staff who see the site as a member does.

use crate::harness::{Harness, Hours, london, refusal};
use domain::{
    Actor, Member,
    accounts::{
        self, Login,
        sessions::{self, Device},
    },
    audit::{self, AuditQuery},
    booking,
    members::{change_roles, impersonate, suspend},
};
use jiff::SignedDuration;
use kernel::{Permission, Role};
use sqlx::PgPool;
use std::sync::Arc;

fn id(actor: &Actor) -> kernel::ids::MemberId {
    actor.member().unwrap().id
}

/// Starts the session and loads it, as the next request does.
async fn enter(h: &Harness, secret: &[u8], login: Login) -> Option<Member> {
    let end = h.services.now() + SignedDuration::from_hours(24 * 365);
    sessions::create(&h.services.db, h.tenant.id, secret, login, &serde_json::json!({}), end, &Device::default()).await.unwrap();
    load(h, secret).await
}

async fn load(h: &Harness, secret: &[u8]) -> Option<Member> {
    sessions::load(&h.services.db, h.tenant.id, secret, &Device::default()).await.unwrap().map(|session| session.member)
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn staff_see_but_do_not_pay_cancel_or_change_access(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    let tutor = h.tutor("Tina Tutor", Hours::default()).await;
    let student = h.student("Sam Student").await;
    let offering = h.offering(&tutor, "one_on_one", &[(60, 3200)]).await;
    let (_, lesson) = h.booked(&student, offering.variants[0], london("2026-11-17T10:00")).await;
    let helper = h.staff("Hal Helper", [Permission::Impersonate].into_iter().collect()).await;
    assert!(refusal(impersonate(s, &helper, id(&student), " ").await).contains("error-required"));
    let idle = Actor { member: Some(Arc::new(Member { verified: false, ..helper.member().unwrap().clone() })), ..helper.clone() };
    assert_eq!(refusal(impersonate(s, &idle, id(&student), "cannot find the lesson").await), "Unverified");
    assert_eq!(refusal(impersonate(s, &student, id(&tutor.actor), "x").await), "NotFound");
    assert_eq!(refusal(impersonate(s, &helper, id(&h.admin), "x").await), "error-member-outranks");
    assert_eq!(refusal(impersonate(s, &helper, id(&helper), "x").await), "error-member-outranks");

    let login = impersonate(s, &helper, id(&student), "cannot find the lesson").await.unwrap();
    let seen = enter(&h, b"helping", login).await.unwrap();
    assert_eq!((seen.id, seen.verified), (id(&student), false));
    assert_eq!(seen.impersonator.as_ref().unwrap().name, "Hal Helper");
    let minutes = h
        .count("SELECT round(extract(epoch FROM expires_at - now()) / 60)::bigint FROM login_sessions WHERE impersonator_id IS NOT NULL")
        .await;
    assert_eq!(minutes, 30);
    let acting = Actor { member: Some(Arc::new(seen)), ..h.anonymous() };
    assert_eq!(booking::student_upcoming(s, &acting).await.unwrap().len(), 1, "what they see");
    for refused in [
        refusal(booking::cancel(s, &acting, lesson, 3200).await),
        refusal(booking::hold(s, &acting, booking::Hold { variant_id: offering.variants[0], starts_at: london("2026-11-18T10:00") }).await),
        refusal(accounts::change_password(s, &acting, "x", "violet kettle harbour").await),
        refusal(sessions::end_all(s, &acting).await),
        refusal(sessions::end(s, &acting, &sessions::id_of(b"helping")).await),
        refusal(impersonate(s, &acting, id(&tutor.actor), "x").await),
    ] {
        assert!(["error-impersonating", "NotFound"].contains(&refused.as_str()), "{refused}");
    }
    let devices = sessions::list(&s.db, &student).await.unwrap();
    assert_eq!(devices[0].impersonator.as_deref(), Some("Hal Helper"), "they see it");
    let lines = audit::log(s, &h.admin, &AuditQuery::default()).await.unwrap().0;
    assert_eq!((lines[0].action.as_str(), lines[0].after.as_str()), ("member.impersonated", r#"{"reason":"cannot find the lesson"}"#));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn it_ends_with_either_session_and_with_the_right_to_it(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    let student = h.student("Sam Student").await;
    let begin = async |name: &str| {
        let helper = h.member(name, &[Role::Admin]).await;
        let login = impersonate(s, &helper, id(&student), "help").await.unwrap();
        assert!(enter(&h, name.as_bytes(), login).await.is_some());
        helper
    };
    let one = begin("One").await;
    sessions::end_all(s, &one).await.unwrap();
    assert!(load(&h, b"One").await.is_none(), "the helper signed out everywhere");
    let two = begin("Two").await;
    change_roles(s, &h.admin, id(&two), &["tutor".into()], "").await.unwrap();
    assert!(load(&h, b"Two").await.is_none(), "the helper may not any more");
    let three = begin("Three").await;
    suspend(s, &h.admin, id(&three), "left").await.unwrap();
    assert!(load(&h, b"Three").await.is_none(), "the helper is suspended");
    let _four = begin("Four").await;
    sessions::end_all(s, &student).await.unwrap();
    assert!(load(&h, b"Four").await.is_none(), "the member signed out everywhere");
    let clerk = h.staff("Cleo Clerk", [Permission::Impersonate].into_iter().collect()).await;
    let login = impersonate(s, &clerk, id(&student), "help").await.unwrap();
    assert!(enter(&h, b"Clerk", login).await.is_some());
    change_roles(s, &h.admin, id(&student), &["admin".into()], "").await.unwrap();
    assert!(load(&h, b"Clerk").await.is_none(), "the member may do more now");
}
