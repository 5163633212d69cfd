//! Closing a school, opening it again, and its end.

use domain::{
    operations::{self, SchoolDetail},
    tenancy::Standing,
};
use i18n::t;
use kernel::{AppError, ids::TenantId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, redirect_with};

/// Days between the decision and the end that the form suggests.
const DAYS: &str = "30";

/// Closes a school.
#[server(name = SuspendSchoolForm, prefix = "/api", endpoint = "operator/suspend_school")]
pub async fn suspend_school(school: TenantId, #[server(default)] reason: String) -> Result<(), AppError> {
    let cx = cx()?;
    operations::suspend(cx.services(), cx.visitor(), school, &reason).await?;
    redirect_with(&urls::operator::school(school), "operator-done-suspended");
    Ok(())
}

/// Opens a school again.
#[server(name = ReinstateSchoolForm, prefix = "/api", endpoint = "operator/reinstate_school")]
pub async fn reinstate_school(school: TenantId) -> Result<(), AppError> {
    let cx = cx()?;
    operations::reinstate(cx.services(), cx.visitor(), school).await?;
    redirect_with(&urls::operator::school(school), "operator-done-reinstated");
    Ok(())
}

/// Closes a school and says when everything of it goes.
#[server(name = PlanDeletionForm, prefix = "/api", endpoint = "operator/plan_deletion")]
pub async fn plan_deletion(
    school: TenantId,
    #[server(default)] slug: String,
    #[server(default)] days: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    operations::plan_deletion(cx.services(), cx.visitor(), school, &slug, &days, &reason).await?;
    redirect_with(&urls::operator::school(school), "operator-done-planned");
    Ok(())
}

/// Keeps a school that was to go.
#[server(name = CancelDeletionForm, prefix = "/api", endpoint = "operator/cancel_deletion")]
pub async fn cancel_deletion(school: TenantId, #[server(default)] reason: String) -> Result<(), AppError> {
    let cx = cx()?;
    operations::cancel_deletion(cx.services(), cx.visitor(), school, &reason).await?;
    redirect_with(&urls::operator::school(school), "operator-done-kept");
    Ok(())
}

/// The forms whose refusals stand at the page's head: they have no field of their own there.
pub fn forms() -> Vec<&'static str> {
    vec![ReinstateSchoolForm::PATH]
}

/// What can be done about the school's standing now.
pub fn section(cx: &RequestCx, school: &SchoolDetail) -> AnyView {
    match (school.row.tenant.standing, school.row.delete_at) {
        (Standing::Deleted, _) => ().into_any(),
        (Standing::Active, _) => view! { {suspension(cx, school)} <hr class="rule"/> {end(cx, school)} }.into_any(),
        (Standing::Suspended, None) => view! { {opening(cx, school)} <hr class="rule"/> {end(cx, school)} }.into_any(),
        (Standing::Suspended, Some(_)) => keeping(cx, school),
    }
}

fn reason_form(cx: &RequestCx, school: &SchoolDetail, action: &'static str, key: &str, button: AnyView, more: AnyView) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(action);
    let id = school.row.tenant.id.to_string();
    let (heading, body) = (i18n::t(locale, &format!("operator-{key}")), i18n::t(locale, &format!("operator-{key}-body")));
    let anchor = key.to_owned();
    let anchor_of = anchor.clone();
    view! {
        <section class="stack stack-3" aria-labelledby=anchor>
            <h2 id=anchor_of>{heading}</h2>
            <p class="muted">{body}</p>
            {form.summary()}
            <form method="post" action=action class="stack stack-4">
                <HiddenPage/>
                <input type="hidden" name="school" value=id/>
                {more}
                <TextareaField name="reason" id=format!("f-reason-{key}") label=t!(locale, "operator-reason") hint=t!(locale, "operator-reason-hint") rows=3
                    maxlength=500 required=true value=form.value("reason", "") error=form.error("reason")/>
                <div>{button}</div>
            </form>
        </section>
    }
    .into_any()
}

fn suspension(cx: &RequestCx, school: &SchoolDetail) -> AnyView {
    let text = t!(cx.locale(), "operator-suspend-button");
    let button = view! { <Button tone=Tone::DangerQuiet kind=ButtonKind::Submit>{text}</Button> }.into_any();
    reason_form(cx, school, SuspendSchoolForm::PATH, "suspend", button, ().into_any())
}

fn opening(cx: &RequestCx, school: &SchoolDetail) -> AnyView {
    let locale = cx.locale();
    let id = school.row.tenant.id.to_string();
    view! {
        <section class="stack stack-3" aria-labelledby="reinstate">
            <h2 id="reinstate">{t!(locale, "operator-reinstate")}</h2>
            <p class="muted">{t!(locale, "operator-reinstate-body")}</p>
            <form method="post" action=ReinstateSchoolForm::PATH>
                <HiddenPage/>
                <input type="hidden" name="school" value=id/>
                <Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "operator-reinstate-button")}</Button>
            </form>
        </section>
    }
    .into_any()
}

fn end(cx: &RequestCx, school: &SchoolDetail) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(PlanDeletionForm::PATH);
    let fields = view! {
        <TextField name="slug" label=t!(locale, "operator-delete-slug", slug = &school.row.tenant.slug) autocomplete="off" required=true
            value=form.value("slug", "") error=form.error("slug") class="max-w-[320px]"/>
        <TextField name="days" label=t!(locale, "operator-delete-days") inputmode="numeric" num=true required=true value=form.value("days", DAYS)
            error=form.error("days") class="max-w-[240px]"/>
    }
    .into_any();
    let text = t!(locale, "operator-delete-button");
    let button = view! { <Button tone=Tone::Danger kind=ButtonKind::Submit>{text}</Button> }.into_any();
    reason_form(cx, school, PlanDeletionForm::PATH, "delete", button, fields)
}

fn keeping(cx: &RequestCx, school: &SchoolDetail) -> AnyView {
    let text = t!(cx.locale(), "operator-keep-button");
    let button = view! { <Button tone=Tone::Primary kind=ButtonKind::Submit>{text}</Button> }.into_any();
    reason_form(cx, school, CancelDeletionForm::PATH, "keep", button, ().into_any())
}
