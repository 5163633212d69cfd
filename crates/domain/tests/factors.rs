//! Two-step verification: codes of the app and recovery codes, each once; trust; showing again who it is.

use crate::{
    harness::{ADMIN_PASSWORD, Harness, idle, refusal},
    till::Till,
};
use domain::{
    Error,
    accounts::{
        self, Login, SignedIn, passkeys,
        second_factor::{
            Shown, asked, begin_setup, confirm_setup, fresh_codes, keep_codes, protection, renew_codes, setup, show_code, show_passkey,
            switch_off, verify,
        },
        sessions::{self, Device},
    },
};
use jiff::SignedDuration;
use sqlx::PgPool;

const ADMIN: &str = "admin@northside.example";

/// What an app with this secret shows now.
fn code(h: &Harness, secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let app = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    app.generate(u64::try_from(h.services.now().as_second()).unwrap()).to_string()
}

/// The next code, half a minute on.
fn next_code(h: &Harness, secret: &str) -> String {
    h.clock.set(h.services.now() + SignedDuration::from_secs(30));
    code(h, secret)
}

/// Switches it on for the admin: the app's secret, and the recovery codes.
async fn switched_on(h: &Harness) -> (String, Vec<String>) {
    begin_setup(&h.services, &h.admin).await.unwrap();
    let secret = setup(&h.services, &h.admin).await.unwrap().secret;
    confirm_setup(&h.services, &h.admin, &code(h, &secret)).await.unwrap();
    let codes = fresh_codes(&h.services, &h.admin).await.unwrap();
    keep_codes(&h.services, &h.admin).await.unwrap();
    (secret, codes)
}

async fn challenge(h: &Harness, device: Option<&str>) -> String {
    match h.sign_in(ADMIN, ADMIN_PASSWORD, device).await.unwrap() {
        SignedIn::SecondFactor(ticket) => ticket,
        SignedIn::Login(_) => panic!("the password alone let somebody in"),
    }
}

