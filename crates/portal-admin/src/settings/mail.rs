//! `/admin/settings/mail`: who the school's mails come from.

use super::{dns_record, tabs};
use crate::common::frame;
use domain::tenancy::{
    domains::Proof,
    sender::{self, MailSender, OwnSender, SenderDraft},
};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, redirect_with};

/// Changes the name and where answers go.
#[server(name = SaveSenderForm, prefix = "/api", endpoint = "admin/save_sender")]
pub async fn save_sender(#[server(default)] name: String, #[server(default)] reply_to: String) -> Result<(), AppError> {
    let cx = cx()?;
    sender::save_sender(cx.services(), cx.actor()?, &SenderDraft { name, reply_to }).await?;
    redirect_with(urls::admin::MAIL, "admin-done-sender");
    Ok(())
}

/// Sends the reader a mail.
#[server(name = TestSenderForm, prefix = "/api", endpoint = "admin/test_sender")]
pub async fn test_sender() -> Result<(), AppError> {
    let cx = cx()?;
    sender::send_test(cx.services(), cx.actor()?).await?;
    redirect_with(urls::admin::MAIL, "admin-done-sender-test");
    Ok(())
}

/// Has mails come from an address of the school's own.
#[server(name = SenderAddressForm, prefix = "/api", endpoint = "admin/set_sender_address")]
pub async fn set_sender_address(#[server(default)] address: String) -> Result<(), AppError> {
    let cx = cx()?;
    sender::set_address(cx.services(), cx.actor()?, &address).await?;
    redirect_with(urls::admin::MAIL, "admin-done-sender-address");
    Ok(())
}

/// Looks for the address's key.
#[server(name = CheckSenderForm, prefix = "/api", endpoint = "admin/check_sender")]
pub async fn check_sender() -> Result<(), AppError> {
    let cx = cx()?;
    sender::check_address(cx.services(), cx.actor()?).await?;
    redirect_with(urls::admin::MAIL, "admin-done-sender-checked");
    Ok(())
}

/// Has mails come from the platform's address again.
#[server(name = RemoveSenderForm, prefix = "/api", endpoint = "admin/remove_sender_address")]
pub async fn remove_sender_address() -> Result<(), AppError> {
    let cx = cx()?;
    sender::remove_address(cx.services(), cx.actor()?).await?;
    redirect_with(urls::admin::MAIL, "admin-done-sender-removed");
    Ok(())
}

/// `/admin/settings/mail`
#[component]
pub fn MailPage() -> impl IntoView {
    page(async |cx| {
        let sender = sender::sender(cx.services(), cx.actor()?).await?;
        Ok(view(&cx, &sender, cx.actor()?.tenant.name.as_str()))
    })
}

fn view(cx: &RequestCx, sender: &MailSender, school: &str) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "admin-mail");
    let form = cx.fields(SaveSenderForm::PATH);
    let refused = [TestSenderForm::PATH, CheckSenderForm::PATH, RemoveSenderForm::PATH].map(|path| cx.fields(path).refusal());
    let used = sender.own.as_ref().filter(|own| own.proof == Proof::Found).map_or(&sender.platform, |own| &own.address);
    let name = if sender.name.is_empty() { school } else { &sender.name };
    let answers = if sender.reply_to.is_empty() { used } else { &sender.reply_to };
    let (from, answers) = (format!("{name} <{used}>"), answers.clone());
    let page = view! {
        <PageHead title=t!(locale, "admin-nav-settings") note=t!(locale, "admin-settings-note")/>
        {tabs(cx, urls::admin::MAIL)}
        <div class="stack stack-6 max-w-[640px]">
            {refused.into_iter().collect_view()}
            <section class="stack stack-5" aria-labelledby="sender">
                <div><h2 id="sender">{title.clone()}</h2><p class="muted mt-1">{t!(locale, "admin-mail-note")}</p></div>
                <dl class="kv">
                    <dt>{t!(locale, "admin-mail-from")}</dt><dd class="break-words">{from}</dd>
                    <dt>{t!(locale, "admin-mail-answers")}</dt><dd class="break-words">{answers}</dd>
                </dl>
                <form method="post" action=TestSenderForm::PATH>
                    <HiddenPage/>
                    <Button size=Size::Small kind=ButtonKind::Submit>{t!(locale, "admin-mail-test")}</Button>
                </form>
                <form method="post" action=SaveSenderForm::PATH class="form">
                    <HiddenPage/>
                    {form.summary()}
                    <TextField name="name" label=t!(locale, "admin-mail-name") hint=t!(locale, "admin-mail-name-hint", school = school)
                        aside=t!(locale, "common-optional") maxlength=80 value=form.value("name", sender.name.clone()) error=form.error("name")/>
                    <TextField name="reply_to" label=t!(locale, "admin-mail-reply-to") hint=t!(locale, "admin-mail-reply-to-hint")
                        aside=t!(locale, "common-optional") kind="email" maxlength=254
                        value=form.value("reply_to", sender.reply_to.clone()) error=form.error("reply_to")/>
                    <div class="form-acts"><Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "common-save")}</Button></div>
                </form>
            </section>
            <hr class="rule"/>
            {own_section(cx, sender)}
        </div>
    };
    frame(&title, page.into_any())
}

