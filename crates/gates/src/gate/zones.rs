//! Free times around every change of the clock in every zone.

use crate::{
    fault::{Result, ensure},
    report::Outcome,
    stage::Stage,
};
use jiff::Timestamp;
use kernel::availability::check_every_zone;

/// The gate.
pub async fn run(stage: &Stage) -> Result<Outcome> {
    let (from, until) = if stage.small { (2026, 2027) } else { (2024, 2036) };
    let start = |year: i32| format!("{year}-01-01T00:00:00Z").parse::<Timestamp>();
    let range = start(from)?..start(until)?;
    let (zones, seen) = tokio::task::spawn_blocking(move || check_every_zone(range)).await??;
    ensure(zones > 400 && seen.transitions > 100, || format!("only {zones} zones with {} changes", seen.transitions))?;
    let figure = format!("{} changes of the clock, {} free times, 0 wrong", seen.transitions, seen.slots);
    Ok(Outcome { size: format!("{zones} zones, {from}–{}", until - 1), figure })
}
