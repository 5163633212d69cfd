//! `/admin/members`: who is at this school, who is invited, and what staff may do.

mod consents;
pub mod erase;
pub mod import;
pub mod invitations;
pub mod invite;
pub mod list;
pub mod member;
pub mod merge;
pub mod roles;

use crate::common::{may, own_permissions};
use domain::members::StaffRole;
use i18n::{Reader, t};
use kernel::{Permission, Permissions, Role, Roles, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::{FormFields, RequestCx};

/// The pages beside each other, for whoever may see members.
fn tabs(cx: &RequestCx, current: &str) -> AnyView {
    let tab = |href: &'static str, key: &str| Tab::new(href, i18n::t(cx.locale(), key), href == current);
    let items = vec![
        tab(urls::admin::MEMBERS, "admin-nav-members"),
        tab(urls::admin::INVITATIONS, "admin-invitations"),
        tab(urls::admin::ROLES, "admin-staff-roles"),
    ];
    view! { <Tabs label=t!(cx.locale(), "admin-nav-members") items=items class="mb-6"/> }.into_any()
}

/// Whether the reader may invite and change members.
fn can_manage(cx: &RequestCx) -> bool {
    may(cx, Permission::ManageMembers)
}

fn role_label(reader: &Reader, role: Role) -> String {
    i18n::t(reader, &format!("common-role-{}", role.key()))
}

/// Roles as badges, the staff role last.
fn role_badges(reader: &Reader, roles: Roles, staff_role: Option<&String>) -> AnyView {
    let labels = roles.iter().map(|role| role_label(reader, role)).chain(staff_role.cloned());
    let badges = labels.map(|label| view! { <Badge mood=Mood::Line>{label}</Badge> }).collect_view();
    view! { <span class="inline-flex flex-wrap gap-1">{badges}</span> }.into_any()
}

/// As what somebody is at the school already.
struct Held {
    roles: Roles,
    staff_role: Option<String>,
    /// Whether the fields stand under a heading that says what they are.
    under_heading: bool,
}

/// The fields that say as what somebody is at the school. Only what the reader may give is offered, and what is
/// held already.
fn grant_fields(cx: &RequestCx, form: &FormFields, held: &Held, staff: &[StaffRole]) -> AnyView {
    let reader = cx.reader();
    let may_all = own_permissions(cx).covers(Permissions::all());
    let chosen = form.values("roles[]", held.roles.iter().map(|role| role.key().to_owned()).collect());
    let roles = Role::ALL
        .into_iter()
        .filter(|role| *role != Role::Admin || may_all || held.roles.admin)
        .map(|role| Choice::new(role.key(), role_label(reader, role)).note(i18n::t(reader, &format!("admin-role-{}-hint", role.key()))))
        .collect::<Vec<_>>();
    let held_staff = held.staff_role.clone().unwrap_or_default();
    let choices: Vec<Choice> = staff
        .iter()
        .filter(|role| role.can_give || role.id.to_string() == held_staff)
        .map(|role| Choice::new(role.id.to_string(), role.name.clone()))
        .collect();
    let staff_field = (!choices.is_empty()).then(|| {
        view! {
            <SelectField name="staff_role" label=t!(reader, "admin-staff-role") choices=choices empty=t!(reader, "admin-staff-role-none")
                hint=t!(reader, "admin-staff-role-hint") value=form.value("staff_role", held_staff) error=form.error("staff_role")/>
        }
    });
    view! {
        <CheckGroup name="roles" legend=t!(reader, "admin-roles") choices=roles values=chosen error=form.error("roles") legend_hidden=held.under_heading/>
        {staff_field}
    }
    .into_any()
}
