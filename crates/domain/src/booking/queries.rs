//! SQL of holding, confirming and cancelling.

use super::model::{Kind, PendingHold};
use crate::{Error, Result, TenantTx, orders::OrderStatus};
use jiff::{Timestamp, civil};
use jiff_sqlx::ToSqlx;
use kernel::{
    Currency, Money,
    ids::{BookingId, MemberId, OfferingId, OrderId, VariantId},
    policy::CancellationPolicy,
};
use std::{ops::Range, str::FromStr};

/// A variant with what a hold freezes of it.
pub(super) struct Offer {
    pub offering: OfferingId,
    pub kind: Kind,
    pub title: String,
    pub tutor: MemberId,
    pub tutor_name: String,
    pub duration_minutes: i16,
    pub price: Money,
    /// Whether it is on sale now: the live version of an offering of a published tutor.
    pub live: bool,
}

/// A variant that is, or was, approved for sale.
pub(super) async fn offer(tx: &mut TenantTx, variant: VariantId) -> Result<Option<Offer>> {
    let row = sqlx::query!(
        r#"SELECT o.id AS "offering: OfferingId", o.kind AS "kind: Kind", ver.title, o.tutor_id AS "tutor: MemberId",
             (SELECT m.name FROM members m WHERE m.tenant_id = o.tenant_id AND m.id = o.tutor_id) AS "tutor_name!",
             v.duration_minutes, v.price_minor, v.currency,
             (o.live_version_id IS NOT DISTINCT FROM ver.id AND o.archived_at IS NULL
              AND EXISTS (SELECT 1 FROM tutors t WHERE t.tenant_id = o.tenant_id AND t.id = o.tutor_id AND t.published)
              AND EXISTS (SELECT 1 FROM members m WHERE m.tenant_id = o.tenant_id AND m.id = o.tutor_id AND m.status = 'active')) AS "live!"
           FROM variants v
           JOIN offering_versions ver ON ver.tenant_id = v.tenant_id AND ver.id = v.version_id AND ver.status = 'approved'
           JOIN offerings o ON o.tenant_id = ver.tenant_id AND o.id = ver.offering_id
           WHERE v.tenant_id = $1 AND v.id = $2"#,
        tx.tenant().0,
        variant.0
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| {
        Ok(Offer {
            offering: row.offering,
            kind: row.kind,
            title: row.title,
            tutor: row.tutor,
            tutor_name: row.tutor_name,
            duration_minutes: row.duration_minutes,
            price: Money::new(row.price_minor, currency(&row.currency)?),
            live: row.live,
        })
    })
    .transpose()
}

/// A currency as stored.
pub(crate) fn currency(code: &str) -> Result<Currency> {
    Currency::from_str(code).map_err(|_| Error::Broken("a stored currency is known"))
}

/// Lets one student's holds and payments happen one after the other.
pub(super) async fn lock_student(tx: &mut TenantTx, student: MemberId) -> Result<()> {
    sqlx::query!("SELECT id FROM members WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE", tx.tenant().0, student.0)
        .fetch_optional(tx.conn())
        .await?;
    Ok(())
}

/// A hold of the student's own that has not run out.
pub(super) struct OwnHold {
    pub order: OrderId,
    pub tutor: MemberId,
    pub variant: VariantId,
    pub kind: Kind,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

/// The student's holds that have not run out by the database's clock.
pub(super) async fn own_holds(tx: &mut TenantTx, student: MemberId) -> Result<Vec<OwnHold>> {
    let rows = sqlx::query!(
        r#"SELECT o.id AS "order: OrderId", l.tutor_id AS "tutor: MemberId", l.variant_id AS "variant: VariantId", l.kind AS "kind: Kind",
             l.starts_at, l.ends_at
           FROM orders o
           JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
           JOIN claims c ON c.tenant_id = o.tenant_id AND c.order_id = o.id AND c.active
           WHERE o.tenant_id = $1 AND o.student_id = $2 AND o.status = 'pending' AND c.expires_at > clock_timestamp()"#,
        tx.tenant().0,
        student.0
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OwnHold {
            order: row.order,
            tutor: row.tutor,
            variant: row.variant,
            kind: row.kind,
            starts_at: row.starts_at.to_jiff(),
            ends_at: row.ends_at.to_jiff(),
        })
        .collect())
}

