//! The load: keep-alive connections that ask again as soon as they were answered. HTTP by hand,
//! because on the same two cores a library would cost as much as the server.

use crate::{
    crowd::each,
    fault::{Result, ensure},
    people::Student,
    report::percentile,
};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, timeout},
};

/// Connections at a time.
pub const CONNECTIONS: usize = 32;
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is asked for, again and again.
#[derive(Clone)]
pub struct Target {
    /// Its name in the table.
    pub name: &'static str,
    address: String,
    head: String,
    body: String,
}

/// What the load saw.
pub struct Figures {
    /// Answers per second.
    pub per_second: f64,
    /// Half of them came within.
    pub p50: Duration,
    /// 99 of a hundred came within.
    pub p99: Duration,
}

/// An answer's head and its whole body.
pub struct Answer {
    /// Status line and headers, lower case.
    pub head: String,
    /// The body without its framing.
    pub body: Vec<u8>,
}

impl Target {
    /// A page.
    pub fn page(name: &'static str, host: &str, path: &str, student: Option<&Student>) -> Self {
        let cookie = student.map_or(String::new(), |student| format!("Cookie: {}\r\n", student.cookie));
        let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n{cookie}");
        Self { name, address: address(host), head, body: String::new() }
    }

    /// A call of a server function with a JSON body.
    pub fn call(name: &'static str, host: &str, path: &str, body: &str) -> Self {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
            body.len()
        );
        Self { name, address: address(host), head, body: body.to_owned() }
    }

    /// The same as browsers ask: compressed.
    pub fn compressed(&self) -> Self {
        Self { head: format!("{}Accept-Encoding: br\r\n", self.head), ..self.clone() }
    }

    fn request(&self) -> Vec<u8> {
        format!("{}\r\n{}", self.head, self.body).into_bytes()
    }

    /// Asks once.
    pub async fn once(&self) -> Result<Answer> {
        let mut connection = Connection::open(&self.address).await?;
        connection.ask(&self.request()).await
    }
}

/// The loopback's address of a host's port.
fn address(host: &str) -> String {
    let port = host.rsplit_once(':').map_or("80", |(_, port)| port);
    format!("127.0.0.1:{port}")
}

/// Asks over [`CONNECTIONS`] connections for so long. Any answer but 200 is a fault.
pub async fn run(target: &Target, length: Duration) -> Result<Figures> {
    let begun = Instant::now();
    let times = each(CONNECTIONS, CONNECTIONS, |_| {
        let target = target.clone();
        async move {
            let (request, mut times) = (target.request(), Vec::new());
            let mut connection = Connection::open(&target.address).await?;
            while begun.elapsed() < length {
                let asked = Instant::now();
                let answer = timeout(PATIENCE, connection.ask(&request)).await.map_err(|_| "an answer took too long")??;
                times.push(asked.elapsed());
                ensure(answer.head.starts_with("http/1.1 200"), || format!("{}: {}", target.name, answer.head))?;
            }
            Ok(times)
        }
    })
    .await?;
    let took = begun.elapsed();
    let mut times = times.concat();
    let count = u32::try_from(times.len())?;
    Ok(Figures { per_second: f64::from(count) / took.as_secs_f64(), p50: percentile(&mut times, 500), p99: percentile(&mut times, 990) })
}

/// A keep-alive connection.
struct Connection {
    stream: TcpStream,
    /// What was read and not yet used.
    read: Vec<u8>,
}

impl Connection {
    async fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::with_capacity(64 * 1024) })
    }

    async fn ask(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        let head = self.until(b"\r\n\r\n").await?;
        let head = String::from_utf8_lossy(&head).to_lowercase();
        let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let mut body = Vec::new();
        if let Some(length) = header("content-length:") {
            body = self.exactly(length.parse()?).await?;
        } else if header("transfer-encoding:") == Some("chunked") {
            loop {
                let line = self.until(b"\r\n").await?;
                let size = usize::from_str_radix(String::from_utf8_lossy(&line).trim(), 16)?;
                let chunk = self.exactly(size + 2).await?;
                if size == 0 {
                    break;
                }
                body.extend_from_slice(&chunk[..size]);
            }
        }
        Ok(Answer { head, body })
    }

    /// Everything up to and with `mark`.
    async fn until(&mut self, mark: &[u8]) -> Result<Vec<u8>> {
        let mut seen = 0;
        loop {
            if let Some(at) = self.read[seen..].windows(mark.len()).position(|window| window == mark) {
                return Ok(self.read.drain(..seen + at + mark.len()).collect());
            }
            seen = self.read.len().saturating_sub(mark.len() - 1);
            self.more().await?;
        }
    }

    async fn exactly(&mut self, length: usize) -> Result<Vec<u8>> {
        while self.read.len() < length {
            self.more().await?;
        }
        Ok(self.read.drain(..length).collect())
    }

    async fn more(&mut self) -> Result<()> {
        let count = self.stream.read_buf(&mut self.read).await?;
        ensure(count > 0, || "the server closed the connection".to_owned())
    }
}
