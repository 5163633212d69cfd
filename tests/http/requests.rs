//! What every request is held to: origin, headers, size, methods.

use crate::app::TestApp;
use http::{StatusCode, header};
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_unsafe_request_comes_from_its_own_host(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let other = app.school.other_school().await;
    let sibling = format!("http://{}.localhost:3000", other.tenant.slug);
    for origin in ["", "null", sibling.as_str(), "https://northside.localhost:3000", "http://northside.localhost", "http://localhost:3000"]
    {
        for path in ["/api/accounts/sign_in", "/sign-out", "/preferences"] {
            let mut browser = app.browser();
            browser.headers.push((header::ORIGIN, origin.to_owned()));
            assert_eq!(browser.post(path, &[]).await.status, StatusCode::FORBIDDEN, "{path} from {origin:?}");
        }
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn pages_carry_their_security_headers(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let answer = app.browser().get("/").await;
    let text = |name: &str| answer.headers.get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
    let policy = text("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap().to_owned();
    assert!(
        policy.contains("object-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"),
        "{policy}"
    );
    for tag in ["<script", "<style"] {
        for part in answer.body.split(tag).skip(1) {
            let open = part.split('>').next().unwrap();
            assert!(open.contains(&format!("nonce=\"{nonce}\"")), "{tag}{open}> has no nonce");
        }
    }
    assert!(!answer.body.contains(" style=\"") && !answer.body.contains(" onclick="), "nothing inline");
    assert_eq!(text("x-content-type-options"), "nosniff");
    assert_eq!(text("x-frame-options"), "DENY");
    assert_eq!(text("cross-origin-opener-policy"), "same-origin");
    assert_eq!(text("x-request-id").len(), 32);
    let second = app.browser().get("/").await;
    assert_ne!(text("content-security-policy"), second.headers["content-security-policy"].to_str().unwrap(), "a nonce is used once");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_unknown_address_is_a_page_with_status_404(owner: PgPool) {
    let app = TestApp::new(owner).await;
    for path in ["/nothing", "/tutors/nobody", "/student/nothing", "/..%2f..%2fetc/passwd"] {
        let answer = app.browser().get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("<html"), "{path}");
    }
    // The database keeps no NUL: that is the reader's fault and not ours.
    assert_eq!(app.browser().get("/tutors/%00").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_body_has_a_bound(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let long = "x".repeat(300 * 1024);
    let answer = app.browser().post("/api/accounts/sign_in", &[("email", &long), ("password", "y")]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn preferences_are_kept_and_lead_nowhere_else(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser();
    let fields = [("theme", "dark"), ("zone", "Asia/Kathmandu"), ("next", "/tutors")];
    let answer = browser.post("/preferences", &fields).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/tutors"));
    let page = browser.get("/").await.body;
    assert!(page.contains(r#"data-theme="dark""#) && page.contains("Kathmandu"));
    for next in ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example"] {
        assert_eq!(browser.post("/preferences", &[("next", next)]).await.location(), "/");
    }
    browser.post("/preferences", &[("zone", "Mars/Olympus"), ("theme", "neon")]).await;
    assert!(browser.get("/").await.body.contains("Kathmandu"), "what is not offered changes nothing");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn health_is_told_to_anyone_and_metrics_to_the_machine(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut anywhere = app.browser_at("127.0.0.1:3000");
    assert_eq!(anywhere.get("/health/live").await.body, "live\n");
    assert_eq!(anywhere.get("/health/ready").await.body, "ready\n");
    assert_eq!(anywhere.get("/metrics").await.status, StatusCode::OK);
    anywhere.headers.push((header::HeaderName::from_static("x-forwarded-for"), "203.0.113.7".to_owned()));
    assert_eq!(anywhere.get("/metrics").await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_title_is_text(owner: PgPool) {
    let app = TestApp::new(owner).await;
    app.school.owner_sql("UPDATE tenants SET name = '</title><b>&' WHERE id = app.tenant()").await;
    let page = app.browser().get("/").await.body;
    let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
    assert!(title.ends_with("&lt;/title&gt;&lt;b&gt;&amp;"), "{title}");
    assert!(!page.contains("<b>&"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_forms_target_opened_as_an_address_leads_home(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let answer = app.browser().get("/api/accounts/sign_in").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_page_names_the_build_of_its_files_and_a_missing_file_is_not_remembered(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser();
    assert!(browser.get("/sign-in").await.body.contains(r#"href="/pkg/test/wemaster.css""#));
    for missing in ["/pkg/test/nothing.css", "/pkg/other/nothing.css", "/fonts/nothing.woff2"] {
        let answer = browser.get(missing).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{missing}");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-cache", "{missing}");
    }
}
