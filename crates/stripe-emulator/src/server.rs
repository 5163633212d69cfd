//! Starting and stopping.

mod cut;

use std::{io, net::Ipv4Addr, sync::Arc, time::Duration};

use axum::{
    Router,
    response::Redirect,
    routing::{any, get},
};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    adopt::{self, AdoptError, AdoptedPayment},
    api,
    config::Config,
    control, page,
    shared::{Handle, Shared},
    state::{JournalError, State},
    webhooks,
};

pub use cut::{Cut, CutListener};

/// Why an emulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken or not allowed.
    #[error("the Stripe emulator cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port of the configuration.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The state file cannot be used.
    #[error(transparent)]
    State(#[from] JournalErrorBox),
    /// The client that sends webhooks cannot be built.
    #[error("the webhook client cannot be built: {0}")]
    Client(#[from] reqwest::Error),
}

/// Why the state file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct JournalErrorBox(String);

impl From<JournalError> for StartError {
    fn from(error: JournalError) -> Self {
        Self::State(JournalErrorBox(error.to_string()))
    }
}

/// A running emulator. Dropping it stops it, without waiting.
pub struct Emulator {
    url: String,
    shared: Handle,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Emulator {
    /// Listens on 127.0.0.1 and serves until [`Emulator::shutdown`].
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let port = config.port;
        let refused = |source| StartError::Listen { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(refused)?;
        let url = format!("http://{}", listener.local_addr().map_err(refused)?);
        let public_url = config.public_url.clone().unwrap_or_else(|| url.clone());
        let state = State::open(&config, public_url)?;
        let http =
            reqwest::Client::builder().timeout(Duration::from_secs(20)).no_proxy().redirect(reqwest::redirect::Policy::none()).build()?;
        let shared = Arc::new(Shared::new(state, config, http));

        let (stop, stopped) = watch::channel(false);
        let app = router(&shared).into_make_service_with_connect_info::<Cut>();
        let mut until = stopped.clone();
        let serve = tokio::spawn(async move {
            let quit = async move {
                // An error means the emulator was dropped: stop as well.
                let _ = until.wait_for(|stop| *stop).await;
            };
            if let Err(error) = axum::serve(CutListener(listener), app).with_graceful_shutdown(quit).await {
                tracing::error!(%error, "the Stripe emulator stopped");
            }
        });
        let background = tokio::spawn(webhooks::worker::run(Arc::clone(&shared), stopped));
        tracing::info!(%url, "Stripe emulator listening");
        Ok(Self { url, shared, stop, tasks: vec![serve, background] })
    }

    /// Where it listens: `http://127.0.0.1:<port>`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The same server as a router, for a host that already listens.
    pub fn router(&self) -> Router {
        router(&self.shared)
    }

    /// Takes over payments that were made elsewhere, without sending events, and says how many
    /// were new. Those that are known, even in part, stay as they are.
    pub fn adopt(&self, payments: Vec<AdoptedPayment>) -> Result<usize, AdoptError> {
        self.shared.step(|state| adopt::adopt(state, payments))
    }

    /// Waits until every webhook has been delivered. Held ones do not count.
    pub async fn settle(&self) {
        webhooks::worker::settle(&self.shared).await;
    }

    /// Stops taking requests, finishes those under way for up to two seconds,
    /// and stops.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        for mut task in self.tasks.drain(..) {
            if tokio::time::timeout(Duration::from_secs(2), &mut task).await.is_err() {
                task.abort();
            }
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        for task in &self.tasks {
            task.abort();
        }
    }
}

fn router(shared: &Handle) -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::to("/_emulator/") }))
        .route("/v1/{*path}", any(api::serve))
        .nest("/_emulator", control::router())
        .merge(page::router())
        .fallback(api::unknown)
        .with_state(Arc::clone(shared))
}
