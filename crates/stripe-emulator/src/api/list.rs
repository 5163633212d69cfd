//! Cursor lists: <https://docs.stripe.com/api/pagination>.

use serde_json::{Value, json};

use crate::{
    error::ApiError,
    json::Object,
    params::Params,
    state::{Kind, State},
};

/// The parameters that every list takes, for `Params::only`.
pub const PAGE: [&str; 3] = ["limit", "starting_after", "ending_before"];

/// One page of the rows that `keep` accepts, newest first.
pub fn page(state: &State, kind: Kind, url: &str, params: &Params, keep: impl Fn(&Value) -> bool) -> Result<Value, ApiError> {
    let created = Range::read(params)?;
    let cursor = Cursor::read(state, kind, params)?;
    let keep = |row: &&Value| created.holds(row.int("created")) && keep(row);
    let rows: Vec<Value> = match &cursor.before {
        // The page that ends right before the cursor: nearest first, turned round.
        Some(before) => {
            let newer = state.newest_first(kind, None).take_while(|row| row.id() != before);
            let mut rows: Vec<&Value> = newer.filter(keep).collect();
            let surplus = rows.len().saturating_sub(cursor.limit + 1);
            rows.drain(..surplus);
            rows.reverse();
            rows.into_iter().cloned().collect()
        }
        None => state.newest_first(kind, cursor.after.as_deref()).filter(keep).take(cursor.limit + 1).cloned().collect(),
    };
    Ok(finish(rows, &cursor, url))
}

/// One page of rows that are already collected, in their order.
pub fn of(rows: Vec<Value>, url: &str, params: &Params) -> Result<Value, ApiError> {
    let limit = limit(params)?;
    let after = params.text("starting_after")?;
    let skip = match after {
        Some(id) => rows
            .iter()
            .position(|row| row.id() == id)
            .map(|at| at + 1)
            .ok_or_else(|| ApiError::no_such("object", id).param("starting_after"))?,
        None => 0,
    };
    let rows = rows.into_iter().skip(skip).take(limit + 1).collect();
    Ok(finish(rows, &Cursor { limit, after: None, before: None }, url))
}

fn finish(mut rows: Vec<Value>, cursor: &Cursor, url: &str) -> Value {
    let has_more = rows.len() > cursor.limit;
    rows.truncate(cursor.limit);
    if cursor.before.is_some() {
        rows.reverse();
    }
    json!({ "object": "list", "data": rows, "has_more": has_more, "url": url })
}

struct Cursor {
    limit: usize,
    after: Option<String>,
    before: Option<String>,
}

impl Cursor {
    fn read(state: &State, kind: Kind, params: &Params) -> Result<Self, ApiError> {
        let after = params.text("starting_after")?;
        let before = params.text("ending_before")?;
        for (name, id) in [("starting_after", after), ("ending_before", before)] {
            if let Some(id) = id.filter(|id| state.get(kind, id).is_none()) {
                return Err(ApiError { status: 400, ..ApiError::no_such(kind.noun(), id).param(name) });
            }
        }
        if after.is_some() && before.is_some() {
            return Err(ApiError::invalid("You cannot use both `starting_after` and `ending_before`."));
        }
        Ok(Self { limit: limit(params)?, after: after.map(str::to_owned), before: before.map(str::to_owned) })
    }
}

fn limit(params: &Params) -> Result<usize, ApiError> {
    let limit = params.int("limit")?.unwrap_or(10);
    match limit {
        1..=100 => Ok(usize::try_from(limit).unwrap_or(10)),
        ..=0 => Err(params.wrong("limit", &format!("This value must be greater than or equal to 1 (you passed {limit})."))),
        _ => Err(params.wrong("limit", &format!("This value must be less than or equal to 100 (you passed {limit})."))),
    }
}

/// `created=…` or `created[gte]=…` and its kin.
struct Range {
    low: i64,
    high: i64,
}

impl Range {
    fn read(params: &Params) -> Result<Self, ApiError> {
        let mut range = Self { low: i64::MIN, high: i64::MAX };
        match params.object("created") {
            Ok(Some(bounds)) => {
                bounds.only(&["gt", "gte", "lt", "lte"])?;
                for (name, shift) in [("gt", 1), ("gte", 0)] {
                    if let Some(at) = bounds.int(name)? {
                        range.low = range.low.max(at.saturating_add(shift));
                    }
                }
                for (name, shift) in [("lt", -1), ("lte", 0)] {
                    if let Some(at) = bounds.int(name)? {
                        range.high = range.high.min(at.saturating_add(shift));
                    }
                }
            }
            Ok(None) => {}
            Err(_) => {
                let at = params.int("created")?.unwrap_or_default();
                range = Self { low: at, high: at };
            }
        }
        Ok(range)
    }

    fn holds(&self, at: i64) -> bool {
        (self.low..=self.high).contains(&at)
    }
}
