//! The virus scanner: `clamd` (`ClamAV`), over TCP or a Unix socket.
//!
//! What it does not say clearly is not clean. `clamd` calls a file clean that is larger than it
//! looks into; it must be set up to say so (`AlertExceedsMax yes`), and that is a file that nobody
//! looked into, not an infected one.

use clamav_client::{PONG, tokio as clamd};
use std::{fmt, path::PathBuf, str::FromStr, time::Duration};

/// How `clamd` names what it did not look into.
const NOT_LOOKED_INTO: &str = "Heuristics.Limits.Exceeded";
/// What is sent at once (bytes).
const CHUNK: usize = 64 * 1024;
/// How long a sign of life may take.
const PING_TIMEOUT: Duration = Duration::from_secs(5);

/// What the scanner says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It found nothing.
    Clean,
    /// It found this.
    Infected(String),
}

/// Why there is no verdict.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unscanned {
    /// The scanner does not answer, not in time, or not clearly.
    #[error("the scanner is unavailable: {0}")]
    Unavailable(String),
    /// It is more than the scanner looks into.
    #[error("too large for the scanner")]
    TooLarge,
}

/// Where the scanner is.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// `host:port`
    Tcp(String),
    /// A socket's file.
    Unix(PathBuf),
    /// There is none, and everything is called clean. For development alone.
    Nowhere,
}

/// The text is no scanner's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be tcp://host:port, unix:/path/to/clamd.ctl or none")]
pub struct InvalidAddress;

impl FromStr for Address {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, InvalidAddress> {
        if text == "none" {
            return Ok(Self::Nowhere);
        }
        if let Some(path) = text.strip_prefix("unix:") {
            return if path.starts_with('/') { Ok(Self::Unix(path.into())) } else { Err(InvalidAddress) };
        }
        let address = text.strip_prefix("tcp://").ok_or(InvalidAddress)?;
        match address.rsplit_once(':') {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => Ok(Self::Tcp(address.to_owned())),
            _ => Err(InvalidAddress),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => write!(f, "tcp://{address}"),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
            Self::Nowhere => f.write_str("none"),
        }
    }
}

/// A scanner.
#[derive(Clone)]
pub struct Scanner {
    address: Address,
    timeout: Duration,
    most: u64,
}

impl Scanner {
    /// `timeout` is for one file, `most` how many bytes the scanner looks into.
    pub const fn new(address: Address, timeout: Duration, most: u64) -> Self {
        Self { address, timeout, most }
    }

    /// Where it is.
    pub const fn address(&self) -> &Address {
        &self.address
    }

    /// Looks into a file.
    pub async fn scan(&self, bytes: &[u8]) -> Result<Verdict, Unscanned> {
        if u64::try_from(bytes.len()).is_ok_and(|size| size > self.most) {
            return Err(Unscanned::TooLarge);
        }
        let asked = async {
            match &self.address {
                Address::Tcp(address) => clamd::scan_buffer(bytes, clamd::Tcp { host_address: address.as_str() }, Some(CHUNK)).await,
                Address::Unix(path) => clamd::scan_buffer(bytes, clamd::Socket { socket_path: path.as_path() }, Some(CHUNK)).await,
                Address::Nowhere => Ok(b"stream: OK\0".to_vec()),
            }
        };
        match tokio::time::timeout(self.timeout, asked).await {
            Ok(Ok(answer)) => read_answer(&answer),
            Ok(Err(error)) => Err(Unscanned::Unavailable(error.to_string())),
            Err(_) => Err(Unscanned::Unavailable("no answer in time".to_owned())),
        }
    }

    /// Whether it answers.
    pub async fn ping(&self) -> Result<(), Unscanned> {
        let asked = async {
            match &self.address {
                Address::Tcp(address) => clamd::ping(clamd::Tcp { host_address: address.as_str() }).await,
                Address::Unix(path) => clamd::ping(clamd::Socket { socket_path: path.as_path() }).await,
                Address::Nowhere => Ok(PONG.to_vec()),
            }
        };
        match tokio::time::timeout(PING_TIMEOUT, asked).await {
            Ok(Ok(answer)) if answer == PONG => Ok(()),
            Ok(Ok(answer)) => Err(Unscanned::Unavailable(String::from_utf8_lossy(&answer).into_owned())),
            Ok(Err(error)) => Err(Unscanned::Unavailable(error.to_string())),
            Err(_) => Err(Unscanned::Unavailable("no answer in time".to_owned())),
        }
    }
}

/// `stream: OK`, `stream: <name> FOUND`, or something that went wrong.
fn read_answer(answer: &[u8]) -> Result<Verdict, Unscanned> {
    let text = String::from_utf8_lossy(answer);
    let text = text.trim_end_matches(['\0', '\n']).trim();
    if text == "stream: OK" {
        return Ok(Verdict::Clean);
    }
    if let Some(name) = text.strip_prefix("stream: ").and_then(|rest| rest.strip_suffix(" FOUND")) {
        return if name.starts_with(NOT_LOOKED_INTO) { Err(Unscanned::TooLarge) } else { Ok(Verdict::Infected(name.to_owned())) };
    }
    if text.contains("size limit exceeded") {
        return Err(Unscanned::TooLarge);
    }
    Err(Unscanned::Unavailable(if text.is_empty() { "an empty answer".to_owned() } else { text.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ok_is_clean() {
        assert_eq!(read_answer(b"stream: OK\0"), Ok(Verdict::Clean));
        assert_eq!(read_answer(b"stream: Eicar-Test FOUND\0"), Ok(Verdict::Infected("Eicar-Test".into())));
        assert_eq!(read_answer(b"INSTREAM size limit exceeded. ERROR\0"), Err(Unscanned::TooLarge));
        assert_eq!(read_answer(b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0"), Err(Unscanned::TooLarge));
        for unclear in [
            &b""[..],
            b"stream: NOT OK\0",
            b"OK",
            b"stream: OK FOUND",
            b"stream: Can't allocate memory ERROR\0",
            b"stream: OK\0stream: X FOUND\0",
        ] {
            assert!(!matches!(read_answer(unclear), Ok(Verdict::Clean)), "{}", String::from_utf8_lossy(unclear));
        }
    }

    #[test]
    fn addresses_are_read_as_they_are_written() {
        for text in ["tcp://127.0.0.1:3310", "unix:/run/clamav/clamd.ctl", "none"] {
            assert_eq!(text.parse::<Address>().unwrap().to_string(), text);
        }
        for text in ["", "tcp://", "tcp://host", "unix:clamd", "localhost:3310"] {
            assert!(text.parse::<Address>().is_err(), "{text}");
        }
    }

    #[tokio::test]
    async fn nobody_there_is_no_verdict() {
        let scanner = Scanner::new(Address::Tcp("127.0.0.1:9".into()), Duration::from_secs(5), 100);
        assert!(matches!(scanner.scan(b"x").await, Err(Unscanned::Unavailable(_))));
        assert!(scanner.ping().await.is_err());
        assert_eq!(scanner.scan(&[0; 101]).await, Err(Unscanned::TooLarge), "more than the scanner looks into is not sent");
    }
}
