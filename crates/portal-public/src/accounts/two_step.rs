//! `/account/security/two-step` and `/account/security/recovery-codes`: an authenticator app, and what helps when it
//! is lost.

use super::frame;
use domain::accounts::second_factor::{self, Protection, Setup};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use qrcode::{Color, QrCode};
use server_fn::ServerFn;
use std::fmt::Write;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, keep_private, page, redirect, redirect_with, start_login};

/// Begins to set an app up.
#[server(name = BeginTwoStepForm, prefix = "/api", endpoint = "accounts/begin_two_step")]
pub async fn begin_two_step() -> Result<(), AppError> {
    let cx = cx()?;
    second_factor::begin_setup(cx.services(), cx.visitor()).await?;
    redirect(urls::TWO_STEP);
    Ok(())
}

/// Switches two-step verification on by the app's first code.
#[server(name = ConfirmTwoStepForm, prefix = "/api", endpoint = "accounts/confirm_two_step")]
pub async fn confirm_two_step(code: String) -> Result<(), AppError> {
    let cx = cx()?;
    let login = second_factor::confirm_setup(cx.services(), cx.visitor(), &code).await?;
    start_login(login).await?;
    redirect(urls::RECOVERY_CODES);
    Ok(())
}

/// Switches it off.
#[server(name = EndTwoStepForm, prefix = "/api", endpoint = "accounts/end_two_step")]
pub async fn end_two_step() -> Result<(), AppError> {
    let cx = cx()?;
    let login = second_factor::switch_off(cx.services(), cx.visitor()).await?;
    start_login(login).await?;
    redirect_with(urls::SECURITY, "accounts-done-two-step-off");
    Ok(())
}

/// Makes new recovery codes.
#[server(name = RenewCodesForm, prefix = "/api", endpoint = "accounts/renew_codes")]
pub async fn renew_codes() -> Result<(), AppError> {
    let cx = cx()?;
    second_factor::renew_codes(cx.services(), cx.visitor()).await?;
    redirect(urls::RECOVERY_CODES);
    Ok(())
}

/// Says that the recovery codes are kept.
#[server(name = KeepCodesForm, prefix = "/api", endpoint = "accounts/keep_codes")]
pub async fn keep_codes() -> Result<(), AppError> {
    let cx = cx()?;
    second_factor::keep_codes(cx.services(), cx.visitor()).await?;
    redirect_with(urls::SECURITY, "accounts-done-codes-kept");
    Ok(())
}

/// The part of the security page about it.
pub fn section(cx: &RequestCx, protection: Protection) -> AnyView {
    let locale = cx.locale();
    let forms = [BeginTwoStepForm::PATH, EndTwoStepForm::PATH, RenewCodesForm::PATH].map(|path| cx.fields(path).summary()).collect_view();
    let state = if protection.two_step {
        let left = t!(locale, "accounts-codes-left", count = protection.codes_left);
        let fresh = protection.codes_fresh.then(|| {
            view! { <Callout mood=Mood::Warn><a class="link" href=urls::RECOVERY_CODES>{t!(locale, "accounts-codes-fresh")}</a></Callout> }
        });
        view! {
            <p class="row"><Badge mood=Mood::Ok icon=Glyph::ShieldCheck>{t!(locale, "accounts-two-step-on")}</Badge><span class="muted">{left}</span></p>
            {fresh}
            <div class="row wrap">
                <form method="post" action=RenewCodesForm::PATH>
                    <HiddenPage/>
                    <Button kind=ButtonKind::Submit>{t!(locale, "accounts-codes-renew")}</Button>
                </form>
                <form method="post" action=EndTwoStepForm::PATH>
                    <HiddenPage/>
                    <Button tone=Tone::DangerQuiet kind=ButtonKind::Submit>{t!(locale, "accounts-two-step-end")}</Button>
                </form>
            </div>
        }
        .into_any()
    } else {
        let label = if protection.in_setup { t!(locale, "accounts-two-step-again") } else { t!(locale, "accounts-two-step-begin") };
        view! {
            <form method="post" action=BeginTwoStepForm::PATH>
                <HiddenPage/>
                <Button kind=ButtonKind::Submit icon=Glyph::Smartphone>{label}</Button>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="stack stack-3" aria-labelledby="two-step">
            <h2 id="two-step">{t!(locale, "accounts-two-step-title")}</h2>
            <p class="muted">{t!(locale, "accounts-two-step-body")}</p>
            {forms}
            {state}
        </section>
    }
    .into_any()
}

/// `/account/security/two-step`
#[component]
pub fn TwoStepPage() -> impl IntoView {
    page(async |cx| {
        keep_private();
        let setup = second_factor::setup(cx.services(), cx.visitor()).await?;
        Ok(setup_view(&cx, setup))
    })
}

fn setup_view(cx: &RequestCx, setup: Setup) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(ConfirmTwoStepForm::PATH);
    let picture = picture(&setup.url, &t!(locale, "accounts-two-step-picture"));
    let secret = setup.secret;
    let body = view! {
        {form.summary()}
        <ol class="list-decimal ps-5 space-y-4">
            <li><div class="stack stack-3"><p>{t!(locale, "accounts-two-step-scan")}</p>{picture}</div></li>
            <li><div class="stack stack-2"><p>{t!(locale, "accounts-two-step-type")}</p><code class="font-mono block break-all">{secret}</code></div></li>
            <li><p>{t!(locale, "accounts-two-step-code")}</p></li>
        </ol>
        <form method="post" action=ConfirmTwoStepForm::PATH class="stack stack-4">
            <HiddenPage/>
            <TextField name="code" label=t!(locale, "accounts-confirm-code") error=form.error("code") autocomplete="one-time-code"
                inputmode="numeric" maxlength=10 required=true autofocus=form.is_refused()/>
            <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "accounts-two-step-switch")}</Button>
        </form>
        <p><a class="link" href=urls::SECURITY>{t!(locale, "common-cancel")}</a></p>
    };
    frame(t!(locale, "accounts-two-step-setup"), t!(locale, "accounts-two-step-lead").into_any(), body.into_any())
}

/// Text as a QR code: dark on light in every theme, with the quiet zone that readers need.
fn picture(text: &str, label: &str) -> AnyView {
    const QUIET: usize = 4;
    let Ok(code) = QrCode::new(text) else { return ().into_any() };
    let width = code.width();
    let mut path = String::new();
    for (at, _) in code.to_colors().iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
        // Writing into a string cannot fail.
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    let side = width + 2 * QUIET;
    view! {
        <svg viewBox=format!("0 0 {side} {side}") width="200" height="200" role="img" aria-label=label.to_owned() shape-rendering="crispEdges">
            <rect width=side height=side fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
    }
    .into_any()
}

/// `/account/security/recovery-codes`
#[component]
pub fn RecoveryCodesPage() -> impl IntoView {
    page(async |cx| {
        keep_private();
        let codes = second_factor::fresh_codes(cx.services(), cx.visitor()).await?;
        Ok(codes_view(&cx, codes))
    })
}

fn codes_view(cx: &RequestCx, codes: Vec<String>) -> AnyView {
    let locale = cx.locale();
    let codes = codes.into_iter().map(|code| view! { <li class="font-mono">{code}</li> }).collect_view();
    let body = view! {
        <ul class="stack stack-2" role="list">{codes}</ul>
        <form method="post" action=KeepCodesForm::PATH>
            <HiddenPage/>
            <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "accounts-codes-keep")}</Button>
        </form>
    };
    frame(t!(locale, "accounts-codes-title"), t!(locale, "accounts-codes-lead").into_any(), body.into_any())
}
