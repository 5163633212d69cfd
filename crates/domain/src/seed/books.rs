//! The ledger of a demo tenant: the same postings as real payments and refunds make.

use super::{
    content::School,
    dice::Dice,
    rows::{LedgerAccount, LedgerEntry, Rows, Transaction},
};
use crate::ledger::{self, AccountKind, Entry, Reversed, TransactionKind};
use jiff::Timestamp;
use kernel::{Money, ids::MemberId};
use std::collections::HashMap;
use uuid::Uuid;

/// The accounts opened so far.
#[derive(Default)]
pub struct Books {
    accounts: HashMap<(AccountKind, Option<Uuid>), Uuid>,
}

impl Books {
    /// A buyer paid, and Stripe kept its fee.
    #[expect(clippy::too_many_arguments, reason = "one movement has this many sides")]
    pub fn paid(
        &mut self,
        dice: &Dice,
        rows: &mut Rows,
        school: &School,
        (order, payment): (Uuid, Uuid),
        at: Timestamp,
        total: Money,
        fee: Money,
        tutor: Uuid,
    ) {
        let entries = ledger::payment(total, school.commission_bps, MemberId(tutor));
        self.post(dice, rows, TransactionKind::Payment, format!("payment:{payment}"), order, at, &entries);
        self.post(dice, rows, TransactionKind::StripeFee, format!("stripe_fee:{payment}"), order, at, &ledger::stripe_fee(fee));
    }

    /// Money was promised back, and left.
    #[expect(clippy::too_many_arguments, reason = "one movement has this many sides")]
    pub fn refunded(
        &mut self,
        dice: &Dice,
        rows: &mut Rows,
        school: &School,
        (order, refund): (Uuid, Uuid),
        (at, settled): (Timestamp, Timestamp),
        back: Money,
        tutor: Uuid,
    ) {
        let none = Reversed { escrow: Money::zero(back.currency), revenue: Money::zero(back.currency) };
        let entries = ledger::refund(back, school.commission_bps, MemberId(tutor), none);
        self.post(dice, rows, TransactionKind::Refund, format!("refund:{refund}"), order, at, &entries);
        self.post(
            dice,
            rows,
            TransactionKind::RefundSettled,
            format!("refund_settled:{refund}"),
            order,
            settled,
            &ledger::refund_settled(back),
        );
    }

    #[expect(clippy::too_many_arguments, reason = "one transaction has this many sides")]
    fn post(
        &mut self,
        dice: &Dice,
        rows: &mut Rows,
        kind: TransactionKind,
        cause: String,
        order_id: Uuid,
        at: Timestamp,
        entries: &[Entry],
    ) {
        let id = dice.id(at);
        rows.transactions.push(Transaction { id, kind: kind.key(), cause, order_id, posted_at: at });
        for entry in entries.iter().filter(|entry| entry.amount.minor != 0) {
            let owner_id = entry.owner.map(|owner| owner.0);
            let account_id = *self.accounts.entry((entry.account, owner_id)).or_insert_with(|| {
                let account = dice.id(at);
                rows.accounts_of_ledger.push(LedgerAccount { id: account, kind: entry.account.key(), owner_id });
                account
            });
            rows.entries.push(LedgerEntry { id: dice.id(at), transaction_id: id, account_id, amount_minor: entry.amount.minor });
        }
    }
}
