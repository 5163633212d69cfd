//! Whether everything answers that the platform needs.

use super::{JobFigures, operator};
use crate::{Actor, Result, Services};
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Since when a job may wait that could run, before something is wrong (seconds).
const LATE: i64 = 120;

/// Something that the platform needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its name in message keys.
    pub key: &'static str,
    /// Milliseconds until it answered, or what is wrong.
    pub found: std::result::Result<u64, String>,
}

async fn timed<E: std::fmt::Display>(key: &'static str, answer: impl Future<Output = std::result::Result<(), E>>) -> Check {
    let began = tokio::time::Instant::now();
    let found = match tokio::time::timeout(PATIENCE, answer).await {
        Ok(Ok(())) => Ok(u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX)),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("no answer in time".to_owned()),
    };
    Check { key, found }
}

/// The database, the queue by its figures, the file store, the scanner and Stripe.
pub async fn check(services: &Services, actor: &Actor, figures: &[JobFigures]) -> Result<Vec<Check>> {
    operator(services, actor).await?;
    let queue = async {
        let oldest = figures.iter().filter_map(|figures| figures.oldest).min();
        match oldest.map(|oldest| services.now().duration_since(oldest).as_secs()).filter(|seconds| *seconds > LATE) {
            Some(seconds) => Err(format!("a job waits since {seconds} s")),
            None => Ok(()),
        }
    };
    let (database, queue, store, scanner, stripe) = tokio::join!(
        timed("database", services.db.ping()),
        timed("queue", queue),
        timed("store", services.files.store.check()),
        timed("scanner", services.files.scanner.ping()),
        timed("stripe", services.stripe.check()),
    );
    Ok(vec![database, queue, store, scanner, stripe])
}
