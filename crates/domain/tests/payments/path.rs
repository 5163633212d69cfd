//! The way that most orders go, and the ways around it.

use crate::{harness::refusal, till::Till};
use domain::{
    ledger,
    payments::{self, Returned, Settled, settle},
};
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn hold_pay_webhook_booked(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.hold_as(&till.student, "2026-11-17T10:00").await;
    let url = till.checkout(order).await;
    assert!(url.0.starts_with(till.emulator.url()), "{}", url.0);
    assert_eq!(till.checkout(order).await, url, "the same page the second time");
    till.pay(order).await;
    assert_eq!(till.booked().await, 0, "not before Stripe says so");

    let ran = till.deliver_all().await;

    assert_eq!(ran.failed, 0);
    assert_eq!(till.order_status(order).await, "paid");
    assert_eq!(till.booked().await, 1);
    assert_eq!(till.balances().await, Till::paid_once());
    assert_eq!(till.text("SELECT card FROM payments").await, "visa 4242");
    let mut tx = till.school.tx().await;
    assert!(ledger::sum_is_zero(&mut tx).await.unwrap());
    let mails = till.mails();
    assert_eq!(mails.len(), 2, "{mails:?}");
    assert!(mails[0].1.starts_with("Booked: Algebra with Tom Tutor"), "{mails:?}");
    assert!(mails[1].1.starts_with("New lesson: Algebra with Sue Student"), "{mails:?}");
    let sent = till.services().mail.sent();
    assert!(sent.iter().all(|mail| mail.calendar.as_ref().is_some_and(|event| event.method == "REQUEST")));
    assert_eq!(till.school.count("SELECT count(*) FROM mails WHERE sent_at IS NOT NULL").await, 2);
    assert_eq!(refusal(payments::start_checkout(till.services(), &till.student, order).await), "error-order-paid");
    assert_eq!(payments::return_from_checkout(till.services(), &till.student, order).await.unwrap(), Returned::Booked);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_double_click_opens_one_page(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.hold_as(&till.student, "2026-11-17T10:00").await;
    let (services, student) = (till.services(), &till.student);
    let start = || payments::start_checkout(services, student, order);
    let (a, b, c, d) = tokio::join!(start(), start(), start(), start());
    let pages: Vec<String> = [a, b, c, d].into_iter().map(|page| page.unwrap().0).collect();
    assert!(pages.iter().all(|page| *page == pages[0]), "{pages:?}");
    assert_eq!(till.sessions().await, 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn only_the_buyer_pays(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.hold_as(&till.student, "2026-11-17T10:00").await;
    let other = till.school.student("Other Student").await;
    assert_eq!(refusal(payments::start_checkout(till.services(), &other, order).await), "NotFound");
    assert_eq!(refusal(payments::return_from_checkout(till.services(), &other, order).await), "NotFound");
    let elsewhere = till.school.other_school().await;
    let stranger = elsewhere.student("Sue Student").await;
    assert_eq!(refusal(payments::start_checkout(till.services(), &stranger, order).await), "NotFound");
    let nobody = till.school.anonymous();
    assert_eq!(refusal(payments::start_checkout(till.services(), &nobody, order).await), "Unauthenticated");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn without_any_webhook_the_return_settles(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    let back = || payments::return_from_checkout(till.services(), &till.student, order);
    assert_eq!(back().await.unwrap(), Returned::Open);
    till.pay(order).await;
    assert_eq!(back().await.unwrap(), Returned::Booked);
    assert_eq!(till.booked().await, 1);
    till.deliver_all().await;
    assert_eq!(till.balances().await, Till::paid_once(), "the webhook that comes after all changes nothing");
    assert_eq!(till.mails().len(), 2);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn without_webhook_or_return_the_sweeper_settles(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    payments::sweep(&till.worker).await.unwrap();
    assert_eq!(till.booked().await, 0, "not within the first minute");
    till.school.owner_sql("UPDATE payments SET created_at = now() - interval '2 minutes'").await;
    payments::sweep(&till.worker).await.unwrap();
    assert_eq!(till.booked().await, 1);
    assert_eq!(till.order_status(order).await, "paid");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_decline_leaves_the_page_open(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    assert_eq!(till.pay_with(order, "4000000000000002").await, "declined");
    till.deliver_all().await;
    assert_eq!(till.order_status(order).await, "pending");
    till.pay(order).await;
    till.deliver_all().await;
    assert_eq!(till.order_status(order).await, "paid");
    assert_eq!(till.balances().await, Till::paid_once());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn twenty_settle_at_once_with_the_effect_of_one(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    let payment = till.payment(order).await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (services, tenant) = (till.services().clone(), till.school.tenant.id);
            tokio::spawn(async move { settle(&services, tenant, payment, None).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap(), Settled::Paid);
    }
    till.run_jobs().await;
    assert_eq!(till.booked().await, 1);
    assert_eq!(till.balances().await, Till::paid_once());
    assert_eq!(till.mails().len(), 2);
    assert_eq!(till.school.count("SELECT count(*) FROM ledger_transactions").await, 2);
}

/// Whatever of its money came back: nothing, some, all.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_cancelled_lesson_is_not_returned_to_as_booked(owner: PgPool) {
    let till = Till::new(owner).await;
    for (day, now, refund) in [(17, "2026-11-17T09:00:00Z", 0), (19, "2026-11-18T20:00:00Z", 1617), (24, "2026-11-18T20:00:00Z", 3233)] {
        let order = till.hold_as(&till.student, &format!("2026-11-{day}T10:00")).await;
        till.checkout(order).await;
        till.pay(order).await;
        till.deliver_all().await;
        till.school.clock.set(now.parse().unwrap());
        let booking = till.text(&format!("SELECT id::text FROM bookings WHERE order_id = '{order}'")).await;
        domain::booking::cancel(till.services(), &till.student, booking.parse().unwrap(), refund).await.unwrap();
        let back = payments::return_from_checkout(till.services(), &till.student, order).await.unwrap();
        assert_eq!(back, Returned::Cancelled, "{refund} of 3233 came back");
    }
}
