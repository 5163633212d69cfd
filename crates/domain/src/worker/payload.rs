//! What stands between the queue and a job: its tenant, the services, the count.

use super::Ran;
use crate::{Result, Services, jobs::Run};
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use kernel::ids::TenantId;
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// A job as it lies in the queue: its own fields, and the tenant that the database added.
#[derive(Serialize, Deserialize)]
pub(super) struct Payload<J> {
    tenant: TenantId,
    #[serde(flatten)]
    job: J,
}

impl<J: Run> TaskHandler for Payload<J> {
    const IDENTIFIER: &'static str = J::TASK;

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let shared = shared(&context)?;
        let result = self.job.run(&shared.services, self.tenant).await;
        shared.note(J::TASK, result)
    }
}

/// What every job gets.
#[derive(Clone)]
pub(super) struct Shared {
    pub services: Services,
    done: Arc<AtomicU64>,
    failed: Arc<AtomicU64>,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

/// The services of the worker that runs a job.
pub(super) fn shared(context: &WorkerContext) -> Result<Shared, String> {
    context.get_ext::<Shared>().cloned().ok_or_else(|| "the worker has no services".to_owned())
}

impl Shared {
    pub(super) fn new(services: Services) -> Self {
        Self { services, done: Arc::default(), failed: Arc::default() }
    }

    /// How much ran so far.
    pub(super) fn ran(&self) -> Ran {
        Ran { done: self.done.load(Ordering::Relaxed), failed: self.failed.load(Ordering::Relaxed) }
    }

    /// Counts a run and turns its error into what the queue keeps.
    pub(super) fn note(&self, task: &'static str, result: Result<()>) -> Result<(), String> {
        let (count, outcome) = if result.is_ok() { (&self.done, "done") } else { (&self.failed, "failed") };
        count.fetch_add(1, Ordering::Relaxed);
        metrics::counter!("jobs_total", "task" => task, "outcome" => outcome).increment(1);
        result.map_err(|error| error.to_string())
    }
}
