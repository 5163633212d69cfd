//! One school.

use super::{standing, visit};
use crate::common::{console, flag_fields, frame, moment, standing_badge};
use domain::{
    operations::{self, SchoolDetail},
    tenancy::Standing,
};
use i18n::t;
use kernel::{AppError, Flag, ids::TenantId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, param, redirect_with};

/// Decides how much a school may keep.
#[server(name = SetQuotaForm, prefix = "/api", endpoint = "operator/set_quota")]
pub async fn set_quota(school: TenantId, #[server(default)] quota: String) -> Result<(), AppError> {
    let cx = cx()?;
    operations::set_quota(cx.services(), cx.visitor(), school, &quota).await?;
    redirect_with(&urls::operator::school(school), "operator-done-quota");
    Ok(())
}

/// Invites somebody to run a school that nobody runs.
#[server(name = InviteAdminForm, prefix = "/api", endpoint = "operator/invite_admin")]
pub async fn invite_admin(school: TenantId, #[server(default)] email: String, #[server(default)] name: String) -> Result<(), AppError> {
    let cx = cx()?;
    operations::invite_admin(cx.services(), cx.visitor(), school, &email, &name).await?;
    redirect_with(&urls::operator::school(school), "operator-done-invited");
    Ok(())
}

/// Decides for a school what is on and off.
#[server(name = DecideFlagsForm, prefix = "/api", endpoint = "operator/decide_flags")]
pub async fn decide_flags(
    school: TenantId,
    #[server(default)] sign_up: String,
    #[server(default)] open_catalogue: String,
    #[server(default)] payments: String,
    #[server(default)] uploads: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    let typed = [(Flag::SignUp, sign_up), (Flag::OpenCatalogue, open_catalogue), (Flag::Payments, payments), (Flag::Uploads, uploads)];
    operations::decide_flags(cx.services(), cx.visitor(), school, &typed).await?;
    redirect_with(&urls::operator::school(school), "operator-done-flags");
    Ok(())
}

/// `/operator/schools/{school}`
#[component]
pub fn SchoolPage() -> impl IntoView {
    let id = param::<TenantId>("school");
    console(async move |cx| {
        let school = operations::one(cx.services(), cx.visitor(), id.ok_or(AppError::NotFound)?).await?;
        Ok(view(&cx, &school))
    })
}

fn view(cx: &RequestCx, school: &SchoolDetail) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let tenant = &school.row.tenant;
    let title = tenant.name.clone();
    let usage = school.row.usage;
    let admins = school.admins.iter().map(|admin| format!("{} <{}>", admin.name, admin.email)).collect::<Vec<_>>().join(", ");
    let admins = if admins.is_empty() { t!(locale, "operator-admins-none") } else { admins };
    let seen = usage.seen_at.map_or_else(|| t!(locale, "operator-never").into_any(), |at| moment(reader, at));
    let origin = cx.services().tenants.origin(tenant);
    let reason = (!school.reason.is_empty()).then(|| {
        let reason = school.reason.clone();
        view! { <dt>{t!(locale, "operator-reason")}</dt><dd>{reason}</dd> }
    });
    let delete_at = school.row.delete_at.map(|at| {
        let at = moment(reader, at);
        view! { <dt>{t!(locale, "operator-delete-at")}</dt><dd>{at}</dd> }
    });
    let archive = urls::operator::archive(tenant.id);
    let refused = [standing::forms(), visit::forms()].concat().into_iter().map(|path| cx.fields(path).refusal()).collect_view();
    let badge = standing_badge(reader, tenant, school.row.delete_at.is_some());
    let page = view! {
        <PageHead title=title.clone() back_href=urls::operator::SCHOOLS back_label=t!(locale, "operator-nav-schools")/>
        {refused}
        <div class="stack stack-8 max-w-[640px]">
            <dl class="kv">
                <dt>{t!(locale, "operator-standing")}</dt><dd>{badge}</dd>
                {reason}
                {delete_at}
                <dt>{t!(locale, "operator-address")}</dt><dd class="break-all"><a class="link" href=origin.clone()>{origin.clone()}</a></dd>
                <dt>{t!(locale, "operator-since")}</dt><dd>{moment(reader, school.row.created_at)}</dd>
                <dt>{t!(locale, "operator-admins")}</dt><dd class="break-all">{admins}</dd>
                <dt>{t!(locale, "operator-students")}</dt><dd class="num">{reader.number(usage.students)}</dd>
                <dt>{t!(locale, "operator-tutors")}</dt><dd class="num">{reader.number(usage.tutors)}</dd>
                <dt>{t!(locale, "operator-bookings")}</dt><dd class="num">{reader.number(usage.bookings)}</dd>
                <dt>{t!(locale, "operator-seen")}</dt><dd>{seen}</dd>
            </dl>
            {invitation(cx, school)}
            {visit::section(cx, school)}
            <hr class="rule"/>
            {quota(cx, school)}
            <hr class="rule"/>
            {flags(cx, school)}
            <hr class="rule"/>
            <section class="stack stack-3" aria-labelledby="archive">
                <h2 id="archive">{t!(locale, "operator-archive")}</h2>
                <p class="muted">{t!(locale, "operator-archive-body")}</p>
                <div><LinkButton href=archive icon=Glyph::Download>{t!(locale, "operator-archive-get")}</LinkButton></div>
            </section>
            <hr class="rule"/>
            {standing::section(cx, school)}
        </div>
    };
    frame(&title, page.into_any())
}

