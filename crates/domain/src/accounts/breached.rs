//! Passwords that were stolen and published are the first that a guesser tries.
//!
//! A list of the common ones is part of the program. An operator may add the full list of Have I Been
//! Pwned, as a file that `wemaster passwords` makes. Both are asked on this machine: no password, and no
//! part of its hash, goes anywhere.

mod convert;
mod list;

pub use convert::convert;
pub use list::List;

use crate::{Error, Result};
use kernel::{AppError, FieldError, FormErrors};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::{path::Path, sync::Arc};

/// What a field says about such a password.
const CODE: &str = "error-password-breached";
/// See `breached/README.md`: where it is from, and under which licence.
static COMMON: &[u8] = include_bytes!("breached/common.bin");

/// Why a list cannot be used or made.
#[derive(Debug, thiserror::Error)]
pub enum BreachedError {
    /// A file cannot be read or written.
    #[error("cannot be read or written: {0}")]
    File(#[from] std::io::Error),
    /// It is none of the files that `wemaster passwords` makes, or one that was damaged.
    #[error("is no list made by `wemaster passwords`, or a damaged one: {0}")]
    Damaged(&'static str),
    /// The text is not what Have I Been Pwned publishes.
    #[error("line {line}: {problem}")]
    Line {
        /// From 1.
        line: u64,
        /// What is wrong with it.
        problem: &'static str,
    },
}

/// What is known beyond the common ones. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Breached {
    list: Option<Arc<List>>,
}

impl Breached {
    /// With the operator's list at `path`.
    ///
    /// # Errors
    /// When it cannot be read, or is damaged.
    pub fn open(path: &Path) -> Result<Self, BreachedError> {
        Ok(Self { list: Some(Arc::new(List::open(path)?)) })
    }

    /// The operator's list.
    pub fn list(&self) -> Option<&List> {
        self.list.as_deref()
    }

    /// Refuses a new password that is on the operator's list, at `field`.
    ///
    /// # Errors
    /// A fault when the list can no longer be read: a password that nobody looked up is not let through.
    pub async fn refuse(&self, field: &'static str, password: &str) -> Result<()> {
        let Some(list) = self.list.clone() else { return Ok(()) };
        let hash: [u8; 20] = Sha1::digest(password.as_bytes()).into();
        let found = tokio::task::spawn_blocking(move || list.contains(&hash)).await;
        let found = found.map_err(|_| Error::Broken("a look-up does not panic"))?;
        let found = found.map_err(|cause| Error::Provider { provider: "the list of stolen passwords", cause: cause.to_string() })?;
        if found { Err(AppError::field(field, CODE).into()) } else { Ok(()) }
    }
}

/// Adds an error for a common stolen password, whatever its capitals.
pub(super) fn check_common(errors: &mut FormErrors, field: &str, password: &str) {
    if is_common(password) {
        errors.add(field, FieldError::new(CODE));
    }
}

/// How many passwords are part of the program.
pub const fn common() -> usize {
    COMMON.len() / 5
}

fn is_common(password: &str) -> bool {
    let hash: [u8; 32] = Sha256::digest(password.to_lowercase()).into();
    let (hashes, _) = COMMON.as_chunks::<5>();
    hash.first_chunk::<5>().is_some_and(|wanted| hashes.binary_search(wanted).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rng;

    #[test]
    fn common_passwords_in_any_capitals() {
        for password in ["qwertyuiop", "password123", "PassWord123", "kozanostra", "Sleepyhollow", "SKYLINEGTR"] {
            assert!(is_common(password), "{password}");
        }
        for password in ["violet harbour kettle", "copper window sparrow", "Пароль никто не знает", ""] {
            assert!(!is_common(password), "{password}");
        }
    }

    #[test]
    fn the_common_list_is_whole_and_finds_its_ends() {
        let (hashes, rest) = COMMON.as_chunks::<5>();
        assert!(rest.is_empty() && hashes.is_sorted_by(|a, b| a < b));
        assert_eq!(hashes.len(), common());
        assert!(common() > 100_000);
    }

    #[test]
    fn random_passwords_are_not_common() {
        let rng = Rng::seeded(1);
        let taken = (0..10_000).filter(|_| is_common(&hex::encode(rng.bytes::<8>()))).count();
        assert_eq!(taken, 0, "one in seven million is");
    }
}
