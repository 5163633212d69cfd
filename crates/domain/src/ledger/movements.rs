//! Which accounts a movement touches, and by how much. Pure: the same arguments, the same lines.

use super::model::{AccountKind, Entry};
use kernel::{Money, ids::MemberId, money::WHOLE_BPS};

/// What of an order's price has gone back so far, by whose share it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reversed {
    /// Out of the tutor's escrow.
    pub escrow: Money,
    /// Out of the school's revenue.
    pub revenue: Money,
}

/// The tutor's and the school's part of `price`, by largest remainder: they sum exactly. On a
/// tie the odd unit is the tutor's.
fn shares(price: Money, commission_bps: u32) -> (Money, Money) {
    let commission = commission_bps.min(WHOLE_BPS);
    match price.split(&[WHOLE_BPS - commission, commission]).as_deref() {
        Some([tutor, school]) => (*tutor, *school),
        _ => (price, Money::zero(price.currency)),
    }
}

/// A buyer paid `price`: Stripe holds it, the tutor's part waits in escrow, the rest is the
/// school's.
pub fn payment(price: Money, commission_bps: u32, tutor: MemberId) -> Vec<Entry> {
    let (escrow, revenue) = shares(price, commission_bps);
    vec![
        debit(AccountKind::StripeClearing, price),
        of(AccountKind::TutorEscrow, tutor, minus(escrow)),
        debit(AccountKind::TenantRevenue, minus(revenue)),
    ]
}

/// Stripe kept `fee` of what it holds.
pub fn stripe_fee(fee: Money) -> Vec<Entry> {
    vec![debit(AccountKind::StripeFees, fee), debit(AccountKind::StripeClearing, minus(fee))]
}

/// `amount` is promised back to the buyer, out of both parts in the ratio of the payment.
///
/// Measured from the start: after the refund each part has given what it would give if all of
/// it had gone back at once. So refunds never drift, and the last one leaves both at zero.
pub fn refund(amount: Money, commission_bps: u32, tutor: MemberId, before: Reversed) -> Vec<Entry> {
    let so_far = Money::new(before.escrow.minor + before.revenue.minor + amount.minor, amount.currency);
    let (_, revenue_after) = shares(so_far, commission_bps);
    let revenue = Money::new((revenue_after.minor - before.revenue.minor).clamp(0, amount.minor.max(0)), amount.currency);
    let escrow = Money::new(amount.minor - revenue.minor, amount.currency);
    vec![
        of(AccountKind::TutorEscrow, tutor, escrow),
        debit(AccountKind::TenantRevenue, revenue),
        debit(AccountKind::RefundsPayable, minus(amount)),
    ]
}

/// `amount` left Stripe for the buyer's card.
pub fn refund_settled(amount: Money) -> Vec<Entry> {
    vec![debit(AccountKind::RefundsPayable, amount), debit(AccountKind::StripeClearing, minus(amount))]
}

const fn debit(account: AccountKind, amount: Money) -> Entry {
    Entry { account, owner: None, amount }
}

const fn of(account: AccountKind, owner: MemberId, amount: Money) -> Entry {
    Entry { account, owner: Some(owner), amount }
}

const fn minus(amount: Money) -> Money {
    Money::new(-amount.minor, amount.currency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;
    use proptest::prelude::*;

    const TUTOR: MemberId = MemberId(uuid::Uuid::from_u128(1));

    fn gbp(minor: i64) -> Money {
        Money::new(minor, Currency::Gbp)
    }

    fn on(entries: &[Entry], account: AccountKind) -> i64 {
        entries.iter().filter(|e| e.account == account).map(|e| e.amount.minor).sum()
    }

    fn sum(entries: &[Entry]) -> i64 {
        entries.iter().map(|e| e.amount.minor).sum()
    }

    #[test]
    fn a_payment_splits_by_commission() {
        let entries = payment(gbp(3333), 1500, TUTOR);
        assert_eq!(on(&entries, AccountKind::StripeClearing), 3333);
        assert_eq!(on(&entries, AccountKind::TutorEscrow), -2833);
        assert_eq!(on(&entries, AccountKind::TenantRevenue), -500);
    }

    proptest! {
        #[test]
        fn every_movement_balances(price in 1_i64..200_000_000, bps in 0_u32..=10_000, part in 0_u32..=10_000) {
            let amount = gbp(price).share(part);
            let none = Reversed { escrow: gbp(0), revenue: gbp(0) };
            for entries in [payment(gbp(price), bps, TUTOR), stripe_fee(amount), refund(amount, bps, TUTOR, none), refund_settled(amount)] {
                prop_assert_eq!(sum(&entries), 0);
            }
        }

        #[test]
        fn refunds_give_back_exactly_what_was_taken(
            price in 1_i64..1_000_000,
            bps in 0_u32..=10_000,
            cuts in prop::collection::vec(0_u32..=10_000, 0..6),
        ) {
            let paid = payment(gbp(price), bps, TUTOR);
            let (escrow, revenue) = (-on(&paid, AccountKind::TutorEscrow), -on(&paid, AccountKind::TenantRevenue));
            prop_assert_eq!(escrow + revenue, price);
            prop_assert!(escrow >= 0 && revenue >= 0);
            let mut marks: Vec<i64> = cuts.iter().map(|cut| gbp(price).share(*cut).minor).collect();
            marks.push(price);
            marks.sort_unstable();
            let (mut given, mut before) = (0, Reversed { escrow: gbp(0), revenue: gbp(0) });
            for mark in marks {
                let entries = refund(gbp(mark - given), bps, TUTOR, before);
                prop_assert_eq!(sum(&entries), 0);
                let (out_of_escrow, out_of_revenue) = (on(&entries, AccountKind::TutorEscrow), on(&entries, AccountKind::TenantRevenue));
                prop_assert!(out_of_escrow >= 0 && out_of_revenue >= 0, "a refund never takes from the buyer");
                before = Reversed { escrow: gbp(before.escrow.minor + out_of_escrow), revenue: gbp(before.revenue.minor + out_of_revenue) };
                prop_assert!(before.escrow.minor <= escrow && before.revenue.minor <= revenue, "never more than was taken");
                given = mark;
            }
            prop_assert_eq!((before.escrow.minor, before.revenue.minor), (escrow, revenue));
        }
    }
}
