//! What is kept of people: what they get of it, and how it goes.
//!
//! [`catalogue::TABLES`] says of every column of the database what it is to a person. The export is made of it, and the
//! suite holds the erasure against it: a column that nobody declared fails.

pub mod catalogue;
mod erasure;
mod export;

pub(crate) use erasure::sweep;
pub use erasure::{EraseMember, Replayed, erase, erase_self, replay};
pub use export::export;

/// Where the addresses of the forgotten lead: nowhere (RFC 2606).
const NOWHERE: &str = "@erased.invalid";

/// Whether an address is what is left of somebody who was forgotten.
pub(crate) fn is_erased(email: &str) -> bool {
    email.ends_with(NOWHERE)
}
