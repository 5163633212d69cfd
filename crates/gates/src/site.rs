//! Everything that one gate runs: a database, the server and the emulator.

use crate::{
    agree,
    database::{Database, TENANT},
    emulator::{Emulator, KEY, SECRET},
    fault::Result,
    people::{Slot, Student},
    quiet,
    server::{Process, free_ports},
    stage::Stage,
    visitor::Visitor,
};
use std::{process::ExitStatus, time::Duration};
use tokio::sync::Mutex;
use uuid::Uuid;

/// A site with its money before the gate began.
pub struct Site {
    /// Its database.
    pub database: Database,
    /// The server. Behind a lock, so that one task can kill it while others are its guests.
    server: Mutex<Process>,
    /// Stripe, as far as anybody here can tell.
    pub emulator: Emulator,
    /// Browsers.
    pub visitor: Visitor,
    /// What the ledger says of the demo tenant's own past.
    pub before: agree::Ledger,
}

impl Site {
    /// Starts the emulator and prepares the server.
    pub async fn new(stage: &Stage, name: &str, database: Database) -> Result<Self> {
        let [port, emulator_port] = free_ports()?;
        let emulator = Emulator::start(stage, name, port, emulator_port).await?;
        let environment = [
            ("DATABASE_URL", database.url.clone()),
            ("WEMASTER_SERVER_ADDR", format!("127.0.0.1:{port}")),
            ("WEMASTER_SERVER_ORIGIN", format!("http://localhost:{port}")),
            ("STRIPE_SECRET_KEY", KEY.to_owned()),
            ("STRIPE_WEBHOOK_SECRETS", SECRET.to_owned()),
            ("WEMASTER_STRIPE_API_URL", emulator.url.clone()),
            ("WEMASTER_STRIPE_PAGE_ORIGIN", emulator.url.clone()),
            ("WEMASTER_LEPTOS_SITE_ROOT", stage.target.join("site").display().to_string()),
            ("WEMASTER_LOG_FILTER", "warn".to_owned()),
        ];
        let environment = environment.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let log = stage.logs.join(format!("{name}.log"));
        let _ = std::fs::remove_file(&log);
        let server = Process::new(
            stage.program("wemaster"),
            vec!["serve".to_owned()],
            environment,
            stage.root.clone(),
            log,
            format!("http://127.0.0.1:{port}/health/ready"),
        );
        let visitor = Visitor::new(TENANT, port)?;
        let before = agree::Ledger::read(&database).await?;
        Ok(Self { database, server: Mutex::new(server), emulator, visitor, before })
    }

    /// Starts the server.
    pub async fn start(&self, more: &[(&str, &str)]) -> Result<()> {
        self.server.lock().await.start(more).await
    }

    /// Kills the server as `kill -9` does.
    pub async fn kill(&self) -> Result<()> {
        self.server.lock().await.kill().await
    }

    /// How the server ended by itself, if it does within `patience`.
    pub async fn death(&self, patience: Duration) -> Option<ExitStatus> {
        self.server.lock().await.death(patience).await
    }

    /// The server's process id.
    pub async fn process(&self) -> Result<u32> {
        Ok(self.server.lock().await.id().ok_or("the server is not running")?)
    }

    /// Kills the server if it lives, and starts another. The dead one's jobs are its own until
    /// its last sign of life is half a minute old; nobody here waits for that.
    pub async fn restart(&self) -> Result<()> {
        let mut server = self.server.lock().await;
        server.kill().await?;
        let mut tx = self.database.tx().await?;
        sqlx::query("UPDATE graphile_worker._private_workers SET last_heartbeat_at = now() - interval '1 hour'").execute(&mut *tx).await?;
        tx.commit().await?;
        server.start(&[]).await
    }

    /// Waits until nothing is under way.
    pub async fn quiet(&self, patience: Duration) -> Result<()> {
        quiet::wait(&self.database, &self.emulator, patience).await
    }

    /// Whether Stripe, the ledger, the orders and the slots tell the same story.
    pub async fn agrees(&self) -> Result<agree::Tally> {
        agree::check(self).await
    }

    /// Holds a slot and opens its payment page. The answer: order and Checkout Session.
    pub async fn to_checkout(&self, student: &Student, slot: &Slot) -> Result<(Uuid, String)> {
        let order = self.visitor.hold(student, slot).await?.order()?;
        let session = self.visitor.pay(student, order).await?.session()?;
        Ok((order, session))
    }

    /// Ends both processes.
    pub async fn end(self) -> Result<()> {
        self.kill().await?;
        self.emulator.end().await?;
        self.database.close().await;
        Ok(())
    }
}
