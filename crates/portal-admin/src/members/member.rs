//! `/admin/members/{member}`: one member, their roles, and whether they may sign in.

use super::{Held, consents, grant_fields, role_badges};
use crate::common::frame;
use domain::{
    members::{self, MemberDetail, StaffRole},
    policies::{self, MemberConsents},
};
use i18n::t;
use kernel::{AppError, ids::MemberId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, param, redirect, redirect_with, start_login};

/// Says what a member is from now on.
#[server(name = ChangeRolesForm, prefix = "/api", endpoint = "admin/change_roles")]
pub async fn change_roles(
    member: MemberId,
    #[server(default)] roles: Vec<String>,
    #[server(default)] staff_role: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    members::change_roles(cx.services(), cx.actor()?, member, &roles, &staff_role).await?;
    redirect_with(&urls::admin::member(member), "admin-done-roles");
    Ok(())
}

/// Suspends a member.
#[server(name = SuspendForm, prefix = "/api", endpoint = "admin/suspend_member")]
pub async fn suspend(member: MemberId, reason: String) -> Result<(), AppError> {
    let cx = cx()?;
    members::suspend(cx.services(), cx.actor()?, member, &reason).await?;
    redirect_with(&urls::admin::member(member), "admin-done-suspended");
    Ok(())
}

/// Lets a suspended member in again.
#[server(name = ReinstateForm, prefix = "/api", endpoint = "admin/reinstate_member")]
pub async fn reinstate(member: MemberId) -> Result<(), AppError> {
    let cx = cx()?;
    members::reinstate(cx.services(), cx.actor()?, member).await?;
    redirect_with(&urls::admin::member(member), "admin-done-reinstated");
    Ok(())
}

/// Lets staff see the site as a member does.
#[server(name = ImpersonateForm, prefix = "/api", endpoint = "admin/impersonate")]
pub async fn impersonate(member: MemberId, reason: String) -> Result<(), AppError> {
    let cx = cx()?;
    let login = members::impersonate(cx.services(), cx.actor()?, member, &reason).await?;
    start_login(login).await?;
    redirect(urls::ACCOUNT);
    Ok(())
}

/// Signs a member out everywhere at this school.
#[server(name = SignMemberOutForm, prefix = "/api", endpoint = "admin/sign_member_out")]
pub async fn sign_out(member: MemberId) -> Result<(), AppError> {
    let cx = cx()?;
    members::sign_out(cx.services(), cx.actor()?, member).await?;
    redirect_with(&urls::admin::member(member), "admin-done-signed-out");
    Ok(())
}

/// `/admin/members/{member}`
#[component]
pub fn MemberPage() -> impl IntoView {
    let id = param::<MemberId>("member");
    page(async move |cx| {
        let id = id.ok_or(AppError::NotFound)?;
        let (services, actor) = (cx.services(), cx.actor()?);
        let detail = members::member(services, actor, id).await?;
        let staff = members::staff_roles(services, actor).await?;
        let agreed = policies::of_member(services, actor, id).await?;
        Ok(view(&cx, &detail, &staff, &agreed))
    })
}

fn view(cx: &RequestCx, detail: &MemberDetail, staff: &[StaffRole], agreed: &MemberConsents) -> AnyView {
    let reader = cx.reader();
    let member = &detail.row;
    let suspended = (!member.active).then(|| {
        let label = t!(reader, "admin-member-suspended");
        view! { <Badge mood=Mood::Bad>{label}</Badge> }
    });
    let page = view! {
        <PageHead title=member.name.clone() note=member.email.clone() back_href=urls::admin::MEMBERS back_label=t!(reader, "admin-nav-members")>
            {suspended}
        </PageHead>
        {cx.fields(ReinstateForm::PATH).refusal()}
        {cx.fields(SignMemberOutForm::PATH).refusal()}
        <div class="cols cols-main">
            <div class="stack stack-8">
                {if detail.can_act { roles(cx, detail, staff) } else { fixed_roles(cx, detail) }}
                {consents::section(cx, member.id, agreed, detail.can_act)}
            </div>
            <div class="stack stack-8">{facts(cx, detail)} {detail.can_act.then(|| access(cx, detail))} {detail.can_impersonate.then(|| seeing(cx, detail))}</div>
        </div>
    };
    frame(&member.name, page.into_any())
}

