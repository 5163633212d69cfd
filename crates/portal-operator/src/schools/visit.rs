//! Coming into a school to help.

use crate::common::{console, frame, moment};
use domain::{
    operations::{self, SchoolDetail},
    tenancy::Standing,
};
use i18n::t;
use kernel::{AppError, ids::TenantId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, Kept, RequestCx, cx, keep_private, param, redirect, redirect_with};

/// Begins a visit; the link in is on the next page.
#[server(name = BeginVisitForm, prefix = "/api", endpoint = "operator/begin_visit")]
pub async fn begin_visit(school: TenantId, #[server(default)] reason: String) -> Result<(), AppError> {
    let cx = cx()?;
    Kept::Challenge.keep(&operations::begin_visit(cx.services(), cx.visitor(), school, &reason).await?);
    redirect(&urls::operator::visit(school));
    Ok(())
}

/// Ends every visit that goes on.
#[server(name = EndVisitsForm, prefix = "/api", endpoint = "operator/end_visits")]
pub async fn end_visits(school: TenantId) -> Result<(), AppError> {
    let cx = cx()?;
    operations::end_visits(cx.services(), cx.visitor(), school).await?;
    redirect_with(&urls::operator::school(school), "operator-done-visit-ended");
    Ok(())
}

/// The forms whose refusals stand at the page's head.
pub fn forms() -> Vec<&'static str> {
    vec![EndVisitsForm::PATH]
}

/// Who came, and coming.
pub fn section(cx: &RequestCx, school: &SchoolDetail) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let form = cx.fields(BeginVisitForm::PATH);
    let id = school.row.tenant.id.to_string();
    let is_open = school.visits.iter().any(|visit| visit.is_open);
    let rows = school.visits.iter().map(|visit| {
        let at = moment(reader, visit.created_at);
        let end = if visit.is_open {
            let text = t!(locale, "operator-visit-open");
            view! { <Badge mood=Mood::Accent>{text}</Badge> }.into_any()
        } else {
            at
        };
        view! { <ListRow title=visit.name.clone() note=visit.reason.clone() end=end/> }
    });
    let rows = rows.collect_view();
    let list = (!school.visits.is_empty()).then(|| view! { <List ruled=true label=t!(locale, "operator-visits")>{rows}</List> });
    let ending = is_open.then(|| {
        let id = id.clone();
        view! {
            <form method="post" action=EndVisitsForm::PATH>
                <HiddenPage/>
                <input type="hidden" name="school" value=id/>
                <Button kind=ButtonKind::Submit>{t!(locale, "operator-visit-end")}</Button>
            </form>
        }
    });
    let beginning = (school.row.tenant.standing == Standing::Active).then(|| {
        view! {
            <form method="post" action=BeginVisitForm::PATH class="stack stack-4">
                <HiddenPage/>
                <input type="hidden" name="school" value=id/>
                <TextareaField name="reason" id="f-reason-visit" label=t!(locale, "operator-reason") hint=t!(locale, "operator-visit-reason-hint") rows=3 maxlength=500
                    required=true value=form.value("reason", "") error=form.error("reason")/>
                <div><Button kind=ButtonKind::Submit>{t!(locale, "operator-visit-begin")}</Button></div>
            </form>
        }
    });
    view! {
        <section class="stack stack-3" aria-labelledby="visits">
            <h2 id="visits">{t!(locale, "operator-visits")}</h2>
            <p class="muted">{t!(locale, "operator-visits-body")}</p>
            {form.summary()}
            {list}
            {ending}
            {beginning}
        </section>
    }
    .into_any()
}

/// `/operator/schools/{school}/visit`: the link in, while it lets in.
#[component]
pub fn VisitPage() -> impl IntoView {
    let id = param::<TenantId>("school");
    let ticket = Kept::Challenge.read();
    console(async move |cx| {
        keep_private();
        let school = operations::one(cx.services(), cx.visitor(), id.ok_or(AppError::NotFound)?).await?;
        Ok(view(&cx, &school, ticket.as_deref()))
    })
}

fn view(cx: &RequestCx, school: &SchoolDetail, ticket: Option<&str>) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "operator-visit-title", school = &school.row.tenant.name);
    let back = urls::operator::school(school.row.tenant.id);
    // At the subdomain: where a domain of its own leads is not ours to say.
    let link = ticket.map(|ticket| {
        let href = cx.services().tenants.origin_of(&school.row.tenant.slug) + &urls::with_query(urls::SUPPORT, &[("ticket", ticket)]);
        let text = t!(locale, "operator-visit-go", school = &school.row.tenant.name);
        view! { <div><LinkButton href=href tone=Tone::Primary size=Size::Large>{text}</LinkButton></div> }
    });
    let lead = if ticket.is_some() { t!(locale, "operator-visit-lead") } else { t!(locale, "error-link-over") };
    let page = view! {
        <PageHead title=title.clone() back_href=back back_label=school.row.tenant.name.clone()/>
        <div class="stack stack-4 max-w-[480px]">
            <p>{lead}</p>
            {link}
        </div>
    };
    frame(&title, page.into_any())
}
