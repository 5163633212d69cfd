//! `/admin/members/{member}/erase`: forgetting somebody who asked the school for it.

use crate::common::frame;
use domain::{members, privacy};
use i18n::t;
use kernel::{AppError, Permission, ids::MemberId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, param, redirect_with};

/// Forgets a member.
#[server(name = EraseMemberForm, prefix = "/api", endpoint = "admin/erase_member")]
pub async fn erase_member(member: MemberId, reason: String) -> Result<(), AppError> {
    let cx = cx()?;
    privacy::erase(cx.services(), cx.actor()?, member, &reason).await?;
    redirect_with(urls::admin::MEMBERS, "admin-done-erased");
    Ok(())
}

/// `/admin/members/{member}/erase`
#[component]
pub fn ErasePage() -> impl IntoView {
    let id = param::<MemberId>("member");
    page(async move |cx| {
        let actor = cx.actor()?;
        actor.permit(Permission::ManageMembers)?;
        let detail = members::member(cx.services(), actor, id.ok_or(AppError::NotFound)?).await?;
        if !detail.can_act || detail.is_reader {
            return Err(AppError::NotFound);
        }
        // Before anything is typed.
        actor.verified()?;
        Ok(view(&cx, detail.row.id, &detail.row.name))
    })
}

fn view(cx: &RequestCx, id: MemberId, name: &str) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(EraseMemberForm::PATH);
    let title = t!(locale, "admin-erase-title", name = name);
    let page = view! {
        <PageHead title=title.clone() back_href=urls::admin::member(id) back_label=name.to_owned()/>
        <form method="post" action=EraseMemberForm::PATH class="stack stack-4 max-w-[480px]">
            <HiddenPage/>
            <input type="hidden" name="member" value=id.to_string()/>
            {form.summary()}
            <p class="muted">{t!(locale, "admin-erase-body")}</p>
            <TextField name="reason" label=t!(locale, "admin-suspend-reason") hint=t!(locale, "admin-erase-reason-hint")
                value=form.value("reason", "") error=form.error("reason") maxlength=300 required=true/>
            <div><Button tone=Tone::Danger kind=ButtonKind::Submit>{t!(locale, "admin-erase-button")}</Button></div>
        </form>
    };
    frame(&title, page.into_any())
}
