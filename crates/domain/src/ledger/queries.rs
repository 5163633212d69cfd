//! SQL of the ledger.

use super::{
    model::{AccountBalance, AccountKind, Entry, LedgerTransaction, Line, TransactionKind},
    movements::Reversed,
};
use crate::{
    Error, Result, TenantTx,
    page::{Cursor, Page},
};
use jiff_sqlx::ToSqlx;
use kernel::{
    Currency, Money,
    ids::{LedgerAccountId, LedgerTransactionId, MemberId, OrderId},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Writes a transaction's head; `false` when its cause was posted before.
pub(super) async fn insert_transaction(
    tx: &mut TenantTx,
    id: LedgerTransactionId,
    kind: TransactionKind,
    cause: &str,
    order: OrderId,
) -> Result<bool> {
    let written = sqlx::query!(
        "INSERT INTO ledger_transactions (tenant_id, id, kind, cause, order_id) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant_id, cause) DO NOTHING",
        tx.tenant().0,
        id.0,
        kind.key(),
        cause,
        order.0
    )
    .execute(tx.conn())
    .await?;
    Ok(written.rows_affected() == 1)
}

/// The account that `entry` names, opened if there is none yet.
pub(super) async fn open_account(tx: &mut TenantTx, id: LedgerAccountId, entry: &Entry) -> Result<LedgerAccountId> {
    let owner = entry.owner.map(|owner| owner.0);
    if let Some(known) = account(tx, entry).await? {
        return Ok(known);
    }
    sqlx::query!(
        "INSERT INTO ledger_accounts (tenant_id, id, kind, owner_id, currency) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        tx.tenant().0,
        id.0,
        entry.account.key(),
        owner,
        entry.amount.currency.code()
    )
    .execute(tx.conn())
    .await?;
    account(tx, entry).await?.ok_or(Error::Broken("an opened account is there"))
}

async fn account(tx: &mut TenantTx, entry: &Entry) -> Result<Option<LedgerAccountId>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT id AS "id: LedgerAccountId" FROM ledger_accounts
           WHERE tenant_id = $1 AND kind = $2 AND currency = $3 AND owner_id IS NOT DISTINCT FROM $4"#,
        tx.tenant().0,
        entry.account.key(),
        entry.amount.currency.code(),
        entry.owner.map(|owner| owner.0)
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Writes one line.
pub(super) async fn insert_entry(
    tx: &mut TenantTx,
    id: Uuid,
    transaction: LedgerTransactionId,
    account: LedgerAccountId,
    amount: Money,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO ledger_entries (tenant_id, id, transaction_id, account_id, amount_minor, currency) VALUES ($1, $2, $3, $4, $5, $6)",
        tx.tenant().0,
        id,
        transaction.0,
        account.0,
        amount.minor,
        amount.currency.code()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The lines that `causes` posted.
pub(super) async fn entries_of(tx: &mut TenantTx, causes: &[String]) -> Result<Vec<Entry>> {
    let rows = sqlx::query!(
        r#"SELECT a.kind AS "kind: AccountKind", a.owner_id AS "owner: MemberId", e.amount_minor, e.currency AS "currency: Currency"
           FROM ledger_transactions t
           JOIN ledger_entries e ON e.tenant_id = t.tenant_id AND e.transaction_id = t.id
           JOIN ledger_accounts a ON a.tenant_id = e.tenant_id AND a.id = e.account_id
           WHERE t.tenant_id = $1 AND t.cause = ANY ($2)"#,
        tx.tenant().0,
        causes
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Entry { account: row.kind, owner: row.owner, amount: Money::new(row.amount_minor, row.currency) })
        .collect())
}

/// What of an order's escrow and revenue has gone back so far. A refund that failed counts, because
/// it stays owed: only its settlement is reversed, and that moved neither.
pub async fn reversed(tx: &mut TenantTx, order: OrderId, currency: Currency) -> Result<Reversed> {
    let row = sqlx::query!(
        r#"SELECT coalesce(sum(e.amount_minor) FILTER (WHERE a.kind = 'tutor_escrow'), 0)::bigint AS "escrow!",
                  coalesce(sum(e.amount_minor) FILTER (WHERE a.kind = 'tenant_revenue'), 0)::bigint AS "revenue!"
           FROM ledger_transactions t
           JOIN ledger_entries e ON e.tenant_id = t.tenant_id AND e.transaction_id = t.id
           JOIN ledger_accounts a ON a.tenant_id = e.tenant_id AND a.id = e.account_id
           WHERE t.tenant_id = $1 AND t.order_id = $2 AND t.kind IN ('refund', 'refund_failed')"#,
        tx.tenant().0,
        order.0
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Reversed { escrow: Money::new(row.escrow, currency), revenue: Money::new(row.revenue, currency) })
}

/// Whether all lines of the tenant sum to zero in each currency.
pub async fn sum_is_zero(tx: &mut TenantTx) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT NOT EXISTS (SELECT 1 FROM ledger_entries WHERE tenant_id = $1 GROUP BY currency HAVING sum(amount_minor) <> 0) AS "zero!""#,
        tx.tenant().0
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Every account and what stands on it, by kind, owner and currency.
pub(super) async fn balances(tx: &mut TenantTx) -> Result<Vec<AccountBalance>> {
    let rows = sqlx::query!(
        r#"SELECT a.kind AS "kind: AccountKind", m.name AS "owner?", a.currency AS "currency: Currency",
                  coalesce(sum(e.amount_minor), 0)::bigint AS "balance!"
           FROM ledger_accounts a
           LEFT JOIN ledger_entries e ON e.tenant_id = a.tenant_id AND e.account_id = a.id
           LEFT JOIN members m ON m.tenant_id = a.tenant_id AND m.id = a.owner_id
           WHERE a.tenant_id = $1
           GROUP BY a.id, a.kind, m.name, a.currency
           ORDER BY a.currency, array_position(ARRAY['stripe_clearing', 'stripe_fees', 'refunds_payable', 'tenant_revenue', 'tutor_escrow'], a.kind), m.name, a.id"#,
        tx.tenant().0
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| AccountBalance { kind: row.kind, owner: row.owner, balance: Money::new(row.balance, row.currency) })
        .collect())
}

