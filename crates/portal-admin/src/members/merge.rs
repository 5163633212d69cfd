//! `/admin/members/{member}/merge`: finding somebody's duplicate, and making the two one.

use super::role_badges;
use crate::common::frame;
use domain::members::{
    self, MemberDetail,
    merging::{self, Candidate, MergePreview},
};
use i18n::t;
use kernel::{AppError, Permission, ids::MemberId, urls};
use leptos::prelude::*;
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, param, redirect_with};

/// Merges a duplicate into a member.
#[server(name = MergeForm, prefix = "/api", endpoint = "admin/merge_members")]
pub async fn merge(member: MemberId, duplicate: MemberId, reason: String) -> Result<(), AppError> {
    let cx = cx()?;
    merging::merge(cx.services(), cx.actor()?, member, duplicate, &reason).await?;
    redirect_with(&urls::admin::member(member), "admin-done-merged");
    Ok(())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    text: String,
    duplicate: String,
}

/// `/admin/members/{member}/merge`
#[component]
pub fn MergePage() -> impl IntoView {
    let id = param::<MemberId>("member");
    page(async move |cx| {
        let (services, actor) = (cx.services(), cx.actor()?);
        actor.permit(Permission::ManageMembers)?;
        let detail = members::member(services, actor, id.ok_or(AppError::NotFound)?).await?;
        if !detail.can_act {
            return Err(AppError::NotFound);
        }
        let query: Query = cx.query();
        if query.duplicate.is_empty() {
            let found = merging::candidates(services, actor, detail.row.id, &query.text).await?;
            return Ok(finding(&cx, &detail, &query.text, &found));
        }
        let duplicate = query.duplicate.parse().map_err(|_| AppError::NotFound)?;
        let preview = merging::preview(services, actor, detail.row.id, duplicate).await?;
        // Before anything is typed.
        actor.verified()?;
        Ok(confirming(&cx, &preview))
    })
}

/// Whom to merge into them.
fn finding(cx: &RequestCx, detail: &MemberDetail, text: &str, found: &[Candidate]) -> AnyView {
    let locale = cx.locale();
    let (id, name) = (detail.row.id, detail.row.name.clone());
    let title = t!(locale, "admin-merge-title", name = &name);
    let (heading, nothing) = if text.trim().is_empty() {
        (t!(locale, "admin-merge-suggested"), t!(locale, "admin-merge-nobody-suggested"))
    } else {
        (t!(locale, "admin-merge-found"), t!(locale, "admin-merge-nobody-found"))
    };
    let list = if found.is_empty() {
        view! { <p class="muted">{nothing}</p> }.into_any()
    } else {
        let row = |candidate: &Candidate| {
            let lead = view! { <Avatar id=candidate.id.to_string() name=candidate.name.clone() size=AvatarSize::S24/> }.into_any();
            let href = urls::admin::merge_with(id, candidate.id);
            view! { <ListRow title=candidate.name.clone() note=candidate.email.clone() href=href lead=lead/> }
        };
        let rows = found.iter().map(row).collect_view();
        view! { <List ruled=true>{rows}</List> }.into_any()
    };
    let page = view! {
        <PageHead title=title.clone() note=t!(locale, "admin-merge-note") back_href=urls::admin::member(id) back_label=name/>
        <form method="get" autocomplete="off" action=urls::admin::merge(id) role="search" aria-label=t!(locale, "admin-merge-search")
            class="row items-end mb-6 max-w-[480px]">
            <TextField name="text" kind="search" label=t!(locale, "admin-merge-search") placeholder=t!(locale, "admin-members-search")
                value=text.to_owned() icon=Glyph::Search class="grow"/>
            <Button>{t!(locale, "common-search")}</Button>
        </form>
        <section aria-labelledby="found" class="stack stack-3 max-w-[640px]">
            <h2 id="found">{heading}</h2>
            {list}
        </section>
    };
    frame(&title, page.into_any())
}

/// What merging the two would do, and the form that does it.
fn confirming(cx: &RequestCx, preview: &MergePreview) -> AnyView {
    let locale = cx.locale();
    let (survivor, duplicate) = (preview.survivor.row.id, preview.duplicate.row.id);
    let title = t!(locale, "admin-merge-title", name = &preview.survivor.row.name);
    let swap = t!(locale, "admin-merge-swap");
    let stays = view! { <Badge mood=Mood::Ok>{t!(locale, "admin-merge-stays")}</Badge> }.into_any();
    let goes = view! { <Badge mood=Mood::Warn>{t!(locale, "admin-merge-goes")}</Badge> }.into_any();
    let rest = match preview.obstacle {
        Some(code) => view! { <Callout mood=Mood::Warn title=t!(locale, "admin-merge-not")>{i18n::t(locale, code)}</Callout> }.into_any(),
        None => effect(cx, preview),
    };
    let page = view! {
        <PageHead title=title.clone() back_href=urls::admin::merge(survivor) back_label=t!(locale, "admin-merge-back")>
            <LinkButton href=urls::admin::merge_with(duplicate, survivor) icon=Glyph::ArrowLeftRight>{swap}</LinkButton>
        </PageHead>
        <div class="stack stack-6">
            <div class="cols-2">{side(cx, &preview.survivor, stays)} {side(cx, &preview.duplicate, goes)}</div>
            {rest}
        </div>
    };
    frame(&title, page.into_any())
}

