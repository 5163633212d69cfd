//! SQL of tutors' own profiles.

use crate::{
    Result, TenantTx,
    catalogue::model::people::{ProfileDraft, QualificationDraft},
};
use kernel::ids::{MemberId, QualificationId};

/// A profile's own fields.
pub struct Profile {
    pub slug: String,
    pub name: String,
    pub headline: String,
    pub bio: String,
    pub teaches_from: String,
    pub languages: Vec<String>,
    pub verified: bool,
    pub published: bool,
    pub public: bool,
}

/// A tutor's profile; empty fields before it was saved once.
pub async fn profile(tx: &mut TenantTx, tutor: MemberId) -> Result<Option<Profile>> {
    Ok(sqlx::query_as!(
        Profile,
        r#"SELECT coalesce(t.slug, '') AS "slug!", m.name, coalesce(t.headline, '') AS "headline!", coalesce(t.bio, '') AS "bio!",
             coalesce(t.teaches_from, '') AS "teaches_from!", coalesce(t.languages, '{}') AS "languages!",
             coalesce(t.verified, false) AS "verified!", coalesce(t.published, false) AS "published!",
             coalesce(t.published AND t.lesson_variant_id IS NOT NULL, false) AS "public!"
           FROM members m LEFT JOIN tutors t ON t.tenant_id = m.tenant_id AND t.id = m.id
           WHERE m.tenant_id = $1 AND m.id = $2"#,
        tx.tenant().0,
        tutor.0
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Writes a tutor's row under `slug`; `false` when they have one or the slug is taken.
pub async fn insert_tutor(tx: &mut TenantTx, tutor: MemberId, slug: &str) -> Result<bool> {
    let done =
        sqlx::query!("INSERT INTO tutors (tenant_id, id, slug) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", tx.tenant().0, tutor.0, slug)
            .execute(tx.conn())
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether the member has a tutor's row.
pub async fn has_tutor(tx: &mut TenantTx, tutor: MemberId) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM tutors WHERE tenant_id = $1 AND id = $2) AS "there!""#, tx.tenant().0, tutor.0)
        .fetch_one(tx.conn())
        .await?)
}

/// Stores a checked profile.
pub async fn update(tx: &mut TenantTx, tutor: MemberId, draft: &ProfileDraft) -> Result<()> {
    sqlx::query!("UPDATE members SET name = $3 WHERE tenant_id = $1 AND id = $2", tx.tenant().0, tutor.0, draft.name.trim())
        .execute(tx.conn())
        .await?;
    sqlx::query!(
        "UPDATE tutors SET headline = $3, bio = $4, teaches_from = $5, languages = $6, published = $7 WHERE tenant_id = $1 AND id = $2",
        tx.tenant().0,
        tutor.0,
        draft.headline.trim(),
        draft.bio.trim(),
        draft.teaches_from.trim(),
        &draft.languages,
        draft.published
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How many qualifications a tutor has.
pub async fn count_qualifications(tx: &mut TenantTx, tutor: MemberId) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"SELECT count(*) AS "n!" FROM qualifications WHERE tenant_id = $1 AND tutor_id = $2"#, tx.tenant().0, tutor.0)
        .fetch_one(tx.conn())
        .await?)
}

/// Writes a checked qualification.
pub async fn insert_qualification(
    tx: &mut TenantTx,
    id: QualificationId,
    tutor: MemberId,
    draft: &QualificationDraft,
    (from, to): (i16, Option<i16>),
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO qualifications (tenant_id, id, tutor_id, title, place, from_year, to_year) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tx.tenant().0,
        id.0,
        tutor.0,
        draft.title.trim(),
        draft.place.trim(),
        from,
        to
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Deletes a tutor's own qualification; `false` when there is none.
pub async fn delete_qualification(tx: &mut TenantTx, tutor: MemberId, id: QualificationId) -> Result<bool> {
    let done = sqlx::query!("DELETE FROM qualifications WHERE tenant_id = $1 AND id = $2 AND tutor_id = $3", tx.tenant().0, id.0, tutor.0)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}
