//! SQL of approvals, and of tutors to choose from.

use super::own::{Locked, Open};
use crate::{
    Result, TenantTx,
    booking::{Kind, Person},
    catalogue::model::offering::ApprovalRow,
    page::Cursor,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::ids::{MemberId, OfferingId};

/// The versions in review after `after`, those that wait longest first; each with its place.
pub async fn approvals(tx: &mut TenantTx, after: Option<Cursor>, limit: i64) -> Result<Vec<ApprovalRow>> {
    let rows = sqlx::query!(
        r#"SELECT o.id AS "id: OfferingId", o.kind AS "kind: Kind", v.title, s.name AS subject, m.name AS tutor, v.number,
             o.live_version_id IS NOT NULL AS "is_change!", v.submitted_at AS "submitted_at!"
           FROM offering_versions v
           JOIN offerings o ON o.tenant_id = v.tenant_id AND o.id = v.offering_id AND o.archived_at IS NULL
           JOIN members m ON m.tenant_id = o.tenant_id AND m.id = o.tutor_id
           JOIN subjects s ON s.tenant_id = v.tenant_id AND s.id = v.subject_id
           WHERE v.tenant_id = $1 AND v.status = 'in_review' AND v.submitted_at IS NOT NULL
             AND ($2::timestamptz IS NULL OR (v.submitted_at, o.id) > ($2, $3::uuid))
           ORDER BY v.submitted_at, o.id LIMIT $4"#,
        tx.tenant().0,
        after.map(|cursor| cursor.at.to_sqlx()) as _,
        after.map(|cursor| cursor.id),
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ApprovalRow {
            offering: row.id,
            kind: row.kind,
            title: row.title,
            subject: row.subject,
            tutor: row.tutor,
            number: row.number,
            is_change: row.is_change,
            submitted_at: row.submitted_at.to_jiff(),
        })
        .collect())
}

/// Makes the version in review the live one.
pub async fn approve(tx: &mut TenantTx, offering: &Locked, version: &Open, by: MemberId, now: Timestamp) -> Result<()> {
    sqlx::query!(
        "UPDATE offering_versions SET status = 'approved', review_note = '', decided_at = $3, decided_by = $4
         WHERE tenant_id = $1 AND id = $2 AND status = 'in_review'",
        tx.tenant().0,
        version.id,
        now.to_sqlx() as _,
        by.0
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("UPDATE offerings SET live_version_id = $3 WHERE tenant_id = $1 AND id = $2", tx.tenant().0, offering.id.0, version.id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Sends the version in review back to its tutor.
pub async fn send_back(tx: &mut TenantTx, version: &Open, note: &str, by: MemberId, now: Timestamp) -> Result<()> {
    sqlx::query!(
        "UPDATE offering_versions SET status = 'needs_changes', review_note = $5, decided_at = $3, decided_by = $4
         WHERE tenant_id = $1 AND id = $2 AND status = 'in_review'",
        tx.tenant().0,
        version.id,
        now.to_sqlx() as _,
        by.0,
        note
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Every tutor by name, at most `limit`.
pub async fn tutors(tx: &mut TenantTx, limit: i64) -> Result<Vec<Person>> {
    let rows = sqlx::query!(
        r#"SELECT m.id AS "id: MemberId", m.name FROM tutors t JOIN members m ON m.tenant_id = t.tenant_id AND m.id = t.id
           WHERE t.tenant_id = $1 ORDER BY lower(m.name), m.id LIMIT $2"#,
        tx.tenant().0,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Person { id: row.id, name: row.name }).collect())
}
