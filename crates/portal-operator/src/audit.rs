//! `/operator/audit`: what operators did, the latest first.

use crate::common::{console, frame, moment};
use domain::{
    audit::{self, AuditQuery, Line},
    operations,
};
use i18n::t;
use kernel::urls;
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{RequestCx, change_in_words, pager};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    after: String,
}

/// `/operator/audit`
#[component]
pub fn AuditPage() -> impl IntoView {
    console(async |cx| {
        operations::operator(cx.services(), cx.visitor()).await?;
        let before = cx.query::<Query>().after.parse().ok();
        let query = AuditQuery { before, ..AuditQuery::default() };
        let (lines, more) = audit::log(cx.services(), cx.visitor(), &query).await?;
        Ok(view(&cx, &lines, more, before.is_some()))
    })
}

fn view(cx: &RequestCx, lines: &[Line], more: bool, is_later: bool) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let title = t!(locale, "operator-nav-audit");
    let cols =
        vec![Col::new(t!(locale, "admin-audit-what")), Col::new(t!(locale, "admin-audit-who")), Col::end(t!(locale, "admin-audit-when"))];
    let rows = lines.iter().map(|line| {
        let action = i18n::t(locale, &format!("admin-audit-{}", line.action.replace(['.', '_'], "-")));
        let change = [&line.before, &line.after].into_iter().filter(|json| !json.is_empty()).map(|json| change_in_words(json)).collect::<Vec<_>>().join(" → ");
        let who = if line.actor_name.is_empty() { t!(locale, "admin-audit-nobody") } else { line.actor_name.clone() };
        view! {
            <tr>
                <td class="m-1a py-2"><p class="mid">{action}</p><p class="t-12 muted">{line.label.clone()}</p><p class="t-12 break-words faint">{change}</p></td>
                <td class="m-2a">{who}</td>
                <td class="m-1b r faint">{moment(reader, line.at)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let next = lines.last().filter(|_| more).map(|line| line.number);
    let pages = pager(reader, urls::operator::AUDIT, &[], next, is_later);
    let page = view! {
        <PageHead title=title.clone() note=t!(locale, "operator-audit-note")/>
        <Table cols=cols caption=title.clone() cards=true>{rows}</Table>
        {pages}
    };
    frame(&title, page.into_any())
}
