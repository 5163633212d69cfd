//! A form that came back: what was typed and what was wrong with it.

use crate::FormErrors;

/// The state of one form on a page. Empty when it was not submitted.
///
/// The page is rendered again with it after a refused submission, so nothing typed is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormState {
    values: Vec<(String, String)>,
    errors: FormErrors,
}

impl FormState {
    /// A refused submission: its fields in their order, and the errors.
    pub fn refused(values: Vec<(String, String)>, errors: FormErrors) -> Self {
        Self { values, errors }
    }

    /// Whether the form was submitted and refused.
    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }

    /// What was typed into `field`.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// What was typed, or `otherwise` when the form was not submitted. A submitted form
    /// without the field (an unticked box) gives the empty text.
    pub fn value_or(&self, field: &str, otherwise: impl Into<String>) -> String {
        if self.is_refused() { self.value(field).unwrap_or_default().to_owned() } else { otherwise.into() }
    }

    /// All values of a field that may repeat.
    pub fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// The errors.
    pub const fn errors(&self) -> &FormErrors {
        &self.errors
    }
}
