//! The school's own lists of subjects and levels.

use crate::{
    Actor, Error, Result, Services,
    audit::{self, Action, Entry},
    catalogue::{
        model::terms::{Term, TermKind},
        queries::terms as queries,
    },
};
use kernel::{AppError, FormErrors, Permission, ids::TermId, slug::slugify};
use serde_json::json;

/// The most subjects, and the most levels, of a school.
const MAX_TERMS: usize = 200;

/// The school's subjects or levels, in its order, with how many offerings use each.
pub async fn terms(services: &Services, actor: &Actor, kind: TermKind) -> Result<Vec<Term>> {
    actor.permit(Permission::ManageSettings)?;
    let mut tx = actor.begin(&services.db).await?;
    let terms = queries::terms(&mut tx, kind).await?;
    tx.commit().await?;
    Ok(terms)
}

fn checked(name: &str) -> Result<(&str, String), AppError> {
    let name = name.trim();
    let mut errors = FormErrors::default();
    errors.check(!name.is_empty(), "name", "error-required");
    errors.check_line("name", name, 60);
    let slug = slugify(name);
    errors.check(name.is_empty() || !slug.is_empty(), "name", "error-term-letters");
    errors.into_result()?;
    Ok((name, slug))
}

fn taken(error: Error) -> Error {
    let taken = || AppError::field("name", "error-taken");
    error.on_constraint("subjects_slug_key", taken()).on_constraint("levels_slug_key", taken())
}

/// Adds a subject or a level at the end of its list.
///
/// # Errors
/// At `name`.
pub async fn add_term(services: &Services, actor: &Actor, kind: TermKind, name: &str) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    let (name, slug) = checked(name)?;
    let id: TermId = services.id();
    let mut tx = actor.begin(&services.db).await?;
    if queries::terms(&mut tx, kind).await?.len() >= MAX_TERMS {
        return Err(AppError::field("name", "error-too-many-terms").into());
    }
    queries::insert(&mut tx, kind, id, &slug, name).await.map_err(taken)?;
    let entry = Entry::new(Action::TermSaved).on(kind.key(), id, name).change(json!({}), json!({ "name": name }));
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await
}

/// Calls a subject or a level something else. Its name in addresses stays, so links to it work on.
///
/// # Errors
/// At `name`; not found.
pub async fn rename_term(services: &Services, actor: &Actor, kind: TermKind, id: TermId, name: &str) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    let (name, _) = checked(name)?;
    let mut tx = actor.begin(&services.db).await?;
    let before = queries::terms(&mut tx, kind).await?.into_iter().find(|term| term.id == id).ok_or(AppError::NotFound)?;
    queries::rename(&mut tx, kind, id, name).await?;
    // Tutors are found by the names of what they teach.
    queries::refresh_tutors(&mut tx).await?;
    let entry = Entry::new(Action::TermSaved).on(kind.key(), id, name).change(json!({ "name": before.name }), json!({ "name": name }));
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await
}

/// Removes a subject or a level that no offering uses.
///
/// # Errors
/// A conflict when one does; not found.
pub async fn remove_term(services: &Services, actor: &Actor, kind: TermKind, id: TermId) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    let mut tx = actor.begin(&services.db).await?;
    let term = queries::terms(&mut tx, kind).await?.into_iter().find(|term| term.id == id).ok_or(AppError::NotFound)?;
    let used = || AppError::conflict("error-term-used");
    queries::remove(&mut tx, kind, id)
        .await
        .map_err(|e| e.on_constraint("offering_versions_subject", used()).on_constraint("offering_levels_level", used()))?;
    audit::record(&mut tx, services, actor, Entry::new(Action::TermRemoved).on(kind.key(), id, term.name)).await?;
    tx.commit().await
}
