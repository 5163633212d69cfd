//! Refunds.

use super::{Stripe, StripeError, money, once};
use kernel::Money;
use std::collections::{BTreeMap, HashMap};
use stripe::StripeRequest;
use stripe_core::refund::{CreateRefund, ListRefund, RetrieveRefund};

/// Money to give back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRequest {
    /// Of which `PaymentIntent`.
    pub intent: String,
    /// How much of it.
    pub amount: Money,
    /// Ours, so that the refund is found again.
    pub metadata: BTreeMap<String, String>,
}

/// A refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Its id, `re_…`.
    pub id: String,
    /// How far it is.
    pub status: RefundStatus,
    /// How much.
    pub amount: Money,
    /// Our metadata.
    pub metadata: HashMap<String, String>,
}

/// How far a refund is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    /// The bank has not answered yet.
    Pending,
    /// The money is on its way to the card. A bank may still send it back later.
    Succeeded,
    /// It came back; Stripe's reason.
    Failed(String),
}

impl Stripe {
    /// Gives money back under `key`, or answers with the refund that an earlier call under the
    /// same key made.
    pub async fn create_refund(&self, request: &RefundRequest, key: &str) -> Result<Refund, StripeError> {
        let metadata: HashMap<String, String> = request.metadata.clone().into_iter().collect();
        let refund = CreateRefund::new()
            .payment_intent(&request.intent)
            .amount(request.amount.minor)
            .metadata(metadata)
            .customize()
            .request_strategy(once(key)?)
            .send(&self.client)
            .await?;
        read(refund)
    }

    /// The refund `id`.
    pub async fn refund(&self, id: &str) -> Result<Refund, StripeError> {
        read(RetrieveRefund::new(id).customize().send(&self.client).await?)
    }

    /// Whether Stripe answers and takes the key; asks for what changes nothing.
    pub async fn check(&self) -> Result<(), StripeError> {
        Ok(ListRefund::new().limit(1).customize().send(&self.client).await.map(drop)?)
    }

    /// The refunds of a `PaymentIntent`, newest first, at most 100.
    pub async fn refunds_of(&self, intent: &str) -> Result<Vec<Refund>, StripeError> {
        let list = ListRefund::new().payment_intent(intent).limit(100).customize().send(&self.client).await?;
        list.data.into_iter().map(read).collect()
    }
}

fn read(refund: stripe_core::Refund) -> Result<Refund, StripeError> {
    let reason = || refund.failure_reason.clone().unwrap_or_else(|| "unknown".to_owned());
    Ok(Refund {
        id: refund.id.to_string(),
        status: match refund.status.as_deref() {
            Some("succeeded") => RefundStatus::Succeeded,
            Some("failed") => RefundStatus::Failed(reason()),
            Some("canceled") => RefundStatus::Failed("canceled".to_owned()),
            // `pending`, `requires_action`, or nothing said yet.
            _ => RefundStatus::Pending,
        },
        amount: money(refund.amount, &refund.currency)?,
        metadata: refund.metadata.unwrap_or_default(),
    })
}
