//! Waiting until everything that was set in motion has come to rest.

use crate::{
    database::Database,
    emulator::Emulator,
    fault::{Result, ensure},
};
use sqlx::Row;
use std::time::Duration;
use tokio::time::{Instant, sleep};

const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Waits until no webhook, no job, no payment and no refund is under way, for two looks in a
/// row; fails with what is left when `patience` ends.
pub async fn wait(database: &Database, emulator: &Emulator, patience: Duration) -> Result<()> {
    let deadline = Instant::now() + patience;
    let mut looks = 0;
    loop {
        let left = left(database, emulator).await?;
        looks = if left.is_empty() { looks + 1 } else { 0 };
        if looks == 2 {
            return Ok(());
        }
        ensure(Instant::now() < deadline, || format!("still under way after {} s: {}", patience.as_secs(), left.join(", ")))?;
        sleep(LOOK_EVERY).await;
    }
}

async fn left(database: &Database, emulator: &Emulator) -> Result<Vec<String>> {
    let mut left = Vec::new();
    if !emulator.is_settled().await? {
        left.push("webhooks".to_owned());
    }
    // Due, running, or failed and waiting for another try. Holds that end later are not under way.
    let jobs = database
        .rows(
            "SELECT t.identifier, count(*) AS count, coalesce(max(j.last_error), '') AS error
             FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
             WHERE t.identifier NOT IN ('sweep', 'refresh_taught', 'tidy') AND (j.run_at <= now() OR j.locked_at IS NOT NULL OR j.attempts > 0)
             GROUP BY 1",
        )
        .await?;
    left.extend(
        jobs.iter().map(|row| {
            format!("{} × {} {}", row.get::<i64, _>("count"), row.get::<String, _>("identifier"), row.get::<String, _>("error"))
        }),
    );
    let rows = database
        .rows(
            "SELECT 'open payments of orders that are over' AS what, count(*) AS count FROM payments p
               JOIN orders o ON o.tenant_id = p.tenant_id AND o.id = p.order_id WHERE p.status IN ('created', 'open') AND o.status <> 'pending'
             UNION ALL
             SELECT 'holds that ran out', count(*) FROM claims c JOIN orders o ON o.tenant_id = c.tenant_id AND o.id = c.order_id
               WHERE c.active AND c.expires_at <= clock_timestamp() AND o.status = 'pending'
             UNION ALL
             SELECT 'refunds on their way', count(*) FROM refunds WHERE status = 'requested'
             UNION ALL
             SELECT 'unsent mails', count(*) FROM mails WHERE sent_at IS NULL AND failure = ''",
        )
        .await?;
    left.extend(
        rows.iter()
            .filter(|row| row.get::<i64, _>("count") > 0)
            .map(|row| format!("{} {}", row.get::<i64, _>("count"), row.get::<String, _>("what"))),
    );
    Ok(left)
}
