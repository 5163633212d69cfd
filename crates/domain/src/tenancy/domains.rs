//! A school's own domains: proven by a record in their DNS, and one of them the school's address.
//!
//! A host serves the school once its proof was found. Which of its hosts is the address that links lead to is the
//! school's choice, among those where we answer: it is asked over the very way that browsers take, so a missing
//! certificate shows before anybody is led there. The others lead on to it. Every hour each is looked at again;
//! one that leads astray or lost its proof for too long is let go, so no school is locked out by its DNS.

mod looking;

pub use looking::{answer, check_all};

use super::{Tenants, queries};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    limits::{self, Allowance},
    members,
};
use jiff::Timestamp;
use kernel::{AppError, Permission, ids::DomainId};
use looking::{look, note};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgPool;
use url::Host;

/// The most domains of a school.
const MAX_DOMAINS: i64 = 10;
/// Before a host, the name whose text record is the proof.
const PROOF_LABEL: &str = "_wemaster";
/// Before the token in that record.
const PROOF_WORD: &str = "wemaster-domain=";

/// What was found in the DNS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nobody looked yet.
    Unknown,
    /// The record that it must have.
    Found,
    /// No record.
    Missing,
    /// Records, but another's.
    Different,
    /// The name servers did not answer.
    Unanswered,
}

impl Proof {
    /// Its name in the database and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Found => "found",
            Self::Missing => "missing",
            Self::Different => "different",
            Self::Unanswered => "unanswered",
        }
    }

    pub(super) fn parse(key: &str) -> Result<Self> {
        let all = [Self::Unknown, Self::Found, Self::Missing, Self::Different, Self::Unanswered];
        all.into_iter().find(|proof| proof.key() == key).ok_or(Error::Broken("a proof is known"))
    }
}

/// Who answers at a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Nobody looked yet.
    Unknown,
    /// We do.
    Here,
    /// Nobody, or not in a way that a browser takes.
    Nowhere,
    /// Somebody else.
    Elsewhere,
}

impl Route {
    /// Its name in the database and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Here => "here",
            Self::Nowhere => "nowhere",
            Self::Elsewhere => "elsewhere",
        }
    }

    fn parse(key: &str) -> Result<Self> {
        let all = [Self::Unknown, Self::Here, Self::Nowhere, Self::Elsewhere];
        all.into_iter().find(|route| route.key() == key).ok_or(Error::Broken("a route is known"))
    }
}

/// A domain in its school's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Its id.
    pub id: DomainId,
    /// In lower case, as the DNS has it.
    pub host: String,
    /// The name of the text record that is the proof.
    pub record: String,
    /// What it must say.
    pub value: String,
    /// What was found in the DNS.
    pub proof: Proof,
    /// Who answers there.
    pub route: Route,
    /// When that was looked at.
    pub checked_at: Option<Timestamp>,
    /// Whether the school is reached there.
    pub serves: bool,
    /// Whether links lead there.
    pub is_main: bool,
}

/// Why a host is no more what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainLoss {
    /// It led astray: links lead to the subdomain again.
    Astray,
    /// Its proof is gone: the school is not there any more.
    Unproven,
}

struct Row {
    id: DomainId,
    host: String,
    token: String,
    proof: String,
    route: String,
    unproven_since: Option<jiff_sqlx::Timestamp>,
    astray_since: Option<jiff_sqlx::Timestamp>,
    checked_at: Option<jiff_sqlx::Timestamp>,
    created_at: jiff_sqlx::Timestamp,
    serves: bool,
    is_main: bool,
}

impl Row {
    fn record(&self) -> String {
        format!("{PROOF_LABEL}.{}", self.host)
    }

    fn value(&self) -> String {
        format!("{PROOF_WORD}{}", self.token)
    }
}

impl TryFrom<Row> for Domain {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            record: row.record(),
            value: row.value(),
            proof: Proof::parse(&row.proof)?,
            route: Route::parse(&row.route)?,
            id: row.id,
            host: row.host,
            checked_at: row.checked_at.map(jiff_sqlx::Timestamp::to_jiff),
            serves: row.serves,
            is_main: row.is_main,
        })
    }
}

/// The school's domains, by host.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<Domain>> {
    actor.permit(Permission::ManageSettings)?;
    let mut tx = actor.begin(&services.db).await?;
    let rows = rows(&mut tx).await?;
    tx.commit().await?;
    rows.into_iter().map(Domain::try_from).collect()
}

