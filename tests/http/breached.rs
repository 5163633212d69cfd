//! No new password is one that was stolen and published.

use crate::{
    app::{Answer, PASSWORD, TestApp},
    harness::Harness,
};
use domain::accounts::breached::{Breached, convert};
use http::StatusCode;
use sha1::{Digest, Sha1};
use sqlx::PgPool;
use std::fmt::Write;

const TOLD: &str = "This password appears in lists of stolen passwords. Choose another.";
/// One of the common ones, in other capitals.
const COMMON: &str = "Kozanostra";
/// One that only the operator's list has.
const LISTED: &str = "marmalade tram orbit";
/// One that is on none.
const NEW: &str = "violet harbour kettle";
const FOUNDING: [(&str, &str); 10] = [
    ("_page", "/new"),
    ("name", "Hillview"),
    ("slug", "hillview"),
    ("brand", "#1f6f50"),
    ("locale", "en"),
    ("currency", "EUR"),
    ("zone", "Europe/Madrid"),
    ("admin_name", "Ruth"),
    ("admin_email", "ruth@hillview.example"),
    ("admin_password", ""),
];

/// A line as Have I Been Pwned publishes it.
fn line(hash: &[u8; 20]) -> String {
    let mut line = String::new();
    for byte in hash {
        write!(line, "{byte:02X}").unwrap();
    }
    line + ":7\r\n"
}

/// A school's server with an operator's list.
async fn app(owner: PgPool, test: &str) -> TestApp {
    let mut hashes: Vec<[u8; 20]> = (0..1000_u32).map(|n| Sha1::digest(n.to_be_bytes()).into()).collect();
    hashes.push(Sha1::digest(LISTED).into());
    hashes.sort_unstable();
    let published: String = hashes.iter().map(line).collect();
    let file = std::env::temp_dir().join(format!("wemaster-stolen-{test}-{}", std::process::id()));
    let mut school = Harness::new(owner).await;
    convert(published.as_bytes(), &file, school.services.now()).unwrap();
    school.services.breached = Breached::open(&file).unwrap();
    // What is open stays readable.
    std::fs::remove_file(&file).unwrap();
    TestApp::of(school, "http://127.0.0.1:9")
}

fn assert_told(answer: &Answer, what: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
    assert!(answer.body.contains(TOLD), "{what}");
    assert!(!answer.body.contains(COMMON) && !answer.body.contains(LISTED), "{what}: a password is never sent back");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_stolen_password_is_no_new_one(owner: PgPool) {
    let app = app(owner, "members").await;
    let mut browser = app.browser();
    let sign_up = |password| [("_page", "/sign-up"), ("name", "Maya Patel"), ("email", "maya@example.com"), ("password", password)];
    for stolen in [COMMON, LISTED] {
        assert_told(&browser.post("/api/accounts/sign_up", &sign_up(stolen)).await, "sign-up");
    }
    browser.post("/api/accounts/sign_up", &sign_up(PASSWORD)).await;
    assert_eq!(browser.confirm("maya@example.com").await.status, StatusCode::SEE_OTHER);

    let change = |password| [("_page", "/account/security"), ("old_password", PASSWORD), ("password", password)];
    for stolen in [COMMON, LISTED] {
        assert_told(&browser.post("/api/accounts/change_password", &change(stolen)).await, "change");
    }
    assert_eq!(browser.post("/api/accounts/change_password", &change(NEW)).await.status, StatusCode::SEE_OTHER);

    browser.post("/api/accounts/ask_reset", &[("_page", "/forgot"), ("email", "maya@example.com")]).await;
    let ticket = app.school.secret_for(app.school.tenant.id, "maya@example.com").await;
    let page = format!("/reset?ticket={ticket}");
    for stolen in [COMMON, LISTED] {
        let fields = [("_page", page.as_str()), ("ticket", &ticket), ("password", stolen)];
        assert_told(&browser.post("/api/accounts/reset_password", &fields).await, "reset");
    }
    // Not a try at the link.
    let fields = [("_page", page.as_str()), ("ticket", &ticket), ("password", "copper tram window")];
    assert_eq!(browser.post("/api/accounts/reset_password", &fields).await.status, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn no_school_is_founded_with_a_stolen_password(owner: PgPool) {
    let app = app(owner, "founding").await;
    let mut platform = app.browser_at("localhost:3000");
    for (password, taken) in [(COMMON, false), (LISTED, false), (NEW, true)] {
        let fields = FOUNDING.map(|(key, value)| (key, if key == "admin_password" { password } else { value }));
        let answer = platform.post("/api/platform/found", &fields).await;
        if taken {
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
        } else {
            assert_told(&answer, "founding");
        }
    }
}
