//! HTTP without a browser.

mod accounts;
mod authorisation;
mod checkout;
mod hosts;
mod requests;
mod student;