/// Adds a host, which is nobody's until its proof is found.
///
/// # Errors
/// At `host`; [`AppError::Unverified`].
pub async fn add(services: &Services, actor: &Actor, host: &str) -> Result<DomainId> {
    actor.permit(Permission::ManageSettings)?;
    actor.verified()?;
    let host = own_host(&services.tenants, host)?;
    let token = hex::encode(services.rng.bytes::<16>());
    let id: DomainId = services.id();
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    let tenant = queries::lock(&mut tx).await?;
    let known =
        sqlx::query_scalar!(r#"SELECT count(*) AS "known!" FROM domains WHERE tenant_id = $1"#, tenant.id.0).fetch_one(tx.conn()).await?;
    if known >= MAX_DOMAINS {
        return Err(AppError::conflict("error-too-many-domains").into());
    }
    sqlx::query!("INSERT INTO domains (tenant_id, id, host, token) VALUES ($1, $2, $3, $4)", tenant.id.0, id.0, host, token)
        .execute(tx.conn())
        .await
        .map_err(|e| Error::from(e).on_constraint("domains_host_key", AppError::field("host", "error-domain-known")))?;
    let added = Entry::new(Action::DomainAdded).on("domain", id, &host);
    audit::record(&mut tx, services, actor, added).await?;
    tx.commit().await?;
    Ok(id)
}

/// The host that was typed.
fn own_host(tenants: &Tenants, typed: &str) -> Result<String, AppError> {
    let typed = typed.trim().trim_end_matches('/');
    let typed = typed.split_once("://").map_or(typed, |(_, rest)| rest);
    whole_name(tenants, typed).map_err(|code| AppError::field("host", code))
}

/// A name as the DNS has it: a whole one, not an address, and none of the platform's; otherwise what is wrong with it.
pub(super) fn whole_name(tenants: &Tenants, typed: &str) -> Result<String, &'static str> {
    if typed.is_empty() {
        return Err("error-required");
    }
    let Ok(Host::Domain(host)) = Host::parse(typed) else { return Err("error-domain") };
    let host = host.trim_end_matches('.').to_owned();
    let labels = host.split('.').collect::<Vec<_>>();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let is_top = |label: &&str| label.len() >= 2 && !label.bytes().all(|b| b.is_ascii_digit());
    if labels.len() < 2 || host.len() > 240 || !labels.iter().all(is_label) || !labels.last().is_some_and(is_top) {
        return Err("error-domain");
    }
    if tenants.is_ours(&host) {
        return Err("error-domain-ours");
    }
    Ok(host)
}

/// Looks at a host: its proof in the DNS, and who answers there. One whose proof is found serves the school from
/// then on.
///
/// # Errors
/// A conflict when another school has proven it before.
pub async fn check(services: &Services, actor: &Actor, id: DomainId) -> Result<Domain> {
    actor.permit(Permission::ManageSettings)?;
    limits::take(services, Allowance::DomainCheckOf(actor.tenant.id)).await?;
    let mut tx = actor.begin(&services.db).await?;
    let seen = row(&mut tx, id).await?;
    tx.commit().await?;
    let found = look(services, &seen).await;
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    queries::lock(&mut tx).await?;
    let now = note(services, &mut tx, actor, id, found).await?;
    tx.commit().await?;
    services.tenants.forget(&actor.tenant.slug);
    now.try_into()
}

/// Makes a proven host at which we answer the school's address: links lead there, and its other hosts lead on to it.
///
/// # Errors
/// [`AppError::Unverified`]; a conflict when it is not proven, or we do not answer there.
pub async fn make_main(services: &Services, actor: &Actor, id: DomainId) -> Result<()> {
    actor.verified()?;
    let domain = check(services, actor, id).await?;
    if !domain.serves || domain.proof != Proof::Found {
        return Err(AppError::conflict("error-domain-unproven").into());
    }
    if domain.route != Route::Here {
        return Err(AppError::conflict("error-domain-astray").into());
    }
    lead_to(services, actor, Some(&domain.host)).await
}

/// Makes the subdomain the school's address again.
///
/// # Errors
/// [`AppError::Unverified`].
pub async fn use_subdomain(services: &Services, actor: &Actor) -> Result<()> {
    actor.verified()?;
    lead_to(services, actor, None).await
}

async fn lead_to(services: &Services, actor: &Actor, host: Option<&str>) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    let before = queries::lock(&mut tx).await?;
    set_main(&mut tx, host).await?;
    let told = |host: Option<&str>| json!({ "address": host.unwrap_or(&before.slug) });
    let changed =
        Entry::new(Action::AddressChanged).on("school", before.id, &before.name).change(told(before.domain.as_deref()), told(host));
    audit::record(&mut tx, services, actor, changed).await?;
    tx.commit().await?;
    services.tenants.forget(&actor.tenant.slug);
    Ok(())
}

