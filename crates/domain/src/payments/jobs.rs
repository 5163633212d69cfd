//! What the worker does for payments.

use super::{checkout, queries, refunds, settle};
use crate::{
    Result, Services, TenantTx,
    jobs::{Job, Run},
};
use kernel::ids::{OrderId, PaymentId, RefundId, TenantId};
use serde::{Deserialize, Serialize};

/// Closes an order's payment page, because its hold is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpireCheckout {
    /// The order.
    pub order_id: OrderId,
}

impl Job for ExpireCheckout {
    const TASK: &'static str = "expire_checkout";
}

impl Run for ExpireCheckout {
    async fn run(self, services: &Services, tenant: TenantId) -> Result<()> {
        checkout::expire(services, tenant, self.order_id).await
    }
}

/// Sends a promised refund to Stripe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendRefund {
    /// The refund.
    pub refund: RefundId,
}

impl Job for SendRefund {
    const TASK: &'static str = "send_refund";
}

impl Run for SendRefund {
    async fn run(self, services: &Services, tenant: TenantId) -> Result<()> {
        refunds::pursue(services, tenant, self.refund).await
    }
}

/// Looks at what one of Stripe's events is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StripeEvent {
    /// The event, `evt_…`.
    pub id: String,
    /// Its type, such as `checkout.session.completed`.
    pub kind: String,
    /// The object it is about.
    pub object: String,
    /// Our payment, if the object names it.
    pub payment: Option<PaymentId>,
    /// Our refund, if the object names it.
    pub refund: Option<RefundId>,
}

impl Job for StripeEvent {
    const TASK: &'static str = "stripe_event";
}

impl Run for StripeEvent {
    async fn run(self, services: &Services, tenant: TenantId) -> Result<()> {
        if let Some(refund) = self.refund {
            return refunds::pursue(services, tenant, refund).await;
        }
        let Some(payment) = self.payment else { return Ok(()) };
        if self.kind.starts_with("checkout.session.") {
            return settle::settle(services, tenant, payment, Some(&self.object)).await.map(|_| ());
        }
        // `charge.refunded` names the payment alone: look at each of its refunds.
        let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
        let open = queries::refunds_of(&mut tx, payment).await?;
        tx.commit().await?;
        for refund in open {
            refunds::pursue(services, tenant, refund).await?;
        }
        Ok(())
    }
}
