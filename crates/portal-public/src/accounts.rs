//! `/sign-in` and `/sign-up`.

use domain::accounts::{self, SignIn, SignUp};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, PublicShell, RequestCx, cx, page, redirect, start_login};

/// Where to go after signing in.
#[derive(Default, Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

/// The wanted page, or the school's front page.
fn landing(next: &str) -> &str {
    if next.is_empty() { urls::HOME } else { next }
}

/// Signs in.
#[server(name = SignInForm, prefix = "/api", endpoint = "accounts/sign_in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), AppError> {
    let cx = cx()?;
    let member = accounts::sign_in(cx.services(), cx.actor()?, &SignIn { email, password }).await?;
    start_login(member).await?;
    redirect(landing(&next));
    Ok(())
}

/// Makes the reader a student of this school, and signs in.
#[server(name = SignUpForm, prefix = "/api", endpoint = "accounts/sign_up")]
pub async fn sign_up(name: String, email: String, password: String, #[server(default)] next: String) -> Result<(), AppError> {
    let cx = cx()?;
    let member = accounts::sign_up(cx.services(), cx.actor()?, &SignUp { name, email, password }).await?;
    start_login(member).await?;
    redirect(landing(&next));
    Ok(())
}

/// `/sign-in`
#[component]
pub fn SignInPage() -> impl IntoView {
    page(async |cx| {
        let school = cx.actor()?.tenant.name.clone();
        Ok(sign_in_view(&cx, &school))
    })
}

fn sign_in_view(cx: &RequestCx, school: &str) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(SignInForm::PATH);
    let next = form.value("next", cx.query::<Next>().next);
    let title = t!(locale, "accounts-sign-in-title", name = school);
    view! {
        <PublicShell title=title.clone()>
            <div class="page narrow stack stack-5">
                <div>
                    <h1>{title.clone()}</h1>
                    <p class="muted mt-1">
                        {t!(locale, "accounts-sign-in-new")}" "
                        <a class="link" href=urls::with_query(urls::SIGN_UP, &[("next", &next)])>{t!(locale, "accounts-sign-in-create")}</a>
                    </p>
                </div>
                {form.summary()}
                <form method="post" action=SignInForm::PATH class="stack stack-4">
                    <HiddenPage/>
                    <input type="hidden" name="next" value=next.clone()/>
                    <TextField name="email" kind="email" label=t!(locale, "common-email") value=form.value("email", "") error=form.error("email")
                        autocomplete="username" required=true autofocus=!form.is_refused()/>
                    <PasswordField name="password" label=t!(locale, "common-password") show_label=t!(locale, "common-show-password")
                        error=form.error("password") autocomplete="current-password" required=true/>
                    <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "accounts-sign-in-button")}</Button>
                </form>
            </div>
        </PublicShell>
    }
    .into_any()
}

/// `/sign-up`
#[component]
pub fn SignUpPage() -> impl IntoView {
    page(async |cx| {
        let school = cx.actor()?.tenant.name.clone();
        Ok(sign_up_view(&cx, &school))
    })
}

fn sign_up_view(cx: &RequestCx, school: &str) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(SignUpForm::PATH);
    let next = form.value("next", cx.query::<Next>().next);
    let title = t!(locale, "accounts-sign-up-title", name = school);
    view! {
        <PublicShell title=title.clone()>
            <div class="page narrow stack stack-5">
                <div>
                    <h1>{title.clone()}</h1>
                    <p class="muted mt-1">
                        {t!(locale, "accounts-sign-up-known")}" "
                        <a class="link" href=urls::sign_in(&next)>{t!(locale, "common-sign-in")}</a>
                    </p>
                </div>
                {form.summary()}
                <form method="post" action=SignUpForm::PATH class="stack stack-4">
                    <HiddenPage/>
                    <input type="hidden" name="next" value=next.clone()/>
                    <TextField name="name" label=t!(locale, "common-name") value=form.value("name", "") error=form.error("name")
                        autocomplete="name" maxlength=80 required=true autofocus=!form.is_refused()/>
                    <TextField name="email" kind="email" label=t!(locale, "common-email") value=form.value("email", "") error=form.error("email")
                        autocomplete="username" required=true/>
                    <PasswordField name="password" label=t!(locale, "common-password") show_label=t!(locale, "common-show-password")
                        hint=t!(locale, "accounts-sign-up-password-hint") error=form.error("password") autocomplete="new-password" minlength=10 required=true/>
                    <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "accounts-sign-up-button")}</Button>
                </form>
                <p class="faint t-12">{t!(locale, "accounts-sign-up-elsewhere")}</p>
            </div>
        </PublicShell>
    }
    .into_any()
}
