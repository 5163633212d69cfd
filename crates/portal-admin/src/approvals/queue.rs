//! `/admin/approvals`: what waits longest stands first.

use crate::common::{frame, kind_label, may};
use domain::{
    catalogue::{self, ApprovalRow},
    page::{Cursor, Page},
};
use i18n::{Reader, t};
use jiff::Timestamp;
use kernel::{Permission, urls};
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{RequestCx, page, pager};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    after: String,
}

/// `/admin/approvals`
#[component]
pub fn ApprovalsPage() -> impl IntoView {
    page(async |cx| {
        let after = cx.query::<Query>().after.parse::<Cursor>().ok();
        let waiting = catalogue::approvals(cx.services(), cx.actor()?, after).await?;
        Ok(view(&cx, &waiting, after.is_some()))
    })
}

fn view(cx: &RequestCx, waiting: &Page<ApprovalRow>, is_later: bool) -> AnyView {
    let reader = cx.reader();
    let title = t!(reader, "admin-nav-approvals");
    let list = if waiting.items.is_empty() && !is_later { empty(cx) } else { list(reader, waiting, cx.now(), is_later) };
    let page = view! {
        <PageHead title=title.clone() note=t!(reader, "admin-approvals-note")/>
        {list}
    };
    frame(&title, page.into_any())
}

fn empty(cx: &RequestCx) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let home =
        may(cx, Permission::SeeOverview).then(|| view! { <LinkButton href=urls::admin::HOME>{t!(locale, "admin-nav-home")}</LinkButton> });
    view! {
        <Empty icon=Glyph::Inbox title=t!(reader, "admin-approvals-empty") body=t!(reader, "admin-approvals-empty-body")>
            {home}
        </Empty>
    }
    .into_any()
}

fn list(reader: &Reader, waiting: &Page<ApprovalRow>, now: Timestamp, is_later: bool) -> AnyView {
    let cols = vec![
        Col::new(t!(reader, "admin-offering")),
        Col::new(t!(reader, "admin-tutor")),
        Col::new(t!(reader, "admin-kind")).droppable(),
        Col::new(t!(reader, "admin-subject")).droppable(),
        Col::new(t!(reader, "admin-approvals-what")),
        Col::end(t!(reader, "admin-approvals-waiting")),
    ];
    let rows = waiting.items.iter().map(|row| self::row(reader, row, now)).collect_view();
    view! {
        <Table cols=cols caption=t!(reader, "admin-nav-approvals") cards=true>{rows}</Table>
        {pager(reader, urls::admin::APPROVALS, &[], waiting.next, is_later)}
    }
    .into_any()
}

fn row(reader: &Reader, row: &ApprovalRow, now: Timestamp) -> AnyView {
    let waiting = reader.relative(row.submitted_at, now);
    let exact = reader.date_time_long(row.submitted_at);
    view! {
        <tr>
            <td class="m-1a mid"><a class="cover" href=urls::admin::approval(row.offering)>{row.title.clone()}</a></td>
            <td class="m-2a muted">{row.tutor.clone()}</td>
            <td class="drop-l drop-m muted">{kind_label(reader, row.kind)}</td>
            <td class="drop-l drop-m muted">{row.subject.clone()}</td>
            <td class="m-1b">{what_badge(reader, row.is_change, row.number)}</td>
            <td class="m-2b r faint"><TimeText iso=row.submitted_at.to_string() text=waiting title=exact/></td>
        </tr>
    }
    .into_any()
}

/// Whether a new offering waits or the change of one that is live.
pub(super) fn what_badge(reader: &Reader, is_change: bool, number: i32) -> AnyView {
    let locale = reader.locale;
    if is_change {
        view! { <Badge mood=Mood::Line icon=Glyph::GitCompare>{t!(locale, "admin-approvals-change", number = i64::from(number))}</Badge> }
            .into_any()
    } else {
        view! { <Badge mood=Mood::Info>{t!(locale, "admin-approvals-new")}</Badge> }.into_any()
    }
}
