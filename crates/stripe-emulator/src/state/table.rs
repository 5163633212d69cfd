//! Rows of one kind in the order they were made.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::json::Object;

/// Rows by id and by age.
#[derive(Default)]
pub struct Table {
    rows: BTreeMap<u64, Value>,
    places: HashMap<String, u64>,
    next: u64,
}

impl Table {
    /// A row by its id.
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.rows.get(self.places.get(id)?)
    }

    /// Adds a row, or replaces the one with its id in place.
    pub fn put(&mut self, row: Value) {
        let next = &mut self.next;
        let place = *self.places.entry(row.id().to_owned()).or_insert_with(|| {
            *next += 1;
            *next
        });
        self.rows.insert(place, row);
    }

    /// Removes a row.
    pub fn remove(&mut self, id: &str) {
        if let Some(place) = self.places.remove(id) {
            self.rows.remove(&place);
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Newest first; only rows older than `after` when given (none when it is
    /// unknown).
    pub fn newest_first(&self, after: Option<&str>) -> impl DoubleEndedIterator<Item = &Value> {
        let end = after.map_or(u64::MAX, |id| self.places.get(id).copied().unwrap_or(0));
        self.rows.range(..end).rev().map(|(_, row)| row)
    }
}
