//! SQL of payments and refunds.

mod refunds;

pub(super) use refunds::{insert_refund, next_refund_attempt, refund, refunds_of, stale_refunds, touch_refund, update_refund};

use super::model::{Payment, PaymentStatus};
use crate::{
    Error, Result, TenantTx,
    booking::{self, BookingStatus},
    orders::OrderStatus,
};
use jiff::Timestamp;
use kernel::{
    Currency, Money,
    ids::{MemberId, OrderId, PaymentId},
};
use providers::stripe::{CheckoutRequest, Collected};

/// An order as far as its money is concerned.
pub(super) struct OrderRow {
    pub student: MemberId,
    pub status: OrderStatus,
    pub total: Money,
    pub commission_bps: u32,
    pub tutor: MemberId,
    /// Whether it still has the tutor's time, by the database's clock.
    pub alive: bool,
    /// What became of its lesson, once booked.
    pub booking: Option<BookingStatus>,
}

/// Locks an order's buyer and then the order, and reads it. Who locked the buyer before loses nothing.
pub(super) async fn lock_buyer_and_order(tx: &mut TenantTx, order: OrderId) -> Result<Option<OrderRow>> {
    booking::lock_buyer(tx, order).await?;
    sqlx::query!("SELECT id FROM orders WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE", tx.tenant().0, order.0)
        .fetch_optional(tx.conn())
        .await?;
    // A statement of its own, so that it sees what the locks waited for.
    read_order(tx, order).await
}

/// Reads an order without a lock.
pub(super) async fn read_order(tx: &mut TenantTx, order: OrderId) -> Result<Option<OrderRow>> {
    let row = sqlx::query!(
        r#"SELECT o.student_id AS "student: MemberId", o.status AS "status: OrderStatus", o.total_minor, o.currency AS "currency: Currency", o.commission_bps,
                  l.tutor_id AS "tutor: MemberId",
                  EXISTS (SELECT 1 FROM claims c WHERE c.tenant_id = o.tenant_id AND c.order_id = o.id AND c.active
                          AND (c.expires_at IS NULL OR c.expires_at > clock_timestamp())) AS "alive!",
                  (SELECT b.status FROM bookings b WHERE b.tenant_id = o.tenant_id AND b.order_id = o.id) AS "booking: BookingStatus"
           FROM orders o JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
           WHERE o.tenant_id = $1 AND o.id = $2"#,
        tx.tenant().0,
        order.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| OrderRow {
        student: row.student,
        status: row.status,
        total: Money::new(row.total_minor, row.currency),
        commission_bps: u32::try_from(row.commission_bps).unwrap_or(0),
        tutor: row.tutor,
        alive: row.alive,
        booking: row.booking,
    }))
}

/// What the payment page says about an order's lesson.
pub(super) struct Wares {
    pub title: String,
    pub tutor_name: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub email: String,
    pub locale: Option<String>,
    pub zone: Option<String>,
    /// The database's clock.
    pub now: Timestamp,
}

/// What an order bought, and who pays.
pub(super) async fn wares(tx: &mut TenantTx, order: OrderId) -> Result<Wares> {
    let row = sqlx::query!(
        r#"SELECT l.title, l.tutor_name, l.starts_at, l.ends_at, m.email, m.locale, m.zone, now() AS "now!"
           FROM orders o
           JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
           JOIN members m ON m.tenant_id = o.tenant_id AND m.id = o.student_id
           WHERE o.tenant_id = $1 AND o.id = $2"#,
        tx.tenant().0,
        order.0
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Wares {
        title: row.title,
        tutor_name: row.tutor_name,
        starts_at: row.starts_at.to_jiff(),
        ends_at: row.ends_at.to_jiff(),
        email: row.email,
        locale: row.locale,
        zone: row.zone,
        now: row.now.to_jiff(),
    })
}

