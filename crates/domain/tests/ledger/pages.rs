//! What an admin reads.

use crate::{harness::refusal, till::Till};
use domain::ledger::{self, AccountKind, TransactionKind};
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn balances_transactions_and_an_orders_own(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.deliver_all().await;
    let (services, admin) = (till.services(), &till.school.admin);

    let balances = ledger::trial_balance(services, admin).await.unwrap();
    assert_eq!(balances.iter().map(|account| account.balance.minor).sum::<i64>(), 0);
    let escrow = balances.iter().find(|account| account.kind == AccountKind::TutorEscrow).unwrap();
    assert_eq!((escrow.owner.as_deref(), escrow.balance.minor), (Some("Tom Tutor"), -2748));

    let first = ledger::transactions(services, admin, None, None, 1).await.unwrap();
    let second = ledger::transactions(services, admin, None, first.next, 1).await.unwrap();
    let kinds: Vec<_> = first.items.iter().chain(&second.items).map(|transaction| transaction.kind).collect();
    assert_eq!(kinds.len(), 2);
    assert!(kinds.contains(&TransactionKind::Payment) && kinds.contains(&TransactionKind::StripeFee), "{kinds:?}");
    assert_eq!(second.next, None);
    assert_eq!(first.items[0].order_number, "NO-1001");

    let fees = ledger::transactions(services, admin, Some(AccountKind::StripeFees), None, 10).await.unwrap();
    assert_eq!(fees.items.iter().map(|t| t.kind).collect::<Vec<_>>(), [TransactionKind::StripeFee], "only what touches the account");
    let payable = ledger::transactions(services, admin, Some(AccountKind::RefundsPayable), None, 10).await.unwrap();
    assert_eq!(payable.items, []);

    let own = ledger::of_order(services, admin, order).await.unwrap();
    assert_eq!(own.len(), 2);
    assert!(own.iter().all(|transaction| transaction.lines.iter().map(|line| line.amount.minor).sum::<i64>() == 0));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn admins_alone_and_only_their_own(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.deliver_all().await;
    for actor in [&till.student, &till.tutor.actor] {
        assert_eq!(refusal(ledger::trial_balance(till.services(), actor).await), "NotFound");
        assert_eq!(refusal(ledger::transactions(till.services(), actor, None, None, 10).await), "NotFound");
        assert_eq!(refusal(ledger::of_order(till.services(), actor, order).await), "NotFound");
    }
    assert_eq!(refusal(ledger::trial_balance(till.services(), &till.school.anonymous()).await), "Unauthenticated");
    let elsewhere = till.school.other_school().await;
    assert_eq!(ledger::trial_balance(till.services(), &elsewhere.admin).await.unwrap(), []);
    assert_eq!(ledger::of_order(till.services(), &elsewhere.admin, order).await.unwrap(), []);
}
