//! What an admin reads in the ledger.

use super::{
    model::{AccountBalance, AccountKind, LedgerTransaction},
    queries,
};
use crate::{
    Actor, Result, Services,
    page::{Cursor, Page},
};
use kernel::{Permission, ids::OrderId};

/// Every account and what stands on it. The balances of a currency sum to zero.
pub async fn trial_balance(services: &Services, actor: &Actor) -> Result<Vec<AccountBalance>> {
    actor.permit(Permission::SeeLedger)?;
    let mut tx = actor.begin(&services.db).await?;
    queries::balances(&mut tx).await
}

/// Transactions, newest first, `size` at a time (at most 100); with an account's kind, those
/// that touch it.
pub async fn transactions(
    services: &Services,
    actor: &Actor,
    account: Option<AccountKind>,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<LedgerTransaction>> {
    actor.permit(Permission::SeeLedger)?;
    let mut tx = actor.begin(&services.db).await?;
    queries::page(&mut tx, account, after, size.clamp(1, 100)).await
}

/// An order's transactions, oldest first; empty for an order that is not there.
pub async fn of_order(services: &Services, actor: &Actor, order: OrderId) -> Result<Vec<LedgerTransaction>> {
    actor.permit(Permission::SeeLedger)?;
    let mut tx = actor.begin(&services.db).await?;
    queries::of_order(&mut tx, order).await
}
