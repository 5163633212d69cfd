//! The errors a person may see. Causes stay on the server, in its log.

use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What went wrong, as far as the reader may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "kind", content = "detail")]
pub enum AppError {
    /// The form's input is wrong; the errors say where.
    #[error("invalid input")]
    Invalid(FormErrors),
    /// Nobody is signed in.
    #[error("not signed in")]
    Unauthenticated,
    /// They are signed in, and have to show again who they are before this.
    #[error("not verified")]
    Unverified,
    /// They are signed in, and have to agree to something, or have a guardian consent, before this.
    #[error("no consent")]
    Consent,
    /// It does not exist, or is not for this reader: the two are not told apart.
    #[error("not found")]
    NotFound,
    /// The state moved on meanwhile; the message key (`error-…`) says what happened.
    #[error("conflict: {0}")]
    Conflict(Cow<'static, str>),
    /// Too many tries; wait this many seconds.
    #[error("rate limited for {0} s")]
    RateLimited(u32),
    /// A service that we depend on is down. The key names the feature that suffers.
    #[error("unavailable: {0}")]
    Unavailable(Cow<'static, str>),
    /// Ours. The log has the cause under the request's id.
    #[error("internal error")]
    Internal,
}

impl AppError {
    /// An error of one field, by message key (`error-…`).
    pub fn field(name: &'static str, code: &'static str) -> Self {
        let mut errors = FormErrors::default();
        errors.add(name, FieldError::new(code));
        Self::Invalid(errors)
    }

    /// The state moved on; `code` is a message key (`error-…`).
    pub const fn conflict(code: &'static str) -> Self {
        Self::Conflict(Cow::Borrowed(code))
    }

    /// The HTTP status that says the same.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) => 422,
            Self::Unauthenticated => 401,
            Self::Unverified | Self::Consent => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::RateLimited(_) => 429,
            Self::Unavailable(_) => 503,
            Self::Internal => 500,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            // The request's shape is wrong: no form of ours sends it.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                let mut errors = FormErrors::default();
                errors.add("", FieldError::new("error-malformed"));
                Self::Invalid(errors)
            }
            ServerFnErrorErr::Request(_) => Self::Unavailable(Cow::Borrowed("error-network")),
            _ => Self::Internal,
        }
    }
}

/// One thing wrong with one field: a message key and its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Message key in the locale files, `error-…`.
    pub code: Cow<'static, str>,
    /// The message's arguments.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl FieldError {
    /// An error without arguments.
    pub const fn new(code: &'static str) -> Self {
        Self { code: Cow::Borrowed(code), args: BTreeMap::new() }
    }

    /// Adds an argument of the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}

/// The errors of a form, by field. The empty name is the form as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormErrors(BTreeMap<String, Vec<FieldError>>);

impl FormErrors {
    /// Adds an error to a field.
    pub fn add(&mut self, field: &str, error: FieldError) {
        self.0.entry(field.to_owned()).or_default().push(error);
    }

    /// Adds `code` to `field` unless `ok`.
    pub fn check(&mut self, ok: bool, field: &str, code: &'static str) {
        if !ok {
            self.add(field, FieldError::new(code));
        }
    }

    /// Adds an error to `field` when `text`, trimmed, has more than `max` characters.
    pub fn check_length(&mut self, field: &str, text: &str, max: usize) {
        if text.trim().chars().count() > max {
            self.add(field, FieldError::new("error-too-long").with("max", max));
        }
    }

    /// The same for what is one line: a name, a title.
    pub fn check_line(&mut self, field: &str, text: &str, max: usize) {
        self.check_length(field, text, max);
        self.check(!text.trim().chars().any(char::is_control), field, "error-one-line");
    }

    /// `Ok` without errors, otherwise [`AppError::Invalid`].
    pub fn into_result(self) -> Result<(), AppError> {
        if self.0.is_empty() { Ok(()) } else { Err(AppError::Invalid(self)) }
    }

    /// The first error of a field.
    pub fn first(&self, field: &str) -> Option<&FieldError> {
        self.0.get(field).and_then(|errors| errors.first())
    }

    /// Every field's errors, in the fields' order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FieldError)> {
        self.0.iter().flat_map(|(field, errors)| errors.iter().map(move |error| (field.as_str(), error)))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
