//! Everything of a school, to take along: a file of JSON lines for each table, and its files.

use super::{living, tell_platform, tell_school, verified};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    audit::{Action, Entry},
    uploads,
};
use bytes::Bytes;
use futures::TryStreamExt;
use kernel::ids::TenantId;
use sqlx::{AssertSqlSafe, Row};
use std::{
    fs::File,
    io::{Seek, Write},
};
use tokio::sync::mpsc;
use zip::{ZipWriter, write::SimpleFileOptions};

/// Tables that only let people in: nobody is let in elsewhere by them.
const NOT_TAKEN: &[&str] = &[
    "email_proofs",
    "hosts",
    "login_challenges",
    "login_sessions",
    "member_imports",
    "stripe_events",
    "support_visits",
    "trusted_devices",
];
/// Rows are written in pieces of about this size (bytes).
const PIECE: usize = 256 * 1024;
/// Pieces that wait to be written.
const AHEAD: usize = 4;

/// What the archive's writer is told.
enum Step {
    /// Another file begins.
    Begin(String),
    /// More of it.
    Bytes(Bytes),
}

/// A school's archive.
#[derive(Debug)]
pub struct Archive {
    /// Whose it is.
    pub slug: String,
    /// The file, at its beginning.
    pub file: File,
}

/// Writes a school's archive to a temporary file and answers with that: `<table>.jsonl` without what
/// is sealed or hashed, and `files/`.
///
/// # Errors
/// [`kernel::AppError::Unverified`].
pub async fn export(services: &Services, actor: &Actor, id: TenantId) -> Result<Archive> {
    let operator = verified(services, actor).await?;
    let tenant = living(services, id).await?;
    let mut tx = TenantTx::begin(&services.db, id, None).await?;
    tell_school(services, actor, &mut tx, operator, Entry::new(Action::SchoolExported).on("school", id, &tenant.name)).await?;
    tx.commit().await?;
    tell_platform(services, actor, Entry::new(Action::SchoolExported).on("school", id, &tenant.slug)).await?;
    let (steps, asked) = mpsc::channel(AHEAD);
    let writer = tokio::task::spawn_blocking(move || write(asked));
    let told = tell(services, id, &steps).await;
    drop(steps);
    let file = writer.await.map_err(|_| Error::Broken("an archive is written"))?;
    told?;
    Ok(Archive { slug: tenant.slug.clone(), file: file? })
}

fn write(mut steps: mpsc::Receiver<Step>) -> Result<File> {
    let broken = |_| Error::Broken("an archive can be written");
    let fault = |error: std::io::Error| Error::Provider { provider: "disk", cause: error.to_string() };
    let mut zip = ZipWriter::new(tempfile::tempfile().map_err(fault)?);
    while let Some(step) = steps.blocking_recv() {
        match step {
            Step::Begin(name) => zip.start_file(name, SimpleFileOptions::default().large_file(true)).map_err(broken)?,
            Step::Bytes(bytes) => zip.write_all(&bytes).map_err(fault)?,
        }
    }
    let mut file = zip.finish().map_err(broken)?;
    file.rewind().map_err(fault)?;
    Ok(file)
}

/// Every table that has rows of tenants, and its columns that are neither sealed nor a hash.
async fn tables(tx: &mut TenantTx) -> Result<Vec<(String, Vec<String>)>> {
    let rows = sqlx::query!(
        r#"SELECT c.relname::text AS "table!", array_agg(a.attname::text ORDER BY a.attnum) AS "columns!"
           FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid <> 'bytea'::regtype
           WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
             AND (c.relname = 'tenants' OR EXISTS (SELECT 1 FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'tenant_id' AND NOT t.attisdropped))
           GROUP BY c.relname ORDER BY c.relname"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.table, row.columns)).collect())
}

/// A column as the archive has it. A mail that still carries a code or a link is told without its words.
fn field(table: &str, column: &str) -> String {
    if table == "mails" && ["html", "plain", "ics"].contains(&column) {
        return format!("CASE WHEN secret_until IS NULL THEN \"{column}\" END AS \"{column}\"");
    }
    format!("\"{column}\"")
}

async fn tell(services: &Services, id: TenantId, steps: &mpsc::Sender<Step>) -> Result<()> {
    let gone = |_| Error::Broken("the archive's writer is there");
    let mut tx = TenantTx::snapshot(&services.db, id).await?;
    sqlx::query("SET LOCAL statement_timeout = 0").execute(tx.conn()).await?;
    let taken = tables(&mut tx).await?;
    for (table, columns) in taken.into_iter().filter(|(table, _)| !NOT_TAKEN.contains(&table.as_str())) {
        steps.send(Step::Begin(format!("{table}.jsonl"))).await.map_err(gone)?;
        let fields = columns.iter().map(|column| field(&table, column)).collect::<Vec<_>>().join(", ");
        let key = if table == "tenants" { "id" } else { "tenant_id" };
        let query = format!("SELECT row_to_json(t)::text FROM (SELECT {fields} FROM \"{table}\" WHERE {key} = $1) t");
        let mut piece = Vec::new();
        let mut rows = sqlx::query(AssertSqlSafe(query)).bind(id.0).fetch(tx.conn());
        while let Some(row) = rows.try_next().await? {
            piece.extend_from_slice(row.try_get::<String, _>(0)?.as_bytes());
            piece.push(b'\n');
            if piece.len() >= PIECE {
                steps.send(Step::Bytes(std::mem::take(&mut piece).into())).await.map_err(gone)?;
            }
        }
        drop(rows);
        steps.send(Step::Bytes(piece.into())).await.map_err(gone)?;
    }
    tx.commit().await?;
    for (name, key) in uploads::clean_objects(services, id).await? {
        let Some(bytes) = services.files.store.get(&key).await.map_err(uploads::provider)? else { continue };
        steps.send(Step::Begin(format!("files/{name}"))).await.map_err(gone)?;
        steps.send(Step::Bytes(bytes)).await.map_err(gone)?;
    }
    Ok(())
}
