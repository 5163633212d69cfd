//! What a call to Stripe can end in.

use stripe::{ApiErrorsCode, ApiErrorsType};

/// Why Stripe did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StripeError {
    /// It will not, as things are: the request or the object's state is wrong. Stripe's own code,
    /// or the kind of error where there is none.
    #[error("refused: {0}")]
    Refused(String),
    /// There is no such object.
    #[error("not found")]
    NotFound,
    /// Another request with the same idempotency key is still at work. Ask again shortly.
    #[error("the same request is still at work")]
    Busy,
    /// A fault of Stripe's (5xx) at this one request. It may have had its effect: look.
    #[error("faulty: {0}")]
    Faulty(String),
    /// No answer of Stripe's, too many requests, or a key that is not accepted (somebody changes
    /// it): the next request fares no better. The call may have had its effect: repeat it with the
    /// same key, or look.
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// It worked (2xx), and we cannot read the answer: repeat it with the same key, or look.
    #[error("unreadable: {0}")]
    Unreadable(String),
    /// A request that we cannot build.
    #[error("unsendable: {0}")]
    Unsendable(String),
}

impl StripeError {
    /// Whether the same call may succeed later, as far as the reader is concerned.
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Busy | Self::Faulty(_) | Self::Unreachable(_) | Self::Unreadable(_))
    }

    /// Whether Stripe may give this same answer to the same idempotency key for a day, whatever
    /// changes meanwhile: it keeps refusals and faults as it keeps successes. Ask again under a new
    /// key; after a call without an answer under the same, because that one may still be at work.
    pub const fn is_kept(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::NotFound | Self::Faulty(_))
    }
}

/// How async-stripe tells of a 2xx that it cannot read. It says something else, and no status, of
/// an error that is not Stripe's: the page of a proxy in between.
const UNREADABLE_SUCCESS: &str = "error deserializing request data";

impl From<stripe::StripeError> for StripeError {
    fn from(error: stripe::StripeError) -> Self {
        match error {
            stripe::StripeError::Stripe(cause, status) => match status {
                404 => Self::NotFound,
                409 => Self::Busy,
                401 | 403 | 429 => Self::Unreachable(format!("status {status}")),
                500.. => Self::Faulty(format!("status {status}")),
                _ if cause.code == Some(ApiErrorsCode::ResourceMissing) => Self::NotFound,
                _ => Self::Refused(code(cause.code.as_ref(), &cause.type_)),
            },
            stripe::StripeError::Timeout => Self::Unreachable("time-out".to_owned()),
            stripe::StripeError::JSONDeserialize(cause) if cause == UNREADABLE_SUCCESS => Self::Unreadable(cause),
            // No connection; a proxy's page, or an answer cut short.
            stripe::StripeError::ClientError(cause) | stripe::StripeError::JSONDeserialize(cause) => Self::Unreachable(cause),
            stripe::StripeError::ConfigError(cause) => Self::Unsendable(cause),
        }
    }
}

fn code(code: Option<&ApiErrorsCode>, kind: &ApiErrorsType) -> String {
    code.map_or_else(|| kind.as_str().to_owned(), |code| code.as_str().to_owned())
}
