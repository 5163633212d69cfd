//! Whom a school trusts to say who somebody is: Google, Apple, Facebook, or whoever speaks OpenID Connect.
//!
//! A provider is the school's own agreement: its client id and secret, sealed. What it says counts at this school
//! alone.

use crate::{
    Actor, Error, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    keyring::Place,
    members, resealing,
};
use kernel::{
    AppError, FieldError, FormErrors, Permission,
    ids::{IdentityProviderId, TenantId},
};
use providers::{
    identity::{AppleKey, IdentityError, Provider, Settings},
    outgoing::Outgoing,
};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// The most providers of a school.
const MAX_PROVIDERS: i64 = 20;
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

/// A provider in its school's settings. Without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderSummary {
    /// Its id.
    pub id: IdentityProviderId,
    /// What it is.
    pub kind: ProviderKind,
    /// What stands on its button.
    pub name: String,
    /// Its address, as it names itself.
    pub issuer: String,
    /// Who the school is there.
    pub client_id: String,
    /// Whether there is a secret.
    pub has_secret: bool,
    /// Apple's team; empty for others.
    pub apple_team: String,
    /// The id of Apple's key; empty for others.
    pub apple_key: String,
    /// Whether members see it.
    pub enabled: bool,
    /// How many members sign in there.
    pub members: i64,
}

/// A provider as typed. Errors come at the names of the fields.
#[derive(Clone, Default)]
pub struct ProviderDraft {
    /// Key of a [`ProviderKind`]. Field `kind`; of a provider that exists it stays as it is.
    pub kind: String,
    /// Of OpenID Connect. Field `name`.
    pub name: String,
    /// Of OpenID Connect. Field `issuer`.
    pub issuer: String,
    /// Field `client_id`.
    pub client_id: String,
    /// Empty: the one that is kept. Field `secret`.
    pub secret: String,
    /// Apple's team. Field `apple_team`.
    pub apple_team: String,
    /// The id of Apple's key. Field `apple_key`.
    pub apple_key: String,
    /// Whether members see it. Then it has to work.
    pub enabled: bool,
}

impl fmt::Debug for ProviderDraft {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderDraft").field("kind", &self.kind).field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// Providers, each as of a revision of its row.
type Known = HashMap<IdentityProviderId, (i32, Arc<Provider>)>;

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
    revision: i32,
}

impl Row {
    fn kind(&self) -> Result<ProviderKind> {
        ProviderKind::parse(&self.kind).ok_or(Error::Broken("a provider has a kind"))
    }

    fn secret(&self, services: &Services, tenant: TenantId) -> Result<String> {
        let Some(sealed) = &self.secret else { return Ok(String::new()) };
        String::from_utf8(services.keyring.open(place(tenant, &self.id), sealed)?).map_err(|_| Error::Broken("a secret is text"))
    }

    /// As the audit log has it.
    fn told(&self) -> Value {
        json!({ "name": self.name, "issuer": self.issuer, "client_id": self.client_id, "enabled": self.enabled })
    }
}

fn place(tenant: TenantId, id: &IdentityProviderId) -> Place<'_> {
    Place { column: SECRET, owner: tenant.0, row: id.0.as_bytes() }
}

