//! Whether everybody tells the same story about money and time: Stripe, the ledger, the orders,
//! the bookings and the slots.

use crate::{
    database::{Database, Order},
    emulator::Collected,
    fault::{Result, ensure},
    site::Site,
};
use sha2::{Digest, Sha256};
use sqlx::Row;

/// How the orders ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Booked, and the money kept.
    pub booked: usize,
    /// Booked, cancelled, and the money given back as agreed.
    pub cancelled: usize,
    /// Paid too late, and the money given back in full.
    pub refunded: usize,
    /// Never paid.
    pub unpaid: usize,
}

/// The ledger's own view.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ledger {
    /// What should lie at Stripe, in minor units.
    pub clearing: i64,
}

impl Ledger {
    /// Reads it; fails when debits and credits differ anywhere.
    pub async fn read(database: &Database) -> Result<Self> {
        let unbalanced = database
            .number(
                "SELECT (SELECT count(*) FROM (SELECT 1 FROM ledger_entries GROUP BY transaction_id, currency HAVING sum(amount_minor) <> 0) t)
                      + (SELECT count(*) FROM (SELECT 1 FROM ledger_entries GROUP BY currency HAVING sum(amount_minor) <> 0) c)",
            )
            .await?;
        ensure(unbalanced == 0, || "the ledger does not balance".to_owned())?;
        let clearing = database
            .number(
                "SELECT coalesce(sum(e.amount_minor), 0)::bigint FROM ledger_entries e
                 JOIN ledger_accounts a ON a.tenant_id = e.tenant_id AND a.id = e.account_id WHERE a.kind = 'stripe_clearing'",
            )
            .await?;
        Ok(Self { clearing })
    }

    /// A digest of every movement of the gates' orders, with neither ids nor times in it: the
    /// same orders with the same outcome have the same one.
    pub async fn digest(database: &Database) -> Result<String> {
        let rows = database
            .rows(
                "SELECT line FROM (SELECT concat_ws('|', l.tutor_id, l.starts_at, o.status, t.kind, split_part(t.cause, ':', 1), a.kind, a.owner_id, e.amount_minor, e.currency) AS line
                 FROM ledger_entries e
                 JOIN ledger_transactions t ON t.tenant_id = e.tenant_id AND t.id = e.transaction_id
                 JOIN ledger_accounts a ON a.tenant_id = e.tenant_id AND a.id = e.account_id
                 JOIN orders o ON o.tenant_id = t.tenant_id AND o.id = t.order_id
                 JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
                 JOIN members m ON m.tenant_id = o.tenant_id AND m.id = o.student_id
                 WHERE m.email LIKE '%@gates.example') AS movements ORDER BY line COLLATE \"C\"",
            )
            .await?;
        ensure(!rows.is_empty(), || "the ledger is empty".to_owned())?;
        let mut hash = Sha256::new();
        for row in &rows {
            hash.update(row.get::<String, _>("line"));
            hash.update("\n");
        }
        Ok(hex::encode(hash.finalize()))
    }
}

/// Checks everything that must hold when nothing is under way.
pub async fn check(site: &Site) -> Result<Tally> {
    let at_stripe = site.emulator.by_order().await?;
    let orders = site.database.orders().await?;
    let mut tally = Tally::default();
    for order in &orders {
        let money = at_stripe.get(&order.id).cloned().unwrap_or_default();
        story(order, &money, &mut tally).map_err(|fault| format!("order {} ({}): {fault}; Stripe: {money:?}", order.id, order.status))?;
    }
    let unknown = at_stripe.keys().find(|id| !orders.iter().any(|order| order.id == **id));
    ensure(unknown.is_none(), || format!("Stripe has a page for an order that is not there: {unknown:?}"))?;
    slots(&site.database, &orders).await?;
    ledger(site).await?;
    mails(&site.database).await?;
    let failed = site.database.number("SELECT count(*) FROM graphile_worker._private_jobs WHERE attempts >= max_attempts").await?;
    ensure(failed == 0, || format!("{failed} jobs failed for good"))?;
    Ok(tally)
}

