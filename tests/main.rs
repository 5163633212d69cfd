//! The server's tests, folder by folder as the domains.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stumbles fails")]

mod app;
#[path = "../crates/domain/tests/clamd.rs"]
mod clamd;
#[path = "../crates/domain/tests/harness.rs"]
#[expect(dead_code, reason = "the domain's tests use the rest of it")]
mod harness;
mod http;
mod isolation;
#[path = "../crates/domain/tests/paying.rs"]
mod paying;
#[path = "../crates/domain/tests/pictures.rs"]
#[expect(dead_code, reason = "the domain's tests use the rest of it")]
mod pictures;
#[path = "../crates/domain/tests/till.rs"]
#[expect(dead_code, reason = "the domain's tests use the rest of it")]
mod till;
