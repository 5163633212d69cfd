//! `/tutors`: the search.

use super::{filters::Filters, rail};
use crate::parts::{language, site, tutor_list};
use domain::catalogue::{self, FreeCell, Sort, TutorPage};
use i18n::{Reader, t};
use kernel::{Currency, Money, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::{RequestCx, page};

/// `/tutors`
#[component]
pub fn CataloguePage() -> impl IntoView {
    page(async |cx| {
        let filters = Filters::parse(cx.raw_query());
        let actor = cx.actor()?;
        let query = filters.query(actor.tenant.currency, cx.reader().zone_name.clone());
        let found = catalogue::search(cx.services(), actor, &query).await?;
        Ok(catalogue_view(&cx, &filters, &found, actor.tenant.currency))
    })
}

fn catalogue_view(cx: &RequestCx, filters: &Filters, found: &TutorPage, currency: Currency) -> AnyView {
    let reader = cx.reader();
    let subject = found.facets.subjects.iter().find(|facet| facet.slug == filters.subject);
    let title = match subject {
        Some(subject) => t!(reader, "catalogue-title-subject", subject = &subject.name),
        None => t!(reader, "catalogue-title"),
    };
    let status = match found.free_this_week {
        Some(free) => t!(reader, "catalogue-status-free", total = found.total, everyone = found.everyone, free = free),
        None => t!(reader, "catalogue-status", total = found.total, everyone = found.everyone),
    };
    let results = if found.rows.is_empty() { nothing(reader, filters, found) } else { tutor_list(cx, &found.rows) };
    let body = view! {
        <div class="page">
            <div class="row wrap cat-title">
                <h1>{title.clone()}</h1>
                <p class="muted num" role="status">{status}</p>
            </div>
            {bar(reader, filters, found, currency)}
            <div class="cat">
                {rail::rail(cx, filters, found, currency)}
                <section aria-labelledby="results">
                    <h2 class="sr" id="results">{t!(reader, "catalogue-results")}</h2>
                    {results}
                    {pager(reader, filters, found)}
                </section>
            </div>
        </div>
    }
    .into_any();
    site(title.clone(), body)
}

/// The search box, the chosen filters, the order.
fn bar(reader: &Reader, filters: &Filters, found: &TutorPage, currency: Currency) -> AnyView {
    let locale = reader.locale;
    let chips = chips(reader, filters, found, currency);
    let clear = (!chips.is_empty() || !filters.text.is_empty()).then(|| {
        let href = Filters { sort: filters.sort, ..Filters::default() }.href();
        view! { <LinkButton href=href tone=Tone::Ghost size=Size::Small class="hide-m">{t!(locale, "common-clear")}</LinkButton> }
    });
    let count = filters.count();
    let dot = (count > 0).then(|| view! { <CountDot count=count.to_string()/> });
    let current = sort_name(reader, filters.sort);
    let orders = Sort::ALL
        .into_iter()
        .map(|sort| view! { <MenuLink href=filters.with(|f| f.sort = sort).href() label=sort_name(reader, sort) current=sort == filters.sort/> })
        .collect_view();
    view! {
        <div class="search-bar">
            <form class="search" role="search" action=urls::TUTORS>
                {filters.hidden(&["q"])}
                <Input name="q" kind="search" value=filters.text.clone() icon=Glyph::Search placeholder=t!(reader, "catalogue-search")
                    aria_label=t!(reader, "catalogue-search") autocomplete="off"/>
            </form>
            <LinkButton href="#filters" icon=Glyph::SlidersHorizontal class="only-m">{t!(locale, "common-filters")}{dot}</LinkButton>
            <div class="chips hide-m">{chips}</div>
            {clear}
            <div class="row end sort">
                <span class="muted hide-m" aria-hidden="true">{t!(reader, "catalogue-sort")}</span>
                <Menu label=t!(reader, "catalogue-sort-by", order = current)>{orders}</Menu>
            </div>
        </div>
    }
    .into_any()
}

fn sort_name(reader: &Reader, sort: Sort) -> String {
    i18n::t(
        reader,
        match sort {
            Sort::Best => "catalogue-sort-best",
            Sort::Price => "catalogue-sort-price",
            Sort::PriceDesc => "catalogue-sort-price-desc",
            Sort::Rating => "catalogue-sort-rating",
            Sort::Lessons => "catalogue-sort-lessons",
        },
    )
}

/// The chosen filters; a click takes one away.
fn chips(reader: &Reader, filters: &Filters, found: &TutorPage, currency: Currency) -> Vec<AnyView> {
    let mut chips = Vec::new();
    let mut chip = |label: String, without: Filters| {
        let remove = t!(reader, "catalogue-remove-filter", filter = &label);
        chips.push(view! { <Chip label=label href=without.href() on=true remove_label=remove/> }.into_any());
    };
    let named = |facets: &[catalogue::Facet], slug: &str| {
        facets.iter().find(|facet| facet.slug == slug).map_or_else(|| slug.to_owned(), |facet| facet.name.clone())
    };
    if !filters.subject.is_empty() {
        chip(named(&found.facets.subjects, &filters.subject), filters.with(|f| f.subject.clear()));
    }
    for level in &filters.levels {
        chip(named(&found.facets.levels, level), filters.with(|f| f.levels.retain(|other| other != level)));
    }
    let money = |text: &str| Money::parse_decimal(text, currency).map(|money| reader.money(money));
    let price = match (money(&filters.from), money(&filters.to)) {
        (Some(from), Some(to)) => Some(t!(reader, "catalogue-chip-between", from = from, to = to)),
        (Some(from), None) => Some(t!(reader, "catalogue-chip-from", from = from)),
        (None, Some(to)) => Some(t!(reader, "catalogue-chip-to", to = to)),
        (None, None) => None,
    };
    if let Some(price) = price {
        chip(
            price,
            filters.with(|f| {
                f.from.clear();
                f.to.clear();
            }),
        );
    }
    if !filters.language.is_empty() {
        chip(language(reader, &filters.language), filters.with(|f| f.language.clear()));
    }
    if filters.well_rated {
        chip(
            t!(reader, "catalogue-rating-up", rating = reader.decimal(u32::from(super::filters::WELL_RATED), 1)),
            filters.with(|f| f.well_rated = false),
        );
    }
    if filters.trial {
        chip(t!(reader, "catalogue-trial"), filters.with(|f| f.trial = false));
    }
    match filters.free.as_slice() {
        [] => {}
        [one] => chip(cell_name(reader, *one), filters.with(|f| f.free.clear())),
        many => chip(t!(reader, "catalogue-chip-times", count = many.len()), filters.with(|f| f.free.clear())),
    }
    chips
}

/// "Wed 17 on".
fn cell_name(reader: &Reader, cell: FreeCell) -> String {
    let day = jiff::civil::Weekday::from_monday_one_offset(cell.weekday).map_or("", |day| reader.weekday_short(day));
    t!(reader, "catalogue-chip-time", day = day, part = rail::part_name(reader, cell.part))
}

fn pager(reader: &Reader, filters: &Filters, found: &TutorPage) -> AnyView {
    let shown = u32::try_from(found.rows.len()).unwrap_or(u32::MAX);
    if found.total == 0 || shown == 0 {
        return ().into_any();
    }
    let last = found.before + shown;
    let summary = if found.before == 0 {
        t!(reader, "catalogue-shown", shown = last, total = found.total)
    } else {
        t!(reader, "catalogue-shown-range", first = found.before + 1, last = last, total = found.total)
    };
    let locale = reader.locale;
    let first = (found.before > 0).then(|| {
        view! { <LinkButton href=filters.with(|_| {}).href() tone=Tone::Ghost>{t!(locale, "catalogue-first-page")}</LinkButton> }
    });
    let next = found.next.as_deref().map(|cursor| {
        let rest = found.total.saturating_sub(last).min(24);
        view! { <LinkButton href=filters.href_after(cursor)>{t!(locale, "catalogue-show-more", count = rest)}</LinkButton> }
    });
    view! {
        <nav class="pager" aria-label=t!(reader, "common-pages")>
            <p class="faint num">{summary}</p>
            <span class="row end">{first}{next}</span>
        </nav>
    }
    .into_any()
}

/// Nobody fits, or nobody is there yet.
fn nothing(reader: &Reader, filters: &Filters, found: &TutorPage) -> AnyView {
    if found.everyone == 0 {
        return view! {
            <Empty title=t!(reader, "catalogue-empty-title") body=t!(reader, "catalogue-empty-body") icon=Glyph::Users/>
        }
        .into_any();
    }
    let locale = reader.locale;
    let all = Filters { sort: filters.sort, ..Filters::default() }.href();
    view! {
        <Empty title=t!(reader, "catalogue-none-title") body=t!(reader, "catalogue-none-body") icon=Glyph::Search>
            <LinkButton href=all>{t!(locale, "common-clear-filters")}</LinkButton>
        </Empty>
    }
    .into_any()
}
