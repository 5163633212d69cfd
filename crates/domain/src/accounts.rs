//! Accounts, members and login sessions.

pub mod breached;
mod challenges;
mod hasher;
pub mod identities;
pub mod identity_providers;
pub mod passkeys;
pub mod proofs;
mod queries;
pub mod second_factor;
mod service;
pub mod sessions;

pub use challenges::MINUTES as CHALLENGE_MINUTES;
pub(crate) use challenges::delete_expired as delete_expired_challenges;
pub use hasher::PasswordHasher;
pub use queries::{School, insert_member, member};
pub(crate) use queries::{has_account, member_of_account, standing};
pub use service::{
    Confirmed, Login, SignIn, SignUp, SignedIn, ask_reset, change_password, check_person, confirm, has_password, join, rename,
    reset_password, schools, set_preferences, sign_in, sign_up,
};
pub(crate) use service::{check_password, is_email, login_as, login_of};
