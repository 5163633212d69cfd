//! What the world says of a domain: its text records, and who answers at its address.

use crate::outgoing::{self, Bounds, Lookup, Outgoing, OutgoingError};
use async_trait::async_trait;
use hickory_resolver::{
    TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts},
    net::runtime::TokioRuntimeProvider,
    proto::rr::RData,
};
use std::{fmt, io, net::SocketAddr, sync::Arc, time::Duration};
use url::Url;

/// How long a name server may take, and how often it is asked.
const PATIENCE: Duration = Duration::from_secs(3);
const ATTEMPTS: usize = 2;
/// The longest answer of a host (bytes).
const MAX_ANSWER: usize = 4096;
/// The most records of a name that are looked at.
const MAX_RECORDS: usize = 50;

/// Asks about domains.
#[async_trait]
pub trait Domains: fmt::Debug + Send + Sync {
    /// The text records of `name`, each in one piece; none when there is none.
    async fn txt(&self, name: &str) -> Result<Vec<String>, NoAnswer>;

    /// What a GET of `address` answers with success, as text.
    async fn get(&self, address: &Url) -> Result<String, OutgoingError>;
}

/// The name servers did not answer, or not in a way that says anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the name servers do not answer")]
pub struct NoAnswer;

/// The settings are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misconfigured {
    /// This machine does not say which name servers to ask.
    #[error("the name servers of this machine cannot be told")]
    NameServers,
    /// An inner place is none.
    #[error(transparent)]
    Place(#[from] OutgoingError),
}

/// The internet's answers.
#[derive(Clone)]
pub struct Internet {
    resolver: TokioResolver,
    http: Outgoing,
}

impl fmt::Debug for Internet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Internet").finish_non_exhaustive()
    }
}

impl Internet {
    /// Asks `server`, or without one the name servers of this machine. Calls public addresses by https, and those at
    /// `inner` (`host:port`) wherever they are and however they speak.
    ///
    /// # Errors
    /// When this machine's name servers cannot be told, or an inner place is none.
    pub fn new(server: Option<SocketAddr>, inner: &[&str]) -> Result<Self, Misconfigured> {
        let builder = match server {
            Some(server) => {
                let at = |mut connection: ConnectionConfig| {
                    connection.port = server.port();
                    connection
                };
                let connections = vec![at(ConnectionConfig::udp()), at(ConnectionConfig::tcp())];
                let server = NameServerConfig::new(server.ip(), true, connections);
                TokioResolver::builder_with_config(ResolverConfig::from_name_servers(vec![server]), TokioRuntimeProvider::default())
            }
            None => TokioResolver::builder_tokio().map_err(|_| Misconfigured::NameServers)?,
        };
        let mut options = ResolverOpts::default();
        options.timeout = PATIENCE;
        options.attempts = ATTEMPTS;
        // Somebody who has just added a record looks again.
        options.cache_size = 0;
        let resolver = builder.with_options(options).build().map_err(|_| Misconfigured::NameServers)?;
        let bounds = Bounds { body: MAX_ANSWER, ..Bounds::default() };
        let http = Outgoing::with_lookup(inner, bounds, lookup(&resolver))?;
        Ok(Self { resolver, http })
    }
}

/// The addresses of names, by the same name servers.
fn lookup(resolver: &TokioResolver) -> Lookup {
    let resolver = resolver.clone();
    Arc::new(move |name| {
        let resolver = resolver.clone();
        Box::pin(async move { Ok(resolver.lookup_ip(format!("{name}.")).await.map_err(io::Error::other)?.iter().collect()) })
    })
}

#[async_trait]
impl Domains for Internet {
    async fn txt(&self, name: &str) -> Result<Vec<String>, NoAnswer> {
        // The dot says that it is whole: no search list of ours is tried.
        match self.resolver.txt_lookup(format!("{name}.")).await {
            Ok(found) => {
                let records = found.answers().iter().filter_map(|record| match &record.data {
                    RData::TXT(text) => Some(text.txt_data.iter().map(|part| String::from_utf8_lossy(part)).collect::<String>()),
                    _ => None,
                });
                Ok(records.take(MAX_RECORDS).collect())
            }
            Err(error) if error.is_no_records_found() || error.is_nx_domain() => Ok(Vec::new()),
            Err(_) => Err(NoAnswer),
        }
    }

    async fn get(&self, address: &Url) -> Result<String, OutgoingError> {
        let answer = self.http.send(outgoing::get(address)?).await?;
        if !answer.status().is_success() {
            return Err(OutgoingError::Unreadable);
        }
        String::from_utf8(answer.into_body()).map_err(|_| OutgoingError::Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hickory_resolver::proto::{
        op::{Message, ResponseCode},
        rr::{Name, Record, rdata::TXT},
    };
    use std::str::FromStr;
    use tokio::net::UdpSocket;

    /// A name server that knows `_wemaster.known.example`, nothing of `broken.example`, and no other name.
    async fn name_server() -> SocketAddr {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        tokio::spawn(async move {
            let mut packet = [0; 1024];
            loop {
                let (size, from) = socket.recv_from(&mut packet).await.unwrap();
                let asked = Message::from_vec(&packet[..size]).unwrap();
                let mut answer = Message::response(asked.metadata.id, asked.metadata.op_code);
                let query = asked.queries[0].clone();
                let name = query.name().to_string();
                answer.add_query(query);
                if name == "_wemaster.known.example." {
                    let parts = vec!["wemaster-domain=".to_owned(), "token".to_owned()];
                    let record = RData::TXT(TXT::new(parts));
                    answer.add_answer(Record::from_rdata(Name::from_str(&name).unwrap(), 60, record));
                } else if name.contains("broken") {
                    answer.metadata.response_code = ResponseCode::ServFail;
                } else {
                    answer.metadata.response_code = ResponseCode::NXDomain;
                }
                socket.send_to(&answer.to_vec().unwrap(), from).await.unwrap();
            }
        });
        address
    }

    #[tokio::test]
    async fn a_record_is_read_in_one_piece_and_silence_is_no_answer() {
        let internet = Internet::new(Some(name_server().await), &[]).unwrap();
        assert_eq!(internet.txt("_wemaster.known.example").await, Ok(vec!["wemaster-domain=token".to_owned()]));
        assert_eq!(internet.txt("_wemaster.other.example").await, Ok(Vec::new()));
        assert_eq!(internet.txt("_wemaster.broken.example").await, Err(NoAnswer));
        assert_eq!(internet.txt("not a name").await, Err(NoAnswer));
    }

    #[tokio::test]
    async fn a_domain_that_leads_inside_is_not_called() {
        let internet = Internet::new(Some(name_server().await), &[]).unwrap();
        for address in ["https://127.0.0.1/", "https://known.example/", "http://known.example/"] {
            assert!(internet.get(&Url::parse(address).unwrap()).await.is_err(), "{address}");
        }
    }
}
