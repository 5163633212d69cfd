//! The job runner.
//!
//! Runs as the role `wemaster_worker`, whose pool the [`Services`] of this process must carry.
//! The queue retries what fails, after seconds at first and hours at last (twelve tries take 16
//! hours), and takes over the jobs of a worker that died.

mod payload;

use crate::{
    Services, booking, catalogue,
    mailing::{self, DeliverMail, Mailing},
    operations,
    payments::{self, ExpireCheckout, SendRefund, StripeEvent},
    privacy::EraseMember,
    retention, tenancy,
    uploads::{self, ClearUpload, ScanUpload},
};
use graphile_worker::{
    Cron, CronBuilder, Crontab, CrontabTimerError, IntoTaskHandlerResult, JobPermanentlyFail, TaskHandler, Worker, WorkerContext,
    WorkerOptions,
};
use payload::{Payload, Shared};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long running jobs may go on after the word to stop.
const GRACE: Duration = Duration::from_secs(30);
/// How often a worker says that it lives, and when one that does not is taken for dead.
const HEARTBEAT: Duration = Duration::from_secs(5);
const DEAD_AFTER: Duration = Duration::from_secs(20);

/// How often the figures of those who taught are refreshed, and how far back each time, in
/// minutes. Further, so that a late or missed run leaves nothing out.
const FIGURES_EVERY: u32 = 10;
const FIGURES_BACK: i32 = 60;
/// The same at the start: lessons also end while no worker runs.
const FIGURES_BACK_AT_START: i32 = 7 * 24 * 60;

/// The minute of every hour in which schools' domains are looked at.
const DOMAINS_AT: u32 = 17;

/// How often what was kept long enough is removed, in minutes.
const TIDY_EVERY: u32 = 30;

/// When objects that nobody needs are looked for, every day: hour and minute (UTC).
const OBJECTS_AT: (u32, u32) = (3, 30);

/// Why the job runner stopped, or did not start.
#[derive(Debug, thiserror::Error)]
#[error("job queue: {0}")]
pub struct WorkerError(String);

/// What [`run_once`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// Jobs that succeeded.
    pub done: u64,
    /// Runs that failed; their jobs wait to run again.
    pub failed: u64,
}

/// Runs jobs, up to `concurrency` at a time, until `shutdown` completes and the running ones
/// have ended.
pub async fn run(services: &Services, concurrency: usize, shutdown: impl Future<Output = ()> + Send + 'static) -> Result<(), WorkerError> {
    let (options, _) = options(services, concurrency);
    let worker = options
        .with_crons(crons()?)
        .heartbeat_interval(HEARTBEAT)
        .sweep_interval(HEARTBEAT)
        .sweep_threshold(DEAD_AFTER)
        .recovery_delay(Duration::ZERO)
        .shutdown_signal(shutdown)
        .shutdown_grace_period(GRACE)
        .init()
        .await
        .map_err(|e| WorkerError(e.to_string()))?;
    let missed = async {
        if let Err(error) = catalogue::refresh_taught(services, FIGURES_BACK_AT_START).await {
            tracing::warn!(%error, "figures could not be refreshed");
        }
    };
    let ((), ran) = tokio::join!(missed, worker.run());
    ran.map_err(|e| WorkerError(e.to_string()))
}

/// What runs by the clock.
fn crons() -> Result<Vec<Crontab>, WorkerError> {
    let wrong = |error: CrontabTimerError| WorkerError(error.to_string());
    Ok(vec![
        alone(Cron::every_minute::<Sweep>()).build(),
        alone(Cron::every_n_minutes::<RefreshTaught>(FIGURES_EVERY).map_err(wrong)?).build(),
        Cron::every_n_minutes::<Tidy>(TIDY_EVERY).map_err(wrong)?.build(),
        alone(Cron::hourly_at::<CheckDomains>(DOMAINS_AT).map_err(wrong)?).build(),
        alone(Cron::daily_at::<SweepObjects>(OBJECTS_AT.0, OBJECTS_AT.1).map_err(wrong)?).build(),
    ])
}

/// One at a time: a run that takes longer than the time between two has at most one waiting
/// behind it, which takes the place of those before.
fn alone<T: TaskHandler>(cron: CronBuilder<T>) -> CronBuilder<T> {
    cron.queue(T::IDENTIFIER).job_key(T::IDENTIFIER)
}

