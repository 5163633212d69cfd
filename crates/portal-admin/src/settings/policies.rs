//! `/admin/settings/policies`: the school's own documents, and the age under which a guardian consents.

use super::tabs;
use crate::common::frame;
use domain::policies::{self, DocumentDraft, Overview, PolicyKind, Publication};
use i18n::{Locale, t};
use kernel::{AppError, Permission, ids::PolicyDraftId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{FormFields, HiddenPage, RequestCx, cx, page, param, redirect_with};

/// The ages that can be chosen.
const AGES: std::ops::RangeInclusive<u8> = 13..=18;

/// Keeps a document's draft.
#[server(name = SavePolicyForm, prefix = "/api", endpoint = "admin/save_policy")]
pub async fn save_policy(
    kind: String,
    #[server(default)] languages: Vec<String>,
    #[server(default)] texts: Vec<String>,
) -> Result<(), AppError> {
    let cx = cx()?;
    let kind = PolicyKind::parse(&kind).ok_or(AppError::NotFound)?;
    let texts: Vec<_> = languages.into_iter().zip(texts).collect();
    policies::save_draft(cx.services(), cx.actor()?, kind, &texts).await?;
    redirect_with(&urls::admin::policy(kind.key()), "admin-done-policy-saved");
    Ok(())
}

/// Publishes a document as it stands in the form.
#[server(name = PublishPolicyForm, prefix = "/api", endpoint = "admin/publish_policy")]
pub async fn publish_policy(
    kind: String,
    #[server(default)] draft: Option<PolicyDraftId>,
    number: i32,
    #[server(default)] languages: Vec<String>,
    #[server(default)] texts: Vec<String>,
    #[server(default)] asks_again: Option<String>,
) -> Result<(), AppError> {
    let cx = cx()?;
    let kind = PolicyKind::parse(&kind).ok_or(AppError::NotFound)?;
    let texts: Vec<_> = languages.into_iter().zip(texts).collect();
    let publication = Publication { draft, number, asks_again: asks_again.is_some() };
    policies::publish(cx.services(), cx.actor()?, kind, &texts, publication).await?;
    redirect_with(urls::admin::POLICIES, "admin-done-policy-published");
    Ok(())
}

/// Changes the age under which a guardian consents.
#[server(name = SaveGuardianAgeForm, prefix = "/api", endpoint = "admin/save_guardian_age")]
pub async fn save_guardian_age(#[server(default)] age: String) -> Result<(), AppError> {
    let cx = cx()?;
    policies::save_guardian_age(cx.services(), cx.actor()?, &age).await?;
    redirect_with(urls::admin::POLICIES, "admin-done-guardian-age");
    Ok(())
}

fn name(cx: &RequestCx, kind: PolicyKind) -> String {
    i18n::t(cx.locale(), &format!("policies-{}", kind.key()))
}

/// `/admin/settings/policies`
#[component]
pub fn PoliciesPage() -> impl IntoView {
    page(async |cx| {
        let (services, actor) = (cx.services(), cx.actor()?);
        let documents = policies::overview(services, actor).await?;
        let age = policies::guardian_age(services, actor).await?;
        Ok(list_view(&cx, &documents, age))
    })
}

fn list_view(cx: &RequestCx, documents: &[Overview], age: Option<u8>) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "policies-settings");
    let rows = documents.iter().map(|document| row(cx, document)).collect_view();
    let form = cx.fields(SaveGuardianAgeForm::PATH);
    let ages = AGES.map(|age| Choice::new(age.to_string(), t!(locale, "policies-settings-age-under", age = age)));
    let choices: Vec<Choice> = std::iter::once(Choice::new("", t!(locale, "policies-settings-age-off"))).chain(ages).collect();
    let page = view! {
        <PageHead title=t!(locale, "admin-nav-settings") note=t!(locale, "admin-settings-note")/>
        {tabs(cx, urls::admin::POLICIES)}
        <div class="stack stack-8 max-w-[560px]">
            <section class="stack stack-4" aria-labelledby="documents">
                <div>
                    <h2 id="documents">{t!(locale, "policies-settings-documents")}</h2>
                    <p class="muted mt-1">{t!(locale, "policies-settings-documents-note")}</p>
                </div>
                <List ruled=true label=t!(locale, "policies-settings-documents")>{rows}</List>
            </section>
            <hr class="rule"/>
            <section aria-labelledby="guardians">
                <h2 id="guardians">{t!(locale, "policies-settings-guardians")}</h2>
                <p class="muted mt-1 mb-4 measure">{t!(locale, "policies-settings-guardians-note")}</p>
                <form method="post" action=SaveGuardianAgeForm::PATH class="form">
                    <HiddenPage/>
                    {form.summary()}
                    <SelectField name="age" label=t!(locale, "policies-settings-age") choices=choices class="max-w-[320px]"
                        value=form.value("age", age.map(|age| age.to_string()).unwrap_or_default()) error=form.error("age")/>
                    <div class="form-acts"><Button tone=Tone::Primary>{t!(locale, "policies-settings-save")}</Button></div>
                </form>
            </section>
        </div>
    };
    frame(&title, page.into_any())
}

