//! The jobs of all schools.

use super::{operator, verified};
use crate::{
    Actor, Member, Result, Services,
    audit::{self, Action, Entry},
};
use jiff::Timestamp;
use kernel::{AppError, ids::TenantId};

/// The most troubled jobs that are shown.
const MOST: i32 = 100;

/// How many jobs there are of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobFigures {
    /// The kind.
    pub task: String,
    /// That wait for their first run.
    pub waiting: i64,
    /// That run now.
    pub running: i64,
    /// That failed and wait for another run.
    pub retrying: i64,
    /// That gave up.
    pub failed: i64,
    /// Since when the first one waits that could run.
    pub oldest: Option<Timestamp>,
}

/// A job that failed at least once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TroubledJob {
    /// Its number.
    pub id: i64,
    /// Its kind.
    pub task: String,
    /// Whose it is; nobody's for those of the platform.
    pub tenant: Option<TenantId>,
    /// How often it ran, and may run.
    pub attempts: i16,
    /// The most runs.
    pub max_attempts: i16,
    /// What went wrong last.
    pub error: String,
    /// When it runs next, unless it gave up.
    pub run_at: Timestamp,
}

impl TroubledJob {
    /// Whether it runs no more.
    pub const fn gave_up(&self) -> bool {
        self.attempts >= self.max_attempts
    }
}

/// How many jobs there are, by kind.
pub async fn figures(services: &Services, actor: &Actor) -> Result<Vec<JobFigures>> {
    let operator = operator(services, actor).await?;
    let rows = sqlx::query!(
        r#"SELECT task AS "task!", waiting AS "waiting!", running AS "running!", retrying AS "retrying!", failed AS "failed!",
             oldest AS "oldest: jiff_sqlx::Timestamp" FROM app.job_figures($1)"#,
        operator.id.0
    )
    .fetch_all(services.db.pool())
    .await?;
    let rows = rows.into_iter().map(|row| JobFigures {
        task: row.task,
        waiting: row.waiting,
        running: row.running,
        retrying: row.retrying,
        failed: row.failed,
        oldest: row.oldest.map(jiff_sqlx::Timestamp::to_jiff),
    });
    Ok(rows.collect())
}

/// Jobs that failed at least once, at most 100: those that gave up first.
pub async fn troubled(services: &Services, actor: &Actor) -> Result<Vec<TroubledJob>> {
    let operator = operator(services, actor).await?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", task AS "task!", tenant AS "tenant: TenantId", attempts AS "attempts!", max_attempts AS "max_attempts!", last_error,
             run_at AS "run_at!: jiff_sqlx::Timestamp" FROM app.troubled_jobs($1, $2)"#,
        operator.id.0,
        MOST
    )
    .fetch_all(services.db.pool())
    .await?;
    let rows = rows.into_iter().map(|row| TroubledJob {
        id: row.id,
        task: row.task,
        tenant: row.tenant,
        attempts: row.attempts,
        max_attempts: row.max_attempts,
        error: row.last_error.unwrap_or_default(),
        run_at: row.run_at.to_jiff(),
    });
    Ok(rows.collect())
}

/// Has a job that failed run again at once, with all its tries.
///
/// # Errors
/// A conflict when it runs, or is gone.
pub async fn retry(services: &Services, actor: &Actor, job: i64) -> Result<()> {
    let operator = operator(services, actor).await?;
    settle(services, actor, operator, job, true).await
}

/// Removes a job that failed: what it was to do is not done.
///
/// # Errors
/// A conflict when it runs, or is gone; [`AppError::Unverified`].
pub async fn discard(services: &Services, actor: &Actor, job: i64) -> Result<()> {
    let operator = verified(services, actor).await?;
    settle(services, actor, operator, job, false).await
}

async fn settle(services: &Services, actor: &Actor, operator: &Member, job: i64, again: bool) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let task = sqlx::query_scalar!("SELECT app.settle_job($1, $2, $3)", operator.id.0, job, again).fetch_one(tx.conn()).await?;
    let task = task.ok_or(AppError::conflict("error-job-gone"))?;
    let action = if again { Action::JobRetried } else { Action::JobDiscarded };
    audit::record(&mut tx, services, actor, Entry::new(action).on("job", job, task)).await?;
    tx.commit().await
}
