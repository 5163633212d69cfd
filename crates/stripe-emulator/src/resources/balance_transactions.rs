//! Movements of the balance: every charge, refund and dispute makes one.

use serde_json::{Value, json};

use super::retrieve as one;
use crate::{
    api::list as pages,
    error::ApiError,
    json::Object,
    params::Params,
    state::{Kind, State},
};

/// Seconds until a charge's money can be paid out.
const PENDING: i64 = 2 * 24 * 60 * 60;

/// `GET /v1/balance_transactions/{id}`.
pub fn retrieve(state: &State, params: &Params, id: &str) -> Result<Value, ApiError> {
    one(state, params, Kind::BalanceTransaction, id)
}

/// `GET /v1/balance_transactions`.
pub fn list(state: &State, params: &Params) -> Result<Value, ApiError> {
    let [limit, after, before] = pages::PAGE;
    params.only(&[limit, after, before, "created", "currency", "source", "type"])?;
    let (currency, source, kind) = (params.text("currency")?, params.text("source")?, params.text("type")?);
    let mut page = pages::page(state, Kind::BalanceTransaction, "/v1/balance_transactions", params, |row| {
        currency.is_none_or(|code| row.text("currency").eq_ignore_ascii_case(code))
            && source.is_none_or(|id| row.text("source") == id)
            && kind.is_none_or(|name| row.text("type") == name)
    })?;
    let now = state.clock.seconds();
    if let Some(rows) = page.get_mut("data").and_then(Value::as_array_mut) {
        for row in rows {
            *row = at(std::mem::take(row), now);
        }
    }
    Ok(page)
}

/// A transaction as it stands at an instant: `available` once its time came.
pub fn at(mut row: Value, now: i64) -> Value {
    row.set("status", if row.int("available_on") <= now { "available" } else { "pending" });
    row
}

/// Adds a movement of `amount` less `fee` and returns its id. `kind` and
/// `category` are Stripe's `type` and `reporting_category`.
pub fn add(state: &mut State, kind: &str, category: &str, amount: i64, currency: &str, fee: i64, source: &str) -> String {
    let id = state.fresh_id(Kind::BalanceTransaction, "txn_3", 23);
    let row = row((&id, state.clock.seconds()), (kind, category), amount, currency, fee, source);
    state.put(Kind::BalanceTransaction, row);
    id
}

/// A movement with its id and time. `kind` is `type` and `reporting_category`.
pub fn row((id, created): (&str, i64), kind: (&str, &str), amount: i64, currency: &str, fee: i64, source: &str) -> Value {
    let details: Vec<Value> = (fee != 0)
        .then(|| json!({ "amount": fee, "application": null, "currency": currency, "description": "Stripe processing fees", "type": "stripe_fee" }))
        .into_iter()
        .collect();
    json!({
        "id": id,
        "object": "balance_transaction",
        "amount": amount,
        "available_on": if amount > 0 { created + PENDING } else { created },
        "balance_type": "payments",
        "created": created,
        "currency": currency,
        "description": null,
        "exchange_rate": null,
        "fee": fee,
        "fee_details": details,
        "net": amount - fee,
        "reporting_category": kind.1,
        "source": source,
        "status": "pending",
        "type": kind.0,
    })
}
