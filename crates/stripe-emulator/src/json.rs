//! Short ways to read and write Stripe's objects, which are kept as JSON.

use serde_json::Value;

/// Reading and writing of fields; a missing field reads as empty.
pub trait Object {
    /// A text field, empty when missing or null.
    fn text(&self, key: &str) -> &str;
    /// An integer field, 0 when missing or null.
    fn int(&self, key: &str) -> i64;
    /// A flag, false when missing.
    fn flag(&self, key: &str) -> bool;
    /// A field, null when missing.
    fn field(&self, key: &str) -> &Value;
    /// Sets a field.
    fn set(&mut self, key: &str, value: impl Into<Value>);
    /// The object's `id`.
    fn id(&self) -> &str {
        self.text("id")
    }
}

impl Object for Value {
    fn text(&self, key: &str) -> &str {
        self.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn int(&self, key: &str) -> i64 {
        self.get(key).and_then(Value::as_i64).unwrap_or_default()
    }

    fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(Value::as_bool).unwrap_or_default()
    }

    fn field(&self, key: &str) -> &Value {
        self.get(key).unwrap_or(&Value::Null)
    }

    fn set(&mut self, key: &str, value: impl Into<Value>) {
        if let Some(object) = self.as_object_mut() {
            object.insert(key.to_owned(), value.into());
        }
    }
}
