//! What a tutor's card says about lessons and ratings, as lessons end.

use crate::{Result, Services, TenantTx, catalogue::queries::figures as queries};
use kernel::ids::TenantId;

/// Refreshes the figures of every active tenant's tutors who taught within the last `minutes`.
/// For the worker; a tenant's trouble is logged and leaves the others alone.
pub async fn refresh_taught(services: &Services, minutes: i32) -> Result<()> {
    let tenants = sqlx::query_scalar!(r#"SELECT id AS "id: TenantId" FROM tenants WHERE status = 'active' ORDER BY id"#)
        .fetch_all(services.db.pool())
        .await?;
    for tenant in tenants {
        match refresh_tenant(services, tenant, minutes).await {
            Ok(0) => {}
            Ok(tutors) => tracing::debug!(%tenant, tutors, "figures refreshed"),
            Err(error) => tracing::warn!(%tenant, %error, "figures could not be refreshed"),
        }
    }
    Ok(())
}

async fn refresh_tenant(services: &Services, tenant: TenantId, minutes: i32) -> Result<u64> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let tutors = queries::refresh_taught(&mut tx, minutes).await?;
    tx.commit().await?;
    Ok(tutors)
}
