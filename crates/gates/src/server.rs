//! The processes under test: the release server and the Stripe emulator, on ports of their own.

use crate::fault::{Result, ensure};
use std::{
    fs::OpenOptions,
    net::TcpListener,
    path::PathBuf,
    process::{ExitStatus, Stdio},
    time::Duration,
};
use tokio::{
    process::{Child, Command},
    time::{Instant, sleep, timeout},
};

/// How long a process may take to answer.
const READY_WITHIN: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(25);

/// A program that can be started, killed and started again.
pub struct Process {
    program: PathBuf,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    folder: PathBuf,
    log: PathBuf,
    /// Answers with 200 when it is ready.
    ready: String,
    child: Option<Child>,
}

impl Process {
    /// A program, not started. Its output goes to the end of `log`.
    pub fn new(
        program: PathBuf,
        arguments: Vec<String>,
        environment: Vec<(String, String)>,
        folder: PathBuf,
        log: PathBuf,
        ready: String,
    ) -> Self {
        Self { program, arguments, environment, folder, log, ready, child: None }
    }

    /// Starts it with `more` in its environment and waits until it answers.
    pub async fn start(&mut self, more: &[(&str, &str)]) -> Result<()> {
        let log = OpenOptions::new().create(true).append(true).open(&self.log)?;
        let child = Command::new(&self.program)
            .args(&self.arguments)
            .envs(self.environment.iter().cloned())
            .envs(more.iter().copied())
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("{}: {error}", self.program.display()))?;
        self.child = Some(child);
        self.answers().await
    }

    async fn answers(&mut self) -> Result<()> {
        let client = reqwest::Client::builder().no_proxy().build()?;
        let deadline = Instant::now() + READY_WITHIN;
        loop {
            if client.get(&self.ready).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            let stopped = self.child.as_mut().and_then(|child| child.try_wait().ok().flatten());
            ensure(stopped.is_none(), || format!("{} stopped, see {}", self.program.display(), self.log.display()))?;
            ensure(Instant::now() < deadline, || format!("{} is not ready, see {}", self.program.display(), self.log.display()))?;
            sleep(LOOK_EVERY).await;
        }
    }

    /// Ends it as `kill -9` does. Nothing happens when it is dead already.
    pub async fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill().await?;
        }
        Ok(())
    }

    /// How it ended by itself, if it does within `patience`.
    pub async fn death(&mut self, patience: Duration) -> Option<ExitStatus> {
        timeout(patience, self.child.as_mut()?.wait()).await.ok()?.ok()
    }

    /// Its process id.
    pub fn id(&self) -> Option<u32> {
        self.child.as_ref()?.id()
    }
}

/// Ports that are free at this moment.
pub fn free_ports<const N: usize>() -> Result<[u16; N]> {
    let mut listeners = Vec::new();
    for _ in 0..N {
        listeners.push(TcpListener::bind(("127.0.0.1", 0))?);
    }
    let ports: Vec<u16> = listeners.iter().map(|listener| listener.local_addr().map(|address| address.port())).collect::<Result<_, _>>()?;
    Ok(ports.try_into().expect("as many as listeners"))
}
