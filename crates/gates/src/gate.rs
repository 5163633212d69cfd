//! The gates by name, and the table of a run.

mod browser;
mod crash;
mod hold_end;
mod isolation;
mod logout;
mod seat;
mod webhooks;
mod zones;

use crate::{
    fault::{Result, ensure},
    report::{self, Outcome},
    stage::Stage,
};
use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

/// A gate's name and whether `make test` runs it by this tool: the others are part of the suites
/// that it runs anyway.
const GATES: [(&str, bool); 9] = [
    ("seat", true),
    ("hold-end", true),
    ("webhooks", true),
    ("crash", true),
    ("zones", true),
    ("logout", true),
    ("isolation", false),
    ("browser", false),
    ("lighthouse", false),
];

/// How long one gate may take.
const PATIENCE: Duration = Duration::from_mins(45);

/// Runs the wanted gates (all when none is named), prints the table, and says whether all held.
pub async fn run(stage: &Stage, wanted: &[String]) -> Result<bool> {
    let unknown = wanted.iter().find(|name| GATES.iter().all(|(gate, _)| gate != name));
    ensure(unknown.is_none(), || format!("no gate is called {:?}; there are {}", unknown, GATES.map(|(gate, _)| gate).join(", ")))?;
    let mut rows = Vec::new();
    let mut held = true;
    for (name, small) in GATES {
        if name == "lighthouse" && wanted.is_empty() && !browser::has_lighthouse(stage) {
            continue;
        }
        let chosen = if wanted.is_empty() { small || !stage.small } else { wanted.iter().any(|gate| gate == name) };
        if chosen {
            let (row, ok) = timed(stage, name).await;
            rows.push(row);
            held &= ok;
        }
    }
    stage.tidy().await?;
    println!();
    report::table(&["gate", "size", "result", "time", "figure"], &rows);
    Ok(held)
}

async fn timed(stage: &Stage, name: &str) -> (Vec<String>, bool) {
    say(&format!("{name} …"));
    let started = Instant::now();
    let outcome = tokio::time::timeout(PATIENCE, one(stage, name)).await.unwrap_or_else(|_| Err("took too long".into()));
    let time = format!("{} s", started.elapsed().as_secs());
    match outcome {
        Ok(outcome) => (vec![name.to_owned(), outcome.size, "ok".to_owned(), time, outcome.figure], true),
        Err(fault) => {
            eprintln!("{name}: {fault}");
            let short = fault.to_string().lines().next().unwrap_or_default().chars().take(160).collect();
            (vec![name.to_owned(), String::new(), "FAILED".to_owned(), time, short], false)
        }
    }
}

async fn one(stage: &Stage, name: &str) -> Result<Outcome> {
    match name {
        "seat" => seat::run(stage).await,
        "hold-end" => hold_end::run(stage).await,
        "webhooks" => webhooks::run(stage).await,
        "crash" => crash::run(stage).await,
        "zones" => zones::run(stage).await,
        "logout" => logout::run(stage).await,
        "isolation" => isolation::run(stage).await,
        "browser" => browser::end_to_end(stage).await,
        _ => browser::lighthouse(stage).await,
    }
}

/// Tells a person who waits where the run is.
pub fn say(line: &str) {
    let mut out = std::io::stderr();
    let _ = if out.is_terminal() { writeln!(out, "\x1b[2m{line}\x1b[0m") } else { writeln!(out, "{line}") };
}
