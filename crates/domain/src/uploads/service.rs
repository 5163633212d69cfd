//! What may be done with uploads.

use super::{
    clear::provider,
    jobs::ScanUpload,
    links,
    model::{Mine, ORIGINAL, Purpose, Status, Storage, file_name, object},
    queries::{self, New},
    scan::enqueue_clear,
};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    jobs,
    limits::{self, Allowance},
    policies,
};
use bytes::Bytes;
use jiff::Timestamp;
use kernel::{
    AppError, FieldError, Flag, FormErrors, Permission, Role,
    ids::{MemberId, TenantId, UploadId},
};
use providers::images::{Images, Kind, NoPicture};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The field that a file is in, and its errors.
const FIELD: &str = "file";
/// The smallest logo or photo that is any use (pixels, on each edge).
const SMALLEST_EDGE: u32 = 32;

/// A member may send one file. Only with one can a file be sent.
#[derive(Debug)]
pub struct Permit {
    purpose: Purpose,
    owner: MemberId,
    /// The most bytes that are taken.
    pub most: u64,
}

/// Asks whether the member may send a file, and counts that they do. Comes before the file is read.
///
/// # Errors
/// [`AppError::NotFound`] without the role, [`AppError::RateLimited`] after too many, [`AppError::Consent`] for the photo
/// of somebody young without a guardian's consent.
pub async fn permit(services: &Services, actor: &Actor, purpose: Purpose) -> Result<Permit> {
    let owner = owner(actor, purpose)?;
    actor.with(Flag::Uploads, "error-uploads-paused")?;
    if purpose == Purpose::Photo {
        policies::require_guardian(services, actor, owner).await?;
    }
    limits::take(services, Allowance::UploadOf(actor.tenant.id, owner)).await?;
    Ok(Permit { purpose, owner, most: purpose.most(services.files.limits) })
}

/// Who may send, replace and remove what is for `purpose`.
fn owner(actor: &Actor, purpose: Purpose) -> Result<MemberId> {
    Ok(match purpose {
        Purpose::Logo => actor.permit(Permission::ManageSettings)?.id,
        Purpose::Photo => actor.require(Role::Tutor)?.id,
        Purpose::Attachment => actor.member()?.id,
    })
}

/// A file that is larger than `most` bytes.
fn too_large(most: u64) -> AppError {
    let mut errors = FormErrors::default();
    errors.add(FIELD, FieldError::new("error-file-too-large").with("max", most >> 20));
    AppError::Invalid(errors)
}

/// What a file is, by its contents.
fn check(permit: &Permit, bytes: &[u8]) -> Result<Kind, AppError> {
    if bytes.is_empty() {
        return Err(AppError::field(FIELD, "error-file-missing"));
    }
    if u64::try_from(bytes.len()).is_ok_and(|size| size > permit.most) {
        return Err(too_large(permit.most));
    }
    let kind = Kind::of(bytes).filter(|kind| !permit.purpose.is_public() || kind.is_picture());
    let kind = kind.ok_or(AppError::field(FIELD, if permit.purpose.is_public() { "error-file-picture" } else { "error-file-kind" }))?;
    if kind.is_picture() {
        let (width, height) = Images::dimensions(kind, bytes).map_err(|fault| match fault {
            NoPicture::TooLarge => AppError::field(FIELD, "error-picture-too-large"),
            NoPicture::Broken | NoPicture::Busy => AppError::field(FIELD, "error-file-picture"),
        })?;
        if permit.purpose.is_public() && width.min(height) < SMALLEST_EDGE {
            return Err(AppError::field(FIELD, "error-picture-too-small"));
        }
    }
    Ok(kind)
}

