//! Checks of the locale files against each other and against the code. See `docs/i18n.md`.

#![expect(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod files;
mod keys;
mod lexer;
mod literals;
mod messages;
mod sources;
