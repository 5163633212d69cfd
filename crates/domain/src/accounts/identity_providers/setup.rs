//! How a school sets its providers up.

use super::{ProviderKind, Row, issuer_of, place, row, rows, settings};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    members,
};
use kernel::{
    AppError, FieldError, FormErrors, Permission,
    ids::{IdentityProviderId, TenantId},
};
use providers::identity::{IdentityError, Provider};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt;

/// The most providers of a school.
const MAX_PROVIDERS: i64 = 20;

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

impl Row {
    /// As the audit log has it; a new secret is told, but not which.
    fn told(&self, new_secret: bool) -> Value {
        json!({
            "name": self.name, "issuer": self.issuer, "client_id": self.client_id, "apple_team": self.apple_team, "apple_key": self.apple_key,
            "enabled": self.enabled, "new_secret": new_secret,
        })
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

/// The id that the next provider of a kind gets. It is the same until there is one, so that its way back can be
/// registered there first.
pub fn next_id(actor: &Actor, kind: ProviderKind, providers: &[ProviderSummary]) -> IdentityProviderId {
    let of_kind = |nth: usize| {
        let digest = Sha256::digest(format!("identity provider {} {} {nth}", actor.tenant.id, kind.key()));
        let mut id = [0; 16];
        id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        IdentityProviderId(uuid::Builder::from_custom_bytes(id).into_uuid())
    };
    let is_free = |nth: &usize| providers.iter().all(|provider| provider.id != of_kind(*nth));
    of_kind((0..=providers.len()).find(is_free).unwrap_or_default())
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

impl Checked {
    /// Apple's team and the id of its key.
    fn apple(&self) -> (Option<&str>, Option<&str>) {
        self.apple.as_ref().map(|(team, key)| (team.as_str(), key.as_str())).unzip()
    }
}

/// Whether a name says that it is a provider whose kind is another.
fn is_brand(name: &str) -> bool {
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    ProviderKind::ALL.into_iter().filter_map(ProviderKind::brand).any(|brand| letters.contains(&brand.to_lowercase()))
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
            errors.check_line("name", &name, 40);
            // Members would take its button for another's.
            errors.check(!is_brand(&name), "name", "error-identity-brand");
            errors.check(!issuer.is_empty(), "issuer", "error-required");
            // What a preset knows better: how it is spoken to.
            let is_preset = |kind| kind != ProviderKind::OpenId && issuer_of(kind, "") == issuer.trim_end_matches('/');
            errors.check(!ProviderKind::ALL.into_iter().any(is_preset), "issuer", "error-identity-preset");
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
        Ok(Checked {
            kind,
            name: kind.brand().map_or(name, str::to_owned),
            issuer: issuer_of(kind, &issuer),
            client_id,
            secret,
            apple: (kind == ProviderKind::Apple).then_some(apple),
            enabled: self.enabled,
        })
    }
}

/// Makes a provider of this id, which nobody has yet. One that members are to see is asked first what it says of itself.
///
/// # Errors
/// At the fields; [`AppError::Unverified`] unless the actor showed who they are just now: who may say who somebody
/// is may come in as anybody who signs in there.
pub async fn create(services: &Services, actor: &Actor, id: IdentityProviderId, draft: &ProviderDraft) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    actor.verified()?;
    let kind = ProviderKind::parse(&draft.kind).ok_or(AppError::NotFound)?;
    let wanted = draft.check(kind, false)?;
    let secret = wanted.secret.clone().unwrap_or_default();
    try_out(services, &wanted, &secret).await?;
    let sealed = seal(services, actor.tenant.id, id, &secret)?;
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    insert(&mut tx, id, &wanted, sealed.as_deref()).await?;
    let after = row(&mut tx, id).await?;
    record(&mut tx, services, actor, &after, Value::Null, after.told(true)).await?;
    tx.commit().await
}

/// Changes a provider, as [`create`] makes one. One that is switched off ends the login sessions of those who sign in
/// there: it may have begun them.
///
/// # Errors
/// As [`create`]; a conflict when it was changed or removed meanwhile.
pub async fn change(services: &Services, actor: &Actor, id: IdentityProviderId, draft: &ProviderDraft) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    actor.verified()?;
    let mut tx = actor.begin(&services.db).await?;
    let before = row(&mut tx, id).await?;
    tx.commit().await?;
    let wanted = draft.check(before.kind()?, before.secret.is_some())?;
    let secret = match &wanted.secret {
        Some(secret) => secret.clone(),
        // A secret is for the one whom it was typed for: another address does not get it.
        None if before.secret.is_some() && before.issuer != wanted.issuer => {
            return Err(AppError::field("secret", "error-identity-secret-again").into());
        }
        None => before.secret(services, actor.tenant.id)?,
    };
    try_out(services, &wanted, &secret).await?;
    let sealed = seal(services, actor.tenant.id, id, &secret)?;
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    if !update(&mut tx, id, &wanted, sealed.as_deref(), before.revision).await? {
        return Err(AppError::conflict("error-changed-meanwhile").into());
    }
    if before.enabled && !wanted.enabled {
        end_logins(&mut tx, &before.issuer).await?;
    }
    let after = row(&mut tx, id).await?;
    record(&mut tx, services, actor, &after, before.told(false), after.told(wanted.secret.is_some())).await?;
    tx.commit().await
}

