//! `/admin/audit`: who did what, the latest first.

use crate::common::{filter_buttons, frame, moment, nothing_found};
use domain::audit::{self, Action, AuditQuery, Line};
use i18n::{Reader, t};
use kernel::urls;
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{RequestCx, change_in_words, page, pager};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    text: String,
    action: String,
    after: String,
}

impl Query {
    fn pairs(&self) -> [(&str, &str); 2] {
        [("text", &self.text), ("action", &self.action)]
    }
}

/// Which lines the address asks for, on the page and as a file.
pub fn wanted(cx: &RequestCx) -> AuditQuery {
    let query: Query = cx.query();
    AuditQuery {
        action: Action::ALL.iter().copied().find(|action| action.key() == query.action),
        before: query.after.parse().ok(),
        text: query.text,
    }
}

/// `/admin/audit`
#[component]
pub fn AuditPage() -> impl IntoView {
    page(async |cx| {
        let (lines, more) = audit::log(cx.services(), cx.actor()?, &wanted(&cx)).await?;
        Ok(view(&cx, &cx.query(), &lines, more))
    })
}

/// What somebody did, in words.
fn action_label(reader: &Reader, key: &str) -> String {
    i18n::t(reader, &format!("admin-audit-{}", key.replace(['.', '_'], "-")))
}

fn view(cx: &RequestCx, query: &Query, lines: &[Line], more: bool) -> AnyView {
    let reader = cx.reader();
    let title = t!(reader, "admin-nav-audit");
    let list = if lines.is_empty() { nothing_found(reader, urls::admin::AUDIT) } else { list(reader, query, lines, more) };
    let file = urls::with_query(urls::admin::AUDIT_FILE, &query.pairs());
    let export = t!(reader, "admin-audit-export");
    let page = view! {
        <PageHead title=title.clone() note=t!(reader, "admin-audit-note")/>
        {filters(reader, query)}
        <p class="mb-4"><LinkButton href=file size=Size::Small icon=Glyph::Download>{export}</LinkButton></p>
        {list}
    };
    frame(&title, page.into_any())
}

fn filters(reader: &Reader, query: &Query) -> AnyView {
    let actions = Action::ALL.iter().map(|action| Choice::new(action.key(), action_label(reader, action.key()))).collect::<Vec<_>>();
    view! {
        <form method="get" autocomplete="off" action=urls::admin::AUDIT role="search" aria-label=t!(reader, "admin-audit-filter")
            class="grid grid-cols-2 lg:grid-cols-[minmax(0,360px)_240px_auto] gap-3 items-end mb-6">
            <TextField name="text" kind="search" label=t!(reader, "common-search") placeholder=t!(reader, "admin-audit-search")
                value=query.text.clone() icon=Glyph::Search class="col-span-2 lg:col-span-1"/>
            <SelectField name="action" label=t!(reader, "admin-audit-action") choices=actions empty=t!(reader, "common-all") value=query.action.clone()/>
            {filter_buttons(reader, urls::admin::AUDIT, &query.pairs())}
        </form>
    }
    .into_any()
}

fn list(reader: &Reader, query: &Query, lines: &[Line], more: bool) -> AnyView {
    let cols = vec![
        Col::new(t!(reader, "admin-audit-what")),
        Col::new(t!(reader, "admin-audit-who")),
        Col::new(t!(reader, "admin-audit-from")).droppable(),
        Col::end(t!(reader, "admin-audit-when")),
    ];
    let next = lines.last().filter(|_| more).map(|line| line.number);
    let rows = lines.iter().map(|line| row(reader, line)).collect_view();
    view! {
        <Table cols=cols caption=t!(reader, "admin-nav-audit") cards=true>{rows}</Table>
        {pager(reader, urls::admin::AUDIT, &query.pairs(), next, !query.after.is_empty())}
    }
    .into_any()
}

fn row(reader: &Reader, line: &Line) -> AnyView {
    let action = action_label(reader, &line.action);
    let who = match line.actor_name.as_str() {
        "" if line.is_erased => t!(reader, "privacy-former-member"),
        "" => t!(reader, "admin-audit-nobody"),
        name => name.to_owned(),
    };
    let number = t!(reader, "admin-audit-number", number = line.number.to_string());
    let label = if line.label.is_empty() { number } else { format!("{} · {number}", line.label) };
    let at = moment(reader, line.at);
    view! {
        <tr>
            <td class="m-1a py-2"><p class="mid">{action}</p><p class="t-12 muted">{label}</p>{details(reader, line)}</td>
            <td class="m-2a">{who}</td>
            <td class="drop-l drop-m muted num">{line.client.clone()}</td>
            <td class="m-1b r faint">{at}</td>
        </tr>
    }
    .into_any()
}

/// What it was and what it is, where the entry tells.
fn details(reader: &Reader, line: &Line) -> AnyView {
    if line.before.is_empty() && line.after.is_empty() {
        return ().into_any();
    }
    let parts = [("admin-audit-before", &line.before), ("admin-audit-after", &line.after)]
        .into_iter()
        .filter(|(_, json)| !json.is_empty())
        .map(|(key, json)| {
            let label = i18n::t(reader, key);
            view! { <dt>{label}</dt><dd class="break-words">{change_in_words(json)}</dd> }
        })
        .collect_view();
    let (title, object) = (t!(reader, "admin-audit-details"), line.object.clone());
    view! {
        <details class="t-12">
            <summary class="muted">{title}</summary>
            <p class="faint num break-all">{object}</p>
            <dl class="kv">{parts}</dl>
        </details>
    }
    .into_any()
}
