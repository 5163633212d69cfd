//! Guardians of those who are young.

use super::{book, consent, joined, link, sign_up, younger};
use crate::{harness::refusal, till::Till};
use domain::{
    Actor, Keyring, Services,
    audit::{self, AuditQuery},
    limits::{self, Allowance},
    policies::{self, ConsentDraft, GuardianDraft, GuardianStatus, PolicyKind},
    resealing, retention,
    uploads::{self, Purpose},
};
use kernel::{Permission, email::Email};
use sqlx::PgPool;

const GAIL: &str = "gail@home.test";
const OVER: &str = "error-guardian-over";

/// A school that asks the guardians of who is younger than 16, and has terms.
async fn school(pool: PgPool) -> Till {
    let till = Till::new(pool).await;
    till.school.publish(PolicyKind::Terms, "Be kind.", true).await;
    policies::save_guardian_age(&till.school.services, &till.school.admin, "16").await.unwrap();
    till
}

async fn minor(till: &Till) -> Actor {
    let maya = joined(&till.school, "maya@x.test", &younger(&till.school, GAIL).await).await;
    till.run_jobs().await;
    maya
}

async fn yes(till: &Till, ticket: &str) -> GuardianDraft {
    let request = policies::open(till.services(), &till.school.anonymous(), ticket).await.unwrap().unwrap();
    GuardianDraft { name: "Gail Guardian".into(), agree: true, shown: request.shown() }
}

async fn status(till: &Till, maya: &Actor) -> Option<GuardianStatus> {
    policies::own(till.services(), maya).await.unwrap().standing.guardian.map(|guardian| guardian.status)
}