/// Who was invited to run a school that nobody runs, and inviting somebody.
fn invitation(cx: &RequestCx, school: &SchoolDetail) -> Option<AnyView> {
    if !school.admins.is_empty() || school.row.tenant.standing != Standing::Active {
        return None;
    }
    let (reader, locale) = (cx.reader(), cx.locale());
    let form = cx.fields(InviteAdminForm::PATH);
    let waiting =
        school.invited.iter().map(|(email, until)| t!(reader, "operator-invited", email = email, until = reader.date_long(*until)));
    let waiting = waiting.map(|text| view! { <p class="break-words">{text}</p> }).collect_view();
    let id = school.row.tenant.id.to_string();
    Some(
        view! {
            <section class="stack stack-3" aria-labelledby="invitation">
                <h2 id="invitation">{t!(locale, "operator-invite")}</h2>
                {waiting}
                <p class="muted">{t!(locale, "operator-invite-body")}</p>
                {form.summary()}
                <form method="post" action=InviteAdminForm::PATH class="stack stack-5">
                    <HiddenPage/>
                    <input type="hidden" name="school" value=id/>
                    <TextField name="email" kind="email" label=t!(locale, "common-email") value=form.value("email", "") error=form.error("email") required=true/>
                    <TextField name="name" label=t!(locale, "common-name") aside=t!(locale, "common-optional") maxlength=80 value=form.value("name", "")
                        error=form.error("name")/>
                    <div><Button kind=ButtonKind::Submit>{t!(locale, "operator-invite-button")}</Button></div>
                </form>
            </section>
            <hr class="rule"/>
        }
        .into_any(),
    )
}

fn quota(cx: &RequestCx, school: &SchoolDetail) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let form = cx.fields(SetQuotaForm::PATH);
    let storage = school.row.usage.storage;
    let own = if school.has_own_quota { (storage.quota >> 20).to_string() } else { String::new() };
    let kept = t!(
        locale,
        "operator-storage-kept",
        used = reader.number(storage.used >> 20),
        quota = reader.number(storage.quota >> 20),
        percent = storage.percent()
    );
    let id = school.row.tenant.id.to_string();
    view! {
        <section class="stack stack-3" aria-labelledby="quota">
            <h2 id="quota">{t!(locale, "operator-storage")}</h2>
            <p class="muted num">{kept}</p>
            {form.summary()}
            <form method="post" action=SetQuotaForm::PATH class="stack stack-4">
                <HiddenPage/>
                <input type="hidden" name="school" value=id/>
                <TextField name="quota" label=t!(locale, "operator-quota") hint=t!(locale, "operator-quota-hint") suffix="MiB" inputmode="numeric" num=true
                    value=form.value("quota", own) error=form.error("quota") class="max-w-[240px]"/>
                <div><Button kind=ButtonKind::Submit>{t!(locale, "operator-quota-save")}</Button></div>
            </form>
        </section>
    }
    .into_any()
}

fn flags(cx: &RequestCx, school: &SchoolDetail) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let form = cx.fields(DecideFlagsForm::PATH);
    let fields =
        flag_fields(reader, &form, &Flag::FOR_SCHOOLS, &school.row.tenant.flags.overridden, &t!(locale, "operator-flag-undecided"), true);
    let id = school.row.tenant.id.to_string();
    view! {
        <section class="stack stack-3" aria-labelledby="flags">
            <h2 id="flags">{t!(locale, "operator-nav-flags")}</h2>
            <p class="muted">{t!(locale, "operator-flags-school")}</p>
            {form.summary()}
            <form method="post" action=DecideFlagsForm::PATH class="stack stack-4">
                <HiddenPage/>
                <input type="hidden" name="school" value=id/>
                {fields}
                <div><Button kind=ButtonKind::Submit>{t!(locale, "operator-flags-save")}</Button></div>
            </form>
        </section>
    }
    .into_any()
}
