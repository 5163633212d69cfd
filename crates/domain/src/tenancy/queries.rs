//! SQL of tenants.

use super::{
    model::{Standing, Tenant, TenantTerms},
    settings::Face,
};
use crate::{Db, Error, Result, TenantTx, policies::PolicyKind};
use kernel::{
    Currency, Flags,
    flag::Decisions,
    ids::{TenantId, UploadId},
    policy::CancellationPolicy,
    zone::ZoneName,
};
use serde_json::json;
use sqlx::{PgPool, types::Json};
use std::str::FromStr;
use uuid::Uuid;

struct Row {
    id: Uuid,
    slug: String,
    name: String,
    tagline: String,
    brand: String,
    locale: String,
    locales: Vec<String>,
    currency: String,
    zone: String,
    listed: bool,
    logo_id: Option<Uuid>,
    domain: Option<String>,
    status: String,
    flags: Json<Decisions>,
    overrides: Json<Decisions>,
    everywhere: Json<Decisions>,
    published_policies: Vec<String>,
}

impl TryFrom<Row> for Tenant {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: TenantId(row.id),
            slug: row.slug,
            name: row.name,
            tagline: row.tagline,
            brand: row.brand,
            locale: row.locale,
            locales: row.locales,
            currency: Currency::from_str(&row.currency).map_err(|_| Error::Broken("a tenant's currency is known"))?,
            zone: ZoneName::new(&row.zone).map_err(|_| Error::Broken("a tenant's zone is known"))?,
            listed: row.listed,
            logo: row.logo_id.map(UploadId),
            domain: row.domain,
            standing: Standing::parse(&row.status).ok_or(Error::Broken("a tenant's standing is known"))?,
            flags: Flags { chosen: row.flags.0, overridden: row.overrides.0, everywhere: row.everywhere.0 },
            policies: row.published_policies.iter().filter_map(|key| PolicyKind::parse(key)).collect(),
        })
    }
}

/// Tenants, with what the platform decided for all of them.
macro_rules! tenants {
    ($rest:literal $(, $value:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT id, slug, name, tagline, brand, locale, locales, currency, zone, listed, logo_id, domain, status, published_policies,
                 flags AS "flags: Json<Decisions>", overrides AS "overrides: Json<Decisions>",
                 (SELECT p.flags FROM tenants p WHERE p.slug = 'platform') AS "everywhere!: Json<Decisions>"
               FROM tenants "# + $rest
            $(, $value)*
        )
    };
}

/// The tenant of a subdomain, also a suspended one. Platform-wide: asked before there is a tenant.
pub(super) async fn by_slug(pool: &PgPool, slug: &str) -> Result<Option<Tenant>> {
    tenants!("WHERE slug = $1 AND status <> 'deleted'", slug).fetch_optional(pool).await?.map(Tenant::try_from).transpose()
}

/// The tenant of an id, also a suspended one: its open money is still settled. Platform-wide, for
/// jobs.
pub(super) async fn by_id(pool: &PgPool, id: TenantId) -> Result<Option<Tenant>> {
    tenants!("WHERE id = $1", id.0).fetch_optional(pool).await?.map(Tenant::try_from).transpose()
}

/// Whether a subdomain is taken.
pub(super) async fn is_taken(pool: &PgPool, slug: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM tenants WHERE slug = $1) AS "taken!""#, slug).fetch_one(pool).await?)
}

/// The transaction's tenant, locked against another change of its face or terms.
pub(super) async fn lock(tx: &mut TenantTx) -> Result<Tenant> {
    tenants!("WHERE id = $1 FOR NO KEY UPDATE", tx.tenant().0).fetch_one(tx.conn()).await?.try_into()
}

/// The transaction's tenant.
pub(super) async fn own(tx: &mut TenantTx) -> Result<Tenant> {
    tenants!("WHERE id = $1", tx.tenant().0).fetch_one(tx.conn()).await?.try_into()
}

/// The listed tenants by name, at most 100.
pub(super) async fn listed(pool: &PgPool) -> Result<Vec<Tenant>> {
    tenants!("WHERE listed AND status = 'active' ORDER BY lower(name), id LIMIT 100")
        .fetch_all(pool)
        .await?
        .into_iter()
        .map(Tenant::try_from)
        .collect()
}

