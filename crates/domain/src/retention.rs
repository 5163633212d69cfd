//! What is kept for a while only: ended login sessions, challenges, proofs and invitations, lists of people to
//! invite, guardians who did not consent, the text of mails, Stripe's events.
//!
//! Mails and events keep their rows, which say that something was done already; what they tell
//! of people goes after 90 days.

use crate::{
    Result, Services, TenantTx, accounts, limits,
    mailing::{self, Mailing},
    members, operations, policies, privacy, tenancy,
};
use kernel::ids::TenantId;

/// Removes what has been kept long enough, of every tenant. For the worker; a tenant's trouble
/// is logged and leaves the others alone.
pub async fn tidy(services: &Services) -> Result<()> {
    let events = sqlx::query_scalar!(r#"SELECT app.empty_stripe_events() AS "events!""#).fetch_one(services.db.pool()).await?;
    let allowances = limits::forget(services).await?;
    tracing::debug!(events, allowances, "old events emptied");
    for tenant in tenancy::ids(&services.db).await? {
        match tidy_tenant(services, tenant).await {
            Ok((sessions, mails)) => tracing::debug!(%tenant, sessions, mails, "old rows removed or emptied"),
            Err(error) => tracing::warn!(%tenant, %error, "old rows could not be removed"),
        }
    }
    Ok(())
}

/// The ended sessions removed and the mails emptied.
async fn tidy_tenant(services: &Services, tenant: TenantId) -> Result<(u64, u64)> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let sessions = accounts::sessions::delete_expired(&mut tx).await?;
    accounts::proofs::delete_expired(&mut tx, services.now()).await?;
    accounts::delete_expired_challenges(&mut tx).await?;
    members::delete_expired_invitations(&mut tx).await?;
    members::delete_old_imports(&mut tx).await?;
    policies::sweep(&mut tx).await?;
    privacy::sweep(&mut tx).await?;
    operations::end_over(&mut tx).await?;
    let filled = sqlx::query_scalar!("SELECT app.storage_filled()").fetch_one(tx.conn()).await?;
    if let Some(percent) = filled {
        mailing::enqueue(&mut tx, Mailing::StorageFilling { percent, at: services.now() }).await?;
    }
    let mails = empty_mails(&mut tx).await?;
    tx.commit().await?;
    Ok((sessions, mails))
}

/// Empties mails of over 90 days ago that were sent or never will be, and those whose secret is over and that
/// nobody tries to send any more; at most 1000 at a time.
async fn empty_mails(tx: &mut TenantTx) -> Result<u64> {
    let done = sqlx::query!(
        "UPDATE mails SET to_name = '', to_address = '', subject = '', html = '', plain = '', ics = NULL
         WHERE tenant_id = $1 AND id IN (
           SELECT id FROM mails
           WHERE tenant_id = $1 AND to_address <> '' AND (created_at < now() - interval '90 days' AND (sent_at IS NOT NULL OR failure <> '')
             OR secret_until < now() AND created_at < now() - interval '7 days' AND sent_at IS NULL)
           ORDER BY created_at LIMIT 1000)",
        tx.tenant().0
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
