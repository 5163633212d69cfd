//! What a browser sees: Playwright's suite and Lighthouse's figures, by their own scripts.

use crate::{
    fault::{Result, ensure},
    report::Outcome,
    stage::Stage,
};
use tokio::process::Command;

/// Playwright against the release server.
pub async fn end_to_end(stage: &Stage) -> Result<Outcome> {
    let output = script(stage, "scripts/end2end").await?;
    let passed = output.lines().rev().map(str::trim).find(|line| line.contains(" passed")).ok_or("Playwright did not say what passed")?;
    Ok(Outcome { size: "all projects".to_owned(), figure: passed.to_owned() })
}

/// Whether this house has a script for Lighthouse.
pub fn has_lighthouse(stage: &Stage) -> bool {
    stage.root.join("scripts/lighthouse").exists()
}

/// Lighthouse on the pages that matter most. The script prints one line for each and fails below
/// its own limit.
pub async fn lighthouse(stage: &Stage) -> Result<Outcome> {
    let output = script(stage, "scripts/lighthouse").await?;
    let pages: Vec<&str> = output.lines().map(str::trim).filter(|line| line.starts_with('/')).collect();
    ensure(!pages.is_empty(), || "Lighthouse looked at no page".to_owned())?;
    Ok(Outcome { size: format!("{} pages", pages.len()), figure: pages.join("; ") })
}

async fn script(stage: &Stage, path: &str) -> Result<String> {
    let done = Command::new(stage.root.join(path)).current_dir(&stage.root).env("NO_COLOR", "1").output().await?;
    let output = String::from_utf8_lossy(&done.stdout).into_owned();
    let lines: Vec<&str> = output.lines().collect();
    ensure(done.status.success(), || {
        format!("{path} failed:\n{}\n{}", lines[lines.len().saturating_sub(40)..].join("\n"), String::from_utf8_lossy(&done.stderr))
    })?;
    Ok(output)
}
