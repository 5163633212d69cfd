//! `/account/verify`: showing again who is signed in, before what somebody at a forgotten screen may not do.

use super::{Ceremony, Next, frame, passkey_form, security::ask_password};
use domain::accounts::{self, passkeys, second_factor};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, Kept, RequestCx, current_login, cx, page, redirect, redirect_back_with};

/// Shows it by the password and, with two-step verification, a code.
#[server(name = VerifyForm, prefix = "/api", endpoint = "accounts/verify")]
pub async fn verify(
    password: String,
    #[server(default)] code: String,
    #[server(default)] next: String,
    #[server(default)] again: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    let login = current_login().unwrap_or_default();
    second_factor::verify(cx.services(), cx.visitor(), &login, &password, &code).await?;
    go_back(&next, &again);
    Ok(())
}

/// Begins to show it by a passkey.
#[server(name = BeginVerifyForm, prefix = "/api", endpoint = "accounts/begin_verify")]
pub async fn begin_verify(#[server(default)] next: String, #[server(default)] again: String) -> Result<(), AppError> {
    let cx = cx()?;
    Kept::Challenge.keep(&passkeys::begin_verify(cx.services(), cx.visitor()).await?);
    redirect(&if again.is_empty() { urls::verify(&next) } else { urls::verify_and_repeat(&next) });
    Ok(())
}

/// Shows it by a passkey.
#[server(name = VerifyPasskeyForm, prefix = "/api", endpoint = "accounts/verify_passkey")]
pub async fn verify_passkey(credential: String, #[server(default)] next: String, #[server(default)] again: String) -> Result<(), AppError> {
    let cx = cx()?;
    let (login, ticket) = (current_login().unwrap_or_default(), Kept::Challenge.read().unwrap_or_default());
    passkeys::verify(cx.services(), cx.visitor(), &login, &ticket, &credential).await?;
    Kept::Challenge.forget();
    go_back(&next, &again);
    Ok(())
}

/// Back to the page. A form that was sent from it and refused has to be sent again.
fn go_back(next: &str, again: &str) {
    let page = if next.is_empty() { urls::SECURITY } else { next };
    if again.is_empty() { redirect(page) } else { redirect_back_with(page, "common-done-verified") }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Again {
    again: String,
}

/// How the page can ask.
struct Ways {
    /// Without one, and without a passkey, they choose one first.
    has_password: bool,
    two_step: bool,
    /// Whether there are passkeys of this host.
    has_passkey: bool,
    /// What a passkey was just asked.
    options: Option<String>,
}

/// `/account/verify`
#[component]
pub fn VerifyPage() -> impl IntoView {
    let ticket = Kept::Challenge.read();
    page(async move |cx| {
        let (services, actor) = (cx.services(), cx.visitor());
        let waiting = match &ticket {
            Some(ticket) => passkeys::waiting_to_verify(services, actor, ticket).await?,
            None => None,
        };
        let ways = Ways {
            has_password: accounts::has_password(services, actor).await?,
            two_step: second_factor::protection(services, actor).await?.two_step,
            has_passkey: passkeys::is_here(services, actor).await?,
            options: waiting.map(|waiting| waiting.options),
        };
        Ok(view(&cx, ways))
    })
}

fn view(cx: &RequestCx, ways: Ways) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(VerifyForm::PATH);
    let next = form.value("next", cx.query::<Next>().next);
    let again = form.value("again", cx.query::<Again>().again);
    let note = (!again.is_empty()).then(|| view! { <Callout>{t!(locale, "accounts-verify-again")}</Callout> });
    let email = cx.member().map(|member| member.email.clone()).unwrap_or_default();
    let code = ways.two_step.then(|| {
        view! {
            <TextField name="code" label=t!(locale, "accounts-confirm-code") hint=t!(locale, "accounts-factor-hint") error=form.error("code")
                autocomplete="one-time-code" maxlength=30 required=true/>
        }
    });
    let hidden = || {
        view! { <input type="hidden" name="next" value=next.clone()/><input type="hidden" name="again" value=again.clone()/> }.into_any()
    };
    let by_passkey = match ways.options {
        Some(options) => passkey_form(cx, VerifyPasskeyForm::PATH, Ceremony::Get, options, hidden(), t!(locale, "accounts-passkey-use")),
        None if ways.has_passkey => view! {
            <form method="post" action=BeginVerifyForm::PATH hidden data-needs="passkey">
                <HiddenPage/>
                {hidden()}
                <Button size=Size::Large kind=ButtonKind::Submit block=true icon=Glyph::KeyRound>{t!(locale, "accounts-passkey-use")}</Button>
            </form>
        }
        .into_any(),
        None => ().into_any(),
    };
    let has_password = ways.has_password;
    let by_password = if has_password {
        view! {
            <form method="post" action=VerifyForm::PATH class="stack stack-4">
                <HiddenPage/>
                {hidden()}
                <input class="sr" type="email" name="email" value=email autocomplete="username" tabindex="-1" readonly aria-hidden="true"/>
                <PasswordField name="password" label=t!(locale, "common-password") show_label=t!(locale, "common-show-password")
                    error=form.error("password") autocomplete="current-password" required=true/>
                {code}
                <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "accounts-verify-button")}</Button>
            </form>
        }
        .into_any()
    } else {
        ask_password(cx)
    };
    let body = view! {
        {note}
        {form.summary()}
        {cx.fields(VerifyPasskeyForm::PATH).summary()}
        {cx.fields(BeginVerifyForm::PATH).summary()}
        {by_password}
        {by_passkey}
    };
    let lead = if has_password { t!(locale, "accounts-verify-lead") } else { t!(locale, "accounts-verify-lead-none") };
    frame(t!(locale, "accounts-verify-title"), lead.into_any(), body.into_any())
}
