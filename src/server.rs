//! The web server: what happens to a request, from the outside in.
//!
//! 1. `telemetry`: request id, log line, metrics
//! 2. `headers`: security headers
//! 3. `origin`: an unsafe request comes from this very host
//! 4. `forms`: a refused native form is rendered again on its page
//! 5. `site`: the tenant of the host, the login session, the request's context
//! 6. `file_host`: the files' own host is answered before all of these from 3 on
//! 7. the pages (`app.rs`), the server functions, and a few plain routes

mod closed;
pub mod command;
mod file_host;
pub mod file_store;
mod files;
mod forms;
mod handover;
mod headers;
mod health;
mod login_session;
mod origin;
mod plain;
pub mod router;
mod site;
pub mod start;
mod telemetry;
mod uploads;

pub use router::{AppState, router};
