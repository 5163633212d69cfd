//! SQL of the dashboard.

use super::{
    model::{Decisions, HeatCell, RecentOrder},
    period::Period,
};
use crate::{
    Result, TenantTx,
    booking::{Kind, Person},
    orders::OrderStatus,
};
use jiff::{Timestamp, civil};
use jiff_sqlx::ToSqlx;
use kernel::{
    Currency, Money,
    ids::{MemberId, OrderId},
};
use std::ops::Range;

/// The sums of a period and of the one before it, in minor units and minutes.
pub(super) struct Totals {
    pub sales: i64,
    pub sales_before: i64,
    pub commission: i64,
    pub commission_before: i64,
    pub bookings: i64,
    pub bookings_before: i64,
    pub refunded: i64,
    pub refunded_before: i64,
    pub booked: i64,
    pub booked_before: i64,
    pub offered: i64,
    pub offered_before: i64,
}

/// The sums, in one statement. The offered time is counted on the tutors' dates: a date's
/// exception replaces the windows of its weekday.
pub(super) async fn totals(tx: &mut TenantTx, period: &Period, currency: Currency) -> Result<Totals> {
    let before_first = period.first.saturating_sub(jiff::Span::new().days(i64::from(days(period))));
    Ok(sqlx::query_as!(
        Totals,
        r#"WITH paid AS (
             SELECT coalesce(sum(total_minor) FILTER (WHERE paid_at >= $3), 0)::bigint AS now, coalesce(sum(total_minor) FILTER (WHERE paid_at < $3), 0)::bigint AS before
             FROM orders WHERE tenant_id = $1 AND paid_at >= $2 AND paid_at < $4
           ), share AS (
             SELECT coalesce(-sum(e.amount_minor) FILTER (WHERE t.posted_at >= $3), 0)::bigint AS now, coalesce(-sum(e.amount_minor) FILTER (WHERE t.posted_at < $3), 0)::bigint AS before
             FROM ledger_accounts a
             JOIN ledger_entries e ON e.tenant_id = a.tenant_id AND e.account_id = a.id
             JOIN ledger_transactions t ON t.tenant_id = e.tenant_id AND t.id = e.transaction_id
             WHERE a.tenant_id = $1 AND a.kind = 'tenant_revenue' AND a.currency = $5 AND t.posted_at >= $2 AND t.posted_at < $4
           ), booked AS (
             SELECT count(*) FILTER (WHERE created_at >= $3) AS now, count(*) FILTER (WHERE created_at < $3) AS before
             FROM bookings WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $4
           ), back AS (
             SELECT coalesce(sum(amount_minor) FILTER (WHERE requested_at >= $3), 0)::bigint AS now, coalesce(sum(amount_minor) FILTER (WHERE requested_at < $3), 0)::bigint AS before
             FROM refunds WHERE tenant_id = $1 AND replaces IS NULL AND requested_at >= $2 AND requested_at < $4
           ), taught AS (
             SELECT coalesce(sum(minutes) FILTER (WHERE starts_at >= $3), 0)::bigint AS now, coalesce(sum(minutes) FILTER (WHERE starts_at < $3), 0)::bigint AS before
             FROM (SELECT starts_at, extract(epoch FROM ends_at - starts_at)::bigint / 60 AS minutes
                   FROM lessons WHERE tenant_id = $1 AND status = 'scheduled' AND starts_at >= $2 AND starts_at < $4) l
           ), days AS (
             SELECT day::date AS day FROM generate_series($6::date::timestamp, $8::date::timestamp, '1 day') AS day
           ), hours AS (
             SELECT d.day, w.tutor_id, w.end_minute - w.start_minute AS minutes
             FROM days d JOIN availability_windows w ON w.tenant_id = $1 AND w.weekday = extract(isodow FROM d.day)::smallint
             WHERE NOT EXISTS (SELECT 1 FROM availability_exceptions x WHERE x.tenant_id = $1 AND x.tutor_id = w.tutor_id AND x.on_date = d.day)
             UNION ALL
             SELECT x.on_date, x.tutor_id, x.end_minute - x.start_minute
             FROM availability_exceptions x WHERE x.tenant_id = $1 AND x.on_date >= $6 AND x.on_date <= $8 AND x.start_minute IS NOT NULL
           ), offered AS (
             SELECT coalesce(sum(minutes) FILTER (WHERE day >= $7), 0)::bigint AS now, coalesce(sum(minutes) FILTER (WHERE day < $7), 0)::bigint AS before
             FROM hours h JOIN tutors t ON t.tenant_id = $1 AND t.id = h.tutor_id AND t.published
             JOIN members m ON m.tenant_id = $1 AND m.id = h.tutor_id AND m.status = 'active'
           )
           SELECT paid.now AS "sales!", paid.before AS "sales_before!", share.now AS "commission!", share.before AS "commission_before!",
             booked.now AS "bookings!", booked.before AS "bookings_before!", back.now AS "refunded!", back.before AS "refunded_before!",
             taught.now AS "booked!", taught.before AS "booked_before!", offered.now AS "offered!", offered.before AS "offered_before!"
           FROM paid, share, booked, back, taught, offered"#,
        tx.tenant().0,
        period.before.to_sqlx() as _,
        period.start.to_sqlx() as _,
        period.end.to_sqlx() as _,
        currency.code(),
        before_first.to_sqlx() as _,
        period.first.to_sqlx() as _,
        period.today.to_sqlx() as _
    )
    .fetch_one(tx.conn())
    .await?)
}

