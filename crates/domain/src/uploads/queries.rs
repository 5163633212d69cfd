//! SQL of uploads.

use super::model::{Purpose, Status, Storage, Upload};
use crate::{Result, TenantTx};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use kernel::{
    AppError,
    ids::{MemberId, UploadId},
};
use providers::images::Kind;

/// How long a job that was enqueued has before the sweep enqueues another.
const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// How many a sweep takes up at once, of one tenant.
const BATCH: i64 = 100;

/// An upload as the worker needs it.
pub(super) struct Row {
    pub id: UploadId,
    pub owner: MemberId,
    pub purpose: Purpose,
    pub name: String,
    pub media_type: String,
    pub sha256: Vec<u8>,
    pub status: Status,
    pub counted_bytes: i64,
    pub attempts: i32,
}

/// A file that was taken.
pub(super) struct New<'a> {
    pub id: UploadId,
    pub owner: MemberId,
    pub purpose: Purpose,
    pub name: &'a str,
    pub kind: Kind,
    pub size: i64,
    pub sha256: &'a [u8],
}

/// What is written down of a clean upload.
pub(super) struct Verdict {
    pub kind: Kind,
    pub counted: i64,
    pub width: Option<i32>,
    pub height: Option<i32>,
}

impl Verdict {
    /// Without more to say than its kind.
    pub const fn clean(kind: Kind) -> Self {
        Self { kind, counted: 0, width: None, height: None }
    }
}

