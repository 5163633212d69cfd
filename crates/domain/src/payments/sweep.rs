//! Looks after what nobody came back for: webhooks that never arrive, pages that stay open,
//! refunds that hang.

use super::{checkout, model::PaymentStatus, queries, refunds, settle};
use crate::{Error, Result, Services, TenantTx};
use kernel::{
    AppError,
    ids::{PaymentId, TenantId},
};

/// Sweeps every tenant. A tenant's trouble is logged and leaves the others alone, but once
/// Stripe does not answer the rest waits for the next sweep: every call would wait for its
/// time-out too.
pub async fn sweep(services: &Services) -> Result<()> {
    // In any order, so that nobody always stands behind the one that Stripe does not answer for.
    let tenants =
        sqlx::query_scalar!(r#"SELECT id AS "id: TenantId" FROM tenants ORDER BY random()"#).fetch_all(services.db.pool()).await?;
    for tenant in tenants {
        match sweep_tenant(services, tenant).await {
            Ok(()) => {}
            Err(error) if is_temporary(&error) => {
                tracing::warn!(%tenant, "sweep stopped: Stripe does not answer");
                return Ok(());
            }
            Err(error) => tracing::warn!(%tenant, %error, "sweep failed"),
        }
    }
    Ok(())
}

/// Whether Stripe does not answer now.
const fn is_temporary(error: &Error) -> bool {
    matches!(error, Error::App(AppError::Unavailable(_)))
}

/// Settles a tenant's open payments of over a minute, closes the pages whose hold is over, and
/// asks about refunds that nobody has asked about for an hour. What fails is logged, and comes
/// last the next time.
///
/// # Errors
/// Unavailable `error-payment-down` as soon as Stripe does not answer.
pub async fn sweep_tenant(services: &Services, tenant: TenantId) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let payments = queries::unsettled(&mut tx).await?;
    let stale = queries::stale_refunds(&mut tx).await?;
    tx.commit().await?;
    for payment in payments {
        touch(services, tenant, payment.id).await?;
        let looked = match payment.status {
            PaymentStatus::Succeeded => settle::settle(services, tenant, payment.id, None).await.map(|_| ()),
            _ => look(services, tenant, &payment).await,
        };
        if let Err(error) = looked {
            if is_temporary(&error) {
                return Err(error);
            }
            tracing::warn!(payment = %payment.id, %error, "an open payment could not be settled");
        }
    }
    for refund in stale {
        if let Err(error) = refunds::pursue(services, tenant, refund).await {
            if is_temporary(&error) {
                return Err(error);
            }
            tracing::warn!(%refund, %error, "a refund could not be pursued");
        }
    }
    Ok(())
}

async fn touch(services: &Services, tenant: TenantId, payment: PaymentId) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    queries::touch_payment(&mut tx, payment).await?;
    tx.commit().await
}

/// An open payment: perhaps paid, perhaps left behind.
async fn look(services: &Services, tenant: TenantId, payment: &super::Payment) -> Result<()> {
    let settled = settle::settle(services, tenant, payment.id, None).await?;
    match settled {
        settle::Settled::Open | settle::Settled::Nothing => checkout::expire(services, tenant, payment.order).await,
        settle::Settled::Paid | settle::Settled::Expired => Ok(()),
    }
}
