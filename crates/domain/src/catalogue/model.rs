//! Types of the catalogue.

pub mod offering;
pub mod people;
pub mod public;
pub mod search;
pub mod terms;
