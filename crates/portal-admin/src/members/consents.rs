//! What a member agreed to, and their guardian, on their page.

use domain::policies::{self, GuardianRequest, GuardianStatus, MemberConsents, PolicyKind, Standing};
use i18n::{Reader, t};
use kernel::{AppError, ids::MemberId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, redirect_with};

/// Has a guardian of a member asked.
#[server(name = AskGuardianForm, prefix = "/api", endpoint = "admin/ask_guardian")]
pub async fn ask_guardian(member: MemberId, guardian_name: String, guardian_email: String) -> Result<(), AppError> {
    let cx = cx()?;
    policies::ask_for(cx.services(), cx.actor()?, member, cx.locale().tag(), &guardian_name, &guardian_email).await?;
    redirect_with(&urls::admin::member(member), "admin-done-guardian-asked");
    Ok(())
}

/// Sends a member's guardian the mail again.
#[server(name = SendGuardianAgainForm, prefix = "/api", endpoint = "admin/resend_guardian")]
pub async fn resend_guardian(member: MemberId) -> Result<(), AppError> {
    let cx = cx()?;
    policies::resend_for(cx.services(), cx.actor()?, member).await?;
    redirect_with(&urls::admin::member(member), "admin-done-guardian-asked");
    Ok(())
}

/// Notes that a member is of age.
#[server(name = ConfirmAgeForm, prefix = "/api", endpoint = "admin/confirm_age")]
pub async fn confirm_age(member: MemberId) -> Result<(), AppError> {
    let cx = cx()?;
    policies::confirm_age(cx.services(), cx.actor()?, member).await?;
    redirect_with(&urls::admin::member(member), "admin-done-age-confirmed");
    Ok(())
}

fn name(reader: &Reader, kind: PolicyKind) -> String {
    i18n::t(reader, &format!("policies-{}", kind.key()))
}

/// The part of a member's page about it. `can_act` says whether the reader may act on the member.
pub fn section(cx: &RequestCx, member: MemberId, consents: &MemberConsents, can_act: bool) -> AnyView {
    let reader = cx.reader();
    let standing = &consents.standing;
    let rows = consents
        .agreements
        .iter()
        .map(|agreement| {
            let date = reader.date_long(agreement.agreed_at);
            let note = t!(reader, "policies-agreed", number = agreement.version.number.to_string(), date = date);
            view! { <ListRow title=name(reader, agreement.version.kind) note=note href=agreement.version.page()/> }
        })
        .collect_view();
    let none = (consents.agreements.is_empty() && standing.missing.is_empty())
        .then(|| view! { <p class="muted">{t!(reader, "policies-member-none")}</p> });
    let missing = (!standing.missing.is_empty()).then(|| {
        let documents = standing.missing.iter().map(|head| name(reader, head.kind)).collect::<Vec<_>>().join(", ");
        view! { <p class="muted">{t!(reader, "policies-member-missing", documents = documents)}</p> }
    });
    let age = standing.asks_age.map(|age| view! { <p class="muted">{t!(reader, "policies-member-age", age = age)}</p> });
    let list = (!consents.agreements.is_empty()).then(|| view! { <List ruled=true>{rows}</List> });
    let guardian = standing.is_minor.then(|| guardian(cx, member, standing, can_act));
    view! {
        <section aria-labelledby="agreements" class="stack stack-3">
            <h2 id="agreements">{t!(reader, "policies-member")}</h2>
            {none}
            {missing}
            {age}
            {list}
        </section>
        {guardian}
    }
    .into_any()
}