async fn restore(till: &Till, email: &str) {
    limits::restore(till.services(), Allowance::GuardianTo(&Email::lenient(email))).await.unwrap();
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_is_young_books_with_a_guardians_consent_until_it_is_withdrawn(pool: PgPool) {
    let till = school(pool).await;
    let (h, s) = (&till.school, till.services());
    let full = younger(h, GAIL).await;
    for (draft, error) in [
        (ConsentDraft { age: String::new(), ..full.clone() }, "error-age"),
        (ConsentDraft { guardian_name: " ".into(), ..full.clone() }, "error-required"),
        (ConsentDraft { guardian_email: "gail".into(), ..full.clone() }, "error-email"),
        (ConsentDraft { guardian_email: "Maya+mum@x.test".into(), ..full.clone() }, "error-guardian-own"),
    ] {
        let refused = refusal(sign_up(h, "maya@x.test", &draft).await);
        assert!(refused.contains(error), "{error}: {refused}");
    }
    let maya = minor(&till).await;
    assert_eq!(refusal(book(&till, &maya, "2026-11-17T10:00").await), "Consent");
    assert!(!policies::due(s, &h.anonymous(), maya.member().unwrap().id).await.unwrap(), "they can do nothing about it");
    let ticket = link(&till, GAIL, "Maya Minor wants to learn");
    let open = policies::open(s, &h.anonymous(), &ticket).await.unwrap().unwrap();
    assert_eq!((open.student.as_str(), open.name.as_str(), open.is_given, open.documents.len()), ("Maya Minor", "Gail Guardian", false, 1));
    let full = yes(&till, &ticket).await;
    let visitor = Actor { client: Some([198, 51, 100, 9].into()), ..h.anonymous() };
    for (draft, error) in [
        (GuardianDraft { name: String::new(), ..full.clone() }, "error-required"),
        (GuardianDraft { agree: false, ..full.clone() }, "error-is-guardian"),
        (GuardianDraft { shown: "others".into(), ..full.clone() }, "error-policy-newer"),
    ] {
        let refused = refusal(policies::give(s, &visitor, &ticket, &draft).await);
        assert!(refused.contains(error), "{error}: {refused}");
    }
    assert_eq!(refusal(policies::withdraw(s, &visitor, &ticket).await), OVER, "the link that asks does not withdraw");
    policies::give(s, &visitor, &ticket, &full).await.unwrap();
    let kept = till.text("SELECT concat_ws(' ', status, stated_name, address) FROM guardian_consents").await;
    assert_eq!(kept, "given Gail Guardian 198.51.100.x");
    assert_eq!(h.count("SELECT count(*) FROM guardian_consent_versions").await, 1);
    till.run_jobs().await;
    let held = book(&till, &maya, "2026-11-17T10:00").await.unwrap();
    assert!(policies::open(s, &h.anonymous(), &ticket).await.unwrap().is_none(), "once");
    assert_eq!(refusal(policies::give(s, &visitor, &ticket, &full).await), OVER);
    let mails = s.mail.sent();
    assert!(mails.iter().any(|mail| mail.to == "maya@x.test" && mail.text.contains("You can book now")));

    let again = link(&till, GAIL, "Keep this mail");
    assert!(policies::open(s, &h.anonymous(), &again).await.unwrap().unwrap().is_given);
    assert_eq!(refusal(policies::give(s, &visitor, &again, &full).await), OVER, "the link that withdraws does not consent");
    policies::withdraw(s, &visitor, &again).await.unwrap();
    assert_eq!(refusal(policies::withdraw(s, &visitor, &again).await), OVER, "once");
    assert_eq!(refusal(book(&till, &maya, "2026-11-18T10:00").await), "Consent");
    assert_eq!(refusal(domain::payments::start_checkout(s, &maya, held).await), "Consent", "what is held is not paid");
    till.run_jobs().await;
    let mails = s.mail.sent();
    assert!(mails.iter().any(|mail| mail.to == "admin@northside.example" && mail.text.contains("withdrew the consent for Maya Minor")));
    // A school that asks no longer still hears a guardian who said no.
    policies::save_guardian_age(s, &h.admin, "").await.unwrap();
    assert_eq!(refusal(book(&till, &maya, "2026-11-18T10:00").await), "Consent");
    let (lines, _) = audit::log(s, &h.admin, &AuditQuery::default()).await.unwrap();
    let told: Vec<_> = lines.iter().filter(|line| line.action.starts_with("guardian.")).map(|line| line.action.as_str()).collect();
    assert_eq!(told, ["guardian.withdrawn", "guardian.given"]);
    assert!(lines.iter().all(|line| !format!("{line:?}").contains(GAIL)), "the log has no guardian's address");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn of_many_clicks_at_the_same_moment_one_decides(pool: PgPool) {
    let till = school(pool).await;
    let h = &till.school;
    let maya = minor(&till).await;
    let ticket = link(&till, GAIL, "wants to learn");
    let full = yes(&till, &ticket).await;
    let clicks = (0..40).map(|n| {
        let (services, nobody, ticket, full) = (h.services.clone(), h.anonymous(), ticket.clone(), full.clone());
        tokio::spawn(async move {
            if n % 2 == 0 {
                policies::give(&services, &nobody, &ticket, &full).await
            } else {
                policies::refuse(&services, &nobody, &ticket).await
            }
        })
    });
    let mut decided = 0;
    for done in clicks.collect::<Vec<_>>() {
        match done.await.unwrap() {
            Ok(()) => decided += 1,
            refused => assert_eq!(refusal(refused), OVER),
        }
    }
    assert_eq!(decided, 1);
    assert_eq!(h.count("SELECT count(*) FROM audit_entries WHERE action LIKE 'guardian.%'").await, 1);
    let given = status(&till, &maya).await == Some(GuardianStatus::Given);
    assert_eq!(book(&till, &maya, "2026-11-17T10:00").await.is_ok(), given);
    till.run_jobs().await;
    let told = h.count("SELECT count(*) FROM mails WHERE cause LIKE 'guardian\\_given:%' OR cause LIKE 'guardian\\_refused:%'").await;
    assert_eq!(told, if given { 2 } else { 1 });
}

/// Whoever books at the moment of the withdrawal comes before it or is refused; nobody comes after.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn nothing_is_booked_after_a_withdrawal(pool: PgPool) {
    let till = school(pool).await;
    let h = &till.school;
    let maya = minor(&till).await;
    let ticket = link(&till, GAIL, "wants to learn");
    policies::give(till.services(), &h.anonymous(), &ticket, &yes(&till, &ticket).await).await.unwrap();
    let ticket = h.guardian_ticket(GAIL).await;
    // The booking waits for the withdrawal, which has the member's row.
    let mut tx = h.tx().await;
    sqlx::query("SELECT id FROM members WHERE id = $1 FOR NO KEY UPDATE")
        .bind(maya.member().unwrap().id.0)
        .execute(tx.conn())
        .await
        .unwrap();
    let withdrawing = {
        let (services, nobody) = (h.services.clone(), h.anonymous());
        tokio::spawn(async move { policies::withdraw(&services, &nobody, &ticket).await })
    };
    while h.count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()").await < 1 {
        tokio::task::yield_now().await;
    }
    let booking = book(&till, &maya, "2026-11-17T10:00");
    let (booked, ()) = tokio::join!(booking, async {
        while h.count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()").await < 2 {
            tokio::task::yield_now().await;
        }
        tx.commit().await.unwrap();
    });
    withdrawing.await.unwrap().unwrap();
    assert_eq!(refusal(booked), "Consent");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_database_lets_a_consent_go_forward_alone(pool: PgPool) {
    let till = school(pool).await;
    let h = &till.school;
    minor(&till).await;
    let set = |what: &str| format!("UPDATE guardian_consents SET {what}");
    for wrong in [
        set("status = 'withdrawn', decided_at = now(), withdrawn_at = now(), stated_name = 'G', ticket = NULL, secret = NULL"),
        set("status = 'given', decided_at = now()"),
        set("status = 'given', stated_name = 'G'"),
        set("status = 'refused', decided_at = now()"),
        set("guardian_email = 'other@x.test'"),
        set("status = 'expired'"),
        "UPDATE guardian_consents SET member_id = gen_random_uuid()".into(),
        "DELETE FROM guardian_consents".into(),
        "INSERT INTO guardian_consents SELECT tenant_id, gen_random_uuid(), member_id, 'given', 'G', 'g@x.test', 'en', NULL, NULL, 1, now(), now(), now(), now(), 'G', '', NULL FROM guardian_consents".into(),
        "INSERT INTO guardian_consents (tenant_id, id, member_id, guardian_name, guardian_email, locale, expires_at) SELECT tenant_id, gen_random_uuid(), member_id, 'G', 'g@x.test', 'en', now() FROM guardian_consents".into(),
    ] {
        assert!(h.sql(&wrong).await.is_err(), "{wrong}");
    }
    h.sql(&set("status = 'given', decided_at = now(), stated_name = 'G'")).await.unwrap();
    for wrong in [
        set("status = 'asked', decided_at = NULL"),
        set("status = 'refused', ticket = NULL, secret = NULL"),
        set("status = 'expired', decided_at = NULL, ticket = NULL, secret = NULL"),
        set("stated_name = 'Somebody else'"),
        set("decided_at = now() + interval '1 day'"),
        set("expires_at = now() + interval '1 year'"),
    ] {
        assert!(h.sql(&wrong).await.is_err(), "{wrong}");
    }
    h.sql(&set("status = 'withdrawn', withdrawn_at = now(), ticket = NULL, secret = NULL")).await.unwrap();
    for wrong in [set("status = 'given', withdrawn_at = NULL"), set("withdrawn_at = now() + interval '1 day'")] {
        assert!(h.sql(&wrong).await.is_err(), "{wrong}");
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_guardian_who_does_not_answer_makes_room_for_another(pool: PgPool) {
    let till = school(pool).await;
    let (h, s) = (&till.school, till.services());
    let maya = minor(&till).await;
    let first = link(&till, GAIL, "wants to learn");
    policies::resend(s, &maya).await.unwrap();
    till.run_jobs().await;
    let second = link(&till, GAIL, "wants to learn");
    assert!(first != second && policies::open(s, &h.anonymous(), &first).await.unwrap().is_none(), "a new mail has a new link");
    policies::resend(s, &maya).await.unwrap();
    assert!(refusal(policies::resend(s, &maya).await).starts_with("RateLimited"), "three mails to a mailbox");
    let ticket = h.guardian_ticket(GAIL).await;
    h.owner_sql("UPDATE guardian_consents SET expires_at = now() - interval '1 second'").await;
    assert_eq!(status(&till, &maya).await, Some(GuardianStatus::Expired));
    assert!(policies::open(s, &h.anonymous(), &ticket).await.unwrap().is_none());
    let late = GuardianDraft { name: "Gail".into(), agree: true, ..GuardianDraft::default() };
    assert_eq!(refusal(policies::give(s, &h.anonymous(), &ticket, &late).await), OVER);
    assert_eq!(refusal(policies::refuse(s, &h.anonymous(), &ticket).await), OVER);
    restore(&till, GAIL).await;
    assert_eq!(refusal(policies::resend(s, &maya).await), OVER, "another is asked instead");
    policies::name_guardian(s, &maya, "en", "Gus", "gus@home.test").await.unwrap();
    assert_eq!(h.count("SELECT count(*) FROM guardian_consents WHERE status = 'expired' AND ticket IS NULL").await, 1);
    // A mistyped address is typed again; the old link is over.
    let wrong = h.guardian_ticket("gus@home.test").await;
    policies::name_guardian(s, &maya, "en", "Gus", "gus@house.test").await.unwrap();
    assert!(policies::open(s, &h.anonymous(), &wrong).await.unwrap().is_none());
    assert!(policies::open(s, &h.anonymous(), &h.guardian_ticket("gus@house.test").await).await.unwrap().is_some());
    let refused = refusal(policies::name_guardian(s, &maya, "en", "", "maya@x.test").await);
    assert!(refused.contains("error-required") && refused.contains("error-guardian-own"), "{refused}");
    // Whoever is of age has none to name.
    let noor = joined(h, "noor@x.test", &consent(h).await).await;
    assert_eq!(refusal(policies::name_guardian(s, &noor, "en", "G", GAIL).await), "NotFound");
    book(&till, &noor, "2026-11-17T12:00").await.unwrap();
    // What is known of who did not consent goes after 90 days.
    h.owner_sql("UPDATE guardian_consents SET expires_at = now() - interval '91 days' WHERE status = 'asked'").await;
    retention::tidy(&till.worker).await.unwrap();
    let left = till.text("SELECT string_agg(status || guardian_name || guardian_email, ',') FROM guardian_consents").await;
    assert!(left.contains("expired,") && !left.contains("gus@house.test"), "{left}");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn after_a_refusal_the_school_helps(pool: PgPool) {
    let till = school(pool).await;
    let (h, s) = (&till.school, till.services());
    let maya = minor(&till).await;
    let id = maya.member().unwrap().id;
    policies::refuse(s, &h.anonymous(), &link(&till, GAIL, "wants to learn")).await.unwrap();
    assert_eq!(status(&till, &maya).await, Some(GuardianStatus::Refused));
    assert_eq!(refusal(policies::name_guardian(s, &maya, "en", "Gus", "gus@home.test").await), "error-guardian-decided");
    let clerk = h.staff("Clerk", [Permission::ManageMembers].into_iter().collect()).await;
    let reader = h.staff("Reader", [Permission::SeeMembers].into_iter().collect()).await;
    let other = h.other_school().await;
    for actor in [&reader, &other.admin, &maya] {
        assert_eq!(refusal(policies::ask_for(s, actor, id, "en", "Gus", "gus@home.test").await), "NotFound");
        assert_eq!(refusal(policies::resend_for(s, actor, id).await), "NotFound");
        assert_eq!(refusal(policies::confirm_age(s, actor, id).await), "NotFound");
    }
    assert_eq!(policies::of_member(s, &reader, id).await.unwrap().standing.guardian.unwrap().status, GuardianStatus::Refused);
    policies::ask_for(s, &clerk, id, "en", "Gus", "gus@home.test").await.unwrap();
    policies::resend_for(s, &clerk, id).await.unwrap();
    till.run_jobs().await;
    let ticket = link(&till, "gus@home.test", "wants to learn");
    policies::give(s, &h.anonymous(), &ticket, &yes(&till, &ticket).await).await.unwrap();
    assert_eq!(refusal(policies::ask_for(s, &clerk, id, "en", "G", GAIL).await), "error-guardian-decided");
    book(&till, &maya, "2026-11-17T10:00").await.unwrap();
    policies::withdraw(s, &h.anonymous(), &h.guardian_ticket("gus@home.test").await).await.unwrap();
    // They grew up.
    policies::confirm_age(s, &clerk, id).await.unwrap();
    assert_eq!(refusal(policies::confirm_age(s, &clerk, id).await), "NotFound");
    book(&till, &maya, "2026-11-18T10:00").await.unwrap();
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_limit_that_moves_asks_whom_it_says_nothing_of(pool: PgPool) {
    let till = school(pool).await;
    let (h, s) = (&till.school, till.services());
    let set = async |age| policies::save_guardian_age(s, &h.admin, age).await.unwrap();
    let asks = async |actor: &Actor| policies::mine(s, actor).await.unwrap().0.asks_age;
    let noor = joined(h, "noor@x.test", &consent(h).await).await;
    let (maya, sue) = (minor(&till).await, till.student.clone());
    assert_eq!((asks(&noor).await, asks(&maya).await, asks(&sue).await), (None, None, Some(16)), "who was there before is asked");
    assert_eq!((asks(&till.tutor.actor).await, asks(&h.admin).await), (None, None), "of who teaches or works there the school knows");
    set("18").await;
    assert_eq!((asks(&noor).await, asks(&maya).await), (Some(18), None));
    set("14").await;
    assert_eq!((asks(&noor).await, asks(&maya).await), (None, Some(14)));
    // Their own word again does not make them older at the same limit.
    set("16").await;
    policies::agree(s, &maya, "en", &consent(h).await).await.unwrap();
    assert_eq!(refusal(book(&till, &maya, "2026-11-17T10:00").await), "Consent");
    // Where nobody is asked any more, nobody waits.
    set("").await;
    assert_eq!(asks(&sue).await, None);
    book(&till, &maya, "2026-11-17T10:00").await.unwrap();
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn no_picture_of_somebody_young_without_consent(pool: PgPool) {
    let till = school(pool).await;
    let (h, s) = (&till.school, till.services());
    let id = minor(&till).await.member().unwrap().id;
    let roles = ["student".to_owned(), "tutor".to_owned()];
    domain::members::change_roles(s, &h.admin, id, &roles, "").await.unwrap();
    let maya = h.again(id).await;
    assert_eq!(refusal(uploads::permit(s, &maya, Purpose::Photo).await), "Consent");
    let ticket = link(&till, GAIL, "wants to learn");
    policies::give(s, &h.anonymous(), &ticket, &yes(&till, &ticket).await).await.unwrap();
    uploads::permit(s, &maya, Purpose::Photo).await.unwrap();
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_guardians_link_outlives_the_key_that_sealed_it(pool: PgPool) {
    const ONE: &str = "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const TWO: &str = "2:HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let mut till = school(pool).await;
    let with = |services: &Services, keys: &str| Services { keyring: Keyring::parse(keys).unwrap(), ..services.clone() };
    till.school.services = with(&till.school.services, ONE);
    till.worker = with(&till.worker, ONE);
    minor(&till).await;
    let both = with(till.services(), &format!("{ONE},*{TWO}"));
    assert!(resealing::run(&both).await.unwrap() >= 1);
    till.school.services = with(&till.school.services, TWO);
    till.school.guardian_ticket(GAIL).await;
}
