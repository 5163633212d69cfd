//! Outside services, one file each behind a small interface.
//!
//! Nothing here knows the business: a function takes plain values, calls, and answers with
//! plain values or an error that says whether trying again makes sense.

pub mod calendar;
pub mod domains;
pub mod identity;
pub mod images;
pub mod mail;
pub mod outgoing;
pub mod storage;
pub mod stripe;
pub mod virus_scan;
