//! SQL of the search.

use crate::{
    Result, TenantTx,
    catalogue::model::search::{Cursor, Facets, Sort, TutorQuery},
};
use kernel::ids::MemberId;
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

/// A tutor's row as the database writes it.
#[derive(Deserialize)]
pub struct Row {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub headline: String,
    pub bio: String,
    pub languages: Vec<String>,
    pub rating_sum: u32,
    pub rating_count: u32,
    pub lessons_taught: u32,
    pub hour_price_minor: Option<i64>,
    pub trial_price_minor: Option<i64>,
    pub lesson_variant_id: Uuid,
    pub lesson_minutes: u32,
    pub lesson_price_minor: i64,
    pub verified: bool,
    pub photo_id: Option<Uuid>,
    pub key: i64,
}

/// One page with its surroundings.
pub struct Found {
    pub total: i64,
    pub everyone: i64,
    pub before: i64,
    pub ids: Vec<Uuid>,
    pub minutes: Vec<i16>,
    pub rows: Json<Vec<Row>>,
    pub facets: Json<Facets>,
}

/// The tutors that fit the searched words, with how well (0 to 100).
///
/// A word that somebody's text has is taken as typed: only one that nobody has may be mistyped.
/// Of the tutors, those stay whose words together fit nearly as well as the best one's: who has
/// both words leaves out who has one, and where nobody has "tutor", "maths tutor" finds maths.
///
/// To compare words is what costs: only the first five typed ones are looked at, and each is
/// compared with a word once, however many tutors say it.
pub async fn by_words(tx: &mut TenantTx, text: &str) -> Result<Vec<(MemberId, i32)>> {
    let rows = sqlx::query!(
        r#"WITH typed AS MATERIALIZED (
             SELECT word FROM unnest(app.words($2)) WITH ORDINALITY AS w (word, nth) WHERE word <> '' GROUP BY word ORDER BY min(nth) LIMIT 5
           ),
           said AS MATERIALIZED (
             SELECT t.id, w.word
             FROM tutors t JOIN members m ON m.tenant_id = t.tenant_id AND m.id = t.id AND m.status = 'active'
             CROSS JOIN LATERAL unnest(string_to_array(t.search_text, ' ')) AS w (word)
             WHERE t.tenant_id = $1 AND t.published
           ),
           vocabulary AS MATERIALIZED (SELECT DISTINCT word FROM said),
           compared AS MATERIALIZED (
             SELECT typed.word AS typed, v.word, app.word_score(typed.word, v.word) AS score FROM typed CROSS JOIN vocabulary v
           ),
           scored AS MATERIALIZED (
             SELECT said.id, c.typed AS word, max(c.score) AS score FROM said JOIN compared c ON c.word = said.word GROUP BY said.id, c.typed
           ),
           hits AS MATERIALIZED (
             SELECT id, word, score FROM (SELECT *, max(score) OVER (PARTITION BY word) AS best FROM scored) s
             WHERE score > 0 AND (score >= 90 OR best < 90)
           )
           SELECT id AS "id: MemberId", (total * 100 / best)::integer AS "score!"
           FROM (SELECT id, sum(score) AS total, max(sum(score)) OVER () AS best FROM hits GROUP BY id) f
           WHERE total * 5 >= best * 4"#,
        tx.tenant().0,
        text
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.score)).collect())
}

