//! Looks after what nobody came back for: webhooks that never arrive, pages that stay open,
//! refunds that hang.

use super::{checkout, model::PaymentStatus, queries, refunds, settle};
use crate::{Error, Result, Services, TenantTx};
use kernel::ids::{PaymentId, RefundId, TenantId};

/// After how many failures in a row the rest of a list is left for the next sweep: it is not the
/// fault of the one that failed.
const PATIENCE: u32 = 3;

/// Sweeps every tenant. A tenant's trouble is logged and leaves the others alone, but once
/// Stripe answers nobody the rest waits for the next sweep: every call would wait for its
/// time-out too.
pub async fn sweep(services: &Services) -> Result<()> {
    // In any order, so that nobody always stands behind the one that Stripe does not answer for.
    let tenants =
        sqlx::query_scalar!(r#"SELECT id AS "id: TenantId" FROM tenants ORDER BY random()"#).fetch_all(services.db.pool()).await?;
    for tenant in tenants {
        match sweep_tenant(services, tenant).await {
            Ok(()) => {}
            Err(Error::Unreachable(_)) => {
                tracing::warn!(%tenant, "sweep stopped: Stripe does not answer");
                return Ok(());
            }
            Err(error) => tracing::warn!(%tenant, %error, "sweep failed"),
        }
    }
    Ok(())
}

/// Settles a tenant's open payments of over a minute, closes the pages whose hold is over, and
/// asks about refunds that nobody has asked about for a while. What fails is logged, and comes
/// last the next time.
///
/// # Errors
/// Unreachable as soon as Stripe answers nobody, after at least one refund was tried.
pub async fn sweep_tenant(services: &Services, tenant: TenantId) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let payments = queries::unsettled(&mut tx).await?;
    let refunds = queries::stale_refunds(&mut tx).await?;
    tx.commit().await?;
    // One after the other whatever comes of the first: a key may be good for either alone.
    let settled = sweep_payments(services, tenant, &payments).await;
    sweep_refunds(services, tenant, &refunds).await?;
    settled
}

async fn sweep_payments(services: &Services, tenant: TenantId, payments: &[super::Payment]) -> Result<()> {
    let mut run = Run::default();
    for payment in payments {
        touch(services, tenant, payment.id).await?;
        let looked = match payment.status {
            PaymentStatus::Succeeded => settle::settle(services, tenant, payment.id, None).await.map(|_| ()),
            _ => look(services, tenant, payment).await,
        };
        if run.is_over(looked, "payment", payment.id)? {
            break;
        }
    }
    Ok(())
}

async fn sweep_refunds(services: &Services, tenant: TenantId, refunds: &[RefundId]) -> Result<()> {
    let mut run = Run::default();
    for refund in refunds {
        if run.is_over(refunds::pursue(services, tenant, *refund).await, "refund", refund)? {
            break;
        }
    }
    Ok(())
}

/// Failures in a row.
#[derive(Default)]
struct Run(u32);

impl Run {
    /// Logs a failure; whether the rest of the list is to be left.
    ///
    /// # Errors
    /// The failure, if it is not that of the one thing: Stripe answers nobody.
    fn is_over(&mut self, looked: Result<()>, what: &'static str, id: impl std::fmt::Display) -> Result<bool> {
        match looked {
            Ok(()) => self.0 = 0,
            Err(error @ Error::Unreachable(_)) => return Err(error),
            Err(error) => {
                tracing::warn!(what, %id, %error, "the sweep could not look after it");
                self.0 += 1;
            }
        }
        Ok(self.0 >= PATIENCE)
    }
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
