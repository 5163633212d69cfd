//! `/sign-in/elsewhere`: signing in at a provider of the school's choice, and a member's connections with such.

#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

use super::{consent, enter, frame, over, row_button};
use domain::{
    accounts::{
        SignedIn,
        identities::{self, Back, Callback, IdentitySummary, Newcomer},
        identity_providers::{self, Offered},
    },
    policies::{self, Asked, Joining},
};
use i18n::t;
use kernel::{
    AppError,
    ids::{IdentityId, IdentityProviderId},
    urls,
};
use leptos::prelude::*;
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, Kept, RequestCx, cx, keep_private, leave_for, page, param, redirect, redirect_with, start_login};

/// Begins to sign in elsewhere.
#[server(name = BeginElsewhereForm, prefix = "/api", endpoint = "accounts/begin_elsewhere")]
pub async fn begin_elsewhere(provider: IdentityProviderId, #[server(default)] next: String) -> Result<(), AppError> {
    let cx = cx()?;
    Kept::Challenge.keep(&identities::begin_sign_in(cx.services(), cx.actor()?, provider, &next).await?);
    redirect(urls::ELSEWHERE);
    Ok(())
}

/// Begins to connect the member with who they are elsewhere.
#[server(name = ConnectForm, prefix = "/api", endpoint = "accounts/connect_identity")]
pub async fn connect_identity(provider: IdentityProviderId) -> Result<(), AppError> {
    let cx = cx()?;
    Kept::Challenge.keep(&identities::begin_new(cx.services(), cx.actor()?, provider).await?);
    redirect(urls::ELSEWHERE);
    Ok(())
}

/// Connects the member with what was shown in this browser before they signed in.
#[server(name = ClaimIdentityForm, prefix = "/api", endpoint = "accounts/claim_identity")]
pub async fn claim_identity() -> Result<(), AppError> {
    let cx = cx()?;
    let ticket = Kept::Newcomer.read().unwrap_or_default();
    identities::claim(cx.services(), cx.actor()?, &ticket).await?;
    Kept::Newcomer.forget();
    redirect_with(urls::SECURITY, "accounts-done-identity");
    Ok(())
}

/// Disconnects the member from who they are elsewhere.
#[server(name = DisconnectForm, prefix = "/api", endpoint = "accounts/disconnect_identity")]
pub async fn disconnect_identity(identity: IdentityId) -> Result<(), AppError> {
    let cx = cx()?;
    let login = identities::remove(cx.services(), cx.actor()?, identity).await?;
    start_login(login).await?;
    redirect_with(urls::SECURITY, "accounts-done-identity-removed");
    Ok(())
}

/// Begins to make a newcomer a student: their address gets a code.
#[server(name = JoinElsewhereForm, prefix = "/api", endpoint = "accounts/join_elsewhere")]
pub async fn join_elsewhere(
    name: String,
    email: String,
    #[server(default)] agree: Option<String>,
    #[server(default)] shown: String,
    #[server(default)] age: String,
    #[server(default)] guardian_name: String,
    #[server(default)] guardian_email: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    let ticket = Kept::Newcomer.read().unwrap_or_default();
    let consent = consent::draft(agree, shown, age, guardian_name, guardian_email);
    let proof = identities::sign_up(cx.services(), cx.actor()?, cx.locale().tag(), &ticket, &name, &email, &consent).await?;
    Kept::Proof.keep(&proof);
    redirect(&urls::with_query(urls::CONFIRM, &[("next", &next)]));
    Ok(())
}

/// A button for each provider, below the password's form.
pub fn buttons(cx: &RequestCx, offered: &[Offered], next: &str) -> AnyView {
    if offered.is_empty() {
        return ().into_any();
    }
    let locale = cx.locale();
    let buttons = offered
        .iter()
        .map(|provider| {
            let text = t!(locale, "accounts-elsewhere-button", provider = &provider.name);
            view! {
                <form method="post" action=BeginElsewhereForm::PATH>
                    <HiddenPage/>
                    <input type="hidden" name="provider" value=provider.id.to_string()/>
                    <input type="hidden" name="next" value=next.to_owned()/>
                    <Button size=Size::Large kind=ButtonKind::Submit block=true>{text}</Button>
                </form>
            }
        })
        .collect_view();
    view! { {cx.fields(BeginElsewhereForm::PATH).summary()} {buttons} }.into_any()
}

