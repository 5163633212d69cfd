//! Who joins agrees; who was there before is asked before they book.

use super::{book, consent, joined, sign_up};
use crate::{
    harness::{ADMIN_PASSWORD, refusal},
    till::Till,
};
use domain::{
    Actor, Impersonator, Member, booking,
    members::{self, Accepted, InvitationDraft},
    payments,
    policies::{self, ConsentDraft, PolicyKind},
};
use sqlx::PgPool;
use std::sync::Arc;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_joins_agrees_to_the_versions_that_the_form_showed(pool: PgPool) {
    let till = Till::new(pool).await;
    let h = &till.school;
    h.publish(PolicyKind::Terms, "Be kind.", true).await;
    let seen = consent(h).await;
    let refused = refusal(sign_up(h, "maya@x.test", &ConsentDraft { agree: false, ..seen.clone() }).await);
    assert!(refused.contains("error-agree"), "{refused}");
    h.publish(PolicyKind::Privacy, "We keep little.", true).await;
    let refused = refusal(sign_up(h, "maya@x.test", &seen).await);
    assert!(refused.contains("error-policy-newer"), "published while the form was open: {refused}");
    let maya = joined(h, "maya@x.test", &consent(h).await).await;
    let own = policies::own(&h.services, &maya).await.unwrap();
    assert_eq!(
        own.agreements.iter().map(|agreed| (agreed.version.kind, agreed.version.number)).collect::<Vec<_>>(),
        [(PolicyKind::Terms, 1), (PolicyKind::Privacy, 1)]
    );
    assert!(own.standing.is_clear() && own.agreements.iter().all(|agreed| agreed.agreed_at == h.services.now()));
    assert_eq!(till.text("SELECT string_agg(DISTINCT address, ',') FROM consents").await, "203.0.113.x", "shortened");
    book(&till, &maya, "2026-11-17T10:00").await.unwrap();
    for statement in ["UPDATE consents SET agreed_at = now()", "DELETE FROM consents"] {
        assert!(h.sql(statement).await.is_err(), "{statement}");
    }
    // What is published between the form and the code is asked later.
    let ticket = sign_up(h, "noor@x.test", &consent(h).await).await.unwrap();
    h.publish(PolicyKind::Terms, "Be kinder.", true).await;
    let code = h.secret_for(h.tenant.id, "noor@x.test").await;
    domain::accounts::confirm(&h.services, &h.anonymous(), &ticket, &code).await.unwrap();
    assert_eq!(h.count("SELECT count(*) FROM consents c JOIN policy_versions v ON v.id = c.version_id WHERE v.number = 2").await, 0);
    let noor = h.again(h.entered("noor@x.test", ADMIN_PASSWORD).await).await;
    assert_eq!(refusal(book(&till, &noor, "2026-11-17T12:00").await), "Consent");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_is_invited_agrees_too_and_who_teaches_is_of_age(pool: PgPool) {
    let till = Till::new(pool).await;
    let h = &till.school;
    h.publish(PolicyKind::Terms, "Be kind.", true).await;
    policies::save_guardian_age(&h.services, &h.admin, "16").await.unwrap();
    let draft = InvitationDraft { email: "tim@x.test".into(), roles: vec!["tutor".into()], ..InvitationDraft::default() };
    members::invite(&h.services, &h.admin, &draft).await.unwrap();
    let ticket = h.invitation_for("tim@x.test").await;
    let accept =
        async |draft: &ConsentDraft| members::accept(&h.services, &h.anonymous(), &ticket, "Tim", ADMIN_PASSWORD, "en", draft).await;
    let full = consent(h).await;
    let refused = refusal(accept(&ConsentDraft { agree: false, ..full.clone() }).await);
    assert!(refused.contains("error-agree"), "{refused}");
    let young = ConsentDraft { age: "younger".into(), guardian_name: "G".into(), guardian_email: "g@x.test".into(), ..full.clone() };
    for draft in [young, ConsentDraft { age: String::new(), ..full.clone() }] {
        let refused = refusal(accept(&draft).await);
        assert!(refused.contains("error-age-staff"), "{refused}");
    }
    let Accepted::Joined(login) = accept(&full).await.unwrap() else { panic!("has an account") };
    let told = policies::of_member(&h.services, &h.admin, login.member).await.unwrap();
    assert_eq!((told.agreements.len(), told.standing.is_clear()), (1, true));
    assert_eq!(h.count("SELECT count(*) FROM age_statements WHERE of_age AND age = 16").await, 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_was_there_before_is_asked_before_they_book(pool: PgPool) {
    let till = Till::new(pool).await;
    let h = &till.school;
    let (s, sue) = (&h.services, till.student.clone());
    let id = sue.member().unwrap().id;
    // Held and booked before anything was published.
    let held = book(&till, &sue, "2026-11-17T10:00").await.unwrap();
    let paid = book(&till, &sue, "2026-11-18T10:00").await.unwrap();
    till.checkout(paid).await;
    till.pay(paid).await;
    till.deliver_all().await;
    h.publish(PolicyKind::Terms, "Be kind.", true).await;
    assert!(policies::due(s, &h.anonymous(), id).await.unwrap());
    assert_eq!(refusal(book(&till, &sue, "2026-11-17T14:00").await), "Consent");
    assert_eq!(refusal(payments::start_checkout(s, &sue, held).await), "Consent");
    // What they have they keep, and can cancel.
    let booking = sqlx::types::Uuid::parse_str(&till.text("SELECT id::text FROM bookings").await).unwrap();
    let offer = booking::cancellation_offer(s, &sue, booking.into()).await.unwrap();
    booking::cancel(s, &sue, booking.into(), offer.refund.minor).await.unwrap();
    booking::give_up(s, &sue, held).await.unwrap();

    let (_, asked) = policies::mine(s, &sue).await.unwrap();
    let full = ConsentDraft { agree: true, shown: asked.shown(), ..ConsentDraft::default() };
    let refused = refusal(policies::agree(s, &sue, "en", &ConsentDraft { shown: "something".into(), ..full.clone() }).await);
    assert!(refused.contains("error-policy-newer"), "{refused}");
    // Nobody agrees for somebody else.
    let staff = h.admin.member().unwrap();
    let seen = Member { impersonator: Some(Impersonator { id: staff.id, name: staff.name.clone() }), ..sue.member().unwrap().clone() };
    let seen = Actor { member: Some(Arc::new(seen)), ..sue.clone() };
    assert_eq!(refusal(policies::agree(s, &seen, "en", &full).await), "error-impersonating");
    // Two clicks are one agreement.
    let clicks = (0..10).map(|_| {
        let (services, sue, full) = (s.clone(), sue.clone(), full.clone());
        tokio::spawn(async move { policies::agree(&services, &sue, "en", &full).await })
    });
    for done in clicks.collect::<Vec<_>>() {
        done.await.unwrap().unwrap();
    }
    assert_eq!(h.count(&format!("SELECT count(*) FROM consents WHERE member_id = '{id}'")).await, 1);
    book(&till, &sue, "2026-11-17T14:00").await.unwrap();

    // A small correction asks nobody, a change does.
    h.publish(PolicyKind::Terms, "Be kind!", false).await;
    assert!(!policies::due(s, &h.anonymous(), id).await.unwrap());
    book(&till, &sue, "2026-11-19T10:00").await.unwrap();
    h.publish(PolicyKind::Terms, "Be very kind.", true).await;
    h.publish(PolicyKind::Terms, "Be very kind!", false).await;
    let (standing, _) = policies::mine(s, &sue).await.unwrap();
    assert_eq!(standing.missing.iter().map(|head| head.number).collect::<Vec<_>>(), [4], "the latest, not the one that asks");
    assert_eq!(refusal(book(&till, &sue, "2026-11-20T10:00").await), "Consent");
    // Of another school it says nothing.
    let other = h.other_school().await;
    assert_eq!(refusal(policies::of_member(s, &other.student("Otto").await, id).await), "NotFound");
    assert_eq!(policies::of_member(s, &other.admin, id).await.unwrap().agreements.len(), 0);
}
