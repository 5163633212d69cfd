//! The console of the platform's operators, on the platform's host.

#![expect(missing_docs, reason = "the fields of server functions are generated")]

pub mod audit;
mod common;
pub mod flags;
pub mod home;
pub mod jobs;
pub mod schools;
