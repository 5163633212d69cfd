//! The background task: sends webhooks when they are due, and lets sessions
//! expire at their time.

use std::{pin::pin, sync::Arc, time::Duration};

use tokio::{
    sync::{Semaphore, watch},
    time::sleep,
};

use super::{queue, send};
use crate::shared::{Handle, Shared};

/// Webhooks under way at the same time.
const PARALLEL: usize = 16;

/// Runs until told to stop.
pub async fn run(shared: Handle, mut stopped: watch::Receiver<bool>) {
    let slots = Arc::new(Semaphore::new(PARALLEL));
    loop {
        let changed = shared.changed.notified();
        let mut changed = pin!(changed);
        // From here on no change is missed, though we look before we wait.
        changed.as_mut().enable();
        let (due, lapsed, wait) =
            shared.look(|state| (state.take_due_deliveries(), !state.lapsed_sessions().is_empty(), state.next_due_ms()));
        if lapsed {
            shared.step(|_| {});
        }
        for delivery in due {
            let (shared, slots) = (Arc::clone(&shared), Arc::clone(&slots));
            tokio::spawn(async move {
                let _slot = slots.acquire().await;
                deliver(&shared, &delivery).await;
            });
        }
        let due_again = async {
            match wait {
                Some(_) if lapsed => {}
                Some(ms) => sleep(Duration::from_millis(u64::try_from(ms).unwrap_or_default().max(1))).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = changed => {}
            () = due_again => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
    }
}

async fn deliver(shared: &Shared, delivery: &str) {
    let retry = i64::try_from(shared.config.webhook_retry.as_millis()).unwrap_or(i64::MAX);
    let parcel = shared.look(|state| send::prepare(state, delivery));
    let result = match parcel {
        Some(parcel) => Some(send::post(shared, parcel).await),
        // Its endpoint was deleted: there is nobody left to tell.
        None => None,
    };
    shared.step(|state| {
        state.flying = state.flying.saturating_sub(1);
        match &result {
            Some(result) => queue::record(state, delivery, result, Some(retry)),
            None => state.remove(crate::state::Kind::Delivery, delivery),
        }
    });
}

/// Waits until no delivery is waiting or under way.
pub async fn settle(shared: &Shared) {
    loop {
        let changed = shared.changed.notified();
        let mut changed = pin!(changed);
        changed.as_mut().enable();
        if shared.look(|state| state.is_settled()) {
            return;
        }
        changed.await;
    }
}
