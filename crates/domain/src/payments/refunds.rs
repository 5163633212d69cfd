//! Giving money back.
//!
//! An order counts as refunded from the moment the refund is promised: what the school owes is
//! the order's business, how far the money is the refund's. If Stripe refuses it or a bank sends
//! it back, it stays owed: the refund is `failed` with Stripe's reason, and an admin sends it
//! again, as another refund in its place under a key of its own.

use super::{
    checkout::provider,
    jobs::SendRefund,
    model::{PaymentStatus, Refund, RefundReason, RefundStatus, idempotency_key},
    queries,
};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    failpoint, jobs,
    ledger::{self, TransactionKind},
    mailing::{self, Mailing},
};
use kernel::{
    AppError, Money, Permission,
    ids::{OrderId, RefundId, TenantId},
};
use providers::stripe::{self, RefundRequest, StripeError};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Promises `amount` of a paid order back to its buyer, in the caller's transaction: the refund,
/// the ledger, the order's status, and the job that sends it. Nothing happens for nothing.
///
/// Locks the buyer and then the order, if the caller has not.
///
/// # Errors
/// Conflict `error-refund-bound` when more would go back than was paid.
pub async fn request_refund(tx: &mut TenantTx, services: &Services, order_id: OrderId, amount: Money, reason: RefundReason) -> Result<()> {
    if amount.minor == 0 {
        return Ok(());
    }
    let order = queries::lock_buyer_and_order(tx, order_id).await?.ok_or(AppError::NotFound)?;
    let payment = queries::payment_of(tx, order_id)
        .await?
        .filter(|payment| payment.status == PaymentStatus::Succeeded)
        .ok_or(Error::Broken("only what was paid is given back"))?;
    if amount.currency != payment.amount.currency || amount.minor < 0 {
        return Err(Error::Broken("a refund is in its payment's currency"));
    }
    let before = ledger::reversed(tx, order_id, amount.currency).await?;
    let refund: RefundId = services.id();
    queries::insert_refund(tx, refund, &payment, amount, reason, None)
        .await
        .map_err(|e| e.on_constraint("refunds_bound", AppError::conflict("error-refund-bound")))?;
    let entries = ledger::refund(amount, order.commission_bps, order.tutor, before);
    ledger::post(tx, services, TransactionKind::Refund, &cause("refund", refund), order_id, &entries).await?;
    queries::refresh_order(tx, order_id).await?;
    jobs::enqueue_at(tx, &SendRefund { refund }, None, Some(&format!("refund:{refund}"))).await
}

/// Sends a refund that failed once more, for an admin; the answer is its order. Nothing new is
/// promised. Two at once have the effect of one.
///
/// # Errors
/// Conflict `error-refund-not-open` when it did not fail or was sent again before.
pub async fn send_again(services: &Services, actor: &Actor, id: RefundId) -> Result<OrderId> {
    actor.in_person()?;
    actor.permit(Permission::Refund)?;
    let mut tx = actor.begin(&services.db).await?;
    let order = queries::refund(&mut tx, id).await?.ok_or(AppError::NotFound)?.order;
    queries::lock_buyer_and_order(&mut tx, order).await?;
    let failed = queries::refund(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let not_open = || AppError::conflict("error-refund-not-open");
    if failed.status != RefundStatus::Failed {
        return Err(not_open().into());
    }
    let payment = queries::payment(&mut tx, failed.payment).await?.ok_or(Error::Broken("a refund has a payment"))?;
    let again: RefundId = services.id();
    queries::insert_refund(&mut tx, again, &payment, failed.amount, failed.reason, Some(id))
        .await
        .map_err(|e| e.on_constraint("refunds_replaces_key", not_open()))?;
    jobs::enqueue_at(&mut tx, &SendRefund { refund: again }, None, Some(&format!("refund:{again}"))).await?;
    let told = json!({ "amount_minor": failed.amount.minor, "currency": failed.amount.currency, "replaces": id });
    audit::record(&mut tx, services, actor, Entry::new(Action::RefundSentAgain).on("refund", again, "").change(Value::Null, told)).await?;
    tx.commit().await?;
    Ok(order)
}

/// Takes a refund as far as Stripe lets it: sends it if it was not sent, otherwise asks how far
/// it is. For the worker; any number of calls have the effect of one.
///
/// # Errors
/// Unavailable `error-payment-down` when Stripe does not answer: call again.
pub async fn pursue(services: &Services, tenant: TenantId, id: RefundId) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let Some(refund) = queries::refund(&mut tx, id).await? else { return Ok(()) };
    let payment = queries::payment(&mut tx, refund.payment).await?.ok_or(Error::Broken("a refund has a payment"))?;
    queries::touch_refund(&mut tx, id).await?;
    tx.commit().await?;
    if refund.status == RefundStatus::Failed {
        return Ok(());
    }
    let intent = payment.intent.ok_or(Error::Broken("a refunded payment was collected"))?;
    let found = match at_stripe(services, tenant, &refund, intent).await? {
        Answer::Made(found) => found,
        // Not for lack of trying: Stripe's balance is filled by the payments of the day.
        Answer::Refused(code) if code == "balance_insufficient" => return Err(Error::Provider { provider: "stripe", cause: code }),
        Answer::Refused(code) => return apply(services, tenant, &refund, None, &stripe::RefundStatus::Failed(code)).await,
    };
    if found.amount != refund.amount {
        return Err(Error::Broken("Stripe's refund is of our amount"));
    }
    failpoint::hit("after_refund_call_before_store");
    apply(services, tenant, &refund, Some(&found.id), &found.status).await
}

