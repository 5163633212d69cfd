//! Schools whose time has come.

use crate::{
    Actor, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    tenancy::Standing,
    uploads,
};
use kernel::ids::TenantId;

/// Deletes every school whose time has come, unless money of it is under way: everything in the database at once, then its
/// files. For the worker; one school's trouble is logged and leaves the others alone, and the next run goes on with it.
pub async fn delete_due(services: &Services) -> Result<()> {
    let due =
        sqlx::query_scalar!(r#"SELECT id AS "id: TenantId" FROM tenants WHERE status = 'suspended' AND delete_at <= now() ORDER BY id"#)
            .fetch_all(services.db.pool())
            .await?;
    for tenant in due {
        if let Err(error) = delete(services, tenant).await {
            tracing::error!(%tenant, %error, "a school could not be deleted");
        }
    }
    Ok(())
}

async fn delete(services: &Services, id: TenantId) -> Result<()> {
    let Some(tenant) = services.tenants.by_id(&services.db, id).await?.filter(|tenant| tenant.standing == Standing::Suspended) else {
        return Ok(());
    };
    let mut tx = TenantTx::begin(&services.db, id, None).await?;
    // It takes as long as it takes; who decides otherwise waits for it no longer than they have patience.
    sqlx::query("SET LOCAL statement_timeout = 0").execute(tx.conn()).await?;
    let done = sqlx::query_scalar!(r#"SELECT app.delete_tenant() AS "done!""#).fetch_one(tx.conn()).await?;
    tx.commit().await?;
    services.tenants.forget(&tenant.slug);
    if done {
        // Only now that it is decided. What a crash leaves behind, the daily look for objects without a row removes.
        uploads::remove_folder(services, id).await?;
        let platform = Actor::anonymous(services.tenants.platform(&services.db).await?);
        let mut tx = platform.begin(&services.db).await?;
        audit::record(&mut tx, services, &platform, Entry::new(Action::SchoolDeleted).on("school", id, &tenant.slug)).await?;
        tx.commit().await?;
    }
    Ok(())
}
