//! HTTP without a browser.

mod accounts;
mod authorisation;
mod breached;
mod checkout;
mod elsewhere;
mod hosts;
mod merging;
mod operators;
mod policies;
mod privacy;
mod proofs;
mod requests;
mod routes;
mod student;
mod uploads;
