//! Balanced, once, append-only, each account in its currency: by the database, whoever writes.

use crate::harness::{Harness, Hours, Tutor, london};
use domain::{
    booking::{self, Hold},
    ledger::{self, AccountKind, Entry, TransactionKind, sum_is_zero},
};
use kernel::{Currency, Money, ids::OrderId};
use sqlx::PgPool;

async fn ordered(owner: PgPool) -> (Harness, Tutor, OrderId) {
    let school = Harness::new(owner).await;
    let tutor = school.tutor("Tom Tutor", Hours::default()).await;
    let offering = school.offering(&tutor, "one_on_one", &[(60, 3233)]).await;
    let student = school.student("Sue Student").await;
    let hold = Hold { variant_id: offering.variants[0], starts_at: london("2026-11-17T10:00") };
    let order = booking::hold(&school.services, &student, hold).await.unwrap();
    (school, tutor, order)
}

fn gbp(minor: i64) -> Money {
    Money::new(minor, Currency::Gbp)
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_cause_posts_once(owner: PgPool) {
    let (school, tutor, order) = ordered(owner).await;
    let entries = ledger::payment(gbp(3233), 1500, tutor.id);
    for new in [true, false, false] {
        let mut tx = school.tx().await;
        assert_eq!(ledger::post(&mut tx, &school.services, TransactionKind::Payment, "payment:1", order, &entries).await.unwrap(), new);
        assert!(sum_is_zero(&mut tx).await.unwrap());
        tx.commit().await.unwrap();
    }
    assert_eq!(school.count("SELECT count(*) FROM ledger_entries").await, 3);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn twenty_at_once_open_each_account_once(owner: PgPool) {
    let (school, tutor, order) = ordered(owner).await;
    let tasks: Vec<_> = (0..20_i64)
        .map(|at| {
            let school = school.clone();
            tokio::spawn(async move {
                let mut tx = school.tx().await;
                let entries = if at % 2 == 0 { ledger::payment(gbp(100 + at), 1500, tutor.id) } else { ledger::stripe_fee(gbp(at)) };
                ledger::post(&mut tx, &school.services, TransactionKind::Payment, &format!("payment:{at}"), order, &entries).await.unwrap();
                tx.commit().await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(school.count("SELECT count(*) FROM ledger_accounts").await, 4);
    assert_eq!(school.count("SELECT sum(amount_minor)::bigint FROM ledger_entries").await, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_does_not_balance_is_refused(owner: PgPool) {
    let (school, _, order) = ordered(owner).await;
    let mut tx = school.tx().await;
    let lopsided = [Entry { account: AccountKind::StripeClearing, owner: None, amount: gbp(1) }];
    assert!(ledger::post(&mut tx, &school.services, TransactionKind::Payment, "payment:1", order, &lopsided).await.is_err());
    let two_currencies = [
        Entry { account: AccountKind::StripeClearing, owner: None, amount: gbp(1) },
        Entry { account: AccountKind::TenantRevenue, owner: None, amount: Money::new(-1, Currency::Eur) },
    ];
    assert!(ledger::post(&mut tx, &school.services, TransactionKind::Payment, "payment:1", order, &two_currencies).await.is_err());
    drop(tx);

    // And by hand, past our own check.
    let open = "INSERT INTO ledger_accounts (tenant_id, id, kind, currency) VALUES (app.tenant(), '01980000-0000-7000-8000-000000000001', 'stripe_clearing', 'GBP')";
    school.sql(open).await.unwrap();
    let head = format!(
        "INSERT INTO ledger_transactions (tenant_id, id, kind, cause, order_id) VALUES (app.tenant(), '01980000-0000-7000-8000-000000000002', 'payment', 'x', '{order}')"
    );
    let line = |currency: &str| {
        format!(
            "WITH head AS ({head} RETURNING 1) INSERT INTO ledger_entries (tenant_id, id, transaction_id, account_id, amount_minor, currency)
             VALUES (app.tenant(), '01980000-0000-7000-8000-000000000003', '01980000-0000-7000-8000-000000000002', '01980000-0000-7000-8000-000000000001', 1, '{currency}')"
        )
    };
    let constraint = |error: sqlx::Error| error.as_database_error().and_then(|e| e.constraint().map(str::to_owned)).unwrap_or_default();
    assert_eq!(constraint(school.sql(&head).await.unwrap_err()), "ledger_balanced", "no lines");
    assert_eq!(constraint(school.sql(&line("GBP")).await.unwrap_err()), "ledger_balanced", "one line");
    assert_eq!(constraint(school.sql(&line("EUR")).await.unwrap_err()), "ledger_currency", "another currency");
    assert_eq!(school.count("SELECT count(*) FROM ledger_transactions").await, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn nothing_is_changed_or_deleted(owner: PgPool) {
    let (school, tutor, order) = ordered(owner).await;
    let mut tx = school.tx().await;
    ledger::post(&mut tx, &school.services, TransactionKind::Payment, "payment:1", order, &ledger::payment(gbp(3233), 1500, tutor.id))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for statement in [
        "UPDATE ledger_entries SET amount_minor = 1",
        "DELETE FROM ledger_entries",
        "UPDATE ledger_transactions SET cause = 'y'",
        "DELETE FROM ledger_transactions",
        "UPDATE ledger_accounts SET kind = 'stripe_fees'",
        "DELETE FROM ledger_accounts",
        "TRUNCATE ledger_entries",
    ] {
        let error = school.sql(statement).await.unwrap_err();
        assert_eq!(
            error.as_database_error().and_then(|e| e.code().map(std::borrow::Cow::into_owned)).as_deref(),
            Some("42501"),
            "{statement}"
        );
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_reversal_is_the_exact_opposite(owner: PgPool) {
    let (school, tutor, order) = ordered(owner).await;
    let mut tx = school.tx().await;
    let none = ledger::reversed(&mut tx, order, Currency::Gbp).await.unwrap();
    ledger::post(&mut tx, &school.services, TransactionKind::Refund, "refund:1", order, &ledger::refund(gbp(777), 1500, tutor.id, none))
        .await
        .unwrap();
    ledger::post(&mut tx, &school.services, TransactionKind::RefundSettled, "refund_settled:1", order, &ledger::refund_settled(gbp(777)))
        .await
        .unwrap();
    let given = ledger::reversed(&mut tx, order, Currency::Gbp).await.unwrap();
    assert_eq!((given.escrow, given.revenue), (gbp(660), gbp(117)));
    let causes = ["refund:1".to_owned(), "refund_settled:1".to_owned()];
    for new in [true, false] {
        let posted =
            ledger::reverse(&mut tx, &school.services, TransactionKind::RefundFailed, "refund_failed:1", order, &causes).await.unwrap();
        assert_eq!(posted, new);
    }
    assert_eq!(ledger::reversed(&mut tx, order, Currency::Gbp).await.unwrap(), none);
    tx.commit().await.unwrap();
    assert_eq!(
        school.count("SELECT count(*) FROM (SELECT 1 FROM ledger_entries GROUP BY account_id HAVING sum(amount_minor) <> 0) AS open").await,
        0
    );
}
