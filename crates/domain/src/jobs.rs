//! Jobs: enqueued in the transaction that needs them, run later by the worker.
//!
//! A job's payload carries the tenant (added by the database) and ids, never data: the job
//! reads the rows when it runs. Every job can run twice.

use crate::{Result, Services, TenantTx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::ids::TenantId;
use serde::{Serialize, de::DeserializeOwned};

/// A kind of job: its name in the queue and its payload.
pub trait Job: Serialize {
    /// The task's name in the queue.
    const TASK: &'static str;
}

/// Enqueues `job` in this transaction: it runs only if that commits.
pub async fn enqueue<J: Job>(tx: &mut TenantTx, job: &J) -> Result<()> {
    enqueue_at(tx, job, None, None).await
}

/// Enqueues `job` to run at `run_at` (now if `None`). With a `key`, a job of the same tenant
/// and key that has not started is replaced.
pub async fn enqueue_at<J: Job>(tx: &mut TenantTx, job: &J, run_at: Option<Timestamp>, key: Option<&str>) -> Result<()> {
    let payload = serde_json::to_value(job).map_err(|_| crate::Error::Broken("a job's payload is JSON"))?;
    sqlx::query!("SELECT app.enqueue($1, $2, $3, $4)", J::TASK, payload, run_at.map(ToSqlx::to_sqlx) as _, key).execute(tx.conn()).await?;
    Ok(())
}

/// A job that the worker can run.
pub trait Run: Job + DeserializeOwned + Send + Sync + 'static {
    /// Does it, for the tenant whose transaction enqueued it. An error has it run again later;
    /// so does a crash, so it must be able to run twice.
    fn run(self, services: &Services, tenant: TenantId) -> impl Future<Output = Result<()>> + Send;
}
