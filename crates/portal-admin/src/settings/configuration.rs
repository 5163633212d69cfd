//! `/admin/settings/configuration`: the settings as a file, and taking one in.

use super::tabs;
use crate::common::frame;
use domain::tenancy::configuration::{self, Difference, Review};
use i18n::{Reader, t};
use kernel::{AppError, Permission, urls};
use leptos::prelude::*;
use serde_json::Value;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, redirect_with};

/// Takes a file in. Without the seal of the review that was seen it shows one.
#[server(name = ImportConfigurationForm, prefix = "/api", endpoint = "admin/import_configuration")]
pub async fn import_configuration(#[server(default)] configuration: String, #[server(default)] seal: String) -> Result<(), AppError> {
    let cx = cx()?;
    configuration::import(cx.services(), cx.actor()?, &configuration, &seal).await?;
    redirect_with(urls::admin::CONFIGURATION, "admin-done-configuration");
    Ok(())
}

/// `/admin/settings/configuration`
#[component]
pub fn ConfigurationPage() -> impl IntoView {
    page(async |cx| {
        let actor = cx.actor()?;
        actor.permit(Permission::ManageSettings)?;
        let typed = cx.fields(ImportConfigurationForm::PATH).value("configuration", "");
        let review = if typed.is_empty() { None } else { configuration::review(cx.services(), actor, &typed).await.ok() };
        Ok(view(&cx, &typed, review.filter(|review| !review.differences.is_empty())))
    })
}

fn view(cx: &RequestCx, typed: &str, review: Option<Review>) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(ImportConfigurationForm::PATH);
    // A first look at what a file would do is no refusal.
    let is_look = review.is_some() && form.value("seal", "").is_empty();
    let summary = (!is_look).then(|| form.summary());
    let review = review.map(|review| review_view(cx, typed, &review));
    let page = view! {
        <PageHead title=t!(locale, "admin-nav-settings") note=t!(locale, "admin-settings-note")/>
        {tabs(cx, urls::admin::CONFIGURATION)}
        <div class="stack stack-8 max-w-[720px]">
            {review}
            <section class="stack stack-4" aria-labelledby="export">
                <div><h2 id="export">{t!(locale, "admin-configuration-export")}</h2><p class="muted mt-1 measure">{t!(locale, "admin-configuration-export-note")}</p></div>
                <div><LinkButton href=urls::admin::CONFIGURATION_FILE icon=Glyph::Download attr:download="">{t!(locale, "admin-configuration-download")}</LinkButton></div>
            </section>
            <hr class="rule"/>
            <section class="stack stack-5" aria-labelledby="import">
                <div><h2 id="import">{t!(locale, "admin-configuration-import")}</h2><p class="muted mt-1 measure">{t!(locale, "admin-configuration-import-note")}</p></div>
                <form method="post" action=ImportConfigurationForm::PATH class="stack stack-5">
                    <HiddenPage/>
                    {summary}
                    <TextareaField name="configuration" label=t!(locale, "admin-configuration-file") hint=t!(locale, "admin-configuration-file-hint") rows=10
                        value=typed error=form.error("configuration") required=true/>
                    <div data-read="f-configuration" hidden>
                        <FileField name="" id="f-configuration-file" label=t!(locale, "admin-configuration-choose") choose=t!(locale, "common-choose-file")
                            drop=t!(locale, "common-drop-file") accept=".json,application/json"/>
                    </div>
                    <div><Button kind=ButtonKind::Submit>{t!(locale, "admin-configuration-look")}</Button></div>
                </form>
            </section>
        </div>
    };
    frame(&t!(locale, "admin-configuration"), page.into_any())
}

/// What a file would change, or why it cannot be taken.
fn review_view(cx: &RequestCx, typed: &str, review: &Review) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let cols = vec![
        Col::new(t!(locale, "admin-configuration-setting")),
        Col::new(t!(locale, "admin-configuration-before")),
        Col::new(t!(locale, "admin-configuration-after")),
    ];
    let rows = review.differences.iter().map(|one| row(reader, one, review)).collect_view();
    let count = review.differences.len();
    let title = t!(reader, "admin-configuration-changes", count = count);
    let act = if review.problems.is_empty() {
        let (typed, seal) = (typed.to_owned(), review.seal.clone());
        view! {
            <form method="post" action=ImportConfigurationForm::PATH class="row wrap">
                <HiddenPage/>
                <input type="hidden" name="configuration" value=typed/>
                <input type="hidden" name="seal" value=seal/>
                <Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "admin-configuration-take")}</Button>
                <LinkButton href=urls::admin::CONFIGURATION tone=Tone::Ghost>{t!(locale, "common-cancel")}</LinkButton>
            </form>
        }
        .into_any()
    } else {
        let others = review.problems.iter().filter(|(path, _)| !review.differences.iter().any(|one| is_at(path, one)));
        let others =
            others.map(|(path, error)| format!("{path}: {}", reader.error(error))).map(|text| view! { <li>{text}</li> }).collect_view();
        let wrong = t!(locale, "error-configuration-wrong");
        view! { <Callout mood=Mood::Bad>{wrong}<ul>{others}</ul></Callout> }.into_any()
    };
    view! {
        <section class="stack stack-4" aria-labelledby="changes" id="review">
            <h2 id="changes">{title.clone()}</h2>
            <Table cols=cols caption=title cards=true>{rows}</Table>
            {act}
        </section>
    }
    .into_any()
}

/// Whether a problem's path is that of a difference, or above it.
fn is_at(path: &str, one: &Difference) -> bool {
    one.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn row(reader: &Reader, one: &Difference, review: &Review) -> AnyView {
    let problems = review.problems.iter().filter(|(path, _)| is_at(path, one));
    let problems = problems.map(|(_, error)| {
        let text = reader.error(error);
        view! { <p class="t-12 text-bad">{text}</p> }
    });
    let problems = problems.collect_view();
    let (path, before, after) = (one.path.clone(), told(reader, &one.before), told(reader, &one.after));
    view! {
        <tr>
            <td class="m-1a py-2"><p class="mono t-12 break-all">{path}</p>{problems}</td>
            <td class="m-2a muted whitespace-normal break-words py-2">{before}</td>
            <td class="m-2b whitespace-normal break-words py-2">{after}</td>
        </tr>
    }
    .into_any()
}

/// A value in words.
fn told(reader: &Reader, value: &Value) -> String {
    /// The most characters of a text that are shown.
    const MOST: usize = 160;
    match value {
        Value::Null => t!(reader, "admin-configuration-nothing"),
        Value::String(text) if text.is_empty() => t!(reader, "admin-configuration-nothing"),
        Value::String(text) if text.chars().count() > MOST => format!("{}…", text.chars().take(MOST).collect::<String>()),
        Value::String(text) => text.clone(),
        Value::Bool(true) => t!(reader, "common-yes"),
        Value::Bool(false) => t!(reader, "common-no"),
        Value::Array(items) => items.iter().map(|item| told(reader, item)).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => fields.iter().map(|(key, value)| format!("{key}: {}", told(reader, value))).collect::<Vec<_>>().join(", "),
        Value::Number(number) => number.to_string(),
    }
}
