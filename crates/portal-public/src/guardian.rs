//! `/guardian?ticket=…`: somebody's guardian consents, refuses, or withdraws.

use crate::accounts::consent;
use domain::policies::{self, GuardianDraft, OpenRequest};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, PublicShell, RequestCx, cx, keep_private, page, redirect};

/// A guardian consents.
#[server(name = GiveConsentForm, prefix = "/api", endpoint = "guardian/give")]
pub async fn give_consent(
    ticket: String,
    name: String,
    #[server(default)] agree: Option<String>,
    #[server(default)] shown: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    let draft = GuardianDraft { name, agree: agree.is_some(), shown };
    policies::give(cx.services(), cx.actor()?, &ticket, &draft).await?;
    tell("given");
    Ok(())
}

/// A guardian refuses.
#[server(name = RefuseConsentForm, prefix = "/api", endpoint = "guardian/refuse")]
pub async fn refuse_consent(ticket: String) -> Result<(), AppError> {
    let cx = cx()?;
    policies::refuse(cx.services(), cx.actor()?, &ticket).await?;
    tell("refused");
    Ok(())
}

/// A guardian withdraws their consent.
#[server(name = WithdrawConsentForm, prefix = "/api", endpoint = "guardian/withdraw")]
pub async fn withdraw_consent(ticket: String) -> Result<(), AppError> {
    let cx = cx()?;
    policies::withdraw(cx.services(), cx.actor()?, &ticket).await?;
    tell("withdrawn");
    Ok(())
}

/// Leads to where it is said what was done, without the ticket.
fn tell(what: &'static str) {
    redirect(&urls::with_query(urls::GUARDIAN, &[("told", what)]));
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Link {
    ticket: String,
    told: String,
}

/// `/guardian?ticket=…`
#[component]
pub fn GuardianPage() -> impl IntoView {
    page(async |cx| {
        let Link { ticket, told } = cx.query();
        keep_private();
        let school = cx.actor()?.tenant.name.clone();
        if ["given", "refused", "withdrawn"].contains(&told.as_str()) {
            return Ok(told_view(&cx, &told));
        }
        let request = policies::open(cx.services(), cx.actor()?, &ticket).await?;
        Ok(match request {
            Some(request) if request.is_given => withdraw_view(&cx, &school, ticket, &request),
            Some(request) => ask_view(&cx, &school, ticket, &request),
            None => over_view(&cx),
        })
    })
}

fn frame(title: String, body: AnyView) -> AnyView {
    view! {
        <PublicShell title=title.clone()>
            <div class="page"><div class="stack stack-6 max-w-[560px] mx-auto"><h1>{title.clone()}</h1>{body}</div></div>
        </PublicShell>
    }
    .into_any()
}

fn ask_view(cx: &RequestCx, school: &str, ticket: String, request: &OpenRequest) -> AnyView {
    let locale = cx.locale();
    let student = &request.student;
    let form = cx.fields(GiveConsentForm::PATH);
    let documents = (!request.documents.is_empty()).then(|| {
        view! {
            <p>{t!(locale, "policies-page-documents", student = student)}</p>
            {consent::links(cx, &request.documents)}
        }
    });
    let label = if request.documents.is_empty() {
        t!(locale, "policies-page-box", student = student)
    } else {
        t!(locale, "policies-page-box-documents", student = student)
    };
    let checked = form.error("agree").is_none() && form.checked("agree", false);
    let body = view! {
        <p>{t!(locale, "policies-page-lead", student = student, school = school)}</p>
        <p>{t!(locale, "policies-page-what", student = student, school = school)}</p>
        {documents}
        {form.summary()}
        {cx.fields(RefuseConsentForm::PATH).summary()}
        <form method="post" action=GiveConsentForm::PATH class="stack stack-4">
            <HiddenPage/>
            <input type="hidden" name="ticket" value=ticket.clone()/>
            <input type="hidden" name="shown" value=request.shown()/>
            <TextField name="name" label=t!(locale, "policies-page-name") value=form.value("name", request.name.clone()) error=form.error("name")
                autocomplete="name" maxlength=80 required=true/>
            <Checkbox name="agree" label=label checked=checked error=form.error("agree") required=true/>
            <div><Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit>{t!(locale, "policies-page-give")}</Button></div>
        </form>
        <hr class="rule"/>
        <section class="stack stack-3" aria-labelledby="refuse">
            <h2 id="refuse">{t!(locale, "policies-page-no", student = student)}</h2>
            <p class="muted">{t!(locale, "policies-page-no-body")}</p>
            <form method="post" action=RefuseConsentForm::PATH>
                <HiddenPage/>
                <input type="hidden" name="ticket" value=ticket/>
                <Button tone=Tone::DangerQuiet kind=ButtonKind::Submit>{t!(locale, "policies-page-refuse")}</Button>
            </form>
        </section>
    };
    frame(t!(locale, "policies-page-title", student = student), body.into_any())
}

fn withdraw_view(cx: &RequestCx, school: &str, ticket: String, request: &OpenRequest) -> AnyView {
    let locale = cx.locale();
    let student = &request.student;
    let body = view! {
        <p>{t!(locale, "policies-page-withdraw-lead", student = student, school = school)}</p>
        {cx.fields(WithdrawConsentForm::PATH).summary()}
        <form method="post" action=WithdrawConsentForm::PATH>
            <HiddenPage/>
            <input type="hidden" name="ticket" value=ticket/>
            <Button tone=Tone::Danger kind=ButtonKind::Submit>{t!(locale, "policies-page-withdraw")}</Button>
        </form>
    };
    frame(t!(locale, "policies-page-withdraw-title", student = student), body.into_any())
}

fn told_view(cx: &RequestCx, told: &str) -> AnyView {
    let locale = cx.locale();
    let body = i18n::t(locale, &format!("policies-told-{told}-body"));
    frame(i18n::t(locale, &format!("policies-told-{told}")), view! { <p>{body}</p> }.into_any())
}

fn over_view(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    frame(t!(locale, "policies-over-title"), view! { <p>{t!(locale, "policies-over-body")}</p> }.into_any())
}
