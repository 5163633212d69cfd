//! What a page asks of the database: PostgreSQL logs every statement of the web server's role
//! while each page is opened once, and the log becomes a script for pgbench.

use super::load::Target;
use crate::{fault::Result, site::Site};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    env, fs,
    io::{Read, Seek, SeekFrom},
    time::Duration,
};
use tokio::time::sleep;

/// The address of a superuser (logging is theirs to switch on), and the server's log. Only the
/// private cluster has them; with another one the ratio is left out.
const SUPERUSER: &str = "WEMASTER_SUPERUSER_URL";
const LOG: &str = "WEMASTER_POSTGRES_LOG";

/// Asked before, so that what a process asks once only is not in the script.
const WARM_UP: usize = 3;
/// Until the log is written.
const FLUSHED: Duration = Duration::from_millis(300);

/// A pgbench script for each page; `None` where the log cannot be had.
pub async fn scripts(site: &Site, targets: &[Target]) -> Result<Vec<Option<String>>> {
    let (Ok(superuser), Ok(log)) = (env::var(SUPERUSER), env::var(LOG)) else { return Ok(vec![None; targets.len()]) };
    let name = site.database.url.rsplit('/').next().unwrap_or_default().to_owned();
    let mut connection = PgConnection::connect(&superuser).await?;
    for setting in ["log_statement = 'all'", "log_min_messages = 'log'"] {
        sqlx::query(AssertSqlSafe(format!("ALTER ROLE wemaster_app IN DATABASE {name} SET {setting}"))).execute(&mut connection).await?;
    }
    site.start(&[]).await?;
    let mut scripts = Vec::new();
    for target in targets {
        for _ in 0..WARM_UP {
            target.once().await?;
        }
        sleep(FLUSHED).await;
        let from = fs::metadata(&log)?.len();
        target.once().await?;
        sleep(FLUSHED).await;
        scripts.push(Some(script(&since(&log, from)?)));
    }
    site.kill().await?;
    sqlx::query(AssertSqlSafe(format!("ALTER ROLE wemaster_app IN DATABASE {name} RESET ALL"))).execute(&mut connection).await?;
    connection.close().await?;
    Ok(scripts)
}

