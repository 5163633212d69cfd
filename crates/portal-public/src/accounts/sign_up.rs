//! `/sign-up` and `/sign-up/confirm`: an account is made when the address is proven.

#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

use super::{Next, consent, elsewhere, frame, landing, over};
use domain::{
    accounts::{
        self, Confirmed, SignUp,
        identity_providers::{self, Offered},
        proofs,
    },
    policies::{self, Asked, Joining},
};
use i18n::t;
use kernel::{AppError, Flag, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, Kept, RequestCx, Site, cx, page, redirect, redirect_to_tenant, redirect_with, start_login};

/// Begins to make the reader a student of this school: their address gets a code.
#[server(name = SignUpForm, prefix = "/api", endpoint = "accounts/sign_up")]
pub async fn sign_up(
    name: String,
    email: String,
    password: String,
    #[server(default)] agree: Option<String>,
    #[server(default)] shown: String,
    #[server(default)] age: String,
    #[server(default)] guardian_name: String,
    #[server(default)] guardian_email: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    let consent = consent::draft(agree, shown, age, guardian_name, guardian_email);
    let typed = SignUp { name, email, password };
    let ticket = accounts::sign_up(cx.services(), cx.actor()?, cx.locale().tag(), &typed, &consent).await?;
    Kept::Proof.keep(&ticket);
    redirect(&urls::with_query(urls::CONFIRM, &[("next", &next)]));
    Ok(())
}

/// Takes the code: the account, or the school, comes to be.
#[server(name = ConfirmForm, prefix = "/api", endpoint = "accounts/confirm")]
pub async fn confirm(code: String, #[server(default)] next: String) -> Result<(), AppError> {
    let cx = cx()?;
    let ticket = Kept::Proof.read().ok_or(AppError::conflict("error-proof-over"))?;
    let confirmed = accounts::confirm(cx.services(), cx.visitor(), &ticket, &code).await?;
    Kept::Proof.forget();
    match confirmed {
        Confirmed::Joined(login) => {
            Kept::Newcomer.forget();
            start_login(login).await?;
            redirect(landing(&next));
        }
        // What they showed elsewhere is connected by who is signed in.
        Confirmed::JoinedWithAccount => {
            let next = if Kept::Newcomer.read().is_some() { urls::CONNECT } else { &next };
            redirect_with(&urls::sign_in(next), "accounts-done-joined");
        }
        Confirmed::Founded(tenant) => {
            redirect_to_tenant(&cx, &tenant, &urls::with_query(urls::SIGN_IN, &[("done", "platform-done-founded")]));
        }
    }
    Ok(())
}

/// Sends the code once more.
#[server(name = ResendCodeForm, prefix = "/api", endpoint = "accounts/resend_code")]
pub async fn resend_code(#[server(default)] next: String) -> Result<(), AppError> {
    let cx = cx()?;
    let ticket = Kept::Proof.read().ok_or(AppError::conflict("error-proof-over"))?;
    proofs::resend(cx.services(), cx.visitor(), &ticket).await?;
    redirect_with(&urls::with_query(urls::CONFIRM, &[("next", &next)]), "accounts-done-resent");
    Ok(())
}

/// `/sign-up`
#[component]
pub fn SignUpPage() -> impl IntoView {
    page(async |cx| {
        let tenant = &cx.actor()?.tenant;
        let school = tenant.name.clone();
        if !tenant.flags.has(Flag::SignUp) {
            return Ok(closed(&cx, &school));
        }
        let offered = identity_providers::offered(cx.services(), cx.actor()?).await?;
        let asked = policies::asked(cx.services(), cx.actor()?, Joining::Student).await?;
        Ok(sign_up_view(&cx, &school, &offered, &asked))
    })
}

/// Instead of the form where the school invites its members.
fn closed(cx: &RequestCx, school: &str) -> AnyView {
    let locale = cx.locale();
    let text = t!(locale, "common-sign-in");
    let body = view! { <p><LinkButton href=urls::SIGN_IN>{text}</LinkButton></p> };
    frame(t!(locale, "accounts-sign-up-closed-title", name = school), t!(locale, "error-sign-up-closed").into_any(), body.into_any())
}

