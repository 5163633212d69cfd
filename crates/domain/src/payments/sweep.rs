//! Looks after what nobody came back for: webhooks that never arrive, pages that stay open,
//! refunds that hang.

use super::{checkout, model::PaymentStatus, queries, refunds, settle};
use crate::{Result, Services, TenantTx};
use kernel::ids::TenantId;

/// Sweeps every tenant. A tenant's trouble is logged and leaves the others alone.
pub async fn sweep(services: &Services) -> Result<()> {
    let tenants = sqlx::query_scalar!(r#"SELECT id AS "id: TenantId" FROM tenants ORDER BY id"#).fetch_all(services.db.pool()).await?;
    for tenant in tenants {
        if let Err(error) = sweep_tenant(services, tenant).await {
            tracing::warn!(%tenant, %error, "sweep failed");
        }
    }
    Ok(())
}

/// Settles a tenant's open payments of over a minute, closes the pages whose hold is over, and
/// asks about refunds that nobody has asked about for an hour.
pub async fn sweep_tenant(services: &Services, tenant: TenantId) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let payments = queries::unsettled(&mut tx).await?;
    let stale = queries::stale_refunds(&mut tx).await?;
    tx.commit().await?;
    for payment in payments {
        let looked = match payment.status {
            PaymentStatus::Succeeded => settle::settle(services, tenant, payment.id, None).await.map(|_| ()),
            _ => look(services, tenant, &payment).await,
        };
        if let Err(error) = looked {
            tracing::warn!(payment = %payment.id, %error, "an open payment could not be settled");
        }
    }
    for refund in stale {
        if let Err(error) = refunds::pursue(services, tenant, refund).await {
            tracing::warn!(%refund, %error, "a refund could not be pursued");
        }
    }
    Ok(())
}

/// An open payment: perhaps paid, perhaps left behind.
async fn look(services: &Services, tenant: TenantId, payment: &super::Payment) -> Result<()> {
    let settled = settle::settle(services, tenant, payment.id, None).await?;
    match settled {
        settle::Settled::Open | settle::Settled::Nothing => checkout::expire(services, tenant, payment.order).await,
        settle::Settled::Paid | settle::Settled::Expired => Ok(()),
    }
}
