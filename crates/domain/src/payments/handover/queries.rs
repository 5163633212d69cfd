//! SQL of what the emulator is told.

use crate::{Result, TenantTx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::ids::{OrderId, PaymentId, RefundId};

/// A paid order.
pub struct PaidRow {
    pub payment: PaymentId,
    pub order: OrderId,
    pub session: String,
    pub intent: String,
    pub charge: String,
    pub amount_minor: i64,
    pub currency: String,
    /// In the payment's currency.
    pub fee_minor: Option<i64>,
    /// Brand and last four digits.
    pub card: String,
    pub succeeded_at: jiff_sqlx::Timestamp,
}

/// Paid orders whose lesson is not over at `now`, or with a refund that is on its way or that a bank could
/// still send back; 500 of them.
pub async fn refundable(tx: &mut TenantTx, now: Timestamp) -> Result<Vec<PaidRow>> {
    Ok(sqlx::query_as!(
        PaidRow,
        r#"SELECT p.id AS "payment: PaymentId", p.order_id AS "order: OrderId", p.checkout_session AS "session!", p.payment_intent AS "intent!",
             p.charge AS "charge!", p.amount_minor, p.currency, CASE WHEN p.fee_currency = p.currency THEN p.fee_minor END AS fee_minor, p.card,
             p.succeeded_at AS "succeeded_at!"
           FROM payments p JOIN order_lines l ON l.tenant_id = p.tenant_id AND l.order_id = p.order_id
           WHERE p.tenant_id = $1 AND p.status = 'succeeded' AND p.checkout_session IS NOT NULL AND p.charge IS NOT NULL
             AND (l.ends_at > $2 OR EXISTS
               (SELECT 1 FROM refunds r WHERE r.tenant_id = p.tenant_id AND r.payment_id = p.id
                  AND (r.status = 'requested' OR r.status = 'succeeded' AND r.settled_at > $2 - interval '91 days')))
           ORDER BY l.starts_at DESC, p.id LIMIT 500"#,
        tx.tenant().0,
        now.to_sqlx() as _
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A refund that Stripe made.
pub struct MadeRefund {
    pub id: RefundId,
    pub payment: PaymentId,
    pub provider: String,
    pub amount_minor: i64,
    pub requested_at: jiff_sqlx::Timestamp,
}

/// The refunds of these payments that Stripe made and no bank sent back.
pub async fn made_refunds(tx: &mut TenantTx, payments: &[PaymentId]) -> Result<Vec<MadeRefund>> {
    let payments: Vec<_> = payments.iter().map(|payment| payment.0).collect();
    Ok(sqlx::query_as!(
        MadeRefund,
        r#"SELECT id AS "id: RefundId", payment_id AS "payment: PaymentId", provider_refund AS "provider!", amount_minor, requested_at
           FROM refunds WHERE tenant_id = $1 AND payment_id = ANY($2) AND status <> 'failed' AND provider_refund IS NOT NULL"#,
        tx.tenant().0,
        &payments
    )
    .fetch_all(tx.conn())
    .await?)
}
