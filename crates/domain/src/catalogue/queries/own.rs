//! SQL of a tutor's own offerings.

use super::public::{VariantJson, zip_named};
use crate::{
    Error, Result, TenantTx,
    booking::Kind,
    catalogue::{
        Named,
        model::offering::{MyOffering, OpenVersion, VersionContent, VersionStatus},
    },
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    Currency, Money,
    ids::{MemberId, OfferingId},
};
use sqlx::types::Json;
use uuid::Uuid;

/// Proof that an offering was looked up for its tutor (or for an admin) and is locked until
/// the transaction ends.
pub struct Locked {
    pub id: OfferingId,
    pub tutor: MemberId,
    pub kind: Kind,
    pub archived: bool,
    pub open: Option<Open>,
    /// The highest number of its versions.
    pub last_number: i32,
}

/// The version in the works.
pub struct Open {
    pub id: Uuid,
    pub number: i32,
    pub status: VersionStatus,
    pub sent_in: bool,
    pub title: String,
}

/// Locks an offering; of `tutor` alone if there is one.
pub async fn lock(tx: &mut TenantTx, offering: OfferingId, tutor: Option<MemberId>) -> Result<Option<Locked>> {
    let tenant = tx.tenant().0;
    let Some(row) = sqlx::query!(
        r#"SELECT tutor_id AS "tutor_id: MemberId", kind AS "kind: Kind", archived_at IS NOT NULL AS "archived!" FROM offerings
           WHERE tenant_id = $1 AND id = $2 AND ($3::uuid IS NULL OR tutor_id = $3) FOR UPDATE"#,
        tenant,
        offering.0,
        tutor.map(|id| id.0)
    )
    .fetch_optional(tx.conn())
    .await?
    else {
        return Ok(None);
    };
    // Read after the lock: what another transaction did before is seen.
    let versions = sqlx::query!(
        r#"SELECT id, number, status AS "status: VersionStatus", submitted_at IS NOT NULL AS "sent_in!", title FROM offering_versions
           WHERE tenant_id = $1 AND offering_id = $2"#,
        tenant,
        offering.0
    )
    .fetch_all(tx.conn())
    .await?;
    let last_number = versions.iter().map(|version| version.number).max().unwrap_or(0);
    let open = versions.into_iter().find(|version| version.status != VersionStatus::Approved);
    Ok(Some(Locked {
        id: offering,
        tutor: row.tutor_id,
        kind: row.kind,
        archived: row.archived,
        open: open.map(|version| Open {
            id: version.id,
            number: version.number,
            status: version.status,
            sent_in: version.sent_in,
            title: version.title,
        }),
        last_number,
    }))
}

/// Writes a new offering.
pub async fn insert_offering(tx: &mut TenantTx, id: OfferingId, tutor: MemberId, kind: Kind) -> Result<Locked> {
    sqlx::query!("INSERT INTO offerings (tenant_id, id, tutor_id, kind) VALUES ($1, $2, $3, $4)", tx.tenant().0, id.0, tutor.0, kind.key())
        .execute(tx.conn())
        .await?;
    Ok(Locked { id, tutor, kind, archived: false, open: None, last_number: 0 })
}

/// A version's own fields.
pub struct Text<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub subject: Uuid,
}

