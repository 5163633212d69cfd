//! `/sign-in`.

use super::{Next, elsewhere, enter, frame, passkey::BeginPasskeyForm};
use domain::accounts::{
    self, SignIn, SignedIn,
    identity_providers::{self, Offered},
};
use i18n::t;
use kernel::{AppError, Flag, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, Kept, Portal, RequestCx, Site, cx, page, redirect};

/// Signs in.
#[server(name = SignInForm, prefix = "/api", endpoint = "accounts/sign_in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), AppError> {
    let cx = cx()?;
    let device = Kept::Device.read();
    match accounts::sign_in(cx.services(), cx.visitor(), &SignIn { email, password }, device.as_deref()).await? {
        SignedIn::Login(login) => enter(login, &next).await,
        SignedIn::SecondFactor(ticket) => {
            Kept::Challenge.keep(&ticket);
            redirect(&urls::with_query(urls::SECOND_FACTOR, &[("next", &next)]));
            Ok(())
        }
    }
}

/// `/account`: leads to the member's own portal.
#[component]
pub fn AccountPage() -> impl IntoView {
    page(async |cx| {
        let member = cx.visitor().member()?;
        redirect(Portal::of(&cx, member).next().map_or(urls::HOME, |portal| portal.entry(member)));
        Ok(().into_any())
    })
}

/// `/sign-in`
#[component]
pub fn SignInPage() -> impl IntoView {
    page(async |cx| {
        let school = cx.visitor().tenant.name.clone();
        let offered = identity_providers::offered(cx.services(), cx.visitor()).await?;
        Ok(sign_in_view(&cx, &school, &offered))
    })
}

fn sign_in_view(cx: &RequestCx, school: &str, offered: &[Offered]) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(SignInForm::PATH);
    let next = form.value("next", cx.query::<Next>().next);
    let title = t!(locale, "accounts-sign-in-title", name = school);
    let is_open = matches!(cx.site(), Site::Tenant(actor) if actor.tenant.flags.has(Flag::SignUp));
    let lead = is_open.then(|| {
        view! {
            {t!(locale, "accounts-sign-in-new")}" "
            <a class="link" href=urls::with_query(urls::SIGN_UP, &[("next", &next)])>{t!(locale, "accounts-sign-in-create")}</a>
        }
    });
    let body = view! {
        {form.summary()}
        {cx.fields(BeginPasskeyForm::PATH).summary()}
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
        // Shown where the browser has passkeys.
        <form method="post" action=BeginPasskeyForm::PATH hidden data-needs="passkey">
            <HiddenPage/>
            <input type="hidden" name="next" value=next.clone()/>
            <Button size=Size::Large kind=ButtonKind::Submit block=true icon=Glyph::KeyRound>{t!(locale, "accounts-passkey-sign-in")}</Button>
        </form>
        {elsewhere::buttons(cx, offered, &next)}
    };
    frame(title, lead.into_any(), body.into_any())
}
