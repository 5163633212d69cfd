//! What the forms of those who join ask: to agree to the school's documents, and for a guardian of who is young.

use domain::policies::{Agreement, Asked, ConsentDraft, GuardianRequest, GuardianStatus, Joining, PolicyKind, Standing, VersionHead};
use i18n::t;
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{FormFields, HiddenPage, RequestCx};

use super::agree::{NameGuardianForm, ResendGuardianForm};

/// What a form sent.
pub fn draft(agree: Option<String>, shown: String, age: String, guardian_name: String, guardian_email: String) -> ConsentDraft {
    ConsentDraft { agree: agree.is_some(), shown, age, guardian_name, guardian_email }
}

/// What a kind of document is called.
pub fn name(cx: &RequestCx, kind: PolicyKind) -> String {
    i18n::t(cx.locale(), &format!("policies-{}", kind.key()))
}

/// The links to documents, each in a new tab: what was typed stays.
pub fn links(cx: &RequestCx, documents: &[VersionHead]) -> AnyView {
    let links = documents.iter().map(|head| {
        let text = t!(cx.locale(), "policies-new-tab", name = name(cx, head.kind));
        view! { <a class="link" href=head.page() target="_blank" rel="noopener">{text}</a> }
    });
    view! { <p class="row wrap t-14">{links.collect_view()}</p> }.into_any()
}

/// The fields; nothing where nothing is asked.
pub fn fields(cx: &RequestCx, form: &FormFields, asked: &Asked) -> AnyView {
    view! { {age_fields(cx, form, asked)} {agree_field(cx, form, asked)} }.into_any()
}

fn agree_field(cx: &RequestCx, form: &FormFields, asked: &Asked) -> Option<AnyView> {
    let locale = cx.locale();
    let has = |kind| asked.documents.iter().any(|head| head.kind == kind);
    let label = match (has(PolicyKind::Terms), has(PolicyKind::Privacy)) {
        (true, true) => t!(locale, "policies-agree-both"),
        (true, false) => t!(locale, "policies-agree-terms"),
        (false, true) => t!(locale, "policies-agree-privacy"),
        (false, false) => return None,
    };
    let error = form.error("agree");
    // What is new has to be ticked anew.
    let ticked = error.is_none() && form.checked("agree", false);
    Some(
        view! {
            <div class="stack stack-2">
                <input type="hidden" name="shown" value=asked.shown()/>
                <Checkbox name="agree" label=label checked=ticked error=error required=true/>
                {links(cx, &asked.documents)}
            </div>
        }
        .into_any(),
    )
}

fn age_fields(cx: &RequestCx, form: &FormFields, asked: &Asked) -> Option<AnyView> {
    let (locale, age) = (cx.locale(), asked.age?);
    let of_age = t!(locale, "policies-of-age", age = age);
    if asked.joining == Joining::Staff {
        let field = view! {
            <Checkbox name="age" id="f-age" value="of_age" label=of_age checked=form.checked("age", false) error=form.error("age") required=true/>
        };
        return Some(field.into_any());
    }
    let choices = vec![
        Choice::new("of_age", of_age),
        Choice::new("younger", t!(locale, "policies-younger", age = age)).note(t!(locale, "policies-younger-note")),
    ];
    Some(
        view! {
            <RadioGroup name="age" legend=t!(locale, "policies-age") choices=choices value=form.value("age", "") error=form.error("age") required=true/>
            <div class="guardian stack stack-4">{guardian_fields(cx, form)}</div>
        }
        .into_any(),
    )
}

fn guardian_fields(cx: &RequestCx, form: &FormFields) -> AnyView {
    let locale = cx.locale();
    view! {
        <TextField name="guardian_name" label=t!(locale, "policies-guardian-name") value=form.value("guardian_name", "")
            error=form.error("guardian_name") maxlength=80 autocomplete="off"/>
        <TextField name="guardian_email" kind="email" label=t!(locale, "policies-guardian-email") hint=t!(locale, "policies-guardian-email-hint")
            value=form.value("guardian_email", "") error=form.error("guardian_email") autocomplete="off"/>
    }
    .into_any()
}

