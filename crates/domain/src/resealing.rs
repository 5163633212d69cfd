//! Rotation of the key ring: what lives long is sealed again by the key that seals now, while the server runs.
//!
//! Each row is locked while that happens, so nothing that changes meanwhile is lost. What lives
//! for less than an hour (codes, links, challenges) is left to run out.

use crate::{
    Result, Services, TenantTx,
    accounts::{identity_providers, second_factor},
    keyring::Place,
    members, policies, tenancy,
};
use kernel::ids::{AccountId, TenantId};

/// Rows read at a time.
pub(crate) const BATCH: i64 = 500;

/// Seals every long-lived field again that another key sealed; says how many. For a command; as the web server.
pub async fn run(services: &Services) -> Result<u64> {
    let mut fields = 0;
    for tenant in tenancy::ids(&services.db).await? {
        fields += members::reseal_invitations(services, tenant).await?;
        fields += policies::reseal(services, tenant).await?;
        fields += identity_providers::reseal(services, tenant).await?;
        fields += tenancy::sender::reseal(services, tenant).await?;
        fields += accounts(services, tenant).await?;
    }
    Ok(fields)
}

/// The accounts of a tenant's members. One of several schools is met in each, and sealed again in the first.
async fn accounts(services: &Services, tenant: TenantId) -> Result<u64> {
    let (mut fields, mut after) = (0, uuid::Uuid::nil());
    loop {
        let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
        let batch = sqlx::query_scalar!(
            r#"SELECT account_id AS "account!: AccountId" FROM members WHERE tenant_id = $1 AND account_id > $2 ORDER BY account_id LIMIT $3"#,
            tenant.0,
            after,
            BATCH
        )
        .fetch_all(tx.conn())
        .await?;
        let Some(last) = batch.last() else { return Ok(fields) };
        after = last.0;
        for account in &batch {
            fields += second_factor::reseal(services, &mut tx, *account).await?;
        }
        tx.commit().await?;
    }
}

/// `sealed` for the same place by the key that seals now; none if that sealed it.
pub(crate) fn again(services: &Services, place: Place<'_>, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
    if services.keyring.is_current(sealed) {
        return Ok(None);
    }
    let plain = services.keyring.open(place, sealed)?;
    services.keyring.seal(&services.rng, place, &plain).map(Some)
}
