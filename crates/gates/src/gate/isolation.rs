//! No tenant sees another's rows: the suite of `tests/isolation`, at full size.

use crate::{
    fault::{Result, ensure},
    report::Outcome,
    stage::Stage,
};
use tokio::process::Command;

const PROBES: &str = "10000";
const CANCELLED: &str = "10000";

/// The gate.
pub async fn run(stage: &Stage) -> Result<Outcome> {
    let (probes, cancelled) = if stage.small { ("600", "600") } else { (PROBES, CANCELLED) };
    let done = Command::new("cargo")
        .args(["nextest", "run", "-p", "wemaster", "--success-output", "final", "--color", "never", "isolation"])
        .current_dir(&stage.root)
        .env("DATABASE_URL", &stage.owner)
        .env("WEMASTER_PROBES", probes)
        .env("WEMASTER_CANCELLED", cancelled)
        .output()
        .await?;
    let output = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    ensure(done.status.success(), || format!("cargo nextest run -p wemaster isolation failed:\n{}", tail(&output)))?;
    let line = |end: &str| {
        let found = output.lines().map(str::trim).find(|line| line.ends_with(end));
        found.map(str::to_owned).ok_or_else(|| format!("no test said \"… {end}\":\n{}", tail(&output)))
    };
    let figure = format!("{}; {}; {}", line("mutants found")?, line("0 leaks")?, line("0 stuck transactions")?);
    Ok(Outcome { size: format!("{probes} probes, {cancelled} requests"), figure })
}

fn tail(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}
