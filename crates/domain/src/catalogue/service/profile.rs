//! A tutor's own profile.

use crate::{
    Actor, Error, Result, Services, TenantTx,
    catalogue::{
        model::people::{ProfileDraft, QualificationDraft, TutorProfile},
        queries::{own::refresh_tutor, profile as queries, public::qualifications},
    },
};
use kernel::{
    AppError, FieldError, FormErrors, Role,
    ids::{MemberId, QualificationId},
    slug::slugify,
};

/// The most qualifications a profile can have.
const MAX_QUALIFICATIONS: i64 = 20;
/// The most languages a profile can have.
const MAX_LANGUAGES: usize = 8;
/// The years that a qualification can name, as in the database.
const YEARS: std::ops::RangeInclusive<i16> = 1940..=2100;

/// The signed-in tutor's profile. Before it was saved once, its fields are empty.
pub async fn profile(services: &Services, actor: &Actor) -> Result<TutorProfile> {
    let tutor = actor.require(Role::Tutor)?.id;
    let mut tx = actor.begin(&services.db).await?;
    let row = queries::profile(&mut tx, tutor).await?.ok_or(AppError::NotFound)?;
    Ok(TutorProfile {
        slug: row.slug,
        name: row.name,
        headline: row.headline,
        bio: row.bio,
        teaches_from: row.teaches_from,
        languages: row.languages,
        verified: row.verified,
        published: row.published,
        public: row.public,
        qualifications: qualifications(&mut tx, tutor).await?,
    })
}

/// Saves the signed-in tutor's profile. The name in addresses is made of the first saved name
/// and stays.
pub async fn save_profile(services: &Services, actor: &Actor, draft: &ProfileDraft) -> Result<()> {
    let tutor = actor.require(Role::Tutor)?.id;
    check(draft)?;
    let mut tx = actor.begin(&services.db).await?;
    ensure_tutor(&mut tx, actor).await?;
    queries::update(&mut tx, tutor, draft).await?;
    refresh_tutor(&mut tx, tutor).await?;
    tx.commit().await
}

/// Adds a qualification to the signed-in tutor's profile.
pub async fn add_qualification(services: &Services, actor: &Actor, draft: &QualificationDraft) -> Result<QualificationId> {
    let tutor = actor.require(Role::Tutor)?.id;
    let years = check_qualification(draft)?;
    let mut tx = actor.begin(&services.db).await?;
    ensure_tutor(&mut tx, actor).await?;
    if queries::count_qualifications(&mut tx, tutor).await? >= MAX_QUALIFICATIONS {
        let mut errors = FormErrors::default();
        errors.add("title", FieldError::new("error-too-many").with("max", MAX_QUALIFICATIONS));
        return Err(AppError::Invalid(errors).into());
    }
    let id = services.id();
    queries::insert_qualification(&mut tx, id, tutor, draft, years).await?;
    tx.commit().await?;
    Ok(id)
}

/// Removes a qualification of the signed-in tutor.
pub async fn remove_qualification(services: &Services, actor: &Actor, id: QualificationId) -> Result<()> {
    let tutor = actor.require(Role::Tutor)?.id;
    let mut tx = actor.begin(&services.db).await?;
    if !queries::delete_qualification(&mut tx, tutor, id).await? {
        return Err(AppError::NotFound.into());
    }
    tx.commit().await
}

/// Sees to it that the acting member, who holds the role, has a tutor's row.
pub(super) async fn ensure_tutor(tx: &mut TenantTx, actor: &Actor) -> Result<()> {
    let member = actor.require(Role::Tutor)?;
    if queries::has_tutor(tx, member.id).await? {
        return Ok(());
    }
    let slug = slugify(&member.name);
    let slug = if slug.is_empty() { "tutor".to_owned() } else { slug };
    if queries::insert_tutor(tx, member.id, &slug).await? || queries::insert_tutor(tx, member.id, &with_tail(&slug, member.id)).await? {
        return Ok(());
    }
    // Another request of the same member was faster.
    if queries::has_tutor(tx, member.id).await? { Ok(()) } else { Err(Error::Broken("a slug with the id's tail is free")) }
}

