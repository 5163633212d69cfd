//! Staff roles, and who may give what.

use super::{
    import,
    model::{Grant, StaffRole},
    queries,
    service::acting,
};
use crate::{
    Actor, Error, Member, Result, Services, TenantTx,
    audit::{self, Action, Entry},
};
use kernel::{AppError, FormErrors, Permission, Permissions, Role, Roles, ids::StaffRoleId};
use serde_json::{Value, json};

/// The most staff roles of a school.
const MAX_ROLES: usize = 50;

/// A staff role as typed. Errors come at the names of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffRoleDraft {
    /// What the school calls it. Field `name`.
    pub name: String,
    /// Keys of permissions. Field `permissions`.
    pub permissions: Vec<String>,
}

/// The school's staff roles by name.
pub async fn staff_roles(services: &Services, actor: &Actor) -> Result<Vec<StaffRole>> {
    let reader = actor.permit(Permission::SeeMembers)?.permissions;
    let mut tx = actor.begin(&services.db).await?;
    let roles = queries::staff_roles(&mut tx).await?;
    tx.commit().await?;
    Ok(roles.into_iter().map(|role| StaffRole { can_give: can_give(reader, role.permissions), ..role }).collect())
}

/// One of them.
pub async fn staff_role(services: &Services, actor: &Actor, id: StaffRoleId) -> Result<StaffRole> {
    Ok(staff_roles(services, actor).await?.into_iter().find(|role| role.id == id).ok_or(AppError::NotFound)?)
}

/// Whether a staff role may be called so: not like a role that everybody knows.
pub(crate) fn is_role_name(name: &str) -> bool {
    !name.trim().is_empty() && import::role(name).is_none()
}

/// The school's staff roles by name, in the caller's transaction.
pub(crate) async fn roles_of(tx: &mut TenantTx) -> Result<Vec<StaffRole>> {
    queries::staff_roles(tx).await
}

/// Writes the staff role of a name, in the caller's transaction: who writes it may give it.
pub(crate) async fn write_role(services: &Services, tx: &mut TenantTx, name: &str, permissions: Permissions) -> Result<()> {
    let known = queries::staff_roles(tx).await?;
    match known.iter().find(|role| role.name == name) {
        Some(role) => queries::update_staff_role(tx, role.id, name, permissions).await.map(drop),
        None if known.len() >= MAX_ROLES => Err(AppError::conflict("error-too-many-roles").into()),
        None => {
            let taken = |e: Error| e.on_constraint("staff_roles_name_key", AppError::conflict("error-role-name-taken"));
            queries::insert_staff_role(tx, services.id(), name.trim(), permissions).await.map_err(taken)
        }
    }
}

/// Whether somebody may give what `permissions` are.
const fn can_give(own: Permissions, permissions: Permissions) -> bool {
    own.has(Permission::ManageRoles) && own.covers(permissions)
}

