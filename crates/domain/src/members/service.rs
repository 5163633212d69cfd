//! The list of members, and what staff does with one.

use super::{
    invitations,
    model::{Grant, MemberDetail, MemberQuery, MemberRow},
    queries, roles,
};
use crate::{
    Actor, Error, Member, Result, Services, TenantTx,
    accounts::{self, Login},
    audit::{self, Action, Entry},
    csv_file,
    page::{Cursor, Page},
};
use kernel::{AppError, FieldError, FormErrors, Permission, Role, ids::MemberId};
use serde_json::{Value, json};

/// Rows of a page.
pub(super) const PAGE: usize = 25;
/// Rows of an export.
const EXPORT: i64 = 50_000;

/// One row more than a page, to know whether there is another.
pub(super) fn more() -> i64 {
    i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
}

/// The tenant's members, the newest first.
pub async fn list(services: &Services, actor: &Actor, query: &MemberQuery) -> Result<Page<MemberRow>> {
    actor.permit(Permission::SeeMembers)?;
    let mut tx = actor.begin(&services.db).await?;
    let rows = queries::members(&mut tx, query, more()).await?;
    tx.commit().await?;
    Ok(Page::new(rows, PAGE, |row| Cursor { at: row.created_at, id: row.id.0 }))
}

/// The tenant's members as CSV, at most 50 000, the newest first. The log tells that it was made.
pub async fn export(services: &Services, actor: &Actor, query: &MemberQuery) -> Result<String> {
    actor.permit(Permission::SeeMembers)?;
    let mut tx = actor.begin(&services.db).await?;
    let rows = queries::members(&mut tx, &MemberQuery { cursor: None, ..query.clone() }, EXPORT).await?;
    let told = Entry::new(Action::MembersExported).change(Value::Null, json!({ "members": rows.len() }));
    audit::record(&mut tx, services, actor, told).await?;
    tx.commit().await?;
    let lines = rows.into_iter().map(|row| {
        let roles = row.roles.iter().map(Role::key).collect::<Vec<_>>().join(" ");
        let status = if row.active { "active" } else { "suspended" };
        [row.name, row.email, roles, row.staff_role.unwrap_or_default(), status.to_owned(), row.created_at.to_string()]
    });
    csv_file::write(["name", "email", "roles", "staff role", "status", "member since"], lines)
}

/// One member.
pub async fn member(services: &Services, actor: &Actor, id: MemberId) -> Result<MemberDetail> {
    let reader = actor.permit(Permission::SeeMembers)?;
    let mut tx = actor.begin(&services.db).await?;
    let found = queries::member(&mut tx, id, services.now()).await?.ok_or(AppError::NotFound)?;
    tx.commit().await?;
    let can_impersonate = reader.permissions.has(Permission::Impersonate)
        && reader.permissions.covers(found.permissions)
        && found.row.active
        && reader.id != id;
    let can_act = reader.permissions.has(Permission::ManageMembers) && reader.permissions.covers(found.permissions);
    Ok(MemberDetail { can_act, can_impersonate, is_reader: reader.id == id, ..found })
}

/// The actor as they are now, inside the transaction that acts: what they may do may have changed since the
/// request began. Their row is locked until it ends.
pub(crate) async fn acting(tx: &mut TenantTx, actor: &Actor, permission: Permission) -> Result<Member> {
    acting_on(tx, actor, permission, &[]).await
}

/// The same for what is done to others: their rows are locked too.
pub(super) async fn acting_on(tx: &mut TenantTx, actor: &Actor, permission: Permission, others: &[MemberId]) -> Result<Member> {
    actor.in_person()?;
    let own = actor.permit(permission)?;
    let ids: Vec<MemberId> = others.iter().copied().chain([own.id]).collect();
    queries::lock_rows(tx, &ids).await?;
    let now = accounts::member(tx, own.id).await?.ok_or(AppError::Unauthenticated)?;
    if now.permissions.has(permission) { Ok(now) } else { Err(AppError::NotFound.into()) }
}

/// The member that the actor may act on, and the actor; both rows are locked.
async fn subordinate(tx: &mut TenantTx, actor: &Actor, id: MemberId) -> Result<(Member, queries::Locked)> {
    let own = acting_on(tx, actor, Permission::ManageMembers, &[id]).await?;
    let found = queries::locked(tx, id).await?.ok_or(AppError::NotFound)?;
    if own.permissions.covers(found.permissions) { Ok((own, found)) } else { Err(AppError::conflict("error-member-outranks").into()) }
}

/// Whether the actor may act on a member; both rows are locked.
///
/// # Errors
/// Not found without the right; a conflict for somebody who may do more.
pub(crate) async fn check_subordinate(tx: &mut TenantTx, actor: &Actor, id: MemberId) -> Result<()> {
    subordinate(tx, actor, id).await.map(drop)
}

