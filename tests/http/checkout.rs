//! From a held slot over the payment page and back, with Stripe's emulator at the other end.

use crate::{
    app::{Browser, TestApp},
    till::Till,
};
use http::{StatusCode, header};
use kernel::ids::OrderId;
use sqlx::PgPool;

async fn scene(owner: PgPool) -> (Till, TestApp) {
    let till = Till::new(owner).await;
    let app = TestApp::of(till.school.clone(), till.emulator.url());
    (till, app)
}

/// Presses the button of the checkout; the answer is where it leads.
async fn press_pay(browser: &mut Browser<'_>, order: OrderId) -> String {
    let page = format!("/checkout/{order}");
    let answer = browser.post("/api/checkout/pay", &[("_page", &page), ("order", &order.to_string())]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_button_leads_to_the_payment_page_and_the_way_back_books(owner: PgPool) {
    let (till, app) = scene(owner).await;
    let order = till.hold_as(&till.student, "2026-11-17T10:00").await;
    let mut browser = app.signed_in(&till.student).await;
    let target = press_pay(&mut browser, order).await;
    assert!(target.starts_with(till.emulator.url()), "{target}");
    assert_eq!(press_pay(&mut browser, order).await, target, "an order has one payment page");
    let page = browser.get(&format!("/checkout/{order}")).await;
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains(&format!("form-action 'self' {}", till.emulator.url())), "browsers check a form's redirects too: {policy}");
    assert!(page.body.contains("Nothing has been charged yet"), "the way back from the payment page");

    // Nothing paid: back to the checkout, where the hold still counts.
    let back = format!("/checkout/{order}/return");
    let answer = browser.get(&back).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("/checkout/{order}").as_str()));

    // Declined: nothing changes.
    till.pay_with(order, "4000000000000002").await;
    assert_eq!(browser.get(&back).await.status, StatusCode::SEE_OTHER);

    // Paid, and no webhook has come: the page books all the same, and once.
    till.pay(order).await;
    for _ in 0..2 {
        let answer = browser.get(&back).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains("Your lesson is booked"), "{}", answer.body);
    }
    assert_eq!(till.booked().await, 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_expired_checkout_asks_stripe_before_it_says_that_nothing_was_charged(owner: PgPool) {
    let (till, app) = scene(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.school.run_out(order).await;
    let page = app.signed_in(&till.student).await.get(&format!("/checkout/{order}")).await;
    assert!(page.body.contains("Your lesson is booked"), "the slot was still free: {}", page.body);
    assert!(!page.body.contains("Nothing was charged"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_unknown_payment_is_looked_at_again_but_not_for_ever(owner: PgPool) {
    let (mut till, app) = scene(owner).await;
    let order = till.at_checkout().await;
    till.emulator = stripe_emulator::Emulator::start(stripe_emulator::Config::default()).await.unwrap();
    let mut browser = app.signed_in(&till.student).await;
    let back = format!("/checkout/{order}/return");
    let first = browser.get(&back).await;
    assert_eq!(first.status, StatusCode::OK);
    assert!(first.body.contains("We are checking your payment"), "{}", first.body);
    assert_eq!(first.headers[header::REFRESH].to_str().unwrap(), format!("3; url={back}?look=1"));
    let last = browser.get(&format!("{back}?look=20")).await;
    assert!(last.body.contains("Do not pay again"));
    assert!(!last.headers.contains_key(header::REFRESH));
}
