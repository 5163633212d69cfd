//! The server's tests, folder by folder as the domains.

#[path = "../crates/domain/tests/harness.rs"]
mod harness;
#[path = "../crates/domain/tests/till.rs"]
#[expect(dead_code, reason = "the domain's tests use the rest of it")]
mod till;
mod app;
mod http;
mod isolation;
