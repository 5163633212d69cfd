//! Errors in words.

use super::Reader;
use crate::{Value, has, t, t_with};
use kernel::{AppError, FieldError};

impl Reader {
    /// What is wrong with a field. An unknown code reads as an error of ours.
    pub fn error(&self, error: &FieldError) -> String {
        if !has(&error.code) {
            tracing::error!(code = %error.code, "error has no message");
            return t(self.locale, "error-internal");
        }
        let args: Vec<(&str, Value<'_>)> = error.args.iter().map(|(name, value)| (name.as_str(), argument(value))).collect();
        t_with(self.locale, &error.code, &args)
    }

    /// What went wrong as a whole. Errors of fields are said at the fields.
    pub fn app_error(&self, error: &AppError) -> String {
        let known = |code: &str, otherwise: &str| t(self.locale, if has(code) { code } else { otherwise });
        match error {
            AppError::Invalid(errors) => errors.first("").map_or_else(|| t(self.locale, "error-invalid"), |error| self.error(error)),
            AppError::Unauthenticated | AppError::Unverified => t(self.locale, "error-unauthenticated"),
            AppError::Consent => t(self.locale, "error-consent"),
            AppError::NotFound => t(self.locale, "error-not-found"),
            AppError::Conflict(code) => known(code, "error-conflict"),
            AppError::RateLimited(seconds) => t!(self.locale, "error-rate-limited", seconds = *seconds),
            AppError::Unavailable(code) => known(code, "error-unavailable"),
            AppError::Internal => t(self.locale, "error-internal"),
        }
    }
}

/// Arguments travel as text; those that are numbers take part in plurals.
fn argument(text: &str) -> Value<'_> {
    match text.parse::<i64>() {
        Ok(number) if number.to_string() == text => Value::from(number),
        _ => Value::from(text),
    }
}
