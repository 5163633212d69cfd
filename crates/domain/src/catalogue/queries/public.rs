//! SQL of the public pages besides the search.

use super::search::Row;
use crate::{
    Result, TenantTx,
    booking::Kind,
    catalogue::{
        Named,
        model::{
            offering::Price,
            people::Qualification,
            public::{LiveOffering, Praise, PublicReview},
            search::Facet,
        },
    },
    page::Cursor,
};
use jiff_sqlx::ToSqlx;
use kernel::{
    Currency, Money,
    ids::{MemberId, OfferingId, QualificationId, ReviewId, UploadId, VariantId},
};
use serde::Deserialize;
use sqlx::types::Json;

/// A tutor's own part of their page.
pub struct Tutor {
    pub id: MemberId,
    pub name: String,
    pub headline: String,
    pub bio: String,
    pub teaches_from: String,
    pub languages: Vec<String>,
    pub verified: bool,
    pub photo: Option<UploadId>,
    pub zone: Option<String>,
    pub rating_sum: i32,
    pub rating_count: i32,
    pub lessons_taught: i32,
    pub students_taught: i32,
    pub students_returned: i32,
    pub lesson_variant_id: VariantId,
    /// By stars, one first.
    pub distribution: Vec<i64>,
}

/// The public tutor of a slug.
pub async fn tutor(tx: &mut TenantTx, slug: &str) -> Result<Option<Tutor>> {
    Ok(sqlx::query_as!(
        Tutor,
        r#"SELECT t.id AS "id: MemberId", m.name, t.headline, t.bio, t.teaches_from, t.languages, t.verified, m.photo_id AS "photo: UploadId", c.zone AS "zone?",
             t.rating_sum, t.rating_count, t.lessons_taught, t.students_taught, t.students_returned, t.lesson_variant_id AS "lesson_variant_id!: VariantId",
             ARRAY(SELECT count(r.id) FROM generate_series(1, 5) AS s (stars)
                   LEFT JOIN reviews r ON r.tenant_id = t.tenant_id AND r.tutor_id = t.id AND r.stars = s.stars GROUP BY s.stars ORDER BY s.stars) AS "distribution!"
           FROM tutors t JOIN members m ON m.tenant_id = t.tenant_id AND m.id = t.id
           LEFT JOIN schedules c ON c.tenant_id = t.tenant_id AND c.id = t.id
           WHERE t.tenant_id = $1 AND t.slug = $2 AND t.published AND t.lesson_variant_id IS NOT NULL AND m.status = 'active'"#,
        tx.tenant().0,
        slug
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// A tutor's live offerings: 1-on-1 first, then by age.
pub async fn offerings(tx: &mut TenantTx, tutor: MemberId, currency: Currency) -> Result<Vec<LiveOffering>> {
    let rows = sqlx::query!(
        r#"SELECT o.id AS "id: OfferingId", o.kind AS "kind: Kind", v.title, v.description, s.slug AS subject_slug, s.name AS subject,
             ARRAY(SELECT l.slug FROM offering_levels x JOIN levels l ON l.tenant_id = x.tenant_id AND l.id = x.level_id
                   WHERE x.tenant_id = v.tenant_id AND x.version_id = v.id ORDER BY l.position, l.id) AS "level_slugs!",
             ARRAY(SELECT l.name FROM offering_levels x JOIN levels l ON l.tenant_id = x.tenant_id AND l.id = x.level_id
                   WHERE x.tenant_id = v.tenant_id AND x.version_id = v.id ORDER BY l.position, l.id) AS "levels!",
             (SELECT coalesce(json_agg(json_build_object('id', a.id, 'minutes', a.duration_minutes, 'minor', a.price_minor) ORDER BY a.duration_minutes), '[]')
              FROM variants a WHERE a.tenant_id = v.tenant_id AND a.version_id = v.id) AS "variants!: Json<Vec<VariantJson>>"
           FROM offerings o
           JOIN offering_versions v ON v.tenant_id = o.tenant_id AND v.id = o.live_version_id
           JOIN subjects s ON s.tenant_id = v.tenant_id AND s.id = v.subject_id
           WHERE o.tenant_id = $1 AND o.tutor_id = $2 AND o.archived_at IS NULL
           ORDER BY o.kind = 'trial', o.id"#,
        tx.tenant().0,
        tutor.0
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| LiveOffering {
            id: row.id,
            kind: row.kind,
            title: row.title,
            description: row.description,
            subject: Named { slug: row.subject_slug, name: row.subject },
            levels: zip_named(row.level_slugs, row.levels),
            variants: row.variants.0.into_iter().map(|variant| variant.price(currency)).collect(),
        })
        .collect())
}

/// A variant as the database writes it.
#[derive(Debug, Deserialize)]
pub struct VariantJson {
    id: VariantId,
    minutes: u32,
    minor: i64,
}

impl VariantJson {
    /// The price, in the tenant's currency.
    pub fn price(self, currency: Currency) -> Price {
        Price { variant: self.id, minutes: self.minutes, price: Money::new(self.minor, currency) }
    }
}

/// Slugs and names that belong together.
pub fn zip_named(slugs: Vec<String>, names: Vec<String>) -> Vec<Named> {
    slugs.into_iter().zip(names).map(|(slug, name)| Named { slug, name }).collect()
}

/// A tutor's qualifications, the newest first.
pub async fn qualifications(tx: &mut TenantTx, tutor: MemberId) -> Result<Vec<Qualification>> {
    Ok(sqlx::query_as!(
        Qualification,
        r#"SELECT id AS "id: QualificationId", title, place, from_year AS "from", to_year AS "to" FROM qualifications
           WHERE tenant_id = $1 AND tutor_id = $2 ORDER BY to_year DESC NULLS FIRST, from_year DESC, id"#,
        tx.tenant().0,
        tutor.0
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A tutor's reviews after `after`, the newest first.
pub async fn reviews(tx: &mut TenantTx, tutor: MemberId, after: Option<Cursor>, limit: i64) -> Result<Vec<PublicReview>> {
    let rows = sqlx::query!(
        r#"SELECT r.id AS "id: ReviewId", m.name, r.stars, r.body, r.reply, r.created_at,
             (SELECT count(*) FROM bookings b JOIN lessons l ON l.tenant_id = b.tenant_id AND l.id = b.lesson_id
              WHERE b.tenant_id = r.tenant_id AND b.student_id = r.student_id AND b.status = 'confirmed' AND l.tutor_id = r.tutor_id) AS "lessons!"
           FROM reviews r JOIN members m ON m.tenant_id = r.tenant_id AND m.id = r.student_id
           WHERE r.tenant_id = $1 AND r.tutor_id = $2 AND ($3::timestamptz IS NULL OR (r.created_at, r.id) < ($3, $4::uuid))
           ORDER BY r.created_at DESC, r.id DESC LIMIT $5"#,
        tx.tenant().0,
        tutor.0,
        after.map(|cursor| cursor.at.to_sqlx()) as _,
        after.map(|cursor| cursor.id),
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| PublicReview {
            id: row.id,
            student: row.name,
            lessons: u32::try_from(row.lessons).unwrap_or(0),
            stars: u8::try_from(row.stars).unwrap_or(0),
            body: row.body,
            reply: row.reply,
            at: row.created_at.to_jiff(),
        })
        .collect())
}

/// A subject with its cheapest hour.
#[derive(Deserialize)]
pub struct Card {
    #[serde(flatten)]
    pub subject: Facet,
    pub from_minor: Option<i64>,
}

/// The landing page's figures, subjects and best tutors, in one statement.
pub struct Landing {
    pub tutors: i64,
    pub lessons: i64,
    pub stars: i64,
    pub reviews: i64,
    pub subjects: Json<Vec<Card>>,
    pub best: Json<Vec<Row>>,
}

/// What the landing page says about the tenant; `best` are its `limit` best rated tutors.
pub async fn landing(tx: &mut TenantTx, limit: i64) -> Result<Landing> {
    Ok(sqlx::query_as!(
        Landing,
        r#"WITH shown AS MATERIALIZED (
             SELECT t.id, t.slug, m.name, t.headline, left(t.bio, 260) AS bio, t.languages, t.rating_sum, t.rating_count, t.lessons_taught,
               t.hour_price_minor, t.trial_price_minor, t.lesson_variant_id, t.lesson_minutes, t.lesson_price_minor, t.verified, m.photo_id,
               -(t.rating_sum + 22)::bigint * 10000 / (t.rating_count + 5) AS key
             FROM tutors t JOIN members m ON m.tenant_id = t.tenant_id AND m.id = t.id
             WHERE t.tenant_id = $1 AND t.published AND t.lesson_variant_id IS NOT NULL AND m.status = 'active'
           ),
           best AS (SELECT * FROM shown ORDER BY key, id LIMIT $2),
           taught AS (
             SELECT v.subject_id, count(DISTINCT o.tutor_id) AS tutors,
               min(a.hour_minor) FILTER (WHERE o.kind = 'one_on_one') AS from_minor
             FROM shown
             JOIN offerings o ON o.tenant_id = $1 AND o.tutor_id = shown.id AND o.archived_at IS NULL
             JOIN offering_versions v ON v.tenant_id = o.tenant_id AND v.id = o.live_version_id
             CROSS JOIN LATERAL (SELECT price_minor * 60 / duration_minutes AS hour_minor FROM variants a
               WHERE a.tenant_id = v.tenant_id AND a.version_id = v.id ORDER BY duration_minutes <> 60, duration_minutes LIMIT 1) a
             GROUP BY v.subject_id
           )
           SELECT (SELECT count(*) FROM shown) AS "tutors!",
             (SELECT coalesce(sum(lessons_taught), 0) FROM shown) AS "lessons!",
             (SELECT coalesce(sum(rating_sum), 0) FROM shown) AS "stars!",
             (SELECT coalesce(sum(rating_count), 0) FROM shown) AS "reviews!",
             (SELECT coalesce(json_agg(json_build_object('slug', s.slug, 'name', s.name, 'count', n.tutors, 'from_minor', n.from_minor) ORDER BY s.position, s.name), '[]')
              FROM subjects s JOIN taught n ON n.subject_id = s.id WHERE s.tenant_id = $1) AS "subjects!: Json<Vec<Card>>",
             (SELECT coalesce(json_agg(best ORDER BY key, id), '[]') FROM best) AS "best!: Json<Vec<Row>>""#,
        tx.tenant().0,
        limit
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The newest praise, one of a tutor.
pub async fn praise(tx: &mut TenantTx, limit: i64) -> Result<Vec<Praise>> {
    Ok(sqlx::query_as!(
        Praise,
        r#"WITH newest AS (
             SELECT r.id, r.tutor_id, r.student_id, r.booking_id, r.body, r.created_at,
               row_number() OVER (PARTITION BY r.tutor_id ORDER BY r.created_at DESC, r.id DESC) AS nth
             FROM (SELECT * FROM reviews WHERE tenant_id = $1 AND stars = 5 AND body <> '' ORDER BY created_at DESC, id DESC LIMIT 60) r
             WHERE length(r.body) BETWEEN 60 AND 280
           )
           SELECT n.body, s.name AS student, m.name AS tutor, t.slug AS tutor_slug, l.title AS lesson
           FROM newest n
           JOIN tutors t ON t.tenant_id = $1 AND t.id = n.tutor_id AND t.published
           JOIN members m ON m.tenant_id = $1 AND m.id = n.tutor_id AND m.status = 'active'
           JOIN members s ON s.tenant_id = $1 AND s.id = n.student_id
           JOIN bookings b ON b.tenant_id = $1 AND b.id = n.booking_id
           JOIN lessons l ON l.tenant_id = $1 AND l.id = b.lesson_id
           WHERE n.nth = 1 ORDER BY n.created_at DESC, n.id DESC LIMIT $2"#,
        tx.tenant().0,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A subject's prices in minor units; none of a kind that nobody offers.
pub struct PriceRow {
    pub slug: String,
    pub name: String,
    pub tutors: i64,
    pub hour: Vec<i64>,
    pub trial: Vec<i64>,
}

/// The prices by subject: lowest, median and highest, of 60 minutes and of a trial.
pub async fn prices(tx: &mut TenantTx) -> Result<Vec<PriceRow>> {
    Ok(sqlx::query_as!(
        PriceRow,
        r#"WITH priced AS (
             SELECT v.subject_id, o.tutor_id, o.kind,
               CASE o.kind WHEN 'trial' THEN a.price_minor ELSE a.hour_minor END AS price
             FROM tutors t
             JOIN members m ON m.tenant_id = t.tenant_id AND m.id = t.id AND m.status = 'active'
             JOIN offerings o ON o.tenant_id = t.tenant_id AND o.tutor_id = t.id AND o.archived_at IS NULL
             JOIN offering_versions v ON v.tenant_id = o.tenant_id AND v.id = o.live_version_id
             CROSS JOIN LATERAL (SELECT price_minor, price_minor * 60 / duration_minutes AS hour_minor FROM variants a
               WHERE a.tenant_id = v.tenant_id AND a.version_id = v.id ORDER BY duration_minutes <> 60, duration_minutes LIMIT 1) a
             WHERE t.tenant_id = $1 AND t.published
           ),
           spread AS (
             SELECT subject_id, kind, ARRAY[min(price), percentile_disc(0.5) WITHIN GROUP (ORDER BY price), max(price)] AS prices
             FROM priced GROUP BY subject_id, kind
           )
           SELECT s.slug, s.name, (SELECT count(DISTINCT tutor_id) FROM priced p WHERE p.subject_id = s.id) AS "tutors!",
             coalesce((SELECT prices FROM spread p WHERE p.subject_id = s.id AND kind = 'one_on_one'), '{}') AS "hour!",
             coalesce((SELECT prices FROM spread p WHERE p.subject_id = s.id AND kind = 'trial'), '{}') AS "trial!"
           FROM subjects s WHERE s.tenant_id = $1 AND s.id IN (SELECT subject_id FROM priced) ORDER BY s.position, s.name"#,
        tx.tenant().0
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The tenant's subjects, in its order.
pub async fn subjects(tx: &mut TenantTx) -> Result<Vec<Named>> {
    Ok(sqlx::query_as!(Named, "SELECT slug, name FROM subjects WHERE tenant_id = $1 ORDER BY position, name", tx.tenant().0)
        .fetch_all(tx.conn())
        .await?)
}

/// The tenant's levels, in its order.
pub async fn levels(tx: &mut TenantTx) -> Result<Vec<Named>> {
    Ok(sqlx::query_as!(Named, "SELECT slug, name FROM levels WHERE tenant_id = $1 ORDER BY position, name", tx.tenant().0)
        .fetch_all(tx.conn())
        .await?)
}