/// Says what a member is from now on: exactly these roles.
///
/// # Errors
/// At `roles` when nothing is left, the last admin would be lost, or lessons to come need a role that
/// would go; at `staff_role` for an unknown one; conflicts when the member or what it would become is
/// above the actor.
pub async fn change_roles(services: &Services, actor: &Actor, id: MemberId, roles: &[String], staff_role: &str) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let (own, before) = subordinate(&mut tx, actor, id).await?;
    let grant = roles::grant(&mut tx, &own, roles, staff_role, Some(before.grant)).await?;
    if grant == before.grant {
        return Ok(());
    }
    if own.id == id && before.grant.roles.admin && !grant.roles.admin {
        return Err(AppError::field("roles", "error-own-admin").into());
    }
    let needed = queries::lessons_to_come(&mut tx, id, services.now()).await?.into_iter().chain(queries::holds(&mut tx, id).await?);
    for (role, lessons) in needed {
        if lessons > 0 && before.grant.roles.has(role) && !grant.roles.has(role) {
            let mut errors = FormErrors::default();
            errors.add("roles", FieldError::new("error-role-has-lessons").with("lessons", lessons));
            return Err(AppError::Invalid(errors).into());
        }
    }
    // Given before taken, so that a rule about who is left sees the whole change.
    let kept: Vec<String> = grant.roles.iter().map(|role| role.key().to_owned()).collect();
    let visitor = |e: Error| e.on_constraint("members_visitor", AppError::conflict("error-member-visitor"));
    queries::give_roles(&mut tx, id, &kept).await.map_err(visitor)?;
    queries::take_other_roles(&mut tx, id, &kept)
        .await
        .map_err(|e| e.on_constraint("members_keep_an_admin", AppError::field("roles", "error-last-admin")))?;
    queries::set_staff_role(&mut tx, id, grant.staff_role)
        .await
        .map_err(|e| visitor(e.on_constraint("members_staff_role", AppError::field("staff_role", "error-choice"))))?;
    // What the school decides now stands against an invitation of before.
    invitations::forget(&mut tx, &before.email).await?;
    if !grant.roles.tutor {
        queries::unpublish(&mut tx, id).await?;
    }
    let (from, to) = (describe(&mut tx, before.grant).await?, describe(&mut tx, grant).await?);
    audit::record(&mut tx, services, actor, Entry::new(Action::RolesChanged).on_member(id, &before.name).change(from, to)).await?;
    tx.commit().await
}

/// A grant as the log tells it.
pub(super) async fn describe(tx: &mut TenantTx, grant: Grant) -> Result<Value> {
    let staff = match grant.staff_role {
        Some(id) => queries::staff_role(tx, id).await?.map(|role| role.name),
        None => None,
    };
    Ok(json!({ "roles": grant.roles.iter().map(Role::key).collect::<Vec<_>>(), "staff_role": staff }))
}

/// Why staff do something to a member, as the log keeps it.
///
/// # Errors
/// At `reason` when it is missing or too long.
pub(crate) fn checked_reason(reason: &str) -> Result<&str> {
    let reason = reason.trim();
    let mut errors = FormErrors::default();
    errors.check(!reason.is_empty(), "reason", "error-required");
    errors.check_length("reason", reason, 300);
    errors.into_result()?;
    Ok(reason)
}

/// Suspends a member: they are signed out here and cannot sign in, and a tutor is not shown. Their lessons stay.
///
/// # Errors
/// At `reason` when it is missing; conflicts when it is the actor, the last admin, or above the actor.
pub async fn suspend(services: &Services, actor: &Actor, id: MemberId, reason: &str) -> Result<()> {
    let own = actor.permit(Permission::ManageMembers)?.id;
    let reason = checked_reason(reason)?;
    if own == id {
        return Err(AppError::conflict("error-suspend-oneself").into());
    }
    let mut tx = actor.begin(&services.db).await?;
    let (_, found) = subordinate(&mut tx, actor, id).await?;
    queries::set_active(&mut tx, id, false)
        .await
        .map_err(|e| e.on_constraint("members_keep_an_admin", AppError::conflict("error-last-admin")))?;
    queries::end_logins(&mut tx, id).await?;
    invitations::forget(&mut tx, &found.email).await?;
    let entry = Entry::new(Action::MemberSuspended).on_member(id, found.name).change(Value::Null, json!({ "reason": reason }));
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await
}

/// Lets staff see the site as a member does, for half an hour: to help, not to pay, cancel or change how they get in.
/// The log tells it with its reason, and everything that is done names both; the member sees it among their devices.
///
/// # Errors
/// At `reason` when it is missing; conflicts when the member is suspended, is above the actor or is the actor;
/// [`AppError::Unverified`].
pub async fn impersonate(services: &Services, actor: &Actor, id: MemberId, reason: &str) -> Result<Login> {
    actor.permit(Permission::Impersonate)?;
    let reason = checked_reason(reason)?;
    actor.verified()?;
    let mut tx = actor.begin(&services.db).await?;
    let own = acting_on(&mut tx, actor, Permission::Impersonate, &[id]).await?;
    let found = accounts::member(&mut tx, id).await?.ok_or(AppError::conflict("error-member-suspended"))?;
    if own.id == id || !own.permissions.covers(found.permissions) {
        return Err(AppError::conflict("error-member-outranks").into());
    }
    let login = accounts::login_as(&mut tx, &own, &found).await?;
    let entry = Entry::new(Action::Impersonated).on_member(id, found.name).change(Value::Null, json!({ "reason": reason }));
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await?;
    Ok(login)
}

/// Lets a suspended member in again.
pub async fn reinstate(services: &Services, actor: &Actor, id: MemberId) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let (own, found) = subordinate(&mut tx, actor, id).await?;
    if own.id == id {
        return Err(AppError::NotFound.into());
    }
    queries::set_active(&mut tx, id, true).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::MemberReinstated).on_member(id, found.name)).await?;
    tx.commit().await
}

/// Signs a member out of every device at this school.
pub async fn sign_out(services: &Services, actor: &Actor, id: MemberId) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let (_, found) = subordinate(&mut tx, actor, id).await?;
    queries::end_logins(&mut tx, id).await?;
    queries::distrust(&mut tx, id).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::MemberSignedOut).on_member(id, found.name)).await?;
    tx.commit().await
}
