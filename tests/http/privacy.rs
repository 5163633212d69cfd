//! A member's data by the browser: to take along, and to have forgotten; and what is kept in the browser.

use crate::app::TestApp;
use http::{StatusCode, header};
use kernel::urls;
use sqlx::PgPool;
use web::cookie;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_member_takes_their_data_along_after_showing_who_they_are(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let maya = app.school.student("Maya Patel").await;
    let mut browser = app.signed_in(&maya).await;
    let page = browser.get(urls::PRIVACY).await.body;
    assert!(page.contains("Download my data") && page.contains("Delete my data"), "{page}");
    let answer = browser.get(urls::PRIVACY_FILE).await;
    assert_eq!((answer.status, &answer.bytes[..4]), (StatusCode::OK, &b"PK\x03\x04"[..]));
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert!(answer.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    app.school.owner_sql("UPDATE login_sessions SET verified_at = '-infinity'").await;
    for path in [urls::PRIVACY, urls::PRIVACY_FILE] {
        assert_eq!(browser.get(path).await.location(), urls::verify(urls::PRIVACY), "{path}");
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_member_is_forgotten_and_out(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let maya = app.school.student("Maya Patel").await;
    let mut browser = app.signed_in(&maya).await;
    let wrong = browser.post("/api/accounts/erase_self", &[("_page", urls::PRIVACY), ("email", "somebody@else.example")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("This is not the email of your account here.") && wrong.body.contains("value=\"somebody@else.example\""));
    let email = maya.member().unwrap().email.clone();
    let answer = browser.post("/api/accounts/erase_self", &[("_page", urls::PRIVACY), ("email", &email)]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?done=privacy-done-erased"));
    assert!(browser.get("/sign-in?done=privacy-done-erased").await.body.contains("Your data here is being deleted."));
    assert!(browser.get(urls::ACCOUNT).await.location().starts_with("/sign-in?next="));
    // The admin's way, for somebody else.
    let noor = app.school.student("Noor Haddad").await.member().unwrap().id;
    let mut admin = app.signed_in(&app.school.admin).await;
    assert!(admin.get(&urls::admin::member(noor)).await.body.contains(&urls::admin::erase(noor)));
    assert!(admin.get(&urls::admin::erase(noor)).await.body.contains("Delete the data of Noor Haddad"));
    let answer = admin.post("/api/admin/erase_member", &[("member", &noor.to_string()), ("reason", "asked by phone")]).await;
    assert!(answer.location().contains("admin-done-erased"), "{}", answer.location());
    assert_eq!(admin.get(&urls::admin::member(noor)).await.status, StatusCode::NOT_FOUND);
    assert!(!admin.get(urls::admin::MEMBERS).await.body.contains("Noor Haddad"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_page_about_cookies_names_every_one(owner: PgPool) {
    let app = TestApp::new(owner).await;
    for mut browser in [app.browser(), app.browser_at("localhost:3000")] {
        let page = browser.get(urls::COOKIES).await.body;
        for cookie in cookie::ALL {
            assert!(page.contains(cookie.name), "{}", cookie.name);
        }
        assert!(!page.contains("privacy-cookie"), "each has its words");
    }
    let script = include_str!("../../public/enhance.js");
    let written = script.split("__Host-").skip(1).map(|rest| rest.split('=').next().unwrap());
    for name in written {
        assert!(cookie::ALL.iter().any(|cookie| cookie.purpose() == name), "{name}");
    }
}