fn guardian(cx: &RequestCx, member: MemberId, standing: &Standing, can_act: bool) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let status = standing.guardian.as_ref().map(|guardian| guardian.status);
    let form = cx.fields(AskGuardianForm::PATH);
    let id = member.to_string();
    let button = |action: &'static str, text: String| {
        view! {
            <form method="post" action=action>
                <HiddenPage/>
                <input type="hidden" name="member" value=id.clone()/>
                <Button kind=ButtonKind::Submit>{text}</Button>
            </form>
        }
    };
    let resend = (can_act && status == Some(GuardianStatus::Asked))
        .then(|| button(SendGuardianAgainForm::PATH, t!(reader, "policies-member-resend")));
    let ask = (can_act && status != Some(GuardianStatus::Given)).then(|| {
        let id = id.clone();
        view! {
            <details open=form.is_refused()>
                <summary class="link">{t!(locale, "policies-member-ask")}</summary>
                <form method="post" action=AskGuardianForm::PATH class="stack stack-4 mt-3">
                    <HiddenPage/>
                    <input type="hidden" name="member" value=id/>
                    {form.summary()}
                    <TextField name="guardian_name" label=t!(locale, "policies-member-name") value=form.value("guardian_name", "")
                        error=form.error("guardian_name") maxlength=80 required=true autocomplete="off"/>
                    <TextField name="guardian_email" kind="email" label=t!(locale, "policies-member-email") value=form.value("guardian_email", "")
                        error=form.error("guardian_email") required=true autocomplete="off"/>
                    <div><Button kind=ButtonKind::Submit>{t!(locale, "policies-guardian-ask")}</Button></div>
                </form>
            </details>
        }
    });
    let of_age = can_act.then(|| {
        let (title, sure) = (t!(reader, "policies-member-of-age"), t!(reader, "policies-member-of-age-sure"));
        let (open, act) = (title.clone(), title.clone());
        let (close, cancel) = (t!(locale, "common-close"), t!(locale, "common-cancel"));
        view! {
            <p class="muted">{t!(reader, "policies-member-of-age-note")}</p>
            <div><LinkButton href="#of-age" dialog="of-age">{open}</LinkButton></div>
            <Dialog id="of-age" title=title close_label=close>
                <form method="post" action=ConfirmAgeForm::PATH class="stack stack-4">
                    <HiddenPage/>
                    <input type="hidden" name="member" value=id.clone()/>
                    <p class="muted">{sure}</p>
                    <DialogFoot>
                        <LinkButton href="#-" attr:data-close="">{cancel}</LinkButton>
                        <Button tone=Tone::Primary kind=ButtonKind::Submit>{act}</Button>
                    </DialogFoot>
                </form>
            </Dialog>
        }
    });
    view! {
        <section aria-labelledby="guardian" class="stack stack-3">
            <h2 id="guardian">{t!(reader, "policies-member-guardian")}</h2>
            {cx.fields(SendGuardianAgainForm::PATH).refusal()}
            {cx.fields(ConfirmAgeForm::PATH).refusal()}
            <p>{text(reader, standing.guardian.as_ref())}</p>
            {resend}
            {ask}
            {of_age}
        </section>
    }
    .into_any()
}

fn text(reader: &Reader, guardian: Option<&GuardianRequest>) -> String {
    let Some(guardian) = guardian else { return t!(reader, "policies-member-guardian-none") };
    if guardian.email.is_empty() {
        return t!(reader, "policies-member-guardian-gone");
    }
    let said = if guardian.stated_name.is_empty() { &guardian.name } else { &guardian.stated_name };
    let (name, email) = (said.clone(), &guardian.email);
    let on = |at: Option<jiff::Timestamp>| reader.date_long(at.unwrap_or(guardian.sent_at));
    let until = reader.date_long(guardian.expires_at);
    match guardian.status {
        GuardianStatus::Asked => {
            t!(reader, "policies-member-guardian-asked", name = name, email = email, date = on(None), until = until)
        }
        GuardianStatus::Given => t!(reader, "policies-member-guardian-given", name = name, email = email, date = on(guardian.decided_at)),
        GuardianStatus::Refused => {
            t!(reader, "policies-member-guardian-refused", name = name, email = email, date = on(guardian.decided_at))
        }
        GuardianStatus::Expired => t!(reader, "policies-member-guardian-expired", name = name, email = email, until = until),
        GuardianStatus::Withdrawn => {
            t!(reader, "policies-member-guardian-withdrawn", name = name, email = email, date = on(guardian.withdrawn_at))
        }
    }
}
