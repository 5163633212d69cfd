//! SQL of subjects and levels.

use crate::{
    Result, TenantTx,
    catalogue::model::terms::{Term, TermKind},
};
use kernel::ids::TermId;

struct Row {
    id: TermId,
    name: String,
    offerings: i64,
}

/// A list in the school's order.
pub async fn terms(tx: &mut TenantTx, kind: TermKind) -> Result<Vec<Term>> {
    let tenant = tx.tenant().0;
    let rows = match kind {
        TermKind::Subject => {
            sqlx::query_as!(
                Row,
                r#"SELECT id AS "id: TermId", name,
                     (SELECT count(DISTINCT offering_id) FROM offering_versions v WHERE v.tenant_id = s.tenant_id AND v.subject_id = s.id) AS "offerings!"
                   FROM subjects s WHERE tenant_id = $1 ORDER BY position, name"#,
                tenant
            )
            .fetch_all(tx.conn())
            .await?
        }
        TermKind::Level => {
            sqlx::query_as!(
                Row,
                r#"SELECT id AS "id: TermId", name,
                     (SELECT count(DISTINCT v.offering_id) FROM offering_levels o JOIN offering_versions v ON v.tenant_id = o.tenant_id AND v.id = o.version_id
                      WHERE o.tenant_id = l.tenant_id AND o.level_id = l.id) AS "offerings!"
                   FROM levels l WHERE tenant_id = $1 ORDER BY position, name"#,
                tenant
            )
            .fetch_all(tx.conn())
            .await?
        }
    };
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(rows.into_iter().map(|row| Term { id: row.id, name: row.name, offerings: count(row.offerings) }).collect())
}

/// Writes one at the end of its list.
///
/// # Errors
/// Violates `subjects_slug_key` or `levels_slug_key` when there is one of this name in addresses.
pub async fn insert(tx: &mut TenantTx, kind: TermKind, id: TermId, slug: &str, name: &str) -> Result<()> {
    let tenant = tx.tenant().0;
    match kind {
        TermKind::Subject => sqlx::query!(
            "INSERT INTO subjects (tenant_id, id, slug, name, position)
             VALUES ($1, $2, $3, $4, (SELECT coalesce(max(position), 0) + 1 FROM subjects WHERE tenant_id = $1))",
            tenant,
            id.0,
            slug,
            name
        ),
        TermKind::Level => sqlx::query!(
            "INSERT INTO levels (tenant_id, id, slug, name, position)
             VALUES ($1, $2, $3, $4, (SELECT coalesce(max(position), 0) + 1 FROM levels WHERE tenant_id = $1))",
            tenant,
            id.0,
            slug,
            name
        ),
    }
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Gives one another name.
pub async fn rename(tx: &mut TenantTx, kind: TermKind, id: TermId, name: &str) -> Result<()> {
    let tenant = tx.tenant().0;
    match kind {
        TermKind::Subject => sqlx::query!("UPDATE subjects SET name = $3 WHERE tenant_id = $1 AND id = $2", tenant, id.0, name),
        TermKind::Level => sqlx::query!("UPDATE levels SET name = $3 WHERE tenant_id = $1 AND id = $2", tenant, id.0, name),
    }
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Removes one.
///
/// # Errors
/// Violates `offering_versions_subject` or `offering_levels_level` when an offering uses it.
pub async fn remove(tx: &mut TenantTx, kind: TermKind, id: TermId) -> Result<()> {
    let tenant = tx.tenant().0;
    match kind {
        TermKind::Subject => sqlx::query!("DELETE FROM subjects WHERE tenant_id = $1 AND id = $2", tenant, id.0),
        TermKind::Level => sqlx::query!("DELETE FROM levels WHERE tenant_id = $1 AND id = $2", tenant, id.0),
    }
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Recomputes what the catalogue keeps of every tutor.
pub async fn refresh_tutors(tx: &mut TenantTx) -> Result<()> {
    sqlx::query!("SELECT app.refresh_tutor(id) FROM tutors WHERE tenant_id = $1", tx.tenant().0).fetch_all(tx.conn()).await?;
    Ok(())
}
