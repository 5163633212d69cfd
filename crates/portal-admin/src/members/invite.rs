//! `/admin/members/invite`: inviting one person.

use super::{Held, can_manage, grant_fields};
use crate::common::frame;
use domain::members::{self, InvitationDraft, StaffRole};
use i18n::t;
use kernel::{AppError, Role, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, redirect_with};

/// Invites somebody.
#[server(name = InviteForm, prefix = "/api", endpoint = "admin/invite")]
pub async fn invite(
    email: String,
    #[server(default)] name: String,
    #[server(default)] roles: Vec<String>,
    #[server(default)] staff_role: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    let draft = InvitationDraft { email, name, roles, staff_role, note };
    members::invite(cx.services(), cx.actor()?, &draft).await?;
    redirect_with(urls::admin::INVITATIONS, "admin-done-invited");
    Ok(())
}

/// `/admin/members/invite`
#[component]
pub fn InvitePage() -> impl IntoView {
    page(async |cx| {
        if !can_manage(&cx) {
            cx.actor()?.member()?;
            return Err(AppError::NotFound);
        }
        let staff = members::staff_roles(cx.services(), cx.actor()?).await?;
        Ok(view(&cx, &staff))
    })
}

fn view(cx: &RequestCx, staff: &[StaffRole]) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(InviteForm::PATH);
    let title = t!(locale, "admin-invite");
    let first = Held { roles: [Role::Tutor].into_iter().collect(), staff_role: None, under_heading: false };
    let page = view! {
        <PageHead title=title.clone() note=t!(locale, "admin-invite-note") back_href=urls::admin::MEMBERS back_label=t!(locale, "admin-nav-members")/>
        <form method="post" action=InviteForm::PATH class="stack stack-5 max-w-[480px]">
            <HiddenPage/>
            {form.summary()}
            <TextField name="email" kind="email" label=t!(locale, "common-email") value=form.value("email", "") error=form.error("email")
                autocomplete="off" required=true autofocus=!form.is_refused()/>
            <TextField name="name" label=t!(locale, "common-name") hint=t!(locale, "admin-invite-name-hint") value=form.value("name", "")
                error=form.error("name") autocomplete="off" maxlength=80/>
            {grant_fields(cx, &form, &first, staff)}
            <TextareaField name="note" label=t!(locale, "admin-invite-message") hint=t!(locale, "admin-invite-message-hint") value=form.value("note", "")
                error=form.error("note") maxlength=500 rows=3/>
            <div class="row">
                <Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "admin-invite-send")}</Button>
                <LinkButton href=urls::admin::IMPORT tone=Tone::Ghost>{t!(locale, "admin-import")}</LinkButton>
            </div>
        </form>
    };
    frame(&title, page.into_any())
}
