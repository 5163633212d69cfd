//! Signing in elsewhere, as a browser goes.

use crate::{
    app::{Answer, Browser, TestApp},
    harness::Harness,
};
use domain::accounts::identity_providers::{self, IdentityProviders, ProviderDraft};
use http::{StatusCode, header};
use kernel::{ids::IdentityProviderId, urls};
use openid_emulator::{CLIENT, Fake, SECRET};
use providers::outgoing::{Bounds, Outgoing};
use sqlx::PgPool;

/// A school whose members sign in at a provider too.
async fn with_provider(owner: PgPool) -> (TestApp, Fake, IdentityProviderId) {
    let (mut school, fake) = (Harness::new(owner).await, Fake::start().await);
    school.services.identities = IdentityProviders::new(Outgoing::new(&[&fake.place], Bounds::default()).unwrap());
    let draft = ProviderDraft {
        kind: "open_id".into(),
        name: "Campus & Co".into(),
        issuer: fake.issuer(),
        client_id: CLIENT.into(),
        secret: SECRET.into(),
        enabled: true,
        ..ProviderDraft::default()
    };
    let provider = school.services.id();
    identity_providers::create(&school.services, &school.admin, provider, &draft).await.unwrap();
    (TestApp::of(school, "http://127.0.0.1:9"), fake, provider)
}

/// Leaves by the button of the sign-in page: the address with which the provider sends the browser back.
async fn leave(browser: &mut Browser<'_>, fake: &Fake, provider: IdentityProviderId, next: &str) -> String {
    let answer = browser.post("/api/accounts/begin_elsewhere", &[("provider", &provider.to_string()), ("next", next)]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, urls::ELSEWHERE));
    let answer = browser.get(urls::ELSEWHERE).await;
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let refresh = answer.headers[header::REFRESH].to_str().unwrap();
    let (code, state) = fake.visit(refresh.strip_prefix("0; url=").unwrap());
    urls::with_query(&urls::back(provider), &[("code", &code), ("state", &state.unwrap())])
}

