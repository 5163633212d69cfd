//! Proven addresses, new passwords, and where somebody is signed in.

use crate::app::{Answer, Browser, PASSWORD, TestApp};
use http::StatusCode;
use sqlx::PgPool;

const NEW: &str = "violet harbour kettle";

/// Somebody fills the sign-up form in.
async fn sign_up(browser: &mut Browser<'_>, email: &str) -> Answer {
    browser.post("/api/accounts/sign_up", &[("_page", "/sign-up"), ("name", "Maya Patel"), ("email", email), ("password", PASSWORD)]).await
}

async fn sign_in(browser: &mut Browser<'_>, email: &str, password: &str) -> StatusCode {
    browser.call("/api/accounts/sign_in", &[("email", email), ("password", password)]).await.status
}

/// A member with an account.
async fn maya(app: &TestApp) -> Browser<'_> {
    let mut browser = app.browser();
    sign_up(&mut browser, "maya@example.com").await;
    browser.confirm("maya@example.com").await;
    browser
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_code_works_in_the_browser_that_asked_for_it_alone(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser();
    sign_up(&mut browser, "maya@example.com").await;
    let code = app.school.secret_for(app.school.tenant.id, "maya@example.com").await;
    let mut other = app.browser();
    let answer = other.post("/api/accounts/confirm", &[("code", &code)]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    // One that waits for a code of its own does not get in by this one.
    sign_up(&mut other, "somebody@example.com").await;
    let answer = other.post("/api/accounts/confirm", &[("_page", "/sign-up/confirm"), ("code", &code)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("This is not the code that we sent"));
    assert_eq!(app.school.count("SELECT count(*) FROM app.account_by_email('maya@example.com')").await, 0);
    assert_eq!(browser.post("/api/accounts/confirm", &[("code", &code)]).await.status, StatusCode::SEE_OTHER);
    let again = browser.post("/api/accounts/confirm", &[("code", &code)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "once");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn five_wrong_codes_end_a_proof(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser();
    sign_up(&mut browser, "maya@example.com").await;
    let code = app.school.secret_for(app.school.tenant.id, "maya@example.com").await;
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    for _ in 0..5 {
        assert_eq!(browser.call("/api/accounts/confirm", &[("code", wrong)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(browser.call("/api/accounts/confirm", &[("code", &code)]).await.status, StatusCode::CONFLICT);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_address_that_has_an_account_is_answered_like_any_other(owner: PgPool) {
    let app = TestApp::new(owner).await;
    maya(&app).await;
    let mut known = app.browser();
    let mut unknown = app.browser();
    let (a, b) = (sign_up(&mut known, "maya@example.com").await, sign_up(&mut unknown, "noor@example.com").await);
    assert_eq!((a.status, a.location()), (b.status, b.location()));
    let (a, b) = (known.get("/sign-up/confirm").await.body, unknown.get("/sign-up/confirm").await.body);
    assert_eq!(without_nonce(&a).replace("maya@", "noor@"), without_nonce(&b));
    // Even with the code, which no mail told: the member signs in with the password.
    assert_eq!(known.confirm("maya@example.com").await.status, StatusCode::CONFLICT);
    let (a, b) = (
        known.call("/api/accounts/ask_reset", &[("email", "maya@example.com")]).await,
        known.call("/api/accounts/ask_reset", &[("email", "nobody@example.com")]).await,
    );
    assert_eq!((a.status, a.body), (b.status, b.body));
}

/// A page without what differs in each.
fn without_nonce(page: &str) -> String {
    page.split("nonce=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect()
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_person_of_another_school_joins_and_keeps_the_password(owner: PgPool) {
    let app = TestApp::new(owner).await;
    maya(&app).await;
    let other = app.school.other_school().await;
    let mut browser = app.browser_at(&format!("{}.localhost:3000", other.tenant.slug));
    browser.post("/api/accounts/sign_up", &[("name", "Maya"), ("email", "maya@example.com"), ("password", NEW)]).await;
    let answer = browser.confirm("maya@example.com").await;
    assert!(answer.location().starts_with("/sign-in"), "a mailbox opens no account: {}", answer.location());
    assert_eq!(browser.get("/student").await.status, StatusCode::SEE_OTHER);
    assert_eq!(sign_in(&mut browser, "maya@example.com", NEW).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sign_in(&mut browser, "maya@example.com", PASSWORD).await, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_link_sets_a_new_password_once_and_ends_every_login(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut old = maya(&app).await;
    assert_eq!(old.get("/student").await.status, StatusCode::OK);
    let mut browser = app.browser();
    let answer = browser.post("/api/accounts/ask_reset", &[("_page", "/forgot"), ("email", " MAYA@example.com ")]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/forgot?done=accounts-done-reset-sent"));
    let ticket = app.school.secret_for(app.school.tenant.id, "maya@example.com").await;
    let page = format!("/reset?ticket={ticket}");
    let form = browser.get(&page).await;
    assert!(form.body.contains("Choose a new password"));
    assert_eq!(
        (&form.headers["cache-control"], &form.headers["referrer-policy"]),
        (&"no-store".parse().unwrap(), &"same-origin".parse().unwrap())
    );
    let weak = browser.post("/api/accounts/reset_password", &[("_page", &page), ("ticket", &ticket), ("password", "password123")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.body.contains("too easy to guess"));
    let answer = browser.post("/api/accounts/reset_password", &[("_page", &page), ("ticket", &ticket), ("password", NEW)]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?done=accounts-done-reset"));
    assert_eq!(old.get("/student").await.status, StatusCode::SEE_OTHER, "every login has ended");
    assert_eq!(sign_in(&mut browser, "maya@example.com", PASSWORD).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sign_in(&mut browser, "maya@example.com", NEW).await, StatusCode::SEE_OTHER);
    let again = browser.call("/api/accounts/reset_password", &[("ticket", &ticket), ("password", "another violet kettle")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(browser.get(&page).await.body.contains("This link is over"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_link_of_one_school_is_nothing_at_another(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = maya(&app).await;
    browser.call("/api/accounts/ask_reset", &[("email", "maya@example.com")]).await;
    let ticket = app.school.secret_for(app.school.tenant.id, "maya@example.com").await;
    let other = app.school.other_school().await;
    let mut sibling = app.browser_at(&format!("{}.localhost:3000", other.tenant.slug));
    let answer = sibling.call("/api/accounts/reset_password", &[("ticket", &ticket), ("password", NEW)]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn changing_the_password_asks_for_the_old_one_and_signs_other_devices_out(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut here = maya(&app).await;
    let mut there = app.browser();
    assert_eq!(sign_in(&mut there, "maya@example.com", PASSWORD).await, StatusCode::SEE_OTHER);
    let wrong = here
        .post(
            "/api/accounts/change_password",
            &[("_page", "/account/security"), ("old_password", NEW), ("password", "another violet kettle")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("This is not your current password"));
    let same = [("_page", "/account/security"), ("old_password", PASSWORD), ("password", PASSWORD)];
    assert!(here.post("/api/accounts/change_password", &same).await.body.contains("This is your current password. Choose another."));
    let right = [("_page", "/account/security"), ("old_password", PASSWORD), ("password", NEW)];
    assert_eq!(here.post("/api/accounts/change_password", &right).await.status, StatusCode::SEE_OTHER);
    assert_eq!(here.get("/student").await.status, StatusCode::OK);
    assert_eq!(there.get("/student").await.status, StatusCode::SEE_OTHER);
    assert_eq!(sign_in(&mut there, "maya@example.com", NEW).await, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn devices_are_listed_and_signed_out(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut here = maya(&app).await;
    let mut there = app.browser();
    there.headers.push((http::header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0".to_owned()));
    sign_in(&mut there, "maya@example.com", PASSWORD).await;
    let page = here.get("/account/security").await.body;
    assert!(page.contains("Firefox on Linux") && page.contains("This device"), "{page}");
    let login = page.split("name=\"login\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    // Another member's hands do not reach it.
    let mut noor = app.browser();
    sign_up(&mut noor, "noor@example.com").await;
    noor.confirm("noor@example.com").await;
    assert_eq!(noor.call("/api/accounts/end_login", &[("login", &login)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(there.get("/student").await.status, StatusCode::OK);
    assert_eq!(here.post("/api/accounts/end_login", &[("login", &login)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(there.get("/student").await.status, StatusCode::SEE_OTHER);
    assert_eq!(here.get("/student").await.status, StatusCode::OK);
    sign_in(&mut there, "maya@example.com", PASSWORD).await;
    here.post("/api/accounts/end_all_logins", &[]).await;
    for browser in [&mut here, &mut there] {
        assert_eq!(browser.get("/student").await.status, StatusCode::SEE_OTHER);
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn guessing_is_slowed_down_for_known_and_unknown_addresses_alike(owner: PgPool) {
    let app = TestApp::new(owner).await;
    maya(&app).await;
    let mut thief = app.browser_from("203.0.113.7");
    for email in ["maya@example.com", "nobody@example.com"] {
        let mut answers = Vec::new();
        for _ in 0..12 {
            answers.push(sign_in(&mut thief, email, "not this one").await.as_u16());
        }
        assert_eq!(answers[..10], [422; 10], "{email}");
        assert_eq!(answers[10..], [429; 2], "{email}");
    }
    // It is the thief who waits, whatever the password; its owner elsewhere gets in.
    assert_eq!(sign_in(&mut thief, "maya@example.com", PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(sign_in(&mut app.browser_from("198.51.100.1"), "maya@example.com", PASSWORD).await, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn one_network_signs_in_so_often_and_no_oftener(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser_from("203.0.113.7");
    let mut answers = Vec::new();
    let began = std::time::Instant::now();
    while answers.last() != Some(&429) {
        answers.push(sign_in(&mut browser, &format!("nobody{}@example.com", answers.len()), "not this one").await.as_u16());
    }
    // One more every two seconds that this took.
    let most = 30 + usize::try_from(began.elapsed().as_secs() / 2).unwrap() + 1;
    assert!((30..=most).contains(&(answers.len() - 1)), "{answers:?}");
    assert_eq!(sign_in(&mut app.browser_from("203.0.113.8"), "nobody@example.com", "x").await, StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_client_behind_the_proxy_is_whom_the_proxy_saw(owner: PgPool) {
    let app = TestApp::new(owner).await;
    // One proxy stands before the test's server: what the client wrote itself counts for nothing.
    let forwarded = http::HeaderName::from_static("x-forwarded-for");
    let mut last = StatusCode::OK;
    for n in 0..12 {
        let mut browser = app.browser_from("203.0.113.7");
        browser.headers.retain(|(name, _)| *name != forwarded);
        browser.headers.push((forwarded.clone(), format!("192.0.2.{n}, 203.0.113.7:4711")));
        last = sign_in(&mut browser, "nobody@example.com", "x").await;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn signing_somebody_up_again_and_again_leaves_them_their_new_password(owner: PgPool) {
    let app = TestApp::new(owner).await;
    maya(&app).await;
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(sign_up(&mut app.browser_from("203.0.113.7"), "maya+x@example.com").await.status.as_u16());
    }
    assert_eq!(statuses[5], 429, "{statuses:?}");
    let answer = app.browser_from("198.51.100.1").call("/api/accounts/ask_reset", &[("email", "maya@example.com")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_code_is_sent_again_twice_and_no_oftener(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser();
    sign_up(&mut browser, "maya@example.com").await;
    for _ in 0..2 {
        assert_eq!(browser.post("/api/accounts/resend_code", &[]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(browser.call("/api/accounts/resend_code", &[]).await.status, StatusCode::CONFLICT);
    assert!(!browser.get("/sign-up/confirm").await.body.contains("Send the code again"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_link_of_before_is_nothing_once_the_password_changed_in_any_school(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut here = maya(&app).await;
    let other = app.school.other_school().await;
    let host = format!("{}.localhost:3000", other.tenant.slug);
    let mut there = app.browser_at(&host);
    there.post("/api/accounts/sign_up", &[("name", "Maya"), ("email", "maya@example.com"), ("password", NEW)]).await;
    there.confirm("maya@example.com").await;
    // Somebody who read the mailbox for a moment asks for a link at the other school.
    there.call("/api/accounts/ask_reset", &[("email", "maya@example.com")]).await;
    let ticket = app.school.secret_for(other.tenant.id, "maya@example.com").await;
    let right = [("old_password", PASSWORD), ("password", NEW)];
    assert_eq!(here.post("/api/accounts/change_password", &right).await.status, StatusCode::SEE_OTHER);
    let late = there.call("/api/accounts/reset_password", &[("ticket", &ticket), ("password", "another violet kettle")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(sign_in(&mut here, "maya@example.com", NEW).await, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn of_many_at_the_same_moment_one_takes_the_code(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser();
    sign_up(&mut browser, "maya@example.com").await;
    let code = app.school.secret_for(app.school.tenant.id, "maya@example.com").await;
    let cookie = browser.cookies()["__Host-proof"].clone();
    let tries = (0..20).map(|_| {
        let (app, cookie, code) = (&app, cookie.clone(), code.clone());
        async move {
            let mut browser = app.browser();
            browser.set_cookie("__Host-proof", &cookie);
            browser.call("/api/accounts/confirm", &[("code", &code)]).await.status
        }
    });
    let statuses = futures::future::join_all(tries).await;
    assert_eq!(statuses.iter().filter(|status| status.is_redirection()).count(), 1, "{statuses:?}");
    let refused = [StatusCode::CONFLICT, StatusCode::TOO_MANY_REQUESTS];
    assert!(statuses.iter().all(|status| status.is_redirection() || refused.contains(status)), "{statuses:?}");
}
