//! Takes up what waits, and removes what was left behind.

use super::{
    clear::{clear, provider},
    jobs::{ClearUpload, ScanUpload},
    model::{Status, tenant_folder},
    queries,
};
use crate::{Result, Services, TenantTx, jobs, tenancy};
use futures::TryStreamExt;
use jiff::SignedDuration;
use kernel::ids::{TenantId, UploadId};
use std::{collections::BTreeSet, pin::pin};

/// How long an object may be in the store before its row is there.
const UNBORN: SignedDuration = SignedDuration::from_hours(1);
/// How many uploads are asked about at once.
const BATCH: usize = 500;

/// Has every tenant's held uploads looked at again whose time has come, for as long as it takes; while
/// the scanner does not answer it is asked that once, and not for each of them. A tenant's trouble is
/// logged and leaves the others alone.
pub async fn sweep(services: &Services) -> Result<()> {
    let scanner = services.files.scanner.ping().await;
    if let Err(cause) = &scanner {
        tracing::warn!(%cause, "uploads stay held");
    }
    for tenant in tenancy::ids(&services.db).await? {
        if let Err(error) = sweep_tenant(services, tenant, scanner.is_ok()).await {
            tracing::warn!(%tenant, %error, "waiting uploads could not be taken up");
        }
    }
    Ok(())
}

async fn sweep_tenant(services: &Services, tenant: TenantId, held: bool) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    for (upload, status) in queries::take_up(&mut tx, held, services.now()).await? {
        if status == Status::Held {
            let job = ScanUpload { upload };
            jobs::enqueue_at(&mut tx, &job, None, Some(&job.key())).await?;
        } else {
            let job = ClearUpload { upload };
            jobs::enqueue_at(&mut tx, &job, None, Some(&job.key())).await?;
        }
    }
    tx.commit().await
}

/// Removes objects without an upload that stands for them, of every tenant: they were stored, and then
/// the transaction of their row did not come about. Once a day; it reads the names of all objects.
pub async fn sweep_objects(services: &Services) -> Result<()> {
    for tenant in tenancy::ids(&services.db).await? {
        if let Err(error) = sweep_folder(services, tenant).await {
            tracing::warn!(%tenant, %error, "objects that nobody needs could not be removed");
        }
    }
    Ok(())
}

/// Removes every object of a tenant, whose rows go with it.
pub(crate) async fn remove_folder(services: &Services, tenant: TenantId) -> Result<()> {
    let mut objects = pin!(services.files.store.list(&tenant_folder(tenant)).map_err(provider)?);
    while let Some(object) = objects.try_next().await.map_err(provider)? {
        services.files.store.delete(&object.key).await.map_err(provider)?;
    }
    Ok(())
}

async fn sweep_folder(services: &Services, tenant: TenantId) -> Result<()> {
    let born = services.now() - UNBORN;
    let mut objects = pin!(services.files.store.list(&tenant_folder(tenant)).map_err(provider)?);
    let mut seen = BTreeSet::new();
    while let Some(object) = objects.try_next().await.map_err(provider)? {
        let upload = object.key.split('/').nth(1).and_then(|id| id.parse::<UploadId>().ok());
        if let Some(upload) = upload.filter(|_| object.stored_at < born) {
            seen.insert(upload);
        }
        if seen.len() >= BATCH {
            clear_others(services, tenant, &std::mem::take(&mut seen)).await?;
        }
    }
    clear_others(services, tenant, &seen).await
}

/// Clears those of `seen` that are neither held nor clean.
async fn clear_others(services: &Services, tenant: TenantId, seen: &BTreeSet<UploadId>) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let ids: Vec<_> = seen.iter().map(|id| id.0).collect();
    let standing: BTreeSet<UploadId> = queries::standing(&mut tx, &ids).await?.into_iter().collect();
    tx.commit().await?;
    for upload in seen.difference(&standing) {
        tracing::info!(%tenant, %upload, "objects without an upload are removed");
        clear(services, tenant, *upload).await?;
    }
    Ok(())
}