async fn joined(browser: &mut Browser<'_>) -> Answer {
    let form = [("_page", urls::NEWCOMER), ("name", "Maya Okafor"), ("email", "maya@home.example"), ("next", "/tutors?page=2")];
    assert_eq!(browser.post("/api/accounts/join_elsewhere", &form).await.status, StatusCode::SEE_OTHER);
    browser.confirm("maya@home.example").await
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_newcomer_joins_and_comes_back_signed_in(owner: PgPool) {
    let (app, fake, provider) = with_provider(owner).await;
    let mut browser = app.browser();
    let page = browser.get("/sign-in?next=/tutors").await;
    assert!(page.body.contains("Continue with Campus &amp; Co"), "{}", page.body);
    assert!(browser.get(urls::SIGN_UP).await.body.contains("Continue with Campus &amp; Co"));
    let back = leave(&mut browser, &fake, provider, "/tutors?page=2").await;
    let answer = browser.get(&back).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, urls::NEWCOMER));
    assert!(!browser.cookies().contains_key("__Host-login"));
    let page = browser.get(urls::NEWCOMER).await;
    assert!(page.body.contains("value=\"maya@school.example\"") && page.body.contains("value=\"Maya Okafor\""), "{}", page.body);
    let wrong = [("_page", urls::NEWCOMER), ("name", "Maya"), ("email", "nowhere"), ("next", "/tutors")];
    let answer = browser.post("/api/accounts/join_elsewhere", &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("value=\"nowhere\""), "nothing typed is lost");
    assert_eq!(joined(&mut browser).await.status, StatusCode::SEE_OTHER);
    assert!(browser.cookies().contains_key("__Host-login"));
    assert!(!browser.cookies().contains_key("__Host-newcomer"), "it is done");
    // Another browser, later.
    let mut other = app.browser();
    let back = leave(&mut other, &fake, provider, "/tutors?page=2").await;
    let answer = other.get(&back).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/tutors?page=2"));
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert!(other.cookies().contains_key("__Host-login") && !other.cookies().contains_key("__Host-challenge"));
    let page = other.get(urls::SECURITY).await.body;
    assert!(page.contains("Choose a password") && page.contains("Disconnect Campus &amp; Co"), "{page}");
    assert_eq!(other.get(&back).await.status, StatusCode::OK, "a page that says that it is over");
    // Where they are sent to after all is on this host.
    let mut third = app.browser();
    let back = leave(&mut third, &fake, provider, "//evil.example/").await;
    assert_eq!(third.get(&back).await.location(), urls::HOME);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_answer_counts_in_the_browser_that_left(owner: PgPool) {
    let (app, fake, provider) = with_provider(owner).await;
    let mut browser = app.browser();
    let back = leave(&mut browser, &fake, provider, "").await;
    browser.get(&back).await;
    joined(&mut browser).await;
    // An attacker's answer, opened by somebody else: they are not signed in as the attacker.
    let mut attacker = app.browser();
    let back = leave(&mut attacker, &fake, provider, "").await;
    let mut victim = app.browser();
    let page = victim.get(&back).await;
    assert!(page.body.contains("Start again") && !victim.cookies().contains_key("__Host-login"), "{}", page.body);
    leave(&mut victim, &fake, provider, "").await;
    let page = victim.get(&back).await;
    assert!(page.body.contains("not what we asked for") && !victim.cookies().contains_key("__Host-login"), "{}", page.body);
    // A ticket of another school's browser does nothing here.
    app.school.other_school().await;
    let mut sibling = app.browser_at("southside.localhost:3000");
    sibling.set_cookie("__Host-challenge", &attacker.cookies()["__Host-challenge"]);
    assert!(!sibling.get(&back).await.headers.contains_key(header::LOCATION));
    // Theirs it remains.
    attacker.get(&back).await;
    assert!(attacker.cookies().contains_key("__Host-login"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_answer_by_a_form_becomes_an_address_and_nothing_else(owner: PgPool) {
    let (app, fake, provider) = with_provider(owner).await;
    let mut browser = app.browser();
    let back = leave(&mut browser, &fake, provider, "").await;
    let fields: Vec<(String, String)> = form_urlencoded::parse(back.split_once('?').unwrap().1.as_bytes()).into_owned().collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    // Another site's form comes without this site's cookies.
    let mut apple = app.browser();
    apple.headers = vec![(header::ORIGIN, "https://appleid.apple.com".to_owned())];
    let answer = apple.post(&urls::back(provider), &[&fields[..], &[("next", "//evil.example"), ("user", "{}")]].concat()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.location(), format!("{back}&user=%7B%7D"));
    assert!(apple.cookies().is_empty());
    let large = "x".repeat(9000);
    assert_eq!(apple.post(&urls::back(provider), &[("code", &large)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let target = answer.location().to_owned();
    assert_eq!(browser.get(&target).await.location(), urls::NEWCOMER);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_broken_provider_takes_nothing_else_down(owner: PgPool) {
    let (app, fake, provider) = with_provider(owner).await;
    fake.set(|is| is.tokens = Some(Box::new(|| axum::response::IntoResponse::into_response(StatusCode::BAD_GATEWAY))));
    let mut browser = app.browser();
    let back = leave(&mut browser, &fake, provider, "").await;
    let page = browser.get(&back).await;
    assert!(page.body.contains("does not answer"), "{}", page.body);
    fake.stop();
    assert_eq!(browser.get("/sign-in").await.status, StatusCode::OK);
    let cancelled = leave_cancelled(&app, provider).await;
    assert!(cancelled.contains("without signing in"), "{cancelled}");
}

/// Begun while the provider is known, and given up there.
async fn leave_cancelled(app: &TestApp, provider: IdentityProviderId) -> String {
    let mut browser = app.browser();
    browser.post("/api/accounts/begin_elsewhere", &[("provider", &provider.to_string())]).await;
    let refresh = browser.get(urls::ELSEWHERE).await.headers[header::REFRESH].to_str().unwrap().to_owned();
    let state = refresh.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    browser.get(&urls::with_query(&urls::back(provider), &[("error", "access_denied"), ("state", &state)])).await.body
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn setting_one_up_asks_first_who_it_is(owner: PgPool) {
    let (app, _fake, provider) = with_provider(owner).await;
    let mut browser = app.signed_in(&app.school.admin).await;
    let page = browser.get("/admin/settings/sign-in").await.body;
    assert!(page.contains("Campus &amp; Co") && page.contains("nobody signs in with it yet"), "{page}");
    let page = browser.get(&urls::admin::provider(provider)).await.body;
    assert!(
        page.contains(&format!("http://northside.localhost:3000/sign-in/elsewhere/back/{provider}")) && !page.contains(SECRET),
        "{page}"
    );
    // What is registered there is the same tomorrow.
    let back = |page: &str| page.split("/sign-in/elsewhere/back/").nth(1).unwrap()[..36].to_owned();
    let google = urls::admin::new_provider("google");
    assert_eq!(back(&browser.get(&google).await.body), back(&browser.get(&google).await.body));
    assert_ne!(back(&browser.get(&google).await.body), back(&browser.get(&urls::admin::new_provider("apple")).await.body));
    app.school.owner_sql("UPDATE login_sessions SET verified_at = '-infinity'").await;
    for path in [urls::admin::new_provider("google"), urls::admin::provider(provider)] {
        assert!(browser.get(&path).await.location().starts_with("/account/verify?next="), "{path}");
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_sits_there_next_takes_nothing_over(owner: PgPool) {
    let (app, fake, provider) = with_provider(owner).await;
    let mut browser = app.signed_in(&app.school.admin).await;
    let login = browser.cookies()["__Host-login"].clone();
    // Somebody came from the provider in this browser before.
    let mut before = app.browser();
    let back = leave(&mut before, &fake, provider, "").await;
    before.get(&back).await;
    browser.set_cookie("__Host-newcomer", &before.cookies()["__Host-newcomer"]);
    let page = browser.get(urls::SECURITY).await.body;
    assert!(!page.contains("maya@school.example"), "they are not told of");
    assert!(browser.get(urls::CONNECT).await.body.contains("maya@school.example"), "only who asks for it is");
    browser.post(urls::SIGN_OUT, &[]).await;
    assert!(!browser.cookies().contains_key("__Host-newcomer"));
    // A refused page does not lead back to a used answer.
    let page = app.browser().get(&back).await.body;
    assert!(page.contains("Start again") && !page.contains("/sign-in?next="), "{page}");
    assert!(!login.is_empty());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_refused_form_keeps_what_was_typed_but_the_secret(owner: PgPool) {
    let (app, fake, _) = with_provider(owner).await;
    let mut browser = app.signed_in(&app.school.admin).await;
    let new: IdentityProviderId = app.school.services.id();
    let (page, id) = (urls::admin::new_provider("open_id"), new.to_string());
    let answer = browser
        .post(
            "/api/admin/save_identity_provider",
            &[
                ("_page", &page),
                ("provider", &id),
                ("is_new", "yes"),
                ("kind", "open_id"),
                ("name", "Google"),
                ("issuer", &fake.issuer()),
                ("client_id", "the client"),
                ("secret", "not to be seen"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("value=\"the client\""), "{}", answer.body);
    assert!(answer.body.contains("add that one") && !answer.body.contains("not to be seen"));
}