/// Sets an order's status from what was promised back of it: all, some or nothing. An order whose
/// lesson was never booked is lapsed again when nothing did.
pub(super) async fn refresh_order(tx: &mut TenantTx, order: OrderId) -> Result<()> {
    sqlx::query!(
        "UPDATE orders o SET status = CASE
             WHEN given.minor >= o.total_minor THEN 'refunded'
             WHEN given.minor > 0 THEN 'partly_refunded'
             WHEN o.paid_at IS NOT NULL THEN 'paid'
             ELSE 'lapsed' END
         FROM (SELECT coalesce(sum(amount_minor), 0) AS minor FROM refunds
               WHERE tenant_id = $1 AND order_id = $2 AND replaces IS NULL) AS given
         WHERE o.tenant_id = $1 AND o.id = $2",
        tx.tenant().0,
        order.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

// ── Payments ────────────────────────────────────────────────────────────────────────────────

/// Writes the intent to collect an order's money, unless there is one.
pub(super) async fn insert_payment(tx: &mut TenantTx, id: PaymentId, order: OrderId, request: &CheckoutRequest) -> Result<()> {
    let asked = serde_json::to_value(request).map_err(|_| Error::Broken("a request to Stripe is JSON"))?;
    sqlx::query!(
        "INSERT INTO payments (tenant_id, id, order_id, status, currency, amount_minor, request) VALUES ($1, $2, $3, 'created', $4, $5, $6)
         ON CONFLICT (tenant_id, order_id) DO NOTHING",
        tx.tenant().0,
        id.0,
        order.0,
        request.amount.currency.code(),
        request.amount.minor,
        asked
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What was, or is about to be, asked of Stripe.
pub(super) async fn request(tx: &mut TenantTx, id: PaymentId) -> Result<CheckoutRequest> {
    let asked = sqlx::query_scalar!("SELECT request FROM payments WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0)
        .fetch_one(tx.conn())
        .await?;
    serde_json::from_value(asked).map_err(|_| Error::Broken("a stored request to Stripe is readable"))
}

struct PaymentRow {
    id: PaymentId,
    order: OrderId,
    attempt: i16,
    status: PaymentStatus,
    currency: Currency,
    amount_minor: i64,
    fee_minor: Option<i64>,
    fee_currency: Option<Currency>,
    checkout_session: Option<String>,
    checkout_url: Option<String>,
    payment_intent: Option<String>,
    card: String,
    succeeded_at: Option<jiff_sqlx::Timestamp>,
}

impl From<PaymentRow> for Payment {
    fn from(row: PaymentRow) -> Self {
        Self {
            id: row.id,
            order: row.order,
            attempt: row.attempt,
            status: row.status,
            amount: Money::new(row.amount_minor, row.currency),
            fee: row.fee_minor.zip(row.fee_currency).map(|(minor, currency)| Money::new(minor, currency)),
            session: row.checkout_session,
            url: row.checkout_url,
            intent: row.payment_intent,
            card: row.card,
            succeeded_at: row.succeeded_at.map(jiff_sqlx::Timestamp::to_jiff),
        }
    }
}

/// A payment.
pub(super) async fn payment(tx: &mut TenantTx, id: PaymentId) -> Result<Option<Payment>> {
    let row = sqlx::query_as!(
        PaymentRow,
        r#"SELECT id AS "id: PaymentId", order_id AS "order: OrderId", attempt, status AS "status: PaymentStatus", currency AS "currency: Currency",
                  amount_minor, fee_minor, fee_currency AS "fee_currency: Currency", checkout_session, checkout_url, payment_intent, card, succeeded_at
           FROM payments WHERE tenant_id = $1 AND id = $2"#,
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Payment::from))
}

/// An order's payment.
pub(super) async fn payment_of(tx: &mut TenantTx, order: OrderId) -> Result<Option<Payment>> {
    let row = sqlx::query_as!(
        PaymentRow,
        r#"SELECT id AS "id: PaymentId", order_id AS "order: OrderId", attempt, status AS "status: PaymentStatus", currency AS "currency: Currency",
                  amount_minor, fee_minor, fee_currency AS "fee_currency: Currency", checkout_session, checkout_url, payment_intent, card, succeeded_at
           FROM payments WHERE tenant_id = $1 AND order_id = $2"#,
        tx.tenant().0,
        order.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Payment::from))
}

/// Notes that Stripe refused or failed to make the page that attempt `failed` asked for: the next
/// has a key of its own. Two who asked the same count once.
pub(super) async fn next_attempt(tx: &mut TenantTx, id: PaymentId, failed: i16) -> Result<()> {
    sqlx::query!(
        "UPDATE payments SET attempt = attempt + 1 WHERE tenant_id = $1 AND id = $2 AND attempt = $3",
        tx.tenant().0,
        id.0,
        failed
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Remembers the session that Stripe made for a payment. One that is known stays.
pub(super) async fn store_session(tx: &mut TenantTx, id: PaymentId, session: &str, url: Option<&str>) -> Result<()> {
    sqlx::query!(
        "UPDATE payments SET checkout_session = $3, checkout_url = coalesce($4, checkout_url),
             status = CASE WHEN status = 'created' AND coalesce($4, checkout_url) IS NOT NULL THEN 'open' ELSE status END
         WHERE tenant_id = $1 AND id = $2 AND checkout_session IS NULL",
        tx.tenant().0,
        id.0,
        session,
        url
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Marks a payment as collected.
pub(super) async fn succeed(tx: &mut TenantTx, id: PaymentId, session: &str, collected: &Collected) -> Result<()> {
    let card = collected.card.as_ref().map(|card| format!("{} {}", card.brand, card.last4)).unwrap_or_default();
    sqlx::query!(
        "UPDATE payments SET status = 'succeeded', succeeded_at = now(), checkout_session = coalesce(checkout_session, $3),
             payment_intent = $4, charge = $5, card = $6
         WHERE tenant_id = $1 AND id = $2 AND status <> 'succeeded'",
        tx.tenant().0,
        id.0,
        session,
        collected.intent,
        collected.charge,
        card
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Remembers what Stripe kept.
pub(super) async fn set_fee(tx: &mut TenantTx, id: PaymentId, fee: Money) -> Result<()> {
    sqlx::query!(
        "UPDATE payments SET fee_minor = $3, fee_currency = $4 WHERE tenant_id = $1 AND id = $2 AND fee_minor IS NULL",
        tx.tenant().0,
        id.0,
        fee.minor,
        fee.currency.code()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Marks a payment as never to be collected, unless it was.
pub(super) async fn mark_expired(tx: &mut TenantTx, id: PaymentId) -> Result<()> {
    sqlx::query!(
        "UPDATE payments SET status = 'expired' WHERE tenant_id = $1 AND id = $2 AND status IN ('created', 'open')",
        tx.tenant().0,
        id.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes that the sweeper looks at a payment, so that the others come first next time.
pub(super) async fn touch_payment(tx: &mut TenantTx, id: PaymentId) -> Result<()> {
    sqlx::query!("UPDATE payments SET checked_at = clock_timestamp() WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Payments to look after: open for over a minute, or paid without Stripe's fee for as long; after a
/// day without it once an hour, because it may be late but is never given up. Those that were not looked at for the longest time come first.
pub(super) async fn unsettled(tx: &mut TenantTx) -> Result<Vec<Payment>> {
    let rows = sqlx::query_as!(
        PaymentRow,
        r#"(SELECT id AS "id!: PaymentId", order_id AS "order!: OrderId", attempt AS "attempt!", status AS "status!: PaymentStatus", currency AS "currency!: Currency",
                   amount_minor AS "amount_minor!", fee_minor, fee_currency AS "fee_currency: Currency", checkout_session, checkout_url,
                   payment_intent, card AS "card!", succeeded_at
            FROM payments WHERE tenant_id = $1 AND status IN ('created', 'open') AND created_at < now() - interval '1 minute'
            ORDER BY checked_at LIMIT 200)
           UNION ALL
           (SELECT id, order_id, attempt, status, currency, amount_minor, fee_minor, fee_currency, checkout_session, checkout_url, payment_intent, card, succeeded_at
            FROM payments WHERE tenant_id = $1 AND status = 'succeeded' AND fee_minor IS NULL
              AND succeeded_at < now() - interval '1 minute'
              AND (succeeded_at > now() - interval '1 day' OR checked_at < now() - interval '1 hour')
            ORDER BY checked_at LIMIT 50)"#,
        tx.tenant().0
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Payment::from).collect())
}
