//! PostgreSQL alone, with what a page asks of it.

use super::load::CONNECTIONS;
use crate::{
    fault::{Result, ensure},
    stage::Stage,
};
use std::{fs, time::Duration};
use tokio::process::Command;

/// Transactions per second of a page's statements, by as many connections as the page's load,
/// as the web server's role.
pub async fn run(stage: &Stage, owner: &str, page: &str, script: &str, length: Duration) -> Result<f64> {
    let file = stage.logs.join(format!("{}.sql", page.replace(' ', "-")));
    fs::write(&file, script)?;
    let (scheme, rest) = owner.split_once("://").ok_or("a database URL has a scheme")?;
    let (user, place) = rest.rsplit_once('@').ok_or("a database URL has a user")?;
    let password = user.split_once(':').map_or("", |(_, password)| password);
    let done = Command::new("pgbench")
        .args(["-n", "-M", "prepared", "-c", &CONNECTIONS.to_string(), "-j", "2", "-T", &length.as_secs().to_string()])
        .arg("-f")
        .arg(&file)
        .arg(format!("{scheme}://wemaster_app@{place}"))
        .env("PGPASSWORD", password)
        .output()
        .await?;
    let output = String::from_utf8_lossy(&done.stdout);
    ensure(done.status.success(), || format!("pgbench {}: {}", file.display(), String::from_utf8_lossy(&done.stderr)))?;
    let tps = output.lines().find_map(|line| line.strip_prefix("tps = ")).and_then(|rest| rest.split_whitespace().next());
    Ok(tps.ok_or("pgbench printed no tps")?.parse()?)
}
