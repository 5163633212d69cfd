//! SQL of the audit log.

use super::{
    chain::{BEGINNING, Link},
    model::{AuditQuery, Line},
};
use crate::{Error, Result, TenantTx};
use jiff_sqlx::ToSqlx;
use kernel::ids::MemberId;

/// Links read at a time.
const BATCH: i64 = 2_000;

fn hash(bytes: Vec<u8>) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| Error::Broken("a hash has 32 bytes"))
}

/// The chain's end, locked until the transaction ends.
pub(super) async fn lock_head(tx: &mut TenantTx) -> Result<(i64, [u8; 32])> {
    sqlx::query!(
        "INSERT INTO audit_heads (tenant_id, number, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING",
        tx.tenant().0,
        BEGINNING.as_slice()
    )
    .execute(tx.conn())
    .await?;
    let row =
        sqlx::query!("SELECT number, hash FROM audit_heads WHERE tenant_id = $1 FOR UPDATE", tx.tenant().0).fetch_one(tx.conn()).await?;
    Ok((row.number, hash(row.hash)?))
}

/// The chain's end; of an empty log its beginning.
pub(super) async fn head(tx: &mut TenantTx) -> Result<(i64, [u8; 32])> {
    let row = sqlx::query!("SELECT number, hash FROM audit_heads WHERE tenant_id = $1", tx.tenant().0).fetch_optional(tx.conn()).await?;
    row.map_or(Ok((0, BEGINNING)), |row| Ok((row.number, hash(row.hash)?)))
}

/// Adds a link and makes it the end.
pub(super) async fn append(tx: &mut TenantTx, link: &Link, hash: &[u8; 32]) -> Result<()> {
    sqlx::query!(
        "INSERT INTO audit_entries (tenant_id, number, at, actor_id, actor_name, action, object, label, before, after, client, previous, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        tx.tenant().0,
        link.number,
        link.at.to_sqlx() as _,
        link.actor_id.map(|actor| actor.0),
        link.actor_name,
        link.action,
        link.object,
        link.label,
        link.before,
        link.after,
        link.client,
        link.previous.as_slice(),
        hash.as_slice()
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("UPDATE audit_heads SET number = $2, hash = $3 WHERE tenant_id = $1", tx.tenant().0, link.number, hash.as_slice())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The links after `number` with their hashes, in order.
pub(super) async fn links(tx: &mut TenantTx, number: i64) -> Result<Vec<(Link, [u8; 32])>> {
    let tenant = tx.tenant();
    let rows = sqlx::query!(
        r#"SELECT number, at, actor_id AS "actor_id: MemberId", actor_name, action, object, label, before, after, client, previous, hash
           FROM audit_entries WHERE tenant_id = $1 AND number > $2 ORDER BY number LIMIT $3"#,
        tenant.0,
        number,
        BATCH
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let link = Link {
                tenant,
                number: row.number,
                at: row.at.to_jiff(),
                actor_id: row.actor_id,
                actor_name: row.actor_name,
                action: row.action,
                object: row.object,
                label: row.label,
                before: row.before,
                after: row.after,
                client: row.client,
                previous: hash(row.previous)?,
            };
            Ok((link, hash(row.hash)?))
        })
        .collect()
}

/// Lines, the latest first.
pub(super) async fn lines(tx: &mut TenantTx, query: &AuditQuery, limit: usize) -> Result<Vec<Line>> {
    let rows = sqlx::query!(
        "SELECT number, at, actor_name, action, object, label, before, after, client FROM audit_entries
           WHERE tenant_id = $1 AND ($2::text IS NULL OR action = $2)
             AND ($3 = '' OR strpos(app.fold(actor_name || ' ' || label || ' ' || object), app.fold($3)) > 0)
             AND ($4::bigint IS NULL OR number < $4)
           ORDER BY number DESC LIMIT $5",
        tx.tenant().0,
        query.action.map(super::Action::key),
        query.text.trim(),
        query.before,
        i64::try_from(limit).unwrap_or(i64::MAX)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Line {
            number: row.number,
            at: row.at.to_jiff(),
            actor_name: row.actor_name,
            action: row.action,
            object: row.object,
            label: row.label,
            before: row.before,
            after: row.after,
            client: row.client,
        })
        .collect())
}