fn since(log: &str, from: u64) -> Result<String> {
    let mut file = fs::File::open(log)?;
    file.seek(SeekFrom::Start(from))?;
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// A statement of the log, by the connection that ran it.
struct Entry {
    connection: String,
    kind: String,
    text: String,
}

/// The log's entries: `2026-11-20 06:00:00.000 UTC [42] LOG:  …`, further lines behind a tab.
fn entries(log: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for line in log.lines() {
        if let Some(more) = line.strip_prefix('\t') {
            if let Some(last) = entries.last_mut() {
                last.text.push('\n');
                last.text.push_str(more);
            }
        } else if let Some((before, after)) = line.split_once("] ")
            && let Some((_, connection)) = before.rsplit_once('[')
            && let Some((kind, text)) = after.split_once(":  ")
        {
            entries.push(Entry { connection: connection.to_owned(), kind: kind.to_owned(), text: text.to_owned() });
        }
    }
    entries
}

/// The statements of one request, connection after connection, each transaction complete.
fn script(log: &str) -> String {
    let mut by_connection: Vec<(String, Vec<String>)> = Vec::new();
    let mut entries = entries(log).into_iter().peekable();
    while let Some(entry) = entries.next() {
        if entry.kind != "LOG" {
            continue;
        }
        let text = if let Some(text) = entry.text.strip_prefix("statement: ") {
            text.to_owned()
        } else if let Some((_, text)) = entry.text.strip_prefix("execute ").and_then(|text| text.split_once(": ")) {
            let parameters = entries.next_if(|next| next.kind == "DETAIL" && next.connection == entry.connection);
            inline(text, &parameters.map_or(Vec::new(), |entry| parameters_of(&entry.text)))
        } else {
            continue;
        };
        let statements = match by_connection.iter_mut().find(|(connection, _)| *connection == entry.connection) {
            Some((_, statements)) => statements,
            None => &mut by_connection.push_mut((entry.connection, Vec::new())).1,
        };
        statements.extend(split(&text));
    }
    by_connection.into_iter().map(|(_, statements)| complete(statements)).collect()
}

/// Ends every transaction before the next begins.
fn complete(statements: Vec<String>) -> String {
    let (mut inside, mut script) = (false, String::new());
    for statement in statements {
        let word = statement.split_whitespace().next().unwrap_or_default().to_uppercase();
        if word == "BEGIN" && inside || matches!(word.as_str(), "COMMIT" | "ROLLBACK") && !inside {
            if inside { script.push_str("ROLLBACK;\n") } else { continue }
        }
        inside = if matches!(word.as_str(), "BEGIN") { true } else { inside && !matches!(word.as_str(), "COMMIT" | "ROLLBACK") };
        script.push_str(&statement);
        script.push_str(";\n");
    }
    if inside {
        script.push_str("ROLLBACK;\n");
    }
    script
}

/// `parameters: $1 = 'it''s', $2 = NULL`, as literals; `None` is null.
fn parameters_of(detail: &str) -> Vec<Option<String>> {
    let mut rest = detail.split_once(": ").map_or("", |(_, rest)| rest);
    let mut parameters = Vec::new();
    while let Some((_, value)) = rest.split_once(" = ") {
        if let Some(after) = value.strip_prefix("NULL") {
            parameters.push(None);
            rest = after;
            continue;
        }
        let mut text = String::new();
        let mut from = value.strip_prefix('\'').unwrap_or(value);
        while let Some((part, after)) = from.split_once('\'') {
            text.push_str(part);
            from = after;
            let Some(after) = from.strip_prefix('\'') else { break };
            text.push('\'');
            from = after;
        }
        parameters.push(Some(text));
        rest = from;
    }
    parameters
}

/// A statement with its parameters in place. pgbench takes `:name` for a variable even inside a
/// literal, so literals are written without colons.
fn inline(sql: &str, parameters: &[Option<String>]) -> String {
    let mut out = String::with_capacity(sql.len());
    for part in parts(sql) {
        match part {
            Part::Literal(text) if text.contains(':') => out.push_str(&literal(&text)),
            Part::Literal(text) => {
                out.push('\'');
                out.push_str(&text.replace('\'', "''"));
                out.push('\'');
            }
            Part::Parameter(number) => match parameters.get(number - 1) {
                Some(Some(text)) => out.push_str(&literal(text)),
                _ => out.push_str("NULL"),
            },
            Part::Code(code) => out.push(code),
        }
    }
    out
}

/// Statements of a simple query, which may be several.
fn split(sql: &str) -> Vec<String> {
    let (mut statements, mut current) = (Vec::new(), String::new());
    for part in parts(sql) {
        match part {
            Part::Code(';') => statements.push(std::mem::take(&mut current)),
            Part::Code(code) => current.push(code),
            Part::Parameter(number) => {
                current.push('$');
                current.push_str(&number.to_string());
            }
            Part::Literal(text) => current.push_str(&literal(&text)),
        }
    }
    statements.push(current);
    statements.iter().map(|statement| statement.trim().to_owned()).filter(|statement| !statement.is_empty()).collect()
}

fn literal(text: &str) -> String {
    format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3a").replace('\n', "\\n"))
}

/// A piece of SQL.
enum Part {
    /// A string's content.
    Literal(String),
    /// `$1`.
    Parameter(usize),
    /// Any other character.
    Code(char),
}

fn parts(sql: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = sql.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\'' => {
                let escaped = matches!(parts.last(), Some(Part::Code('E' | 'e')));
                let mut text = String::new();
                while let Some(c) = rest.next() {
                    match c {
                        '\'' if rest.next_if_eq(&'\'').is_some() => text.push('\''),
                        '\'' => break,
                        '\\' if escaped => text.push_str(&unescape(&mut rest)),
                        c => text.push(c),
                    }
                }
                if escaped {
                    parts.pop();
                }
                parts.push(Part::Literal(text));
            }
            '$' if rest.peek().is_some_and(char::is_ascii_digit) => {
                let mut number = 0;
                while let Some(digit) = rest.peek().and_then(|c| c.to_digit(10)) {
                    number = number * 10 + usize::try_from(digit).unwrap_or_default();
                    rest.next();
                }
                parts.push(Part::Parameter(number));
            }
            '-' if rest.peek() == Some(&'-') => while rest.next().is_some_and(|c| c != '\n') {},
            c => parts.push(Part::Code(c)),
        }
    }
    parts
}

/// What stands for after a backslash: only what [`literal`] writes.
fn unescape(rest: &mut impl Iterator<Item = char>) -> String {
    match rest.next() {
        Some('n') => "\n".to_owned(),
        Some('x') => {
            let code: String = rest.take(2).collect();
            u8::from_str_radix(&code, 16).map(|byte| char::from(byte).to_string()).unwrap_or_default()
        }
        Some(c) => c.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOGGED: &str = "2026-11-20 06:00:00.000 UTC [42] LOG:  statement: BEGIN; SELECT set_config('app.tenant', 'a:b', true)
2026-11-20 06:00:00.001 UTC [42] LOG:  execute sqlx_s_1: SELECT a
\tFROM t WHERE b = $1::text AND c = $2 AND d = 'x:y' -- $1
\tLIMIT $3
2026-11-20 06:00:00.001 UTC [42] DETAIL:  parameters: $1 = 'it''s 12:30', $2 = NULL, $3 = '5'
2026-11-20 06:00:00.002 UTC [43] LOG:  statement: COMMIT
";

    #[test]
    fn a_log_becomes_a_script_of_complete_transactions() {
        let expected = "BEGIN;\nSELECT set_config(E'app.tenant', E'a\\x3ab', true);\n\
            SELECT a\nFROM t WHERE b = E'it''s 12\\x3a30'::text AND c = NULL AND d = E'x\\x3ay' LIMIT E'5';\nROLLBACK;\n";
        assert_eq!(script(LOGGED), expected);
    }
}