fn roles(cx: &RequestCx, detail: &MemberDetail, staff: &[StaffRole]) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(ChangeRolesForm::PATH);
    let held = Held { roles: detail.row.roles, staff_role: detail.staff_role.map(|id| id.to_string()), under_heading: true };
    view! {
        <section aria-labelledby="roles" class="stack stack-4">
            <h2 id="roles">{t!(locale, "admin-roles")}</h2>
            {form.summary()}
            <form method="post" action=ChangeRolesForm::PATH class="stack stack-4">
                <HiddenPage/>
                <input type="hidden" name="member" value=detail.row.id.to_string()/>
                {grant_fields(cx, &form, &held, staff)}
                <div><Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "admin-save-roles")}</Button></div>
            </form>
        </section>
    }
    .into_any()
}

/// For a reader who may not change them.
fn fixed_roles(cx: &RequestCx, detail: &MemberDetail) -> AnyView {
    let locale = cx.locale();
    view! {
        <section aria-labelledby="roles" class="stack stack-3">
            <h2 id="roles">{t!(locale, "admin-roles")}</h2>
            {role_badges(cx.reader(), detail.row.roles, detail.row.staff_role.as_ref())}
        </section>
    }
    .into_any()
}

fn facts(cx: &RequestCx, detail: &MemberDetail) -> AnyView {
    let reader = cx.reader();
    let member = &detail.row;
    let seen = detail.seen_at.map_or_else(|| t!(reader, "admin-member-not-here"), |at| reader.relative(at, cx.now()));
    let page = member.tutor_slug.as_ref().map(|slug| {
        let label = t!(reader, "admin-public-page");
        view! { <dt>{t!(reader, "admin-tutor")}</dt><dd><a class="link" href=urls::tutor(slug)>{label}</a></dd> }
    });
    let formerly = (!detail.formerly.is_empty()).then(|| {
        let addresses = reader.list(&detail.formerly.iter().map(String::as_str).collect::<Vec<_>>());
        view! { <dt>{t!(reader, "admin-member-formerly")}</dt><dd>{addresses}</dd> }
    });
    let (lessons, orders) = (reader.number(detail.upcoming), reader.number(detail.orders));
    view! {
        <section aria-labelledby="facts" class="stack stack-3">
            <h2 id="facts">{t!(reader, "admin-member-facts")}</h2>
            <dl class="kv">
                <dt>{t!(reader, "admin-member-since")}</dt>
                <dd><TimeText iso=member.created_at.to_string() text=reader.date_short_year(member.created_at)/></dd>
                <dt>{t!(reader, "admin-member-seen")}</dt><dd>{seen}</dd>
                <dt>{t!(reader, "admin-member-upcoming")}</dt><dd>{lessons}</dd>
                <dt>{t!(reader, "admin-member-orders")}</dt><dd>{orders}</dd>
                {formerly}
                {page}
            </dl>
        </section>
    }
    .into_any()
}

