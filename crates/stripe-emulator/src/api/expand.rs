//! `expand[]`: ids replaced by the objects they name.

use serde_json::{Value, json};

use crate::{
    error::ApiError,
    json::Object,
    resources::{balance_transactions, checkout_sessions},
    state::{Kind, State},
};

/// Expands every path in `object`.
pub fn apply(state: &State, object: &mut Value, paths: &[String]) -> Result<(), ApiError> {
    // Parents first: `payment_intent` and `payment_intent.latest_charge` may
    // come in any order.
    let mut paths: Vec<&String> = paths.iter().collect();
    paths.sort();
    for path in paths {
        let steps: Vec<&str> = path.split('.').collect();
        let depth = steps.len() - usize::from(steps.first() == Some(&"data"));
        if depth > 4 {
            return Err(ApiError::invalid(&format!("You cannot expand more than 4 levels of a property (passed {path}).")).param("expand"));
        }
        walk(state, object, &steps, path)?;
    }
    Ok(())
}

fn walk(state: &State, object: &mut Value, steps: &[&str], path: &str) -> Result<(), ApiError> {
    let Some((step, rest)) = steps.split_first() else { return Ok(()) };
    if let Some(list) = included_list(state, object, step) {
        object.set(step, list);
    }
    let Some(field) = object.get_mut(*step) else { return Err(cannot(path)) };
    match field {
        Value::String(id) => {
            *field = view(state, id).ok_or_else(|| cannot(path))?;
            walk(state, field, rest, path)
        }
        Value::Object(_) => walk(state, field, rest, path),
        Value::Array(items) => {
            for item in items.iter_mut() {
                walk(state, item, rest, path)?;
            }
            Ok(())
        }
        // Nothing there to expand: Stripe leaves null alone.
        Value::Null => Ok(()),
        _ => Err(cannot(path)),
    }
}

fn cannot(path: &str) -> ApiError {
    ApiError::invalid(&format!("This property cannot be expanded ({path}).")).param("expand")
}

/// An object as the API shows it at this moment.
pub fn view(state: &State, id: &str) -> Option<Value> {
    let kind = Kind::of_id(id)?;
    let row = state.get(kind, id)?.clone();
    Some(match kind {
        Kind::BalanceTransaction => balance_transactions::at(row, state.clock.seconds()),
        _ => row,
    })
}

/// Lists that an object holds only when asked.
fn included_list(state: &State, object: &Value, step: &str) -> Option<Value> {
    match (object.text("object"), step) {
        ("checkout.session", "line_items") => {
            let items = checkout_sessions::line_items(state, object.id());
            let first: Vec<_> = items.iter().take(10).cloned().collect();
            Some(json!({
                "object": "list",
                "has_more": items.len() > first.len(),
                "data": first,
                "url": format!("/v1/checkout/sessions/{}/line_items", object.id()),
            }))
        }
        ("charge", "refunds") => {
            let all: Vec<_> =
                state.newest_first(Kind::Refund, None).filter(|refund| refund.text("charge") == object.id()).cloned().collect();
            let first: Vec<_> = all.iter().take(10).cloned().collect();
            Some(
                json!({ "object": "list", "has_more": all.len() > first.len(), "data": first, "url": format!("/v1/charges/{}/refunds", object.id()) }),
            )
        }
        _ => None,
    }
}
