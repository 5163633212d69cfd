//! Events and the deliveries they cause.

use serde_json::{Value, json};

use crate::{
    json::Object,
    state::{Kind, Mode, State},
};

/// Whether a list of `enabled_events` (exact names, `*`, `charge.*`) wants an
/// event.
pub fn wants(enabled: &[String], kind: &str) -> bool {
    enabled.iter().any(|name| match name.strip_suffix('*') {
        Some(prefix) => kind.starts_with(prefix),
        None => name == kind,
    })
}

/// The endpoints that want an event: ids of API endpoints, and `config_<n>`.
fn endpoints(state: &State, kind: &str) -> Vec<String> {
    let mut all: Vec<String> = (0..state.targets.len()).map(|index| format!("config_{index}")).collect();
    let made = state.newest_first(Kind::WebhookEndpoint, None).filter(|endpoint| {
        let enabled: Vec<String> =
            endpoint.field("enabled_events").as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        endpoint.text("status") == "enabled" && wants(&enabled, kind)
    });
    all.extend(made.map(|endpoint| endpoint.id().to_owned()));
    all
}

/// Where an endpoint listens, and its secret. Looked up when a delivery is
/// sent, so that after a restart a new address is used.
pub fn address(state: &State, endpoint: &str) -> Option<(String, String)> {
    match endpoint.strip_prefix("config_") {
        Some(index) => {
            let target = state.targets.get(index.parse::<usize>().ok()?)?;
            Some((target.url.clone(), target.secret.clone()))
        }
        None => state.get(Kind::WebhookEndpoint, endpoint).map(|row| (row.text("url").to_owned(), row.text("secret").to_owned())),
    }
}

/// Records an event and queues its deliveries as the mode says.
pub fn emit(state: &mut State, kind: &str, object: &Value, api_version: &str) {
    let endpoints = endpoints(state, kind);
    let id = state.fresh_id(Kind::Event, "evt_1", 23);
    let event = json!({
        "id": id,
        "object": "event",
        "api_version": api_version,
        "created": state.clock.seconds(),
        "data": { "object": object },
        "livemode": false,
        "pending_webhooks": endpoints.len(),
        "request": state.request,
        "type": kind,
    });
    state.put(Kind::Event, event);
    let (status, copies, spread) = match state.settings.mode {
        Mode::Normal => ("pending", 1, 0),
        Mode::Hold => ("held", 1, 0),
        Mode::Drop => ("dropped", 1, 0),
        Mode::Duplicate { times, spread_ms } => ("pending", times.max(1), spread_ms),
    };
    for endpoint in &endpoints {
        for _ in 0..copies {
            let delivery = state.fresh_id(Kind::Delivery, "dlv_", 20);
            let at = state.clock.millis() + state.ids.below(spread);
            let row = json!({ "id": delivery, "event": id, "type": kind, "endpoint": endpoint, "status": status, "next_attempt_ms": at, "attempts": [] });
            state.put(Kind::Delivery, row);
        }
    }
}

/// Records how an attempt went. A delivery that failed is planned again when
/// `retry` is the wait before the first repeat, in milliseconds.
pub fn record(state: &mut State, delivery: &str, result: &Result<u16, String>, retry: Option<i64>) {
    let Some(mut row) = state.get(Kind::Delivery, delivery).cloned() else { return };
    let mut attempts = row.field("attempts").as_array().cloned().unwrap_or_default();
    let done = result.as_ref().is_ok_and(|status| (200..300).contains(status));
    attempts.push(json!({ "at_ms": state.clock.millis(), "status": result.as_ref().ok(), "error": result.as_ref().err() }));
    let tries = attempts.len();
    row.set("attempts", attempts);
    if done {
        if row.text("status") != "delivered" {
            row.set("status", "delivered");
            finished(state, row.text("event").to_owned());
        }
    } else if let Some(first) = retry {
        let doublings = u32::try_from(tries - 1).unwrap_or(u32::MAX).min(16);
        let wait = first.saturating_mul(2_i64.pow(doublings)).min(5 * 60 * 1_000);
        row.set("next_attempt_ms", state.clock.millis() + wait);
    }
    state.put(Kind::Delivery, row);
}

fn finished(state: &mut State, event: String) {
    if let Some(mut event) = state.get(Kind::Event, &event).cloned() {
        event.set("pending_webhooks", (event.int("pending_webhooks") - 1).max(0));
        state.put(Kind::Event, event);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_get_what_they_asked_for() {
        let enabled = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert!(wants(&enabled(&["*"]), "charge.succeeded"));
        assert!(wants(&enabled(&["charge.*"]), "charge.dispute.created"));
        assert!(wants(&enabled(&["refund.created", "charge.succeeded"]), "charge.succeeded"));
        assert!(!wants(&enabled(&["charge.succeeded"]), "charge.succeeded2"));
        assert!(!wants(&[], "charge.succeeded"));
    }
}
