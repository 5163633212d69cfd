//! What is known of a provider before it was asked anything.

use super::{IdentityError, apple};
use crate::outgoing::Outgoing;

/// Facebook's issuer, as we name it.
const FACEBOOK: &str = "https://www.facebook.com";
/// Facebook's API.
const GRAPH: &str = "https://graph.facebook.com";

/// How a provider is spoken to.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Google.
    Google,
    /// Apple: its client secret is made anew for each call, and the name is in the callback.
    Apple(AppleKey),
    /// Facebook: OAuth 2 and an API. No signed token, and nobody verifies the address.
    Facebook {
        /// The API's origin.
        graph: String,
    },
    /// Whoever speaks OpenID Connect.
    OpenId,
}

/// The key that Apple gives a developer.
#[derive(Clone)]
pub struct AppleKey {
    /// The team.
    pub team: String,
    /// The key's id.
    pub id: String,
    /// The key, as in Apple's `.p8` file.
    pub pem: String,
}

impl std::fmt::Debug for AppleKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppleKey").field("team", &self.team).field("id", &self.id).finish_non_exhaustive()
    }
}

/// One provider, and who we are to it.
#[derive(Clone)]
pub struct Settings {
    /// How it is spoken to.
    pub kind: Kind,
    /// Its address, exactly as it names itself.
    pub issuer: String,
    /// Who we are.
    pub client_id: String,
    /// What shows it. Empty for Apple, and for a provider that takes PKCE alone.
    pub client_secret: String,
    /// What is asked for, beside `openid`.
    pub scopes: Vec<String>,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("kind", &self.kind)
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// Google.
    pub fn google(client_id: &str, client_secret: &str) -> Self {
        Self { kind: Kind::Google, ..Self::open_id("https://accounts.google.com", client_id, client_secret) }
    }

    /// Apple; `client_id` is the Services ID.
    pub fn apple(client_id: &str, key: AppleKey) -> Self {
        Self { kind: Kind::Apple(key), scopes: scopes(&["name", "email"]), ..Self::open_id("https://appleid.apple.com", client_id, "") }
    }

    /// Facebook; the app's id and secret.
    pub fn facebook(client_id: &str, client_secret: &str) -> Self {
        Self {
            kind: Kind::Facebook { graph: GRAPH.to_owned() },
            scopes: scopes(&["public_profile", "email"]),
            ..Self::open_id(FACEBOOK, client_id, client_secret)
        }
    }

    /// The provider at `issuer`.
    pub fn open_id(issuer: &str, client_id: &str, client_secret: &str) -> Self {
        Self {
            kind: Kind::OpenId,
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
            client_secret: client_secret.to_owned(),
            scopes: scopes(&["email", "profile"]),
        }
    }

    /// Whether they can work at all.
    pub(super) fn check(&self, http: &Outgoing) -> Result<(), IdentityError> {
        let wrong = |what: &str| Err(IdentityError::Misconfigured(what.to_owned()));
        let issuer = http.check(&self.issuer)?;
        if issuer.query().is_some() || issuer.fragment().is_some() {
            return wrong("the issuer's address has no ? and no #");
        }
        if self.client_id.is_empty() {
            return wrong("the client id is missing");
        }
        match &self.kind {
            Kind::Google | Kind::Facebook { .. } if self.client_secret.is_empty() => wrong("the client secret is missing"),
            Kind::Apple(key) => apple::key(key).map(drop),
            Kind::Google | Kind::Facebook { .. } | Kind::OpenId => Ok(()),
        }
    }
}

fn scopes(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
