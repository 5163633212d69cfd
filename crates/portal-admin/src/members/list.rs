//! `/admin/members`: everybody at this school, the newest first.

use super::{can_manage, role_badges, role_label, tabs};
use crate::common::{filter_buttons, frame, nothing_found, person};
use domain::{
    booking::Person,
    members::{self, Holder, MemberQuery, MemberRow, StaffRole},
    page::Page,
};
use i18n::{Reader, t};
use kernel::{Role, urls};
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{RequestCx, page, pager};

/// The value of the filter for those who are suspended.
const SUSPENDED: &str = "suspended";

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

/// Which members the address asks for, on the page and as a file.
pub fn wanted(cx: &RequestCx) -> MemberQuery {
    let query: Query = cx.query();
    let holder = match query.role.as_str() {
        SUSPENDED => Holder::Suspended,
        key => Role::parse(key).map(Holder::Role).or_else(|| key.parse().ok().map(Holder::Staff)).unwrap_or_default(),
    };
    MemberQuery { text: query.text, holder, cursor: query.after.parse().ok() }
}

/// `/admin/members`
#[component]
pub fn MembersPage() -> impl IntoView {
    page(async |cx| {
        let (services, actor) = (cx.services(), cx.actor()?);
        let members = members::list(services, actor, &wanted(&cx)).await?;
        let staff = members::staff_roles(services, actor).await?;
        Ok(view(&cx, &cx.query(), &members, &staff))
    })
}

fn view(cx: &RequestCx, query: &Query, members: &Page<MemberRow>, staff: &[StaffRole]) -> AnyView {
    let reader = cx.reader();
    let title = t!(reader, "admin-nav-members");
    let list = if members.items.is_empty() { nothing_found(reader, urls::admin::MEMBERS) } else { list(reader, query, members) };
    let locale = cx.locale();
    let actions = can_manage(cx).then(|| {
        view! {
            <LinkButton href=urls::admin::IMPORT icon=Glyph::Upload>{t!(locale, "admin-import")}</LinkButton>
            <LinkButton href=urls::admin::INVITE tone=Tone::Primary icon=Glyph::UserPlus>{t!(locale, "admin-invite")}</LinkButton>
        }
    });
    let file = urls::with_query(urls::admin::MEMBERS_FILE, &query.pairs());
    let page = view! {
        <PageHead title=title.clone() note=t!(reader, "admin-members-note")>{actions}</PageHead>
        {tabs(cx, urls::admin::MEMBERS)}
        {filters(reader, query, staff)}
        {list}
        <p class="mt-4"><LinkButton href=file tone=Tone::Ghost size=Size::Small icon=Glyph::Download>{t!(locale, "admin-audit-export")}</LinkButton></p>
    };
    frame(&title, page.into_any())
}

fn filters(reader: &Reader, query: &Query, staff: &[StaffRole]) -> AnyView {
    let roles = Role::ALL.map(|role| Choice::new(role.key(), role_label(reader, role)));
    let staff = staff.iter().map(|role| Choice::new(role.id.to_string(), role.name.clone()).group(t!(reader, "admin-staff-roles")));
    let suspended = Choice::new(SUSPENDED, t!(reader, "admin-member-suspended")).group(t!(reader, "common-status"));
    let choices: Vec<Choice> = roles.into_iter().chain(staff).chain([suspended]).collect();
    view! {
        <form method="get" autocomplete="off" action=urls::admin::MEMBERS role="search" aria-label=t!(reader, "admin-members-filter")
            class="grid grid-cols-2 lg:grid-cols-[minmax(0,360px)_200px_auto] gap-3 items-end mb-6">
            <TextField name="text" kind="search" label=t!(reader, "common-search") placeholder=t!(reader, "admin-members-search")
                value=query.text.clone() icon=Glyph::Search class="col-span-2 lg:col-span-1"/>
            <SelectField name="role" label=t!(reader, "admin-role") choices=choices empty=t!(reader, "common-all") value=query.role.clone()/>
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
    let roles = role_badges(reader, member.roles, member.staff_role.as_ref());
    let status = if member.active {
        view! { <span class="muted">{t!(reader, "admin-member-active")}</span> }.into_any()
    } else {
        let suspended = t!(reader, "admin-member-suspended");
        view! { <Badge mood=Mood::Bad>{suspended}</Badge> }.into_any()
    };
    let since = reader.date_short_year(member.created_at);
    view! {
        <tr>
            <td class="m-1a"><a class="cover" href=urls::admin::member(member.id)>{face}</a></td>
            <td class="m-2a muted">{member.email.clone()}</td>
            <td class="m-1b">{roles}</td>
            <td class="drop-l drop-m">{status}</td>
            <td class="m-2b r faint"><TimeText iso=member.created_at.to_string() text=since/></td>
        </tr>
    }
    .into_any()
}
