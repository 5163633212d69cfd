//! Webhooks on demand: in any order, any number of times.

use std::{sync::Arc, time::Duration};

use axum::{
    Json,
    extract::{Query, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{sync::Semaphore, task::JoinSet, time::timeout};

use crate::{
    ids,
    json::Object,
    shared::{Handle, Shared},
    state::{Kind, State as Store},
    webhooks::{queue, send, worker},
};

/// Which deliveries to list.
#[derive(Deserialize)]
pub struct Filter {
    status: Option<String>,
    event: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// `GET /_emulator/webhooks/deliveries`: oldest first, with every attempt.
pub async fn list(State(shared): State<Handle>, Query(filter): Query<Filter>) -> Json<Vec<Value>> {
    let fits = |row: &Value, key: &str, wanted: &Option<String>| wanted.as_deref().is_none_or(|wanted| row.text(key) == wanted);
    Json(shared.look(|state| {
        let rows = state.newest_first(Kind::Delivery, None).rev();
        rows.filter(|row| fits(row, "status", &filter.status) && fits(row, "event", &filter.event) && fits(row, "type", &filter.kind))
            .cloned()
            .collect()
    }))
}

/// What to deliver now.
#[derive(Deserialize)]
pub struct Order {
    /// Ids of events (`evt_…`) or deliveries (`dlv_…`); every held delivery
    /// when absent.
    ids: Option<Vec<String>>,
    /// How often each is sent.
    #[serde(default = "one")]
    times: u32,
    /// When larger than `times`, each is sent a random number of times between
    /// the two.
    #[serde(default)]
    max_times: u32,
    /// Shuffles the order (and draws the numbers) by this seed.
    seed: Option<u64>,
    /// How many are under way at once.
    #[serde(default = "single")]
    parallel: usize,
}

fn one() -> u32 {
    1
}

fn single() -> usize {
    1
}

/// `POST /_emulator/webhooks/deliver`: sends and waits; answers with each
/// attempt in the order they were started. Failed ones are not repeated.
pub async fn deliver(State(shared): State<Handle>, Json(order): Json<Order>) -> Json<Value> {
    let chosen = shared.step(|state| choose(state, order.ids.as_deref()));
    let mut rng = ids::seeded(order.seed.unwrap_or_default());
    let mut plan: Vec<String> = Vec::new();
    for delivery in chosen {
        let times = if order.max_times > order.times { ids::repeats(&mut rng, order.times, order.max_times) } else { order.times };
        plan.extend((0..times).map(|_| delivery.clone()));
    }
    if let Some(seed) = order.seed {
        ids::shuffle(&mut plan, seed);
    }
    let slots = Arc::new(Semaphore::new(order.parallel.clamp(1, 256)));
    let mut tasks = JoinSet::new();
    for (position, delivery) in plan.into_iter().enumerate() {
        // Waiting here, not in the task, keeps the order of the plan.
        let slot = Arc::clone(&slots).acquire_owned().await;
        let shared = Arc::clone(&shared);
        tasks.spawn(async move {
            let _slot = slot;
            (position, send_once(&shared, &delivery).await)
        });
    }
    let mut attempts = tasks.join_all().await;
    attempts.sort_by_key(|(position, _)| *position);
    let attempts: Vec<Value> = attempts.into_iter().map(|(_, attempt)| attempt).collect();
    Json(json!({ "attempts": attempts }))
}

/// Delivery ids of the order; an event stands for all its deliveries.
fn choose(state: &mut Store, wanted: Option<&[String]>) -> Vec<String> {
    let oldest_first = |state: &Store, keep: &dyn Fn(&Value) -> bool| -> Vec<String> {
        state.newest_first(Kind::Delivery, None).rev().filter(|row| keep(row)).map(|row| row.id().to_owned()).collect()
    };
    let Some(wanted) = wanted else { return oldest_first(state, &|row| row.text("status") == "held") };
    wanted
        .iter()
        .flat_map(|id| match id.strip_prefix("dlv_") {
            Some(_) => vec![id.clone()],
            None => oldest_first(state, &|row| row.text("event") == id),
        })
        .collect()
}

async fn send_once(shared: &Shared, delivery: &str) -> Value {
    let Some(parcel) = shared.look(|state| send::prepare(state, delivery)) else {
        return json!({ "delivery": delivery, "status": null, "error": "no such delivery, or its endpoint is gone" });
    };
    let result = send::post(shared, parcel).await;
    shared.step(|state| {
        queue::record(state, delivery, &result, None);
        let row = state.get(Kind::Delivery, delivery).cloned().unwrap_or_default();
        json!({
            "delivery": delivery,
            "event": row.field("event"),
            "type": row.field("type"),
            "status": result.as_ref().ok(),
            "error": result.as_ref().err(),
        })
    })
}

/// How long to wait.
#[derive(Deserialize)]
pub struct Patience {
    #[serde(default = "ten_seconds")]
    timeout_ms: u64,
}

fn ten_seconds() -> u64 {
    10_000
}

/// `POST /_emulator/webhooks/settle`: waits until nothing is waiting or under
/// way; `settled` is false when time ran out.
pub async fn settle(State(shared): State<Handle>, Json(patience): Json<Patience>) -> Json<Value> {
    let settled = timeout(Duration::from_millis(patience.timeout_ms), worker::settle(&shared)).await.is_ok();
    Json(json!({ "settled": settled }))
}
