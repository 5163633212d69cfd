//! Approvals, and tutors to choose from.

use crate::{
    Actor, Result, Services,
    audit::{self, Action, Entry},
    booking::Person,
    catalogue::{
        model::offering::{ApprovalRow, Decision, Review, VersionStatus, changed_fields, price_changes},
        queries::{admin as queries, own},
    },
    page::{Cursor, Page},
};
use kernel::{AppError, FormErrors, Permission, ids::OfferingId};
use serde_json::{Value, json};

/// Rows of a page.
const PAGE: usize = 25;

/// What waits for a decision, those that wait longest first.
pub async fn approvals(services: &Services, actor: &Actor, after: Option<Cursor>) -> Result<Page<ApprovalRow>> {
    actor.permit(Permission::Approve)?;
    let mut tx = actor.begin(&services.db).await?;
    let rows = queries::approvals(&mut tx, after, more()).await?;
    Ok(Page::new(rows, PAGE, |row| Cursor { at: row.submitted_at, id: row.offering.0 }))
}

/// An offering under review, beside what is live.
///
/// # Errors
/// [`AppError::NotFound`] when none of its versions is in review.
pub async fn review(services: &Services, actor: &Actor, offering: OfferingId) -> Result<Review> {
    actor.permit(Permission::Approve)?;
    let mut tx = actor.begin(&services.db).await?;
    let found = own::offering(&mut tx, offering, None, actor.tenant.currency).await?.ok_or(AppError::NotFound)?;
    let in_review = found.open.filter(|(version, _)| version.status == VersionStatus::InReview && !found.archived);
    let (version, proposed) = in_review.ok_or(AppError::NotFound)?;
    Ok(Review {
        offering,
        kind: found.kind,
        tutor: found.tutor,
        tutor_name: found.tutor_name,
        tutor_slug: found.tutor_slug,
        version,
        changed: changed_fields(found.live.as_ref(), &proposed),
        prices: price_changes(found.live.as_ref(), &proposed),
        live: found.live,
        proposed,
    })
}

/// Decides about the version that the admin saw, by its number.
///
/// # Errors
/// [`AppError::Conflict`] (`error-review-stale`) when it is not in review any more: withdrawn,
/// decided by somebody else, or sent in again with other content.
pub async fn decide(services: &Services, actor: &Actor, offering: OfferingId, number: i32, decision: &Decision) -> Result<()> {
    let reviewer = actor.permit(Permission::Approve)?;
    let admin = reviewer.id;
    let now = services.now();
    if let Decision::NeedsChanges { note } = decision {
        let mut errors = FormErrors::default();
        errors.check(!note.trim().is_empty(), "note", "error-required");
        errors.check_length("note", note, 1000);
        errors.into_result()?;
    }
    let mut tx = actor.begin(&services.db).await?;
    let locked = own::lock(&mut tx, offering, None).await?.ok_or(AppError::NotFound)?;
    // Nobody passes their own work but who runs the school.
    if locked.tutor == admin && !reviewer.roles.admin {
        return Err(AppError::conflict("error-own-offering").into());
    }
    let version = locked.open_in(&[VersionStatus::InReview], "error-review-stale")?;
    if version.number != number {
        return Err(AppError::conflict("error-review-stale").into());
    }
    match decision {
        Decision::Approve => {
            queries::approve(&mut tx, &locked, version, admin, now).await?;
            own::refresh_tutor(&mut tx, locked.tutor).await?;
        }
        Decision::NeedsChanges { note } => queries::send_back(&mut tx, version, note.trim(), admin, now).await?,
    }
    let (action, told) = match decision {
        Decision::Approve => (Action::OfferingApproved, json!({ "version": number })),
        Decision::NeedsChanges { note } => (Action::OfferingSentBack, json!({ "version": number, "note": note.trim() })),
    };
    let entry = Entry::new(action).on("offering", offering, &version.title).about(locked.tutor).change(Value::Null, told);
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await
}

/// The tenant's tutors by name, for choosing one (at most 500).
pub async fn tutors(services: &Services, actor: &Actor) -> Result<Vec<Person>> {
    actor.permit(Permission::SeeBookings)?;
    let mut tx = actor.begin(&services.db).await?;
    queries::tutors(&mut tx, 500).await
}

/// One row more than a page, to know whether there is another.
fn more() -> i64 {
    i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
}
