//! The emulator as a process of its own.

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;
use stripe_emulator::{Config, Emulator, WebhookTarget};

/// A Stripe-compatible server for development and tests.
#[derive(Parser)]
struct Options {
    /// Port on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 12_111)]
    port: u16,
    /// Where events are sent.
    #[arg(long, requires = "webhook_secret")]
    webhook_url: Option<String>,
    /// The secret that signs them.
    #[arg(long, requires = "webhook_url")]
    webhook_secret: Option<String>,
    /// File that keeps the state across restarts.
    #[arg(long)]
    state_file: Option<PathBuf>,
    /// Origin of the payment page, when it is reached by another address.
    #[arg(long)]
    public_url: Option<String>,
    /// Makes ids repeatable.
    #[arg(long)]
    seed: Option<u64>,
    /// The one secret key that is accepted; any test key when absent.
    #[arg(long)]
    api_key: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let options = Options::parse();
    let webhooks = options.webhook_url.zip(options.webhook_secret).map(|(url, secret)| WebhookTarget { url, secret });
    let config = Config {
        port: options.port,
        webhooks: webhooks.into_iter().collect(),
        state_file: options.state_file,
        public_url: options.public_url.map(|url| url.trim_end_matches('/').to_owned()),
        seed: options.seed,
        api_key: options.api_key,
        ..Config::default()
    };
    match Emulator::start(config).await {
        Ok(emulator) => {
            // One line on stdout, so that a parent process learns the port.
            println!("{}", emulator.url());
            if let Err(error) = tokio::signal::ctrl_c().await {
                tracing::error!(%error, "no signal handler");
            }
            emulator.shutdown().await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}
