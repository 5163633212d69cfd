//! SQL that keeps the figures of tutors true as time goes by.

use crate::{Result, TenantTx};

/// Recomputes what the catalogue keeps of the tutors of whom a lesson ended within the last
/// `minutes` by the database's clock; says how many those are.
pub async fn refresh_taught(tx: &mut TenantTx, minutes: i32) -> Result<u64> {
    // No form of an offering is longer than four hours: lessons are found by their start.
    let done = sqlx::query!(
        "SELECT app.refresh_tutor(tutor_id) FROM (
           SELECT DISTINCT tutor_id FROM lessons
           WHERE tenant_id = $1 AND starts_at > now() - make_interval(mins => $2, hours => 4) AND starts_at < now()
             AND ends_at > now() - make_interval(mins => $2) AND ends_at < now() AND status = 'scheduled'
           ORDER BY tutor_id) AS taught",
        tx.tenant().0,
        minutes
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