fn row(cx: &RequestCx, document: &Overview) -> AnyView {
    let reader = cx.reader();
    let note = document.current.as_ref().map_or_else(
        || t!(reader, "policies-settings-none"),
        |head| t!(reader, "policies-version", number = head.number.to_string(), date = reader.date_long(head.published_at)),
    );
    let end = document.draft_of.map(|at| {
        let text = t!(reader, "policies-settings-draft", date = reader.date_short_year(at));
        view! { <Badge mood=Mood::Warn>{text}</Badge> }
    });
    view! { <ListRow title=name(cx, document.kind) note=note href=urls::admin::policy(document.kind.key()) end=end.into_any()/> }.into_any()
}

/// `/admin/settings/policies/{kind}`
#[component]
pub fn PolicyPage() -> impl IntoView {
    let kind = param::<String>("kind");
    page(async move |cx| {
        let actor = cx.actor()?;
        actor.permit(Permission::ManageSettings)?;
        let kind = kind.as_deref().and_then(PolicyKind::parse).ok_or(AppError::NotFound)?;
        let draft = policies::draft(cx.services(), actor, kind).await?;
        // The own one first: everybody falls back on it.
        let own = actor.tenant.locale.clone();
        let others = actor.tenant.locales.iter().filter(|language| **language != own).cloned();
        let languages: Vec<String> = std::iter::once(own.clone()).chain(others).collect();
        Ok(editor(&cx, kind, &draft, &languages))
    })
}

fn language_name(tag: &str) -> String {
    Locale::parse(tag, false).map_or_else(|| tag.to_owned(), |locale| locale.name().to_owned())
}

