//! `/tutors/:slug`: a tutor's page with the booking calendar.

use super::{panel, profile, reviews};
use crate::parts::{route_param, site, soonest};
use domain::catalogue::{self, TutorWithTimes};
use i18n::t;
use islands::booking::{BookQuery, panel::wanted_range};
use kernel::{availability::Slot, ids::VariantId, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::{IslandScripts, RequestCx, page};

/// `/tutors/:slug`
#[component]
pub fn TutorPage() -> impl IntoView {
    let slug = route_param("slug");
    page(async move |cx| {
        let query: BookQuery = cx.query();
        let variant = query.variant.parse::<VariantId>().ok();
        let range = wanted_range(&cx, &query);
        let found = catalogue::tutor_with_times(cx.services(), cx.actor()?, &slug, variant, range).await?;
        let panel = panel::panel(&cx, &query, &found).await?;
        Ok(tutor_view(&cx, &found, panel))
    })
}

fn tutor_view(cx: &RequestCx, found: &TutorWithTimes, panel: AnyView) -> AnyView {
    let reader = cx.reader();
    let tutor = &found.tutor;
    let crumbs = {
        let mut items = vec![(urls::TUTORS.to_owned(), t!(reader, "public-nav-tutors"))];
        if let Some(subject) = tutor.subjects().first() {
            items.push((urls::with_query(urls::TUTORS, &[("subject", &subject.slug)]), subject.name.clone()));
        }
        items
    };
    let count = reader.number(tutor.rating.count);
    let tabs = vec![
        Tab::new("#about", t!(reader, "public-about"), true),
        Tab::new("#lessons", t!(reader, "public-lessons-and-prices"), false),
        Tab::new("#record", t!(reader, "public-qualifications"), false),
        Tab::new("#reviews", t!(reader, "public-reviews"), false).count(count),
    ];
    let locale = cx.locale();
    let price = reader.money(found.chosen.price);
    let per = t!(reader, "public-per-minutes", minutes = reader.duration_minutes(found.chosen.minutes));
    let soon = next_line(cx, found.free.first());
    let body = view! {
        <div class="page">
            <Crumbs label=t!(reader, "common-breadcrumb") items=crumbs here=tutor.name.clone()/>
            <div class="prof">
                <div>
                    {profile::who(cx, tutor)}
                    {profile::facts(reader, tutor)}
                    <Tabs label=t!(reader, "public-on-this-page") items=tabs class="mt-1"/>
                    {profile::about(reader, tutor)}
                    {profile::offers(reader, tutor)}
                    {profile::record(reader, tutor)}
                    {reviews::section(cx, tutor)}
                </div>
                {panel}
            </div>
        </div>
        <div class="cta only-m">
            <p class="grow"><span class="strong num">{price}</span>" "<span class="faint">{per}</span><br/>{soon}</p>
            <LinkButton href="#book" tone=Tone::Primary>{t!(locale, "booking-choose")}</LinkButton>
        </div>
    }
    .into_any();
    view! { {site(tutor.name.clone(), body)} <IslandScripts/> }.into_any()
}

fn next_line(cx: &RequestCx, slot: Option<&Slot>) -> AnyView {
    match slot {
        Some(slot) => {
            let text = t!(cx.reader(), "booking-next-free", time = soonest(cx.reader(), slot, cx.now()));
            view! { <span class="t-12 muted num">{text}</span> }.into_any()
        }
        None => ().into_any(),
    }
}
