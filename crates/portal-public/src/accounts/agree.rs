//! `/account/agree`: what is missing before a member books or pays, and their guardian if they are young.

use super::{Next, consent, frame};
use domain::policies::{self, Asked, Standing};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, redirect, redirect_with};

/// Agrees to what is missing, and says on which side of the school's age the member is.
#[server(name = AgreeForm, prefix = "/api", endpoint = "accounts/agree")]
pub async fn agree(
    #[server(default)] agree: Option<String>,
    #[server(default)] shown: String,
    #[server(default)] age: String,
    #[server(default)] guardian_name: String,
    #[server(default)] guardian_email: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    let draft = consent::draft(agree, shown, age, guardian_name, guardian_email);
    policies::agree(cx.services(), cx.actor()?, cx.locale().tag(), &draft).await?;
    if policies::mine(cx.services(), cx.actor()?).await?.0.is_clear() {
        redirect(after(&next));
    } else {
        redirect_with(&urls::agree(&next), "policies-done-agreed");
    }
    Ok(())
}

/// Names a guardian, who gets a mail.
#[server(name = NameGuardianForm, prefix = "/api", endpoint = "accounts/name_guardian")]
pub async fn name_guardian(guardian_name: String, guardian_email: String, #[server(default)] back: String) -> Result<(), AppError> {
    let cx = cx()?;
    policies::name_guardian(cx.services(), cx.actor()?, cx.locale().tag(), &guardian_name, &guardian_email).await?;
    redirect_with(guardian_page(&back), "policies-done-asked");
    Ok(())
}

/// Sends the guardian the mail again.
#[server(name = ResendGuardianForm, prefix = "/api", endpoint = "accounts/resend_guardian")]
pub async fn resend_guardian(#[server(default)] back: String) -> Result<(), AppError> {
    let cx = cx()?;
    policies::resend(cx.services(), cx.actor()?).await?;
    redirect_with(guardian_page(&back), "policies-done-asked");
    Ok(())
}

fn guardian_page(back: &str) -> &str {
    if back.is_empty() { urls::AGREE } else { back }
}

/// Where a member goes who is done.
fn after(next: &str) -> &str {
    if next.is_empty() { urls::ACCOUNT } else { next }
}

/// `/account/agree?next=…`
#[component]
pub fn AgreePage() -> impl IntoView {
    page(async |cx| {
        let (standing, asked) = policies::mine(cx.services(), cx.actor()?).await?;
        let school = cx.actor()?.tenant.name.clone();
        Ok(view(&cx, &school, &standing, &asked))
    })
}

fn view(cx: &RequestCx, school: &str, standing: &Standing, asked: &Asked) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(AgreeForm::PATH);
    let next = form.value("next", cx.query::<Next>().next);
    // Only a path on this host is a link.
    let on = if urls::is_local(&next) { next.clone() } else { urls::HOME.to_owned() };
    let title = t!(locale, "policies-agree-title");
    let guardian = consent::guardian_section(cx, standing, &urls::agree(&next));
    if asked.is_nothing() {
        let clear = standing.is_clear().then(|| view! { <p>{t!(locale, "policies-clear")}</p> });
        let body = view! {
            {clear}
            {guardian}
            <div class="mt-4"><LinkButton href=on>{t!(locale, "policies-go-on")}</LinkButton></div>
        };
        return frame(title, ().into_any(), body.into_any());
    }
    let body = view! {
        {form.summary()}
        <form method="post" action=AgreeForm::PATH class="stack stack-4">
            <HiddenPage/>
            <input type="hidden" name="next" value=next/>
            {consent::fields(cx, &form, asked)}
            <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "policies-agree-button")}</Button>
        </form>
        <p><a class="link" href=on>{t!(locale, "policies-later")}</a></p>
        {guardian}
    };
    frame(title, t!(locale, "policies-agree-lead", school = school).into_any(), body.into_any())
}