/// The duration that each public tutor's row offers; of one subject if `subject` is not empty,
/// and of those in `only` if it is given. At most `limit` of them, the best rated ones.
pub async fn with_minutes(tx: &mut TenantTx, subject: &str, only: Option<&[(MemberId, i32)]>, limit: i64) -> Result<Vec<(MemberId, i16)>> {
    let ids: Option<Vec<Uuid>> = only.map(|only| only.iter().map(|(id, _)| id.0).collect());
    let rows = sqlx::query!(
        r#"SELECT t.id AS "id: MemberId", t.lesson_minutes AS "lesson_minutes!"
           FROM tutors t JOIN members m ON m.tenant_id = t.tenant_id AND m.id = t.id AND m.status = 'active'
           WHERE t.tenant_id = $1 AND t.published AND t.lesson_minutes IS NOT NULL AND ($2 = '' OR $2 || '/' = ANY (t.topics))
             AND ($3::uuid[] IS NULL OR t.id = ANY ($3))
           ORDER BY (t.rating_sum + 22)::bigint * 10000 / (t.rating_count + 5) DESC, t.id LIMIT $4"#,
        tx.tenant().0,
        subject,
        ids.as_deref(),
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.lesson_minutes)).collect())
}

/// The page itself with total and facets, in one statement. `only` are the tutors left by the
/// words and the free times, with their fit.
///
/// Each order is one ascending number (`key`), ties by id: so one keyset condition serves all.
/// "Best" and "rating" weigh few reviews less: five average ones are added to "best".
pub async fn page(tx: &mut TenantTx, query: &TutorQuery, cursor: Option<Cursor>, only: Option<&[(MemberId, i32)]>) -> Result<Found> {
    let ids: Option<Vec<Uuid>> = only.map(|only| only.iter().map(|(id, _)| id.0).collect());
    let scores: Option<Vec<i32>> = only.map(|only| only.iter().map(|(_, score)| *score).collect());
    let subject = query.subject.as_deref().unwrap_or_default();
    let levels: Vec<String> = query.levels.iter().map(|level| format!("{subject}/{level}")).collect();
    Ok(sqlx::query_as!(
        Found,
        r#"WITH public AS MATERIALIZED (
             SELECT t.topics, t.languages FROM tutors t JOIN members m ON m.tenant_id = t.tenant_id AND m.id = t.id AND m.status = 'active'
             WHERE t.tenant_id = $1 AND t.published AND t.lesson_variant_id IS NOT NULL
           ),
           base AS MATERIALIZED (
             SELECT t.id, t.slug, m.name, t.headline, left(t.bio, 260) AS bio, t.languages, t.rating_sum, t.rating_count, t.lessons_taught,
               t.hour_price_minor, t.trial_price_minor, t.lesson_variant_id, t.lesson_minutes, t.lesson_price_minor, t.verified, m.photo_id, t.topics,
               CASE $2
                 WHEN 'price' THEN coalesce(t.hour_price_minor, 1000000000000)
                 WHEN 'price_desc' THEN coalesce(-t.hour_price_minor, 1)
                 WHEN 'rating' THEN -coalesce(t.rating_sum::bigint * 10000 / nullif(t.rating_count, 0), 0) * 1000000 - least(t.rating_count, 999999)
                 WHEN 'lessons' THEN -t.lessons_taught::bigint
                 ELSE -coalesce(o.score, 0)::bigint * 1000000 - (t.rating_sum + 22)::bigint * 10000 / (t.rating_count + 5)
               END AS key,
               cardinality($3::text[]) = 0 OR t.topics && $3 AS level_ok,
               ($4::bigint IS NULL OR t.hour_price_minor >= $4) AND ($5::bigint IS NULL OR t.hour_price_minor <= $5) AS price_ok,
               $6::bigint = 0 OR (t.rating_count > 0 AND t.rating_sum * 10 >= $6 * t.rating_count) AS rating_ok
             FROM tutors t
             JOIN members m ON m.tenant_id = t.tenant_id AND m.id = t.id
             LEFT JOIN unnest($7::uuid[], $8::integer[]) AS o (id, score) ON o.id = t.id
             WHERE t.tenant_id = $1 AND t.published AND t.lesson_variant_id IS NOT NULL AND m.status = 'active'
               AND ($7::uuid[] IS NULL OR o.id IS NOT NULL)
               AND ($9 = '' OR $9 || '/' = ANY (t.topics))
               AND ($10 = '' OR $10 = ANY (t.languages))
               AND (NOT $11 OR t.trial_price_minor IS NOT NULL)
           ),
           matched AS (SELECT * FROM base WHERE level_ok AND price_ok AND rating_ok),
           page AS (SELECT * FROM matched WHERE $12::bigint IS NULL OR (key, id) > ($12, $13::uuid) ORDER BY key, id LIMIT $14),
           priced AS (SELECT hour_price_minor AS price FROM base WHERE level_ok AND rating_ok AND hour_price_minor IS NOT NULL),
           span AS (SELECT min(price) AS low, greatest((max(price) - min(price)) / 12 + 1, 1) AS width FROM priced)
           SELECT
             (SELECT count(*) FROM matched) AS "total!",
             (SELECT count(*) FROM public) AS "everyone!",
             (SELECT count(*) FROM matched WHERE (key, id) <= ($12, $13)) AS "before!",
             ARRAY(SELECT id FROM matched ORDER BY id) AS "ids!",
             ARRAY(SELECT lesson_minutes FROM matched ORDER BY id) AS "minutes!",
             (SELECT coalesce(json_agg(page ORDER BY key, id), '[]') FROM page) AS "rows!: Json<Vec<Row>>",
             json_build_object(
               'subjects', (SELECT coalesce(json_agg(json_build_object('slug', s.slug, 'name', s.name, 'count', coalesce(n.tutors, 0)) ORDER BY s.position, s.name), '[]')
                  FROM subjects s LEFT JOIN (
                    SELECT topic, count(*) AS tutors FROM public, unnest(topics) AS topic GROUP BY topic
                  ) n ON n.topic = s.slug || '/' WHERE s.tenant_id = $1),
               'levels', (SELECT coalesce(json_agg(json_build_object('slug', l.slug, 'name', l.name, 'count', coalesce(n.tutors, 0)) ORDER BY l.position, l.name), '[]')
                  FROM levels l LEFT JOIN (
                    SELECT topic, count(*) AS tutors FROM base, unnest(topics) AS topic WHERE price_ok AND rating_ok GROUP BY topic
                  ) n ON n.topic = $9 || '/' || l.slug WHERE l.tenant_id = $1),
               'languages', (SELECT coalesce(json_agg(json_build_object('slug', tag, 'name', tag, 'count', tutors) ORDER BY tutors DESC, tag), '[]')
                  FROM (SELECT tag, count(*) AS tutors FROM public, unnest(languages) AS tag GROUP BY tag) n),
               'rated_48', (SELECT count(*) FROM base WHERE level_ok AND price_ok AND rating_count > 0 AND rating_sum * 10 >= 48 * rating_count),
               'with_trial', (SELECT count(*) FROM matched WHERE trial_price_minor IS NOT NULL),
               'prices', (SELECT coalesce(json_agg(json_build_object(
                    'from', low + band * width, 'to', low + (band + 1) * width,
                    'count', (SELECT count(*) FROM priced WHERE (price - low) / width = band),
                    'chosen', ($4::bigint IS NULL OR low + (band + 1) * width > $4) AND ($5::bigint IS NULL OR low + band * width <= $5)) ORDER BY band), '[]')
                  FROM span CROSS JOIN generate_series(0, 11) AS band WHERE low IS NOT NULL)
             ) AS "facets!: Json<Facets>""#,
        tx.tenant().0,
        query.sort.key(),
        &levels,
        query.min_price,
        query.max_price,
        i64::from(query.min_rating.unwrap_or(0)),
        ids.as_deref(),
        scores.as_deref(),
        subject,
        query.language.as_deref().unwrap_or_default(),
        query.has_trial,
        cursor.map(|c| c.key),
        cursor.map(|c| c.id),
        i64::from(query.limit) + 1
    )
    .fetch_one(tx.conn())
    .await?)
}

impl Row {
    /// Where this row stands in `sort`.
    pub fn cursor(&self, sort: Sort) -> Cursor {
        Cursor { sort, key: self.key, id: self.id }
    }
}