/// Transactions, newest first; of those that touch `account`, if one is given.
pub(super) async fn page(
    tx: &mut TenantTx,
    account: Option<AccountKind>,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<LedgerTransaction>> {
    let limit = i64::try_from(size).unwrap_or(100) + 1;
    let heads = sqlx::query_as!(
        Head,
        r#"SELECT t.id AS "id: LedgerTransactionId", t.kind AS "kind: TransactionKind", t.order_id AS "order: OrderId",
                  terms.order_prefix || '-' || o.number AS "order_number!", t.posted_at
           FROM ledger_transactions t
           JOIN orders o ON o.tenant_id = t.tenant_id AND o.id = t.order_id
           JOIN tenant_terms terms ON terms.tenant_id = t.tenant_id
           WHERE t.tenant_id = $1 AND ($2::timestamptz IS NULL OR (t.posted_at, t.id) < ($2, $3))
             AND ($5::text IS NULL OR EXISTS (
               SELECT 1 FROM ledger_entries e JOIN ledger_accounts a ON a.tenant_id = e.tenant_id AND a.id = e.account_id
               WHERE e.tenant_id = t.tenant_id AND e.transaction_id = t.id AND a.kind = $5))
           ORDER BY t.posted_at DESC, t.id DESC LIMIT $4"#,
        tx.tenant().0,
        after.map(|cursor| cursor.at.to_sqlx()) as _,
        after.map(|cursor| cursor.id),
        limit,
        account.map(AccountKind::key)
    )
    .fetch_all(tx.conn())
    .await?;
    let transactions = with_lines(tx, heads).await?;
    Ok(Page::new(transactions, size, |t| Cursor { at: t.posted_at, id: t.id.0 }))
}

/// An order's transactions, oldest first.
pub(super) async fn of_order(tx: &mut TenantTx, order: OrderId) -> Result<Vec<LedgerTransaction>> {
    let heads = sqlx::query_as!(
        Head,
        r#"SELECT t.id AS "id: LedgerTransactionId", t.kind AS "kind: TransactionKind", t.order_id AS "order: OrderId",
                  terms.order_prefix || '-' || o.number AS "order_number!", t.posted_at
           FROM ledger_transactions t
           JOIN orders o ON o.tenant_id = t.tenant_id AND o.id = t.order_id
           JOIN tenant_terms terms ON terms.tenant_id = t.tenant_id
           WHERE t.tenant_id = $1 AND t.order_id = $2
           ORDER BY t.posted_at, t.id"#,
        tx.tenant().0,
        order.0
    )
    .fetch_all(tx.conn())
    .await?;
    with_lines(tx, heads).await
}

struct Head {
    id: LedgerTransactionId,
    kind: TransactionKind,
    order: OrderId,
    order_number: String,
    posted_at: jiff_sqlx::Timestamp,
}

async fn with_lines(tx: &mut TenantTx, heads: Vec<Head>) -> Result<Vec<LedgerTransaction>> {
    let ids: Vec<Uuid> = heads.iter().map(|head| head.id.0).collect();
    let rows = sqlx::query!(
        r#"SELECT e.transaction_id AS "transaction: LedgerTransactionId", a.kind AS "kind: AccountKind", m.name AS "owner?",
                  e.amount_minor, e.currency AS "currency: Currency"
           FROM ledger_entries e
           JOIN ledger_accounts a ON a.tenant_id = e.tenant_id AND a.id = e.account_id
           LEFT JOIN members m ON m.tenant_id = a.tenant_id AND m.id = a.owner_id
           WHERE e.tenant_id = $1 AND e.transaction_id = ANY ($2)
           ORDER BY e.amount_minor DESC, a.kind"#,
        tx.tenant().0,
        &ids
    )
    .fetch_all(tx.conn())
    .await?;
    let mut lines: HashMap<LedgerTransactionId, Vec<Line>> = HashMap::new();
    for row in rows {
        let line = Line { account: row.kind, owner: row.owner, amount: Money::new(row.amount_minor, row.currency) };
        lines.entry(row.transaction).or_default().push(line);
    }
    Ok(heads
        .into_iter()
        .map(|head| LedgerTransaction {
            id: head.id,
            kind: head.kind,
            order: head.order,
            order_number: head.order_number,
            posted_at: head.posted_at.to_jiff(),
            lines: lines.remove(&head.id).unwrap_or_default(),
        })
        .collect())
}
