//! Form-encoded parameters with brackets, as Stripe's clients send them.

mod decode;

use serde_json::{Map, Value};

use crate::error::ApiError;

pub use decode::{Pairs, decode, nest};

/// Parameters of a request, or of one nested object of it.
pub struct Params {
    fields: Map<String, Value>,
    /// Where this object sits, for the `param` of errors: `line_items[0]`.
    path: String,
}

impl Params {
    /// The parameters of a whole request.
    pub fn new(pairs: &Pairs) -> Self {
        Self { fields: nest(pairs), path: String::new() }
    }

    fn name(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}[{key}]", self.path) }
    }

    /// Refuses parameters that the emulator does not know: a silent answer
    /// would hide a misspelling or a feature that is not emulated.
    pub fn only(&self, known: &[&str]) -> Result<(), ApiError> {
        match self.fields.keys().find(|key| !known.contains(&key.as_str()) && *key != "expand") {
            Some(key) => {
                let name = self.name(key);
                Err(ApiError::invalid_code("parameter_unknown", &format!("Received unknown parameter: {name}")).param(&name))
            }
            None => Ok(()),
        }
    }

    /// A text parameter; empty text counts as absent.
    pub fn text(&self, key: &str) -> Result<Option<&str>, ApiError> {
        match self.fields.get(key) {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) if text.len() > 5_000 => Err(self.wrong(key, "Invalid string: must be at most 5000 characters")),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.wrong(key, "Invalid string")),
        }
    }

    /// A text parameter that has to be there.
    pub fn required(&self, key: &str) -> Result<&str, ApiError> {
        self.text(key)?.ok_or_else(|| ApiError::missing(&self.name(key)))
    }

    /// A whole number.
    pub fn int(&self, key: &str) -> Result<Option<i64>, ApiError> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| {
            let name = self.name(key);
            ApiError::invalid_code("parameter_invalid_integer", &format!("Invalid integer: {text}")).param(&name)
        })
    }

    /// One of a set of words.
    pub fn choice(&self, key: &str, words: &[&str]) -> Result<Option<&str>, ApiError> {
        match self.text(key)? {
            Some(word) if !words.contains(&word) => Err(self.wrong(key, &format!("Invalid {key}: must be one of {}", words.join(", ")))),
            word => Ok(word),
        }
    }

    /// A nested object.
    pub fn object(&self, key: &str) -> Result<Option<Self>, ApiError> {
        match self.fields.get(key) {
            None => Ok(None),
            Some(Value::Object(fields)) => Ok(Some(Self { fields: fields.clone(), path: self.name(key) })),
            Some(_) => Err(self.wrong(key, "Invalid object")),
        }
    }

    /// A list of objects.
    pub fn objects(&self, key: &str) -> Result<Vec<Self>, ApiError> {
        let Some(items) = self.fields.get(key) else { return Ok(Vec::new()) };
        let items = items.as_array().ok_or_else(|| self.wrong(key, "Invalid array"))?;
        items
            .iter()
            .enumerate()
            .map(|(index, item)| match item {
                Value::Object(fields) => Ok(Self { fields: fields.clone(), path: format!("{}[{index}]", self.name(key)) }),
                _ => Err(self.wrong(key, "Invalid object")),
            })
            .collect()
    }

    /// A list of texts.
    pub fn texts(&self, key: &str) -> Result<Vec<String>, ApiError> {
        let Some(items) = self.fields.get(key) else { return Ok(Vec::new()) };
        let items = items.as_array().ok_or_else(|| self.wrong(key, "Invalid array"))?;
        items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(|| self.wrong(key, "Invalid string"))).collect()
    }

    /// `metadata` within Stripe's bounds: 50 keys of 40 characters with values
    /// of 500. `None` when the request does not name it.
    pub fn metadata(&self) -> Result<Option<Map<String, Value>>, ApiError> {
        let fields = match self.fields.get("metadata") {
            None => return Ok(None),
            Some(Value::String(text)) if text.is_empty() => return Ok(Some(Map::new())),
            Some(Value::Object(fields)) => fields,
            Some(_) => return Err(self.wrong("metadata", "Invalid object")),
        };
        if fields.len() > 50 {
            return Err(self.wrong("metadata", "Metadata can have at most 50 keys"));
        }
        for (key, value) in fields {
            let Some(text) = value.as_str() else { return Err(self.wrong("metadata", "Metadata values must be strings")) };
            if key.chars().count() > 40 || text.chars().count() > 500 {
                return Err(self.wrong("metadata", "Metadata keys can have up to 40 characters and values up to 500"));
            }
        }
        Ok(Some(fields.clone()))
    }

    /// 400 that names the parameter `key`.
    pub fn wrong(&self, key: &str, message: &str) -> ApiError {
        ApiError::invalid(message).param(&self.name(key))
    }
}

/// Changes `metadata` of an object as Stripe does: given keys are set, a key
/// with an empty value goes.
pub fn merge_metadata(object: &mut Value, changes: Map<String, Value>) {
    let mut metadata = object.get("metadata").and_then(Value::as_object).cloned().unwrap_or_default();
    if changes.is_empty() {
        metadata.clear();
    }
    for (key, value) in changes {
        if value.as_str() == Some("") {
            metadata.remove(&key);
        } else {
            metadata.insert(key, value);
        }
    }
    crate::json::Object::set(object, "metadata", metadata);
}
