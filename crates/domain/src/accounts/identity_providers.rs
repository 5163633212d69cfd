//! Whom a school trusts to say who somebody is: Google, Apple, Facebook, or whoever speaks OpenID Connect.
//!
//! A provider is the school's own agreement: its client id and secret, sealed. What it says counts at this school
//! alone.

mod setup;

pub use setup::{ProviderDraft, ProviderSummary, change, create, list, next_id, one, remove};

use crate::{Actor, Error, Result, Services, TenantTx, keyring::Place, resealing};
use kernel::{
    AppError,
    ids::{IdentityProviderId, TenantId},
};
use providers::{
    identity::{AppleKey, IdentityError, Provider, Settings},
    outgoing::Outgoing,
};
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// How many providers a server remembers; each knows its keys for an hour.
const MAX_REMEMBERED: usize = 1000;
/// The sealed column.
const SECRET: &str = "identity_providers.secret";

/// What a provider is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderKind {
    /// Google.
    Google,
    /// Apple.
    Apple,
    /// Facebook.
    Facebook,
    /// Whoever speaks OpenID Connect.
    OpenId,
}

impl ProviderKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Google, Self::Apple, Self::Facebook, Self::OpenId];

    /// Its name in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Apple => "apple",
            Self::Facebook => "facebook",
            Self::OpenId => "open_id",
        }
    }

    /// By its [`key`](Self::key).
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// What its maker calls it; none where the school does.
    pub const fn brand(self) -> Option<&'static str> {
        match self {
            Self::Google => Some("Google"),
            Self::Apple => Some("Apple"),
            Self::Facebook => Some("Facebook"),
            Self::OpenId => None,
        }
    }
}

/// Providers, each as of a revision of its row.
type Known = HashMap<IdentityProviderId, (i64, Arc<Provider>)>;

/// The providers that this server has spoken to, with what they said of themselves. Cheap to clone.
#[derive(Clone)]
pub struct IdentityProviders {
    http: Outgoing,
    known: Arc<Mutex<Known>>,
}

impl fmt::Debug for IdentityProviders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdentityProviders")
    }
}

impl IdentityProviders {
    /// Those that are called by `http`.
    pub fn new(http: Outgoing) -> Self {
        Self { http, known: Arc::default() }
    }

    /// The provider of a row: as it was remembered, unless it was changed since.
    fn of(&self, row: &Row, settings: Settings) -> std::result::Result<Arc<Provider>, IdentityError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, provider)) = known.get(&row.id).filter(|(revision, _)| *revision == row.revision) {
            return Ok(Arc::clone(provider));
        }
        let provider = Arc::new(Provider::new(settings, self.http.clone())?);
        if known.len() >= MAX_REMEMBERED {
            known.clear();
        }
        known.insert(row.id, (row.revision, Arc::clone(&provider)));
        Ok(provider)
    }
}

/// A provider as the database has it.
struct Row {
    id: IdentityProviderId,
    kind: String,
    name: String,
    issuer: String,
    client_id: String,
    secret: Option<Vec<u8>>,
    apple_team: Option<String>,
    apple_key: Option<String>,
    enabled: bool,
    revision: i64,
}

impl Row {
    fn kind(&self) -> Result<ProviderKind> {
        ProviderKind::parse(&self.kind).ok_or(Error::Broken("a provider has a kind"))
    }

    fn secret(&self, services: &Services, tenant: TenantId) -> Result<String> {
        let Some(sealed) = &self.secret else { return Ok(String::new()) };
        String::from_utf8(services.keyring.open(place(tenant, &self.id), sealed)?).map_err(|_| Error::Broken("a secret is text"))
    }
}

fn place(tenant: TenantId, id: &IdentityProviderId) -> Place<'_> {
    Place { column: SECRET, owner: tenant.0, row: id.0.as_bytes() }
}

/// What is said to a provider.
fn settings(kind: ProviderKind, issuer: &str, client_id: &str, secret: String, apple: (Option<&str>, Option<&str>)) -> Settings {
    match kind {
        ProviderKind::Google => Settings::google(client_id, &secret),
        ProviderKind::Facebook => Settings::facebook(client_id, &secret),
        ProviderKind::OpenId => Settings::open_id(issuer, client_id, &secret),
        ProviderKind::Apple => {
            let [team, id] = [apple.0, apple.1].map(|part| part.unwrap_or_default().to_owned());
            Settings::apple(client_id, AppleKey { team, id, pem: secret })
        }
    }
}