/// Makes a staff role, or changes the one with this id: its holders may do so from their next page on.
///
/// # Errors
/// At `name` or `permissions`; a conflict when it is, or would be, more than the actor may.
pub async fn save_role(services: &Services, actor: &Actor, id: Option<StaffRoleId>, draft: &StaffRoleDraft) -> Result<StaffRoleId> {
    let mut own = actor.permit(Permission::ManageRoles)?.permissions;
    let (name, permissions) = (draft.name.trim(), draft.permissions.iter().map(String::as_str).collect::<Permissions>());
    let mut errors = FormErrors::default();
    errors.check(!name.is_empty(), "name", "error-required");
    errors.check_line("name", name, 60);
    errors.check(!permissions.is_empty(), "permissions", "error-choose-one");
    errors.check(own.covers(permissions), "permissions", "error-grant-too-much");
    errors.check(name.is_empty() || is_role_name(name), "name", "error-role-name-taken");
    errors.into_result()?;
    let mut tx = actor.begin(&services.db).await?;
    own = acting(&mut tx, actor, Permission::ManageRoles).await?.permissions;
    if !own.covers(permissions) {
        return Err(AppError::field("permissions", "error-grant-too-much").into());
    }
    let known = queries::staff_roles(&mut tx).await?;
    let before = match id {
        Some(id) => Some(known.iter().find(|role| role.id == id).ok_or(AppError::NotFound)?),
        None if known.len() >= MAX_ROLES => return Err(AppError::conflict("error-too-many-roles").into()),
        None => None,
    };
    if before.is_some_and(|role| !own.covers(role.permissions)) {
        return Err(AppError::conflict("error-member-outranks").into());
    }
    let taken = |e: Error| e.on_constraint("staff_roles_name_key", AppError::field("name", "error-role-name-taken"));
    let id = if let Some(id) = id {
        if !queries::update_staff_role(&mut tx, id, name, permissions).await.map_err(taken)? {
            return Err(AppError::NotFound.into());
        }
        id
    } else {
        let id = services.id();
        queries::insert_staff_role(&mut tx, id, name, permissions).await.map_err(taken)?;
        id
    };
    let told = |name: &str, permissions: Permissions| json!({ "name": name, "permissions": permissions.keys() });
    let was = before.map_or(Value::Null, |role| told(&role.name, role.permissions));
    let entry = Entry::new(Action::StaffRoleSaved).on("staff_role", id, name).change(was, told(name, permissions));
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Removes a staff role that nobody holds.
pub async fn delete_role(services: &Services, actor: &Actor, id: StaffRoleId) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let own = acting(&mut tx, actor, Permission::ManageRoles).await?.permissions;
    let role = queries::staff_role(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    if !own.covers(role.permissions) {
        return Err(AppError::conflict("error-member-outranks").into());
    }
    let held = || AppError::conflict("error-role-held");
    queries::delete_staff_role(&mut tx, id)
        .await
        .map_err(|e| e.on_constraint("members_staff_role", held()).on_constraint("invitations_staff_role", held()))?;
    audit::record(&mut tx, services, actor, Entry::new(Action::StaffRoleRemoved).on("staff_role", id, role.name)).await?;
    tx.commit().await
}

/// Whether somebody may give `grant`, whose staff role has the permissions `staff`: they manage members, have all
/// of it themselves, and give staff roles only if they may do that.
pub(super) fn may_give(own: Permissions, grant: Grant, staff: Permissions) -> bool {
    own.has(Permission::ManageMembers)
        && own.covers(Permissions::of(grant.roles, staff))
        && (grant.staff_role.is_none() || own.has(Permission::ManageRoles))
}

/// The same, with the staff role's permissions as they are now.
pub(super) async fn may_give_now(tx: &mut TenantTx, own: Permissions, grant: Grant) -> Result<bool> {
    let staff = match grant.staff_role {
        Some(id) => queries::staff_role(tx, id).await?.map(|role| role.permissions).unwrap_or_default(),
        None => Permissions::default(),
    };
    Ok(may_give(own, grant, staff))
}

/// What was typed, as something that `giver` may give. A staff role that somebody holds already (`held`) may stay;
/// to take it away is to change it.
///
/// # Errors
/// At `roles` when nothing is chosen, at `staff_role` for an unknown one, and wherever more is given than the
/// giver has.
pub(super) async fn grant(tx: &mut TenantTx, giver: &Member, roles: &[String], staff_role: &str, held: Option<Grant>) -> Result<Grant> {
    let own = giver.permissions;
    let roles: Roles = roles.iter().filter_map(|key| Role::parse(key)).collect();
    let mut errors = FormErrors::default();
    let staff = match staff_role {
        "" => None,
        id => match id.parse() {
            Ok(id) => queries::staff_role(tx, id).await?,
            Err(_) => None,
        },
    };
    errors.check(staff_role.is_empty() || staff.is_some(), "staff_role", "error-choice");
    errors.check(roles.iter().next().is_some() || !staff_role.is_empty(), "roles", "error-choose-one");
    let grant = Grant { roles, staff_role: staff.as_ref().map(|staff| staff.id) };
    errors.check(may_give(own, Grant { staff_role: None, ..grant }, Permissions::default()), "roles", "error-grant-too-much");
    if grant.staff_role != held.and_then(|held| held.staff_role) {
        let permissions = staff.map(|staff| staff.permissions).unwrap_or_default();
        errors.check(can_give(own, permissions), "staff_role", "error-grant-too-much");
    }
    errors.into_result()?;
    Ok(grant)
}
