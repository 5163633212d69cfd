//! Whose site a host is.

use crate::app::TestApp;
use http::StatusCode;
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_tenant_is_found_by_its_exact_host(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let answer = app.browser_at("northside.localhost:3000").get("/").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains(&app.school.tenant.name));
    for host in [
        "nobody.localhost:3000",
        "northside.localhost",
        "northside.localhost:3001",
        "a.northside.localhost:3000",
        "northside.localhost.evil.example:3000",
        "NORTHSIDE.localhost:3000",
        "northsidelocalhost:3000",
        ".localhost:3000",
        "127.0.0.1:3000",
    ] {
        let answer = app.browser_at(host).get("/").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{host}");
        assert_eq!(answer.body, "There is no site at this address.\n", "{host}");
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_new_school_works_at_its_subdomain_at_once(owner: PgPool) {
    let app = TestApp::new(owner).await;
    assert_eq!(app.browser_at("hillview.localhost:3000").get("/").await.status, StatusCode::NOT_FOUND);
    let fields = [
        ("_page", "/new"),
        ("name", "Hillview"),
        ("slug", "hillview"),
        ("brand", "#1f6f50"),
        ("locale", "es"),
        ("currency", "EUR"),
        ("zone", "Europe/Madrid"),
        ("admin_name", "Ruth"),
        ("admin_email", "ruth@hillview.example"),
        ("admin_password", "a long enough password"),
    ];
    let mut platform = app.browser_at("localhost:3000");
    let answer = platform.post("/api/platform/found", &fields).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-up/confirm"), "{}", answer.body);
    assert_eq!(app.browser_at("hillview.localhost:3000").get("/").await.status, StatusCode::NOT_FOUND, "not before the address is proven");
    let answer = platform.confirm("ruth@hillview.example").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(answer.location().starts_with("http://hillview.localhost:3000/"), "{}", answer.location());
    let mut site = app.browser_at("hillview.localhost:3000");
    let page = site.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(r#"lang="es""#) && page.body.contains("--brand:#1f6f50"));
    let answer = site.post("/api/accounts/sign_in", &[("email", "ruth@hillview.example"), ("password", "a long enough password")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get("/admin").await.status, StatusCode::OK);

    let again = app.browser_at("localhost:3000").post("/api/platform/found", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("already in use"));
}