/// One order: it is booked and its money kept, or all of its money went back, or there was none.
fn story(order: &Order, money: &Collected, tally: &mut Tally) -> Result<()> {
    let kept = money.amount - money.refunded;
    ensure(money.charges <= 1, || "charged twice".to_owned())?;
    ensure(money.charges == 0 || money.amount == order.total, || "charged another sum".to_owned())?;
    ensure(order.unsettled == 0 && order.refunded == money.refunded, || "the refunds differ".to_owned())?;
    ensure(order.confirmed + order.cancelled <= 1, || "booked twice".to_owned())?;
    ensure((order.payment.as_deref() == Some("succeeded")) == (money.charges == 1), || format!("the payment is {:?}", order.payment))?;
    if order.confirmed == 1 {
        ensure(order.status == "paid" && kept == order.total && money.charges == 1, || "booked without its money".to_owned())?;
        ensure(order.claims == 1, || "booked without its time".to_owned())?;
        tally.booked += 1;
        return Ok(());
    }
    ensure(order.status == "pending" || order.claims == 0, || "holds a time that nobody has".to_owned())?;
    ensure(order.status == "pending" || money.open_pages == 0, || "its payment page is still open".to_owned())?;
    if order.cancelled == 1 {
        ensure(matches!(order.status.as_str(), "refunded" | "partly_refunded" | "paid"), || "cancelled, and yet not paid".to_owned())?;
        let agreed = order.agreed.ok_or("cancelled by nobody, or never")?;
        ensure(money.refunded == agreed, || format!("{agreed} was to come back of {}", order.total))?;
        tally.cancelled += 1;
    } else if money.charges == 1 {
        ensure(order.status == "refunded" && kept == 0, || "the money was kept for nothing".to_owned())?;
        tally.refunded += 1;
    } else {
        ensure(matches!(order.status.as_str(), "pending" | "lapsed" | "cancelled"), || "nothing was paid".to_owned())?;
        tally.unpaid += 1;
    }
    Ok(())
}

/// Nobody's time is sold twice.
async fn slots(database: &Database, orders: &[Order]) -> Result<()> {
    let mut booked: Vec<&(uuid::Uuid, String)> = orders.iter().filter(|order| order.confirmed == 1).map(|order| &order.slot).collect();
    let count = booked.len();
    booked.sort_unstable();
    booked.dedup();
    ensure(booked.len() == count, || "a slot was booked twice".to_owned())?;
    let overlaps = database
        .number(
            "SELECT count(*) FROM claims a JOIN claims b ON b.tenant_id = a.tenant_id AND b.tutor_id = a.tutor_id AND b.id > a.id AND b.during && a.during
             WHERE a.active AND b.active",
        )
        .await?;
    ensure(overlaps == 0, || format!("{overlaps} active claims overlap"))
}

/// What the ledger expects at Stripe is what lies there.
async fn ledger(site: &Site) -> Result<()> {
    let now = Ledger::read(&site.database).await?;
    let totals = site.emulator.totals().await?;
    let (booked, real) = (now.clearing - site.before.clearing, totals.charged - totals.refunded - totals.fees);
    ensure(booked == real, || format!("the ledger expects {booked} at Stripe, {real} is there ({totals:?})"))
}

/// Whoever is owed a mail about a booking has it once; one that was cancelled before its
/// confirmation left is owed none.
async fn mails(database: &Database) -> Result<()> {
    let twice =
        database.number("SELECT count(*) FROM (SELECT 1 FROM mails GROUP BY tenant_id, cause, recipient_id HAVING count(*) > 1) t").await?;
    ensure(twice == 0, || format!("{twice} mails were written twice"))?;
    let without = database
        .number(
            "SELECT count(*) FROM bookings b
             JOIN members s ON s.tenant_id = b.tenant_id AND s.id = b.student_id
             JOIN lessons l ON l.tenant_id = b.tenant_id AND l.id = b.lesson_id
             WHERE s.email LIKE '%@gates.example' AND b.status = 'confirmed'
               AND 2 <> (SELECT count(*) FROM mails m WHERE m.tenant_id = b.tenant_id AND m.recipient_id IN (b.student_id, l.tutor_id)
                         AND m.cause LIKE '%' || b.id::text AND m.cause LIKE '%confirmed%' AND m.sent_at IS NOT NULL)",
        )
        .await?;
    ensure(without == 0, || format!("{without} bookings without their two confirmations"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cancelled(refunded: i64, agreed: Option<i64>) -> Result<()> {
        let status = if refunded == 4_000 { "refunded" } else { "partly_refunded" };
        let order = Order {
            id: uuid::Uuid::nil(),
            status: status.to_owned(),
            total: 4_000,
            slot: (uuid::Uuid::nil(), String::new()),
            payment: Some("succeeded".to_owned()),
            confirmed: 0,
            cancelled: 1,
            refunded,
            unsettled: 0,
            claims: 0,
            agreed,
        };
        story(&order, &Collected { charges: 1, amount: 4_000, refunded, open_pages: 0 }, &mut Tally::default())
    }

    #[test]
    fn a_cancelled_lesson_gives_back_what_was_agreed_and_nothing_else() {
        assert!(cancelled(4_000, Some(4_000)).is_ok());
        assert!(cancelled(2_000, Some(2_000)).is_ok());
        for (refunded, agreed) in [(2_000, Some(4_000)), (4_000, Some(2_000)), (2_001, Some(2_000)), (2_000, None)] {
            assert!(cancelled(refunded, agreed).is_err(), "{refunded} instead of {agreed:?}");
        }
    }
}
