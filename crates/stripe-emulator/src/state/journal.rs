//! The state file: one line of JSON per step, appended.
//!
//! A step is written with one `write`, so a process that is killed leaves whole
//! steps, and at most one torn line at the end, which is dropped. Each start
//! writes the file anew from the rows it read, and moves it into place.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Kind;

/// One change of one row.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A row as it is now.
    Put(Kind, Value),
    /// A row that is gone.
    Delete(Kind, String),
}

/// Why a state file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file cannot be read or written.
    #[error("the state file {path} cannot be used: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A line before the last is not one the emulator wrote.
    #[error("line {line} of the state file {path} is broken: {source}")]
    Broken {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// A row does not have the shape it should.
    #[error("the state file holds a row that cannot be read: {0}")]
    Row(serde_json::Error),
}

/// An open state file.
pub struct Journal {
    file: File,
}

impl Journal {
    /// All changes in the file; none when there is no file.
    pub fn read(path: &Path) -> Result<Vec<Change>, JournalError> {
        let text = match std::fs::read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(JournalError::Io { path: path.to_owned(), source }),
        };
        let mut all = Vec::new();
        for (number, line) in text.split_inclusive('\n').enumerate() {
            match serde_json::from_str::<Vec<Change>>(line) {
                Ok(changes) => all.extend(changes),
                Err(_) if !line.ends_with('\n') => break,
                Err(source) => return Err(JournalError::Broken { path: path.to_owned(), line: number + 1, source }),
            }
        }
        Ok(all)
    }

    /// Writes the file anew with `rows`, and opens it for appending.
    pub fn start<'a>(path: &Path, rows: impl Iterator<Item = (Kind, &'a Value)>) -> Result<Self, JournalError> {
        let failed = |source| JournalError::Io { path: path.to_owned(), source };
        let fresh = path.with_extension("new");
        let mut file = BufWriter::new(File::create(&fresh).map_err(failed)?);
        for (kind, row) in rows {
            serde_json::to_writer(&mut file, &[Change::Put(kind, row.clone())]).map_err(|error| failed(error.into()))?;
            file.write_all(b"\n").map_err(failed)?;
        }
        file.flush().map_err(failed)?;
        drop(file);
        std::fs::rename(&fresh, path).map_err(failed)?;
        let file = OpenOptions::new().append(true).open(path).map_err(failed)?;
        Ok(Self { file })
    }

    /// Appends one step.
    pub fn append(&mut self, changes: &[Change]) -> io::Result<()> {
        let mut line = serde_json::to_vec(changes)?;
        line.push(b'\n');
        self.file.write_all(&line)
    }
}
