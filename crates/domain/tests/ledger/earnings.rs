//! What a tutor reads of their own account.

use crate::{
    harness::{london, refusal},
    till::Till,
};
use domain::{
    booking,
    ledger::{self, Earned, TransactionKind},
};
use kernel::{Currency, Money};
use sqlx::PgPool;

fn gbp(minor: i64) -> Money {
    Money::new(minor, Currency::Gbp)
}

fn earned(taught: i64, to_come: i64) -> Vec<Earned> {
    vec![Earned { taught: gbp(taught), to_come: gbp(to_come) }]
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_lesson_is_expected_until_it_is_over(owner: PgPool) {
    let till = Till::new(owner).await;
    let (services, tutor) = (till.services(), &till.tutor.actor);
    assert_eq!(ledger::earned(services, tutor, None).await.unwrap(), earned(0, 0));
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.deliver_all().await;

    assert_eq!(ledger::earned(services, tutor, None).await.unwrap(), earned(0, 2748));
    let (start, hour) = (london("2026-11-17T10:00"), jiff::SignedDuration::from_hours(1));
    assert_eq!(ledger::earned(services, tutor, Some(start..start + hour)).await.unwrap(), earned(0, 2748));
    assert_eq!(ledger::earned(services, tutor, Some(start - hour..start)).await.unwrap(), earned(0, 0), "by the lesson's start");
    till.school.clock.set(start + hour);
    assert_eq!(ledger::earned(services, tutor, None).await.unwrap(), earned(2748, 0));

    let share = ledger::order_share(services, tutor, order).await.unwrap();
    assert_eq!((share.share, share.commission), (gbp(2748), gbp(485)));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_refund_takes_the_share_back(owner: PgPool) {
    let till = Till::new(owner).await;
    let (services, tutor) = (till.services(), &till.tutor.actor);
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.deliver_all().await;
    let lesson = booking::tutor_next(services, tutor).await.unwrap().unwrap();
    booking::cancel(services, tutor, lesson.id, 3233).await.unwrap();

    assert_eq!(ledger::earned(services, tutor, None).await.unwrap(), earned(0, 0));
    let share = ledger::order_share(services, tutor, order).await.unwrap();
    assert_eq!((share.share, share.commission), (gbp(0), gbp(0)));
    let lines = ledger::movements(services, tutor, None).await.unwrap().items;
    let told: Vec<_> = lines.iter().map(|line| (line.kind, line.share.minor, line.commission.minor)).collect();
    assert_eq!(told, [(TransactionKind::Refund, -2748, -485), (TransactionKind::Payment, 2748, 485)]);
    let Some(line) = lines.first() else { panic!("there are lines") };
    assert_eq!((line.student.as_str(), line.title.as_str(), line.order_number.as_str()), ("Sue Student", "Algebra", "NO-1001"));
    assert_eq!((line.lesson, line.starts_at), (Some(lesson.lesson), lesson.starts_at));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_tutor_sees_their_own_account_alone(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.deliver_all().await;
    let services = till.services();
    let other = till.school.tutor("Otto Other", crate::harness::Hours::default()).await.actor;
    assert_eq!(ledger::earned(services, &other, None).await.unwrap(), earned(0, 0));
    assert_eq!(ledger::movements(services, &other, None).await.unwrap().items, []);
    assert_eq!(refusal(ledger::order_share(services, &other, order).await), "NotFound");
    for (actor, expected) in [(&till.school.anonymous(), "Unauthenticated"), (&till.student, "NotFound"), (&till.school.admin, "NotFound")]
    {
        assert_eq!(refusal(ledger::earned(services, actor, None).await), expected);
        assert_eq!(refusal(ledger::movements(services, actor, None).await), expected);
        assert_eq!(refusal(ledger::order_share(services, actor, order).await), expected);
    }
}
