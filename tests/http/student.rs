//! The checkout and the student's portal, as native forms.

use crate::{
    app::{Answer, Browser, TestApp},
    harness::{Hours, Offering, Tutor, london},
};
use domain::{
    Actor,
    booking::{self, Confirmation, Hold},
};
use http::{StatusCode, header};
use kernel::ids::{BookingId, OrderId};
use sqlx::PgPool;

/// Tomorrow at ten: 26 hours after the clock, so all of the money comes back.
const SLOT: &str = "2026-11-17T10:00";

struct Scene {
    app: TestApp,
    tutor: Tutor,
    /// 60 minutes for £32.00.
    offering: Offering,
    student: Actor,
}

impl Scene {
    async fn new(owner: PgPool) -> Self {
        let app = TestApp::new(owner).await;
        let tutor = app.school.tutor("Tom Tutor", Hours::default()).await;
        let offering = app.school.offering(&tutor, "one_on_one", &[(60, 3200)]).await;
        let student = app.school.student("Sue Student").await;
        Self { app, tutor, offering, student }
    }

    async fn browser(&self) -> Browser<'_> {
        self.app.signed_in(&self.student).await
    }

    async fn hold(&self, student: &Actor) -> OrderId {
        let hold = Hold { variant_id: self.offering.variants[0], starts_at: london(SLOT) };
        booking::hold(&self.app.school.services, student, hold).await.unwrap()
    }

    async fn booked(&self) -> (OrderId, BookingId) {
        self.app.school.booked(&self.student, self.offering.variants[0], london(SLOT)).await
    }
}

