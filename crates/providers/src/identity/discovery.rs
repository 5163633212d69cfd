//! What a provider says of itself, and its keys: kept for an hour.

use super::{IdentityError, Settings};
use crate::outgoing::{Outgoing, OutgoingError, Request, Response};
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AdditionalProviderMetadata, AsyncHttpClient, DiscoveryError, IssuerUrl, ProviderMetadata,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey, CoreJsonWebKeySet,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::Mutex;

/// How long what a provider said is taken for true.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// How long a failure answers for others. Without it, everybody would wait for a dead provider in turn.
const FAILED: SignedDuration = SignedDuration::from_secs(15);
/// How soon its keys are read again for a key that we do not know.
const BETWEEN_REFRESHES: SignedDuration = SignedDuration::from_mins(1);

/// What we read beyond the usual.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Additional {
    /// RFC 9207: every callback says who answers.
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Additional {}

type Metadata = ProviderMetadata<
    Additional,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A provider as it described itself.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) metadata: Metadata,
    pub(super) keys: CoreJsonWebKeySet,
    read_at: Timestamp,
}

impl Known {
    /// Whether every callback says who answers.
    pub(super) fn names_itself(&self) -> bool {
        self.metadata.additional_metadata().authorization_response_iss_parameter_supported
    }

    /// Whether the client secret goes into the body, because the header is not read.
    pub(super) fn takes_secret_in_body(&self) -> bool {
        self.metadata.token_endpoint_auth_methods_supported().is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost) && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        })
    }
}

/// One provider's [`Known`].
#[derive(Default)]
pub(super) struct Cache(Mutex<State>);

#[derive(Default)]
struct State {
    known: Option<Arc<Known>>,
    failed: Option<(Timestamp, IdentityError)>,
    refreshed_at: Option<Timestamp>,
}

impl Cache {
    /// What is known, asked for if it is too old.
    pub(super) async fn get(&self, settings: &Settings, http: &Outgoing, now: Timestamp) -> Result<Arc<Known>, IdentityError> {
        // Held while asking: of many at once, one asks.
        let mut state = self.0.lock().await;
        if let Some(known) = state.known.as_ref().filter(|known| now.duration_since(known.read_at) < KEPT) {
            return Ok(Arc::clone(known));
        }
        if let Some((at, error)) = &state.failed
            && now.duration_since(*at) < FAILED
        {
            return Err(error.clone());
        }
        match discover(settings, http, now).await {
            Ok(known) => {
                let known = Arc::new(known);
                *state = State { known: Some(Arc::clone(&known)), ..State::default() };
                Ok(known)
            }
            Err(error) => {
                state.failed = Some((now, error.clone()));
                Err(error)
            }
        }
    }

    /// The keys anew, because one was used that `seen` does not have; at most once a minute.
    ///
    /// # Errors
    /// [`IdentityError::Refused`] when they were read just now.
    pub(super) async fn refresh(&self, http: &Outgoing, seen: &Arc<Known>, now: Timestamp) -> Result<Arc<Known>, IdentityError> {
        let mut state = self.0.lock().await;
        if let Some(known) = state.known.as_ref().filter(|known| !Arc::ptr_eq(known, seen)) {
            return Ok(Arc::clone(known));
        }
        if state.refreshed_at.is_some_and(|at| now.duration_since(at) < BETWEEN_REFRESHES) {
            return Err(IdentityError::Refused("key"));
        }
        state.refreshed_at = Some(now);
        let keys = CoreJsonWebKeySet::fetch_async(seen.metadata.jwks_uri(), &Caller(http.clone())).await.map_err(discovery_error)?;
        let known = Arc::new(Known { metadata: seen.metadata.clone(), keys, read_at: seen.read_at });
        state.known = Some(Arc::clone(&known));
        Ok(known)
    }
}

async fn discover(settings: &Settings, http: &Outgoing, now: Timestamp) -> Result<Known, IdentityError> {
    let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|_| misconfigured("the issuer is no address"))?;
    let metadata = Metadata::discover_async(issuer, &Caller(http.clone())).await.map_err(discovery_error)?;
    // Browsers are sent there, so it is held to the same rules as what we call.
    http.check(metadata.authorization_endpoint().as_str())?;
    if metadata.token_endpoint().is_none() {
        return Err(misconfigured("the provider names no token endpoint"));
    }
    let keys = metadata.jwks().clone();
    Ok(Known { metadata, keys, read_at: now })
}

/// Calls a provider. What is neither an answer nor a refusal in OAuth's words is our own error.
pub(super) struct Caller(pub(super) Outgoing);

impl Caller {
    pub(super) async fn ask(&self, request: Request) -> Result<Response, OutgoingError> {
        let answer = self.0.send(request).await?;
        match answer.status().as_u16() {
            300..=399 => Err(OutgoingError::Redirects),
            429 | 500.. => Err(OutgoingError::Unreachable),
            _ => Ok(answer),
        }
    }
}

impl<'c> AsyncHttpClient<'c> for Caller {
    type Error = OutgoingError;
    type Future = BoxFuture<'c, Result<Response, OutgoingError>>;

    fn call(&'c self, request: Request) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

fn discovery_error(error: DiscoveryError<OutgoingError>) -> IdentityError {
    match error {
        DiscoveryError::Request(error) => error.into(),
        DiscoveryError::Validation(_) => {
            misconfigured("the provider names itself otherwise; the issuer must be the same, letter by letter")
        }
        DiscoveryError::Response(..) => misconfigured("there is no OpenID Connect provider at this address"),
        _ => misconfigured("what the provider says of itself cannot be read"),
    }
}

fn misconfigured(what: &str) -> IdentityError {
    IdentityError::Misconfigured(what.to_owned())
}
