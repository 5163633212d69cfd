//! A member's passkeys, and `/account/security/passkey`: making one.

use super::{Ceremony, frame, over, passkey_form, row_button};
use domain::accounts::passkeys::{self, PasskeySummary};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, Kept, RequestCx, cx, page, redirect, redirect_with, start_login};

/// Begins to make a passkey.
#[server(name = BeginNewPasskeyForm, prefix = "/api", endpoint = "accounts/begin_new_passkey")]
pub async fn begin_new_passkey() -> Result<(), AppError> {
    let cx = cx()?;
    Kept::Challenge.keep(&passkeys::begin_new(cx.services(), cx.visitor()).await?);
    redirect(urls::NEW_PASSKEY);
    Ok(())
}

/// Keeps a new passkey.
#[server(name = NewPasskeyForm, prefix = "/api", endpoint = "accounts/new_passkey")]
pub async fn new_passkey(name: String, credential: String) -> Result<(), AppError> {
    let cx = cx()?;
    let ticket = Kept::Challenge.read().unwrap_or_default();
    passkeys::finish_new(cx.services(), cx.visitor(), &ticket, &name, &credential).await?;
    Kept::Challenge.forget();
    redirect_with(urls::SECURITY, "accounts-done-passkey");
    Ok(())
}

/// Removes a passkey.
#[server(name = RemovePasskeyForm, prefix = "/api", endpoint = "accounts/remove_passkey")]
pub async fn remove_passkey(passkey: String) -> Result<(), AppError> {
    let cx = cx()?;
    let login = passkeys::remove(cx.services(), cx.visitor(), &passkey).await?;
    start_login(login).await?;
    redirect_with(urls::SECURITY, "accounts-done-passkey-removed");
    Ok(())
}

/// The part of the security page about them.
pub fn section(cx: &RequestCx, passkeys: &[PasskeySummary]) -> AnyView {
    let locale = cx.locale();
    let refused = [BeginNewPasskeyForm::PATH, RemovePasskeyForm::PATH].map(|path| cx.fields(path).summary()).collect_view();
    let rows = passkeys.iter().map(|passkey| row(cx, passkey)).collect_view();
    let list = (!passkeys.is_empty()).then(|| view! { <List ruled=true>{rows}</List> });
    view! {
        <section class="stack stack-3" aria-labelledby="passkeys">
            <h2 id="passkeys">{t!(locale, "accounts-passkeys-title")}</h2>
            <p class="muted">{t!(locale, "accounts-passkeys-body")}</p>
            {refused}
            {list}
            <form method="post" action=BeginNewPasskeyForm::PATH hidden data-needs="passkey">
                <HiddenPage/>
                <Button kind=ButtonKind::Submit icon=Glyph::KeyRound>{t!(locale, "accounts-passkey-new")}</Button>
            </form>
            <noscript><p class="muted">{t!(locale, "accounts-passkey-script")}</p></noscript>
        </section>
    }
    .into_any()
}

fn row(cx: &RequestCx, passkey: &PasskeySummary) -> AnyView {
    let reader = cx.reader();
    let used = passkey.used_at.map_or_else(
        || t!(reader, "accounts-passkey-made", time = reader.date_short_year(passkey.created_at)),
        |at| t!(reader, "accounts-device-seen", time = reader.date_time(at)),
    );
    let note = format!("{} · {used}", passkey.host);
    let (text, label) = (t!(reader, "accounts-passkey-remove"), t!(reader, "accounts-passkey-remove-named", name = &passkey.name));
    let end = row_button(RemovePasskeyForm::PATH, "passkey", passkey.id.clone(), text, label);
    view! { <ListRow title=passkey.name.clone() note=note end=end/> }.into_any()
}

/// `/account/security/passkey`
#[component]
pub fn NewPasskeyPage() -> impl IntoView {
    let ticket = Kept::Challenge.read().unwrap_or_default();
    page(async move |cx| {
        let waiting = passkeys::waiting_for_new(cx.services(), cx.visitor(), &ticket).await?;
        Ok(waiting.map_or_else(|| over_view(&cx), |waiting| view(&cx, waiting.options)))
    })
}

fn view(cx: &RequestCx, options: String) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(NewPasskeyForm::PATH);
    let fields = view! {
        <TextField name="name" label=t!(locale, "common-name") hint=t!(locale, "accounts-passkey-name-hint") value=form.value("name", "")
            error=form.error("name") maxlength=60 required=true autofocus=true autocomplete="off"/>
    }
    .into_any();
    let ask = passkey_form(cx, NewPasskeyForm::PATH, Ceremony::Create, options, fields, t!(locale, "accounts-passkey-create"));
    let body = view! {
        {form.summary()}
        {ask}
        <p><a class="link" href=urls::SECURITY>{t!(locale, "common-cancel")}</a></p>
    };
    frame(t!(locale, "accounts-passkey-new"), t!(locale, "accounts-passkey-new-lead").into_any(), body.into_any())
}

fn over_view(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let problems = cx.fields(NewPasskeyForm::PATH).summary();
    let title = t!(locale, "accounts-factor-over-title");
    over(title, problems, t!(locale, "error-challenge-over"), urls::SECURITY, t!(locale, "accounts-security-title"))
}