async fn show(h: &Harness, ticket: &str, code: &str) -> Result<Shown, Error> {
    show_code(&h.services, &h.anonymous(), ticket, code, false).await
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn it_is_on_once_the_app_showed_a_code_and_ends_other_sessions(pool: PgPool) {
    let till = Till::new(pool).await;
    let h = &till.school;
    let (s, admin) = (&h.services, h.admin.member().unwrap());
    begin_setup(s, &h.admin).await.unwrap();
    h.entered(ADMIN, ADMIN_PASSWORD).await; // not on yet
    let made = setup(s, &h.admin).await.unwrap();
    assert!(made.url.starts_with("otpauth://totp/NORTHSIDE:admin%40northside.example?secret="), "{}", made.url);
    assert!(refusal(confirm_setup(s, &h.admin, "000000").await).contains("error-factor-wrong"));
    begin_setup(s, &h.admin).await.unwrap();
    assert_ne!(setup(s, &h.admin).await.unwrap().secret, made.secret, "begun again, with another secret");
    let secret = setup(s, &h.admin).await.unwrap().secret;
    let old = Login { member: admin.id, epoch: 0, by: None, verified: true };
    let (data, end) = (serde_json::json!({}), s.now() + SignedDuration::from_hours(24 * 365));
    sessions::create(&s.db, h.tenant.id, b"old", old, &data, end, &Device::default()).await.unwrap();
    let login = confirm_setup(s, &h.admin, &code(h, &secret)).await.unwrap();
    assert_eq!(login, Login { member: admin.id, epoch: 1, by: None, verified: true });
    assert!(sessions::load(&s.db, h.tenant.id, b"old", &Device::default()).await.unwrap().is_none(), "other sessions end");
    assert_eq!(refusal(begin_setup(s, &h.admin).await), "error-two-step-on");
    let kept = fresh_codes(s, &h.admin).await.unwrap();
    assert_eq!(kept.len(), 10);
    assert_eq!(h.count("SELECT count(*) FROM account_totp").await, 0, "no account is seen by accident");
    keep_codes(s, &h.admin).await.unwrap();
    assert_eq!(refusal(fresh_codes(s, &h.admin).await), "NotFound", "shown once");
    till.run_jobs().await;
    assert_eq!(s.mail.sent().last().unwrap().subject, "Two-step verification is on · NORTHSIDE");

    let ticket = challenge(h, None).await;
    assert_eq!(asked(s, &h.anonymous(), &ticket).await.unwrap().unwrap().passkey, None);
    assert!(refusal(show(h, &ticket, &code(h, &secret)).await).contains("error-factor-wrong"), "the code that switched it on was used");
    let shown = show(h, &ticket, &next_code(h, &secret)).await.unwrap();
    assert_eq!((shown.login, shown.device), (Login { member: admin.id, epoch: 1, by: None, verified: true }, None));
    assert_eq!(refusal(show(h, &ticket, &next_code(h, &secret)).await), "error-challenge-over", "a challenge is answered once");
    switch_off(s, &h.admin).await.unwrap();
    h.entered(ADMIN, ADMIN_PASSWORD).await;
    assert_eq!(protection(s, &h.admin).await.unwrap().codes_left, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn of_fifty_at_the_same_moment_one_code_signs_in(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (secret, codes) = switched_on(&h).await;
    for typed in [next_code(&h, &secret), codes[3].to_uppercase().replace('-', " ")] {
        sqlx::query("DELETE FROM rate_limits").execute(&h.owner).await.unwrap();
        let mut tickets = Vec::new();
        for _ in 0..50 {
            tickets.push(challenge(&h, None).await);
        }
        let tries = tickets.into_iter().map(|ticket| {
            let (h, typed) = (h.clone(), typed.clone());
            tokio::spawn(async move { show(&h, &ticket, &typed).await })
        });
        let mut entered = 0;
        for done in tries.collect::<Vec<_>>() {
            match done.await.unwrap() {
                Ok(_) => entered += 1,
                refused => {
                    let refused = refusal(refused);
                    assert!(refused.contains("error-factor-wrong") || refused.contains("RateLimited"), "{refused}");
                }
            }
        }
        assert_eq!(entered, 1, "{typed}");
    }
    assert_eq!(protection(&h.services, &h.admin).await.unwrap().codes_left, 9);
    let told = h.jobs("send_mail").await.into_iter().filter(|job| job["what"] == "recovery_code_used").count();
    assert_eq!(told, 1, "its owner hears of it");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_mistypes_five_codes_begins_again_and_the_owner_is_told(pool: PgPool) {
    let till = Till::new(pool).await;
    let h = &till.school;
    let (secret, _) = switched_on(h).await;
    let ticket = challenge(h, None).await;
    for _ in 0..5 {
        assert!(refusal(show(h, &ticket, "000000").await).contains("error-factor-wrong"));
    }
    assert_eq!(refusal(show(h, &ticket, &next_code(h, &secret)).await), "error-challenge-over", "a right one comes too late");
    till.run_jobs().await;
    assert!(h.services.mail.sent().iter().any(|mail| mail.subject == "Wrong codes at your sign-in · NORTHSIDE"));
    let again = challenge(h, None).await;
    h.owner_sql("UPDATE login_challenges SET expires_at = now() - interval '1 second'").await;
    assert_eq!(refusal(show(h, &again, &next_code(h, &secret)).await), "error-challenge-over", "too late");
    let other = h.other_school().await;
    let ticket = challenge(h, None).await;
    assert_eq!(refusal(show(&other, &ticket, &next_code(h, &secret)).await), "error-challenge-over", "another school's");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_trusted_browser_is_not_asked_until_the_epoch_changes(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (secret, _) = switched_on(&h).await;
    let ticket = challenge(&h, None).await;
    let shown = show_code(&h.services, &h.anonymous(), &ticket, &next_code(&h, &secret), true).await.unwrap();
    let device = shown.device.unwrap();
    assert!(matches!(h.sign_in(ADMIN, ADMIN_PASSWORD, Some(&device)).await.unwrap(), SignedIn::Login(_)));
    assert!(h.sign_in(ADMIN, "not this one at all", Some(&device)).await.is_err(), "trust is no password");
    challenge(&h, Some("of nobody")).await;
    h.owner_sql("UPDATE trusted_devices SET expires_at = now()").await;
    challenge(&h, Some(&device)).await;
    h.owner_sql("UPDATE trusted_devices SET expires_at = now() + interval '1 day'").await;
    accounts::change_password(&h.services, &h.admin, ADMIN_PASSWORD, "violet kettle harbour").await.unwrap();
    assert!(matches!(h.sign_in(ADMIN, "violet kettle harbour", Some(&device)).await.unwrap(), SignedIn::SecondFactor(_)));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_changes_access_asks_again_who_it_is(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (secret, _) = switched_on(&h).await;
    let (s, idle) = (&h.services, idle(&h.admin));
    for refused in [
        refusal(begin_setup(s, &idle).await),
        refusal(setup(s, &idle).await),
        refusal(confirm_setup(s, &idle, "000000").await),
        refusal(switch_off(s, &idle).await),
        refusal(renew_codes(s, &idle).await),
        refusal(fresh_codes(s, &idle).await),
        refusal(keep_codes(s, &idle).await),
        refusal(passkeys::begin_new(s, &idle).await),
        refusal(passkeys::finish_new(s, &idle, "x", "x", "x").await),
        refusal(passkeys::remove(s, &idle, "00").await),
    ] {
        assert_eq!(refused, "Unverified");
    }
    let login = Login { member: idle.member().unwrap().id, epoch: 1, by: None, verified: true };
    let end = s.now() + SignedDuration::from_hours(24 * 365);
    sessions::create(&s.db, h.tenant.id, b"mine", login, &serde_json::json!({}), end, &Device::default()).await.unwrap();
    h.owner_sql("UPDATE login_sessions SET verified_at = now() - interval '16 minutes'").await;
    let verified = async || sessions::load(&s.db, h.tenant.id, b"mine", &Device::default()).await.unwrap().unwrap().member.verified;
    assert!(!verified().await);
    let mine = sessions::id_of(b"mine");
    assert!(refusal(verify(s, &idle, &mine, "not this one at all", "").await).contains("error-password-wrong"));
    assert!(refusal(verify(s, &idle, &mine, ADMIN_PASSWORD, "000000").await).contains("error-factor-wrong"));
    assert!(!verified().await);
    verify(s, &idle, &mine, ADMIN_PASSWORD, &next_code(&h, &secret)).await.unwrap();
    assert!(verified().await);
    assert!(
        refusal(verify(s, &idle, &sessions::id_of(b"of nobody"), ADMIN_PASSWORD, &next_code(&h, &secret)).await)
            .contains("Unauthenticated")
    );
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_challenge_is_good_for_what_it_was_begun_for_alone(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (s, nobody) = (&h.services, h.anonymous());
    let new = passkeys::begin_new(s, &h.admin).await.unwrap();
    let sign_in = passkeys::begin_sign_in(s, &nobody).await.unwrap();
    assert!(passkeys::waiting_to_sign_in(s, &nobody, &sign_in).await.unwrap().unwrap().options.contains("northside.localhost"));
    assert_eq!(passkeys::waiting_to_verify(s, &h.admin, &new).await.unwrap(), None);
    for ticket in [&new, &sign_in] {
        assert_eq!(refusal(show(&h, ticket, "000000").await), "error-challenge-over");
        assert_eq!(refusal(show_passkey(s, &nobody, ticket, "{}").await), "error-challenge-over");
        for said in ["", "{}", "null", r#"{"id":"AA","rawId":"AA","type":"public-key","response":{}}"#] {
            assert!(refusal(passkeys::sign_in(s, &nobody, ticket, said).await).contains("error-passkey"), "{said}");
        }
    }
    assert!(refusal(passkeys::begin_verify(s, &h.admin).await).contains("error-passkey"), "without a passkey there is nothing to show");
    let student = h.student("Sam Student").await;
    assert!(refusal(passkeys::finish_new(s, &student, &new, "Mine", "{}").await).contains("error-passkey"));
    // Complete answers that only their purpose, or their owner, tells apart.
    let account = base64url(h.admin.member().unwrap().account.0.as_bytes());
    let shown = format!(
        r#"{{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{{"authenticatorData":"AAAA","clientDataJSON":"AAAA","signature":"AAAA","userHandle":"{account}"}},"extensions":{{}}}}"#
    );
    let made = r#"{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"attestationObject":"AAAA","clientDataJSON":"AAAA"},"extensions":{}}"#;
    let new = passkeys::begin_new(s, &h.admin).await.unwrap();
    assert_eq!(refusal(passkeys::sign_in(s, &nobody, &new, &shown).await), "error-challenge-over");
    let sign_in = passkeys::begin_sign_in(s, &nobody).await.unwrap();
    assert_eq!(refusal(passkeys::finish_new(s, &h.admin, &sign_in, "Mine", made).await), "error-challenge-over");
    let new = passkeys::begin_new(s, &h.admin).await.unwrap();
    assert_eq!(refusal(passkeys::finish_new(s, &student, &new, "Mine", made).await), "error-challenge-over", "somebody else's");
    let new = passkeys::begin_new(s, &h.admin).await.unwrap();
    assert_eq!(refusal(passkeys::verify(s, &h.admin, "00", &new, &shown).await), "error-challenge-over");
    assert!(
        refusal(passkeys::sign_in(s, &nobody, &sign_in, &shown).await).contains("error-passkey"),
        "the right purpose, and no such passkey"
    );
}

fn base64url(bytes: &[u8]) -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn wrong_codes_add_up_over_challenges_until_something_better_is_shown(pool: PgPool) {
    let till = Till::new(pool).await;
    let h = &till.school;
    let (secret, codes) = switched_on(h).await;
    // Four tries each, so that no challenge ever sees a fifth.
    for _ in 0..3 {
        let ticket = challenge(h, None).await;
        for _ in 0..4 {
            assert!(refusal(show(h, &ticket, "000000").await).contains("error-factor-wrong"));
        }
    }
    till.run_jobs().await;
    let told = h.services.mail.sent().iter().filter(|mail| mail.subject.starts_with("Wrong codes at your sign-in")).count();
    assert_eq!(told, 2, "at the fifth and at the tenth");
    let mut tx = h.tx().await;
    tx.see_account(h.admin.member().unwrap().account).await.unwrap();
    sqlx::query("UPDATE account_totp SET refused = 100").execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    let ticket = challenge(h, None).await;
    assert!(refusal(show(h, &ticket, &next_code(h, &secret)).await).contains("error-factor-wrong"), "no code of the app is taken any more");
    show(h, &ticket, &codes[0]).await.unwrap();
    let ticket = challenge(h, None).await;
    show(h, &ticket, &next_code(h, &secret)).await.unwrap();
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_password_alone_verifies_nobody_who_has_a_second_factor(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (secret, _) = switched_on(&h).await;
    let s = &h.services;
    assert_eq!(refusal(accounts::change_password(s, &idle(&h.admin), ADMIN_PASSWORD, "violet kettle harbour").await), "Unverified");
    let ticket = challenge(&h, None).await;
    let shown = show_code(s, &h.anonymous(), &ticket, &next_code(&h, &secret), true).await.unwrap();
    assert!(shown.login.verified);
    let SignedIn::Login(trusted) = h.sign_in(ADMIN, ADMIN_PASSWORD, shown.device.as_deref()).await.unwrap() else { panic!("not trusted") };
    assert!(!trusted.verified, "a trusted browser showed the password alone");
    let end = s.now() + SignedDuration::from_hours(24 * 365);
    sessions::create(&s.db, h.tenant.id, b"trusted", trusted, &serde_json::json!({}), end, &Device::default()).await.unwrap();
    assert!(!sessions::load(&s.db, h.tenant.id, b"trusted", &Device::default()).await.unwrap().unwrap().member.verified);
    // Signing a device out takes the trust of all: whose it was is not known.
    sessions::end(s, &h.admin, &sessions::id_of(b"trusted")).await.unwrap();
    challenge(&h, shown.device.as_deref()).await;
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_challenge_ends_with_the_password_that_it_came_after(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (secret, codes) = switched_on(&h).await;
    let ticket = challenge(&h, None).await;
    accounts::change_password(&h.services, &h.admin, ADMIN_PASSWORD, "violet kettle harbour").await.unwrap();
    for code in [next_code(&h, &secret), codes[0].clone()] {
        assert_eq!(refusal(show(&h, &ticket, &code).await), "error-challenge-over");
    }
    assert_eq!(protection(&h.services, &h.admin).await.unwrap().codes_left, 10, "nothing was used up");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn trust_belongs_to_one_account_at_one_school(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (secret, _) = switched_on(&h).await;
    let ticket = challenge(&h, None).await;
    let device = show_code(&h.services, &h.anonymous(), &ticket, &next_code(&h, &secret), true).await.unwrap().device.unwrap();
    let other = h.other_school().await;
    begin_setup(&h.services, &other.admin).await.unwrap();
    let theirs = setup(&h.services, &other.admin).await.unwrap().secret;
    confirm_setup(&h.services, &other.admin, &code(&h, &theirs)).await.unwrap();
    let asked = other.sign_in("admin@southside.example", ADMIN_PASSWORD, Some(&device)).await.unwrap();
    assert!(matches!(asked, SignedIn::SecondFactor(_)));
}
