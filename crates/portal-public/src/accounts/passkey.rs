//! `/sign-in/passkey`: signing in without a password.

use super::{Ceremony, Next, enter, frame, over, passkey_form};
use domain::accounts::passkeys;
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use web::{Kept, RequestCx, cx, page, redirect};

/// Begins to sign in by a passkey.
#[server(name = BeginPasskeyForm, prefix = "/api", endpoint = "accounts/begin_passkey")]
pub async fn begin_passkey(#[server(default)] next: String) -> Result<(), AppError> {
    let cx = cx()?;
    Kept::Challenge.keep(&passkeys::begin_sign_in(cx.services(), cx.visitor()).await?);
    redirect(&urls::with_query(urls::PASSKEY, &[("next", &next)]));
    Ok(())
}

/// Takes the passkey's answer.
#[server(name = PasskeySignInForm, prefix = "/api", endpoint = "accounts/passkey_sign_in")]
pub async fn passkey_sign_in(credential: String, #[server(default)] next: String) -> Result<(), AppError> {
    let cx = cx()?;
    let ticket = Kept::Challenge.read().unwrap_or_default();
    let login = passkeys::sign_in(cx.services(), cx.visitor(), &ticket, &credential).await?;
    enter(login, &next).await
}

/// `/sign-in/passkey`
#[component]
pub fn PasskeyPage() -> impl IntoView {
    let ticket = Kept::Challenge.read().unwrap_or_default();
    page(async move |cx| {
        let waiting = passkeys::waiting_to_sign_in(cx.services(), cx.visitor(), &ticket).await?;
        Ok(waiting.map_or_else(|| over_view(&cx), |waiting| view(&cx, waiting.options)))
    })
}

fn view(cx: &RequestCx, options: String) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(PasskeySignInForm::PATH);
    let next = form.value("next", cx.query::<Next>().next);
    let other = urls::sign_in(&next);
    let fields = view! { <input type="hidden" name="next" value=next/> }.into_any();
    let ask = passkey_form(cx, PasskeySignInForm::PATH, Ceremony::Get, options, fields, t!(locale, "accounts-passkey-use"));
    let body = view! {
        {form.summary()}
        {ask}
        <p><a class="link" href=other>{t!(locale, "accounts-passkey-password")}</a></p>
    };
    frame(t!(locale, "accounts-passkey-sign-in"), t!(locale, "accounts-passkey-lead").into_any(), body.into_any())
}

fn over_view(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let problems = cx.fields(PasskeySignInForm::PATH).summary();
    let title = t!(locale, "accounts-factor-over-title");
    over(title, problems, t!(locale, "error-challenge-over"), urls::SIGN_IN, t!(locale, "common-sign-in"))
}
