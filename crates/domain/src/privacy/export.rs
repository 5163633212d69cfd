//! Everything about a member, for them: as JSON, as a page to read, and their files, in one archive.

use super::catalogue::{Column, TABLES, Table, Treatment};
use crate::{
    Actor, Error, Member, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    limits::{self, Allowance},
    mailing::escape,
    uploads,
};
use i18n::{Locale, t};
use serde_json::{Map, Value, json};
use sqlx::AssertSqlSafe;
use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Rows of a table in an export.
const MOST_ROWS: usize = 50_000;

/// The archive of the signed-in member: `data.json`, `data.html` in `locale`, and `files/`.
///
/// # Errors
/// [`kernel::AppError::Unverified`]; [`kernel::AppError::RateLimited`].
pub async fn export(services: &Services, actor: &Actor, locale: Locale) -> Result<Vec<u8>> {
    actor.in_person()?;
    let member = actor.verified()?;
    limits::take(services, Allowance::ExportOf(member.account)).await?;
    let mut tx = actor.begin(&services.db).await?;
    let tables = collect(&mut tx, member).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::DataExported).on_member(member.id, &member.name)).await?;
    tx.commit().await?;
    let files = uploads::files_of(services, actor.tenant.id, member.id).await?;
    let at = services.now().to_string();
    let page = page(locale, &actor.tenant.name, &at, &tables);
    let told: Map<String, Value> = tables.into_iter().map(|(table, rows)| (table.to_owned(), Value::Array(rows))).collect();
    let data = json!({
        "school": actor.tenant.name,
        "exported_at": at,
        "files": files.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "data": told,
    });
    let data = serde_json::to_vec_pretty(&data).map_err(|_| Error::Broken("an export can be written"))?;
    let mut entries = vec![("data.json".to_owned(), data.into()), ("data.html".to_owned(), page.into_bytes().into())];
    entries.extend(files.into_iter().map(|(name, bytes)| (format!("files/{name}"), bytes)));
    tokio::task::spawn_blocking(move || archive(&entries)).await.map_err(|_| Error::Broken("an archive is written"))?
}

fn archive(entries: &[(String, bytes::Bytes)]) -> Result<Vec<u8>> {
    let broken = |_| Error::Broken("an archive can be written");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).map_err(broken)?;
        zip.write_all(bytes).map_err(|_| Error::Broken("an archive can be written"))?;
    }
    Ok(zip.finish().map_err(broken)?.into_inner())
}

/// The rows of a member in every table that has some, in the order of the catalogue.
async fn collect(tx: &mut TenantTx, member: &Member) -> Result<Vec<(&'static str, Vec<Value>)>> {
    tx.see_account(member.account).await?;
    let mut tables = Vec::new();
    for table in TABLES.iter().filter(|table| !table.whose.is_empty()) {
        let rows: Vec<Value> = sqlx::query_scalar(AssertSqlSafe(query(table)))
            .bind(tx.tenant().0)
            .bind(member.id.0)
            .bind(member.account.0)
            .bind(member.email.to_lowercase())
            .fetch_all(tx.conn())
            .await?;
        if !rows.is_empty() {
            tables.push((table.name, rows));
        }
    }
    Ok(tables)
}

/// A table's rows of a person, one JSON object each, of the columns that are told.
fn query(table: &Table) -> String {
    let is_told = |column: &&Column| matches!(column.treatment, Treatment::Theirs | Treatment::Kept(_));
    let columns: Vec<String> = table
        .columns
        .iter()
        .filter(is_told)
        .map(|column| {
            let Column { name, told_as, .. } = column;
            if told_as.is_empty() { format!("'{name}', t.\"{name}\"") } else { format!("'{name}', {told_as}") }
        })
        .collect();
    let from = if table.from.is_empty() { table.name } else { table.from };
    format!(
        "WITH p AS (SELECT $1::uuid AS tenant, $2::uuid AS member, $3::uuid AS account, $4::text AS email,
           ARRAY(SELECT id FROM members WHERE tenant_id = $1 AND (id = $2 OR merged_into = $2)) AS members)
         SELECT jsonb_build_object({}) FROM p, {from} t WHERE {} LIMIT {MOST_ROWS}",
        columns.join(", "),
        table.whose
    )
}

/// The same to read: a table for each.
fn page(locale: Locale, school: &str, at: &str, tables: &[(&'static str, Vec<Value>)]) -> String {
    let title = escape(&t!(locale, "privacy-export-title", school = school));
    let mut page = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>body{{font:15px/1.5 system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem;color-scheme:light dark}}\
         div{{overflow-x:auto}}table{{border-collapse:collapse;font-size:13px}}th,td{{border:1px solid #8884;padding:.25rem .5rem;text-align:start;vertical-align:top}}</style>\
         <h1>{title}</h1><p>{}</p>",
        locale.tag(),
        escape(&t!(locale, "privacy-export-lead", time = at))
    );
    for (name, rows) in tables {
        let columns: Vec<&String> = rows.first().and_then(Value::as_object).map(|row| row.keys().collect()).unwrap_or_default();
        let heading = i18n::t(locale, &format!("privacy-table-{}", name.replace('_', "-")));
        // Writing to a string cannot fail.
        let _ = write!(page, "<h2>{}</h2><div><table><tr>", escape(&heading));
        for column in &columns {
            let _ = write!(page, "<th>{}</th>", escape(&column.replace('_', " ")));
        }
        page.push_str("</tr>");
        for row in rows {
            page.push_str("<tr>");
            for column in &columns {
                let text = match row.get(column.as_str()) {
                    None | Some(Value::Null) => String::new(),
                    Some(Value::String(text)) => text.clone(),
                    Some(other) => other.to_string(),
                };
                let _ = write!(page, "<td>{}</td>", escape(&text));
            }
            page.push_str("</tr>");
        }
        page.push_str("</table></div>");
    }
    page
}
