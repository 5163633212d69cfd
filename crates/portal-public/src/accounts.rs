//! Getting in: sign-up, sign-in, passwords, and where somebody is signed in.

pub mod password;
pub mod security;
pub mod sign_in;
pub mod sign_up;

use kernel::urls;
use serde::Deserialize;

/// Where to go after signing in.
#[derive(Default, Deserialize)]
struct Next {
    #[serde(default)]
    pub next: String,
}

/// The wanted page, or the school's front page.
fn landing(next: &str) -> &str {
    if next.is_empty() { urls::HOME } else { next }
}
