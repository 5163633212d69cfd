//! From names to public addresses.

use super::{Allowed, is_public};
use hyper_util::client::legacy::connect::dns::Name;
use std::{
    io,
    net::{IpAddr, SocketAddr, ToSocketAddrs},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    vec,
};
use tokio::sync::Semaphore;
use tower_service::Service;

/// Asks for a name's addresses.
pub(crate) type Lookup = Arc<dyn Fn(String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> + Send + Sync>;

/// Names that are looked up at once. Each holds a thread until it is answered, whoever gave up on it;
/// slow name servers must not take the threads that everything else needs.
const AT_ONCE: usize = 16;

/// Asks as every program on this machine does.
pub(super) fn system() -> Lookup {
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    Arc::new(move |name| {
        let turns = Arc::clone(&turns);
        Box::pin(async move {
            let turn = turns.acquire_owned().await.map_err(io::Error::other)?;
            let asking = tokio::task::spawn_blocking(move || {
                let found = (name, 0).to_socket_addrs();
                drop(turn);
                found
            });
            Ok(asking.await.map_err(io::Error::other)??.map(|address| address.ip()).collect())
        })
    })
}

/// The name is unknown, or none of its addresses is public.
#[derive(Debug, thiserror::Error)]
#[error("no public address")]
pub(super) struct NoPublicAddress;

/// A resolver that knows public addresses only. What it answers is what a connection goes to, so
/// nothing can change between the check and the use.
#[derive(Clone)]
pub(super) struct Guard {
    allowed: Arc<Allowed>,
    lookup: Lookup,
}

impl Guard {
    pub(super) fn new(allowed: Arc<Allowed>, lookup: Lookup) -> Self {
        Self { allowed, lookup }
    }
}

impl Service<Name> for Guard {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = NoPublicAddress;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let name = name.as_str().to_owned();
        let anywhere = self.allowed.has_name(&name);
        let asked = (self.lookup)(name);
        Box::pin(async move {
            let mut addresses = asked.await.map_err(|_| NoPublicAddress)?;
            addresses.retain(|address| anywhere || is_public(*address));
            if addresses.is_empty() {
                return Err(NoPublicAddress);
            }
            // The port is the URL's.
            Ok(addresses.into_iter().map(|address| SocketAddr::new(address, 0)).collect::<Vec<_>>().into_iter())
        })
    }
}
