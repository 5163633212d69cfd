//! What every request handler and the background task hold in common.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::{config::Config, resources::checkout_sessions, state::State};

/// A handle on the one emulator of this process.
pub type Handle = Arc<Shared>;

/// State, and the signals around it.
pub struct Shared {
    state: Mutex<State>,
    /// Idempotency keys of requests under way.
    keys: Mutex<HashSet<String>>,
    /// Told after every step: the background task looks for work, and those
    /// who wait for quiet look again.
    pub changed: Notify,
    /// Settings given at the start.
    pub config: Config,
    /// Sends webhooks.
    pub http: reqwest::Client,
}

impl Shared {
    /// Puts the parts together.
    pub fn new(state: State, config: Config, http: reqwest::Client) -> Self {
        Self { state: Mutex::new(state), keys: Mutex::new(HashSet::new()), changed: Notify::new(), config, http }
    }

    /// Runs one step: sessions whose time is over expire first, and what the
    /// step changes is committed at its end.
    pub fn step<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        checkout_sessions::expire_lapsed(&mut state);
        let result = work(&mut state);
        state.request = json!({ "id": null, "idempotency_key": null });
        state.commit();
        drop(state);
        self.changed.notify_waiters();
        result
    }

    /// Runs one step on behalf of an API request, which its events name.
    pub fn step_for<T>(&self, request: Value, work: impl FnOnce(&mut State) -> T) -> T {
        self.step(|state| {
            state.request = request;
            work(state)
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks without changing anything and without waking anybody.
    pub fn look<T>(&self, view: impl FnOnce(&mut State) -> T) -> T {
        view(&mut self.lock())
    }

    /// Claims an idempotency key until the guard is dropped; `None` when a
    /// request under way has it.
    pub fn claim(self: &Arc<Self>, key: &str) -> Option<KeyGuard> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(key.to_owned()).then(|| KeyGuard { shared: Arc::clone(self), key: key.to_owned() })
    }
}

/// Gives its idempotency key back when dropped.
pub struct KeyGuard {
    shared: Handle,
    key: String,
}

impl Drop for KeyGuard {
    fn drop(&mut self) {
        self.shared.keys.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