fn seal(services: &Services, tenant: TenantId, id: IdentityProviderId, secret: &str) -> Result<Option<Vec<u8>>> {
    (!secret.is_empty()).then(|| services.keyring.seal(&services.rng, place(tenant, &id), secret.as_bytes())).transpose()
}

async fn record(tx: &mut TenantTx, services: &Services, actor: &Actor, row: &Row, before: Value, after: Value) -> Result<()> {
    let entry = Entry::new(Action::IdentityProviderSaved).on("identity_provider", row.id, &row.name).change(before, after);
    audit::record(tx, services, actor, entry).await
}

/// Ends the login sessions of everybody who signs in at an issuer.
async fn end_logins(tx: &mut TenantTx, issuer: &str) -> Result<()> {
    sqlx::query!(
        "DELETE FROM login_sessions s USING member_identities i
         WHERE s.tenant_id = $1 AND i.tenant_id = $1 AND i.member_id = s.member_id AND i.issuer = $2",
        tx.tenant().0,
        issuer
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Asks a provider that members are to see what it says of itself; of another, only that its settings can be.
async fn try_out(services: &Services, wanted: &Checked, secret: &str) -> Result<()> {
    let settings = settings(wanted.kind, &wanted.issuer, &wanted.client_id, secret.to_owned(), wanted.apple());
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
    errors.add(field, FieldError::new("error-identity-check").with("why", why(&error)));
    Err(AppError::Invalid(errors).into())
}

/// What is wrong, for whoever set it up.
fn why(error: &IdentityError) -> String {
    match error {
        IdentityError::Unavailable(why) => (*why).to_owned(),
        IdentityError::Misconfigured(why) => why.clone(),
        IdentityError::Cancelled | IdentityError::Refused(_) => error.to_string(),
    }
}

/// Writes a new provider.
async fn insert(tx: &mut TenantTx, id: IdentityProviderId, wanted: &Checked, secret: Option<&[u8]>) -> Result<()> {
    let known = sqlx::query_scalar!(r#"SELECT count(*) AS "known!" FROM identity_providers WHERE tenant_id = $1"#, tx.tenant().0)
        .fetch_one(tx.conn())
        .await?;
    if known >= MAX_PROVIDERS {
        return Err(AppError::conflict("error-too-many-providers").into());
    }
    let (team, key) = wanted.apple();
    sqlx::query!(
        "INSERT INTO identity_providers (tenant_id, id, kind, name, issuer, client_id, secret, apple_team, apple_key, enabled)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        tx.tenant().0,
        id.0,
        wanted.kind.key(),
        wanted.name,
        wanted.issuer,
        wanted.client_id,
        secret,
        team,
        key,
        wanted.enabled
    )
    .execute(tx.conn())
    .await
    .map_err(|e| known_already(e.into()).on_constraint("identity_providers_pkey", AppError::conflict("error-changed-meanwhile")))?;
    Ok(())
}

/// Writes over a provider that has the revision that was seen; `false` when it has another, or is gone.
async fn update(tx: &mut TenantTx, id: IdentityProviderId, wanted: &Checked, secret: Option<&[u8]>, seen: i64) -> Result<bool> {
    let (team, key) = wanted.apple();
    let done = sqlx::query!(
        "UPDATE identity_providers SET name = $3, issuer = $4, client_id = $5, secret = $6, apple_team = $7, apple_key = $8, enabled = $9,
           revision = revision + 1
         WHERE tenant_id = $1 AND id = $2 AND revision = $10",
        tx.tenant().0,
        id.0,
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
    .map_err(|e| known_already(e.into()))?;
    Ok(done.rows_affected() == 1)
}

fn known_already(error: Error) -> Error {
    error.on_constraint("identity_providers_issuer_key", AppError::field("issuer", "error-identity-known"))
}

/// Removes a provider. Who signed in there does so otherwise; should it come back, they are who they were.
pub async fn remove(services: &Services, actor: &Actor, id: IdentityProviderId) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    actor.verified()?;
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    let row = row(&mut tx, id).await?;
    sqlx::query!("DELETE FROM identity_providers WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0).execute(tx.conn()).await?;
    end_logins(&mut tx, &row.issuer).await?;
    let entry = Entry::new(Action::IdentityProviderRemoved).on("identity_provider", id, &row.name).change(row.told(false), Value::Null);
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await
}
