//! SQL of claims: who has a tutor's time.

use crate::{Result, TenantTx, jobs, payments::ExpireCheckout};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use kernel::ids::{ClaimId, MemberId, OrderId};
use uuid::Uuid;

/// A stretch of a tutor's time that somebody wants.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub tutor: MemberId,
    pub order: OrderId,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// Minutes that stay free after it.
    pub gap_minutes: i16,
}

impl Wanted {
    /// When the next lesson may start.
    fn free_from(&self) -> Timestamp {
        self.ends_at.checked_add(SignedDuration::from_mins(i64::from(self.gap_minutes))).unwrap_or(self.ends_at)
    }
}

/// How a claim is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// For ten minutes of the database's clock.
    Hold,
    /// For good: it is paid.
    Lasting,
}

/// A claim that was taken.
pub(super) struct Taken {
    pub id: ClaimId,
    /// `None` when it lasts.
    pub expires_at: Option<Timestamp>,
}

/// Takes a tutor's time, or says that somebody else has it (`None`).
///
/// A constraint cannot see the clock, so holds that ran out are released first. The order of
/// the claim may be written after it. The insert waits for others who are taking the same time
/// and never fails: see `claims_no_overlap`.
pub(super) async fn take(tx: &mut TenantTx, id: ClaimId, wanted: &Wanted, term: Term) -> Result<Option<Taken>> {
    release_stale(tx, wanted).await?;
    let row = sqlx::query!(
        r#"INSERT INTO claims (tenant_id, id, tutor_id, order_id, during, ends_at, expires_at)
           VALUES ($1, $2, $3, $4, tstzrange($5, $6, '[)'), $7, CASE WHEN $8 THEN clock_timestamp() END)
           ON CONFLICT DO NOTHING RETURNING expires_at"#,
        tx.tenant().0,
        id.0,
        wanted.tutor.0,
        wanted.order.0,
        wanted.starts_at.to_sqlx() as _,
        wanted.free_from().to_sqlx() as _,
        wanted.ends_at.to_sqlx() as _,
        term == Term::Hold
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Taken { id, expires_at: row.expires_at.map(jiff_sqlx::Timestamp::to_jiff) }))
}

/// Releases the holds that ran out and are in the way, and lets their orders lapse.
///
/// Their orders are locked first, in the order of their ids: a payment that is being confirmed
/// is waited for, and it wins.
async fn release_stale(tx: &mut TenantTx, wanted: &Wanted) -> Result<()> {
    let orders: Vec<Uuid> = sqlx::query_scalar!(
        "SELECT o.id FROM claims c JOIN orders o ON o.tenant_id = c.tenant_id AND o.id = c.order_id
         WHERE c.tenant_id = $1 AND c.tutor_id = $2 AND c.active AND c.ends_at > $3 AND c.starts_at < $4
           AND upper(c.during) > $5
           AND c.expires_at <= clock_timestamp() AND o.status = 'pending'
         ORDER BY o.id FOR NO KEY UPDATE OF o",
        tx.tenant().0,
        wanted.tutor.0,
        // A generous bound for the index; the exact one includes the gap after the lesson.
        wanted.starts_at.checked_sub(SignedDuration::from_hours(24)).unwrap_or(Timestamp::UNIX_EPOCH).to_sqlx() as _,
        wanted.free_from().to_sqlx() as _,
        wanted.starts_at.to_sqlx() as _
    )
    .fetch_all(tx.conn())
    .await?;
    for order in orders {
        lapse(tx, OrderId(order)).await?;
    }
    Ok(())
}

/// Releases a locked, pending order's hold if it ran out by the database's clock, lets the
/// order lapse and has its Checkout Session expired. Whether it did.
pub(super) async fn lapse(tx: &mut TenantTx, order: OrderId) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE claims SET active = false
         WHERE tenant_id = $1 AND order_id = $2 AND active AND expires_at <= clock_timestamp()",
        tx.tenant().0,
        order.0
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!("UPDATE orders SET status = 'lapsed' WHERE tenant_id = $1 AND id = $2 AND status = 'pending'", tx.tenant().0, order.0)
        .execute(tx.conn())
        .await?;
    jobs::enqueue(tx, &ExpireCheckout { order_id: order }).await?;
    Ok(true)
}

/// The active claim of a locked order.
pub(super) struct Active {
    pub id: ClaimId,
    pub expires_at: Option<Timestamp>,
}

/// The active claim of a locked order, if it still has one.
pub(super) async fn active(tx: &mut TenantTx, order: OrderId) -> Result<Option<Active>> {
    let row = sqlx::query!(
        r#"SELECT id AS "id: ClaimId", expires_at FROM claims WHERE tenant_id = $1 AND order_id = $2 AND active"#,
        tx.tenant().0,
        order.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Active { id: row.id, expires_at: row.expires_at.map(jiff_sqlx::Timestamp::to_jiff) }))
}

/// Makes a locked order's hold last: it is paid.
pub(super) async fn make_lasting(tx: &mut TenantTx, claim: ClaimId) -> Result<()> {
    sqlx::query!("UPDATE claims SET expires_at = NULL WHERE tenant_id = $1 AND id = $2 AND active", tx.tenant().0, claim.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Releases whatever a locked order has of the tutor's time.
pub(super) async fn release(tx: &mut TenantTx, order: OrderId) -> Result<()> {
    sqlx::query!("UPDATE claims SET active = false WHERE tenant_id = $1 AND order_id = $2 AND active", tx.tenant().0, order.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}