/// What became of a refund at Stripe.
enum Answer {
    /// It is there.
    Made(stripe::Refund),
    /// It is not, and Stripe will not make it.
    Refused(String),
}

/// The refund at Stripe, made if it is not there. It is looked for first, because Stripe forgets
/// an idempotency key after a day, and neither a time-out nor a fault of Stripe's (after which the
/// key is another) says what happened. Only when
/// Stripe refuses to make it is it refused: not being allowed to look says nothing about it.
async fn at_stripe(services: &Services, tenant: TenantId, refund: &Refund, intent: String) -> Result<Answer> {
    let stripe = &services.stripe;
    if let Some(id) = &refund.provider {
        return stripe.refund(id).await.map(Answer::Made).map_err(|error| provider(&error));
    }
    let id = refund.id.to_string();
    let made = stripe.refunds_of(&intent).await.map_err(|error| provider(&error))?;
    if let Some(found) = made.into_iter().find(|found| found.metadata.get("refund") == Some(&id)) {
        return Ok(Answer::Made(found));
    }
    let named = [
        ("tenant", tenant.to_string()),
        ("order", refund.order.to_string()),
        ("payment", refund.payment.to_string()),
        ("refund", id.clone()),
    ];
    let metadata = named.into_iter().map(|(name, id)| (name.to_owned(), id)).collect::<BTreeMap<_, _>>();
    failpoint::hit("before_refund_call");
    let request = RefundRequest { intent, amount: refund.amount, metadata };
    let error = match stripe.create_refund(&request, &idempotency_key(refund.id.0, refund.attempt)).await {
        Ok(made) => return Ok(Answer::Made(made)),
        Err(error) => error,
    };
    if error.is_kept() {
        let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
        queries::next_refund_attempt(&mut tx, refund.id, refund.attempt).await?;
        tx.commit().await?;
    }
    match error {
        StripeError::Refused(code) => Ok(Answer::Refused(code)),
        error => Err(provider(&error)),
    }
}

async fn apply(services: &Services, tenant: TenantId, known: &Refund, provider: Option<&str>, status: &stripe::RefundStatus) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    queries::lock_buyer_and_order(&mut tx, known.order).await?;
    let refund = queries::refund(&mut tx, known.id).await?.ok_or(Error::Broken("refunds are never deleted"))?;
    match (status, refund.status) {
        (stripe::RefundStatus::Succeeded, RefundStatus::Requested) => {
            queries::update_refund(&mut tx, refund.id, provider, RefundStatus::Succeeded, "").await?;
            let entries = ledger::refund_settled(refund.amount);
            ledger::post(&mut tx, services, TransactionKind::RefundSettled, &cause("refund_settled", refund.id), refund.order, &entries)
                .await?;
            // Whoever lost the slot has had a mail that says more.
            if refund.reason != RefundReason::SlotTaken {
                mailing::enqueue(&mut tx, Mailing::Refunded { refund: refund.id }).await?;
            }
        }
        (stripe::RefundStatus::Failed(reason), RefundStatus::Requested | RefundStatus::Succeeded) => {
            tracing::error!(refund = %refund.id, order = %refund.order, reason, "a refund failed: somebody has to look");
            metrics::counter!("refunds_failed_total").increment(1);
            queries::update_refund(&mut tx, refund.id, provider, RefundStatus::Failed, reason).await?;
            // What was promised stays owed; only what had left Stripe is back.
            let settled = [cause("refund_settled", refund.id)];
            let failed = cause("refund_failed", refund.id);
            ledger::reverse(&mut tx, services, TransactionKind::RefundFailed, &failed, refund.order, &settled).await?;
        }
        (stripe::RefundStatus::Pending, RefundStatus::Requested) => {
            queries::update_refund(&mut tx, refund.id, provider, RefundStatus::Requested, "").await?;
        }
        _ => {}
    }
    tx.commit().await
}

fn cause(kind: &str, refund: RefundId) -> String {
    format!("{kind}:{refund}")
}