/// What is said to a provider.
fn settings(kind: ProviderKind, issuer: &str, client_id: &str, secret: String, apple: (&str, &str)) -> Settings {
    match kind {
        ProviderKind::Google => Settings::google(client_id, &secret),
        ProviderKind::Facebook => Settings::facebook(client_id, &secret),
        ProviderKind::OpenId => Settings::open_id(issuer, client_id, &secret),
        ProviderKind::Apple => {
            let (team, id) = (apple.0.to_owned(), apple.1.to_owned());
            Settings::apple(client_id, AppleKey { team, id, pem: secret })
        }
    }
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
    /// What it is.
    pub kind: ProviderKind,
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
    let offered = rows.into_iter().filter(|row| row.enabled);
    offered.map(|row| Ok(Offered { kind: row.kind()?, id: row.id, name: row.name, issuer: row.issuer })).collect()
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
    let apple = (row.apple_team.as_deref().unwrap_or_default(), row.apple_key.as_deref().unwrap_or_default());
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

/// The school's providers, for whoever sets them up.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<ProviderSummary>> {
    actor.permit(Permission::ManageSettings)?;
    let mut tx = actor.begin(&services.db).await?;
    let rows = rows(&mut tx).await?;
    let counts =
        sqlx::query!(r#"SELECT issuer, count(*) AS "members!" FROM member_identities WHERE tenant_id = $1 GROUP BY issuer"#, tx.tenant().0)
            .fetch_all(tx.conn())
            .await?;
    tx.commit().await?;
    rows.into_iter()
        .map(|row| {
            Ok(ProviderSummary {
                kind: row.kind()?,
                members: counts.iter().find(|count| count.issuer == row.issuer).map_or(0, |count| count.members),
                id: row.id,
                name: row.name,
                issuer: row.issuer,
                client_id: row.client_id,
                has_secret: row.secret.is_some(),
                apple_team: row.apple_team.unwrap_or_default(),
                apple_key: row.apple_key.unwrap_or_default(),
                enabled: row.enabled,
            })
        })
        .collect()
}

/// One of them.
pub async fn one(services: &Services, actor: &Actor, id: IdentityProviderId) -> Result<ProviderSummary> {
    Ok(list(services, actor).await?.into_iter().find(|provider| provider.id == id).ok_or(AppError::NotFound)?)
}

/// A draft that was read.
struct Checked {
    kind: ProviderKind,
    name: String,
    /// As the provider names itself; a preset's is known.
    issuer: String,
    client_id: String,
    /// None: the one that is kept.
    secret: Option<String>,
    apple: Option<(String, String)>,
    enabled: bool,
}

impl ProviderDraft {
    fn check(&self, kind: ProviderKind, has_secret: bool) -> Result<Checked> {
        let text = |value: &str| value.trim().to_owned();
        let (name, issuer, client_id) = (text(&self.name), text(&self.issuer), text(&self.client_id));
        let secret = Some(text(&self.secret)).filter(|secret| !secret.is_empty());
        let apple = (text(&self.apple_team), text(&self.apple_key));
        let mut errors = FormErrors::default();
        if kind == ProviderKind::OpenId {
            errors.check(!name.is_empty(), "name", "error-required");
            errors.check_length("name", &name, 40);
            errors.check(!issuer.is_empty(), "issuer", "error-required");
            // What a preset knows better: how it is spoken to.
            let presets = ["https://accounts.google.com", "https://appleid.apple.com", "https://www.facebook.com"];
            errors.check(!presets.contains(&issuer.trim_end_matches('/')), "issuer", "error-identity-preset");
        } else {
            errors.check(has_secret || secret.is_some(), "secret", "error-required");
        }
        errors.check(!client_id.is_empty(), "client_id", "error-required");
        errors.check_length("client_id", &client_id, 255);
        errors.check(secret.as_ref().is_none_or(|secret| secret.len() <= 4096), "secret", "error-malformed");
        if kind == ProviderKind::Apple {
            let is_id = |id: &str| id.len() == 10 && id.chars().all(|c| c.is_ascii_alphanumeric());
            errors.check(is_id(&apple.0), "apple_team", "error-apple-id");
            errors.check(is_id(&apple.1), "apple_key", "error-apple-id");
        }
        errors.into_result()?;
        let known = settings(kind, &issuer, &client_id, String::new(), ("", ""));
        Ok(Checked {
            kind,
            name: kind.brand().map_or(name, str::to_owned),
            issuer: known.issuer,
            client_id,
            secret,
            apple: (kind == ProviderKind::Apple).then_some(apple),
            enabled: self.enabled,
        })
    }
}

/// Makes a provider, or changes the one with this id. One that members are to see is asked first what it says of
/// itself.
///
/// # Errors
/// At the fields; [`AppError::Unverified`] unless the actor showed who they are just now: who may say who somebody
/// is may come in as anybody who signs in there.
pub async fn save(services: &Services, actor: &Actor, id: Option<IdentityProviderId>, draft: &ProviderDraft) -> Result<IdentityProviderId> {
    actor.permit(Permission::ManageSettings)?;
    actor.verified()?;
    let (tenant, mut before) = (actor.tenant.id, None);
    if let Some(id) = id {
        let mut tx = actor.begin(&services.db).await?;
        before = Some(row(&mut tx, id).await?);
        tx.commit().await?;
    }
    let kind = match &before {
        Some(row) => row.kind()?,
        None => ProviderKind::parse(&draft.kind).ok_or(AppError::NotFound)?,
    };
    let wanted = draft.check(kind, before.as_ref().is_some_and(|row| row.secret.is_some()))?;
    // A secret is for the one whom it was typed for: another address does not get it.
    let kept = before.as_ref().filter(|row| row.issuer == wanted.issuer);
    if wanted.secret.is_none() && kept.is_none() && before.as_ref().is_some_and(|row| row.secret.is_some()) {
        return Err(AppError::field("secret", "error-identity-secret-again").into());
    }
    let secret = match (&wanted.secret, kept) {
        (Some(secret), _) => secret.clone(),
        (None, Some(row)) => row.secret(services, tenant)?,
        (None, None) => String::new(),
    };
    try_out(services, &wanted, &secret).await?;

    let id = id.unwrap_or_else(|| services.id());
    let sealed = (!secret.is_empty()).then(|| services.keyring.seal(&services.rng, place(tenant, &id), secret.as_bytes())).transpose()?;
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    write(&mut tx, id, &wanted, sealed.as_deref(), before.as_ref().map(|row| row.revision)).await?;
    let after = row(&mut tx, id).await?;
    let entry = Entry::new(Action::IdentityProviderSaved)
        .on("identity_provider", id, &after.name)
        .change(before.map_or(Value::Null, |row| row.told()), after.told());
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Asks a provider that members are to see what it says of itself; of another, only that its settings can be.
async fn try_out(services: &Services, wanted: &Checked, secret: &str) -> Result<()> {
    let apple = wanted.apple.as_ref().map_or(("", ""), |(team, key)| (team.as_str(), key.as_str()));
    let settings = settings(wanted.kind, &wanted.issuer, &wanted.client_id, secret.to_owned(), apple);
    let done = match Provider::new(settings, services.identities.http.clone()) {
        Ok(provider) if wanted.enabled => provider.check(services.now()).await,
        Ok(_) => Ok(()),
        Err(error) => Err(error),
    };
    let Err(error) = done else { return Ok(()) };
    let field = match wanted.kind {
        ProviderKind::OpenId => "issuer",
        ProviderKind::Apple => "secret",
        ProviderKind::Google | ProviderKind::Facebook => "client_id",
    };
    let mut errors = FormErrors::default();
    errors.add(field, FieldError::new("error-identity-check").with("why", error.to_string()));
    Err(AppError::Invalid(errors).into())
}

/// Writes a provider; over another only while it has the revision that was seen.
async fn write(tx: &mut TenantTx, id: IdentityProviderId, wanted: &Checked, secret: Option<&[u8]>, seen: Option<i32>) -> Result<()> {
    let known = sqlx::query_scalar!(r#"SELECT count(*) AS "known!" FROM identity_providers WHERE tenant_id = $1"#, tx.tenant().0)
        .fetch_one(tx.conn())
        .await?;
    if seen.is_none() && known >= MAX_PROVIDERS {
        return Err(AppError::conflict("error-too-many-providers").into());
    }
    let (team, key) = wanted.apple.as_ref().map(|(team, key)| (team.as_str(), key.as_str())).unzip();
    let done = sqlx::query!(
        "INSERT INTO identity_providers (tenant_id, id, kind, name, issuer, client_id, secret, apple_team, apple_key, enabled)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (tenant_id, id) DO UPDATE SET name = EXCLUDED.name, issuer = EXCLUDED.issuer, client_id = EXCLUDED.client_id,
           secret = EXCLUDED.secret, apple_team = EXCLUDED.apple_team, apple_key = EXCLUDED.apple_key, enabled = EXCLUDED.enabled,
           revision = identity_providers.revision + 1
         WHERE identity_providers.revision = $11",
        tx.tenant().0,
        id.0,
        wanted.kind.key(),
        wanted.name,
        wanted.issuer,
        wanted.client_id,
        secret,
        team,
        key,
        wanted.enabled,
        seen
    )
    .execute(tx.conn())
    .await
    .map_err(|e| Error::from(e).on_constraint("identity_providers_issuer_key", AppError::field("issuer", "error-identity-known")))?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(AppError::conflict("error-changed-meanwhile").into()) }
}

/// Removes a provider. Who signed in there does so otherwise; should it come back, they are who they were.
pub async fn remove(services: &Services, actor: &Actor, id: IdentityProviderId) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    actor.verified()?;
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    let row = row(&mut tx, id).await?;
    sqlx::query!("DELETE FROM identity_providers WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0).execute(tx.conn()).await?;
    let entry = Entry::new(Action::IdentityProviderRemoved).on("identity_provider", id, &row.name).change(row.told(), Value::Null);
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await
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
