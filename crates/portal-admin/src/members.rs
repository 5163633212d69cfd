//! `/admin/members`: everybody at this school, the newest first.

use crate::common::{filter_buttons, frame, nothing_found, pager, person};
use domain::{
    booking::Person,
    catalogue::{self, MemberQuery, MemberRow},
    page::Page,
};
use i18n::{Reader, t};
use kernel::{Role, urls};
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{RequestCx, page};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    text: String,
    role: String,
    after: String,
}

impl Query {
    fn pairs(&self) -> [(&str, &str); 2] {
        [("text", &self.text), ("role", &self.role)]
    }
}

/// `/admin/members`
#[component]
pub fn MembersPage() -> impl IntoView {
    page(async |cx| {
        let query: Query = cx.query();
        let wanted = MemberQuery {
            text: query.text.clone(),
            role: Role::ALL.into_iter().find(|role| role.key() == query.role),
            cursor: query.after.parse().ok(),
        };
        let members = catalogue::members(cx.services(), cx.actor()?, &wanted).await?;
        Ok(view(&cx, &query, &members))
    })
}

fn view(cx: &RequestCx, query: &Query, members: &Page<MemberRow>) -> AnyView {
    let reader = cx.reader();
    let title = t!(reader, "admin-nav-members");
    let list = if members.items.is_empty() { nothing_found(reader, urls::admin::MEMBERS) } else { list(reader, query, members) };
    let page = view! {
        <PageHead title=title.clone() note=t!(reader, "admin-members-note")/>
        {filters(reader, query)}
        {list}
    };
    frame(&title, page.into_any())
}

fn role_label(reader: &Reader, role: Role) -> String {
    match role {
        Role::Student => t!(reader, "common-role-student"),
        Role::Tutor => t!(reader, "common-role-tutor"),
        Role::Admin => t!(reader, "common-role-admin"),
    }
}

fn filters(reader: &Reader, query: &Query) -> AnyView {
    let roles = Role::ALL.map(|role| Choice::new(role.key(), role_label(reader, role))).to_vec();
    view! {
        <form method="get" action=urls::admin::MEMBERS role="search" aria-label=t!(reader, "admin-members-filter")
            class="grid grid-cols-2 lg:grid-cols-[minmax(0,360px)_200px_auto] gap-3 items-end mb-6">
            <TextField name="text" kind="search" label=t!(reader, "common-search") placeholder=t!(reader, "admin-members-search")
                value=query.text.clone() icon=Glyph::Search class="col-span-2 lg:col-span-1"/>
            <SelectField name="role" label=t!(reader, "admin-role") choices=roles empty=t!(reader, "common-all") value=query.role.clone()/>
            {filter_buttons(reader, urls::admin::MEMBERS, &query.pairs())}
        </form>
    }
    .into_any()
}

fn list(reader: &Reader, query: &Query, members: &Page<MemberRow>) -> AnyView {
    let cols = vec![
        Col::new(t!(reader, "common-name")),
        Col::new(t!(reader, "common-email")),
        Col::new(t!(reader, "admin-roles")),
        Col::new(t!(reader, "common-status")).droppable(),
        Col::end(t!(reader, "admin-member-since")),
    ];
    let rows = members.items.iter().map(|member| row(reader, member)).collect_view();
    view! {
        <Table cols=cols caption=t!(reader, "admin-nav-members") cards=true>{rows}</Table>
        {pager(reader, urls::admin::MEMBERS, &query.pairs(), members.next, !query.after.is_empty())}
    }
    .into_any()
}

fn row(reader: &Reader, member: &MemberRow) -> AnyView {
    let face = person(&Person { id: member.id, name: member.name.clone() });
    let face = match &member.tutor_slug {
        Some(slug) => view! { <a class="link-quiet" href=urls::tutor(slug)>{face}</a> }.into_any(),
        None => face,
    };
    let locale = reader.locale;
    let role = |role: Role| {
        let label = role_label(reader, role);
        view! { <Badge mood=Mood::Line>{label}</Badge> }
    };
    let roles = member.roles.iter().map(role).collect_view();
    let status = if member.active {
        view! { <span class="muted">{t!(reader, "admin-member-active")}</span> }.into_any()
    } else {
        view! { <Badge mood=Mood::Bad>{t!(locale, "admin-member-suspended")}</Badge> }.into_any()
    };
    let since = reader.date_short_year(member.created_at);
    view! {
        <tr>
            <td class="m-1a">{face}</td>
            <td class="m-2a muted"><a class="link-quiet" href=format!("mailto:{}", member.email)>{member.email.clone()}</a></td>
            <td class="m-1b"><span class="row">{roles}</span></td>
            <td class="drop-l drop-m">{status}</td>
            <td class="m-2b r faint"><TimeText iso=member.created_at.to_string() text=since/></td>
        </tr>
    }
    .into_any()
}
