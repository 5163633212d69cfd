//! Where things are, and the database that every gate copies.

use crate::{
    database::{self, Database},
    fault::{Result, ensure},
    site::Site,
};
use std::{env, path::PathBuf};
use tokio::{process::Command, sync::OnceCell};

/// Every database of the gates begins like this.
const PREFIX: &str = "wemaster_gates";

/// The folders, the owner's database, and the size of the run.
pub struct Stage {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
    /// Logs and state files.
    pub logs: PathBuf,
    /// The owner's connection.
    pub owner: String,
    /// The sizes of `make test`.
    pub small: bool,
    template: OnceCell<()>,
}

impl Stage {
    /// From the environment that `scripts/prove` and `scripts/bench` set.
    pub fn find(small: bool) -> Result<Self> {
        let variable = |name: &str| env::var(name).map_err(|_| format!("{name} is not set: use scripts/prove or scripts/bench"));
        let logs = PathBuf::from(variable("WEMASTER_LOCAL")?).join("gates");
        std::fs::create_dir_all(&logs)?;
        Ok(Self {
            root: env::current_dir()?,
            target: variable("WEMASTER_TARGET")?.into(),
            logs,
            owner: variable("DATABASE_URL")?,
            small,
            template: OnceCell::new(),
        })
    }

    /// `full` at full size, otherwise `small`.
    pub const fn size(&self, small: usize, full: usize) -> usize {
        if self.small { small } else { full }
    }

    /// A release program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.target.join("release").join(name)
    }

    /// A fresh copy of the seeded database with server and emulator, both running.
    pub async fn open(&self, name: &str) -> Result<Site> {
        let site = self.closed(name).await?;
        site.start(&[]).await?;
        Ok(site)
    }

    /// The same with the emulator alone: the server is not started yet.
    pub async fn closed(&self, name: &str) -> Result<Site> {
        self.template.get_or_try_init(|| self.make_template()).await?;
        let database = database::create(&self.owner, &format!("{PREFIX}_{name}"), Some(PREFIX)).await?;
        Site::new(self, name, Database::connect(database).await?).await
    }

    /// Removes every database of the gates.
    pub async fn tidy(&self) -> Result<()> {
        database::remove(&self.owner, PREFIX).await
    }

    /// A site with the demo tenants alone, as a newcomer sees it. The server is not started yet.
    pub async fn demo(&self, name: &str) -> Result<Site> {
        let database = self.seeded(&format!("{PREFIX}_{name}")).await?;
        Site::new(self, name, Database::connect(database).await?).await
    }

    async fn make_template(&self) -> Result<()> {
        let database = Database::connect(self.seeded(PREFIX).await?).await?;
        database.populate().await?;
        database.close().await;
        Ok(())
    }

    /// A new database with the schema and the demo tenants.
    async fn seeded(&self, name: &str) -> Result<String> {
        let url = database::create(&self.owner, name, None).await?;
        for command in ["migrate", "seed"] {
            let done = Command::new(self.program("wemaster"))
                .arg(command)
                .current_dir(&self.root)
                .env("DATABASE_URL", &url)
                .env("WEMASTER_LOG_FILTER", "warn")
                .output()
                .await
                .map_err(|error| format!("{}: {error}: run scripts/build release", self.program("wemaster").display()))?;
            ensure(done.status.success(), || format!("wemaster {command}: {}", String::from_utf8_lossy(&done.stderr)))?;
        }
        Ok(url)
    }
}
