//! Writing to the ledger.

use super::{
    model::{AccountKind, Entry, TransactionKind},
    queries,
};
use crate::{Error, Result, Services, TenantTx};
use kernel::{
    Currency,
    ids::{LedgerTransactionId, OrderId},
};

/// Posts a transaction for `cause`, or does nothing if that cause was posted before. The answer
/// says whether it was new. Lines of nothing are left out; without any other, nothing happens.
///
/// Accounts are opened on demand, in the order of their kinds, owners and currencies, so two
/// transactions never wait for each other crosswise. Lines lock nothing that another's would
/// wait for.
///
/// # Errors
/// [`Error::Broken`] when the lines do not sum to zero in each currency.
pub async fn post(
    tx: &mut TenantTx,
    services: &Services,
    kind: TransactionKind,
    cause: &str,
    order: OrderId,
    entries: &[Entry],
) -> Result<bool> {
    let mut entries: Vec<Entry> = entries.iter().copied().filter(|entry| entry.amount.minor != 0).collect();
    if entries.is_empty() {
        return Ok(false);
    }
    if !balanced(&entries) {
        return Err(Error::Broken("a ledger transaction balances"));
    }
    let id: LedgerTransactionId = services.id();
    if !queries::insert_transaction(tx, id, kind, cause, order).await? {
        return Ok(false);
    }
    entries.sort_by_key(|entry| (entry.account, entry.owner, entry.amount.currency));
    for entry in entries {
        let account = queries::open_account(tx, services.id(), &entry).await?;
        queries::insert_entry(tx, services.id(), id, account, entry.amount).await?;
    }
    Ok(true)
}

/// Posts the opposite of what `causes` posted, as one transaction for `cause`.
pub async fn reverse(
    tx: &mut TenantTx,
    services: &Services,
    kind: TransactionKind,
    cause: &str,
    order: OrderId,
    causes: &[String],
) -> Result<bool> {
    let mut opposite: Vec<Entry> = Vec::new();
    for mut entry in queries::entries_of(tx, causes).await? {
        entry.amount.minor = -entry.amount.minor;
        match opposite.iter_mut().find(|e| (e.account, e.owner, e.amount.currency) == (entry.account, entry.owner, entry.amount.currency)) {
            Some(same) => same.amount.minor += entry.amount.minor,
            None => opposite.push(entry),
        }
    }
    post(tx, services, kind, cause, order, &opposite).await
}

fn balanced(entries: &[Entry]) -> bool {
    Currency::ALL.iter().all(|currency| {
        entries.iter().filter(|e| e.amount.currency == *currency).try_fold(0_i64, |sum, e| sum.checked_add(e.amount.minor)) == Some(0)
    }) && entries.iter().all(|e| (e.account == AccountKind::TutorEscrow) == e.owner.is_some())
}
