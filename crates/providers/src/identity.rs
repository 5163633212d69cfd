//! Sign-in with an account somewhere else: OpenID Connect, and Facebook's OAuth 2.
//!
//! A sign-in begins with [`Provider::begin`], whose [`Pending`] the caller keeps where only the
//! browser that asked can bring it back, and ends with [`Provider::finish`]. What comes out of it
//! is who the provider says somebody is. The pair of issuer and subject is that person; the mail
//! address is not, whoever verified it.

mod apple;
mod discovery;
mod facebook;
mod oidc;
mod settings;
#[cfg(test)]
mod tests;

pub use settings::{AppleKey, Kind, Settings};

use crate::outgoing::{Outgoing, OutgoingError};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use discovery::Cache;
use jiff::Timestamp;
use openidconnect::RedirectUrl;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// The longest parameter that a provider sends back (bytes).
const MAX_PARAMETER: usize = 4096;
/// The longest subject (bytes): OpenID Connect Core, 2.
const MAX_SUBJECT: usize = 255;

/// Where people sign in.
pub struct Provider {
    settings: Settings,
    http: Outgoing,
    known: Cache,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// A sign-in that has begun.
#[derive(Debug)]
pub struct Begun {
    /// Where the browser goes. It carries nothing secret.
    pub url: String,
    /// What is needed when it comes back.
    pub pending: Pending,
}

/// What the end of a sign-in is held against. Whoever has it and the browser's callback can finish,
/// so it is kept sealed, works once and ends soon.
#[derive(Clone, Serialize, Deserialize)]
pub struct Pending {
    /// Whom the browser was sent to.
    pub issuer: String,
    /// Where it was told to come back.
    pub redirect_uri: String,
    /// Comes back in the callback.
    pub state: String,
    /// Comes back in the signed token.
    pub nonce: String,
    /// Shows the provider that who ends the sign-in began it (PKCE).
    pub verifier: String,
}

impl std::fmt::Debug for Pending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pending").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// The parameters with which a browser comes back: in the query, or in a form from Apple.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Callback {
    /// What the tokens are asked for with.
    pub code: Option<String>,
    /// Ours.
    pub state: Option<String>,
    /// Who answers (RFC 9207).
    pub iss: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
    /// Apple's, at the first sign-in only: the name as JSON. Nobody signed it.
    pub user: Option<String>,
}

impl std::fmt::Debug for Callback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Callback").finish_non_exhaustive()
    }
}

/// Who somebody is, by the word of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Who says so.
    pub issuer: String,
    /// Never changes and is nobody else's, at this issuer.
    pub subject: String,
    /// A mail address.
    pub email: Option<String>,
    /// Whether the provider says that they receive mail there.
    pub email_verified: bool,
    /// As they want to be called.
    pub name: Option<String>,
    /// The https address of a picture.
    pub picture: Option<String>,
    /// When they last showed the provider who they are, if it tells.
    pub auth_time: Option<Timestamp>,
}

