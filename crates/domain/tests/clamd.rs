//! A real `clamd`, with one signature of its own: EICAR's test file. Nothing is downloaded.

use providers::virus_scan::{Address, Scanner};
use std::{
    fmt::Write as _,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// The test file that every scanner knows, in two halves: no scanner takes this source for it.
pub fn eicar() -> Vec<u8> {
    [&br"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD"[..], b"-ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

/// The most that it looks into (bytes); more is told of.
pub const LOOKS_INTO: usize = 1 << 20;

/// A folder of its own for a test, gone with it.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let id = uuid::Uuid::from_bytes(domain::Rng::from_system().bytes());
        let path = std::env::temp_dir().join(format!("wemaster-{name}-{}", id.simple()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A scanner's place, and the scanner when it runs.
pub struct Clamd {
    folder: Folder,
    running: Option<Child>,
}

impl Clamd {
    /// A place where nobody answers yet.
    pub fn away() -> Self {
        let folder = Folder::new("clamd");
        std::fs::create_dir(folder.path().join("db")).unwrap();
        let hex = eicar().iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        });
        std::fs::write(folder.path().join("db/eicar.ndb"), format!("Eicar-Test:0:0:{hex}\n")).unwrap();
        let at = folder.path().display();
        let config = format!(
            "DatabaseDirectory {at}/db\nTemporaryDirectory {at}\nLocalSocket {at}/clamd.ctl\nForeground yes\n\
             AlertExceedsMax yes\nMaxFileSize {LOOKS_INTO}\nMaxScanSize {LOOKS_INTO}\nStreamMaxLength 30M\n"
        );
        std::fs::write(folder.path().join("clamd.conf"), config).unwrap();
        Self { folder, running: None }
    }

    /// A running one.
    pub fn running() -> Self {
        let mut clamd = Self::away();
        clamd.start();
        clamd
    }

    /// Starts it, and waits for it to say that it is ready.
    pub fn start(&mut self) {
        let mut child = Command::new("clamd")
            .arg("--config-file")
            .arg(self.folder.path().join("clamd.conf"))
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("clamd is installed: scripts/setup test");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // The last thing it says before it answers. The pipe is read on, so that it never fills.
        assert!(lines.any(|line| line.is_ok_and(|line| line.contains("Self checking"))), "clamd starts");
        std::thread::spawn(move || lines.for_each(drop));
        self.running = Some(child);
    }

    /// Ends it.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// A client that waits `timeout` for it.
    pub fn scanner(&self, timeout: Duration) -> Scanner {
        Scanner::new(Address::Unix(self.folder.path().join("clamd.ctl")), timeout, 25 << 20)
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.stop();
    }
}
