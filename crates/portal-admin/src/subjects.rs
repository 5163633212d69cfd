//! `/admin/subjects`: what is taught here, and at which levels.

use crate::common::frame;
use domain::catalogue::{self, Term, TermKind};
use i18n::t;
use kernel::{AppError, ids::TermId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, redirect_with};

/// Adds a subject or a level.
#[server(name = AddTermForm, prefix = "/api", endpoint = "admin/add_term")]
pub async fn add_term(kind: TermKind, name: String) -> Result<(), AppError> {
    let cx = cx()?;
    catalogue::add_term(cx.services(), cx.actor()?, kind, &name).await?;
    redirect_with(urls::admin::SUBJECTS, "admin-done-term");
    Ok(())
}

/// Calls one something else.
#[server(name = RenameTermForm, prefix = "/api", endpoint = "admin/rename_term")]
pub async fn rename_term(kind: TermKind, term: TermId, name: String) -> Result<(), AppError> {
    let cx = cx()?;
    catalogue::rename_term(cx.services(), cx.actor()?, kind, term, &name).await?;
    redirect_with(urls::admin::SUBJECTS, "admin-done-term");
    Ok(())
}

/// Removes one that nothing uses.
#[server(name = RemoveTermForm, prefix = "/api", endpoint = "admin/remove_term")]
pub async fn remove_term(kind: TermKind, term: TermId) -> Result<(), AppError> {
    let cx = cx()?;
    catalogue::remove_term(cx.services(), cx.actor()?, kind, term).await?;
    redirect_with(urls::admin::SUBJECTS, "admin-done-term-removed");
    Ok(())
}

/// `/admin/subjects`
#[component]
pub fn SubjectsPage() -> impl IntoView {
    page(async |cx| {
        let (services, actor) = (cx.services(), cx.actor()?);
        let subjects = catalogue::terms(services, actor, TermKind::Subject).await?;
        let levels = catalogue::terms(services, actor, TermKind::Level).await?;
        let title = t!(cx.locale(), "admin-nav-subjects");
        let refused = [RenameTermForm::PATH, RemoveTermForm::PATH].map(|path| cx.fields(path).summary()).collect_view();
        let main = view! {
            <PageHead title=title.clone() note=t!(cx.locale(), "admin-subjects-note")/>
            {refused}
            <div class="grid lg:grid-cols-2 gap-8 items-start">{list(&cx, TermKind::Subject, &subjects)} {list(&cx, TermKind::Level, &levels)}</div>
        };
        Ok(frame(&title, main.into_any()))
    })
}

fn list(cx: &RequestCx, kind: TermKind, terms: &[Term]) -> AnyView {
    let locale = cx.locale();
    let key = kind.key();
    let (title, hint) = (i18n::t(locale, &format!("admin-{key}s")), i18n::t(locale, &format!("admin-{key}s-hint")));
    let label = i18n::t(locale, &format!("admin-{key}-new"));
    let form = cx.fields(AddTermForm::PATH);
    // Both lists have this form; a refused one says which it was.
    let refused = form.is_refused() && form.value("kind", "") == key;
    let (summary, value, error) =
        if refused { (form.summary(), form.value("name", ""), form.error("name")) } else { (().into_any(), String::new(), None) };
    let rows = terms.iter().map(|term| row(cx, kind, term)).collect_view();
    let rows = (!terms.is_empty()).then(|| view! { <List ruled=true label=title.clone()>{rows}</List> });
    view! {
        <section aria-labelledby=key class="stack stack-4">
            <div><h2 id=key>{title.clone()}</h2><p class="muted">{hint}</p></div>
            {rows}
            {summary}
            <form method="post" action=AddTermForm::PATH class="row items-end">
                <HiddenPage/>
                <input type="hidden" name="kind" value=key/>
                <TextField name="name" id=format!("f-new-{key}") label=label value=value error=error maxlength=60 required=true class="grow"/>
                <Button kind=ButtonKind::Submit icon=Glyph::Plus>{t!(locale, "common-add")}</Button>
            </form>
        </section>
    }
    .into_any()
}

fn row(cx: &RequestCx, kind: TermKind, term: &Term) -> AnyView {
    let locale = cx.locale();
    let (key, id, name) = (kind.key(), term.id.to_string(), term.name.clone());
    let used = t!(locale, "admin-term-used", count = term.offerings);
    let rename_label = t!(locale, "admin-term-rename", name = &name);
    let remove = (term.offerings == 0).then(|| {
        let label = t!(locale, "admin-term-remove", name = &name);
        let id = id.clone();
        view! {
            <form method="post" action=RemoveTermForm::PATH>
                <HiddenPage/>
                <input type="hidden" name="kind" value=key/>
                <input type="hidden" name="term" value=id/>
                <IconButton icon=Glyph::Trash2 label=label tone=Tone::Ghost size=Size::Small kind=ButtonKind::Submit/>
            </form>
        }
    });
    view! {
        <li>
            <div class="list-row wrap">
                <form method="post" action=RenameTermForm::PATH class="row grow">
                    <HiddenPage/>
                    <input type="hidden" name="kind" value=key/>
                    <input type="hidden" name="term" value=id/>
                    <input class="input grow" type="text" name="name" value=name aria-label=rename_label required maxlength="60"/>
                    <Button size=Size::Small kind=ButtonKind::Submit>{t!(locale, "admin-term-save")}</Button>
                </form>
                <span class="muted nowrap t-12">{used}</span>
                {remove}
            </div>
        </li>
    }
    .into_any()
}
