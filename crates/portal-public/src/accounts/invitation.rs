//! `/invitation?ticket=…`: somebody whom the school invited becomes a member.

#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

use super::{consent, frame, over};
use domain::{
    members::{self, Accepted, OpenInvitation},
    policies::Asked,
};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, keep_private, page, redirect, redirect_with, start_login};

/// Accepts an invitation by a mailed link.
#[server(name = AcceptInvitationForm, prefix = "/api", endpoint = "accounts/accept_invitation")]
pub async fn accept_invitation(
    ticket: String,
    name: String,
    #[server(default)] password: String,
    #[server(default)] agree: Option<String>,
    #[server(default)] shown: String,
    #[server(default)] age: String,
    #[server(default)] guardian_name: String,
    #[server(default)] guardian_email: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    let consent = consent::draft(agree, shown, age, guardian_name, guardian_email);
    match members::accept(cx.services(), cx.visitor(), &ticket, &name, &password, cx.locale().tag(), &consent).await? {
        Accepted::Joined(login) => {
            start_login(login).await?;
            redirect(urls::ACCOUNT);
        }
        Accepted::WithAccount => redirect_with(urls::SIGN_IN, "accounts-done-joined"),
    }
    Ok(())
}

/// A mailed link.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Link {
    ticket: String,
}

/// `/invitation?ticket=…`
#[component]
pub fn InvitationPage() -> impl IntoView {
    page(async |cx| {
        let ticket = cx.fields(AcceptInvitationForm::PATH).value("ticket", cx.query::<Link>().ticket);
        keep_private();
        let invitation = members::invitation(cx.services(), cx.visitor(), &ticket).await?;
        let school = cx.visitor().tenant.name.clone();
        Ok(match invitation {
            Some(invitation) => {
                let asked = members::asked_of(cx.services(), cx.visitor(), &invitation).await?;
                view(&cx, &school, ticket, &invitation, &asked)
            }
            None => over_view(&cx),
        })
    })
}

fn view(cx: &RequestCx, school: &str, ticket: String, invitation: &OpenInvitation, asked: &Asked) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(AcceptInvitationForm::PATH);
    let roles = invitation.roles.iter().map(|role| i18n::t(locale, &format!("common-role-{}", role.key())));
    let roles = roles.chain(invitation.staff_role.clone()).collect::<Vec<_>>().join(", ");
    let lead = t!(locale, "accounts-invitation-lead", inviter = &invitation.invited_by, roles = roles);
    let note = Some(invitation.note.clone())
        .filter(|note| !note.is_empty())
        .map(|note| view! { <blockquote class="callout m-0 whitespace-pre-line">{note}</blockquote> });
    let password = if invitation.has_account {
        view! { <p class="muted">{t!(locale, "accounts-invitation-known")}</p> }.into_any()
    } else {
        view! {
            <PasswordField name="password" label=t!(locale, "common-password") show_label=t!(locale, "common-show-password")
                hint=t!(locale, "accounts-sign-up-password-hint") error=form.error("password") autocomplete="new-password" minlength=10 required=true/>
        }
        .into_any()
    };
    let button = t!(locale, "accounts-invitation-button", name = school);
    let body = view! {
        {note}
        {form.summary()}
        <form method="post" action=AcceptInvitationForm::PATH class="stack stack-4">
            <HiddenPage/>
            <input type="hidden" name="ticket" value=ticket/>
            <TextField name="name" label=t!(locale, "common-name") hint=t!(locale, "accounts-invitation-name-hint") value=form.value("name", invitation.name.clone())
                error=form.error("name") autocomplete="name" maxlength=80 required=true autofocus=!form.is_refused()/>
            <TextField name="email" kind="email" label=t!(locale, "common-email") value=invitation.email.clone() autocomplete="username" readonly=true/>
            {password}
            {consent::fields(cx, &form, asked)}
            <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{button}</Button>
        </form>
    };
    frame(t!(locale, "accounts-invitation-title", name = school), lead.into_any(), body.into_any())
}

fn over_view(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let problems = cx.fields(AcceptInvitationForm::PATH).summary();
    let title = t!(locale, "accounts-invitation-over-title");
    over(title, problems, t!(locale, "error-invitation-over"), urls::SIGN_IN, t!(locale, "common-sign-in"))
}
