//! The ledger: every movement of money as a balanced double-entry transaction.
//!
//! Append-only: nobody has the right to change or delete a row, a correction is a new
//! transaction. Amounts are integer minor units; debits are positive, credits negative.

mod earnings;
mod model;
mod movements;
mod posting;
mod queries;
mod service;

pub use earnings::{Earned, Movement, OrderShare, earned, movements, order_share};
pub use model::{AccountBalance, AccountKind, Entry, LedgerTransaction, Line, TransactionKind};
pub use movements::{Reversed, payment, refund, refund_settled, stripe_fee};
pub use posting::{post, reverse};
pub use queries::{reversed, sum_is_zero};
pub use service::{of_order, transactions, trial_balance};
