//! SQL of documents, agreements and guardians.

use super::model::{Agreement, GuardianRequest, GuardianStatus, PolicyKind, Standing, Texts, VersionHead};
use crate::{Error, Result, TenantTx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    AppError,
    ids::{GuardianConsentId, MemberId, PolicyDraftId, PolicyVersionId},
};

/// A version as it is read.
struct VersionRow {
    id: PolicyVersionId,
    kind: String,
    number: i32,
    asks_again: bool,
    published_at: jiff_sqlx::Timestamp,
}

impl TryFrom<VersionRow> for VersionHead {
    type Error = Error;

    fn try_from(row: VersionRow) -> Result<Self> {
        let kind = PolicyKind::parse(&row.kind).ok_or(Error::Broken("a document's kind is known"))?;
        Ok(Self { id: row.id, kind, number: row.number, asks_again: row.asks_again, published_at: row.published_at.to_jiff() })
    }
}

fn heads(rows: Vec<VersionRow>) -> Result<Vec<VersionHead>> {
    rows.into_iter().map(VersionHead::try_from).collect()
}

/// The latest version of each kind, the terms first.
pub(super) async fn current(tx: &mut TenantTx) -> Result<Vec<VersionHead>> {
    heads(
        sqlx::query_as!(
            VersionRow,
            r#"SELECT DISTINCT ON (kind) id AS "id: PolicyVersionId", kind, number, asks_again, published_at AS "published_at: jiff_sqlx::Timestamp"
               FROM policy_versions WHERE tenant_id = $1 ORDER BY kind DESC, number DESC"#,
            tx.tenant().0
        )
        .fetch_all(tx.conn())
        .await?,
    )
}

/// Every version of a kind, the latest first, at most 500.
pub(super) async fn versions(tx: &mut TenantTx, kind: PolicyKind) -> Result<Vec<VersionHead>> {
    heads(
        sqlx::query_as!(
            VersionRow,
            r#"SELECT id AS "id: PolicyVersionId", kind, number, asks_again, published_at AS "published_at: jiff_sqlx::Timestamp"
               FROM policy_versions WHERE tenant_id = $1 AND kind = $2 ORDER BY number DESC LIMIT 500"#,
            tx.tenant().0,
            kind.key()
        )
        .fetch_all(tx.conn())
        .await?,
    )
}

fn texts(stored: serde_json::Value) -> Result<Texts> {
    serde_json::from_value(stored).map_err(|_| Error::Broken("a document's texts are readable"))
}

fn stored(texts: &Texts) -> Result<serde_json::Value> {
    serde_json::to_value(texts).map_err(|_| Error::Broken("texts can be written"))
}

