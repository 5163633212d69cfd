//! What mails about getting in say, and to whom.

use crate::{
    harness::{ADMIN_PASSWORD, Harness, refusal},
    till::Till,
};
use domain::{
    accounts::{
        self, Login, SignUp,
        sessions::{self, Device},
    },
    limits::{self, Allowance},
    policies::ConsentDraft,
};
use kernel::email::Email;
use sqlx::PgPool;

async fn sign_up(till: &Till, email: &str) {
    let typed = SignUp { name: "Maya".into(), email: email.into(), password: ADMIN_PASSWORD.into() };
    accounts::sign_up(till.services(), &till.school.anonymous(), "es", &typed, &ConsentDraft::default()).await.unwrap();
    till.run_jobs().await;
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_new_address_gets_the_code_in_the_readers_language(owner: PgPool) {
    let till = Till::new(owner).await;
    till.school.owner_sql("UPDATE tenants SET locales = '{en,es}'").await;
    sign_up(&till, "maya@example.com").await;
    let [mail] = <[_; 1]>::try_from(till.services().mail.sent()).unwrap();
    let code = till.school.secret_for(till.school.tenant.id, "maya@example.com").await;
    let code = format!("{} {}", &code[..4], &code[4..]);
    assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("maya@example.com", "Tu código para NORTHSIDE"));
    assert!(mail.text.contains(&code) && mail.html.contains(&code), "{}", mail.text);
    assert!(!mail.subject.contains(&code), "subjects show on locked screens");
    // It has left: the database keeps no code in the clear.
    let kept = till.text("SELECT html || plain || subject FROM mails WHERE to_address = 'maya@example.com'").await;
    assert!(!kept.contains(&code), "{kept}");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_members_address_is_told_that_it_has_an_account(owner: PgPool) {
    let till = Till::new(owner).await;
    sign_up(&till, "admin@northside.example").await;
    let [mail] = <[_; 1]>::try_from(till.services().mail.sent()).unwrap();
    let code = till.school.secret_for(till.school.tenant.id, "admin@northside.example").await;
    assert_eq!(mail.subject, "You have an account at NORTHSIDE");
    assert!(!mail.text.contains(&code), "{}", mail.text);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_link_goes_to_members_alone_and_starts_with_the_schools_own_address(owner: PgPool) {
    let till = Till::new(owner).await;
    for email in ["nobody@example.com", "admin@northside.example"] {
        accounts::ask_reset(till.services(), &till.school.anonymous(), "en", email).await.unwrap();
    }
    till.run_jobs().await;
    let [mail] = <[_; 1]>::try_from(till.services().mail.sent()).unwrap();
    let ticket = till.school.secret_for(till.school.tenant.id, "admin@northside.example").await;
    assert_eq!(mail.to, "admin@northside.example");
    assert!(mail.text.contains(&format!("http://northside.localhost:3000/reset?ticket={ticket}")), "{}", mail.text);
    accounts::reset_password(till.services(), &till.school.anonymous(), &ticket, "violet kettle harbour").await.unwrap();
    till.run_jobs().await;
    assert_eq!(till.services().mail.sent().last().unwrap().subject, "Your password was changed · NORTHSIDE");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_session_of_a_password_that_changed_meanwhile_never_begins(owner: PgPool) {
    let till = Till::new(owner).await;
    let (h, admin) = (&till.school, till.school.admin.member().unwrap());
    // Signed in by the old password, which changes before the session is written.
    let login = Login { member: admin.id, epoch: 0, by: None, verified: true };
    accounts::change_password(&h.services, &h.admin, ADMIN_PASSWORD, "violet kettle harbour").await.unwrap();
    let (data, end) = (serde_json::json!({}), h.services.now() + jiff::SignedDuration::from_hours(24 * 365));
    let device = Device::default();
    sessions::create(&h.services.db, h.tenant.id, b"secret", login, &data, end, &device).await.unwrap();
    assert!(sessions::load(&h.services.db, h.tenant.id, b"secret", &device).await.unwrap().is_none());
    let login = Login { epoch: 1, ..login };
    sessions::create(&h.services.db, h.tenant.id, b"other", login, &data, end, &device).await.unwrap();
    assert!(sessions::load(&h.services.db, h.tenant.id, b"other", &device).await.unwrap().is_some());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn every_allowance_ends_and_is_its_owners_alone(owner: PgPool) {
    let till = Till::new(owner).await;
    let (one, two) = ("203.0.113.7".parse().unwrap(), "203.0.113.8".parse().unwrap());
    let (maya, noor) = (Email::lenient("maya@example.com"), Email::lenient("noor@example.com"));
    let (here, there) = (till.school.tenant.id, till.school.other_school().await.tenant.id);
    let pairs = [
        (Allowance::PasswordFrom(one, &maya), Allowance::PasswordFrom(two, &maya), 10),
        (Allowance::PasswordOf(&maya), Allowance::PasswordOf(&noor), 100),
        (Allowance::CodeOf(&maya), Allowance::CodeOf(&noor), 10),
        (Allowance::SignInFrom(one), Allowance::SignInFrom(two), 30),
        (Allowance::SignInAt(here), Allowance::SignInAt(there), 600),
        (Allowance::MailFrom(one), Allowance::MailFrom(two), 30),
        (Allowance::MailTo(&maya), Allowance::MailTo(&noor), 5),
        (Allowance::ResetTo(&maya), Allowance::ResetTo(&noor), 5),
        (Allowance::MailOf(here), Allowance::MailOf(there), 300),
    ];
    for (own, other, burst) in pairs {
        // Some drops come back while a wide one is emptied.
        let mut taken = 0;
        while limits::take(till.services(), own).await.is_ok() {
            taken += 1;
            assert!(taken <= burst * 3, "{own:?} does not end");
        }
        assert!(taken >= burst, "{own:?}: {taken}");
        limits::take(till.services(), other).await.unwrap();
        limits::restore(till.services(), own).await.unwrap();
        limits::take(till.services(), own).await.unwrap();
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_session_ends_when_it_is_not_used_and_at_last_in_any_case(owner: PgPool) {
    let till = Till::new(owner).await;
    let (h, device) = (&till.school, Device::default());
    let login = Login { member: h.admin.member().unwrap().id, epoch: 0, by: None, verified: true };
    let far = h.services.now() + jiff::SignedDuration::from_hours(24 * 365);
    sessions::create(&h.services.db, h.tenant.id, b"secret", login, &serde_json::json!({}), far, &device).await.unwrap();
    // By the database's clock, in whole days from now.
    let days = "SELECT round(extract(epoch FROM expires_at - now()) / 86400)::bigint FROM login_sessions";
    assert_eq!(h.count(days).await, 14);
    let used = async |created: i64| {
        h.owner_sql(&format!(
            "UPDATE login_sessions SET created_at = now() - interval '{created} days', seen_at = now() - interval '1 day', expires_at = now() + interval '1 day'"
        ))
        .await;
        sessions::load(&h.services.db, h.tenant.id, b"secret", &device).await.unwrap().unwrap();
        h.count(days).await
    };
    assert_eq!(used(3).await, 14, "used, it lasts another while");
    assert_eq!(used(28).await, 2, "but no longer than at most");
    h.owner_sql("UPDATE login_sessions SET expires_at = now() - interval '1 second'").await;
    assert!(sessions::load(&h.services.db, h.tenant.id, b"secret", &device).await.unwrap().is_none());
    assert!(sessions::list(&h.services.db, &h.admin).await.unwrap().is_empty(), "nor is it listed");
}

/// Sends wrong passwords and waits until each was noted.
async fn mistype(h: &Harness, email: &str, times: i64) {
    for _ in 0..times {
        sqlx::query("DELETE FROM rate_limits").execute(&h.owner).await.unwrap();
        let sum = "SELECT coalesce(sum(refused), 0)::bigint FROM members";
        let before = h.count(sum).await;
        assert!(h.sign_in(email, "not the password", None).await.is_err());
        while h.count(sum).await == before {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn many_wrong_passwords_in_a_row_are_told_to_their_owner_and_the_log(pool: PgPool) {
    let h = Harness::new(pool).await;
    let told = async || {
        let mails = h.jobs("send_mail").await.into_iter().filter(|job| job["what"] == "wrong_passwords").count();
        (mails, h.count("SELECT count(*) FROM audit_entries WHERE action = 'sign_in.refused'").await)
    };
    mistype(&h, "admin@northside.example", 9).await;
    h.sign_in("admin@northside.example", ADMIN_PASSWORD, None).await.unwrap();
    mistype(&h, "admin@northside.example", 9).await;
    assert_eq!(told().await, (0, 0), "in a row");
    mistype(&h, "admin@northside.example", 1).await;
    assert_eq!(told().await, (1, 1));
    mistype(&h, "admin@northside.example", 19).await;
    assert_eq!(told().await, (2, 2), "and then when they are twice as many");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_member_changes_their_own_name(pool: PgPool) {
    let h = Harness::new(pool).await;
    let sue = h.student("Sue").await;
    for name in ["  ", &"n".repeat(81), "a\nb"] {
        assert!(refusal(accounts::rename(&h.services, &sue, name).await).contains("\"name\""), "{name}");
    }
    accounts::rename(&h.services, &sue, " Susan Miller ").await.unwrap();
    accounts::rename(&h.services, &sue, "Susan Miller").await.unwrap();
    assert_eq!(h.again(sue.member().unwrap().id).await.member().unwrap().name, "Susan Miller");
    assert_eq!(h.count("SELECT count(*) FROM audit_entries WHERE action = 'member.renamed'").await, 1, "once");
    assert_eq!(refusal(accounts::rename(&h.services, &h.anonymous(), "X").await), "Unauthenticated");
}