/// Takes a file and holds it until the scanner has seen it. `bytes` is `None` when they were more than
/// the permit's; `name` is what the sender calls it.
///
/// # Errors
/// At `file`: nothing sent, too large, of no kind that is taken, no room in the tenant's storage.
pub async fn accept(services: &Services, actor: &Actor, permit: Permit, name: &str, bytes: Option<Bytes>) -> Result<UploadId> {
    let bytes = bytes.ok_or_else(|| too_large(permit.most))?;
    let kind = check(&permit, &bytes)?;
    let (id, tenant): (UploadId, TenantId) = (services.id(), actor.tenant.id);
    let sha256 = Sha256::digest(&bytes);
    let key = object(tenant, id, ORIGINAL);
    let size = i64::try_from(bytes.len()).map_err(|_| Error::Broken("a file fits into memory"))?;
    // Before the row: a row without its bytes would be scanned in vain, bytes without a row are swept.
    services.files.store.put(&key, bytes).await.map_err(|error| {
        tracing::error!(cause = %error, "the store takes no file");
        AppError::Unavailable("error-unavailable".into())
    })?;
    let name = file_name(name, kind);
    let new = New { id, owner: permit.owner, purpose: permit.purpose, name: &name, kind, size, sha256: &sha256 };
    let written = write(services, actor, &new).await;
    if written.is_err()
        && let Err(error) = services.files.store.delete(&key).await
    {
        tracing::warn!(cause = %error, "the bytes of a refused file stay for the sweep");
    }
    written.map(|()| id)
}

async fn write(services: &Services, actor: &Actor, new: &New<'_>) -> Result<()> {
    let now = services.now();
    let quota = i64::try_from(services.files.limits.quota_bytes).unwrap_or(i64::MAX);
    let mut tx = actor.begin(&services.db).await?;
    if new.purpose.is_public() {
        // What waits and what came to nothing gives way to the new one; what is shown stays until it is clean.
        let over = [Status::Held, Status::Infected, Status::Rejected];
        let replaced = queries::remove(&mut tx, new.purpose, new.owner, &over, None, now).await?;
        clear_all(&mut tx, replaced).await?;
    }
    queries::insert(&mut tx, new, quota, now)
        .await
        .map_err(|error| error.on_constraint("tenant_storage_quota", AppError::field(FIELD, "error-storage-full")))?;
    let job = ScanUpload { upload: new.id };
    jobs::enqueue_at(&mut tx, &job, None, Some(&job.key())).await?;
    if new.purpose == Purpose::Logo {
        let sent = Entry::new(Action::LogoSent).on("upload", new.id, new.name).change(Value::Null, json!({ "bytes": new.size }));
        audit::record(&mut tx, services, actor, sent).await?;
    }
    tx.commit().await
}

async fn clear_all(tx: &mut TenantTx, uploads: Vec<UploadId>) -> Result<()> {
    for upload in uploads {
        enqueue_clear(tx, upload).await?;
    }
    Ok(())
}

/// Removes the logo or the actor's own photo, and whatever waits in its place.
pub async fn remove(services: &Services, actor: &Actor, purpose: Purpose) -> Result<()> {
    let owner = owner(actor, purpose)?;
    let all = [Status::Held, Status::Clean, Status::Infected, Status::Rejected];
    let mut tx = actor.begin(&services.db).await?;
    queries::show_none(&mut tx, purpose, owner).await?;
    let removed = queries::remove(&mut tx, purpose, owner, &all, None, services.now()).await?;
    clear_all(&mut tx, removed).await?;
    if purpose == Purpose::Logo {
        audit::record(&mut tx, services, actor, Entry::new(Action::LogoRemoved)).await?;
    }
    tx.commit().await?;
    services.tenants.forget(&actor.tenant.slug);
    Ok(())
}

/// Removes one of the actor's own attachments.
pub async fn remove_attachment(services: &Services, actor: &Actor, upload: UploadId) -> Result<()> {
    let owner = owner(actor, Purpose::Attachment)?;
    let mut tx = actor.begin(&services.db).await?;
    if !queries::remove_one(&mut tx, upload, owner, services.now()).await? {
        return Err(AppError::NotFound.into());
    }
    enqueue_clear(&mut tx, upload).await?;
    tx.commit().await
}

