//! `/account/privacy`: a member's data, to take along and to have forgotten.

use super::{consent, frame};
use domain::{
    accounts,
    policies::{self, MemberConsents},
    privacy,
};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, redirect_with};

/// Forgets the member.
#[server(name = EraseSelfForm, prefix = "/api", endpoint = "accounts/erase_self")]
pub async fn erase_self(email: String) -> Result<(), AppError> {
    let cx = cx()?;
    privacy::erase_self(cx.services(), cx.actor()?, &email).await?;
    redirect_with(urls::SIGN_IN, "privacy-done-erased");
    Ok(())
}

/// `/account/privacy`
#[component]
pub fn PrivacyPage() -> impl IntoView {
    page(async |cx| {
        let (services, actor) = (cx.services(), cx.actor()?);
        actor.in_person()?;
        // Before anything is typed.
        actor.verified()?;
        let elsewhere = accounts::schools(services, actor).await?.len() > 1;
        let school = actor.tenant.name.clone();
        let consents = policies::own(services, actor).await?;
        Ok(view(&cx, &school, elsewhere, &consents))
    })
}

fn view(cx: &RequestCx, school: &str, elsewhere: bool, consents: &MemberConsents) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(EraseSelfForm::PATH);
    let stays = elsewhere.then(|| view! { <p class="muted">{t!(locale, "privacy-erase-elsewhere")}</p> });
    let body = view! {
        <div class="stack stack-8">
            <section class="stack stack-3" aria-labelledby="export">
                <h2 id="export">{t!(locale, "privacy-export")}</h2>
                <p class="muted">{t!(locale, "privacy-export-body")}</p>
                <div><LinkButton href=urls::PRIVACY_FILE icon=Glyph::Download>{t!(locale, "privacy-export-button")}</LinkButton></div>
            </section>
            {consent::agreements(cx, &consents.agreements)}
            {consent::guardian_section(cx, &consents.standing, urls::PRIVACY)}
            <section class="stack stack-3" aria-labelledby="erase">
                <h2 id="erase">{t!(locale, "privacy-erase")}</h2>
                <p class="muted">{t!(locale, "privacy-erase-body")}</p>
                {stays}
                {form.summary()}
                <form method="post" action=EraseSelfForm::PATH class="stack stack-4">
                    <HiddenPage/>
                    <TextField name="email" kind="email" label=t!(locale, "privacy-erase-email") value=form.value("email", "") error=form.error("email")
                        autocomplete="off" required=true/>
                    <div><Button tone=Tone::Danger kind=ButtonKind::Submit>{t!(locale, "privacy-erase-button")}</Button></div>
                </form>
            </section>
        </div>
    };
    frame(t!(locale, "privacy-title"), t!(locale, "privacy-lead", school = school).into_any(), body.into_any())
}
