//! SQL of refunds.

use crate::{
    Result, TenantTx,
    payments::model::{Payment, Refund, RefundReason, RefundStatus},
};
use kernel::{
    Currency, Money,
    ids::{OrderId, PaymentId, RefundId},
};

/// Writes a promise to give money back, or with `replaces` that one which failed is sent again.
///
/// # Errors
/// Violates `refunds_bound` when more would go back than was paid, `refunds_replaces` when what
/// it replaces did not fail, `refunds_replaces_key` when that was sent again before.
pub(in crate::payments) async fn insert_refund(
    tx: &mut TenantTx,
    id: RefundId,
    payment: &Payment,
    amount: Money,
    reason: RefundReason,
    replaces: Option<RefundId>,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO refunds (tenant_id, id, payment_id, order_id, amount_minor, currency, reason, replaces)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        tx.tenant().0,
        id.0,
        payment.id.0,
        payment.order.0,
        amount.minor,
        amount.currency.code(),
        reason.key(),
        replaces.map(|id| id.0)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

struct RefundRow {
    id: RefundId,
    order: OrderId,
    payment: PaymentId,
    attempt: i16,
    amount_minor: i64,
    currency: Currency,
    reason: RefundReason,
    status: RefundStatus,
    provider_refund: Option<String>,
    failure: String,
    requested_at: jiff_sqlx::Timestamp,
    settled_at: Option<jiff_sqlx::Timestamp>,
}

impl From<RefundRow> for Refund {
    fn from(row: RefundRow) -> Self {
        Self {
            id: row.id,
            order: row.order,
            payment: row.payment,
            attempt: row.attempt,
            amount: Money::new(row.amount_minor, row.currency),
            reason: row.reason,
            status: row.status,
            provider: row.provider_refund,
            failure: row.failure,
            requested_at: row.requested_at.to_jiff(),
            settled_at: row.settled_at.map(jiff_sqlx::Timestamp::to_jiff),
        }
    }
}

/// A refund.
pub(in crate::payments) async fn refund(tx: &mut TenantTx, id: RefundId) -> Result<Option<Refund>> {
    let row = sqlx::query_as!(
        RefundRow,
        r#"SELECT id AS "id: RefundId", order_id AS "order: OrderId", payment_id AS "payment: PaymentId", attempt, amount_minor,
                  currency AS "currency: Currency", reason AS "reason: RefundReason", status AS "status: RefundStatus",
                  provider_refund, failure, requested_at, settled_at
           FROM refunds WHERE tenant_id = $1 AND id = $2"#,
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Refund::from))
}

/// A payment's refunds that may still change, oldest first.
pub(in crate::payments) async fn refunds_of(tx: &mut TenantTx, payment: PaymentId) -> Result<Vec<RefundId>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT id AS "id: RefundId" FROM refunds WHERE tenant_id = $1 AND payment_id = $2 AND status <> 'failed' ORDER BY requested_at, id"#,
        tx.tenant().0,
        payment.0
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Notes that Stripe refused or failed to make the refund that attempt `failed` asked for: the next
/// has a key of its own. Two who asked the same count once.
pub(in crate::payments) async fn next_refund_attempt(tx: &mut TenantTx, id: RefundId, failed: i16) -> Result<()> {
    sqlx::query!("UPDATE refunds SET attempt = attempt + 1 WHERE tenant_id = $1 AND id = $2 AND attempt = $3", tx.tenant().0, id.0, failed)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Remembers how far a refund is. The database refuses an earlier state after a later one
/// (`refunds_forward`): whoever calls has looked under the order's lock.
pub(in crate::payments) async fn update_refund(
    tx: &mut TenantTx,
    id: RefundId,
    provider: Option<&str>,
    status: RefundStatus,
    failure: &str,
) -> Result<()> {
    sqlx::query!(
        "UPDATE refunds SET provider_refund = coalesce(provider_refund, $3), status = $4, failure = $5,
             settled_at = CASE WHEN $4 = 'requested' THEN NULL ELSE now() END
         WHERE tenant_id = $1 AND id = $2",
        tx.tenant().0,
        id.0,
        provider,
        status.key(),
        failure
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes that a refund is being looked at, so that the sweeper lets it rest.
pub(in crate::payments) async fn touch_refund(tx: &mut TenantTx, id: RefundId) -> Result<()> {
    sqlx::query!("UPDATE refunds SET checked_at = now() WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0).execute(tx.conn()).await?;
    Ok(())
}

/// Refunds to ask Stripe about: those that are not done and that nobody has looked at for an hour;
/// and for 90 days those that are, once a day, because a bank may send the money back and the
/// event that tells of it may be lost.
pub(in crate::payments) async fn stale_refunds(tx: &mut TenantTx) -> Result<Vec<RefundId>> {
    Ok(sqlx::query_scalar!(
        r#"(SELECT id AS "id!: RefundId" FROM refunds
            WHERE tenant_id = $1 AND status = 'requested' AND checked_at < now() - interval '1 hour'
            ORDER BY checked_at LIMIT 100)
           UNION ALL
           (SELECT id FROM refunds
            WHERE tenant_id = $1 AND status = 'succeeded' AND settled_at > now() - interval '90 days' AND checked_at < now() - interval '1 day'
            ORDER BY settled_at LIMIT 20)"#,
        tx.tenant().0
    )
    .fetch_all(tx.conn())
    .await?)
}