/// Runs the jobs that are due, and those that they enqueue, until none is left. A job that
/// failed waits for its time and is left alone.
pub async fn run_once(services: &Services) -> Result<Ran, WorkerError> {
    let (options, shared) = options(services, 4);
    let worker: Worker = options.init().await.map_err(|e| WorkerError(e.to_string()))?;
    loop {
        let before = shared.ran();
        worker.run_once().await.map_err(|e| WorkerError(e.to_string()))?;
        // The last look at the queue may have been before the last job enqueued another.
        if shared.ran() == before {
            return Ok(before);
        }
    }
}

fn options(services: &Services, concurrency: usize) -> (WorkerOptions, Shared) {
    let shared = Shared::new(services.clone());
    let options = WorkerOptions::default()
        .pg_pool(services.db.pool().clone())
        .concurrency(concurrency.max(1))
        .listen_os_shutdown_signals(false)
        .add_extension(shared.clone())
        .on(JobPermanentlyFail, |context| async move {
            let task = context.job.task_identifier().clone();
            tracing::error!(task, job = context.job.id(), error = context.error, "a job failed for good");
            metrics::counter!("jobs_failed_for_good_total", "task" => task).increment(1);
        })
        .define_job::<Payload<booking::LapseHold>>()
        .define_job::<Payload<ExpireCheckout>>()
        .define_job::<Payload<StripeEvent>>()
        .define_job::<Payload<SendRefund>>()
        .define_job::<Payload<Mailing>>()
        .define_job::<Payload<DeliverMail>>()
        .define_job::<Payload<ScanUpload>>()
        .define_job::<Payload<ClearUpload>>()
        .define_job::<Payload<EraseMember>>()
        .define_job::<SweepObjects>()
        .define_job::<Sweep>()
        .define_job::<RefreshTaught>()
        .define_job::<Tidy>()
        .define_job::<CheckDomains>();
    (options, shared)
}

/// Looks after every tenant's open money, waiting mails and held uploads, once a minute. A job without a tenant, as is the next:
/// the queue's own clock enqueues them, with `null` as their payload.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Sweep;

impl TaskHandler for Sweep {
    const IDENTIFIER: &'static str = "sweep";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let shared = payload::shared(&context)?;
        let mails = mailing::sweep(&shared.services).await;
        let files = uploads::sweep(&shared.services).await;
        let money = payments::sweep(&shared.services).await;
        shared.note(Self::IDENTIFIER, money.and(mails).and(files))
    }
}

/// Keeps the catalogue's figures of tutors true as lessons end.
#[derive(Debug, Default, Serialize, Deserialize)]
struct RefreshTaught;

impl TaskHandler for RefreshTaught {
    const IDENTIFIER: &'static str = "refresh_taught";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let shared = payload::shared(&context)?;
        let result = catalogue::refresh_taught(&shared.services, FIGURES_BACK).await;
        shared.note(Self::IDENTIFIER, result)
    }
}

/// Removes what was kept long enough.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Tidy;

impl TaskHandler for Tidy {
    const IDENTIFIER: &'static str = "tidy";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let shared = payload::shared(&context)?;
        let deleted = operations::delete_due(&shared.services).await;
        let tidied = retention::tidy(&shared.services).await;
        shared.note(Self::IDENTIFIER, deleted.and(tidied))
    }
}

/// Looks at schools' own domains and mail addresses.
#[derive(Debug, Default, Serialize, Deserialize)]
struct CheckDomains;

impl TaskHandler for CheckDomains {
    const IDENTIFIER: &'static str = "check_domains";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let shared = payload::shared(&context)?;
        let domains = tenancy::domains::check_all(&shared.services).await;
        let senders = tenancy::sender::check_all(&shared.services).await;
        shared.note(Self::IDENTIFIER, domains.and(senders))
    }
}

/// Removes objects of files that nobody needs.
#[derive(Debug, Default, Serialize, Deserialize)]
struct SweepObjects;

impl TaskHandler for SweepObjects {
    const IDENTIFIER: &'static str = "sweep_objects";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let shared = payload::shared(&context)?;
        let result = uploads::sweep_objects(&shared.services).await;
        shared.note(Self::IDENTIFIER, result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_of_the_clock_is_one() {
        assert_eq!(crons().map(|crons| crons.len()).unwrap_or_default(), 5);
    }

    #[test]
    fn a_slow_sweep_never_runs_beside_another() {
        let options = alone(Cron::every_minute::<Sweep>()).build().options;
        assert_eq!((options.queue.as_deref(), options.job_key.as_deref()), (Some("sweep"), Some("sweep")));
    }
}
