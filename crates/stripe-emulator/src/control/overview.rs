//! What has happened so far.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use serde_json::{Value, json};

use crate::{json::Object, shared::Handle, state::Kind};

/// `GET /_emulator/stats`: counts and sums. Sums are minor units by currency.
pub async fn stats(State(shared): State<Handle>) -> Json<Value> {
    Json(shared.look(|state| {
        let count = |kind: Kind, field: &str| {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for row in state.newest_first(kind, None) {
                *counts.entry(row.text(field).to_owned()).or_default() += 1;
            }
            counts
        };
        let sum = |kind: Kind, field: &str, keep: fn(&Value) -> bool| {
            let mut sums: BTreeMap<String, i64> = BTreeMap::new();
            for row in state.newest_first(kind, None).filter(|row| keep(row)) {
                *sums.entry(row.text("currency").to_owned()).or_default() += row.int(field);
            }
            sums
        };
        let charges = count(Kind::Charge, "status");
        json!({
            "requests": state.requests,
            "replays": state.replays,
            "sessions": count(Kind::Session, "status"),
            "payment_intents": count(Kind::PaymentIntent, "status"),
            "charges": {
                "succeeded": charges.get("succeeded").unwrap_or(&0),
                "failed": charges.get("failed").unwrap_or(&0),
                "amount": sum(Kind::Charge, "amount", |row| row.flag("paid")),
            },
            "refunds": { "count": state.count(Kind::Refund), "amount": sum(Kind::Refund, "amount", |_| true) },
            "disputes": state.count(Kind::Dispute),
            "fees": sum(Kind::BalanceTransaction, "fee", |_| true),
            "net": sum(Kind::BalanceTransaction, "net", |_| true),
            "events": count(Kind::Event, "type"),
            "deliveries": count(Kind::Delivery, "status"),
        })
    }))
}

/// `GET /_emulator/events`: all events, oldest first.
pub async fn events(State(shared): State<Handle>) -> Json<Vec<Value>> {
    Json(shared.look(|state| state.newest_first(Kind::Event, None).rev().cloned().collect()))
}
