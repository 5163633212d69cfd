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
        assert!(answer.body.contains("<h1>There is no site at this address</h1>"), "{host}: {}", answer.body);
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

/// Gives the school a proven domain without the world being asked.
async fn with_domain(app: &TestApp, main: bool) {
    let tenant = app.school.tenant.id;
    app.school.owner_sql(&format!("INSERT INTO domains (tenant_id, id, host, token, proof) VALUES ('{tenant}', gen_random_uuid(), 'learn.example', 'a token of twenty letters', 'found')")).await;
    app.school.owner_sql(&format!("INSERT INTO hosts (host, tenant_id) VALUES ('learn.example', '{tenant}')")).await;
    if main {
        app.school.owner_sql(&format!("UPDATE tenants SET domain = 'learn.example' WHERE id = '{tenant}'")).await;
    }
    app.school.services.tenants.forget("northside");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn every_host_of_a_school_leads_on_to_its_address(owner: PgPool) {
    let app = TestApp::new(owner).await;
    with_domain(&app, false).await;
    let answer = app.browser_at("learn.example:3000").get("/tutors?subject=maths").await;
    assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(answer.location(), "http://northside.localhost:3000/tutors?subject=maths");

    app.school.owner_sql("UPDATE tenants SET domain = 'learn.example' WHERE slug = 'northside'").await;
    app.school.services.tenants.forget("northside");
    let answer = app.browser_at("northside.localhost:3000").get("/tutors").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::TEMPORARY_REDIRECT, "http://learn.example:3000/tutors"));
    // Who is signed in there stays, and who comes to help is at no other host.
    assert_eq!(app.signed_in_at(&app.school.admin, "northside.localhost:3000").await.get("/admin").await.status, StatusCode::OK);
    assert_eq!(app.browser_at("northside.localhost:3000").get("/support?ticket=x").await.status, StatusCode::OK);
    // After a form a browser would not follow: it is led by a page.
    let mut former = app.browser_at("northside.localhost:3000");
    former.headers.push((http::HeaderName::from_static("sec-fetch-site"), "same-origin".to_owned()));
    let answer = former.get("/tutors").await;
    assert_eq!((answer.status, answer.headers["refresh"].to_str().unwrap()), (StatusCode::OK, "0; url=http://learn.example:3000/tutors"));
    let mut there = app.browser_at("learn.example:3000");
    assert_eq!(there.get("/").await.status, StatusCode::OK);
    // Its login is of this host alone, and a form of the other host is another site's.
    app.school.student("Sue").await;
    let form = [("email", "sue@northside.example"), ("password", "x")];
    assert_eq!(there.post("/api/accounts/sign_in", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    there.headers.push((http::header::ORIGIN, "http://northside.localhost:3000".to_owned()));
    assert_eq!(there.post("/api/accounts/sign_in", &form).await.status, StatusCode::FORBIDDEN);
    // A form that was open while the address changed still arrives.
    let stayed = app.browser_at("northside.localhost:3000").post("/api/accounts/sign_in", &form).await;
    assert_eq!(stayed.status, StatusCode::UNPROCESSABLE_ENTITY);
    for host in ["x.learn.example:3000", "learn.example", "learn.example.:3000", "LEARN.example:3000"] {
        assert_eq!(app.browser_at(host).get("/").await.status, StatusCode::NOT_FOUND, "{host}");
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_proxy_learns_which_hosts_are_ours_and_a_host_says_that_it_leads_here(owner: PgPool) {
    let app = TestApp::new(owner).await;
    with_domain(&app, true).await;
    let mut anywhere = app.browser_at("127.0.0.1:3000");
    for (host, status) in [
        ("learn.example", StatusCode::OK),
        ("northside.localhost", StatusCode::OK),
        ("localhost", StatusCode::OK),
        ("files.localhost", StatusCode::OK),
        ("other.example", StatusCode::NOT_FOUND),
        ("nobody.localhost", StatusCode::NOT_FOUND),
        ("", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(anywhere.get(&format!("/health/host?domain={host}")).await.status, status, "{host}");
    }
    let one = app.browser_at("learn.example:3000").get("/.well-known/wemaster?nonce=1").await;
    let other = app.browser_at("other.example:3000").get("/.well-known/wemaster?nonce=1").await;
    assert_eq!((one.status, other.status), (StatusCode::OK, StatusCode::OK));
    assert_ne!(one.body, other.body, "an answer is of its host");
    assert_eq!(app.browser_at("learn.example:3000").get("/.well-known/wemaster").await.status, StatusCode::NOT_FOUND);
    let long = format!("/.well-known/wemaster?nonce={}", "x".repeat(400));
    assert_eq!(app.browser_at("learn.example:3000").get(&long).await.status, StatusCode::NOT_FOUND);
}
