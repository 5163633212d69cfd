//! What a service answers when it cannot do what it was asked.

use kernel::AppError;

/// The constraint that keeps anything new from beginning for a member who was merged into another.
const MERGED: &str = "members_stay_merged";
/// PostgreSQL's code for text that it cannot store, such as a NUL.
const UNSTORABLE: &str = "22021";

/// A service's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A refusal that the reader may see, or a fault whose cause stays in the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// For the reader's eyes.
    #[error(transparent)]
    App(#[from] AppError),
    /// A provider answers nobody for the moment: whoever works through a list stops here. What the
    /// reader may know.
    #[error("unreachable: {0}")]
    Unreachable(AppError),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A provider failed.
    #[error("{provider}: {cause}")]
    Provider {
        /// Which one.
        provider: &'static str,
        /// Its own words.
        cause: String,
    },
    /// Something that cannot be, was.
    #[error("broken invariant: {0}")]
    Broken(&'static str),
}

impl Error {
    /// Turns the violation of one of our constraints into a refusal; everything else stays
    /// what it is. `name` is the constraint's name in the migrations.
    #[must_use]
    pub fn on_constraint(self, name: &str, refusal: AppError) -> Self {
        match &self {
            Self::Database(sqlx::Error::Database(cause)) if cause.constraint() == Some(name) => Self::App(refusal),
            _ => self,
        }
    }
}

impl From<Error> for AppError {
    /// What the reader may know. Logs the cause of a fault, once.
    fn from(error: Error) -> Self {
        match error {
            Error::App(refusal) | Error::Unreachable(refusal) => refusal,
            Error::Database(sqlx::Error::Database(cause)) if cause.code().as_deref() == Some(UNSTORABLE) => {
                Self::field("", "error-malformed")
            }
            // They were somebody when their request began.
            Error::Database(sqlx::Error::Database(cause)) if cause.constraint() == Some(MERGED) => Self::Unauthenticated,
            Error::Database(cause) if is_overload(&cause) => {
                tracing::warn!(%cause, "the database is overloaded");
                Self::Unavailable("error-unavailable".into())
            }
            fault => {
                tracing::error!(cause = %fault, "request failed");
                Self::Internal
            }
        }
    }
}

/// Whether trying again may help: no connection in time, a statement or lock that took too
/// long, a deadlock or a serialisation failure.
fn is_overload(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::PoolTimedOut => true,
        sqlx::Error::Database(cause) => cause.code().is_some_and(|code| matches!(&*code, "57014" | "55P03" | "40P01" | "40001")),
        _ => false,
    }
}
