//! The ledger's types.

use jiff::Timestamp;
use kernel::{
    Money,
    ids::{LedgerTransactionId, MemberId, OrderId},
};

/// What an account stands for. One account for each kind, owner and currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum AccountKind {
    /// Money at Stripe. An asset: a debit balance.
    StripeClearing,
    /// What a tutor will be owed once lessons are delivered. A liability.
    TutorEscrow,
    /// The school's share.
    TenantRevenue,
    /// What Stripe kept.
    StripeFees,
    /// Promised back to buyers and not yet on its way. A liability.
    RefundsPayable,
}

impl AccountKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::StripeClearing, Self::TutorEscrow, Self::TenantRevenue, Self::StripeFees, Self::RefundsPayable];

    /// The name used in the database and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::StripeClearing => "stripe_clearing",
            Self::TutorEscrow => "tutor_escrow",
            Self::TenantRevenue => "tenant_revenue",
            Self::StripeFees => "stripe_fees",
            Self::RefundsPayable => "refunds_payable",
        }
    }
}

/// What a transaction is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum TransactionKind {
    /// A buyer paid.
    Payment,
    /// Stripe kept its fee.
    StripeFee,
    /// Money was promised back.
    Refund,
    /// It is on its way.
    RefundSettled,
    /// It came back, and is owed again.
    RefundFailed,
}

impl TransactionKind {
    /// The name used in the database and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::StripeFee => "stripe_fee",
            Self::Refund => "refund",
            Self::RefundSettled => "refund_settled",
            Self::RefundFailed => "refund_failed",
        }
    }
}

/// One line of a transaction to be posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The account's kind.
    pub account: AccountKind,
    /// The tutor of an escrow account; `None` for every other kind.
    pub owner: Option<MemberId>,
    /// Positive debits the account, negative credits it.
    pub amount: Money,
}

/// An account and what stands on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountBalance {
    /// What it stands for.
    pub kind: AccountKind,
    /// The tutor's name, of an escrow account.
    pub owner: Option<String>,
    /// Debits less credits.
    pub balance: Money,
}

/// A posted transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerTransaction {
    /// Its id.
    pub id: LedgerTransactionId,
    /// What it is about.
    pub kind: TransactionKind,
    /// The order it belongs to.
    pub order: OrderId,
    /// The order's number for people, such as `NS-1042`.
    pub order_number: String,
    /// When it was posted.
    pub posted_at: Timestamp,
    /// Its lines, debits first. They sum to zero in each currency.
    pub lines: Vec<Line>,
}

/// One line of a posted transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The account's kind.
    pub account: AccountKind,
    /// The tutor's name, of an escrow account.
    pub owner: Option<String>,
    /// Positive debits the account, negative credits it.
    pub amount: Money,
}