fn editor(cx: &RequestCx, kind: PolicyKind, draft: &DocumentDraft, languages: &[String]) -> AnyView {
    let locale = cx.locale();
    let title = name(cx, kind);
    // Whichever button was pressed, what was typed comes back.
    let form = [SavePolicyForm::PATH, PublishPolicyForm::PATH].map(|path| cx.fields(path)).into_iter().find(FormFields::is_refused);
    let form = form.unwrap_or_else(|| cx.fields(SavePolicyForm::PATH));
    let kept = languages.iter().map(|language| draft.texts.get(language).cloned().unwrap_or_default()).collect();
    let texts = form.values("texts[]", kept);
    let fields = languages
        .iter()
        .enumerate()
        .map(|(at, language)| {
            let hint = if at == 0 { t!(locale, "policies-edit-own") } else { t!(locale, "policies-edit-other") };
            let id = format!("f-texts.{at}");
            view! {
                <input type="hidden" name="languages[]" value=language.clone()/>
                <TextareaField name="texts[]" id=id label=t!(locale, "policies-edit-text", language = language_name(language)) hint=hint rows=14
                    value=texts.get(at).cloned().unwrap_or_default() error=form.error(&format!("texts.{at}")) required=at == 0/>
            }
        })
        .collect_view();
    let (live, previews, publishing) = (live(cx, draft), previews(cx, draft, languages), publishing(cx, draft));
    let draft_id = draft.id.map(|id| view! { <input type="hidden" name="draft" value=id.to_string()/> });
    let page = view! {
        <PageHead title=title.clone() back_href=urls::admin::POLICIES back_label=t!(locale, "policies-settings")>{live}</PageHead>
        <form method="post" action=SavePolicyForm::PATH class="stack stack-8 max-w-[720px]">
            <div class="stack stack-6">
                <HiddenPage/>
                <input type="hidden" name="kind" value=kind.key()/>
                {draft_id}
                {form.summary()}
                {fields}
                <div><Button kind=ButtonKind::Submit>{t!(locale, "policies-edit-save")}</Button></div>
            </div>
            {previews}
            <hr class="rule"/>
            {publishing}
        </form>
    };
    frame(&title, page.into_any())
}

/// The way to what is published.
fn live(cx: &RequestCx, draft: &DocumentDraft) -> Option<AnyView> {
    let head = draft.current.as_ref()?;
    let text = t!(cx.locale(), "policies-edit-live", number = head.number.to_string());
    Some(view! { <LinkButton href=head.kind.page() size=Size::Small>{text}</LinkButton> }.into_any())
}

/// How the draft looks.
fn previews(cx: &RequestCx, draft: &DocumentDraft, languages: &[String]) -> AnyView {
    let locale = cx.locale();
    if draft.id.is_none() {
        return ().into_any();
    }
    let texts = languages.iter().filter_map(|language| draft.texts.get(language).map(|text| (language.clone(), text)));
    let previews = texts.map(|(language, text)| {
        let heading = t!(locale, "policies-edit-preview", language = language_name(&language));
        view! {
            <details>
                <summary class="link">{heading}</summary>
                <div class="panel panel-pad mt-3"><div class="read doc" lang=language inner_html=policies::preview(text)></div></div>
            </details>
        }
    });
    let previews = previews.collect_view();
    view! { <div class="stack stack-3">{previews}</div> }.into_any()
}

/// Publishing what stands in the form: asked for first, as it cannot be taken back.
fn publishing(cx: &RequestCx, draft: &DocumentDraft) -> AnyView {
    let locale = cx.locale();
    let number = draft.current.as_ref().map_or(1, |head| head.number.saturating_add(1)).to_string();
    let asks = if draft.current.is_some() {
        view! { <Switch name="asks_again" label=t!(locale, "policies-publish-asks") hint=t!(locale, "policies-publish-asks-hint")/> }
            .into_any()
    } else {
        view! { <p class="muted">{t!(locale, "policies-publish-first")}</p> }.into_any()
    };
    let button = t!(locale, "policies-publish-button", number = number.clone());
    let act = button.clone();
    view! {
        <section class="stack stack-4" aria-labelledby="publish">
            <input type="hidden" name="number" value=number.clone()/>
            <h2 id="publish">{t!(locale, "policies-publish")}</h2>
            {asks}
            <div><LinkButton href="#publishing" dialog="publishing" tone=Tone::Primary>{button}</LinkButton></div>
        </section>
        <Dialog id="publishing" title=t!(locale, "policies-publish-sure", number = number.clone()) close_label=t!(locale, "common-close")>
            <p class="muted">{t!(locale, "policies-publish-note", number = number)}</p>
            <DialogFoot>
                <LinkButton href="#-" attr:data-close="">{t!(locale, "common-cancel")}</LinkButton>
                <Button tone=Tone::Primary kind=ButtonKind::Submit attr:formaction=PublishPolicyForm::PATH>{act}</Button>
            </DialogFoot>
        </Dialog>
    }
    .into_any()
}
