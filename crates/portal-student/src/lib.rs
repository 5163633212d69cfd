//! The student portal, and the checkout that leads into it.

#![expect(missing_docs, reason = "the fields of server functions are generated")]

pub mod checkout;
pub mod home;
pub mod lessons;
pub mod orders;
mod parts;
pub mod settings;
