//! Accounts, members and login sessions.

mod hasher;
pub mod proofs;
mod queries;
mod service;
pub mod sessions;

pub use hasher::PasswordHasher;
pub(crate) use queries::{has_account, member_of_account, standing};
pub use queries::{insert_member, member};
pub use service::{
    Confirmed, Login, SignIn, SignUp, ask_reset, change_password, check_person, confirm, join, reset_password, set_preferences, sign_in,
    sign_up,
};
pub(crate) use service::{check_password, is_email};
