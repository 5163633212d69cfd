//! What a tenant may keep.

use super::Desk;
use crate::{clamd::Clamd, harness::refusal};
use domain::uploads::{self, Purpose, UploadLimits};
use futures::future::join_all;
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn of_twenty_at_the_same_moment_those_that_fit_are_taken(owner: PgPool) {
    let mut desk = Desk::with(owner, Clamd::away()).await;
    desk.school.services.files.limits = UploadLimits { quota_bytes: 7_500, ..UploadLimits::default() };
    // Four members, five files each: the allowance is a member's own.
    let mut senders = Vec::new();
    for name in ["Ann", "Ben", "Cat", "Dan"] {
        senders.push(desk.school.student(name).await);
    }
    let sent = join_all((0..20).map(|n| desk.send(&senders[n % 4], Purpose::Attachment, "a.txt", vec![b'a'; 1000]))).await;
    let (taken, refused): (Vec<_>, Vec<_>) = sent.into_iter().partition(Result::is_ok);
    assert_eq!((taken.len(), refused.len()), (7, 13));
    for refused in refused {
        assert!(refusal(refused).contains("error-storage-full"));
    }
    assert_eq!(desk.used().await, 7_000);
    assert_eq!(desk.school.count("SELECT sum(counted_bytes)::bigint FROM uploads").await, 7_000);
    assert_eq!(desk.objects().await.len(), 7, "the bytes of refused files are gone");
    // What is removed makes room at once.
    let own = *taken[0].as_ref().unwrap();
    let sender = &senders[0];
    uploads::remove_attachment(desk.services(), sender, own).await.unwrap();
    assert!(desk.send(sender, Purpose::Attachment, "b.txt", vec![b'b'; 1000]).await.is_ok());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_smaller_quota_takes_nothing_away_and_lets_nothing_in(owner: PgPool) {
    let mut desk = Desk::with(owner, Clamd::away()).await;
    let first = desk.attach("a.txt", vec![b'a'; 1000]).await;
    desk.school.services.files.limits.quota_bytes = 500;
    let full = desk.send(&desk.tutor, Purpose::Attachment, "b.txt", "b").await;
    assert!(refusal(full).contains("error-storage-full"));
    assert_eq!((desk.used().await, desk.state(first).await.0), (1000, "held".into()));
    uploads::remove_attachment(desk.services(), &desk.tutor, first).await.unwrap();
    desk.attach("b.txt", "b").await;
    let kept = uploads::storage(desk.services(), &desk.school.admin).await.unwrap();
    assert_eq!((kept.used, kept.quota), (1, 500));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_member_sends_so_many_and_no_more(owner: PgPool) {
    let desk = Desk::with(owner, Clamd::away()).await;
    for _ in 0..20 {
        desk.attach("a.txt", "a").await;
    }
    assert!(refusal(desk.send(&desk.tutor, Purpose::Attachment, "a.txt", "a").await).contains("RateLimited"));
    let other = desk.school.student("Sue").await;
    desk.send(&other, Purpose::Attachment, "a.txt", "a").await.unwrap();
}
