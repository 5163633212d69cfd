//! SQL of orders.

use super::model::{FailedRefund, HoldClock, Order, OrderDetail, OrderFilter, OrderLine, OrderPayment, OrderRefund, OrderStatus};
use crate::{
    Error, Result, TenantTx,
    booking::{self, BookingStatus, Kind, Person},
    page::{Cursor, Page},
    payments::{PaymentStatus, RefundReason, RefundStatus},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    Currency, Money,
    ids::{BookingId, MemberId, OfferingId, OrderId, RefundId, VariantId},
    zone::ZoneName,
};

/// Rows on a page, and one more that says whether there is a next one.
const PAGE: usize = 25;
const PROBE: i64 = 26;

struct Row {
    id: OrderId,
    number: String,
    status: OrderStatus,
    student: MemberId,
    student_name: String,
    title: String,
    kind: Kind,
    tutor_name: String,
    starts_at: jiff_sqlx::Timestamp,
    currency: String,
    total_minor: i64,
    refunded_minor: i64,
    created_at: jiff_sqlx::Timestamp,
    paid_at: Option<jiff_sqlx::Timestamp>,
}

impl TryFrom<Row> for Order {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let currency = booking::currency(&row.currency)?;
        Ok(Self {
            id: row.id,
            number: row.number,
            status: row.status,
            student: Person { id: row.student, name: row.student_name },
            title: row.title,
            kind: row.kind,
            tutor_name: row.tutor_name,
            starts_at: row.starts_at.to_jiff(),
            total: Money::new(row.total_minor, currency),
            refunded: Money::new(row.refunded_minor, currency),
            created_at: row.created_at.to_jiff(),
            paid_at: row.paid_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
    }
}

/// A list's query: the columns of [`Row`] and the given conditions, of which `$1` is the tenant.
macro_rules! orders {
    ($tail:tt $(, $value:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"SELECT o.id AS "id: OrderId", o.status AS "status: OrderStatus",
                 (SELECT t.order_prefix || '-' || o.number FROM tenant_terms t WHERE t.tenant_id = o.tenant_id) AS "number!",
                 o.student_id AS "student: MemberId", s.name AS student_name, l.title, l.kind AS "kind: Kind", l.tutor_name, l.starts_at,
                 o.currency, o.total_minor, o.created_at, o.paid_at,
                 (SELECT coalesce(sum(r.amount_minor), 0)::bigint FROM refunds r
                  WHERE r.tenant_id = o.tenant_id AND r.order_id = o.id AND r.replaces IS NULL) AS "refunded_minor!"
               FROM orders o
               JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
               JOIN members s ON s.tenant_id = o.tenant_id AND s.id = o.student_id
               WHERE o.tenant_id = $1 AND "# + $tail,
            $($value),*
        )
    };
}

fn paged(rows: Vec<Row>) -> Result<Page<Order>> {
    let orders = rows.into_iter().map(Order::try_from).collect::<Result<_>>()?;
    Ok(Page::new(orders, PAGE, |order: &Order| Cursor { at: order.created_at, id: order.id.0 }))
}

/// A cursor's parts; without one, the very end of a list from the latest to the earliest.
fn before(cursor: Option<Cursor>) -> (Timestamp, uuid::Uuid) {
    cursor.map_or((Timestamp::MAX, uuid::Uuid::max()), |cursor| (cursor.at, cursor.id))
}

/// A student's orders, the latest first.
pub(super) async fn of_student(tx: &mut TenantTx, student: MemberId, cursor: Option<Cursor>) -> Result<Page<Order>> {
    let (at, id) = before(cursor);
    let rows = orders!(
        "o.student_id = $2 AND (o.created_at, o.id) < ($3, $4) ORDER BY o.created_at DESC, o.id DESC LIMIT $5",
        tx.tenant().0,
        student.0,
        at.to_sqlx() as _,
        id,
        PROBE
    )
    .fetch_all(tx.conn())
    .await?;
    paged(rows)
}

/// The tenant's orders, the latest first.
pub(super) async fn filtered(tx: &mut TenantTx, filter: &OrderFilter, cursor: Option<Cursor>) -> Result<Page<Order>> {
    let (at, id) = before(cursor);
    let text = filter.text.trim();
    let rows = orders!(
        "($2::text IS NULL OR o.status = $2)
         AND ($3 = '' OR o.number = $4 OR position(app.fold($3) IN app.fold(s.name)) > 0)
         AND (o.created_at, o.id) < ($5, $6) ORDER BY o.created_at DESC, o.id DESC LIMIT $7",
        tx.tenant().0,
        filter.status.map(OrderStatus::key),
        text,
        number_in(text),
        at.to_sqlx() as _,
        id,
        PROBE
    )
    .fetch_all(tx.conn())
    .await?;
    paged(rows)
}

/// The number in `NS-1042` or `1042`.
fn number_in(text: &str) -> Option<i64> {
    text.rsplit('-').next().and_then(|digits| digits.parse().ok())
}

/// One order with everything about it.
pub(super) async fn detail(tx: &mut TenantTx, id: OrderId) -> Result<Option<OrderDetail>> {
    let Some(row) = orders!("o.id = $2", tx.tenant().0, id.0).fetch_optional(tx.conn()).await? else { return Ok(None) };
    let order = Order::try_from(row)?;
    let currency = order.total.currency;
    let rest = sqlx::query!(
        r#"SELECT terms.order_prefix || '-R' || o.receipt_number AS receipt, o.policy,
             b.id AS "booking?: BookingId", b.status AS "booking_status?: BookingStatus",
             p.status AS "payment_status?: PaymentStatus", p.card AS "card?", p.payment_intent, p.succeeded_at,
             p.checkout_session AS session, p.fee_minor, p.fee_currency
           FROM orders o
           JOIN tenant_terms terms ON terms.tenant_id = o.tenant_id
           LEFT JOIN payments p ON p.tenant_id = o.tenant_id AND p.order_id = o.id
           LEFT JOIN bookings b ON b.tenant_id = o.tenant_id AND b.order_id = o.id
           WHERE o.tenant_id = $1 AND o.id = $2"#,
        tx.tenant().0,
        id.0
    )
    .fetch_one(tx.conn())
    .await?;
    let fee = match rest.fee_minor.zip(rest.fee_currency) {
        Some((minor, code)) => Some(Money::new(minor, booking::currency(&code)?)),
        None => None,
    };
    let payment = rest.payment_status.map(|status| OrderPayment {
        status,
        card: rest.card.unwrap_or_default(),
        payment_intent: rest.payment_intent,
        session: rest.session,
        fee,
        succeeded_at: rest.succeeded_at.map(jiff_sqlx::Timestamp::to_jiff),
    });
    Ok(Some(OrderDetail {
        lines: lines(tx, id, currency).await?,
        refunds: refunds(tx, id).await?,
        receipt: rest.receipt,
        policy: booking::policy(rest.policy)?,
        payment,
        booking: rest.booking,
        booking_status: rest.booking_status,
        order,
    }))
}

async fn lines(tx: &mut TenantTx, id: OrderId, currency: Currency) -> Result<Vec<OrderLine>> {
    let rows = sqlx::query!(
        r#"SELECT l.title, l.kind AS "kind: Kind", l.tutor_id AS "tutor: MemberId", l.tutor_name, t.slug,
             l.offering_id AS "offering: OfferingId", l.variant_id AS "variant: VariantId",
             l.duration_minutes, l.price_minor, l.starts_at, l.ends_at, l.wall_start, l.zone
           FROM order_lines l JOIN tutors t ON t.tenant_id = l.tenant_id AND t.id = l.tutor_id
           WHERE l.tenant_id = $1 AND l.order_id = $2 ORDER BY l.id"#,
        tx.tenant().0,
        id.0
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OrderLine {
                title: row.title,
                kind: row.kind,
                tutor: Person { id: row.tutor, name: row.tutor_name },
                tutor_slug: row.slug,
                offering: row.offering,
                variant: row.variant,
                duration_minutes: u32::from(row.duration_minutes.unsigned_abs()),
                price: Money::new(row.price_minor, currency),
                starts_at: row.starts_at.to_jiff(),
                ends_at: row.ends_at.to_jiff(),
                wall_start: row.wall_start.to_jiff(),
                zone: ZoneName::new(&row.zone).map_err(|_| Error::Broken("a line's zone is known"))?,
            })
        })
        .collect()
}

