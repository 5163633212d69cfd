//! The scanner's verdict on a held upload, and what follows from it.

use super::{
    clear::provider,
    jobs::ClearUpload,
    model::{ORIGINAL, Status, object},
    queries::{self, Row, Verdict},
};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    jobs,
};
use bytes::Bytes;
use jiff::SignedDuration;
use kernel::ids::{TenantId, UploadId};
use providers::{
    images::{Kind, NoPicture, Picture},
    virus_scan::{self, Unscanned},
};
use sha2::{Digest, Sha256};

/// The longest that a held upload waits to be looked at again, while the scanner is away (minutes), and
/// when it was too large for it.
const LONGEST_WAIT: i64 = 5;
const TOO_LARGE_WAIT: i64 = 60;

/// Looks into a held upload. What the scanner calls clean is served from then on, pictures as made
/// anew; what it calls infected is gone. Without a verdict the upload stays held and is looked at again.
pub(super) async fn scan(services: &Services, tenant: TenantId, upload: UploadId) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let found = queries::find(&mut tx, upload).await?;
    tx.commit().await?;
    let Some(row) = found.filter(|row| row.status == Status::Held) else { return Ok(()) };
    let store = &services.files.store;
    let bytes = match store.get(&object(tenant, upload, ORIGINAL)).await {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            tracing::error!(%tenant, %upload, "a held upload's bytes are not in the store");
            return wait(services, tenant, &row, "scanner", LONGEST_WAIT).await;
        }
        Err(error) => {
            tracing::warn!(%tenant, %upload, %error, "the store does not answer");
            return wait(services, tenant, &row, "scanner", LONGEST_WAIT).await;
        }
    };
    if Sha256::digest(&bytes).as_slice() != row.sha256 {
        return Err(Error::Broken("a held upload's bytes are those that were sent"));
    }
    match services.files.scanner.scan(&bytes).await {
        Ok(virus_scan::Verdict::Clean) => {
            note("clean");
            release(services, tenant, &row, bytes).await
        }
        Ok(virus_scan::Verdict::Infected(name)) => {
            note("infected");
            condemn(services, tenant, &row, &name).await
        }
        Err(Unscanned::TooLarge) => {
            note("too_large");
            wait(services, tenant, &row, "too_large", TOO_LARGE_WAIT).await
        }
        Err(Unscanned::Unavailable(cause)) => {
            note("unavailable");
            tracing::warn!(%tenant, %upload, cause, "no verdict: an upload stays held");
            wait(services, tenant, &row, "scanner", LONGEST_WAIT).await
        }
    }
}

fn note(outcome: &'static str) {
    metrics::counter!("uploads_scanned_total", "outcome" => outcome).increment(1);
}

/// Stays held; looked at again after one minute, two, four, up to `most`.
async fn wait(services: &Services, tenant: TenantId, row: &Row, reason: &str, most: i64) -> Result<()> {
    let minutes = 1_i64.checked_shl(row.attempts.unsigned_abs()).unwrap_or(most).clamp(1, most);
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    queries::wait(&mut tx, row.id, reason, services.now() + SignedDuration::from_mins(minutes)).await?;
    tx.commit().await
}

/// Serves a clean upload from now on. A picture is made anew first, which is the first time that
/// anything of ours reads it, and after the scanner did.
async fn release(services: &Services, tenant: TenantId, row: &Row, bytes: Bytes) -> Result<()> {
    let kind = Kind::named(&row.media_type).ok_or(Error::Broken("an upload's media type is one of ours"))?;
    if !kind.is_picture() {
        return decide(services, tenant, row, &Verdict { counted: row.counted_bytes, ..Verdict::clean(kind) }).await;
    }
    let (names, shapes) = row.purpose.renditions();
    let pictures = match services.files.images.make(kind, bytes, shapes).await {
        Ok(pictures) => pictures,
        Err(NoPicture::Busy) => return Err(Error::Provider { provider: "images", cause: "too many at once".to_owned() }),
        Err(NoPicture::Broken | NoPicture::TooLarge) => return reject(services, tenant, row).await,
    };
    let mut counted = 0;
    for (name, picture) in names.iter().zip(&pictures) {
        services.files.store.put(&object(tenant, row.id, name), picture.bytes.clone()).await.map_err(provider)?;
        counted += i64::try_from(picture.bytes.len()).unwrap_or(i64::MAX);
    }
    let largest = pictures.first().ok_or(Error::Broken("a picture has a rendition"))?;
    // A small file may grow when it is encoded again. That is our doing and does not count.
    decide(services, tenant, row, &Verdict { counted: counted.min(row.counted_bytes), ..of_picture(largest) }).await
}

fn of_picture(picture: &Picture) -> Verdict {
    let edge = |pixels| i32::try_from(pixels).ok();
    Verdict { width: edge(picture.width), height: edge(picture.height), ..Verdict::clean(picture.kind) }
}

/// Writes down that an upload is clean, and shows it in place of the one before.
async fn decide(services: &Services, tenant: TenantId, row: &Row, verdict: &Verdict) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let decided = queries::mark_clean(&mut tx, row.id, verdict, services.now()).await?;
    if decided {
        let replaced = queries::show(&mut tx, row, services.now()).await?;
        for upload in replaced {
            enqueue_clear(&mut tx, upload).await?;
        }
    }
    // What was sent, of a picture; all of it, if it was removed meanwhile.
    enqueue_clear(&mut tx, row.id).await?;
    tx.commit().await?;
    forget_face(services, tenant).await
}

/// The bytes go; the owner sees why, and the audit log tells of it.
async fn condemn(services: &Services, tenant: TenantId, row: &Row, name: &str) -> Result<()> {
    let at = services.tenants.by_id(&services.db, tenant).await?.ok_or(Error::Broken("an upload's tenant is there"))?;
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    if queries::end(&mut tx, row.id, Status::Infected, name, services.now()).await? {
        enqueue_clear(&mut tx, row.id).await?;
        let owner = queries::owner_name(&mut tx, row.owner).await?;
        let found = serde_json::json!({ "found": name, "purpose": row.purpose.key() });
        let entry = Entry::new(Action::UploadInfected)
            .by(row.owner, owner)
            .on("upload", row.id, &row.name)
            .about(row.owner)
            .change(serde_json::Value::Null, found);
        audit::record(&mut tx, services, &Actor::anonymous(at), entry).await?;
    }
    tx.commit().await
}

/// It is no picture that can be read.
async fn reject(services: &Services, tenant: TenantId, row: &Row) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    if queries::end(&mut tx, row.id, Status::Rejected, "broken", services.now()).await? {
        enqueue_clear(&mut tx, row.id).await?;
    }
    tx.commit().await
}

/// Has an upload's objects looked after, once this transaction is there.
pub(super) async fn enqueue_clear(tx: &mut TenantTx, upload: UploadId) -> Result<()> {
    let job = ClearUpload { upload };
    jobs::enqueue_at(tx, &job, None, Some(&job.key())).await
}

/// Has this process read the tenant's face anew.
async fn forget_face(services: &Services, tenant: TenantId) -> Result<()> {
    if let Some(tenant) = services.tenants.by_id(&services.db, tenant).await? {
        services.tenants.forget(&tenant.slug);
    }
    Ok(())
}
