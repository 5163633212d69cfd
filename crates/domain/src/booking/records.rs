//! SQL that writes orders, lessons, bookings and trials.

use super::queries::Line;
use crate::{Error, Result, TenantTx, orders::OrderStatus};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    Money,
    ids::{BookingId, ClaimId, LessonId, MemberId, OrderId},
    policy::CancellationPolicy,
};
use uuid::Uuid;

/// A new order, before it is paid.
pub(super) struct NewOrder<'a> {
    pub id: OrderId,
    pub number: i64,
    pub student: MemberId,
    pub total: Money,
    pub policy: &'a CancellationPolicy,
    pub commission_bps: u32,
}

/// Writes an order that waits for its money.
pub(super) async fn insert_order(tx: &mut TenantTx, order: &NewOrder<'_>) -> Result<()> {
    sqlx::query!(
        "INSERT INTO orders (tenant_id, id, number, student_id, status, currency, total_minor, policy, commission_bps)
         VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7, $8)",
        tx.tenant().0,
        order.id.0,
        order.number,
        order.student.0,
        order.total.currency.code(),
        order.total.minor,
        serde_json::to_value(order.policy).map_err(|_| Error::Broken("a policy is JSON"))?,
        i32::try_from(order.commission_bps).unwrap_or(i32::MAX)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes an order's line.
pub(super) async fn insert_line(tx: &mut TenantTx, id: Uuid, order: OrderId, line: &Line) -> Result<()> {
    sqlx::query!(
        "INSERT INTO order_lines (tenant_id, id, order_id, tutor_id, offering_id, variant_id, kind, title, tutor_name, duration_minutes,
           price_minor, starts_at, ends_at, gap_minutes, wall_start, zone)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        tx.tenant().0,
        id,
        order.0,
        line.tutor.0,
        line.offering.0,
        line.variant.0,
        line.kind.key(),
        line.title,
        line.tutor_name,
        line.duration_minutes,
        line.price_minor,
        line.starts_at.to_sqlx() as _,
        line.ends_at.to_sqlx() as _,
        line.gap_minutes,
        line.wall_start.to_sqlx() as _,
        line.zone
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// `false` when it is used up.
pub(super) async fn take_trial(tx: &mut TenantTx, tutor: MemberId, student: MemberId, booking: BookingId) -> Result<bool> {
    let done = sqlx::query!(
        "INSERT INTO trials (tenant_id, tutor_id, student_id, booking_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        tx.tenant().0,
        tutor.0,
        student.0,
        booking.0
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives the right to a trial back, if it was that booking that took it.
pub(super) async fn return_trial(tx: &mut TenantTx, tutor: MemberId, student: MemberId, booking: BookingId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM trials WHERE tenant_id = $1 AND tutor_id = $2 AND student_id = $3 AND booking_id = $4",
        tx.tenant().0,
        tutor.0,
        student.0,
        booking.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes the lesson that a claim is for, and the student's place in it.
pub(super) async fn insert_booking(
    tx: &mut TenantTx,
    booking: BookingId,
    lesson: LessonId,
    order: (OrderId, MemberId),
    claim: ClaimId,
    line: &Line,
) -> Result<()> {
    let tenant = tx.tenant().0;
    sqlx::query!(
        "INSERT INTO lessons (tenant_id, id, tutor_id, offering_id, claim_id, title, starts_at, ends_at, wall_start, zone)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        tenant,
        lesson.0,
        line.tutor.0,
        line.offering.0,
        claim.0,
        line.title,
        line.starts_at.to_sqlx() as _,
        line.ends_at.to_sqlx() as _,
        line.wall_start.to_sqlx() as _,
        line.zone
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO bookings (tenant_id, id, lesson_id, student_id, order_id) VALUES ($1, $2, $3, $4, $5)",
        tenant,
        booking.0,
        lesson.0,
        order.1.0,
        order.0.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Marks a locked order paid, with its receipt's number. Once.
pub(super) async fn mark_paid(tx: &mut TenantTx, order: OrderId, receipt: i64) -> Result<()> {
    let done = sqlx::query!(
        "UPDATE orders SET status = 'paid', paid_at = clock_timestamp(), receipt_number = $3
         WHERE tenant_id = $1 AND id = $2 AND paid_at IS NULL",
        tx.tenant().0,
        order.0,
        receipt
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Error::Broken("an order without a booking was not paid before")) }
}

/// Lets a locked, pending order end without a booking.
pub(super) async fn end_pending(tx: &mut TenantTx, order: OrderId, status: OrderStatus) -> Result<()> {
    sqlx::query!(
        "UPDATE orders SET status = $3 WHERE tenant_id = $1 AND id = $2 AND status = 'pending'",
        tx.tenant().0,
        order.0,
        status.key()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Cancels a booking of a locked order together with its lesson. `false` when it already is.
pub(super) async fn cancel_booking(tx: &mut TenantTx, booking: BookingId, by: MemberId, at: Timestamp) -> Result<bool> {
    let tenant = tx.tenant().0;
    let lesson = sqlx::query_scalar!(
        "UPDATE bookings SET status = 'cancelled', cancelled_at = $4, cancelled_by = $3
         WHERE tenant_id = $1 AND id = $2 AND status = 'confirmed' RETURNING lesson_id",
        tenant,
        booking.0,
        by.0,
        at.to_sqlx() as _
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(lesson) = lesson else { return Ok(false) };
    sqlx::query!("UPDATE lessons SET status = 'cancelled', sequence = sequence + 1 WHERE tenant_id = $1 AND id = $2", tenant, lesson)
        .execute(tx.conn())
        .await?;
    Ok(true)
}
