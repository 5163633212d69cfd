//! A school's subjects and levels.

use kernel::ids::TermId;
use serde::{Deserialize, Serialize};

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// What is taught.
    Subject,
    /// How far.
    Level,
}

impl TermKind {
    /// Its name in forms and in the log.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Level => "level",
        }
    }
}

/// A subject or a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its id.
    pub id: TermId,
    /// What people call it.
    pub name: String,
    /// How many offerings use it, in any version.
    pub offerings: u32,
}
