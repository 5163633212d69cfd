//! Everything about a member, for them: as JSON, as a page to read, and their files, in one archive.

use super::catalogue::{Column, TABLES, Table, Treatment};
use crate::{
    Actor, Error, Member, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    limits::{self, Allowance},
    mailing::escape,
    uploads,
};
use i18n::{Locale, Reader, t};
use jiff::Timestamp;
use kernel::{Currency, Money, zone::ZoneName};
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
    let at = services.now();
    let zone = member.zone.as_deref().and_then(|name| ZoneName::new(name).ok()).unwrap_or_else(|| actor.tenant.zone.clone());
    let page = page((&Reader::new(locale, zone), actor.tenant.currency), &actor.tenant.name, at, &tables);
    let told: Map<String, Value> = tables.into_iter().map(|(table, rows)| (table.to_owned(), Value::Array(rows))).collect();
    let data = json!({
        "school": actor.tenant.name,
        "exported_at": at.to_string(),
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

/// The same to read: of each row, names and values. What is empty, and keys that say nothing to a person, stand in
/// `data.json` alone.
fn page((reader, currency): (&Reader, Currency), school: &str, at: Timestamp, tables: &[(&'static str, Vec<Value>)]) -> String {
    let title = escape(&t!(reader, "privacy-export-title", school = school));
    let mut page = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style><h1>{title}</h1><p>{}</p>",
        reader.locale.tag(),
        escape(&t!(reader, "privacy-export-lead", time = format!("{} {}", reader.date_time_long(at), reader.zone_label(at))))
    );
    for (name, rows) in tables {
        let heading = i18n::t(reader, &format!("privacy-table-{}", name.replace('_', "-")));
        // Writing to a string cannot fail.
        let _ = write!(page, "<h2>{}</h2>", escape(&heading));
        for row in rows.iter().filter_map(Value::as_object) {
            page.push_str("<dl>");
            for (column, value) in row {
                if let Some(text) = in_words((reader, currency), row, column, value) {
                    let _ = write!(page, "<dt>{}</dt><dd>{}</dd>", escape(&called(column)), escape(&text));
                }
            }
            page.push_str("</dl>");
        }
    }
    page
}

const STYLE: &str = "body{font:15px/1.5 system-ui;margin:2rem auto;max-width:48rem;padding:0 1rem;color-scheme:light dark}\
h2{margin-top:2rem}dl{display:grid;grid-template-columns:minmax(8rem,1fr) 3fr;gap:.25rem 1rem;margin:0;padding:.75rem 0;border-top:1px solid #8884}\
dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}";

/// What a person calls a column.
fn called(column: &str) -> String {
    let name = column.trim_end_matches("_id").trim_end_matches("_minor").trim_end_matches("_at").replace('_', " ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A value for a person: times in their zone, amounts in their currency; none for what is empty or a mere key.
fn in_words((reader, own): (&Reader, Currency), row: &Map<String, Value>, column: &str, value: &Value) -> Option<String> {
    // A school has one currency; what has none beside it is in that.
    let currency = row.get("currency").and_then(Value::as_str).and_then(|code| code.parse::<Currency>().ok()).unwrap_or(own);
    match value {
        Value::Null => None,
        Value::Bool(is) => Some(if *is { t!(reader, "common-yes") } else { t!(reader, "common-no") }),
        Value::Number(minor) if column.ends_with("_minor") => {
            Some(minor.as_i64().map_or_else(|| minor.to_string(), |minor| reader.money(Money::new(minor, currency))))
        }
        Value::String(text) if text.is_empty() || text.parse::<uuid::Uuid>().is_ok() => None,
        Value::String(text) => Some(match text.parse::<Timestamp>() {
            Ok(at) => format!("{} {}", reader.date_time_long(at), reader.zone_label(at)),
            Err(_) => text.clone(),
        }),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(|item| in_words((reader, own), row, column, item)).collect();
            (!items.is_empty()).then(|| items.join(", "))
        }
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .filter_map(|(name, value)| Some(format!("{} {}", called(name), in_words((reader, own), fields, name, value)?)));
            Some(fields.collect::<Vec<_>>().join(", "))
        }
        Value::Number(_) => Some(value.to_string()),
    }
}