/// An upload of the transaction's tenant.
pub(super) async fn find(tx: &mut TenantTx, upload: UploadId) -> Result<Option<Row>> {
    Ok(sqlx::query_as!(
        Row,
        r#"SELECT id AS "id: UploadId", owner_id AS "owner: MemberId", purpose AS "purpose: Purpose", name, media_type, sha256,
             status AS "status: Status", counted_bytes, attempts
           FROM uploads WHERE tenant_id = $1 AND id = $2"#,
        tx.tenant().0,
        upload.0
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Writes a file that was taken; the tenant's quota decides whether it may.
pub(super) async fn insert(tx: &mut TenantTx, new: &New<'_>, quota: i64, now: Timestamp) -> Result<()> {
    sqlx::query!("SELECT app.set_storage_quota($1)", quota).execute(tx.conn()).await?;
    let written = sqlx::query!(
        "INSERT INTO uploads (tenant_id, id, owner_id, purpose, name, media_type, size_bytes, sha256, counted_bytes, next_at, created_at)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $7, $9, $10
         FROM members WHERE tenant_id = $1 AND id = $3 AND status NOT IN ('erased', 'merged') FOR KEY SHARE",
        tx.tenant().0,
        new.id.0,
        new.owner.0,
        new.purpose.key(),
        new.name,
        new.kind.media_type(),
        new.size,
        new.sha256,
        (now + LEASE).to_sqlx() as _,
        now.to_sqlx() as _
    )
    .execute(tx.conn())
    .await?;
    // Forgotten, or merged into somebody else, while it was sent.
    if written.rows_affected() == 1 { Ok(()) } else { Err(AppError::Unauthenticated.into()) }
}

/// Has a held upload looked at again at `next`.
pub(super) async fn wait(tx: &mut TenantTx, upload: UploadId, reason: &str, next: Timestamp) -> Result<()> {
    sqlx::query!(
        "UPDATE uploads SET attempts = attempts + 1, reason = $3, next_at = $4 WHERE tenant_id = $1 AND id = $2 AND status = 'held'",
        tx.tenant().0,
        upload.0,
        reason,
        next.to_sqlx() as _
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A held upload is clean; `false` when it is not held any more.
pub(super) async fn mark_clean(tx: &mut TenantTx, upload: UploadId, verdict: &Verdict, now: Timestamp) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE uploads SET status = 'clean', reason = '', scanned_at = $3, media_type = $4, counted_bytes = $5, width = $6, height = $7
         WHERE tenant_id = $1 AND id = $2 AND status = 'held'",
        tx.tenant().0,
        upload.0,
        now.to_sqlx() as _,
        verdict.kind.media_type(),
        verdict.counted,
        verdict.width,
        verdict.height
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A held upload is infected or rejected; `false` when it is not held any more.
pub(super) async fn end(tx: &mut TenantTx, upload: UploadId, status: Status, reason: &str, now: Timestamp) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE uploads SET status = $3, reason = left($4, 200), scanned_at = $5, counted_bytes = 0
         WHERE tenant_id = $1 AND id = $2 AND status = 'held'",
        tx.tenant().0,
        upload.0,
        status as _,
        reason,
        now.to_sqlx() as _
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Shows a clean logo or photo, unless a newer one is shown. The answer is what nobody sees any more.
pub(super) async fn show(tx: &mut TenantTx, row: &Row, now: Timestamp) -> Result<Vec<UploadId>> {
    let tenant = tx.tenant().0;
    match row.purpose {
        Purpose::Attachment => return Ok(Vec::new()),
        Purpose::Logo => {
            sqlx::query!("UPDATE tenants SET logo_id = $2 WHERE id = $1 AND (logo_id IS NULL OR logo_id < $2)", tenant, row.id.0)
                .execute(tx.conn())
                .await?;
        }
        Purpose::Photo => {
            sqlx::query!(
                "UPDATE members SET photo_id = $3 WHERE tenant_id = $1 AND id = $2 AND status NOT IN ('erased', 'merged') AND (photo_id IS NULL OR photo_id < $3)",
                tenant,
                row.owner.0,
                row.id.0
            )
            .execute(tx.conn())
            .await?;
        }
    }
    let shown = shown(tx, row.purpose, row.owner).await?;
    remove(tx, row.purpose, row.owner, &[Status::Clean], shown, now).await
}

/// The logo or the photo that everybody sees.
pub(super) async fn shown(tx: &mut TenantTx, purpose: Purpose, owner: MemberId) -> Result<Option<UploadId>> {
    let tenant = tx.tenant().0;
    Ok(match purpose {
        Purpose::Attachment => None,
        Purpose::Logo => {
            sqlx::query_scalar!(r#"SELECT logo_id AS "id: UploadId" FROM tenants WHERE id = $1"#, tenant).fetch_one(tx.conn()).await?
        }
        Purpose::Photo => {
            sqlx::query_scalar!(r#"SELECT photo_id AS "id: UploadId" FROM members WHERE tenant_id = $1 AND id = $2"#, tenant, owner.0)
                .fetch_optional(tx.conn())
                .await?
                .flatten()
        }
    })
}

/// Shows no logo or photo any more.
pub(super) async fn show_none(tx: &mut TenantTx, purpose: Purpose, owner: MemberId) -> Result<()> {
    let tenant = tx.tenant().0;
    match purpose {
        Purpose::Attachment => {}
        Purpose::Logo => {
            sqlx::query!("UPDATE tenants SET logo_id = NULL WHERE id = $1", tenant).execute(tx.conn()).await?;
        }
        Purpose::Photo => {
            sqlx::query!("UPDATE members SET photo_id = NULL WHERE tenant_id = $1 AND id = $2", tenant, owner.0).execute(tx.conn()).await?;
        }
    }
    Ok(())
}

/// Marks as removed what a school sent as its logo, or a member as their photo, that stands as one of
/// `statuses`; not `but`.
pub(super) async fn remove(
    tx: &mut TenantTx,
    purpose: Purpose,
    owner: MemberId,
    statuses: &[Status],
    but: Option<UploadId>,
    now: Timestamp,
) -> Result<Vec<UploadId>> {
    Ok(sqlx::query_scalar!(
        r#"UPDATE uploads SET status = 'removed', counted_bytes = 0, next_at = $6
           WHERE tenant_id = $1 AND purpose = $2 AND ($2 = 'logo' OR owner_id = $3) AND status = ANY ($4::text[]) AND id IS DISTINCT FROM $5
           RETURNING id AS "id: UploadId""#,
        tx.tenant().0,
        purpose.key(),
        owner.0,
        &statuses.iter().map(|status| status.key().to_owned()).collect::<Vec<_>>(),
        but.map(|id| id.0),
        (now + LEASE).to_sqlx() as _
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Marks one of an owner's uploads as removed; `false` when there is none.
pub(super) async fn remove_one(tx: &mut TenantTx, upload: UploadId, owner: MemberId, now: Timestamp) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE uploads SET status = 'removed', counted_bytes = 0, next_at = $4
         WHERE tenant_id = $1 AND id = $2 AND owner_id = $3 AND purpose = 'attachment' AND status <> 'removed'",
        tx.tenant().0,
        upload.0,
        owner.0,
        (now + LEASE).to_sqlx() as _
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A member's clean uploads, but the school's logo.
pub(super) async fn clean_of(tx: &mut TenantTx, owner: MemberId) -> Result<Vec<Row>> {
    let ids = sqlx::query_scalar!(
        r#"SELECT id AS "id: UploadId" FROM uploads WHERE tenant_id = $1 AND owner_id = $2 AND purpose <> 'logo' AND status = 'clean' ORDER BY id"#,
        tx.tenant().0,
        owner.0
    )
    .fetch_all(tx.conn())
    .await?;
    each(tx, ids).await
}

/// Every clean upload.
pub(super) async fn clean(tx: &mut TenantTx) -> Result<Vec<Row>> {
    let ids = sqlx::query_scalar!(
        r#"SELECT id AS "id: UploadId" FROM uploads WHERE tenant_id = $1 AND status = 'clean' ORDER BY id"#,
        tx.tenant().0
    )
    .fetch_all(tx.conn())
    .await?;
    each(tx, ids).await
}

async fn each(tx: &mut TenantTx, ids: Vec<UploadId>) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for id in ids {
        rows.extend(find(tx, id).await?);
    }
    Ok(rows)
}

/// Marks a member's uploads, but the school's logo, as removed.
pub(super) async fn remove_all(tx: &mut TenantTx, owner: MemberId, now: Timestamp) -> Result<Vec<UploadId>> {
    Ok(sqlx::query_scalar!(
        r#"UPDATE uploads SET status = 'removed', counted_bytes = 0, next_at = $3
           WHERE tenant_id = $1 AND owner_id = $2 AND purpose <> 'logo' AND status <> 'removed' RETURNING id AS "id: UploadId""#,
        tx.tenant().0,
        owner.0,
        (now + LEASE).to_sqlx() as _
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Deletes the row of a removed upload.
pub(super) async fn delete_removed(tx: &mut TenantTx, upload: UploadId) -> Result<()> {
    sqlx::query!("DELETE FROM uploads WHERE tenant_id = $1 AND id = $2 AND status = 'removed'", tx.tenant().0, upload.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The newest that was sent and is not shown.
pub(super) async fn latest(tx: &mut TenantTx, purpose: Purpose, owner: MemberId) -> Result<Option<Upload>> {
    let row = sqlx::query!(
        r#"SELECT id AS "id: UploadId", name, media_type, size_bytes, status AS "status: Status", reason, created_at FROM uploads
           WHERE tenant_id = $1 AND purpose = $2 AND ($2 = 'logo' OR owner_id = $3) AND status IN ('held', 'infected', 'rejected')
           ORDER BY id DESC LIMIT 1"#,
        tx.tenant().0,
        purpose.key(),
        owner.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Upload {
        id: row.id,
        name: row.name,
        media_type: row.media_type,
        size: row.size_bytes,
        status: row.status,
        reason: row.reason,
        created_at: row.created_at.to_jiff(),
    }))
}

/// What the tenant keeps; nothing before its first upload.
pub(super) async fn storage(tx: &mut TenantTx) -> Result<Option<Storage>> {
    Ok(sqlx::query_as!(Storage, "SELECT used_bytes AS used, quota_bytes AS quota FROM tenant_storage WHERE tenant_id = $1", tx.tenant().0)
        .fetch_optional(tx.conn())
        .await?)
}

/// Takes up what waited long enough: removed uploads, and with `held` those that the scanner has to
/// see. Others leave them alone for a while.
pub(super) async fn take_up(tx: &mut TenantTx, held: bool, now: Timestamp) -> Result<Vec<(UploadId, Status)>> {
    let rows = sqlx::query!(
        r#"UPDATE uploads SET next_at = $4
           WHERE tenant_id = $1 AND id IN (
             SELECT id FROM uploads WHERE tenant_id = $1 AND (status = 'removed' OR $2 AND status = 'held') AND next_at <= $3
             ORDER BY next_at LIMIT $5)
           RETURNING id AS "id: UploadId", status AS "status: Status""#,
        tx.tenant().0,
        held,
        now.to_sqlx() as _,
        (now + LEASE).to_sqlx() as _,
        BATCH
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.status)).collect())
}

/// Which of these uploads have objects that they may keep as they are.
pub(super) async fn standing(tx: &mut TenantTx, uploads: &[uuid::Uuid]) -> Result<Vec<UploadId>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT id AS "id: UploadId" FROM uploads WHERE tenant_id = $1 AND id = ANY ($2) AND status IN ('held', 'clean')"#,
        tx.tenant().0,
        uploads
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A member's display name.
pub(super) async fn owner_name(tx: &mut TenantTx, owner: MemberId) -> Result<String> {
    Ok(sqlx::query_scalar!("SELECT name FROM members WHERE tenant_id = $1 AND id = $2", tx.tenant().0, owner.0)
        .fetch_one(tx.conn())
        .await?)
}

/// A clean upload of an open school, as it is served.
pub(super) async fn served(tx: &mut TenantTx, upload: UploadId) -> Result<Option<Row>> {
    Ok(sqlx::query_as!(
        Row,
        r#"SELECT u.id AS "id: UploadId", u.owner_id AS "owner: MemberId", u.purpose AS "purpose: Purpose", u.name, u.media_type, u.sha256,
             u.status AS "status: Status", u.counted_bytes, u.attempts
           FROM uploads u JOIN tenants t ON t.id = u.tenant_id AND t.status = 'active'
           WHERE u.tenant_id = $1 AND u.id = $2 AND u.status = 'clean'"#,
        tx.tenant().0,
        upload.0
    )
    .fetch_optional(tx.conn())
    .await?)
}