/// Removes a host: the school is not there any more. Were it the address, that is the subdomain again.
///
/// # Errors
/// [`AppError::Unverified`].
pub async fn remove(services: &Services, actor: &Actor, id: DomainId) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    actor.verified()?;
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    queries::lock(&mut tx).await?;
    let gone = row(&mut tx, id).await?;
    release(&mut tx, &gone).await?;
    sqlx::query!("DELETE FROM domains WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0).execute(tx.conn()).await?;
    let removed = Entry::new(Action::DomainRemoved).on("domain", id, &gone.host).change(json!({ "main": gone.is_main }), Value::Null);
    audit::record(&mut tx, services, actor, removed).await?;
    tx.commit().await?;
    services.tenants.forget(&actor.tenant.slug);
    Ok(())
}

/// Lets a proven host serve the school.
async fn serve(tx: &mut TenantTx, host: &str) -> Result<()> {
    sqlx::query!("INSERT INTO hosts (host, tenant_id) VALUES ($1, $2)", host, tx.tenant().0)
        .execute(tx.conn())
        .await
        .map_err(|e| Error::from(e).on_constraint("hosts_pkey", AppError::conflict("error-domain-taken")))?;
    Ok(())
}

/// Takes a host from the school.
async fn release(tx: &mut TenantTx, domain: &Row) -> Result<()> {
    if domain.is_main {
        set_main(tx, None).await?;
    }
    sqlx::query!("DELETE FROM hosts WHERE host = $1 AND tenant_id = $2", domain.host, tx.tenant().0).execute(tx.conn()).await?;
    Ok(())
}

async fn set_main(tx: &mut TenantTx, host: Option<&str>) -> Result<()> {
    sqlx::query!("UPDATE tenants SET domain = $2 WHERE id = $1", tx.tenant().0, host)
        .execute(tx.conn())
        .await
        .map_err(|e| Error::from(e).on_constraint("tenants_domain", AppError::conflict("error-domain-unproven")))?;
    Ok(())
}

/// A domain's host; for mails.
pub(crate) async fn host(tx: &mut TenantTx, id: DomainId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("SELECT host FROM domains WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0)
        .fetch_optional(tx.conn())
        .await?)
}

async fn rows(tx: &mut TenantTx) -> Result<Vec<Row>> {
    Ok(sqlx::query_as!(
        Row,
        r#"SELECT d.id AS "id: DomainId", d.host, d.token, d.proof, d.route, d.unproven_since AS "unproven_since: jiff_sqlx::Timestamp",
             d.astray_since AS "astray_since: jiff_sqlx::Timestamp", d.checked_at AS "checked_at: jiff_sqlx::Timestamp",
             d.created_at AS "created_at: jiff_sqlx::Timestamp", h.host IS NOT NULL AS "serves!", t.domain IS NOT DISTINCT FROM d.host AS "is_main!"
           FROM domains d JOIN tenants t ON t.id = d.tenant_id LEFT JOIN hosts h ON h.host = d.host AND h.tenant_id = d.tenant_id
           WHERE d.tenant_id = $1 ORDER BY d.host"#,
        tx.tenant().0
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn row(tx: &mut TenantTx, id: DomainId) -> Result<Row> {
    Ok(rows(tx).await?.into_iter().find(|row| row.id == id).ok_or(AppError::NotFound)?)
}

/// The school that a proven host is; platform-wide.
pub(super) async fn slug_of(pool: &PgPool, host: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("SELECT t.slug FROM hosts h JOIN tenants t ON t.id = h.tenant_id WHERE h.host = $1", host)
        .fetch_optional(pool)
        .await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_read_as_people_write_it() {
        let tenants = Tenants::new("https://wemaster.example").unwrap();
        let read = |typed: &str| own_host(&tenants, typed).ok();
        for typed in ["learn.school.example", " Learn.School.Example. ", "https://learn.school.example/"] {
            assert_eq!(read(typed).as_deref(), Some("learn.school.example"), "{typed}");
        }
        assert_eq!(read("café.example").as_deref(), Some("xn--caf-dma.example"));
        for typed in [
            "",
            "school",
            "127.0.0.1",
            "0x7f.1",
            "[::1]",
            "a b.example",
            "school.example/path",
            "school.example:8080",
            "_x.example",
            "-a.example",
            "a.1",
            "wemaster.example",
            "northside.wemaster.example",
            "x.y.wemaster.example",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
        assert!(read("notwemaster.example").is_some());
    }
}
