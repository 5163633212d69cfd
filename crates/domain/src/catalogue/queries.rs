//! SQL of the catalogue.

pub mod admin;
pub mod figures;
pub mod own;
pub mod profile;
pub mod public;
pub mod search;
pub mod terms;