/// `/sign-in/elsewhere`: takes the browser to the provider. A page of its own, because a form's answer may
/// lead nowhere but to this host (`form-action`).
#[component]
pub fn LeavingPage() -> impl IntoView {
    let ticket = Kept::Challenge.read().unwrap_or_default();
    page(async move |cx| {
        let locale = cx.locale();
        let leaving = match identities::leaving(cx.services(), cx.actor()?, &ticket).await.map_err(AppError::from) {
            Ok(Some(leaving)) => leaving,
            Ok(None) | Err(AppError::NotFound) => return Ok(over_view(&cx, "error-challenge-over")),
            Err(error) => return Err(error),
        };
        keep_private();
        leave_for(&leaving);
        let title = t!(locale, "accounts-elsewhere-leaving", provider = &leaving.provider);
        let go = t!(locale, "accounts-elsewhere-go", provider = &leaving.provider);
        let body = view! { <p><LinkButton href=leaving.url.clone() tone=Tone::Primary>{go}</LinkButton></p> };
        Ok(frame(title, t!(locale, "accounts-elsewhere-leaving-lead", host = &leaving.host).into_any(), body.into_any()))
    })
}

/// `/sign-in/elsewhere/back/{provider}`: where the provider sends the browser.
#[component]
pub fn BackPage() -> impl IntoView {
    let provider = param::<IdentityProviderId>("provider");
    let (ticket, device) = (Kept::Challenge.read().unwrap_or_default(), Kept::Device.read());
    page(async move |cx| {
        keep_private();
        let (callback, provider) = (cx.query::<Callback>(), provider.ok_or(AppError::NotFound)?);
        let back = identities::come_back(cx.services(), cx.actor()?, provider, &ticket, &callback, device.as_deref()).await;
        match back.map_err(AppError::from) {
            Ok(Back::Member { signed_in: SignedIn::Login(login), next }) => enter(login, &next).await?,
            Ok(Back::Member { signed_in: SignedIn::SecondFactor(ticket), next }) => {
                Kept::Challenge.keep(&ticket);
                redirect(&urls::with_query(urls::SECOND_FACTOR, &[("next", &next)]));
            }
            Ok(Back::Shown(ticket)) => {
                Kept::Challenge.forget();
                Kept::Newcomer.keep(&ticket);
                redirect(urls::CONNECT);
            }
            Ok(Back::Newcomer(ticket)) => {
                Kept::Challenge.forget();
                Kept::Newcomer.keep(&ticket);
                redirect(urls::NEWCOMER);
            }
            Err(AppError::Conflict(code) | AppError::Unavailable(code)) => return Ok(over_view(&cx, &code)),
            // Not with this address, which has a code in it.
            Err(AppError::Unauthenticated) => redirect(&urls::sign_in(urls::SECURITY)),
            // Switched off meanwhile.
            Err(AppError::NotFound) => return Ok(over_view(&cx, "error-challenge-over")),
            Err(error) => return Err(error),
        }
        Ok(().into_any())
    })
}

/// `/sign-in/elsewhere/new`: somebody who is nobody here yet.
#[component]
pub fn NewcomerPage() -> impl IntoView {
    let ticket = Kept::Newcomer.read().unwrap_or_default();
    page(async move |cx| {
        let newcomer = identities::newcomer(cx.services(), cx.actor()?, &ticket).await?;
        let school = cx.actor()?.tenant.name.clone();
        let asked = policies::asked(cx.services(), cx.actor()?, Joining::Student).await?;
        Ok(newcomer.map_or_else(|| over_view(&cx, "error-challenge-over"), |newcomer| newcomer_view(&cx, &school, newcomer, &asked)))
    })
}

/// Who a provider says that somebody is.
fn said(cx: &RequestCx, newcomer: &Newcomer) -> String {
    let (locale, provider, who) = (cx.locale(), &newcomer.provider, &newcomer.elsewhere.label);
    if who.is_empty() {
        t!(locale, "accounts-elsewhere-came", provider = provider)
    } else {
        t!(locale, "accounts-elsewhere-said", provider = provider, who = who)
    }
}

fn newcomer_view(cx: &RequestCx, school: &str, newcomer: Newcomer, asked: &Asked) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(JoinElsewhereForm::PATH);
    let next = form.value("next", newcomer.next.clone());
    let lead = said(cx, &newcomer) + " " + &t!(locale, "accounts-newcomer-lead");
    let body = view! {
        {form.summary()}
        <form method="post" action=JoinElsewhereForm::PATH class="stack stack-4">
            <HiddenPage/>
            <input type="hidden" name="next" value=next/>
            <TextField name="name" label=t!(locale, "common-name") value=form.value("name", newcomer.name) error=form.error("name")
                autocomplete="name" maxlength=80 required=true autofocus=!form.is_refused()/>
            <TextField name="email" kind="email" label=t!(locale, "common-email") hint=t!(locale, "accounts-newcomer-email")
                value=form.value("email", newcomer.email) error=form.error("email") autocomplete="email" required=true/>
            {consent::fields(cx, &form, asked)}
            <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "accounts-sign-up-button")}</Button>
        </form>
        <p>
            {t!(locale, "accounts-newcomer-known")}" "
            <a class="link" href=urls::sign_in(urls::CONNECT)>{t!(locale, "accounts-newcomer-connect", provider = &newcomer.provider)}</a>
        </p>
    };
    frame(t!(locale, "accounts-sign-up-title", name = school), lead.into_any(), body.into_any())
}

