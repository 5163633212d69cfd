//! Sign-up, sign-in, sign-out, as native forms. The proof of an address has its own tests (`proofs`).

use crate::{
    app::{PASSWORD, TestApp},
    harness::ADMIN_PASSWORD,
};
use http::{StatusCode, header};
use kernel::Role;
use sqlx::PgPool;

const SIGN_UP: [(&str, &str); 4] = [("_page", "/sign-up"), ("name", "Maya Patel"), ("email", "Maya@Example.com"), ("password", PASSWORD)];

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_student_signs_up_out_and_in_again(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser();
    let answer = browser.post("/api/accounts/sign_up", &SIGN_UP).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-up/confirm"));
    assert_eq!(browser.get("/student").await.status, StatusCode::SEE_OTHER, "nobody is signed in before the address is proven");
    assert!(browser.get("/sign-up/confirm").await.body.contains("maya@example.com"));
    let answer = browser.confirm("maya@example.com").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
    assert_eq!(browser.get("/student").await.status, StatusCode::OK);

    browser.post("/sign-out", &[]).await;
    let answer = browser.get("/student").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?next=%2Fstudent"));

    let fields = [("email", " maya@example.com"), ("password", PASSWORD), ("next", "/student/orders")];
    let answer = browser.post("/api/accounts/sign_in", &fields).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/student/orders"));
    assert_eq!(browser.get("/student").await.status, StatusCode::OK);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_refused_form_keeps_what_was_typed_and_names_the_fields(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser();
    let fields = [("_page", "/sign-up?next=%2Ftutors"), ("name", "Maya <b>"), ("email", "not an address"), ("password", "short")];
    let answer = browser.post("/api/accounts/sign_up", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains(r#"value="Maya &lt;b&gt;""#), "the name is kept, escaped");
    assert!(answer.body.contains(r#"value="not an address""#));
    assert!(!answer.body.contains("short\""), "a password is never sent back");
    assert!(answer.body.contains("Enter an email address"));
    assert!(answer.body.contains("Use at least 10 characters"));
    assert!(answer.body.contains(r##"href="#f-email""##), "the summary leads to the field");
    assert!(answer.body.contains(r#"data-address="/sign-up?next=%2Ftutors""#), "the page's own address is shown");
    assert!(browser.cookies().is_empty());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn every_way_to_be_wrong_has_one_answer(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser();
    browser.post("/api/accounts/sign_up", &SIGN_UP).await;
    browser.confirm("maya@example.com").await;
    browser.post("/sign-out", &[]).await;
    let mut bodies = Vec::new();
    for (email, password) in [("maya@example.com", "wrong password"), ("nobody@example.com", PASSWORD)] {
        let answer = browser.call("/api/accounts/sign_in", &[("email", email), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        bodies.push(answer.body);
    }
    assert_eq!(bodies[0], bodies[1]);
    let other = app.school.other_school().await;
    let mut elsewhere = app.browser_at(&format!("{}.localhost:3000", other.tenant.slug));
    let answer = elsewhere.call("/api/accounts/sign_in", &[("email", "maya@example.com"), ("password", PASSWORD)]).await;
    assert_eq!(answer.body, bodies[0], "a member of another school is nobody here");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_cookie_is_for_its_host_alone(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser();
    browser.post("/api/accounts/sign_up", &SIGN_UP).await;
    let answer = browser.confirm("maya@example.com").await;
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
    let cookie = cookies.into_iter().find(|cookie| cookie.starts_with("__Host-login=")).unwrap();
    for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");

    // Carried to a sibling, it opens nothing: sessions are looked up within the tenant.
    let other = app.school.other_school().await;
    let mut sibling = app.browser_at(&format!("{}.localhost:3000", other.tenant.slug));
    sibling.set_cookie("__Host-login", &browser.cookies()["__Host-login"].clone());
    assert_eq!(sibling.get("/student").await.status, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn signing_in_gives_a_new_secret_and_signing_out_ends_the_old_one(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser();
    browser.post("/api/accounts/sign_up", &SIGN_UP).await;
    browser.confirm("maya@example.com").await;
    let first = browser.cookies()["__Host-login"].clone();
    browser.post("/api/accounts/sign_in", &[("email", "maya@example.com"), ("password", PASSWORD)]).await;
    let second = browser.cookies()["__Host-login"].clone();
    assert_ne!(first, second);
    browser.post("/sign-out", &[]).await;
    for stolen in [first, second] {
        let mut thief = app.browser();
        thief.set_cookie("__Host-login", &stolen);
        assert_eq!(thief.get("/student").await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(app.school.count("SELECT count(*) FROM login_sessions").await, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_portal_exists_only_for_its_role(owner: PgPool) {
    let app = TestApp::new(owner).await;
    for (role, own) in [(Role::Student, "/student"), (Role::Tutor, "/tutor"), (Role::Admin, "/admin")] {
        let actor = app.school.member(&format!("one {}", role.key()), &[role]).await;
        if role == Role::Tutor {
            app.school
                .owner_sql(&format!(
                    "INSERT INTO tutors (tenant_id, id, slug) VALUES ('{}', '{}', 't')",
                    actor.tenant.id,
                    actor.member.as_ref().unwrap().id
                ))
                .await;
        }
        let mut browser = app.signed_in(&actor).await;
        assert_eq!(browser.get("/account").await.location(), own, "signing in leads to one's own portal");
        for portal in ["/student", "/tutor", "/admin"] {
            let expected = if portal == own { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(browser.get(portal).await.status, expected, "{} at {portal}", role.key());
        }
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_changes_access_leads_to_showing_who_it_is_and_back(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.signed_in(&app.school.admin).await;
    app.school.owner_sql("UPDATE login_sessions SET verified_at = now() - interval '16 minutes'").await;
    for function in ["begin_two_step", "end_two_step", "renew_codes", "keep_codes", "begin_new_passkey"] {
        let path = format!("/api/accounts/{function}");
        let answer = browser.post(&path, &[("_page", "/account/security")]).await;
        assert_eq!(answer.location(), "/account/verify?next=%2Faccount%2Fsecurity&again=1", "{function}");
        assert_eq!(browser.call(&path, &[]).await.status, StatusCode::FORBIDDEN, "{function}");
    }
    for page in ["/account/security/two-step", "/account/security/recovery-codes", "/account/security/passkey"] {
        assert!(browser.get(page).await.location().starts_with("/account/verify?next="), "{page}");
    }
    let fields = [("password", ADMIN_PASSWORD), ("next", "/account/security"), ("_page", "/account/verify")];
    assert_eq!(browser.post("/api/accounts/verify", &fields).await.location(), "/account/security");
    // What was sent before has to be sent again, and nothing says that it was done.
    assert!(browser.get("/account/verify?next=%2F&again=1").await.body.contains("Nothing was changed yet"));
    let again = [
        ("password", ADMIN_PASSWORD),
        ("next", "/admin/settings?tab=a&done=admin-done-face#face"),
        ("again", "1"),
        ("_page", "/account/verify"),
    ];
    let back = browser.post("/api/accounts/verify", &again).await;
    assert_eq!(back.location(), "/admin/settings?tab=a&done=common-done-verified#face");
    assert!(browser.get("/admin/settings?done=common-done-verified").await.body.contains("please do it again"));
    let answer = browser.post("/api/accounts/begin_two_step", &[("_page", "/account/security")]).await;
    assert_eq!(answer.location(), "/account/security/two-step");
    assert!(browser.get("/account/security/two-step").await.body.contains("<svg"));
}
