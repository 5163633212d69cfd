//! The admin portal: what a school's admins see and decide.

#![expect(missing_docs, reason = "the fields of server functions are generated")]

pub mod approvals;
pub mod audit;
pub mod bookings;
mod common;
pub mod home;
pub mod ledger;
pub mod members;
pub mod orders;
pub mod settings;
pub mod subjects;
