//! HTTP without a browser.

mod accounts;
mod authorisation;
mod breached;
mod checkout;
mod hosts;
mod proofs;
mod requests;
mod student;
mod uploads;
