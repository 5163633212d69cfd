//! The one HTTP client for addresses that people type: issuers, calendar feeds, webhooks.
//!
//! Whoever may type an address could make the server ask its own network (SSRF). So only https on
//! usual ports is spoken, names are resolved by a resolver that knows public addresses only and
//! whose answer is what the connection goes to (a name that changes its mind gains nothing), and
//! redirects are refused or pass the same checks. Answers are bounded in time and size.
//!
//! Errors are fit to be shown to whoever typed the address: they tell a name that does not exist
//! from one that leads inside by nothing.

mod address;
mod resolver;
#[cfg(test)]
mod tests;

pub use address::is_public;

use http::{HeaderMap, HeaderValue, Method, header};
use http_body_util::{BodyExt, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
pub(crate) use resolver::Lookup;
use resolver::{Guard, NoPublicAddress};
use std::{collections::HashSet, error::Error, net::IpAddr, sync::Arc, time::Duration};
use url::Url;

/// A request with its whole body.
pub type Request = http::Request<Vec<u8>>;
/// An answer with its whole body.
pub type Response = http::Response<Vec<u8>>;

/// A body that is sent.
type Body = Full<bytes::Bytes>;

/// How we call ourselves.
const USER_AGENT: &str = concat!("WeMaster/", env!("CARGO_PKG_VERSION"));
/// The ports of https that other people's servers use.
const PORTS: [u16; 2] = [443, 8443];
/// The longest address (bytes).
const MAX_ADDRESS: usize = 2048;
/// How many redirects are followed where any are.
const MAX_REDIRECTS: usize = 3;

/// How much an answer may cost.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// From the look-up of the name to the last byte, redirects included.
    pub total: Duration,
    /// Until there is a connection.
    pub connect: Duration,
    /// The largest body (bytes).
    pub body: usize,
}

impl Default for Bounds {
    /// Ten seconds, four for the connection, 512 KiB.
    fn default() -> Self {
        Self { total: Duration::from_secs(10), connect: Duration::from_secs(4), body: 512 * 1024 }
    }
}

/// Why there is no answer. The text can be shown to whoever typed the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutgoingError {
    /// It is no address that we call.
    #[error("this address cannot be used: {0}")]
    Address(&'static str),
    /// The name is unknown, or what it leads to is not public.
    #[error("the name leads to no public address")]
    NoPublicAddress,
    /// There is no connection, or no TLS with a certificate for the name.
    #[error("the server cannot be reached")]
    Unreachable,
    /// It took too long.
    #[error("the server took too long")]
    TimedOut,
    /// The answer is larger than it may be.
    #[error("the answer is too large")]
    TooLarge,
    /// The answer cannot be read.
    #[error("the answer cannot be read")]
    Unreadable,
    /// More redirects than may be, or one without an address.
    #[error("the server redirects too often")]
    Redirects,
}

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct Outgoing {
    client: Client<HttpsConnector<HttpConnector<Guard>>, Body>,
    allowed: Arc<Allowed>,
    bounds: Bounds,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing").field("bounds", &self.bounds).finish_non_exhaustive()
    }
}

impl Outgoing {
    /// A client that calls public servers only, and those at `allowed` (`host:port`), which may be
    /// anywhere and need not speak TLS: servers on this machine, in development and tests.
    ///
    /// # Errors
    /// When an allowed place is none.
    pub fn new(allowed: &[&str], bounds: Bounds) -> Result<Self, OutgoingError> {
        Self::with_lookup(allowed, bounds, resolver::system())
    }

