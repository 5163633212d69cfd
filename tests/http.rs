//! HTTP without a browser.

mod accounts;
mod checkout;
mod hosts;
mod requests;
mod student;