/// A member's own clean files, named by what they are: photo and attachments; the largest form of each.
pub(crate) async fn files_of(services: &Services, tenant: TenantId, member: MemberId) -> Result<Vec<(String, Bytes)>> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let rows = queries::clean_of(&mut tx, member).await?;
    tx.commit().await?;
    let mut files = Vec::new();
    for row in rows {
        let kind = Kind::named(&row.media_type).ok_or(Error::Broken("an upload's media type is one of ours"))?;
        let Some(name) = row.purpose.kept(kind).first() else { continue };
        let bytes = services.files.store.get(&object(tenant, row.id, name)).await.map_err(provider)?;
        files.extend(bytes.map(|bytes| (format!("{}-{}", row.id, file_name(&row.name, kind)), bytes)));
    }
    Ok(files)
}

/// The clean files of a school: what each is called in an archive, and its key in the store.
pub(crate) async fn clean_objects(services: &Services, tenant: TenantId) -> Result<Vec<(String, String)>> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let rows = queries::clean(&mut tx).await?;
    tx.commit().await?;
    let mut objects = Vec::new();
    for row in rows {
        let kind = Kind::named(&row.media_type).ok_or(Error::Broken("an upload's media type is one of ours"))?;
        let Some(name) = row.purpose.kept(kind).first() else { continue };
        objects.push((format!("{}-{}", row.id, file_name(&row.name, kind)), object(tenant, row.id, name)));
    }
    Ok(objects)
}

/// Removes what a member has of photos besides the one that is shown, as far as a scanner has seen it.
pub(crate) async fn keep_one_photo(tx: &mut TenantTx, member: MemberId, now: Timestamp) -> Result<()> {
    let shown = queries::shown(tx, Purpose::Photo, member).await?;
    let removed = queries::remove(tx, Purpose::Photo, member, &[Status::Clean], shown, now).await?;
    clear_all(tx, removed).await
}

/// Marks everything that a member sent, but the school's logo, as removed, and has the objects cleared.
pub(crate) async fn remove_all_of(tx: &mut TenantTx, member: MemberId, now: Timestamp) -> Result<()> {
    let removed = queries::remove_all(tx, member, now).await?;
    clear_all(tx, removed).await
}

/// The logo or the actor's own photo, and what was sent since.
pub async fn mine(services: &Services, actor: &Actor, purpose: Purpose) -> Result<Mine> {
    let owner = owner(actor, purpose)?;
    let mut tx = actor.begin(&services.db).await?;
    let shown = queries::shown(&mut tx, purpose, owner).await?;
    let latest = queries::latest(&mut tx, purpose, owner).await?;
    tx.commit().await?;
    Ok(Mine { shown, latest })
}

/// An address from which one of the actor's own attachments can be had for an hour. Whoever shows files to
/// others decides who that is, and makes the links for them.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs; a conflict while it is not clean.
pub async fn attachment_link(services: &Services, actor: &Actor, upload: UploadId) -> Result<String> {
    let owner = owner(actor, Purpose::Attachment)?;
    let mut tx = actor.begin(&services.db).await?;
    let row = queries::find(&mut tx, upload).await?;
    tx.commit().await?;
    let row = row.filter(|row| row.owner == owner && row.purpose == Purpose::Attachment && row.status != Status::Removed);
    match row.ok_or(AppError::NotFound)?.status {
        Status::Clean => Ok(links::attachment(&services.tenants, &services.keyring, actor.tenant.id, upload, services.now())),
        _ => Err(AppError::conflict("error-file-held").into()),
    }
}

/// What the school keeps, for its admins.
pub async fn storage(services: &Services, actor: &Actor) -> Result<Storage> {
    actor.permit(Permission::ManageSettings)?;
    let mut tx = actor.begin(&services.db).await?;
    let kept = queries::storage(&mut tx).await?;
    tx.commit().await?;
    Ok(kept.unwrap_or(Storage { used: 0, quota: i64::try_from(services.files.limits.quota_bytes).unwrap_or(i64::MAX) }))
}
