//! The list.

use crate::common::{console, frame, moment, standing_badge};
use domain::{
    operations::{self, SchoolQuery, SchoolRow},
    page::Page,
    tenancy::Standing,
};
use i18n::t;
use kernel::urls;
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{RequestCx, pager};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    text: String,
    standing: String,
    after: String,
}

/// `/operator/schools`
#[component]
pub fn SchoolsPage() -> impl IntoView {
    console(async |cx| {
        let query: Query = cx.query();
        let wanted = SchoolQuery { text: query.text.clone(), standing: query.standing.clone(), cursor: query.after.parse().ok() };
        let schools = operations::list(cx.services(), cx.visitor(), &wanted).await?;
        Ok(view(&cx, &query, &schools))
    })
}

fn view(cx: &RequestCx, query: &Query, schools: &Page<SchoolRow>) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "operator-nav-schools");
    let standings = [Standing::Active, Standing::Suspended, Standing::Deleted]
        .map(|standing| Choice::new(standing.key(), i18n::t(locale, &format!("operator-standing-{}", standing.key()))));
    let cols = vec![
        Col::new(t!(locale, "operator-school")),
        Col::new(t!(locale, "operator-standing")),
        Col::end(t!(locale, "operator-students")),
        Col::end(t!(locale, "operator-tutors")).droppable(),
        Col::end(t!(locale, "operator-bookings")).droppable(),
        Col::end(t!(locale, "operator-storage")).droppable(),
        Col::end(t!(locale, "operator-seen")).droppable(),
    ];
    let rows = schools.items.iter().map(|school| row(cx, school)).collect_view();
    let list = if schools.items.is_empty() {
        view! { <Empty icon=Glyph::Search title=t!(locale, "operator-schools-none") body=t!(locale, "operator-schools-none-body")/> }
            .into_any()
    } else {
        view! { <Table cols=cols caption=title.clone() cards=true>{rows}</Table> }.into_any()
    };
    let filters = [("text", query.text.as_str()), ("standing", query.standing.as_str())];
    let pages = pager(cx.reader(), urls::operator::SCHOOLS, &filters, schools.next, !query.after.is_empty());
    let page = view! {
        <PageHead title=title.clone() note=t!(locale, "operator-schools-note")/>
        <form method="get" autocomplete="off" action=urls::operator::SCHOOLS role="search" class="grid grid-cols-2 lg:grid-cols-[minmax(0,360px)_240px_auto] gap-3 items-end mb-6">
            <TextField name="text" kind="search" label=t!(locale, "common-search") value=query.text.clone() icon=Glyph::Search class="col-span-2 lg:col-span-1"/>
            <SelectField name="standing" label=t!(locale, "operator-standing") choices=standings.to_vec() empty=t!(locale, "common-all") value=query.standing.clone()/>
            <div class="row wrap">
                <Button>{t!(locale, "common-apply")}</Button>
                <LinkButton href=urls::operator::NEW_SCHOOL icon=Glyph::Plus>{t!(locale, "operator-school-new")}</LinkButton>
            </div>
        </form>
        {list}
        {pages}
    };
    frame(&title, page.into_any())
}

fn row(cx: &RequestCx, school: &SchoolRow) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let tenant = &school.tenant;
    let usage = school.usage;
    let seen = usage.seen_at.map_or_else(|| t!(locale, "operator-never").into_any(), |at| moment(reader, at));
    let storage = t!(locale, "operator-percent", percent = usage.storage.percent());
    view! {
        <tr>
            <td class="m-1a py-2"><p><a class="mid link-quiet" href=urls::operator::school(tenant.id)>{tenant.name.clone()}</a></p><p class="t-12 muted">{tenant.slug.clone()}</p></td>
            <td class="m-1b">{standing_badge(reader, tenant, school.delete_at.is_some())}</td>
            <td class="r num drop-m">{reader.number(usage.students)}</td>
            <td class="r num drop-l drop-m">{reader.number(usage.tutors)}</td>
            <td class="r num drop-l drop-m">{reader.number(usage.bookings)}</td>
            <td class="r num drop-l drop-m">{storage}</td>
            <td class="r faint drop-l drop-m">{seen}</td>
        </tr>
    }
    .into_any()
}
