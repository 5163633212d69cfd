//! Doing the same thing many times, some of them at once.

use crate::fault::Result;
use std::sync::Arc;
use tokio::{sync::Semaphore, task::JoinSet};

/// Runs `task` for every number below `count`, at most `parallel` at a time, and answers with
/// the results in the numbers' order. The first fault ends it.
pub async fn each<T, F, Fut>(count: usize, parallel: usize, task: F) -> Result<Vec<T>>
where
    T: Send + 'static,
    F: Fn(usize) -> Fut,
    Fut: Future<Output = Result<T>> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(parallel));
    let mut running = JoinSet::new();
    for number in 0..count {
        let (places, work) = (Arc::clone(&places), task(number));
        running.spawn(async move {
            let _place = places.acquire_owned().await?;
            work.await.map(|done| (number, done))
        });
    }
    let mut done = Vec::with_capacity(count);
    while let Some(result) = running.join_next().await {
        done.push(result??);
    }
    done.sort_unstable_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}
