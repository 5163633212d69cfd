//! `/admin/members/invitations`: who was invited and has not come yet.

use super::{can_manage, role_badges, tabs};
use crate::common::frame;
use domain::{
    members::{self, InvitationRow},
    page::Page,
};
use i18n::t;
use kernel::{AppError, ids::InvitationId, urls};
use leptos::prelude::*;
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, pager, redirect_with};

/// Sends an invitation once more.
#[server(name = ResendInvitationForm, prefix = "/api", endpoint = "admin/resend_invitation")]
pub async fn resend(invitation: InvitationId) -> Result<(), AppError> {
    let cx = cx()?;
    members::resend(cx.services(), cx.actor()?, invitation).await?;
    redirect_with(urls::admin::INVITATIONS, "admin-done-invited-again");
    Ok(())
}

/// Withdraws an invitation.
#[server(name = WithdrawInvitationForm, prefix = "/api", endpoint = "admin/withdraw_invitation")]
pub async fn withdraw(invitation: InvitationId) -> Result<(), AppError> {
    let cx = cx()?;
    members::withdraw(cx.services(), cx.actor()?, invitation).await?;
    redirect_with(urls::admin::INVITATIONS, "admin-done-invitation-withdrawn");
    Ok(())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    after: String,
}

/// `/admin/members/invitations`
#[component]
pub fn InvitationsPage() -> impl IntoView {
    page(async |cx| {
        let query: Query = cx.query();
        let invitations = members::invitations(cx.services(), cx.actor()?, query.after.parse().ok()).await?;
        Ok(view(&cx, &query, &invitations))
    })
}

fn view(cx: &RequestCx, query: &Query, invitations: &Page<InvitationRow>) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let title = t!(locale, "admin-invitations");
    let invite = move || view! { <LinkButton href=urls::admin::INVITE tone=Tone::Primary icon=Glyph::UserPlus>{t!(locale, "admin-invite")}</LinkButton> };
    let head = can_manage(cx).then(invite);
    let list = if invitations.items.is_empty() {
        let action = can_manage(cx).then(invite);
        view! { <Empty icon=Glyph::Mail title=t!(locale, "admin-invitations-empty") body=t!(locale, "admin-invitations-empty-body")>{action}</Empty> }.into_any()
    } else {
        let cols = vec![
            Col::new(t!(locale, "common-email")),
            Col::new(t!(locale, "admin-roles")),
            Col::new(t!(locale, "admin-invited-by")).droppable(),
            Col::new(t!(locale, "admin-invitation-until")),
            Col::end(t!(locale, "admin-actions")),
        ];
        let rows = invitations.items.iter().map(|invitation| row(cx, invitation)).collect_view();
        view! {
            <Table cols=cols caption=title.clone() cards=true>{rows}</Table>
            {pager(reader, urls::admin::INVITATIONS, &[], invitations.next, !query.after.is_empty())}
        }
        .into_any()
    };
    let page = view! {
        <PageHead title=t!(locale, "admin-nav-members") note=t!(locale, "admin-invitations-note")>{head}</PageHead>
        {tabs(cx, urls::admin::INVITATIONS)}
        {cx.fields(ResendInvitationForm::PATH).refusal()}
        {cx.fields(WithdrawInvitationForm::PATH).refusal()}
        {list}
    };
    frame(&title, page.into_any())
}

fn row(cx: &RequestCx, invitation: &InvitationRow) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let until = if invitation.expired {
        let over = t!(locale, "admin-invitation-over");
        view! { <Badge mood=Mood::Warn>{over}</Badge> }.into_any()
    } else {
        view! { <TimeText iso=invitation.expires_at.to_string() text=reader.date_short_year(invitation.expires_at)/> }.into_any()
    };
    let name = invitation.name.clone();
    let name = (!name.is_empty()).then(|| view! { <span class="faint block t-12">{name}</span> });
    let actions = invitation.can_act.then(|| {
        let id = invitation.id.to_string();
        let (again, gone) = (t!(locale, "admin-invitation-again"), t!(locale, "admin-invitation-withdraw"));
        let (again_label, gone_label) = (format!("{again}: {}", invitation.email), format!("{gone}: {}", invitation.email));
        view! {
            <RowActions>
                <form method="post" action=ResendInvitationForm::PATH>
                    <HiddenPage/>
                    <input type="hidden" name="invitation" value=id.clone()/>
                    <Button size=Size::Small kind=ButtonKind::Submit aria_label=again_label>{again}</Button>
                </form>
                <form method="post" action=WithdrawInvitationForm::PATH>
                    <HiddenPage/>
                    <input type="hidden" name="invitation" value=id/>
                    <Button tone=Tone::Ghost size=Size::Small kind=ButtonKind::Submit aria_label=gone_label>{gone}</Button>
                </form>
            </RowActions>
        }
    });
    view! {
        <tr>
            <td class="m-1a"><span class="mid">{invitation.email.clone()}</span>{name}</td>
            <td class="m-1b">{role_badges(reader, invitation.roles, invitation.staff_role.as_ref())}</td>
            <td class="drop-l drop-m muted">{invitation.invited_by.clone()}</td>
            <td class="m-2a">{until}</td>
            <td class="m-2b r">{actions}</td>
        </tr>
    }
    .into_any()
}