fn sign_up_view(cx: &RequestCx, school: &str, offered: &[Offered], asked: &Asked) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(SignUpForm::PATH);
    let next = form.value("next", cx.query::<Next>().next);
    let title = t!(locale, "accounts-sign-up-title", name = school);
    let lead = view! {
        {t!(locale, "accounts-sign-up-known")}" "
        <a class="link" href=urls::sign_in(&next)>{t!(locale, "common-sign-in")}</a>
    };
    let body = view! {
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
            {consent::fields(cx, &form, asked)}
            <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "accounts-sign-up-button")}</Button>
        </form>
        {elsewhere::buttons(cx, offered, &next)}
        <p class="faint t-12">{t!(locale, "accounts-sign-up-elsewhere")}</p>
    };
    frame(title, lead.into_any(), body.into_any())
}

/// `/sign-up/confirm`
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let (ticket, is_newcomer) = (Kept::Proof.read(), Kept::Newcomer.read().is_some());
    page(async move |cx| {
        let start = start(&cx, is_newcomer);
        let pending = match &ticket {
            Some(ticket) => proofs::pending(cx.services(), cx.visitor(), ticket).await?,
            None => None,
        };
        match pending {
            Some(pending) => Ok(confirm_view(&cx, pending, start)),
            // The code is used up or too old; what a refused form says still stands above.
            None if cx.is_refused() => Ok(over_view(&cx, start)),
            None => {
                redirect(start);
                Ok(().into_any())
            }
        }
    })
}

/// Where a proof begins on this site, for who came from elsewhere there.
fn start(cx: &RequestCx, is_newcomer: bool) -> &'static str {
    match cx.site() {
        Site::Tenant(_) if is_newcomer => urls::NEWCOMER,
        Site::Platform(_) => urls::NEW_TENANT,
        Site::Tenant(_) => urls::SIGN_UP,
    }
}

fn confirm_view(cx: &RequestCx, pending: proofs::Pending, start: &'static str) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(ConfirmForm::PATH);
    let again = cx.fields(ResendCodeForm::PATH);
    let next = form.value("next", cx.query::<Next>().next);
    let title = t!(locale, "accounts-confirm-title");
    let resend = if pending.can_resend {
        view! {
            <form method="post" action=ResendCodeForm::PATH>
                <HiddenPage/>
                <input type="hidden" name="next" value=next.clone()/>
                <Button tone=Tone::Ghost kind=ButtonKind::Submit>{t!(locale, "accounts-confirm-resend")}</Button>
            </form>
        }
        .into_any()
    } else {
        ().into_any()
    };
    let mailbox = cx.settings().development.then(|| {
        view! { <p class="t-12 faint">{t!(locale, "accounts-confirm-mailbox")}" "<a class="link" href=urls::MAILBOX>{t!(locale, "public-mailbox")}</a></p> }
    });
    let lead = t!(locale, "accounts-confirm-sent", email = &pending.email);
    let body = view! {
        {form.summary()}
        {again.summary()}
        <form method="post" action=ConfirmForm::PATH class="stack stack-4">
            <HiddenPage/>
            <input type="hidden" name="next" value=next.clone()/>
            <TextField name="code" label=t!(locale, "accounts-confirm-code") hint=t!(locale, "accounts-confirm-hint") value=form.value("code", "")
                error=form.error("code") autocomplete="one-time-code" inputmode="numeric" maxlength=12 required=true autofocus=!form.is_refused()/>
            <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "accounts-confirm-button")}</Button>
        </form>
        <div class="row wrap">
            {resend}
            <LinkButton href=start tone=Tone::Ghost>{t!(locale, "accounts-confirm-other")}</LinkButton>
        </div>
        {mailbox}
    };
    frame(title, lead.into_any(), body.into_any())
}

fn over_view(cx: &RequestCx, start: &'static str) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(ConfirmForm::PATH);
    // After the last try the field is gone; any other reason is told in its own words.
    let (problems, body) = if form.error("code").is_some() {
        (().into_any(), t!(locale, "error-proof-over"))
    } else {
        (form.summary(), t!(locale, "accounts-confirm-over-body"))
    };
    over(t!(locale, "accounts-confirm-over-title"), problems, body, start, t!(locale, "accounts-confirm-again"))
}
