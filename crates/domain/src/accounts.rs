//! Accounts, members and login sessions.

mod hasher;
mod queries;
mod service;
pub mod sessions;

pub use hasher::PasswordHasher;
pub use queries::{insert_member, member};
pub use service::{SignIn, SignUp, account_for, check_person, join, set_preferences, sign_in, sign_up};