/// The texts of a version.
pub(super) async fn version_texts(tx: &mut TenantTx, id: PolicyVersionId) -> Result<Texts> {
    texts(
        sqlx::query_scalar!("SELECT texts FROM policy_versions WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0)
            .fetch_one(tx.conn())
            .await?,
    )
}

/// A draft: its id, its texts, when it was changed.
pub(super) async fn draft(tx: &mut TenantTx, kind: PolicyKind) -> Result<Option<(PolicyDraftId, Texts, Timestamp)>> {
    let row = sqlx::query!(
        r#"SELECT id AS "id: PolicyDraftId", texts, changed_at FROM policy_drafts WHERE tenant_id = $1 AND kind = $2"#,
        tx.tenant().0,
        kind.key()
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| Ok((row.id, texts(row.texts)?, row.changed_at.to_jiff()))).transpose()
}

/// Keeps a draft in place of the one before.
pub(super) async fn save_draft(tx: &mut TenantTx, kind: PolicyKind, id: PolicyDraftId, texts: &Texts) -> Result<()> {
    sqlx::query!(
        "INSERT INTO policy_drafts (tenant_id, kind, id, texts) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, kind) DO UPDATE SET id = excluded.id, texts = excluded.texts, changed_at = now()",
        tx.tenant().0,
        kind.key(),
        id.0,
        stored(texts)?
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Forgets a draft.
pub(super) async fn delete_draft(tx: &mut TenantTx, kind: PolicyKind, id: PolicyDraftId) -> Result<()> {
    sqlx::query!("DELETE FROM policy_drafts WHERE tenant_id = $1 AND kind = $2 AND id = $3", tx.tenant().0, kind.key(), id.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Writes a version, and that the school has one of its kind. The tenant's row is locked.
pub(super) async fn insert_version(
    tx: &mut TenantTx,
    id: PolicyVersionId,
    (kind, number): (PolicyKind, i32),
    texts: &Texts,
    asks_again: bool,
    by: MemberId,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO policy_versions (tenant_id, id, kind, number, texts, asks_again, published_by) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tx.tenant().0,
        id.0,
        kind.key(),
        number,
        stored(texts)?,
        asks_again,
        by.0
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "UPDATE tenants SET published_policies = published_policies || $2::text WHERE id = $1 AND $2 <> ALL (published_policies)",
        tx.tenant().0,
        kind.key()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Lets documents be published, and the age be changed, one after the other; the age under which a guardian consents.
pub(super) async fn lock_tenant(tx: &mut TenantTx) -> Result<Option<u8>> {
    let age =
        sqlx::query_scalar!("SELECT guardian_age FROM tenants WHERE id = $1 FOR NO KEY UPDATE", tx.tenant().0).fetch_one(tx.conn()).await?;
    Ok(age.and_then(|age| u8::try_from(age).ok()))
}

/// The age under which a guardian consents, if one is asked for.
pub(super) async fn guardian_age(tx: &mut TenantTx) -> Result<Option<u8>> {
    let age = sqlx::query_scalar!("SELECT guardian_age FROM tenants WHERE id = $1", tx.tenant().0).fetch_one(tx.conn()).await?;
    Ok(age.and_then(|age| u8::try_from(age).ok()))
}

/// Changes it.
pub(super) async fn set_guardian_age(tx: &mut TenantTx, age: Option<u8>) -> Result<()> {
    sqlx::query!("UPDATE tenants SET guardian_age = $2 WHERE id = $1", tx.tenant().0, age.map(i16::from)).execute(tx.conn()).await?;
    Ok(())
}

/// Lets what a member books and what is decided about that happen one after the other.
///
/// # Errors
/// Not found for who is no member any more: merged or erased meanwhile.
pub(super) async fn lock_member(tx: &mut TenantTx, member: MemberId) -> Result<()> {
    let status =
        sqlx::query_scalar!("SELECT status FROM members WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE", tx.tenant().0, member.0)
            .fetch_optional(tx.conn())
            .await?;
    match status.as_deref() {
        Some("active" | "suspended") => Ok(()),
        _ => Err(AppError::NotFound.into()),
    }
}

/// The current versions that a member has to agree to: of each kind the latest, unless they agreed to one that is not
/// older than the last which asks.
async fn missing(tx: &mut TenantTx, member: MemberId) -> Result<Vec<VersionHead>> {
    heads(
        sqlx::query_as!(
            VersionRow,
            r#"SELECT v.id AS "id: PolicyVersionId", v.kind, v.number, v.asks_again, v.published_at AS "published_at: jiff_sqlx::Timestamp"
               FROM policy_versions v
               WHERE v.tenant_id = $1
                 AND NOT EXISTS (SELECT 1 FROM policy_versions n WHERE n.tenant_id = $1 AND n.kind = v.kind AND n.number > v.number)
                 AND NOT EXISTS (SELECT 1 FROM consents c JOIN policy_versions w ON w.tenant_id = c.tenant_id AND w.id = c.version_id
                   WHERE c.tenant_id = $1 AND c.member_id = $2 AND w.kind = v.kind AND w.number >= (
                     SELECT max(a.number) FROM policy_versions a WHERE a.tenant_id = $1 AND a.kind = v.kind AND a.asks_again))
               ORDER BY v.kind DESC"#,
            tx.tenant().0,
            member.0
        )
        .fetch_all(tx.conn())
        .await?,
    )
}

/// What a member has to do before they book.
pub(super) async fn standing(tx: &mut TenantTx, member: MemberId) -> Result<Standing> {
    let missing = missing(tx, member).await?;
    let row = sqlx::query!(
        r#"SELECT t.guardian_age, s.age AS "stated?", s.of_age AS "of_age?",
             EXISTS (SELECT 1 FROM member_roles r WHERE r.tenant_id = m.tenant_id AND r.member_id = m.id AND r.role = 'student') AS "student!",
             (m.staff_role_id IS NOT NULL OR EXISTS (SELECT 1 FROM member_roles r
                WHERE r.tenant_id = m.tenant_id AND r.member_id = m.id AND r.role <> 'student')) AS "more!"
           FROM members m JOIN tenants t ON t.id = m.tenant_id
             LEFT JOIN age_statements s ON s.tenant_id = m.tenant_id AND s.member_id = m.id
           WHERE m.tenant_id = $1 AND m.id = $2"#,
        tx.tenant().0,
        member.0
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(Standing { missing, ..Standing::default() }) };
    let limit = row.guardian_age.and_then(|age| u8::try_from(age).ok());
    let is_minor = row.of_age == Some(false);
    let guardian = if is_minor { guardian_of(tx, member).await? } else { None };
    let status = guardian.as_ref().map(|guardian| guardian.status);
    let is_given = status == Some(GuardianStatus::Given);
    // A guardian who said no is heard also where the school asks no longer, or asks somebody younger.
    let said_no = matches!(status, Some(GuardianStatus::Refused | GuardianStatus::Withdrawn));
    // A limit that moved asks those again whose word says nothing about the new one.
    let is_open = |limit: &u8| match (row.of_age, row.stated) {
        (Some(true), Some(stated)) => stated < i16::from(*limit),
        (Some(false), Some(stated)) => stated > i16::from(*limit) && !is_given && !said_no,
        _ => true,
    };
    Ok(Standing {
        missing,
        asks_age: limit.filter(|limit| row.student && !row.more && is_open(limit)),
        needs_guardian: is_minor && !is_given && (limit.is_some() || said_no),
        is_minor,
        guardian,
    })
}

/// What a member agreed to, the latest first.
pub(super) async fn agreements(tx: &mut TenantTx, member: MemberId) -> Result<Vec<Agreement>> {
    let rows = sqlx::query!(
        r#"SELECT v.id AS "id: PolicyVersionId", v.kind, v.number, v.asks_again, v.published_at, c.agreed_at
           FROM consents c JOIN policy_versions v ON v.tenant_id = c.tenant_id AND v.id = c.version_id
           WHERE c.tenant_id = $1 AND c.member_id = $2 ORDER BY c.agreed_at DESC, v.kind DESC, v.number DESC LIMIT 200"#,
        tx.tenant().0,
        member.0
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let kind = PolicyKind::parse(&row.kind).ok_or(Error::Broken("a document's kind is known"))?;
            let (number, asks_again, published_at) = (row.number, row.asks_again, row.published_at.to_jiff());
            Ok(Agreement {
                version: VersionHead { id: row.id, kind, number, asks_again, published_at },
                agreed_at: row.agreed_at.to_jiff(),
            })
        })
        .collect()
}

/// Keeps that a member agreed to versions, once.
pub(super) async fn insert_consents(
    tx: &mut TenantTx,
    member: MemberId,
    versions: &[PolicyVersionId],
    at: Timestamp,
    address: &str,
) -> Result<()> {
    let versions: Vec<_> = versions.iter().map(|id| id.0).collect();
    sqlx::query!(
        "INSERT INTO consents (tenant_id, member_id, version_id, agreed_at, address)
         SELECT $1, $2, v.id, $4, $5 FROM policy_versions v WHERE v.tenant_id = $1 AND v.id = ANY ($3) ON CONFLICT DO NOTHING",
        tx.tenant().0,
        member.0,
        &versions,
        at.to_sqlx() as _,
        address
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Keeps what a member said of their age. Who said to be younger says something else of a lower limit alone; of the same
/// one, staff do.
pub(super) async fn state_age(tx: &mut TenantTx, member: MemberId, age: u8, of_age: bool, at: Timestamp, by_staff: bool) -> Result<()> {
    sqlx::query!(
        "INSERT INTO age_statements AS said (tenant_id, member_id, age, of_age, stated_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant_id, member_id) DO UPDATE SET age = excluded.age, of_age = excluded.of_age, stated_at = excluded.stated_at
           WHERE said.of_age OR excluded.age < said.age OR $6",
        tx.tenant().0,
        member.0,
        i16::from(age),
        of_age,
        at.to_sqlx() as _,
        by_staff
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The guardian of a member who was asked last.
pub(super) async fn guardian_of(tx: &mut TenantTx, member: MemberId) -> Result<Option<GuardianRequest>> {
    let row = sqlx::query!(
        r#"SELECT id AS "id: GuardianConsentId", CASE WHEN status = 'asked' AND expires_at <= now() THEN 'expired' ELSE status END AS "status!",
             guardian_name, guardian_email, stated_name, sent_at, expires_at, decided_at, withdrawn_at
           FROM guardian_consents WHERE tenant_id = $1 AND member_id = $2 ORDER BY asked_at DESC, id DESC LIMIT 1"#,
        tx.tenant().0,
        member.0
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| {
        Ok(GuardianRequest {
            id: row.id,
            status: GuardianStatus::parse(&row.status).ok_or(Error::Broken("a guardian's status is known"))?,
            name: row.guardian_name,
            email: row.guardian_email,
            stated_name: row.stated_name,
            sent_at: row.sent_at.to_jiff(),
            expires_at: row.expires_at.to_jiff(),
            decided_at: row.decided_at.map(jiff_sqlx::Timestamp::to_jiff),
            withdrawn_at: row.withdrawn_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
    })
    .transpose()
}
