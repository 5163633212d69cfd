//! The domain against a real PostgreSQL, as the role of the web server.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stumbles fails")]

mod accounts;
mod audit;
mod availability;
mod booking;
mod catalogue;
mod clamd;
mod factors;
mod harness;
mod identities;
mod insights;
mod ledger;
mod mailing;
mod members;
mod operations;
mod paying;
mod payments;
mod pictures;
mod policies;
mod privacy;
mod resealing;
mod retention;
mod seed;
mod tenancy;
mod till;
mod uploads;
mod worker;
