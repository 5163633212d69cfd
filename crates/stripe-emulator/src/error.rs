//! Errors in Stripe's shape.

use serde_json::{Value, json};

/// An error answer. Source: <https://docs.stripe.com/api/errors>.
#[derive(Clone, Debug)]
pub struct ApiError {
    /// HTTP status.
    pub status: u16,
    /// The members of `error`.
    pub body: Value,
    /// Whether the request had begun to execute. Only then does Stripe keep
    /// the answer under its idempotency key.
    pub executed: bool,
}

impl ApiError {
    fn new(status: u16, kind: &str, code: Option<&str>, message: &str) -> Self {
        let mut body = json!({ "type": kind, "message": message });
        if let (Some(code), Some(object)) = (code, body.as_object_mut()) {
            object.insert("code".to_owned(), code.into());
            object.insert("doc_url".to_owned(), format!("https://docs.stripe.com/error-codes/{}", code.replace('_', "-")).into());
        }
        Self { status, body, executed: false }
    }

    /// 400: the request is not right.
    pub fn invalid(message: &str) -> Self {
        Self::new(400, "invalid_request_error", None, message)
    }

    /// 400 with a code.
    pub fn invalid_code(code: &str, message: &str) -> Self {
        Self::new(400, "invalid_request_error", Some(code), message)
    }

    /// 400: a parameter has to be there.
    pub fn missing(param: &str) -> Self {
        Self::invalid_code("parameter_missing", &format!("Missing required param: {param}.")).param(param)
    }

    /// 404: no such object.
    pub fn no_such(object: &str, id: &str) -> Self {
        Self::new(404, "invalid_request_error", Some("resource_missing"), &format!("No such {object}: '{id}'")).param("id")
    }

    /// 404: no such address.
    pub fn no_such_url(method: &str, path: &str) -> Self {
        Self::new(404, "invalid_request_error", None, &format!("Unrecognized request URL ({method}: {path})."))
    }

    /// 401: no key, or a wrong one.
    pub fn unauthorized(message: &str) -> Self {
        Self::new(401, "invalid_request_error", None, message)
    }

    /// 403: a connected account that the key has no access to.
    pub fn no_account(account: &str) -> Self {
        let message = format!("The provided key does not have access to account '{account}' (or that account does not exist).");
        Self::new(403, "invalid_request_error", Some("account_invalid"), &message)
    }

    /// 400: an idempotency key was used before for something else.
    pub fn key_reused(message: &str) -> Self {
        Self::new(400, "idempotency_error", None, message)
    }

    /// 409: another request with the same idempotency key is under way.
    pub fn key_in_use(key: &str) -> Self {
        let message = format!(
            "There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): {key}. Please try again later."
        );
        Self::new(409, "idempotency_error", Some("idempotency_key_in_use"), &message)
    }

    /// 402: the card was declined.
    pub fn card(code: &str, decline_code: Option<&str>, message: &str) -> Self {
        let error = Self::new(402, "card_error", Some(code), message).executed();
        match decline_code {
            Some(decline) => error.with("decline_code", decline),
            None => error,
        }
    }

    /// 500.
    pub fn internal() -> Self {
        Self::new(500, "api_error", None, "An unknown error occurred. (The emulator was told to fail.)")
    }

    /// Names the parameter that is at fault.
    pub fn param(self, name: &str) -> Self {
        self.with("param", name)
    }

    /// Adds a member to `error`.
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        if let Some(object) = self.body.as_object_mut() {
            object.insert(key.to_owned(), value.into());
        }
        self
    }

    /// Marks the request as having begun to execute.
    pub fn executed(mut self) -> Self {
        self.executed = true;
        self
    }

    /// The JSON answer.
    pub fn to_json(&self) -> String {
        json!({ "error": self.body }).to_string()
    }
}