/// How many days a period has.
fn days(period: &Period) -> i32 {
    period.today.since(period.first).map_or(0, |span| span.get_days()) + 1
}

/// What was paid on each day of the zone from `from` on; days without sales are left out.
pub(super) async fn sales_per_day(tx: &mut TenantTx, from: Timestamp, zone: &str) -> Result<Vec<(civil::Date, i64)>> {
    let rows = sqlx::query!(
        r#"SELECT (paid_at AT TIME ZONE $3)::date AS "day!", sum(total_minor)::bigint AS "minor!" FROM orders
           WHERE tenant_id = $1 AND paid_at >= $2 GROUP BY 1"#,
        tx.tenant().0,
        from.to_sqlx() as _,
        zone
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.day.to_jiff(), row.minor)).collect())
}

/// Bookings by the Monday of the week in which they were made, and by kind.
pub(super) async fn bookings_per_week(tx: &mut TenantTx, from: Timestamp, zone: &str) -> Result<Vec<(civil::Date, Kind, i64)>> {
    let rows = sqlx::query!(
        r#"SELECT date_trunc('week', b.created_at AT TIME ZONE $3)::date AS "monday!", l.kind AS "kind: Kind", count(*) AS "bookings!"
           FROM bookings b JOIN order_lines l ON l.tenant_id = b.tenant_id AND l.order_id = b.order_id
           WHERE b.tenant_id = $1 AND b.created_at >= $2 GROUP BY 1, 2"#,
        tx.tenant().0,
        from.to_sqlx() as _,
        zone
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.monday.to_jiff(), row.kind, row.bookings)).collect())
}

/// Lessons by weekday and hour of their start in the zone.
pub(super) async fn heat(tx: &mut TenantTx, range: Range<Timestamp>, zone: &str) -> Result<Vec<HeatCell>> {
    let rows = sqlx::query!(
        r#"SELECT extract(isodow FROM starts_at AT TIME ZONE $4)::smallint AS "weekday!", extract(hour FROM starts_at AT TIME ZONE $4)::smallint AS "hour!",
             count(*) AS "lessons!"
           FROM lessons WHERE tenant_id = $1 AND status = 'scheduled' AND starts_at >= $2 AND starts_at < $3 GROUP BY 1, 2 ORDER BY 1, 2"#,
        tx.tenant().0,
        range.start.to_sqlx() as _,
        range.end.to_sqlx() as _,
        zone
    )
    .fetch_all(tx.conn())
    .await?;
    let small = |n: i16| i8::try_from(n).unwrap_or(0);
    Ok(rows.into_iter().map(|row| HeatCell { weekday: small(row.weekday), hour: small(row.hour), lessons: count(row.lessons) }).collect())
}

/// The newest orders.
pub(super) async fn recent_orders(tx: &mut TenantTx, limit: i64, currency: Currency) -> Result<Vec<RecentOrder>> {
    let rows = sqlx::query!(
        r#"SELECT o.id AS "id: OrderId", terms.order_prefix || '-' || o.number AS "number!", m.id AS "student_id: MemberId", m.name AS student, l.kind AS "kind: Kind",
             l.duration_minutes, l.tutor_name, coalesce(p.card, '') AS "card!", o.status AS "status: OrderStatus", o.created_at, o.total_minor
           FROM orders o
           JOIN tenant_terms terms ON terms.tenant_id = o.tenant_id
           JOIN members m ON m.tenant_id = o.tenant_id AND m.id = o.student_id
           JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
           LEFT JOIN payments p ON p.tenant_id = o.tenant_id AND p.order_id = o.id
           WHERE o.tenant_id = $1 ORDER BY o.created_at DESC, o.id DESC LIMIT $2"#,
        tx.tenant().0,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| RecentOrder {
            id: row.id,
            number: row.number,
            student: Person { id: row.student_id, name: row.student },
            kind: row.kind,
            minutes: u32::from(row.duration_minutes.unsigned_abs()),
            tutor: row.tutor_name,
            card: row.card,
            status: row.status,
            created_at: row.created_at.to_jiff(),
            total: Money::new(row.total_minor, currency),
        })
        .collect())
}

/// What waits for an admin.
pub(super) async fn decisions(tx: &mut TenantTx) -> Result<Decisions> {
    let row = sqlx::query!(
        r#"SELECT v.waiting AS "waiting!", v.oldest, (SELECT count(*) FROM refunds r WHERE r.tenant_id = $1 AND r.status = 'failed'
             AND NOT EXISTS (SELECT 1 FROM refunds a WHERE a.tenant_id = r.tenant_id AND a.replaces = r.id)) AS "failed!"
           FROM (SELECT count(*) AS waiting, min(v.submitted_at) AS oldest FROM offering_versions v
                 JOIN offerings o ON o.tenant_id = v.tenant_id AND o.id = v.offering_id AND o.archived_at IS NULL
                 WHERE v.tenant_id = $1 AND v.status = 'in_review') v"#,
        tx.tenant().0
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Decisions {
        approvals: count(row.waiting),
        oldest_approval: row.oldest.map(jiff_sqlx::Timestamp::to_jiff),
        failed_refunds: count(row.failed),
    })
}

/// A count from the database.
pub(super) fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}
