//! Takes up mails whose job gave up: an outage of the mail server may last longer than its tries.

use super::{DeliverMail, queries};
use crate::{Result, Services, TenantTx, jobs, tenancy};
use kernel::ids::TenantId;

/// Has every tenant's mails that wait for over an hour, and not for over a week, sent again. A
/// tenant's trouble is logged and leaves the others alone.
pub async fn sweep(services: &Services) -> Result<()> {
    for tenant in tenancy::ids(&services.db).await? {
        if let Err(error) = sweep_tenant(services, tenant).await {
            tracing::warn!(%tenant, %error, "waiting mails could not be taken up");
        }
    }
    Ok(())
}

async fn sweep_tenant(services: &Services, tenant: TenantId) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    for mail in queries::take_up_waiting(&mut tx).await? {
        let job = DeliverMail { mail };
        jobs::enqueue_at(&mut tx, &job, None, Some(&job.key())).await?;
    }
    tx.commit().await
}
