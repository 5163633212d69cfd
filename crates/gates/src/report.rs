//! Tables and figures for people.

use std::time::Duration;

/// A gate that held: how much it looked at, and what it saw.
pub struct Outcome {
    /// The size of the run.
    pub size: String,
    /// Its figure.
    pub figure: String,
}

/// Prints rows under a head, each column as wide as its widest cell.
pub fn table(head: &[&str], rows: &[Vec<String>]) {
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).chain([head[at].chars().count()]).max().unwrap_or(0);
    let line = |cells: Vec<&str>| {
        let cells: Vec<String> = cells.iter().enumerate().map(|(at, cell)| format!("{cell:<0$}", width(at))).collect();
        println!("{}", cells.join("  ").trim_end());
    };
    line(head.to_vec());
    for row in rows {
        line(row.iter().map(String::as_str).collect());
    }
}

/// The value below which the share `of_thousand` lies (the nearest rank). Sorts.
pub fn percentile(times: &mut [Duration], of_thousand: usize) -> Duration {
    times.sort_unstable();
    let rank = (times.len() * of_thousand).div_ceil(1000).max(1);
    times.get(rank - 1).copied().unwrap_or_default()
}

/// Milliseconds for people.
pub fn millis(time: Duration) -> String {
    let micros = time.as_micros();
    if micros < 10_000 { format!("{}.{:02} ms", micros / 1000, micros % 1000 / 10) } else { format!("{} ms", micros / 1000) }
}