/// How a provider names itself: a preset's is known, another's was typed.
fn issuer_of(kind: ProviderKind, typed: &str) -> String {
    settings(kind, typed, "", String::new(), (None, None)).issuer
}

async fn rows(tx: &mut TenantTx) -> Result<Vec<Row>> {
    Ok(sqlx::query_as!(
        Row,
        r#"SELECT id AS "id: IdentityProviderId", kind, name, issuer, client_id, secret, apple_team, apple_key, enabled, revision
           FROM identity_providers WHERE tenant_id = $1 ORDER BY name, id"#,
        tx.tenant().0
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn row(tx: &mut TenantTx, id: IdentityProviderId) -> Result<Row> {
    Ok(rows(tx).await?.into_iter().find(|row| row.id == id).ok_or(AppError::NotFound)?)
}

/// A provider that members can sign in at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Its id.
    pub id: IdentityProviderId,
    /// What it is called.
    pub name: String,
    /// Its address, as it names itself.
    pub issuer: String,
}

/// The providers that members of the actor's school can sign in at, by name.
pub async fn offered(services: &Services, actor: &Actor) -> Result<Vec<Offered>> {
    let mut tx = actor.begin(&services.db).await?;
    let rows = rows(&mut tx).await?;
    tx.commit().await?;
    Ok(rows.into_iter().filter(|row| row.enabled).map(|row| Offered { id: row.id, name: row.name, issuer: row.issuer }).collect())
}

/// A provider that members can sign in at, to speak to; and its name.
pub(super) async fn open(services: &Services, actor: &Actor, id: IdentityProviderId) -> Result<(Arc<Provider>, String)> {
    let mut tx = actor.begin(&services.db).await?;
    let row = row(&mut tx, id).await?;
    tx.commit().await?;
    if !row.enabled {
        return Err(AppError::NotFound.into());
    }
    Ok((provider(services, actor.tenant.id, &row)?, row.name))
}

fn provider(services: &Services, tenant: TenantId, row: &Row) -> Result<Arc<Provider>> {
    let apple = (row.apple_team.as_deref(), row.apple_key.as_deref());
    let settings = settings(row.kind()?, &row.issuer, &row.client_id, row.secret(services, tenant)?, apple);
    services.identities.of(row, settings).map_err(|error| refusal(&error).into())
}

/// What is told somebody who cannot sign in there, of what went wrong with the provider.
pub(super) fn refusal(error: &IdentityError) -> AppError {
    match error {
        IdentityError::Cancelled => AppError::conflict("error-identity-cancelled"),
        IdentityError::Unavailable(why) => {
            tracing::warn!(%why, "an identity provider is unavailable");
            AppError::Unavailable("error-identity-unavailable".into())
        }
        IdentityError::Misconfigured(why) => {
            tracing::warn!(%why, "an identity provider is set up wrongly");
            AppError::Unavailable("error-identity-settings".into())
        }
        IdentityError::Refused(check) => {
            metrics::counter!("identities_refused_total", "check" => *check).increment(1);
            tracing::warn!(%check, "refused a sign-in from elsewhere");
            AppError::conflict("error-identity-refused")
        }
    }
}

/// Seals a school's secrets again by the key that seals now; says how many.
pub(crate) async fn reseal(services: &Services, tenant: TenantId) -> Result<u64> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id: IdentityProviderId", secret AS "secret!" FROM identity_providers WHERE tenant_id = $1 AND secret IS NOT NULL FOR UPDATE"#,
        tenant.0
    )
    .fetch_all(tx.conn())
    .await?;
    let mut fields = 0;
    for row in rows {
        let Some(again) = resealing::again(services, place(tenant, &row.id), &row.secret)? else { continue };
        sqlx::query!("UPDATE identity_providers SET secret = $3 WHERE tenant_id = $1 AND id = $2", tenant.0, row.id.0, again)
            .execute(tx.conn())
            .await?;
        fields += 1;
    }
    tx.commit().await?;
    Ok(fields)
}
