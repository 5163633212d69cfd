//! SQL of the audit log.

use super::{
    chain::{BEGINNING, Link, Part, Salt, Told},
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
pub(super) async fn append(tx: &mut TenantTx, link: &Link, told: &Told, hash: &[u8; 32]) -> Result<()> {
    let ([actor_name, client], [as_name], [label, before, after]) = (&told.who.text, &told.seen_as.text, &told.what.text);
    sqlx::query!(
        "INSERT INTO audit_entries (tenant_id, number, at, actor_id, as_id, about_id, action, object, actor_name, client, who_salt, who_digest,
           as_name, as_salt, as_digest, label, before, after, what_salt, what_digest, previous, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
        tx.tenant().0,
        link.number,
        link.at.to_sqlx() as _,
        link.actor_id.map(|actor| actor.0),
        link.as_id.map(|member| member.0),
        link.about_id.map(|member| member.0),
        link.action,
        link.object,
        actor_name,
        client,
        told.who.salt.as_ref().map(Salt::as_slice),
        link.who_digest.as_slice(),
        as_name,
        told.seen_as.salt.as_ref().map(Salt::as_slice),
        link.as_digest.as_slice(),
        label,
        before,
        after,
        told.what.salt.as_ref().map(Salt::as_slice),
        link.what_digest.as_slice(),
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

fn salt(bytes: Option<Vec<u8>>) -> Result<Option<Salt>> {
    bytes.map(|bytes| bytes.try_into().map_err(|_| Error::Broken("a salt has 16 bytes"))).transpose()
}

/// The links after `number`, with what they tell and their hashes, in order.
pub(super) async fn links(tx: &mut TenantTx, number: i64) -> Result<Vec<(Link, Told, [u8; 32])>> {
    let tenant = tx.tenant();
    let rows = sqlx::query!(
        r#"SELECT number, at, actor_id AS "actor_id: MemberId", as_id AS "as_id: MemberId", about_id AS "about_id: MemberId", action, object,
             actor_name, client, who_salt, who_digest, as_name, as_salt, as_digest, label, before, after, what_salt, what_digest, previous, hash
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
                as_id: row.as_id,
                about_id: row.about_id,
                action: row.action,
                object: row.object,
                who_digest: hash(row.who_digest)?,
                as_digest: hash(row.as_digest)?,
                what_digest: hash(row.what_digest)?,
                previous: hash(row.previous)?,
            };
            let told = Told {
                who: Part { text: [row.actor_name, row.client], salt: salt(row.who_salt)? },
                seen_as: Part { text: [row.as_name], salt: salt(row.as_salt)? },
                what: Part { text: [row.label, row.before, row.after], salt: salt(row.what_salt)? },
            };
            Ok((link, told, hash(row.hash)?))
        })
        .collect()
}

/// Lines, the latest first.
pub(super) async fn lines(tx: &mut TenantTx, query: &AuditQuery, limit: usize) -> Result<Vec<Line>> {
    let rows = sqlx::query!(
        "SELECT number, at, actor_id IS NOT NULL AS \"known!\", actor_name, as_name, action, object, label, before, after, client FROM audit_entries
           WHERE tenant_id = $1 AND ($2::text IS NULL OR action = $2)
             AND ($3 = '' OR strpos(app.fold(actor_name || ' ' || as_name || ' ' || label || ' ' || object), app.fold($3)) > 0)
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
            is_erased: row.known && row.actor_name.is_empty(),
            number: row.number,
            at: row.at.to_jiff(),
            actor_name: if row.as_name.is_empty() { row.actor_name } else { format!("{} (as {})", row.actor_name, row.as_name) },
            action: row.action,
            object: row.object,
            label: row.label,
            before: row.before,
            after: row.after,
            client: row.client,
        })
        .collect())
}