    pub(crate) fn with_lookup(allowed: &[&str], bounds: Bounds, lookup: Lookup) -> Result<Self, OutgoingError> {
        let allowed = Arc::new(Allowed::parse(allowed)?);
        let mut connector = HttpConnector::new_with_resolver(Guard::new(Arc::clone(&allowed), lookup));
        // Whether it may be http was decided by the address.
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(bounds.connect));
        // It knows no proxies, no cookies, no redirects and no packed bodies.
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls()?).https_or_http().enable_http1().wrap_connector(connector);
        let client = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(2)
            .pool_idle_timeout(Duration::from_secs(30))
            .pool_timer(TokioTimer::new())
            .build(connector);
        Ok(Self { client, allowed, bounds })
    }

    /// The address that `text` is, if it is one that we call. The name is looked up only at the
    /// call, and its addresses are checked there.
    pub fn check(&self, text: &str) -> Result<Url, OutgoingError> {
        if text.len() > MAX_ADDRESS {
            return Err(OutgoingError::Address("it is too long"));
        }
        let url = Url::parse(text).map_err(|_| OutgoingError::Address("it is no web address"))?;
        self.check_url(&url)?;
        Ok(url)
    }

    fn check_url(&self, url: &Url) -> Result<(), OutgoingError> {
        let wrong = |why| Err(OutgoingError::Address(why));
        if !url.username().is_empty() || url.password().is_some() {
            return wrong("it carries a user or a password");
        }
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else { return wrong("it names no server") };
        let is_web = matches!(url.scheme(), "http" | "https");
        if is_web && self.allowed.has(host, port) {
            return Ok(());
        }
        if url.scheme() != "https" {
            return wrong("it does not begin with https://");
        }
        if !PORTS.contains(&port) {
            return wrong("its port is not one of https");
        }
        // The parser has turned every spelling of an IPv4 address (hexadecimal, octal, one number) into the usual one.
        match literal(host) {
            Some(ip) if is_public(ip) => Ok(()),
            Some(_) => Err(OutgoingError::NoPublicAddress),
            // The resolver lets an allowed name through at every port; another port ends here.
            None if self.allowed.has_name(host) => wrong("its port is not allowed"),
            None if host.ends_with('.') || !host.contains('.') => wrong("it is no full name of a server"),
            None => Ok(()),
        }
    }

    /// Sends `request` once. A redirect is an answer like others.
    pub async fn send(&self, request: Request) -> Result<Response, OutgoingError> {
        self.within_time(self.once(request)).await
    }

    /// Sends a GET and follows up to three redirects, each of which passes the checks of the first
    /// address. Headers do not travel to another server.
    pub async fn follow(&self, mut request: Request) -> Result<Response, OutgoingError> {
        self.within_time(async {
            for _ in 0..=MAX_REDIRECTS {
                let from = self.check(&request.uri().to_string())?;
                let headers = request.headers().clone();
                let answer = self.once(request).await?;
                if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                    return Ok(answer);
                }
                let to = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).ok_or(OutgoingError::Redirects)?;
                let to = from.join(to).map_err(|_| OutgoingError::Redirects)?;
                request = get(&to)?;
                if to.origin() == from.origin() {
                    *request.headers_mut() = headers;
                }
            }
            Err(OutgoingError::Redirects)
        })
        .await
    }

    async fn within_time(&self, answer: impl Future<Output = Result<Response, OutgoingError>>) -> Result<Response, OutgoingError> {
        tokio::time::timeout(self.bounds.total, answer).await.unwrap_or(Err(OutgoingError::TimedOut))
    }

    async fn once(&self, request: Request) -> Result<Response, OutgoingError> {
        let (mut parts, body) = request.into_parts();
        let url = self.check(&parts.uri.to_string())?;
        parts.uri = url.as_str().parse().map_err(|_| OutgoingError::Address("it is no web address"))?;
        parts.headers.entry(header::USER_AGENT).or_insert(HeaderValue::from_static(USER_AGENT));
        let request = http::Request::from_parts(parts, Full::from(body));
        let (parts, mut answer) = self.client.request(request).await.map_err(|error| reason(&error))?.into_parts();
        if is_encoded(&parts.headers) {
            return Err(OutgoingError::Unreadable);
        }
        // What is announced is not believed, but a large announcement saves the reading.
        if http_body::Body::size_hint(&answer).lower() > self.bounds.body as u64 {
            return Err(OutgoingError::TooLarge);
        }
        let mut body = Vec::new();
        while let Some(frame) = answer.frame().await {
            let Ok(chunk) = frame.map_err(|_| OutgoingError::Unreadable)?.into_data() else { continue };
            if body.len() + chunk.len() > self.bounds.body {
                return Err(OutgoingError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(http::Response::from_parts(parts, body))
    }
}

/// A GET of `url`.
///
/// # Errors
/// When the address cannot stand in a request.
pub fn get(url: &Url) -> Result<Request, OutgoingError> {
    http::Request::builder()
        .method(Method::GET)
        .uri(url.as_str())
        .body(Vec::new())
        .map_err(|_| OutgoingError::Address("it is no web address"))
}

/// Whether the body would have to be unpacked: a small one can become endless.
fn is_encoded(headers: &HeaderMap) -> bool {
    headers.get_all(header::CONTENT_ENCODING).iter().any(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// The address that a URL's host is, unless it is a name.
fn literal(host: &str) -> Option<IpAddr> {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host).parse().ok()
}

/// Our word for a failure; its own may tell of our network.
fn reason(error: &hyper_util::client::legacy::Error) -> OutgoingError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<NoPublicAddress>() {
            return OutgoingError::NoPublicAddress;
        }
        cause = error.source();
    }
    if error.is_connect() { OutgoingError::Unreachable } else { OutgoingError::Unreadable }
}

/// TLS with the web's roots and the library that the rest of the server has.
fn tls() -> Result<rustls::ClientConfig, OutgoingError> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let builder = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| OutgoingError::Unreachable)?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// Places that are called wherever they are.
#[derive(Debug, Default)]
struct Allowed {
    places: HashSet<(String, u16)>,
}

impl Allowed {
    fn parse(places: &[&str]) -> Result<Self, OutgoingError> {
        let wrong = || OutgoingError::Address("an allowed place is host:port");
        let places = places.iter().map(|place| {
            let url = Url::parse(&format!("http://{place}")).map_err(|_| wrong())?;
            let (_, port) = place.rsplit_once(':').ok_or_else(wrong)?;
            Ok((url.host_str().ok_or_else(wrong)?.to_owned(), port.parse().map_err(|_| wrong())?))
        });
        Ok(Self { places: places.collect::<Result<_, _>>()? })
    }

    fn has(&self, host: &str, port: u16) -> bool {
        self.places.iter().any(|(name, at)| name == host && *at == port)
    }

    fn has_name(&self, host: &str) -> bool {
        self.places.iter().any(|(name, _)| name == host)
    }
}