/// Opens the offering's next version.
pub async fn insert_version(tx: &mut TenantTx, offering: &Locked, id: Uuid, text: &Text<'_>, now: Timestamp) -> Result<()> {
    sqlx::query!(
        "INSERT INTO offering_versions (tenant_id, id, offering_id, number, status, title, description, subject_id, created_at)
         VALUES ($1, $2, $3, $4, 'draft', $5, $6, $7, $8)",
        tx.tenant().0,
        id,
        offering.id.0,
        offering.last_number + 1,
        text.title,
        text.description,
        text.subject,
        now.to_sqlx() as _
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Changes the version in the works.
pub async fn update_version(tx: &mut TenantTx, open: &Open, text: &Text<'_>) -> Result<()> {
    sqlx::query!(
        "UPDATE offering_versions SET title = $3, description = $4, subject_id = $5 WHERE tenant_id = $1 AND id = $2 AND status <> 'approved'",
        tx.tenant().0,
        open.id,
        text.title,
        text.description,
        text.subject
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Replaces a version's levels and prices. `prices` are id, minutes, minor units.
pub async fn replace_parts(
    tx: &mut TenantTx,
    version: Uuid,
    levels: &[Uuid],
    prices: &[(Uuid, i16, i64)],
    currency: Currency,
) -> Result<()> {
    let tenant = tx.tenant().0;
    sqlx::query!("DELETE FROM offering_levels WHERE tenant_id = $1 AND version_id = $2", tenant, version).execute(tx.conn()).await?;
    sqlx::query!("DELETE FROM variants WHERE tenant_id = $1 AND version_id = $2", tenant, version).execute(tx.conn()).await?;
    sqlx::query!(
        "INSERT INTO offering_levels (tenant_id, version_id, level_id) SELECT $1, $2, id FROM unnest($3::uuid[]) AS id",
        tenant,
        version,
        levels
    )
    .execute(tx.conn())
    .await?;
    let (ids, minutes, minor): (Vec<Uuid>, Vec<i16>, Vec<i64>) = unzip3(prices);
    sqlx::query!(
        "INSERT INTO variants (tenant_id, id, version_id, duration_minutes, price_minor, currency)
         SELECT $1, p.id, $2, p.minutes, p.minor, $6 FROM unnest($3::uuid[], $4::smallint[], $5::bigint[]) AS p (id, minutes, minor)",
        tenant,
        version,
        &ids,
        &minutes,
        &minor,
        currency.code()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

fn unzip3(prices: &[(Uuid, i16, i64)]) -> (Vec<Uuid>, Vec<i16>, Vec<i64>) {
    (prices.iter().map(|p| p.0).collect(), prices.iter().map(|p| p.1).collect(), prices.iter().map(|p| p.2).collect())
}

/// The subject of a slug.
pub async fn subject_id(tx: &mut TenantTx, slug: &str) -> Result<Option<Uuid>> {
    Ok(sqlx::query_scalar!("SELECT id FROM subjects WHERE tenant_id = $1 AND slug = $2", tx.tenant().0, slug)
        .fetch_optional(tx.conn())
        .await?)
}

/// The levels of slugs; unknown ones are left out.
pub async fn level_ids(tx: &mut TenantTx, slugs: &[String]) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!("SELECT id FROM levels WHERE tenant_id = $1 AND slug = ANY ($2)", tx.tenant().0, slugs)
        .fetch_all(tx.conn())
        .await?)
}

/// Sends the version in the works to the admins, under `number`.
pub async fn submit(tx: &mut TenantTx, open: &Open, number: i32, now: Timestamp) -> Result<()> {
    sqlx::query!(
        "UPDATE offering_versions SET status = 'in_review', number = $3, submitted_at = $4, decided_at = NULL, decided_by = NULL
         WHERE tenant_id = $1 AND id = $2 AND status IN ('draft', 'needs_changes')",
        tx.tenant().0,
        open.id,
        number,
        now.to_sqlx() as _
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes a version in review back.
pub async fn withdraw(tx: &mut TenantTx, open: &Open) -> Result<()> {
    sqlx::query!(
        "UPDATE offering_versions SET status = 'draft' WHERE tenant_id = $1 AND id = $2 AND status = 'in_review'",
        tx.tenant().0,
        open.id
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes an offering out of the catalogue.
pub async fn archive(tx: &mut TenantTx, offering: &Locked, now: Timestamp) -> Result<()> {
    sqlx::query!(
        "UPDATE offerings SET archived_at = $3 WHERE tenant_id = $1 AND id = $2",
        tx.tenant().0,
        offering.id.0,
        now.to_sqlx() as _
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Recomputes what the catalogue keeps of a tutor.
pub async fn refresh_tutor(tx: &mut TenantTx, tutor: MemberId) -> Result<()> {
    sqlx::query!("SELECT app.refresh_tutor($1)", tutor.0).execute(tx.conn()).await?;
    Ok(())
}

/// A tutor's offerings: those in use first, then by age.
pub async fn offerings(tx: &mut TenantTx, tutor: MemberId, currency: Currency) -> Result<Vec<MyOffering>> {
    let rows = sqlx::query!(
        r#"SELECT o.id AS "id: OfferingId", o.kind AS "kind: Kind", o.archived_at IS NOT NULL AS "archived!", o.live_version_id IS NOT NULL AS "live!",
             v.title, s.name AS subject, v.number, v.status AS "status: VersionStatus", v.review_note, v.submitted_at,
             (SELECT min(price_minor) FROM variants a WHERE a.tenant_id = v.tenant_id AND a.version_id = v.id) AS from_minor
           FROM offerings o
           JOIN LATERAL (SELECT * FROM offering_versions v WHERE v.tenant_id = o.tenant_id AND v.offering_id = o.id ORDER BY number DESC LIMIT 1) v ON true
           JOIN subjects s ON s.tenant_id = v.tenant_id AND s.id = v.subject_id
           WHERE o.tenant_id = $1 AND o.tutor_id = $2 ORDER BY o.archived_at IS NOT NULL, o.id"#,
        tx.tenant().0,
        tutor.0
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MyOffering {
            id: row.id,
            kind: row.kind,
            title: row.title,
            subject: row.subject,
            from: row.from_minor.map(|minor| Money::new(minor, currency)),
            live: row.live,
            open: (row.status != VersionStatus::Approved).then(|| OpenVersion {
                number: row.number,
                status: row.status,
                note: row.review_note,
                submitted_at: row.submitted_at.map(jiff_sqlx::Timestamp::to_jiff),
            }),
            archived: row.archived,
        })
        .collect())
}

/// An offering with the versions that matter: the live one and the one in the works.
pub struct Offering {
    pub kind: Kind,
    pub tutor: MemberId,
    pub tutor_name: String,
    pub tutor_slug: String,
    pub archived: bool,
    pub live: Option<VersionContent>,
    pub open: Option<(OpenVersion, VersionContent)>,
}

/// An offering; of `tutor` alone if there is one.
pub async fn offering(tx: &mut TenantTx, id: OfferingId, tutor: Option<MemberId>, currency: Currency) -> Result<Option<Offering>> {
    let rows = sqlx::query!(
        r#"SELECT o.kind AS "kind: Kind", o.tutor_id AS "tutor_id: MemberId", m.name AS tutor_name, t.slug AS tutor_slug,
             o.archived_at IS NOT NULL AS "archived!", v.id = o.live_version_id AS live,
             v.number, v.status AS "status: VersionStatus", v.review_note, v.submitted_at, v.title, v.description, s.slug AS subject_slug, s.name AS subject,
             ARRAY(SELECT l.slug FROM offering_levels x JOIN levels l ON l.tenant_id = x.tenant_id AND l.id = x.level_id
                   WHERE x.tenant_id = v.tenant_id AND x.version_id = v.id ORDER BY l.position, l.id) AS "level_slugs!",
             ARRAY(SELECT l.name FROM offering_levels x JOIN levels l ON l.tenant_id = x.tenant_id AND l.id = x.level_id
                   WHERE x.tenant_id = v.tenant_id AND x.version_id = v.id ORDER BY l.position, l.id) AS "levels!",
             (SELECT coalesce(json_agg(json_build_object('id', a.id, 'minutes', a.duration_minutes, 'minor', a.price_minor) ORDER BY a.duration_minutes), '[]')
              FROM variants a WHERE a.tenant_id = v.tenant_id AND a.version_id = v.id) AS "variants!: Json<Vec<VariantJson>>"
           FROM offerings o
           JOIN tutors t ON t.tenant_id = o.tenant_id AND t.id = o.tutor_id
           JOIN members m ON m.tenant_id = o.tenant_id AND m.id = o.tutor_id
           JOIN offering_versions v ON v.tenant_id = o.tenant_id AND v.offering_id = o.id AND (v.id = o.live_version_id OR v.status <> 'approved')
           JOIN subjects s ON s.tenant_id = v.tenant_id AND s.id = v.subject_id
           WHERE o.tenant_id = $1 AND o.id = $2 AND ($3::uuid IS NULL OR o.tutor_id = $3)"#,
        tx.tenant().0,
        id.0,
        tutor.map(|id| id.0)
    )
    .fetch_all(tx.conn())
    .await?;
    let mut found: Option<Offering> = None;
    for row in rows {
        let offering = found.get_or_insert(Offering {
            kind: row.kind,
            tutor: row.tutor_id,
            tutor_name: row.tutor_name,
            tutor_slug: row.tutor_slug,
            archived: row.archived,
            live: None,
            open: None,
        });
        let content = VersionContent {
            title: row.title,
            description: row.description,
            subject: Named { slug: row.subject_slug, name: row.subject },
            levels: zip_named(row.level_slugs, row.levels),
            prices: row.variants.0.into_iter().map(|variant| variant.price(currency)).collect(),
        };
        if row.live == Some(true) {
            offering.live = Some(content);
        } else {
            let submitted_at = row.submitted_at.map(jiff_sqlx::Timestamp::to_jiff);
            let version = OpenVersion { number: row.number, status: row.status, note: row.review_note, submitted_at };
            offering.open = Some((version, content));
        }
    }
    Ok(found)
}

impl Locked {
    /// The version in the works, if it is in one of `states`.
    pub fn open_in(&self, states: &[VersionStatus], code: &'static str) -> Result<&Open> {
        let open = self.open.as_ref().filter(|open| states.contains(&open.status) && !self.archived);
        open.ok_or_else(|| Error::App(kernel::AppError::conflict(code)))
    }
}
