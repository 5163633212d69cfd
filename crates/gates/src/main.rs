//! The gates: heavy promises, checked against the release server over HTTP and by SQL, and the
//! benchmark. `docs/gates.md` says what each promises; `scripts/prove` and `scripts/bench` build
//! what they need and call this.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "a test tool: a failure ends it, and its floats are statistics"
)]

mod agree;
mod bench;
mod crowd;
mod database;
mod emulator;
mod fault;
mod gate;
mod people;
mod quiet;
mod report;
mod server;
mod site;
mod stage;
mod visitor;

use clap::{Parser, Subcommand};
use stage::Stage;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "gates", about = "Races, crashes, replays and benchmarks against the release server")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the gates and prints their table.
    Prove {
        /// The sizes of `make test` instead of the full ones.
        #[arg(long)]
        small: bool,
        /// The gates to run; all when none is named.
        gates: Vec<String>,
    },
    /// Measures requests per second, latency, memory and bytes.
    Bench {
        /// Seconds of load for each figure.
        #[arg(long, default_value_t = 8)]
        seconds: u64,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Prove { small, gates } => prove(small, &gates).await,
        Command::Bench { seconds } => bench(seconds).await,
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("gates: {fault}");
            ExitCode::FAILURE
        }
    }
}

async fn prove(small: bool, wanted: &[String]) -> fault::Result<bool> {
    let stage = Stage::find(small)?;
    gate::run(&stage, wanted).await
}

async fn bench(seconds: u64) -> fault::Result<bool> {
    let stage = Stage::find(false)?;
    bench::run(&stage, std::time::Duration::from_secs(seconds)).await?;
    Ok(true)
}
