//! `/admin/members/import`: inviting many at once, with a look at each line before anything is sent.

use super::{can_manage, role_badges};
use crate::common::frame;
use domain::members::{self, ImportLine, ImportPreview, LineProblem};
use i18n::t;
use kernel::{AppError, ids::ImportId, urls};
use leptos::prelude::*;
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, param, redirect, redirect_with};

/// Keeps a pasted list for a look at it.
#[server(name = StartImportForm, prefix = "/api", endpoint = "admin/start_import")]
pub async fn start_import(rows: String) -> Result<(), AppError> {
    let cx = cx()?;
    let import = members::start_import(cx.services(), cx.actor()?, &rows).await?;
    redirect(&urls::admin::import(import));
    Ok(())
}

/// Replaces a list by a corrected one.
#[server(name = UpdateImportForm, prefix = "/api", endpoint = "admin/update_import")]
pub async fn update_import(import: ImportId, rows: String) -> Result<(), AppError> {
    let cx = cx()?;
    members::update_import(cx.services(), cx.actor()?, import, &rows).await?;
    redirect(&urls::admin::import(import));
    Ok(())
}

/// Invites everybody on a list whom it can invite.
#[server(name = ImportForm, prefix = "/api", endpoint = "admin/import")]
pub async fn import(import: ImportId, expected: usize) -> Result<(), AppError> {
    let cx = cx()?;
    let done = members::import(cx.services(), cx.actor()?, import, expected).await?;
    redirect_with(urls::admin::INVITATIONS, if done.left_out == 0 { "admin-done-imported" } else { "admin-done-imported-some" });
    Ok(())
}

/// `/admin/members/import`
#[component]
pub fn ImportPage() -> impl IntoView {
    page(async |cx| {
        if !can_manage(&cx) {
            cx.actor()?.member()?;
            return Err(AppError::NotFound);
        }
        Ok(start_view(&cx, &cx.query::<Query>().file))
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    /// What is wrong with a file that was sent.
    file: String,
}

fn start_view(cx: &RequestCx, problem: &str) -> AnyView {
    let locale = cx.locale();
    let problem = match problem {
        "" => String::new(),
        "error-too-many-lines" | "error-too-large" => t!(locale, "error-too-many-lines", max = 500_u32),
        _ => t!(locale, "admin-import-file-empty"),
    };
    let form = cx.fields(StartImportForm::PATH);
    let title = t!(locale, "admin-import");
    let page = view! {
        <PageHead title=title.clone() note=t!(locale, "admin-import-note") back_href=urls::admin::MEMBERS back_label=t!(locale, "admin-nav-members")/>
        <div class="stack stack-6 max-w-[640px]">
            {form.summary()}
            <form method="post" action=StartImportForm::PATH class="stack stack-4">
                <HiddenPage/>
                <TextareaField name="rows" label=t!(locale, "admin-import-rows") hint=t!(locale, "admin-import-hint") value=form.value("rows", "")
                    error=form.error("rows") placeholder=t!(locale, "admin-import-example") rows=8 required=true/>
                <div><Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "admin-import-look")}</Button></div>
            </form>
            <hr class="rule"/>
            <form method="post" action=urls::admin::IMPORT_FILE enctype="multipart/form-data" class="stack stack-4">
                <FileField name="file" label=t!(locale, "admin-import-file") choose=t!(locale, "common-choose-file") drop=t!(locale, "common-drop-file")
                    hint=t!(locale, "admin-import-file-hint") error=problem accept=".csv,.txt,text/csv,text/plain" required=true/>
                <div><Button kind=ButtonKind::Submit>{t!(locale, "admin-import-look")}</Button></div>
            </form>
        </div>
    };
    frame(&title, page.into_any())
}

/// `/admin/members/import/{import}`
#[component]
pub fn PreviewPage() -> impl IntoView {
    let id = param::<ImportId>("import");
    page(async move |cx| {
        let id = id.ok_or(AppError::NotFound)?;
        let preview = members::preview(cx.services(), cx.actor()?, id).await?;
        Ok(preview_view(&cx, id, &preview))
    })
}

fn preview_view(cx: &RequestCx, id: ImportId, preview: &ImportPreview) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(UpdateImportForm::PATH);
    let title = t!(locale, "admin-import");
    let wrong = preview.lines.len().saturating_sub(preview.ready);
    let note = t!(locale, "admin-import-result", ready = preview.ready, wrong = wrong);
    let cols = vec![
        Col::end(t!(locale, "admin-import-line")),
        Col::new(t!(locale, "common-email")),
        Col::new(t!(locale, "common-name")),
        Col::new(t!(locale, "admin-roles")),
        Col::new(t!(locale, "common-status")),
    ];
    let rows = preview.lines.iter().map(|line| row(cx, line)).collect_view();
    let send = (preview.ready > 0).then(|| {
        let (label, ready) = (t!(locale, "admin-import-send", count = preview.ready), preview.ready.to_string());
        view! {
            <form method="post" action=ImportForm::PATH>
                <HiddenPage/>
                <input type="hidden" name="import" value=id.to_string()/>
                <input type="hidden" name="expected" value=ready/>
                <Button tone=Tone::Primary kind=ButtonKind::Submit>{label}</Button>
            </form>
        }
    });
    let page = view! {
        <PageHead title=title.clone() note=note back_href=urls::admin::IMPORT back_label=t!(locale, "admin-import")>{send}</PageHead>
        {cx.fields(ImportForm::PATH).refusal()}
        <Table cols=cols caption=title.clone() cards=true>{rows}</Table>
        <section aria-labelledby="correct" class="stack stack-4 max-w-[640px] mt-8">
            <h2 id="correct">{t!(locale, "admin-import-correct")}</h2>
            {form.summary()}
            <form method="post" action=UpdateImportForm::PATH class="stack stack-4">
                <HiddenPage/>
                <input type="hidden" name="import" value=id.to_string()/>
                <TextareaField name="rows" label=t!(locale, "admin-import-rows") value=form.value("rows", preview.rows.clone())
                    error=form.error("rows") rows=8 required=true/>
                <div><Button kind=ButtonKind::Submit>{t!(locale, "admin-import-again")}</Button></div>
            </form>
        </section>
    };
    frame(&title, page.into_any())
}

fn row(cx: &RequestCx, line: &ImportLine) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let status = match line.problem {
        None => {
            let ready = t!(locale, "admin-import-ready");
            view! { <Badge mood=Mood::Ok icon=Glyph::Check>{ready}</Badge> }.into_any()
        }
        Some(problem) => {
            let key = match problem {
                LineProblem::Email => "error-email",
                LineProblem::Name => "admin-import-name-long",
                LineProblem::Role => "admin-import-role-unknown",
                LineProblem::TooMuch => "error-grant-too-much",
                LineProblem::Twice => "admin-import-twice",
                LineProblem::Member => "error-member-exists",
                LineProblem::Invited => "error-invited-already",
            };
            view! { <span class="text-bad">{i18n::t(locale, key)}</span> }.into_any()
        }
    };
    let number = reader.number(line.number);
    let line_label = t!(locale, "admin-import-line-number", number = number.clone());
    view! {
        <tr>
            <td class="r faint num drop-m">{number}</td>
            <td class="m-1a"><span class="only-m faint t-12">{line_label}" "</span>{line.email.clone()}</td>
            <td class="drop-m muted">{line.name.clone()}</td>
            <td class="m-1b">{role_badges(reader, line.roles, line.staff_role.as_ref())}</td>
            <td class="m-2a whitespace-normal">{status}</td>
        </tr>
    }
    .into_any()
}