/// Where the consent of a young member's guardian stands, and what they can do about it; nothing for others.
/// `back` is the page that it stands on.
pub fn guardian_section(cx: &RequestCx, standing: &Standing, back: &str) -> AnyView {
    let back = back.to_owned();
    if !standing.is_minor {
        return ().into_any();
    }
    let locale = cx.locale();
    let again = cx.fields(ResendGuardianForm::PATH);
    let form = cx.fields(NameGuardianForm::PATH);
    let status = standing.guardian.as_ref().map(|guardian| guardian.status);
    let resend = (status == Some(GuardianStatus::Asked)).then(|| {
        view! {
            <form method="post" action=ResendGuardianForm::PATH>
                <HiddenPage/>
                <input type="hidden" name="back" value=back.clone()/>
                <Button kind=ButtonKind::Submit>{t!(locale, "policies-guardian-resend")}</Button>
            </form>
        }
    });
    let another = standing.may_name_guardian().then(|| {
        let heading = standing.guardian.is_some().then(|| view! { <h3>{t!(locale, "policies-guardian-other")}</h3> });
        view! {
            {heading}
            {form.summary()}
            <form method="post" action=NameGuardianForm::PATH class="stack stack-4">
                <HiddenPage/>
                <input type="hidden" name="back" value=back.clone()/>
                {guardian_fields(cx, &form)}
                <div><Button kind=ButtonKind::Submit>{t!(locale, "policies-guardian-ask")}</Button></div>
            </form>
        }
    });
    view! {
        <section class="stack stack-3" aria-labelledby="guardian">
            <h2 id="guardian">{t!(locale, "policies-guardian-title")}</h2>
            <p>{guardian_text(cx, standing.guardian.as_ref())}</p>
            {again.summary()}
            {resend}
            {another}
        </section>
    }
    .into_any()
}

fn guardian_text(cx: &RequestCx, guardian: Option<&GuardianRequest>) -> String {
    let reader = cx.reader();
    let Some(guardian) = guardian else { return t!(reader, "policies-guardian-none") };
    let said = if guardian.stated_name.is_empty() { &guardian.name } else { &guardian.stated_name };
    let name = if said.is_empty() { t!(reader, "policies-guardian-somebody") } else { said.clone() };
    let on = |at: Option<jiff::Timestamp>| reader.date_long(at.unwrap_or(guardian.sent_at));
    match guardian.status {
        GuardianStatus::Asked => t!(
            reader,
            "policies-guardian-asked",
            name = name,
            email = &guardian.email,
            date = on(None),
            until = reader.date_long(guardian.expires_at)
        ),
        GuardianStatus::Given => t!(reader, "policies-guardian-given", name = name, date = on(guardian.decided_at)),
        GuardianStatus::Refused => t!(reader, "policies-guardian-refused", name = name),
        GuardianStatus::Expired => t!(reader, "policies-guardian-expired", name = name),
        GuardianStatus::Withdrawn => t!(reader, "policies-guardian-withdrawn", name = name, date = on(guardian.withdrawn_at)),
    }
}

/// What somebody agreed to and when.
pub fn agreements(cx: &RequestCx, agreements: &[Agreement]) -> AnyView {
    let reader = cx.reader();
    let rows = agreements
        .iter()
        .map(|agreement| {
            let date = reader.date_long(agreement.agreed_at);
            let note = t!(reader, "policies-agreed", number = agreement.version.number.to_string(), date = date);
            view! { <ListRow title=name(cx, agreement.version.kind) note=note href=agreement.version.page()/> }
        })
        .collect_view();
    let list = if agreements.is_empty() {
        view! { <p class="muted">{t!(reader, "policies-agreements-none")}</p> }.into_any()
    } else {
        view! { <List ruled=true>{rows}</List> }.into_any()
    };
    view! {
        <section class="stack stack-3" aria-labelledby="agreements">
            <h2 id="agreements">{t!(reader, "policies-agreements")}</h2>
            {list}
        </section>
    }
    .into_any()
}
