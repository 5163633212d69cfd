//! What mails say, to whom, and how often.

use crate::{harness::refusal, till::Till};
use domain::{
    booking,
    mailing::{self, Mailing},
};
use kernel::ids::BookingId;
use sqlx::PgPool;

async fn booked(till: &Till) -> BookingId {
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.deliver_all().await;
    BookingId(till.text("SELECT id::text FROM bookings").await.parse().unwrap())
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn each_in_their_own_words_and_zone(owner: PgPool) {
    let till = Till::new(owner).await;
    till.school.owner_sql("UPDATE tenants SET locales = '{en,es}'").await;
    till.school
        .owner_sql(&format!("UPDATE members SET locale = 'es', zone = 'Asia/Kathmandu' WHERE id = '{}'", till.student.member().unwrap().id))
        .await;
    booked(&till).await;
    let mails = till.services().mail.sent();
    let student = mails.iter().find(|mail| mail.to == "sue-student@northside.example").unwrap();
    let tutor = mails.iter().find(|mail| mail.to == "tom-tutor@northside.example").unwrap();

    assert!(student.subject.starts_with("Reservada: Algebra con Tom Tutor"), "{}", student.subject);
    // 10:00 in London is 15:45 in Kathmandu.
    assert!(student.text.contains("15:45") && student.text.contains("UTC+5:45"), "{}", student.text);
    assert!(student.text.contains("32,33"), "{}", student.text);
    assert!(student.text.contains("Visa terminada en 4242"), "{}", student.text);
    assert!(student.text.contains("http://northside.localhost:3000/student/lessons/"), "{}", student.text);
    assert!(student.html.contains("lang=\"es\"") && student.html.contains("#227755"));
    assert!(tutor.subject.starts_with("New lesson: Algebra with Sue Student"), "{}", tutor.subject);
    assert!(tutor.text.contains("10:00") && tutor.text.contains("http://northside.localhost:3000/tutor/lessons/"), "{}", tutor.text);
    assert!(!tutor.text.contains("sue-student@"), "the student's address is not the tutor's to know");

    let event = &student.calendar.as_ref().unwrap().content;
    for line in ["METHOD:REQUEST", "SEQUENCE:0", "DTSTART:20261117T100000Z", "DTEND:20261117T110000Z", "SUMMARY:Algebra con Tom Tutor"] {
        assert!(event.contains(line), "{line} in {event}");
    }
    assert!(!event.contains("tom-tutor@"), "{event}");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_cancellation_takes_the_event_out(owner: PgPool) {
    let till = Till::new(owner).await;
    let id = booked(&till).await;
    let offer = booking::cancellation_offer(till.services(), &till.tutor.actor, id).await.unwrap();
    booking::cancel(till.services(), &till.tutor.actor, id, offer.refund.minor).await.unwrap();
    till.run_jobs().await;
    let mails = till.services().mail.sent();
    let uid = |content: &str| content.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    let first = mails.iter().find_map(|mail| mail.calendar.as_ref().filter(|c| c.method == "REQUEST")).unwrap();
    let cancelled: Vec<_> = mails.iter().filter(|mail| mail.calendar.as_ref().is_some_and(|c| c.method == "CANCEL")).collect();
    assert_eq!(cancelled.len(), 2);
    for mail in &cancelled {
        let event = &mail.calendar.as_ref().unwrap().content;
        assert_eq!(uid(event), uid(&first.content));
        assert!(event.contains("SEQUENCE:1") && event.contains("STATUS:CANCELLED"), "{event}");
    }
    let student = cancelled.iter().find(|mail| mail.to.starts_with("sue")).unwrap();
    assert!(student.text.contains("Tom Tutor had to cancel this lesson"), "{}", student.text);
    assert!(student.text.contains("£32.33 goes back to the card"), "{}", student.text);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_event_mails_once(owner: PgPool) {
    let till = Till::new(owner).await;
    let booking = booked(&till).await;
    for _ in 0..3 {
        let mut tx = till.school.tx().await;
        mailing::enqueue(&mut tx, Mailing::BookingConfirmed { booking }).await.unwrap();
        tx.commit().await.unwrap();
        till.run_jobs().await;
    }
    assert_eq!(till.mails().len(), 2);
    let mails = till.services().mail.sent();
    assert!(mails[0].id.ends_with("@northside.localhost>") && mails[0].id != mails[1].id, "{}", mails[0].id);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn names_are_no_markup_and_no_headers(owner: PgPool) {
    let till = Till::new(owner).await;
    let nasty = "<b>Bo\u{7}b</b> & \"Co\"";
    till.school.owner_sql(&format!("UPDATE members SET name = '{nasty}' WHERE id = '{}'", till.student.member().unwrap().id)).await;
    booked(&till).await;
    let mails = till.services().mail.sent();
    for mail in &mails {
        assert!(!mail.html.contains("<b>"), "{}", mail.html);
    }
    let tutor = mails.iter().find(|mail| mail.to.starts_with("tom")).unwrap();
    assert!(tutor.html.contains("&lt;b&gt;"), "{}", tutor.html);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_mailbox_shows_a_tenants_own(owner: PgPool) {
    let mut till = Till::new(owner).await;
    booked(&till).await;
    till.school.services.mail = std::sync::Arc::new(providers::mail::Mailer::mailbox("school@localhost"));
    let heads = mailing::mailbox(till.services(), &till.school.admin).await.unwrap();
    assert_eq!(heads.len(), 2);
    assert!(heads.iter().all(|head| head.sent_at.is_some()));
    let mail = mailing::mail(till.services(), &till.school.admin, heads[0].id).await.unwrap();
    assert_eq!(mail.head, heads[0]);
    assert!(mail.calendar.is_some() && mail.html.contains("<!doctype html>"));
    let elsewhere = till.school.other_school().await;
    assert_eq!(mailing::mailbox(till.services(), &elsewhere.admin).await.unwrap(), []);
    assert_eq!(refusal(mailing::mail(till.services(), &elsewhere.admin, heads[0].id).await), "NotFound");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn where_mails_leave_nobody_reads_them(owner: PgPool) {
    let mut till = Till::new(owner).await;
    booked(&till).await;
    let smtp = providers::mail::SmtpConfig { host: "localhost".into(), port: 9, tls: providers::mail::SmtpTls::None, credentials: None };
    till.school.services.mail = std::sync::Arc::new(providers::mail::Mailer::smtp("school@localhost", &smtp).unwrap());
    assert_eq!(refusal(mailing::mailbox(till.services(), &till.school.admin).await), "NotFound");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_confirmation_that_comes_late_is_not_sent(owner: PgPool) {
    let till = Till::new(owner).await;
    let id = booked(&till).await;
    // As if nothing had been written yet, and one mail written and not sent.
    till.school.owner_sql("DELETE FROM mails WHERE to_address LIKE 'sue%'").await;
    till.school.owner_sql("UPDATE mails SET sent_at = NULL").await;
    let waiting = till.text("SELECT id::text FROM mails").await;
    let mut tx = till.school.tx().await;
    mailing::enqueue(&mut tx, Mailing::BookingConfirmed { booking: id }).await.unwrap();
    domain::jobs::enqueue(&mut tx, &mailing::DeliverMail { mail: kernel::ids::MailId(waiting.parse().unwrap()) }).await.unwrap();
    tx.commit().await.unwrap();
    let offer = booking::cancellation_offer(till.services(), &till.student, id).await.unwrap();
    booking::cancel(till.services(), &till.student, id, offer.refund.minor).await.unwrap();
    let before = till.mails().len();
    assert_eq!(till.run_jobs().await.failed, 0);
    let later = till.services().mail.sent().split_off(before);
    assert!(!later.is_empty());
    assert!(!later.iter().any(|mail| mail.calendar.as_ref().is_some_and(|event| event.method == "REQUEST")), "{later:?}");
    assert_eq!(till.school.count("SELECT count(*) FROM mails WHERE cause LIKE 'booking_confirmed:%'").await, 1, "none is written");
    assert_eq!(till.text("SELECT failure FROM mails WHERE cause LIKE 'booking_confirmed:%'").await, "the lesson was cancelled before");
}

/// The mail server was away for longer than the job tries.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_no_job_sends_any_more_is_taken_up_for_a_week(owner: PgPool) {
    let till = Till::new(owner).await;
    booked(&till).await;
    let sent = till.mails().len();
    let waiting = |age: &str| {
        format!(
            "UPDATE mails SET sent_at = NULL, created_at = now() - interval '{age}', queued_at = now() - interval '{age}' WHERE to_address LIKE 'sue%'"
        )
    };
    for age in ["50 minutes", "8 days"] {
        till.school.owner_sql(&waiting(age)).await;
        mailing::sweep(&till.worker).await.unwrap();
        assert_eq!(till.school.jobs("deliver_mail").await, Vec::<serde_json::Value>::new(), "{age}");
    }
    till.school.owner_sql(&waiting("6 days")).await;
    mailing::sweep(&till.worker).await.unwrap();
    till.school.owner_sql("UPDATE mails SET queued_at = now() - interval '2 hours'").await;
    mailing::sweep(&till.worker).await.unwrap();
    mailing::sweep(&till.worker).await.unwrap();
    assert_eq!(till.school.jobs("deliver_mail").await.len(), 1, "one job a mail, and of the one that waits");
    till.run_jobs().await;
    assert_eq!(till.mails().len(), sent + 1);
    assert_eq!(till.school.count("SELECT count(*) FROM mails WHERE sent_at IS NULL").await, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_the_mail_server_refused_is_not_taken_up(owner: PgPool) {
    let till = Till::new(owner).await;
    booked(&till).await;
    till.school.owner_sql("UPDATE mails SET sent_at = NULL, failure = 'no such mailbox', queued_at = now() - interval '2 hours'").await;
    mailing::sweep(&till.worker).await.unwrap();
    assert_eq!(till.school.jobs("deliver_mail").await.len(), 0);
}

/// The minute's job looks after both.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_sweep_takes_mails_up(owner: PgPool) {
    let till = Till::new(owner).await;
    booked(&till).await;
    till.school.owner_sql("UPDATE mails SET sent_at = NULL, queued_at = now() - interval '2 hours'").await;
    sqlx::query("SELECT graphile_worker.add_job('sweep', 'null'::json)").execute(&till.school.owner).await.unwrap();
    till.run_jobs().await;
    assert_eq!(till.school.count("SELECT count(*) FROM mails WHERE sent_at IS NULL").await, 0);
}
