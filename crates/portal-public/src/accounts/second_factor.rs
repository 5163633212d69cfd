//! `/sign-in/second-factor`: what the app shows, a recovery code, or a passkey, after the password.

use super::{Ceremony, Next, enter, frame, over, passkey_form};
use domain::accounts::second_factor::{self, Asked, Shown};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, Kept, RequestCx, cx, page};

/// Takes a code.
#[server(name = ShowCodeForm, prefix = "/api", endpoint = "accounts/show_code")]
pub async fn show_code(code: String, #[server(default)] trust: String, #[server(default)] next: String) -> Result<(), AppError> {
    let cx = cx()?;
    let ticket = Kept::Challenge.read().unwrap_or_default();
    let shown = second_factor::show_code(cx.services(), cx.visitor(), &ticket, &code, !trust.is_empty()).await?;
    proceed(shown, &next).await
}

/// Takes a passkey's answer.
#[server(name = ShowPasskeyForm, prefix = "/api", endpoint = "accounts/show_passkey")]
pub async fn show_passkey(credential: String, #[server(default)] next: String) -> Result<(), AppError> {
    let cx = cx()?;
    let ticket = Kept::Challenge.read().unwrap_or_default();
    let shown = second_factor::show_passkey(cx.services(), cx.visitor(), &ticket, &credential).await?;
    proceed(shown, &next).await
}

async fn proceed(shown: Shown, next: &str) -> Result<(), AppError> {
    if let Some(device) = &shown.device {
        Kept::Device.keep(device);
    }
    enter(shown.login, next).await
}

/// `/sign-in/second-factor`
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let ticket = Kept::Challenge.read().unwrap_or_default();
    page(async move |cx| {
        let asked = second_factor::asked(cx.services(), cx.visitor(), &ticket).await?;
        Ok(asked.map_or_else(|| over_view(&cx), |asked| view(&cx, asked)))
    })
}

fn view(cx: &RequestCx, asked: Asked) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(ShowCodeForm::PATH);
    let passkey = cx.fields(ShowPasskeyForm::PATH);
    let next = form.value("next", cx.query::<Next>().next);
    let days = second_factor::TRUST_DAYS;
    let by_passkey = asked.passkey.map(|options| {
        let fields = view! { <input type="hidden" name="next" value=next.clone()/> }.into_any();
        let form = passkey_form(cx, ShowPasskeyForm::PATH, Ceremony::Get, options, fields, t!(locale, "accounts-passkey-use"));
        view! { <hr class="rule"/> {form} }
    });
    let body = view! {
        {form.summary()}
        {passkey.summary()}
        <form method="post" action=ShowCodeForm::PATH class="stack stack-4">
            <HiddenPage/>
            <input type="hidden" name="next" value=next/>
            <TextField name="code" label=t!(locale, "accounts-confirm-code") hint=t!(locale, "accounts-factor-hint") error=form.error("code")
                autocomplete="one-time-code" maxlength=30 required=true autofocus=true/>
            <Checkbox name="trust" label=t!(locale, "accounts-factor-trust", days = days) checked=form.checked("trust", false)/>
            <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "accounts-sign-in-button")}</Button>
        </form>
        {by_passkey}
        <p><a class="link" href=urls::SIGN_IN>{t!(locale, "accounts-factor-other")}</a></p>
    };
    frame(t!(locale, "accounts-factor-title"), t!(locale, "accounts-factor-lead").into_any(), body.into_any())
}

fn over_view(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "accounts-factor-over-title");
    over(title, ().into_any(), t!(locale, "error-challenge-over"), urls::SIGN_IN, t!(locale, "common-sign-in"))
}
