//! `/forgot` and `/reset`: a new password by mail.

use super::{frame, over};
use domain::accounts::{self, proofs};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, keep_private, page, redirect_with};

/// Has a link to a new password sent, if somebody here has this address.
#[server(name = AskResetForm, prefix = "/api", endpoint = "accounts/ask_reset")]
pub async fn ask_reset(email: String) -> Result<(), AppError> {
    let cx = cx()?;
    accounts::ask_reset(cx.services(), cx.visitor(), cx.locale().tag(), &email).await?;
    redirect_with(urls::FORGOT, "accounts-done-reset-sent");
    Ok(())
}

/// Sets a new password by a mailed link.
#[server(name = ResetForm, prefix = "/api", endpoint = "accounts/reset_password")]
pub async fn reset_password(ticket: String, password: String) -> Result<(), AppError> {
    let cx = cx()?;
    accounts::reset_password(cx.services(), cx.visitor(), &ticket, &password).await?;
    redirect_with(urls::SIGN_IN, "accounts-done-reset");
    Ok(())
}

/// `/forgot`
#[component]
pub fn ForgotPage() -> impl IntoView {
    page(async |cx| Ok(forgot_view(&cx)))
}

fn forgot_view(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(AskResetForm::PATH);
    let sent = cx.raw_query().contains("done=accounts-done-reset-sent") && !cx.is_refused();
    let lead = if sent { String::new() } else { t!(locale, "accounts-forgot-body") };
    let main = if sent {
        view! { <Callout>{t!(locale, "accounts-forgot-sent")}</Callout> }.into_any()
    } else {
        view! {
            {form.summary()}
            <form method="post" action=AskResetForm::PATH class="stack stack-4">
                <HiddenPage/>
                <TextField name="email" kind="email" label=t!(locale, "common-email") value=form.value("email", "") error=form.error("email")
                    autocomplete="username" required=true autofocus=!form.is_refused()/>
                <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "accounts-forgot-button")}</Button>
            </form>
        }
        .into_any()
    };
    let body = view! { {main} <p><a class="link" href=urls::SIGN_IN>{t!(locale, "common-sign-in")}</a></p> };
    frame(t!(locale, "accounts-forgot-title"), lead.into_any(), body.into_any())
}

/// A mailed link.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Link {
    ticket: String,
}

/// `/reset?ticket=…`
#[component]
pub fn ResetPage() -> impl IntoView {
    page(async |cx| {
        let ticket = cx.fields(ResetForm::PATH).value("ticket", cx.query::<Link>().ticket);
        keep_private();
        let pending = proofs::pending(cx.services(), cx.visitor(), &ticket).await?;
        Ok(match pending {
            Some(pending) => reset_view(&cx, ticket, pending.email),
            None => over_view(&cx),
        })
    })
}

fn reset_view(cx: &RequestCx, ticket: String, email: String) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(ResetForm::PATH);
    let lead = t!(locale, "accounts-reset-body");
    let body = view! {
        {form.summary()}
        <form method="post" action=ResetForm::PATH class="stack stack-4">
            <HiddenPage/>
            <input type="hidden" name="ticket" value=ticket/>
            // For password managers: whose password this is.
            <input class="sr" type="email" name="email" value=email autocomplete="username" tabindex="-1" readonly aria-hidden="true"/>
            <PasswordField name="password" label=t!(locale, "accounts-reset-password") show_label=t!(locale, "common-show-password")
                hint=t!(locale, "accounts-sign-up-password-hint") error=form.error("password") autocomplete="new-password" minlength=10 required=true/>
            <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "accounts-reset-button")}</Button>
        </form>
    };
    frame(t!(locale, "accounts-reset-title"), lead.into_any(), body.into_any())
}

fn over_view(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let problems = cx.fields(ResetForm::PATH).summary();
    over(
        t!(locale, "accounts-reset-over-title"),
        problems,
        t!(locale, "error-reset-over"),
        urls::FORGOT,
        t!(locale, "accounts-reset-again"),
    )
}