fn own_section(cx: &RequestCx, sender: &MailSender) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(SenderAddressForm::PATH);
    let record = sender.own.as_ref().map(|own| record(cx, own));
    let known = sender.own.as_ref().map(|own| own.address.clone()).unwrap_or_default();
    let button = if sender.own.is_some() { t!(locale, "admin-mail-change") } else { t!(locale, "admin-mail-use") };
    view! {
        <section class="stack stack-5" aria-labelledby="own">
            <div><h2 id="own">{t!(locale, "admin-mail-own")}</h2><p class="muted mt-1">{t!(locale, "admin-mail-own-note")}</p></div>
            {record}
            <form method="post" action=SenderAddressForm::PATH class="form">
                <HiddenPage/>
                {form.summary()}
                <TextField name="address" label=t!(locale, "admin-mail-address") hint=t!(locale, "admin-mail-address-hint") kind="email"
                    maxlength=254 required=true value=form.value("address", known) error=form.error("address")/>
                <div class="form-acts">
                    <Button kind=ButtonKind::Submit busy_label=t!(locale, "admin-mail-making")>{button}</Button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// What the domain's DNS must say, and what was found.
fn record(cx: &RequestCx, own: &OwnSender) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let checked = match own.checked_at {
        Some(at) => t!(reader, "admin-domain-checked", time = reader.date_time(at)),
        None => t!(reader, "admin-mail-unchecked"),
    };
    let is_used = own.proof == Proof::Found;
    let mood = if is_used { Mood::Ok } else { Mood::Warn };
    let badge = if is_used { t!(locale, "admin-mail-used") } else { t!(locale, "admin-mail-waiting") };
    let proof = i18n::t(locale, &format!("admin-domain-proof-{}", own.proof.key()));
    let (name, value) = (own.record.clone(), own.value.clone());
    view! {
        <div class="row between wrap"><h3 class="break-words">{own.address.clone()}</h3><Badge mood=mood>{badge}</Badge></div>
        <dl class="kv">
            <dt>{t!(locale, "admin-mail-signature")}</dt>
            <dd class="stack stack-1">
                <span><Badge mood=mood>{proof}</Badge></span>
                {dns_record(cx, "TXT", name, value)}
            </dd>
        </dl>
        <p class="muted t-12">{checked}</p>
        <div class="row wrap">
            <form method="post" action=CheckSenderForm::PATH>
                <HiddenPage/>
                <Button size=Size::Small kind=ButtonKind::Submit busy_label=t!(locale, "admin-domain-checking")>{t!(locale, "admin-domain-check")}</Button>
            </form>
            <form method="post" action=RemoveSenderForm::PATH>
                <HiddenPage/>
                <Button size=Size::Small tone=Tone::DangerQuiet kind=ButtonKind::Submit>{t!(locale, "admin-mail-remove")}</Button>
            </form>
        </div>
    }
    .into_any()
}
