//! `/admin/members/roles`: what staff may do, under names of the school's own.

use super::tabs;
use crate::common::{frame, may, own_permissions};
use domain::members::{self, StaffRole, StaffRoleDraft};
use i18n::t;
use kernel::{AppError, Permission, ids::StaffRoleId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, param, redirect_with};

/// Makes a staff role, or changes one.
#[server(name = SaveRoleForm, prefix = "/api", endpoint = "admin/save_role")]
pub async fn save_role(
    #[server(default)] role: Option<StaffRoleId>,
    name: String,
    #[server(default)] permissions: Vec<String>,
) -> Result<(), AppError> {
    let cx = cx()?;
    members::save_role(cx.services(), cx.actor()?, role, &StaffRoleDraft { name, permissions }).await?;
    redirect_with(urls::admin::ROLES, "admin-done-role-saved");
    Ok(())
}

/// Removes a staff role.
#[server(name = DeleteRoleForm, prefix = "/api", endpoint = "admin/delete_role")]
pub async fn delete_role(role: StaffRoleId) -> Result<(), AppError> {
    let cx = cx()?;
    members::delete_role(cx.services(), cx.actor()?, role).await?;
    redirect_with(urls::admin::ROLES, "admin-done-role-deleted");
    Ok(())
}

/// What a permission is called.
fn permission_label(cx: &RequestCx, permission: Permission) -> String {
    i18n::t(cx.locale(), &format!("admin-may-{}", permission.key()))
}

/// Whether the reader may make and give staff roles.
fn can_give(cx: &RequestCx) -> bool {
    may(cx, Permission::ManageRoles)
}

/// `/admin/members/roles`
#[component]
pub fn RolesPage() -> impl IntoView {
    page(async |cx| {
        let roles = members::staff_roles(cx.services(), cx.actor()?).await?;
        Ok(list_view(&cx, &roles))
    })
}

fn list_view(cx: &RequestCx, roles: &[StaffRole]) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "admin-staff-roles");
    let add = move || view! { <LinkButton href=urls::admin::NEW_ROLE tone=Tone::Primary icon=Glyph::Plus>{t!(locale, "admin-role-new")}</LinkButton> };
    let head = can_give(cx).then(add);
    let list = if roles.is_empty() {
        let action = can_give(cx).then(add);
        view! { <Empty icon=Glyph::Users title=t!(locale, "admin-roles-empty") body=t!(locale, "admin-roles-empty-body")>{action}</Empty> }
            .into_any()
    } else {
        let rows = roles.iter().map(|role| row(cx, role)).collect_view();
        view! { <List ruled=true label=title.clone()>{rows}</List> }.into_any()
    };
    let page = view! {
        <PageHead title=t!(locale, "admin-nav-members") note=t!(locale, "admin-roles-note")>{head}</PageHead>
        {tabs(cx, urls::admin::ROLES)}
        <div class="max-w-[720px]">{list}</div>
    };
    frame(&title, page.into_any())
}

fn row(cx: &RequestCx, role: &StaffRole) -> AnyView {
    let may = role.permissions.iter().map(|permission| permission_label(cx, permission)).collect::<Vec<_>>().join(" · ");
    let holders = t!(cx.locale(), "admin-role-holders", count = role.holders);
    let end = view! { <span class="muted nowrap">{holders}</span> }.into_any();
    if role.can_give {
        view! { <ListRow title=role.name.clone() note=may href=urls::admin::role(role.id) end=end/> }.into_any()
    } else {
        view! { <ListRow title=role.name.clone() note=may end=end/> }.into_any()
    }
}

/// `/admin/members/roles/new`
#[component]
pub fn NewRolePage() -> impl IntoView {
    page(async |cx| {
        if !can_give(&cx) {
            cx.actor()?.member()?;
            return Err(AppError::NotFound);
        }
        Ok(editor(&cx, None))
    })
}

/// `/admin/members/roles/{role}`
#[component]
pub fn RolePage() -> impl IntoView {
    let id = param::<StaffRoleId>("role");
    page(async move |cx| {
        let id = id.ok_or(AppError::NotFound)?;
        let role = members::staff_role(cx.services(), cx.actor()?, id).await?;
        if role.can_give { Ok(editor(&cx, Some(&role))) } else { Err(AppError::NotFound) }
    })
}

fn editor(cx: &RequestCx, role: Option<&StaffRole>) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(SaveRoleForm::PATH);
    let title = role.map_or_else(|| t!(locale, "admin-role-new"), |role| role.name.clone());
    let id = role.map(|role| view! { <input type="hidden" name="role" value=role.id.to_string()/> });
    let own = own_permissions(cx);
    let choices: Vec<Choice> = own.iter().map(|one| Choice::new(one.key(), permission_label(cx, one))).collect();
    let chosen = form.values("permissions[]", role.map(|role| role.permissions.keys()).unwrap_or_default());
    let page = view! {
        <PageHead title=title.clone() back_href=urls::admin::ROLES back_label=t!(locale, "admin-staff-roles")/>
        {cx.fields(DeleteRoleForm::PATH).refusal()}
        <form method="post" action=SaveRoleForm::PATH class="stack stack-5 max-w-[480px]">
            <HiddenPage/>
            {id}
            {form.summary()}
            <TextField name="name" label=t!(locale, "common-name") hint=t!(locale, "admin-role-name-hint") value=form.value("name", role.map(|role| role.name.clone()).unwrap_or_default())
                error=form.error("name") maxlength=60 required=true autofocus=role.is_none() && !form.is_refused()/>
            <CheckGroup name="permissions" legend=t!(locale, "admin-role-may") hint=t!(locale, "admin-role-may-hint") choices=choices values=chosen
                error=form.error("permissions")/>
            <div><Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "admin-role-save")}</Button></div>
        </form>
        {role.map(|role| removal(cx, role))}
    };
    frame(&title, page.into_any())
}

fn removal(cx: &RequestCx, role: &StaffRole) -> AnyView {
    let locale = cx.locale();
    let (id, held) = (role.id.to_string(), role.holders > 0);
    let why = held.then(|| view! { <p class="muted">{t!(locale, "error-role-held")}</p> });
    view! {
        <form method="post" action=DeleteRoleForm::PATH class="stack stack-2 mt-8">
            <HiddenPage/>
            <input type="hidden" name="role" value=id/>
            <div><Button tone=Tone::DangerQuiet kind=ButtonKind::Submit disabled=held>{t!(locale, "admin-role-delete")}</Button></div>
            {why}
        </form>
    }
    .into_any()
}
