//! Documents, agreeing and guardians by the browser, as native forms.

use crate::{
    app::{Answer, PASSWORD, TestApp},
    till::Till,
};
use domain::policies::{self, PolicyKind};
use http::{StatusCode, header};
use kernel::urls;
use sqlx::PgPool;

const SIGN_UP: &str = "/api/accounts/sign_up";

/// The value of a hidden field.
fn hidden(page: &Answer, name: &str) -> String {
    let (_, after) = page.body.split_once(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name}: {}", page.body));
    after.split_once("value=\"").unwrap().1.split_once('"').unwrap().0.to_owned()
}

fn leads_to(answer: &Answer, path: &str) {
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, path), "{}", answer.body);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn staff_write_and_publish_and_everybody_reads(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut admin = app.signed_in(&app.school.admin).await;
    let mut visitor = app.browser();
    assert_eq!(visitor.get(urls::TERMS).await.status, StatusCode::NOT_FOUND);
    assert!(!visitor.get(urls::TUTORS).await.body.contains("href=\"/terms\""));
    assert!(admin.get(urls::admin::SETTINGS).await.body.contains("href=\"/admin/settings/policies\""));
    assert!(admin.get(urls::admin::POLICIES).await.body.contains("Not published yet"));
    let page = urls::admin::policy("terms");
    assert_eq!(admin.get(&urls::admin::policy("rules")).await.status, StatusCode::NOT_FOUND);
    let save = async |admin: &mut crate::app::Browser<'_>, text: &str| {
        admin.post("/api/admin/save_policy", &[("_page", &page), ("kind", "terms"), ("languages[]", "en"), ("texts[]", text)]).await
    };
    let refused = save(&mut admin, " ").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Write the text in the school"), "{}", refused.body);
    let text = "## Rules\n\n- Be *kind*\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) [y](https://a.example)";
    leads_to(&save(&mut admin, text).await, "/admin/settings/policies/terms?done=admin-done-policy-saved");
    let editor = admin.get(&page).await;
    assert!(editor.body.contains("<li>Be <em>kind</em></li>") && editor.body.contains("Publish version 1"), "a preview: {}", editor.body);
    let draft = hidden(&editor, "draft");
    let publish =
        [("_page", page.as_str()), ("kind", "terms"), ("draft", &draft), ("number", "1"), ("languages[]", "en"), ("texts[]", text)];
    leads_to(&admin.post("/api/admin/publish_policy", &publish).await, "/admin/settings/policies?done=admin-done-policy-published");
    let again = admin.post("/api/admin/publish_policy", &publish).await;
    assert!(again.body.contains("The draft was changed or published meanwhile."), "{}", again.body);

    let read = visitor.get(urls::TERMS).await;
    assert!(read.body.contains("Version 1, ") && read.body.contains("<a href=\"https://a.example\">y</a>"), "{}", read.body);
    assert!(!read.body.contains("<script>alert") && !read.body.contains("javascript:"), "{}", read.body);
    assert!(visitor.get(urls::TUTORS).await.body.contains("href=\"/terms\""), "the foot of every page leads there");
    app.school.publish(PolicyKind::Terms, "Something else.", true).await;
    let read = visitor.get(urls::TERMS).await;
    assert!(read.body.contains("Version 2, ") && read.body.contains("href=\"/terms?version=1\""), "{}", read.body);
    let earlier = visitor.get("/terms?version=1").await;
    assert!(earlier.body.contains("This is an earlier version.") && earlier.body.contains("Be <em>kind</em>"));
    assert_eq!(visitor.get("/terms?version=9").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.browser_at("localhost:3000").get(urls::TERMS).await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_form_says_what_is_agreed_to_and_asks_again_for_what_is_newer(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let mut browser = app.browser();
    assert!(!browser.get(urls::SIGN_UP).await.body.contains("name=\"agree\""), "nothing is asked where nothing is published");
    app.school.publish(PolicyKind::Terms, "Be kind.", true).await;
    app.school.publish(PolicyKind::Privacy, "We keep little.", true).await;
    let page = browser.get(urls::SIGN_UP).await;
    for part in [
        "I agree to the terms of service and have read the privacy notice",
        "/terms?version=1",
        "/privacy-notice?version=1",
        "target=\"_blank\"",
    ] {
        assert!(page.body.contains(part), "{part}");
    }
    let shown = hidden(&page, "shown");
    let person =
        [("_page", urls::SIGN_UP), ("name", "Maya Patel"), ("email", "maya@example.com"), ("password", PASSWORD), ("shown", &shown)];
    let refused = browser.post(SIGN_UP, &person).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("Tick the box to go on.")
            && refused.body.contains("href=\"#f-agree\"")
            && refused.body.contains("value=\"Maya Patel\"")
    );
    app.school.publish(PolicyKind::Terms, "Be kinder.", true).await;
    let ticked = [&person[..], &[("agree", "on")]].concat();
    let refused = browser.post(SIGN_UP, &ticked).await;
    assert!(refused.body.contains("A newer version was published meanwhile.") && refused.body.contains("/terms?version=2"));
    let field = refused.body.split("id=\"f-agree\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(!field.contains("checked"), "what is newer is ticked anew: {field}");
    let shown = hidden(&refused, "shown");
    let person = [
        ("_page", urls::SIGN_UP),
        ("name", "Maya Patel"),
        ("email", "maya@example.com"),
        ("password", PASSWORD),
        ("shown", &shown),
        ("agree", "on"),
    ];
    leads_to(&browser.post(SIGN_UP, &person).await, "/sign-up/confirm");
    leads_to(&browser.confirm("maya@example.com").await, "/");
    let told = browser.get(urls::PRIVACY).await.body;
    assert!(told.contains("What you agreed to") && told.contains("Version 2, agreed on"), "{told}");
    let maya = app.school.entered("maya@example.com", PASSWORD).await;
    let staff = app.signed_in(&app.school.admin).await.get(&urls::admin::member(maya)).await.body;
    assert!(staff.contains("Agreements") && staff.contains("Version 2, agreed on"), "{staff}");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_was_there_before_is_led_to_agree_and_back(owner: PgPool) {
    let till = Till::new(owner).await;
    let app = TestApp::of(till.school.clone(), till.emulator.url());
    let typed = [("_page", urls::SIGN_UP), ("name", "Maya"), ("email", "maya@example.com"), ("password", PASSWORD)];
    let mut browser = app.browser();
    browser.post(SIGN_UP, &typed).await;
    browser.confirm("maya@example.com").await;
    app.school.publish(PolicyKind::Terms, "Be kind.", true).await;
    let tutor = urls::tutor(&till.tutor.slug);
    let variant = till.offering.variants[0].to_string();
    let hold = [("_page", tutor.as_str()), ("variant", &variant), ("start", "2026-11-17T10:00:00Z")];
    leads_to(&browser.post("/api/booking/hold", &hold).await, &urls::agree(&tutor));
    let refused = browser.call("/api/booking/hold", &hold).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "a script is told the same");
    assert_eq!(browser.get(urls::student::HOME).await.status, StatusCode::OK, "they look around");

    // Signing in leads there first.
    let mut again = app.browser();
    let sign_in = [("email", "maya@example.com"), ("password", PASSWORD), ("next", tutor.as_str())];
    leads_to(&again.post("/api/accounts/sign_in", &sign_in).await, &urls::agree(&tutor));
    let page = again.get(&urls::agree(&tutor)).await;
    assert!(page.body.contains("I agree to the terms of service") && page.body.contains("Not now") && page.body.contains(&tutor));
    let agree = [("_page", urls::AGREE), ("agree", "on"), ("shown", &hidden(&page, "shown")), ("next", tutor.as_str())];
    leads_to(&again.post("/api/accounts/agree", &agree).await, &tutor);
    assert!(again.get(urls::AGREE).await.body.contains("Nothing is missing: you can book."));
    assert!(browser.post("/api/booking/hold", &hold).await.location().starts_with("/checkout/"));
    // No other site is a place to go on to.
    let away = again.get("/account/agree?next=https://evil.example").await.body;
    assert!(!away.contains("href=\"https://evil.example"), "{away}");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_guardian_consents_and_withdraws_by_mailed_links(owner: PgPool) {
    let till = Till::new(owner).await;
    let app = TestApp::of(till.school.clone(), till.emulator.url());
    let h = &till.school;
    policies::save_guardian_age(&h.services, &h.admin, "16").await.unwrap();
    let mut maya = app.browser();
    let page = maya.get(urls::SIGN_UP).await;
    assert!(page.body.contains("I am 16 or older") && page.body.contains("I am younger than 16") && !page.body.contains("name=\"agree\""));
    let person = [("_page", urls::SIGN_UP), ("name", "Maya Minor"), ("email", "maya@example.com"), ("password", PASSWORD)];
    assert!(maya.post(SIGN_UP, &person).await.body.contains("Say whether you are 16 or older."));
    let young = [&person[..], &[("age", "younger"), ("guardian_name", "Gail <Guardian>"), ("guardian_email", "maya@example.com")]].concat();
    let refused = maya.post(SIGN_UP, &young).await;
    assert!(
        refused.body.contains("This is your own email.") && refused.body.contains("value=\"Gail &lt;Guardian&gt;\""),
        "{}",
        refused.body
    );
    let young = [&person[..], &[("age", "younger"), ("guardian_name", "Gail <Guardian>"), ("guardian_email", "gail@home.test")]].concat();
    leads_to(&maya.post(SIGN_UP, &young).await, "/sign-up/confirm");
    leads_to(&maya.confirm("maya@example.com").await, "/");
    let tutor = urls::tutor(&till.tutor.slug);
    let variant = till.offering.variants[0].to_string();
    let hold = [("_page", tutor.as_str()), ("variant", &variant), ("start", "2026-11-17T10:00:00Z")];
    leads_to(&maya.post("/api/booking/hold", &hold).await, &urls::agree(&tutor));
    let waiting = maya.get(&urls::agree(&tutor)).await.body;
    assert!(waiting.contains("We wrote to Gail &lt;Guardian&gt; (gail@home.test)") && waiting.contains("Send the mail again"), "{waiting}");
    let again = [("_page", urls::PRIVACY), ("back", urls::PRIVACY)];
    leads_to(&maya.post("/api/accounts/resend_guardian", &again).await, "/account/privacy?done=policies-done-asked");

    // In a browser of their own.
    let mut gail = app.browser();
    let ticket = h.guardian_ticket("gail@home.test").await;
    let address = urls::with_query(urls::GUARDIAN, &[("ticket", &ticket)]);
    let page = gail.get(&address).await;
    assert!(page.body.contains("Maya Minor asks for your consent") && page.body.contains("NORTHSIDE"), "{}", page.body);
    assert_eq!(
        (&page.headers[header::CACHE_CONTROL], &page.headers[header::REFERRER_POLICY]),
        (&"no-store".parse().unwrap(), &"same-origin".parse().unwrap())
    );
    let give = [("_page", address.as_str()), ("ticket", &ticket), ("name", "Gail Guardian"), ("shown", &hidden(&page, "shown"))];
    let refused = gail.post("/api/guardian/give", &give).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Tick the box if you are the parent or guardian."), "{}", refused.body);
    leads_to(&gail.post("/api/guardian/give", &[&give[..], &[("agree", "on")]].concat()).await, "/guardian?told=given");
    assert!(gail.get("/guardian?told=given").await.body.contains("Your consent is noted"));
    assert!(gail.get(&address).await.body.contains("This link works no more"));
    assert!(maya.post("/api/booking/hold", &hold).await.location().starts_with("/checkout/"));

    let ticket = h.guardian_ticket("gail@home.test").await;
    let address = urls::with_query(urls::GUARDIAN, &[("ticket", &ticket)]);
    assert!(gail.get(&address).await.body.contains("Withdraw your consent for Maya Minor"));
    let withdraw = [("_page", address.as_str()), ("ticket", &ticket)];
    leads_to(&gail.post("/api/guardian/withdraw", &withdraw).await, "/guardian?told=withdrawn");
    let over = gail.post("/api/guardian/withdraw", &withdraw).await;
    assert_eq!(over.status, StatusCode::CONFLICT, "{}", over.body);
    let hold = [("_page", tutor.as_str()), ("variant", &variant), ("start", "2026-11-17T12:00:00Z")];
    leads_to(&maya.post("/api/booking/hold", &hold).await, &urls::agree(&tutor));
    let id = h.entered("maya@example.com", PASSWORD).await;
    let member = urls::admin::member(id);
    let mut admin = app.signed_in(&h.admin).await;
    let page = admin.get(&member).await.body;
    assert!(page.contains("Gail Guardian (gail@home.test) withdrew their consent"), "{page}");
    leads_to(
        &admin.post("/api/admin/confirm_age", &[("_page", &member), ("member", &id.to_string())]).await,
        &format!("{member}?done=admin-done-age-confirmed"),
    );
    assert!(maya.post("/api/booking/hold", &hold).await.location().starts_with("/checkout/"));
}