/// Why a sign-in does not go on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// They changed their mind at the provider.
    #[error("cancelled")]
    Cancelled,
    /// The provider cannot be reached or is broken; later it may work.
    #[error("the provider is unavailable: {0}")]
    Unavailable(&'static str),
    /// An admin can mend it; the text says what.
    #[error("the provider's settings: {0}")]
    Misconfigured(String),
    /// Not what was begun, or forged. The word says which check failed: for the log and a metric.
    #[error("refused: {0}")]
    Refused(&'static str),
}

impl From<OutgoingError> for IdentityError {
    fn from(error: OutgoingError) -> Self {
        match error {
            OutgoingError::NoPublicAddress => Self::Unavailable("its name leads to no public address"),
            OutgoingError::Unreachable => Self::Unavailable("it cannot be reached"),
            OutgoingError::TimedOut => Self::Unavailable("it took too long"),
            OutgoingError::Address(_) | OutgoingError::TooLarge | OutgoingError::Unreadable | OutgoingError::Redirects => {
                Self::Misconfigured(error.to_string())
            }
        }
    }
}

impl Provider {
    /// A provider with `settings`, called by `http`.
    ///
    /// # Errors
    /// [`IdentityError::Misconfigured`] when a setting cannot work.
    pub fn new(settings: Settings, http: Outgoing) -> Result<Self, IdentityError> {
        settings.check(&http)?;
        Ok(Self { settings, http, known: Cache::default() })
    }

    /// Who signs people in there, as in [`Identity::issuer`].
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Asks the provider for what it says of itself, for an admin who wants to know whether it works.
    pub async fn check(&self, now: Timestamp) -> Result<(), IdentityError> {
        match &self.settings.kind {
            Kind::Facebook { .. } => Ok(()),
            Kind::Google | Kind::Apple(_) | Kind::OpenId => self.known.get(&self.settings, &self.http, now).await.map(drop),
        }
    }

    /// Begins a sign-in that comes back to `redirect_uri`. `random` gives bytes that nobody can guess.
    pub async fn begin(&self, redirect_uri: &str, now: Timestamp, random: impl Fn() -> [u8; 32]) -> Result<Begun, IdentityError> {
        let secret = || BASE64_URL_SAFE_NO_PAD.encode(random());
        let pending = Pending {
            issuer: self.settings.issuer.clone(),
            redirect_uri: redirect_uri.to_owned(),
            state: secret(),
            nonce: secret(),
            verifier: secret(),
        };
        let back = redirect(redirect_uri)?;
        let url = match &self.settings.kind {
            Kind::Facebook { .. } => facebook::begin(&self.settings, &pending, back)?,
            Kind::Google | Kind::Apple(_) | Kind::OpenId => {
                let known = self.known.get(&self.settings, &self.http, now).await?;
                oidc::begin(&self.settings, &known, &pending, back)
            }
        };
        Ok(Begun { url, pending })
    }

    /// Ends the sign-in that `pending` began.
    pub async fn finish(&self, callback: &Callback, pending: &Pending, now: Timestamp) -> Result<Identity, IdentityError> {
        use IdentityError::Refused;
        let state = callback.state.as_deref().ok_or(Refused("state"))?;
        if !bool::from(state.as_bytes().ct_eq(pending.state.as_bytes())) {
            return Err(Refused("state"));
        }
        // A callback of one provider must not be taken to another (mix-up).
        if pending.issuer != self.settings.issuer || callback.iss.as_ref().is_some_and(|issuer| *issuer != self.settings.issuer) {
            return Err(Refused("iss"));
        }
        if let Some(error) = &callback.error {
            return Err(said_no(error));
        }
        let code = callback.code.as_deref().filter(|code| !code.is_empty() && code.len() <= MAX_PARAMETER).ok_or(Refused("code"))?;
        let back = redirect(&pending.redirect_uri)?;
        match &self.settings.kind {
            Kind::Facebook { graph } => facebook::finish(&self.settings, &self.http, graph, code, pending, back).await,
            Kind::Google | Kind::Apple(_) | Kind::OpenId => {
                let known = self.known.get(&self.settings, &self.http, now).await?;
                if known.names_itself() && callback.iss.is_none() {
                    return Err(Refused("iss"));
                }
                let tokens = oidc::exchange(&self.settings, &self.http, &known, code, pending, back.clone(), now).await?;
                let mut identity = match oidc::verify(&self.settings, &known, &tokens, pending, now) {
                    Err(oidc::Flaw::UnknownKey) => {
                        // Its keys may have changed since we read them.
                        let known = self.known.refresh(&self.http, &known, now).await?;
                        oidc::verify(&self.settings, &known, &tokens, pending, now)
                    }
                    other => other,
                }
                .map_err(|flaw| Refused(flaw.word()))?;
                if identity.email.is_none() {
                    oidc::complete(&self.settings, &self.http, &known, &tokens, back, &mut identity).await?;
                }
                if let (Kind::Apple(_), Some(user)) = (&self.settings.kind, &callback.user) {
                    identity.name = identity.name.or_else(|| apple::name(user));
                }
                Ok(identity)
            }
        }
    }
}

fn redirect(uri: &str) -> Result<RedirectUrl, IdentityError> {
    RedirectUrl::new(uri.to_owned()).map_err(|_| IdentityError::Misconfigured("the address to come back to is none".to_owned()))
}

/// What an `error` of a callback means. Its text is the browser's to choose, so none of it is shown.
fn said_no(error: &str) -> IdentityError {
    let settings = |what: &str| IdentityError::Misconfigured(format!("the provider says {what}"));
    match error {
        "access_denied" | "user_cancelled_authorize" | "consent_required" | "interaction_required" | "login_required" => {
            IdentityError::Cancelled
        }
        "server_error" | "temporarily_unavailable" => IdentityError::Unavailable("it has a fault of its own"),
        "invalid_request" => settings("invalid_request"),
        "invalid_scope" => settings("invalid_scope"),
        "invalid_client" => settings("invalid_client"),
        "unauthorized_client" => settings("unauthorized_client"),
        "unsupported_response_type" => settings("unsupported_response_type"),
        _ => IdentityError::Refused("error"),
    }
}

/// A subject that can be kept.
fn subject(text: &str) -> Option<String> {
    let fits = !text.is_empty() && text.len() <= MAX_SUBJECT && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}

/// A mail address of usual length; whether mail arrives there is for others to check.
fn email(text: &str) -> Option<String> {
    let fits = text.contains('@') && text.len() <= 254 && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    fits.then(|| text.to_owned())
}

/// A name on one line, of 80 characters at most.
fn name(text: &str) -> Option<String> {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(80).collect();
    let line = line.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

/// A picture's address.
fn picture(text: &str) -> Option<String> {
    (text.starts_with("https://") && text.len() <= 2048).then(|| text.to_owned())
}
