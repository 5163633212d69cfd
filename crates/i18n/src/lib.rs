//! Everything a reader reads in their language: messages, money, numbers, dates, plurals.
//!
//! Messages live in `locales/<language>/<area>.ftl` ([Fluent](https://projectfluent.org)).
//! [`t!`] looks one up; [`Reader`] formats what depends on the reader's language and zone.
//! `docs/i18n.md` says how to add a message or a language.

mod bundle;
mod files;
mod locale;
mod message;
mod names;
mod pseudo;
mod reader;
mod template;
mod zones;

pub use files::AREAS;
pub use locale::Locale;
pub use message::{Value, has, t, t_with};
pub use reader::Reader;
pub use zones::{ZoneGroup, ZoneOption, zones};
