//! Business rules and every SQL statement, one folder per domain.
//!
//! A domain has up to four files: `model` (its types), `queries` (SQL over a [`TenantTx`]),
//! `service` (authorises the [`Actor`], runs one transaction, enqueues jobs) and `jobs` (what
//! the worker does later, mostly calls to outside services).

pub mod accounts;
pub mod actor;
pub mod audit;
pub mod availability;
pub mod booking;
pub mod catalogue;
pub mod clock;
mod csv_file;
pub mod db;
pub mod error;
pub mod failpoint;
pub mod insights;
pub mod jobs;
pub mod keyring;
pub mod ledger;
pub mod limits;
pub mod mailing;
pub mod members;
pub mod operations;
pub mod orders;
pub mod page;
pub mod payments;
pub mod policies;
pub mod privacy;
pub mod resealing;
pub mod retention;
pub mod seed;
pub mod services;
pub mod tenancy;
pub mod tenant_tx;
mod ticket;
pub mod uploads;
pub mod worker;

pub use actor::{Actor, Impersonator, Member};
pub use clock::{Clock, Rng};
pub use db::Db;
pub use error::{Error, Result};
pub use keyring::Keyring;
pub use services::Services;
pub use tenant_tx::TenantTx;