/// The ids of every tenant, also of suspended ones and the platform's own. For jobs that look after all.
pub async fn ids(db: &Db) -> Result<Vec<TenantId>> {
    Ok(sqlx::query_scalar!(r#"SELECT id AS "id: TenantId" FROM tenants ORDER BY id"#).fetch_all(db.pool()).await?)
}

/// Every tenant, also suspended ones and the platform's own.
pub async fn all(db: &Db) -> Result<Vec<Tenant>> {
    tenants!("ORDER BY slug").fetch_all(db.pool()).await?.into_iter().map(Tenant::try_from).collect()
}

/// Writes a new tenant, inside a transaction that already carries its id.
pub(super) async fn insert(tx: &mut TenantTx, tenant: &Tenant) -> Result<()> {
    sqlx::query!(
        "INSERT INTO tenants (id, slug, name, tagline, brand, locale, locales, currency, zone, listed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        tenant.id.0,
        tenant.slug,
        tenant.name,
        tenant.tagline,
        tenant.brand,
        tenant.locale,
        &tenant.locales,
        tenant.currency.code(),
        tenant.zone.as_str(),
        tenant.listed,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes a new tenant's terms.
pub(super) async fn insert_terms(tx: &mut TenantTx, id: Uuid, terms: &TenantTerms) -> Result<()> {
    sqlx::query!(
        "INSERT INTO tenant_terms (tenant_id, id, commission_bps, cancellation_policy, order_prefix) VALUES ($1, $2, $3, $4, $5)",
        tx.tenant().0,
        id,
        i32::try_from(terms.commission_bps).unwrap_or(i32::MAX),
        serde_json::to_value(&terms.cancellation_policy).unwrap_or_default(),
        terms.order_prefix,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Changes the tenant's face.
pub(super) async fn update_face(tx: &mut TenantTx, face: &Face) -> Result<()> {
    sqlx::query!(
        "UPDATE tenants SET name = $2, tagline = $3, brand = $4, locale = $5, locales = $6, zone = $7, listed = $8 WHERE id = $1",
        tx.tenant().0,
        face.name,
        face.tagline,
        face.brand,
        face.locale,
        &face.locales,
        face.zone.as_str(),
        face.listed,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Changes what is on and off at the tenant.
pub(super) async fn update_flags(tx: &mut TenantTx, chosen: &Decisions) -> Result<()> {
    sqlx::query!("UPDATE tenants SET flags = $2 WHERE id = $1", tx.tenant().0, json!(chosen)).execute(tx.conn()).await?;
    Ok(())
}

/// Changes the tenant's terms for orders to come.
pub(super) async fn update_terms(tx: &mut TenantTx, commission_bps: u32, policy: &CancellationPolicy) -> Result<()> {
    sqlx::query!(
        "UPDATE tenant_terms SET commission_bps = $2, cancellation_policy = $3 WHERE tenant_id = $1",
        tx.tenant().0,
        i32::try_from(commission_bps).unwrap_or(i32::MAX),
        serde_json::to_value(policy).map_err(|_| Error::Broken("a policy can be written"))?,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The tenant's terms of today.
pub async fn terms(tx: &mut TenantTx) -> Result<TenantTerms> {
    let row =
        sqlx::query!("SELECT commission_bps, cancellation_policy, order_prefix FROM tenant_terms WHERE tenant_id = $1", tx.tenant().0)
            .fetch_one(tx.conn())
            .await?;
    Ok(TenantTerms {
        commission_bps: u32::try_from(row.commission_bps).unwrap_or(0),
        cancellation_policy: serde_json::from_value(row.cancellation_policy).map_err(|_| Error::Broken("a tenant's policy is readable"))?,
        order_prefix: row.order_prefix,
    })
}

/// The next number of the tenant's sequence `name`. Without gaps: the row stays locked until
/// the transaction ends, and a rollback gives the number back.
pub async fn next_number(tx: &mut TenantTx, name: &str, first: i64) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO tenant_counters (tenant_id, name, value) VALUES ($1, $2, $3)
         ON CONFLICT (tenant_id, name) DO UPDATE SET value = tenant_counters.value + 1
         RETURNING value",
        tx.tenant().0,
        name,
        first
    )
    .fetch_one(tx.conn())
    .await?)
}
