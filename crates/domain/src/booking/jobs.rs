//! What happens to a hold when its time is over.

use super::{claims, queries};
use crate::{
    Result, Services, TenantTx,
    jobs::{self, Run},
    orders::OrderStatus,
};
use kernel::ids::{OrderId, TenantId};
use serde::{Deserialize, Serialize};

/// Lets a hold lapse. Enqueued with the hold, to run when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LapseHold {
    /// The order that holds.
    pub order_id: OrderId,
}

impl jobs::Job for LapseHold {
    const TASK: &'static str = "lapse_hold";
}

impl LapseHold {
    /// One job an order.
    pub(super) fn key(self) -> String {
        format!("lapse:{}", self.order_id)
    }
}

impl Run for LapseHold {
    async fn run(self, services: &Services, tenant: TenantId) -> Result<()> {
        lapse_hold(services, tenant, self).await
    }
}

/// Releases a hold that ran out by the database's clock and lets its order lapse. A job that
/// comes early (the worker's clock is another) makes itself wait; one that comes late or twice
/// finds nothing to do.
pub async fn lapse_hold(services: &Services, tenant: TenantId, job: LapseHold) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let Some(order) = queries::lock_order_alone(&mut tx, job.order_id).await? else { return Ok(()) };
    if order.status != OrderStatus::Pending {
        return Ok(());
    }
    if !claims::lapse(&mut tx, job.order_id).await?
        && let Some(claim) = claims::active(&mut tx, job.order_id).await?
    {
        jobs::enqueue_at(&mut tx, &job, claim.expires_at, Some(&job.key())).await?;
    }
    tx.commit().await
}
