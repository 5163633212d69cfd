//! The tutor portal: what a tutor teaches, when, and what it earns them.

#![expect(missing_docs, reason = "the fields of server functions are generated")]

pub mod availability;
pub mod calendar;
mod common;
pub mod earnings;
pub mod home;
pub mod offerings;
pub mod profile;
mod week;