/// What a page says, without its markup.
fn words(answer: &Answer) -> String {
    let page = scraper::Html::parse_document(&answer.body);
    let main = scraper::Selector::parse("main, .toasts").unwrap();
    let text: Vec<&str> = page.select(&main).flat_map(|element| element.text()).collect();
    text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_says(answer: &Answer, what: &str) {
    let words = words(answer);
    assert!(words.contains(what), "{what:?} in {words}");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_held_slot_is_paid_from_its_own_page_alone(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let order = scene.hold(&scene.student).await;
    let path = format!("/checkout/{order}");
    let page = scene.browser().await.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    for what in [
        "We are holding Tue 17 Nov, 10:00 for you",
        "Pay £32.00",
        "£32.00 back until Mon 16 Nov, 10:00",
        "£16.00 back until Tue 17 Nov, 08:00",
    ] {
        assert_says(&page, what);
    }
    let refresh = page.headers[header::REFRESH].to_str().unwrap();
    assert!(refresh.ends_with(&format!("; url={path}")), "the page comes back when the time is up: {refresh}");

    let stranger = scene.app.school.student("Sam Stranger").await;
    let mut browser = scene.app.signed_in(&stranger).await;
    assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
    for action in ["/api/checkout/pay", "/api/checkout/give_up"] {
        assert_eq!(
            browser.post(action, &[("_page", &path), ("order", &order.to_string())]).await.status,
            StatusCode::NOT_FOUND,
            "{action}"
        );
    }
    let anonymous = scene.app.browser().get(&path).await;
    assert_eq!(anonymous.status, StatusCode::SEE_OTHER);
    assert!(anonymous.location().starts_with("/sign-in?next=%2Fcheckout%2F"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_hold_stays_while_the_payment_service_is_down(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let order = scene.hold(&scene.student).await;
    let path = format!("/checkout/{order}");
    let mut browser = scene.browser().await;
    let answer = browser.post("/api/checkout/pay", &[("_page", &path), ("order", &order.to_string())]).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_says(&answer, "The payment service does not answer at the moment. Your time is still held");
    assert_says(&answer, "Pay £32.00");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_hold_that_ran_out_offers_the_same_time_and_others(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let order = scene.hold(&scene.student).await;
    scene.app.school.run_out(order).await;
    let path = format!("/checkout/{order}");
    let mut browser = scene.browser().await;
    let page = browser.get(&path).await;
    for what in ["The slot is free again", "Nothing was charged", "Hold Tue 17 Nov, 10:00 again", "Other times with Tom Tutor"] {
        assert_says(&page, what);
    }
    assert!(!words(&page).contains("Pay £32.00"));

    let variant = scene.offering.variants[0].to_string();
    let starts_at = london("2026-11-18T11:00").to_string();
    let answer = browser.post("/api/checkout/hold", &[("_page", &path), ("variant", &variant), ("starts_at", &starts_at)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let next = answer.location().to_owned();
    assert_says(&browser.get(&next).await, "We are holding Wed 18 Nov, 11:00 for you");

    // Somebody else was faster: the page says so and still offers the rest.
    let other = scene.app.school.student("Olga Other").await;
    scene.hold(&other).await;
    let answer =
        browser.post("/api/checkout/hold", &[("_page", &path), ("variant", &variant), ("starts_at", &london(SLOT).to_string())]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_says(&answer, "Someone else has just taken this time");
    assert!(!words(&answer).contains("Hold Tue 17 Nov, 10:00 again"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_slot_can_be_given_back(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let order = scene.hold(&scene.student).await;
    let path = format!("/checkout/{order}");
    let mut browser = scene.browser().await;
    let answer = browser.post("/api/checkout/give_up", &[("_page", &path), ("order", &order.to_string())]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, path.as_str()));
    assert_says(&browser.get(&path).await, "You gave the slot back");
    assert_eq!(scene.app.school.count("SELECT count(*) FROM claims WHERE active").await, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_paid_order_is_confirmed_with_its_receipt_and_a_calendar_file(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let (order, booking) = scene.booked().await;
    let mut browser = scene.browser().await;
    for path in [format!("/checkout/{order}"), format!("/checkout/{order}/return")] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_says(&page, "Your lesson is booked");
        assert!(page.body.contains(&format!("/student/lessons/{booking}/lesson.ics")));
    }
    let receipt = browser.get(&format!("/student/orders/{order}")).await;
    for what in ["Receipt NO-R", "NORTHSIDE", "Sue Student", "Algebra", "Total £32.00", "London (GMT)"] {
        assert_says(&receipt, what);
    }

    let ics = format!("/student/lessons/{booking}/lesson.ics");
    let file = browser.get(&ics).await;
    assert_eq!(file.headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
    assert!(file.body.contains("DTSTART:20261117T100000Z"), "{}", file.body);
    let stranger = scene.app.school.student("Sam Stranger").await;
    let mut stranger = scene.app.signed_in(&stranger).await;
    for path in
        [ics, format!("/student/lessons/{booking}"), format!("/student/lessons/{booking}/cancel"), format!("/student/orders/{order}")]
    {
        assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn money_that_came_too_late_goes_back(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let order = scene.hold(&scene.student).await;
    scene.app.school.run_out(order).await;
    let other = scene.app.school.student("Olga Other").await;
    scene.app.school.booked(&other, scene.offering.variants[0], london(SLOT)).await;
    assert_eq!(scene.app.school.pay(order).await.unwrap(), Confirmation::SlotTaken);
    let mut browser = scene.browser().await;
    for path in [format!("/checkout/{order}"), format!("/checkout/{order}/return")] {
        let page = browser.get(&path).await;
        assert_says(&page, "All of it, £32.00, goes back to your card");
        assert_says(&page, "Other times with Tom Tutor");
    }
    assert_says(&browser.get(&format!("/student/orders/{order}")).await, "Refund, the slot was taken");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn cancelling_says_to_the_penny_what_comes_back(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let (_, booking) = scene.booked().await;
    let path = format!("/student/lessons/{booking}/cancel");
    let mut browser = scene.browser().await;
    assert_says(&browser.get(&path).await, "Cancel lesson and refund £32.00");

    // A deadline passes between the page and the button.
    scene.app.school.clock.set(london("2026-11-16T12:00"));
    let fields = [("_page", path.as_str()), ("booking", &booking.to_string()), ("expected_refund_minor", "3200")];
    let answer = browser.post("/api/student/cancel_lesson", &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_says(&answer, "A deadline has passed meanwhile");
    assert_says(&answer, "Cancel lesson and refund £16.00");

    let fields = [("_page", path.as_str()), ("booking", &booking.to_string()), ("expected_refund_minor", "1600")];
    let answer = browser.post("/api/student/cancel_lesson", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let lesson = answer.location().to_owned();
    let page = browser.get(&lesson).await;
    assert_says(&page, "The lesson is cancelled.");
    assert_says(&page, "£16.00 goes back to your card");
    assert_says(&browser.get(&path).await, "This lesson is already cancelled.");
    assert_says(&browser.get("/student/lessons?view=past").await, "Cancelled");
}

/// Also when nothing of its money came back.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_checkout_of_a_cancelled_lesson_leads_to_the_lesson(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let (order, booking) = scene.booked().await;
    scene.app.school.clock.set(london("2026-11-17T09:00"));
    domain::booking::cancel(&scene.app.school.services, &scene.student, booking, 0).await.unwrap();
    let mut browser = scene.browser().await;
    for path in [format!("/checkout/{order}"), format!("/checkout/{order}/return")] {
        let answer = browser.get(&path).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("/student/lessons/{booking}").as_str()), "{path}");
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_lesson_that_began_cannot_be_cancelled(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let (_, booking) = scene.booked().await;
    scene.app.school.clock.set(london("2026-11-17T10:05"));
    let mut browser = scene.browser().await;
    let page = browser.get(&format!("/student/lessons/{booking}/cancel")).await;
    assert_says(&page, "This lesson has already started");
    let lesson = browser.get(&format!("/student/lessons/{booking}")).await;
    assert!(!lesson.body.contains("/cancel\""), "no link to what cannot be done");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn another_persons_lesson_is_not_theirs_to_cancel_here(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let (_, booking) = scene.booked().await;
    let fields = [("booking", booking.to_string()), ("expected_refund_minor", "3200".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let stranger = scene.app.school.student("Sam Stranger").await;
    // The tutor may cancel, but in the tutor's portal.
    for (who, actor) in [("a student", &stranger), ("the tutor", &scene.tutor.actor), ("the admin", &scene.app.school.admin)] {
        let answer = scene.app.signed_in(actor).await.call("/api/student/cancel_lesson", &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who}");
    }
    assert_eq!(scene.app.school.count("SELECT count(*) FROM bookings WHERE status = 'confirmed'").await, 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn every_page_has_something_to_say_when_there_is_nothing(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let mut browser = scene.browser().await;
    for (path, what) in [
        ("/student", "No lessons ahead"),
        ("/student/lessons", "No lessons ahead"),
        ("/student/lessons?view=past", "No past lessons yet"),
        ("/student/orders", "No orders yet"),
    ] {
        let page = browser.get(path).await;
        assert_says(&page, what);
        assert!(page.body.contains("href=\"/tutors\""), "{path} leads to the catalogue");
    }
    assert_says(&browser.get("/student/settings").await, "sue-student@northside.example");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn times_are_the_readers_and_the_tutors_beside_them(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let (order, booking) = scene.booked().await;
    let mut browser = scene.browser().await;
    browser.set_cookie("__Host-zone", "Asia/Kathmandu");
    for path in [format!("/checkout/{order}"), format!("/student/lessons/{booking}")] {
        let page = browser.get(&path).await;
        assert_says(&page, "15:45–16:45 Kathmandu (UTC+5:45)");
        assert_says(&page, "For Tom Tutor that is 10:00–11:00, London (GMT)");
    }
    assert_says(&browser.get("/student").await, "15:45");
    browser.set_cookie("__Host-zone", "Europe/London");
    assert!(!words(&browser.get(&format!("/student/lessons/{booking}")).await).contains("For Tom Tutor"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_dashboard_counts_what_took_place_and_reminds_of_what_is_held(owner: PgPool) {
    let scene = Scene::new(owner).await;
    scene.booked().await;
    let hold = Hold { variant_id: scene.offering.variants[0], starts_at: london("2026-11-19T12:00") };
    let order = booking::hold(&scene.app.school.services, &scene.student, hold).await.unwrap();
    let mut browser = scene.browser().await;
    let page = browser.get("/student").await;
    assert_says(&page, "Thu 19 Nov, 12:00 with Tom Tutor waits for your payment");
    assert!(page.body.contains(&format!("href=\"/checkout/{order}\"")));
    assert_says(&page, "Next lesson Algebra");
    assert!(!words(&page).contains("Learned so far"), "nothing took place yet");

    scene.app.school.clock.set(london("2026-11-17T12:00"));
    let page = browser.get("/student").await;
    assert_says(&page, "Learned so far 1 hour 1 lesson");
    assert_says(&page, "No lessons ahead");
}

/// A hold ran out, and meanwhile its tutor left the catalogue: the order still has a page.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_hold_that_ran_out_has_a_page_though_its_tutor_is_gone(owner: PgPool) {
    let scene = Scene::new(owner).await;
    let order = scene.hold(&scene.student).await;
    scene.app.school.run_out(order).await;
    for change in
        [format!("UPDATE tutors SET published = false WHERE id = '{}'", scene.tutor.id), "UPDATE tutors SET published = true".to_owned()]
    {
        scene.app.school.owner_sql(&change).await;
        let answer = scene.browser().await.get(&format!("/checkout/{order}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        let gone = change.contains("false");
        assert_eq!(words(&answer).contains("No other times for this lesson"), gone);
        assert_eq!(answer.body.contains("/api/checkout/hold"), !gone, "nothing to hold again");
    }
}
