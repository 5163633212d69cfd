//! `/sign-in`.

use super::{Next, frame};
use domain::accounts::{self, SignIn};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, Portal, RequestCx, cx, page, redirect, start_login};

/// Signs in.
#[server(name = SignInForm, prefix = "/api", endpoint = "accounts/sign_in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), AppError> {
    let cx = cx()?;
    let login = accounts::sign_in(cx.services(), cx.actor()?, &SignIn { email, password }).await?;
    start_login(login).await?;
    redirect(if next.is_empty() { urls::ACCOUNT } else { &next });
    Ok(())
}

/// `/account`: leads to the member's own portal.
#[component]
pub fn AccountPage() -> impl IntoView {
    page(async |cx| {
        let member = cx.actor()?.member()?;
        redirect(Portal::of(member).next().map_or(urls::HOME, |portal| portal.entry(member)));
        Ok(().into_any())
    })
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
    let lead = view! {
        {t!(locale, "accounts-sign-in-new")}" "
        <a class="link" href=urls::with_query(urls::SIGN_UP, &[("next", &next)])>{t!(locale, "accounts-sign-in-create")}</a>
    };
    let body = view! {
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
        <p><a class="link" href=urls::FORGOT>{t!(locale, "accounts-forgot-link")}</a></p>
    };
    frame(title, lead.into_any(), body.into_any())
}
