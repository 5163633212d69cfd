//! Accounts, members and login sessions.

pub mod breached;
mod hasher;
pub mod proofs;
mod queries;
mod service;
pub mod sessions;

pub use hasher::PasswordHasher;
pub use queries::{insert_member, member};
pub use service::{
    Confirmed, Login, SignIn, SignUp, ask_reset, change_password, check_person, confirm, join, reset_password, set_preferences, sign_in,
    sign_up,
};