/// Whether a locked member has a lesson in `times`, as its student or as its tutor. With `or_held`
/// somebody's live hold of the member's own time counts as well.
pub(super) async fn has_lesson(tx: &mut TenantTx, member: MemberId, times: &Range<Timestamp>, or_held: bool) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM bookings b JOIN lessons l ON l.tenant_id = b.tenant_id AND l.id = b.lesson_id
                          WHERE b.tenant_id = $1 AND b.student_id = $2 AND b.status = 'confirmed' AND l.starts_at < $4 AND l.ends_at > $3)
             OR EXISTS (SELECT 1 FROM claims c
                        WHERE c.tenant_id = $1 AND c.tutor_id = $2 AND c.active AND c.starts_at < $4 AND c.ends_at > $3
                          AND (c.expires_at IS NULL OR $5 AND c.expires_at > clock_timestamp())) AS "has!""#,
        tx.tenant().0,
        member.0,
        times.start.to_sqlx() as _,
        times.end.to_sqlx() as _,
        or_held
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Whether the student has had their trial with the tutor.
pub(super) async fn had_trial(tx: &mut TenantTx, tutor: MemberId, student: MemberId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM trials WHERE tenant_id = $1 AND tutor_id = $2 AND student_id = $3) AS "had!""#,
        tx.tenant().0,
        tutor.0,
        student.0
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The lesson that an order is for, as it was bought.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub tutor: MemberId,
    pub offering: OfferingId,
    pub variant: VariantId,
    pub kind: Kind,
    pub title: String,
    pub tutor_name: String,
    pub duration_minutes: i16,
    pub price_minor: i64,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub gap_minutes: i16,
    pub wall_start: civil::DateTime,
    pub zone: String,
}

/// An order's line.
pub(super) async fn line(tx: &mut TenantTx, order: OrderId) -> Result<Line> {
    let row = sqlx::query!(
        r#"SELECT tutor_id AS "tutor: MemberId", offering_id AS "offering: OfferingId", variant_id AS "variant: VariantId",
             kind AS "kind: Kind", title, tutor_name, duration_minutes, price_minor, starts_at, ends_at, gap_minutes, wall_start, zone
           FROM order_lines WHERE tenant_id = $1 AND order_id = $2"#,
        tx.tenant().0,
        order.0
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Line {
        tutor: row.tutor,
        offering: row.offering,
        variant: row.variant,
        kind: row.kind,
        title: row.title,
        tutor_name: row.tutor_name,
        duration_minutes: row.duration_minutes,
        price_minor: row.price_minor,
        starts_at: row.starts_at.to_jiff(),
        ends_at: row.ends_at.to_jiff(),
        gap_minutes: row.gap_minutes,
        wall_start: row.wall_start.to_jiff(),
        zone: row.zone,
    })
}

/// An order under lock. To have one is the proof that its row is locked.
pub(super) struct LockedOrder {
    pub student: MemberId,
    pub status: OrderStatus,
    pub total: Money,
    pub policy: CancellationPolicy,
}

/// Locks an order until the transaction ends, and not its buyer: for a path that touches nothing of
/// the student's, or that has locked them before. Not as a change of its key, so rows that refer to
/// it can be written meanwhile.
pub(super) async fn lock_order_alone(tx: &mut TenantTx, order: OrderId) -> Result<Option<LockedOrder>> {
    let row = sqlx::query!(
        r#"SELECT student_id AS "student: MemberId", status AS "status: OrderStatus", currency, total_minor, policy
           FROM orders WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE"#,
        tx.tenant().0,
        order.0
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| {
        Ok(LockedOrder {
            student: row.student,
            status: row.status,
            total: Money::new(row.total_minor, currency(&row.currency)?),
            policy: policy(row.policy)?,
        })
    })
    .transpose()
}

/// What an order cost and the policy it was bought under. Neither ever changes.
pub(super) async fn price_and_policy(tx: &mut TenantTx, order: OrderId) -> Result<(Money, CancellationPolicy)> {
    let row = sqlx::query!("SELECT currency, total_minor, policy FROM orders WHERE tenant_id = $1 AND id = $2", tx.tenant().0, order.0)
        .fetch_one(tx.conn())
        .await?;
    Ok((Money::new(row.total_minor, currency(&row.currency)?), policy(row.policy)?))
}

