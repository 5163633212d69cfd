//! The one place that applies what Stripe says about a payment.

use super::{
    checkout::provider,
    model::{Payment, PaymentStatus, RefundReason},
    queries::{self, OrderRow},
    refunds,
};
use crate::{
    Error, Result, Services, TenantTx,
    booking::{self, Confirmation},
    failpoint,
    ledger::{self, TransactionKind},
    mailing::{self, Mailing},
};
use kernel::ids::{PaymentId, TenantId};
use providers::stripe::{Checkout, CheckoutStatus, Collected};

/// How a payment stands after it was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// There is no such payment, or no page for it yet.
    Nothing,
    /// The page is open.
    Open,
    /// Paid: the order is booked, or refunded in full.
    Paid,
    /// The page is closed, and nothing was paid.
    Expired,
}

/// Asks Stripe how a payment stands and applies the answer in one transaction: the payment, the
/// ledger, the booking or its full refund, and the mails.
///
/// Neither the content nor the order of events matters: an event only says when to look.
/// `session` is the Checkout Session it named; it counts when ours is not noted yet, and only
/// if Stripe says that it was made for this payment. Any number of calls, also at the same
/// time, have the effect of one.
///
/// # Errors
/// Unavailable `error-payment-down` when Stripe does not answer: call again.
pub async fn settle(services: &Services, tenant: TenantId, payment: PaymentId, session: Option<&str>) -> Result<Settled> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let known = queries::payment(&mut tx, payment).await?;
    tx.commit().await?;
    let Some(known) = known else { return Ok(Settled::Nothing) };
    if known.status == PaymentStatus::Succeeded && known.fee.is_some() {
        return Ok(Settled::Paid);
    }
    let Some(session) = known.session.as_deref().or(session) else { return Ok(Settled::Nothing) };
    let checkout = services.stripe.checkout(session).await.map_err(|error| provider(&error))?;
    apply(services, tenant, &known, &checkout).await
}

/// Remembers a session that was found by asking again.
pub(super) async fn adopt(services: &Services, tenant: TenantId, payment: PaymentId, session: &Checkout) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    queries::store_session(&mut tx, payment, &session.id, session.url.as_deref()).await?;
    tx.commit().await
}

fn made_for(checkout: &Checkout, tenant: TenantId, payment: &Payment) -> bool {
    let says = |name: &str, id: String| checkout.metadata.get(name) == Some(&id);
    says("tenant", tenant.to_string())
        && says("payment", payment.id.to_string())
        && checkout.reference.as_deref() == Some(payment.order.to_string().as_str())
        && checkout.total == Some(payment.amount)
}

/// The half of [`settle`] after Stripe's answer: applies what `checkout` says of a payment.
///
/// # Errors
/// When the session was not made for this payment.
pub async fn apply(services: &Services, tenant: TenantId, known: &Payment, checkout: &Checkout) -> Result<Settled> {
    if !made_for(checkout, tenant, known) {
        return Err(Error::Broken("a Checkout Session belongs to the payment it is settled for"));
    }
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let order = queries::lock_buyer_and_order(&mut tx, known.order).await?.ok_or(Error::Broken("a payment has an order"))?;
    let payment = queries::payment(&mut tx, known.id).await?.ok_or(Error::Broken("payments are never deleted"))?;
    let settled = if checkout.paid {
        let collected = checkout.collected.as_ref().ok_or(Error::Broken("a paid Checkout Session has a charge"))?;
        if payment.status != PaymentStatus::Succeeded {
            queries::succeed(&mut tx, payment.id, &checkout.id, collected).await?;
            collect(services, &mut tx, &payment, &order).await?;
        }
        if payment.fee.is_none() {
            note_fee(services, &mut tx, &payment, collected).await?;
        }
        Settled::Paid
    } else if checkout.status == CheckoutStatus::Expired {
        queries::mark_expired(&mut tx, payment.id).await?;
        Settled::Expired
    } else {
        queries::store_session(&mut tx, payment.id, &checkout.id, checkout.url.as_deref()).await?;
        Settled::Open
    };
    failpoint::hit("before_settle_commit");
    tx.commit().await?;
    failpoint::hit("after_settle_commit");
    Ok(settled)
}

/// Money arrived: into the ledger, and then either the lesson is booked or all of it goes back.
async fn collect(services: &Services, tx: &mut TenantTx, payment: &Payment, order: &OrderRow) -> Result<()> {
    // The ledger's accounts are the last locks, as everywhere.
    let confirmation = booking::confirm(tx, services, payment.order).await?;
    let entries = ledger::payment(payment.amount, order.commission_bps, order.tutor);
    ledger::post(tx, services, TransactionKind::Payment, &format!("payment:{}", payment.id), payment.order, &entries).await?;
    match confirmation {
        Confirmation::Confirmed { .. } => Ok(()),
        Confirmation::SlotTaken => {
            refunds::request_refund(tx, services, payment.order, payment.amount, RefundReason::SlotTaken).await?;
            mailing::enqueue(tx, Mailing::LateRefunded { order: payment.order }).await
        }
    }
}

/// What Stripe kept, once it says.
async fn note_fee(services: &Services, tx: &mut TenantTx, payment: &Payment, collected: &Collected) -> Result<()> {
    let Some(fee) = collected.fee else { return Ok(()) };
    queries::set_fee(tx, payment.id, fee).await?;
    let cause = format!("stripe_fee:{}", payment.id);
    ledger::post(tx, services, TransactionKind::StripeFee, &cause, payment.order, &ledger::stripe_fee(fee)).await?;
    Ok(())
}