async fn refunds(tx: &mut TenantTx, id: OrderId) -> Result<Vec<OrderRefund>> {
    let rows = sqlx::query!(
        r#"SELECT r.id AS "id: RefundId", r.amount_minor, r.currency, r.reason AS "reason: RefundReason", r.status AS "status: RefundStatus",
             r.requested_at, r.settled_at, r.provider_refund, r.failure,
             EXISTS (SELECT 1 FROM refunds a WHERE a.tenant_id = r.tenant_id AND a.replaces = r.id) AS "sent_again!"
           FROM refunds r WHERE r.tenant_id = $1 AND r.order_id = $2 ORDER BY r.requested_at, r.id"#,
        tx.tenant().0,
        id.0
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OrderRefund {
                id: row.id,
                amount: Money::new(row.amount_minor, booking::currency(&row.currency)?),
                reason: row.reason,
                status: row.status,
                requested_at: row.requested_at.to_jiff(),
                settled_at: row.settled_at.map(jiff_sqlx::Timestamp::to_jiff),
                provider: row.provider_refund,
                failure: row.failure,
                sent_again: row.sent_again,
            })
        })
        .collect()
}

/// How long a pending order still holds its slot.
pub(super) async fn hold_clock(tx: &mut TenantTx, id: OrderId) -> Result<Option<HoldClock>> {
    let row = sqlx::query!(
        r#"SELECT c.expires_at AS "expires_at!", clock_timestamp() AS "now!"
           FROM claims c JOIN orders o ON o.tenant_id = c.tenant_id AND o.id = c.order_id
           WHERE c.tenant_id = $1 AND c.order_id = $2 AND c.active AND c.expires_at IS NOT NULL AND o.status = 'pending'"#,
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| HoldClock { expires_at: row.expires_at.to_jiff(), database_now: row.now.to_jiff() }))
}

/// Refunds that failed, the latest first.
pub(super) async fn failed_refunds(tx: &mut TenantTx, limit: i64) -> Result<Vec<FailedRefund>> {
    let rows = sqlx::query!(
        r#"SELECT r.order_id AS "order: OrderId", terms.order_prefix || '-' || o.number AS "number!", s.name AS student,
             r.amount_minor, r.currency, r.failure
           FROM refunds r
           JOIN orders o ON o.tenant_id = r.tenant_id AND o.id = r.order_id
           JOIN members s ON s.tenant_id = o.tenant_id AND s.id = o.student_id
           JOIN tenant_terms terms ON terms.tenant_id = r.tenant_id
           WHERE r.tenant_id = $1 AND r.status = 'failed'
             AND NOT EXISTS (SELECT 1 FROM refunds a WHERE a.tenant_id = r.tenant_id AND a.replaces = r.id)
           ORDER BY r.settled_at DESC, r.id LIMIT $2"#,
        tx.tenant().0,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let amount = Money::new(row.amount_minor, booking::currency(&row.currency)?);
            Ok(FailedRefund { order: row.order, number: row.number, student: row.student, amount, failure: row.failure })
        })
        .collect()
}
