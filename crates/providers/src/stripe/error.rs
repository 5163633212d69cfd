//! What a call to Stripe can end in.

use stripe::{ApiErrorsCode, ApiErrorsType};

/// Why Stripe did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StripeError {
    /// It will not, however often it is asked: the request or the object's state is wrong.
    /// Stripe's own code, or the kind of error where there is none.
    #[error("refused: {0}")]
    Refused(String),
    /// There is no such object.
    #[error("not found")]
    NotFound,
    /// Another request with the same idempotency key is still at work. Ask again shortly.
    #[error("the same request is still at work")]
    Busy,
    /// No answer, too many requests, a key that is not accepted (somebody changes it), or a fault
    /// of Stripe's. The call may have had its effect: repeat it with the same key, or look.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// An answer that we cannot read, or a request that we cannot build.
    #[error("unreadable: {0}")]
    Unreadable(String),
}

impl StripeError {
    /// Whether the same call may succeed later.
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Busy | Self::Unavailable(_))
    }
}

impl From<stripe::StripeError> for StripeError {
    fn from(error: stripe::StripeError) -> Self {
        match error {
            stripe::StripeError::Stripe(cause, status) => match status {
                404 => Self::NotFound,
                409 => Self::Busy,
                401 | 403 | 429 | 500.. => Self::Unavailable(format!("status {status}")),
                _ if cause.code == Some(ApiErrorsCode::ResourceMissing) => Self::NotFound,
                _ => Self::Refused(code(cause.code.as_ref(), &cause.type_)),
            },
            stripe::StripeError::Timeout => Self::Unavailable("time-out".to_owned()),
            // No connection; a proxy's error page or an answer cut short, so it may have worked.
            stripe::StripeError::ClientError(cause) | stripe::StripeError::JSONDeserialize(cause) => Self::Unavailable(cause),
            stripe::StripeError::ConfigError(cause) => Self::Unreadable(cause),
        }
    }
}

fn code(code: Option<&ApiErrorsCode>, kind: &ApiErrorsType) -> String {
    code.map_or_else(|| kind.as_str().to_owned(), |code| code.as_str().to_owned())
}
