//! Objects that nobody needs any more.

use super::{
    model::{Status, folder, object},
    queries,
};
use crate::{Error, Result, Services, TenantTx};
use futures::TryStreamExt;
use kernel::ids::{TenantId, UploadId};
use providers::{images::Kind, storage::StoreError};

/// Removes the objects of an upload that its row does not stand for; the row of a removed one goes
/// after them.
pub(super) async fn clear(services: &Services, tenant: TenantId, upload: UploadId) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let found = queries::find(&mut tx, upload).await?;
    tx.commit().await?;
    let kept: &[&str] = match &found {
        Some(row) if row.status == Status::Held => return Ok(()),
        Some(row) if row.status == Status::Clean => {
            row.purpose.kept(Kind::named(&row.media_type).ok_or(Error::Broken("an upload's media type is one of ours"))?)
        }
        _ => &[],
    };
    let kept: Vec<String> = kept.iter().map(|name| object(tenant, upload, name)).collect();
    let store = &services.files.store;
    let there: Vec<_> = store.list(&folder(tenant, upload)).map_err(provider)?.try_collect().await.map_err(provider)?;
    for gone in there.iter().filter(|object| !kept.contains(&object.key)) {
        store.delete(&gone.key).await.map_err(provider)?;
    }
    if found.is_some_and(|row| row.status == Status::Removed) {
        let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
        queries::delete_removed(&mut tx, upload).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The store's fault.
pub(crate) fn provider(error: StoreError) -> Error {
    Error::Provider { provider: "storage", cause: error.to_string() }
}