/// A policy as stored.
pub(crate) fn policy(stored: serde_json::Value) -> Result<CancellationPolicy> {
    serde_json::from_value(stored).map_err(|_| Error::Broken("an order's policy is readable"))
}

/// Locks an order's buyer, so that their holds and payments happen one after the other. Who that is changes when
/// duplicate members are merged, which locks them too: whoever it is now is locked in the end.
pub(crate) async fn lock_buyer(tx: &mut TenantTx, order: OrderId) -> Result<Option<MemberId>> {
    loop {
        let Some(student) = buyer(tx, order).await? else { return Ok(None) };
        lock_student(tx, student).await?;
        if buyer(tx, order).await? == Some(student) {
            return Ok(Some(student));
        }
    }
}

/// Whose order it is.
pub(super) async fn buyer(tx: &mut TenantTx, order: OrderId) -> Result<Option<MemberId>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT student_id AS "student: MemberId" FROM orders WHERE tenant_id = $1 AND id = $2"#,
        tx.tenant().0,
        order.0
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// What became of a locked order: its booking, and whether its money was ever promised back.
pub(super) struct Outcome {
    pub booking: Option<BookingId>,
    pub refunded: bool,
}

/// What became of a locked order.
pub(super) async fn outcome(tx: &mut TenantTx, order: OrderId) -> Result<Outcome> {
    let row = sqlx::query!(
        r#"SELECT (SELECT id FROM bookings WHERE tenant_id = $1 AND order_id = $2) AS "booking: BookingId",
             EXISTS (SELECT 1 FROM refunds WHERE tenant_id = $1 AND order_id = $2) AS "refunded!""#,
        tx.tenant().0,
        order.0
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Outcome { booking: row.booking, refunded: row.refunded })
}

/// The student's holds that have not run out, as a page shows them.
pub(super) async fn pending_holds(tx: &mut TenantTx, student: MemberId) -> Result<Vec<PendingHold>> {
    let rows = sqlx::query!(
        r#"SELECT o.id AS "order: OrderId", l.title, l.tutor_name, l.starts_at, l.ends_at, o.currency, o.total_minor,
             c.expires_at AS "expires_at!", clock_timestamp() AS "database_now!"
           FROM orders o
           JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
           JOIN claims c ON c.tenant_id = o.tenant_id AND c.order_id = o.id AND c.active
           WHERE o.tenant_id = $1 AND o.student_id = $2 AND o.status = 'pending' AND c.expires_at > clock_timestamp()
           ORDER BY c.expires_at"#,
        tx.tenant().0,
        student.0
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PendingHold {
                order: row.order,
                title: row.title,
                tutor_name: row.tutor_name,
                starts_at: row.starts_at.to_jiff(),
                ends_at: row.ends_at.to_jiff(),
                total: Money::new(row.total_minor, currency(&row.currency)?),
                expires_at: row.expires_at.to_jiff(),
                database_now: row.database_now.to_jiff(),
            })
        })
        .collect()
}

/// The tutor's page, and today's form of what a line sold: the same offering and duration.
pub(super) async fn on_sale_today(tx: &mut TenantTx, line: &Line) -> Result<(String, Option<VariantId>)> {
    let row = sqlx::query!(
        r#"SELECT t.slug,
             (SELECT v.id FROM offerings o JOIN variants v ON v.tenant_id = o.tenant_id AND v.version_id = o.live_version_id
              WHERE o.tenant_id = t.tenant_id AND o.id = $3 AND o.archived_at IS NULL AND t.published AND v.duration_minutes = $4
                AND EXISTS (SELECT 1 FROM members m WHERE m.tenant_id = t.tenant_id AND m.id = t.id AND m.status = 'active'))
               AS "variant: VariantId"
           FROM tutors t WHERE t.tenant_id = $1 AND t.id = $2"#,
        tx.tenant().0,
        line.tutor.0,
        line.offering.0,
        line.duration_minutes
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.slug, row.variant))
}
