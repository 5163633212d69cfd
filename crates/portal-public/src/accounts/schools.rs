//! `/account/schools`: the schools that somebody is a member of. Each has sign-in of its own.

use super::frame;
use domain::accounts::{self, School};
use i18n::t;
use kernel::urls;
use leptos::prelude::*;
use ui::prelude::*;
use web::{RequestCx, page};

/// `/account/schools`
#[component]
pub fn SchoolsPage() -> impl IntoView {
    page(async |cx| {
        let schools = accounts::schools(cx.services(), cx.actor()?).await?;
        let here = cx.actor()?.tenant.slug.clone();
        Ok(view(&cx, &schools, &here))
    })
}

fn view(cx: &RequestCx, schools: &[School], here: &str) -> AnyView {
    let locale = cx.locale();
    let tenants = &cx.services().tenants;
    let rows = schools
        .iter()
        .map(|school| {
            let origin = tenants.origin_of(&school.slug);
            let note = origin.split_once("://").map_or_else(String::new, |(_, host)| host.to_owned());
            if school.slug == here {
                let label = t!(locale, "accounts-schools-here");
                let end = view! { <Badge>{label}</Badge> }.into_any();
                view! { <ListRow title=school.name.clone() note=note end=end/> }.into_any()
            } else {
                view! { <ListRow title=school.name.clone() note=note href=format!("{origin}{}", urls::ACCOUNT)/> }.into_any()
            }
        })
        .collect_view();
    let directory = tenants.platform_origin();
    let body = view! {
        <List ruled=true>{rows}</List>
        <p><a class="link" href=directory>{t!(locale, "accounts-schools-more")}</a></p>
    };
    frame(t!(locale, "accounts-schools-title"), t!(locale, "accounts-schools-lead").into_any(), body.into_any())
}
