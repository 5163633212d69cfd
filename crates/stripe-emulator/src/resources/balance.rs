//! `GET /v1/balance`: the sum of all movements.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    error::ApiError,
    json::Object,
    params::Params,
    state::{Kind, State},
};

/// Available and pending money per currency.
pub fn retrieve(state: &State, params: &Params) -> Result<Value, ApiError> {
    params.only(&[])?;
    let now = state.clock.seconds();
    let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in state.newest_first(Kind::BalanceTransaction, None) {
        let (available, pending) = sums.entry(row.text("currency").to_owned()).or_default();
        if row.int("available_on") <= now {
            *available += row.int("net");
        } else {
            *pending += row.int("net");
        }
    }
    if sums.is_empty() {
        sums.insert("usd".to_owned(), (0, 0));
    }
    let part = |pick: fn(&(i64, i64)) -> i64| -> Vec<Value> {
        sums.iter()
            .map(|(currency, sum)| json!({ "amount": pick(sum), "currency": currency, "source_types": { "card": pick(sum) } }))
            .collect()
    };
    Ok(json!({
        "object": "balance",
        "available": part(|sum| sum.0),
        "livemode": false,
        "pending": part(|sum| sum.1),
    }))
}
