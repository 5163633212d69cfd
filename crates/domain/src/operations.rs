//! What the platform's operators do: the admins of the platform's own tenant, on the platform's host.
//!
//! They decide about schools (open or not, how much they keep, which features), see that jobs and providers work, and
//! may come into a school to help, for an hour and in its audit log. What they change of a school is changed in a
//! transaction of that school by functions of the database, which ask who the operator is.

mod decisions;
mod deletion;
mod health;
mod jobs;
mod people;
mod schools;
mod support;
mod takeout;

pub use decisions::{cancel_deletion, decide_everywhere, decide_flags, everywhere, plan_deletion, reinstate, set_quota, suspend};
pub use deletion::delete_due;
pub use health::{Check, check as health};
pub use jobs::{JobFigures, TroubledJob, discard, figures, retry, troubled};
pub use people::{invite_operator, remove_operator};
pub use schools::{Admin, SchoolDetail, SchoolQuery, SchoolRow, Usage, Visit, create, invite_admin, list, one};
pub(crate) use support::end_over;
pub use support::{begin_visit, end_visits, enter};
pub use takeout::{Archive, export};

use crate::{
    Actor, Member, Result, Services, TenantTx,
    accounts::second_factor,
    audit::{self, Entry},
    tenancy::{PLATFORM_ID, Standing, Tenant},
};
use kernel::{AppError, Role, ids::TenantId};
use std::sync::Arc;

/// What an operator without a second factor is told.
pub const NEEDS_TWO_STEP: &str = "error-operator-two-step";

/// The signed-in operator, with a second factor. For everybody else the console does not exist.
///
/// # Errors
/// Not found; a conflict [`NEEDS_TWO_STEP`].
pub async fn operator<'a>(services: &Services, actor: &'a Actor) -> Result<&'a Member> {
    if actor.tenant.id != PLATFORM_ID {
        return Err(AppError::NotFound.into());
    }
    let member = actor.require(Role::Admin)?;
    if !second_factor::protection(services, actor).await?.two_step {
        return Err(AppError::conflict(NEEDS_TWO_STEP).into());
    }
    Ok(member)
}

/// The same, who showed just now who they are.
async fn verified<'a>(services: &Services, actor: &'a Actor) -> Result<&'a Member> {
    let member = operator(services, actor).await?;
    actor.verified()?;
    Ok(member)
}

/// The school of an id; the platform itself is none.
async fn school(services: &Services, id: TenantId) -> Result<Arc<Tenant>> {
    let found = services.tenants.by_id(&services.db, id).await?.filter(|tenant| tenant.id != PLATFORM_ID);
    Ok(found.ok_or(AppError::NotFound)?)
}

/// The same, of which something is left.
async fn living(services: &Services, id: TenantId) -> Result<Arc<Tenant>> {
    let found = school(services, id).await?;
    if found.standing == Standing::Deleted { Err(AppError::conflict("error-school-deleted").into()) } else { Ok(found) }
}

/// Tells a school's log what an operator did to it, in the transaction that did it.
async fn tell_school(services: &Services, actor: &Actor, tx: &mut TenantTx, operator: &Member, entry: Entry) -> Result<()> {
    let by = entry.by(operator.id, format!("{} ({})", operator.name, actor.tenant.name));
    audit::record(tx, services, actor, by).await
}

/// Tells the platform's own log what an operator did.
async fn tell_platform(services: &Services, actor: &Actor, entry: Entry) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await
}
