//! The ledger in the database: what it refuses, and what its pages read.

mod earnings;
mod pages;
mod rules;
