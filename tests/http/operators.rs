//! The platform's own host, as an operator sees it.

use super::authorisation::{TABLE, Who};
use crate::app::TestApp;
use http::StatusCode;
use kernel::Role;
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_console_opens_for_operators_on_the_platforms_host_alone(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let platform = app.school.platform().await;
    let ana = app.school.operator("Ana").await;
    let weak = platform.member("Weak", &[Role::Admin]).await;
    let clerk = platform.member("Clerk", &[Role::Student]).await;
    let host = "localhost:3000";
    let mut pages = vec!["/operator", "/operator/schools", "/operator/schools/new", "/operator/jobs", "/operator/flags", "/operator/audit"];
    let school = format!("/operator/schools/{}", app.school.tenant.id);
    pages.push(&school);
    let mut operator = app.signed_in(&ana).await;
    let mut without_factor = app.signed_in(&weak).await;
    let mut member = app.signed_in(&clerk).await;
    let mut admin = app.browser_at(host);
    admin.set_cookie("__Host-login", &app.signed_in(&app.school.admin).await.cookies()["__Host-login"]);
    for page in pages {
        let answer = operator.get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.body);
        assert!(without_factor.get(page).await.body.contains("Switch two-step verification on first"), "{page}");
        assert_eq!(member.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
        assert!(app.browser_at(host).get(page).await.location().starts_with("/sign-in?next="), "{page}");
        assert!(admin.get(page).await.location().starts_with("/sign-in?next="), "{page}: another tenant's login is nobody's");
        assert_eq!(app.signed_in(&app.school.admin).await.get(page).await.status, StatusCode::NOT_FOUND, "{page} at a school");
    }
    let archive = format!("{school}/archive.zip");
    assert_eq!(operator.get(&archive).await.headers["content-type"], "application/zip");
    assert_eq!(member.get(&archive).await.status, StatusCode::NOT_FOUND);
    for (path, _, fields) in TABLE.iter().filter(|(_, who, _)| *who == Who::Operator) {
        let path = format!("/api/{path}");
        assert_eq!(member.call(&path, fields).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(without_factor.call(&path, fields).await.status, StatusCode::CONFLICT, "{path}");
        assert_eq!(app.browser_at(host).call(&path, fields).await.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(admin.call(&path, fields).await.status, StatusCode::UNAUTHORIZED, "{path}");
        let status = operator.call(&path, fields).await.status;
        assert!(status != StatusCode::UNAUTHORIZED && !status.is_server_error(), "{path}: {status}");
    }
    // What a school's staff does is nothing that an operator does on the platform's host.
    assert_eq!(operator.get("/admin").await.status, StatusCode::NOT_FOUND);
    assert_eq!(operator.get("/account/privacy").await.status, StatusCode::NOT_FOUND);
    assert_eq!(operator.get("/account/security").await.status, StatusCode::OK);
    assert_eq!(operator.get("/account").await.location(), "/operator");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_closed_school_says_so_and_serves_nothing(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let ana = app.school.operator("Ana").await;
    let mut admin = app.signed_in(&app.school.admin).await;
    domain::operations::suspend(&app.school.services, &ana, app.school.tenant.id, "Unpaid").await.unwrap();
    for path in ["/", "/tutors", "/sign-in", "/admin"] {
        let answer = admin.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("This school is closed at the moment"), "{path}: {}", answer.body);
    }
    let form = [("email", "admin@northside.example"), ("password", "x")];
    assert_eq!(admin.post("/api/accounts/sign_in", &form).await.status, StatusCode::NOT_FOUND);
    domain::operations::reinstate(&app.school.services, &ana, app.school.tenant.id).await.unwrap();
    assert_eq!(admin.get("/admin").await.status, StatusCode::OK, "with the same login");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_operator_comes_into_a_school_by_a_link(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let ana = app.school.operator("Ana").await;
    let ticket = domain::operations::begin_visit(&app.school.services, &ana, app.school.tenant.id, "Request 7").await.unwrap();
    let mut browser = app.browser();
    let page = browser.get(&format!("/support?ticket={ticket}")).await;
    assert_eq!((page.status, page.headers["cache-control"].to_str().unwrap()), (StatusCode::OK, "no-store"));
    assert_eq!(browser.get("/admin").await.status, StatusCode::SEE_OTHER, "looking at the link does nothing");
    assert_eq!(browser.post("/api/accounts/enter_support", &[("ticket", &ticket)]).await.location(), "/account");
    let home = browser.get("/admin/members").await;
    assert!(home.status == StatusCode::OK && home.body.contains("Ana (WeMaster)"), "{}", home.status);
    let again = app.browser().post("/api/accounts/enter_support", &[("_page", "/support"), ("ticket", &ticket)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    app.school.owner_sql("UPDATE members SET until = now() WHERE until IS NOT NULL").await;
    assert_eq!(browser.get("/admin/members").await.status, StatusCode::SEE_OTHER, "the hour is over");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn where_members_are_invited_nobody_signs_up(owner: PgPool) {
    let app = TestApp::new(owner).await;
    assert!(app.browser().get("/sign-in").await.body.contains("/sign-up"));
    domain::tenancy::save_flags(&app.school.services, &app.school.admin, &[]).await.unwrap();
    let page = app.browser().get("/sign-up").await;
    assert!(
        page.status == StatusCode::OK && page.body.contains("by invitation only") && !page.body.contains("accounts/sign_up"),
        "{}",
        page.body
    );
    assert!(!app.browser().get("/sign-in").await.body.contains("/sign-up"));
    // Nor does anybody look around.
    for path in ["/", "/tutors", "/prices"] {
        assert!(app.browser().get(path).await.location().starts_with("/sign-in"), "{path}");
    }
}