fn side(cx: &RequestCx, member: &MemberDetail, badge: AnyView) -> AnyView {
    let reader = cx.reader();
    let row = &member.row;
    let status = if row.active { t!(reader, "admin-member-active") } else { t!(reader, "admin-member-suspended") };
    let (heading, labelled_by) = (format!("side-{}", row.id), format!("side-{}", row.id));
    view! {
        <section aria-labelledby=labelled_by class="stack stack-3">
            <h2 id=heading class="row wrap">{row.name.clone()} {badge}</h2>
            <dl class="kv">
                <dt>{t!(reader, "common-email")}</dt><dd class="break-all">{row.email.clone()}</dd>
                <dt>{t!(reader, "admin-roles")}</dt><dd>{role_badges(reader, row.roles, row.staff_role.as_ref())}</dd>
                <dt>{t!(reader, "common-status")}</dt><dd>{status}</dd>
                <dt>{t!(reader, "admin-member-since")}</dt>
                <dd><TimeText iso=row.created_at.to_string() text=reader.date_short_year(row.created_at)/></dd>
                <dt>{t!(reader, "admin-member-upcoming")}</dt><dd>{reader.number(member.upcoming)}</dd>
                <dt>{t!(reader, "admin-member-orders")}</dt><dd>{reader.number(member.orders)}</dd>
            </dl>
        </section>
    }
    .into_any()
}

/// What moves, what is settled, what is lost; and the form.
fn effect(cx: &RequestCx, preview: &MergePreview) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(MergeForm::PATH);
    let (stays, goes) = (&preview.survivor.row, &preview.duplicate.row);
    let (member, duplicate) = (stays.id.to_string(), goes.id.to_string());
    let counted = |count: u32, text: String| (count > 0).then_some(text);
    let moves: Vec<String> = [
        counted(preview.orders, t!(locale, "admin-merge-orders", count = preview.orders)),
        counted(preview.lessons, t!(locale, "admin-merge-lessons", count = preview.lessons)),
        counted(preview.reviews, t!(locale, "admin-merge-reviews", count = preview.reviews)),
        counted(preview.files, t!(locale, "admin-merge-files", count = preview.files)),
        (goes.roles.student && !stays.roles.student).then(|| t!(locale, "admin-merge-student", name = &stays.name)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let moves = if moves.is_empty() { vec![t!(locale, "admin-merge-nothing")] } else { moves };
    let settled: Vec<String> = [
        counted(preview.overlapping, t!(locale, "admin-merge-overlapping", count = preview.overlapping)),
        counted(preview.trials, t!(locale, "admin-merge-trials", count = preview.trials)),
        preview.photos.then(|| t!(locale, "admin-merge-photos")),
        (!goes.active).then(|| t!(locale, "admin-merge-suspended", name = &stays.name)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let handed_on = goes.roles.tutor || goes.roles.admin || goes.staff_role.is_some();
    let lost: Vec<String> = [
        Some(t!(locale, "admin-merge-login", email = &goes.email)),
        Some(t!(locale, "admin-merge-account")),
        handed_on.then(|| t!(locale, "admin-merge-roles")),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        {points("moves", t!(locale, "admin-merge-moves", name = &stays.name), moves)}
        {(!settled.is_empty()).then(|| points("settled", t!(locale, "admin-merge-settled"), settled))}
        {points("lost", t!(locale, "admin-merge-lost"), lost)}
        <form method="post" action=MergeForm::PATH class="stack stack-4 max-w-[480px]">
            <HiddenPage/>
            <input type="hidden" name="member" value=member/>
            <input type="hidden" name="duplicate" value=duplicate/>
            {form.summary()}
            <p class="muted">{t!(locale, "admin-merge-body")}</p>
            <TextField name="reason" label=t!(locale, "admin-suspend-reason") hint=t!(locale, "admin-merge-reason-hint")
                value=form.value("reason", "") error=form.error("reason") maxlength=300 required=true/>
            <div><Button tone=Tone::Danger kind=ButtonKind::Submit>{t!(locale, "admin-merge-button")}</Button></div>
        </form>
    }
    .into_any()
}

fn points(id: &'static str, heading: String, points: Vec<String>) -> AnyView {
    let points = points.into_iter().map(|point| view! { <li>{point}</li> }).collect_view();
    view! {
        <section aria-labelledby=id class="stack stack-2">
            <h2 id=id>{heading}</h2>
            <ul class="stack stack-1 max-w-[640px]" role="list">{points}</ul>
        </section>
    }
    .into_any()
}