/// A slug that somebody else has, made unique by the end of the id.
fn with_tail(slug: &str, id: MemberId) -> String {
    let id = id.0.simple().to_string();
    let tail: String = id.chars().skip(24).collect();
    format!("{slug}-{tail}")
}

fn check(draft: &ProfileDraft) -> Result<()> {
    let mut errors = FormErrors::default();
    errors.check(!draft.name.trim().is_empty(), "name", "error-required");
    errors.check_line("name", &draft.name, 80);
    errors.check_line("headline", &draft.headline, 120);
    errors.check_length("bio", &draft.bio, 4000);
    errors.check_line("teaches_from", &draft.teaches_from, 80);
    let tag = |tag: &String| (2..=12).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    errors.check(draft.languages.iter().all(tag), "languages", "error-choice");
    if draft.languages.len() > MAX_LANGUAGES {
        errors.add("languages", FieldError::new("error-too-many").with("max", MAX_LANGUAGES));
    }
    if draft.published {
        errors.check(!draft.headline.trim().is_empty(), "headline", "error-required-to-publish");
        errors.check(!draft.bio.trim().is_empty(), "bio", "error-required-to-publish");
        errors.check(!draft.languages.is_empty(), "languages", "error-required-to-publish");
    }
    Ok(errors.into_result()?)
}

fn check_qualification(draft: &QualificationDraft) -> Result<(i16, Option<i16>)> {
    let mut errors = FormErrors::default();
    errors.check(!draft.title.trim().is_empty(), "title", "error-required");
    errors.check_line("title", &draft.title, 120);
    errors.check_line("place", &draft.place, 120);
    let year = |text: &str| text.trim().parse::<i16>().ok().filter(|year| YEARS.contains(year));
    let from = year(&draft.from);
    errors.check(from.is_some(), "from", "error-year");
    let to = year(&draft.to);
    let open_end = draft.to.trim().is_empty();
    errors.check(open_end || to.is_some(), "to", "error-year");
    if let (Some(from), Some(to)) = (from, to) {
        errors.check(from <= to, "to", "error-year-order");
    }
    errors.into_result()?;
    Ok((from.unwrap_or_default(), to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(result: Result<impl std::fmt::Debug>) -> Vec<(String, String)> {
        match result.unwrap_err() {
            Error::App(AppError::Invalid(errors)) => {
                errors.iter().map(|(field, error)| (field.to_owned(), error.code.to_string())).collect()
            }
            other => panic!("{other}"),
        }
    }

    #[test]
    fn publishing_needs_a_whole_profile() {
        let mut draft = ProfileDraft { name: "Ada".into(), ..ProfileDraft::default() };
        assert!(check(&draft).is_ok());
        draft.published = true;
        let fields: Vec<_> = refused(check(&draft)).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["bio", "headline", "languages"]);
        draft.languages = vec!["en<".into()];
        assert!(refused(check(&draft)).contains(&("languages".into(), "error-choice".into())));
    }

    #[test]
    fn a_qualification_ends_after_it_begins() {
        let draft =
            |from: &str, to: &str| QualificationDraft { title: "BSc".into(), place: String::new(), from: from.into(), to: to.into() };
        assert_eq!(check_qualification(&draft("2012", "")).unwrap(), (2012, None));
        assert_eq!(check_qualification(&draft(" 2012 ", "2012")).unwrap(), (2012, Some(2012)));
        assert_eq!(refused(check_qualification(&draft("2012", "2011"))), [("to".into(), "error-year-order".into())]);
        assert_eq!(refused(check_qualification(&draft("12", "x"))).len(), 2);
    }
}