fn over_view(cx: &RequestCx, code: &str) -> AnyView {
    let locale = cx.locale();
    let problems = cx.fields(JoinElsewhereForm::PATH).summary();
    let (href, again) = if cx.member().is_some() {
        (urls::SECURITY, t!(locale, "accounts-security-title"))
    } else {
        (urls::SIGN_IN, t!(locale, "common-sign-in"))
    };
    over(t!(locale, "accounts-elsewhere-over"), problems, i18n::t(locale, code), href, again)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Connect {
    connect: String,
}

/// What the security page tells of who somebody is elsewhere.
pub struct Connections {
    identities: Vec<IdentitySummary>,
    offered: Vec<Offered>,
    /// What was shown in this browser before they signed in.
    waiting: Option<Newcomer>,
}

impl Connections {
    /// Those of the signed-in member; `ticket` is this browser's of a newcomer.
    pub async fn load(cx: &RequestCx, ticket: Option<&str>) -> Result<Self, AppError> {
        let (services, actor) = (cx.services(), cx.visitor());
        // Asked for by who came from there, and shown to nobody else who sits at this screen later.
        let waiting = match ticket.filter(|_| cx.query::<Connect>().connect == "yes") {
            Some(ticket) => identities::newcomer(services, actor, ticket).await?,
            None => None,
        };
        let identities = identities::list(services, actor).await?;
        Ok(Self { identities, offered: identity_providers::offered(services, actor).await?, waiting })
    }
}

/// The part of the security page about them; nothing at a school without providers.
pub fn section(cx: &RequestCx, connections: &Connections) -> AnyView {
    let Connections { identities, offered, waiting } = connections;
    if identities.is_empty() && offered.is_empty() {
        return ().into_any();
    }
    let locale = cx.locale();
    let refused = [ConnectForm::PATH, ClaimIdentityForm::PATH, DisconnectForm::PATH].map(|path| cx.fields(path).summary()).collect_view();
    let rows = identities.iter().map(|identity| row(cx, identity, offered)).collect_view();
    let list = (!identities.is_empty()).then(|| view! { <List ruled=true>{rows}</List> });
    let is_new = |issuer: &str| identities.iter().all(|identity| identity.issuer != issuer);
    let waiting = waiting.as_ref().filter(|newcomer| is_new(&newcomer.elsewhere.issuer)).map(|newcomer| {
        let (text, button) = (
            said(cx, newcomer) + " " + &t!(locale, "accounts-identity-claim"),
            t!(locale, "accounts-identity-connect", provider = &newcomer.provider),
        );
        view! {
            <Callout>{text}</Callout>
            <form method="post" action=ClaimIdentityForm::PATH>
                <HiddenPage/>
                <Button tone=Tone::Primary kind=ButtonKind::Submit>{button}</Button>
            </form>
        }
    });
    let is_waiting = waiting.is_some();
    let connect = offered
        .iter()
        .filter(|provider| !is_waiting && is_new(&provider.issuer))
        .map(|provider| {
            let text = t!(locale, "accounts-identity-connect", provider = &provider.name);
            view! {
                <form method="post" action=ConnectForm::PATH>
                    <HiddenPage/>
                    <input type="hidden" name="provider" value=provider.id.to_string()/>
                    <Button kind=ButtonKind::Submit>{text}</Button>
                </form>
            }
        })
        .collect_view();
    view! {
        <section class="stack stack-3" aria-labelledby="elsewhere">
            <h2 id="elsewhere">{t!(locale, "accounts-identities-title")}</h2>
            <p class="muted">{t!(locale, "accounts-identities-body")}</p>
            {refused}
            {list}
            {waiting}
            <div class="row wrap">{connect}</div>
        </section>
    }
    .into_any()
}

fn row(cx: &RequestCx, identity: &IdentitySummary, offered: &[Offered]) -> AnyView {
    let reader = cx.reader();
    let provider = offered.iter().find(|provider| provider.issuer == identity.issuer);
    let host = identity.issuer.split_once("://").map_or(identity.issuer.as_str(), |(_, host)| host);
    let title = provider.map_or_else(|| host.to_owned(), |provider| provider.name.clone());
    let used = identity.used_at.map_or_else(
        || t!(reader, "accounts-passkey-made", time = reader.date_short_year(identity.created_at)),
        |at| t!(reader, "accounts-device-seen", time = reader.date_time(at)),
    );
    let note = if identity.label.is_empty() { used } else { format!("{} · {used}", identity.label) };
    let (text, label) = (t!(reader, "accounts-identity-remove"), t!(reader, "accounts-identity-remove-named", provider = &title));
    let end = row_button(DisconnectForm::PATH, "identity", identity.id.to_string(), text, label);
    view! { <ListRow title=title note=note end=end/> }.into_any()
}