/// Signing out, suspending and letting in again.
fn access(cx: &RequestCx, detail: &MemberDetail) -> AnyView {
    let locale = cx.locale();
    let id = detail.row.id.to_string();
    let sign_out = view! {
        <form method="post" action=SignMemberOutForm::PATH>
            <HiddenPage/>
            <input type="hidden" name="member" value=id.clone()/>
            <Button kind=ButtonKind::Submit icon=Glyph::LogOut>{t!(locale, "admin-member-sign-out")}</Button>
        </form>
    };
    let standing = if detail.is_reader {
        ().into_any()
    } else if detail.row.active {
        suspension(cx, detail)
    } else {
        view! {
            <form method="post" action=ReinstateForm::PATH>
                <HiddenPage/>
                <input type="hidden" name="member" value=id/>
                <Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "admin-member-reinstate")}</Button>
            </form>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="access" class="stack stack-3">
            <h2 id="access">{t!(locale, "admin-member-access")}</h2>
            {sign_out}
            {standing}
            <p><a class="link" href=urls::admin::merge(detail.row.id)>{t!(locale, "admin-merge-link")}</a></p>
            {(!detail.is_reader).then(|| view! { <p><a class="link" href=urls::admin::erase(detail.row.id)>{t!(locale, "admin-erase-link")}</a></p> })}
        </section>
    }
    .into_any()
}

/// Seeing the site as they do.
fn seeing(cx: &RequestCx, detail: &MemberDetail) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(ImpersonateForm::PATH);
    let id = detail.row.id.to_string();
    let title = t!(locale, "admin-impersonate-title", name = &detail.row.name);
    view! {
        <section aria-labelledby="seeing" class="stack stack-3">
            <h2 id="seeing">{t!(locale, "admin-impersonate")}</h2>
            <p class="muted">{t!(locale, "admin-impersonate-body")}</p>
            <div><LinkButton href="#impersonate" dialog="impersonate" icon=Glyph::Eye>{t!(locale, "admin-impersonate-open")}</LinkButton></div>
        </section>
        <Dialog id="impersonate" title=title close_label=t!(locale, "common-close") open=form.is_refused()>
            <form method="post" action=ImpersonateForm::PATH class="stack stack-4">
                <HiddenPage/>
                <input type="hidden" name="member" value=id/>
                {form.summary()}
                <p class="muted">{t!(locale, "admin-impersonate-explained")}</p>
                <TextField name="reason" id="f-impersonate-reason" label=t!(locale, "admin-suspend-reason") hint=t!(locale, "admin-impersonate-reason-hint")
                    value=form.value("reason", "") error=form.error("reason") maxlength=300 required=true/>
                <DialogFoot>
                    <LinkButton href="#-" attr:data-close="">{t!(locale, "common-cancel")}</LinkButton>
                    <Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "admin-impersonate-open")}</Button>
                </DialogFoot>
            </form>
        </Dialog>
    }
    .into_any()
}

fn suspension(cx: &RequestCx, detail: &MemberDetail) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(SuspendForm::PATH);
    let id = detail.row.id.to_string();
    let lessons = (detail.upcoming > 0).then(|| {
        let text = t!(locale, "admin-suspend-lessons", count = detail.upcoming);
        view! { <Callout mood=Mood::Warn>{text}</Callout> }
    });
    view! {
        <div><LinkButton href="#suspend" dialog="suspend" tone=Tone::DangerQuiet>{t!(locale, "admin-member-suspend")}</LinkButton></div>
        <Dialog id="suspend" title=t!(locale, "admin-suspend-title", name = &detail.row.name) close_label=t!(locale, "common-close") open=form.is_refused()>
            <form method="post" action=SuspendForm::PATH class="stack stack-4">
                <HiddenPage/>
                <input type="hidden" name="member" value=id/>
                {form.summary()}
                <p class="muted">{t!(locale, "admin-suspend-body")}</p>
                {lessons}
                <TextField name="reason" label=t!(locale, "admin-suspend-reason") hint=t!(locale, "admin-suspend-reason-hint")
                    value=form.value("reason", "") error=form.error("reason") maxlength=300 required=true/>
                <DialogFoot>
                    <LinkButton href="#-" attr:data-close="">{t!(locale, "common-cancel")}</LinkButton>
                    <Button tone=Tone::Danger kind=ButtonKind::Submit>{t!(locale, "admin-member-suspend")}</Button>
                </DialogFoot>
            </form>
        </Dialog>
    }
    .into_any()
}
