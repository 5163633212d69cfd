//! The filters beside the results; on phones a sheet.

use super::filters::{Filters, WELL_RATED};
use crate::parts::{currency_sign, language};
use domain::catalogue::{DayPart, Facet, PriceBand, TutorPage};
use i18n::{Reader, t};
use jiff::civil::Weekday;
use kernel::{Currency, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::RequestCx;

/// The form of every filter but the words.
pub fn rail(cx: &RequestCx, filters: &Filters, found: &TutorPage, currency: Currency) -> AnyView {
    let reader = cx.reader();
    let locale = cx.locale();
    let facets = &found.facets;
    let clear = Filters { text: filters.text.clone(), sort: filters.sort, ..Filters::default() }.href();
    let show = t!(reader, "catalogue-show", count = found.total);
    let zone = t!(reader, "common-times-in-zone", zone = reader.zone_label(cx.now()));
    let ratings = vec![
        Choice::new("any", t!(reader, "catalogue-rating-any")),
        Choice::new(WELL_RATED.to_string(), t!(reader, "catalogue-rating-up", rating = reader.decimal(u32::from(WELL_RATED), 1))),
    ];
    let rated = facets.rated_48;
    view! {
        <form class="filters sheet-m" id="filters" aria-label=t!(reader, "common-filters") action=urls::TUTORS>
            <div class="row only-m sheet-head">
                <h2 class="grow">{t!(reader, "common-filters")}</h2>
                <LinkButton href=clear.clone() tone=Tone::Ghost size=Size::Small>{t!(locale, "common-clear")}</LinkButton>
                <IconLink href="#main" label=t!(reader, "common-close") icon=Glyph::X size=Size::Small icon_size=IconSize::Large/>
            </div>
            {kept(filters)}
            {subjects(reader, filters, &facets.subjects)}
            {levels(reader, filters, &facets.levels)}
            {prices(reader, filters, &facets.prices, currency)}
            <fieldset>
                <legend>{t!(reader, "catalogue-when")}</legend>
                {when(reader, filters)}
                <p class="hint mt-1">{zone}</p>
            </fieldset>
            {spoken(reader, filters, &facets.languages)}
            <RadioGroup name="rating" legend=t!(reader, "catalogue-rating") choices=ratings
                value=if filters.well_rated { WELL_RATED.to_string() } else { "any".to_owned() } hint=t!(reader, "catalogue-rating-count", count = rated)/>
            <Switch name="trial" label=t!(reader, "catalogue-trial") checked=filters.trial/>
            <div class="filters-foot sheet-foot">
                <Button tone=Tone::Secondary block=true>{show}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// What other forms set: the words and the order.
fn kept(filters: &Filters) -> AnyView {
    filters.hidden(&["subject", "level", "from", "to", "language", "rating", "trial", "free"])
}

fn subjects(reader: &Reader, filters: &Filters, subjects: &[Facet]) -> Option<AnyView> {
    (!subjects.is_empty()).then(|| {
        let choices = subjects.iter().map(|facet| Choice::new(&facet.slug, with_count(reader, &facet.name, facet.count))).collect();
        view! {
            <SelectField name="subject" label=t!(reader, "catalogue-subject") choices=choices empty=t!(reader, "catalogue-any-subject") value=filters.subject.clone()/>
        }
        .into_any()
    })
}

fn with_count(reader: &Reader, name: &str, count: u32) -> String {
    format!("{name} ({})", reader.number(count))
}

fn levels(reader: &Reader, filters: &Filters, levels: &[Facet]) -> Option<AnyView> {
    (!levels.is_empty()).then(|| {
        let boxes = levels
            .iter()
            .map(|facet| {
                let checked = filters.levels.contains(&facet.slug);
                view! { <Checkbox name="level" value=facet.slug.clone() label=facet.name.clone() count=reader.number(facet.count) checked=checked/> }
            })
            .collect_view();
        view! { <fieldset><legend>{t!(reader, "catalogue-level")}</legend>{boxes}</fieldset> }.into_any()
    })
}

fn prices(reader: &Reader, filters: &Filters, bands: &[PriceBand], currency: Currency) -> AnyView {
    let sign = currency_sign(reader, currency);
    let from = bands.iter().position(|band| band.chosen);
    let to = bands.iter().rposition(|band| band.chosen);
    let values: Vec<i64> = bands.iter().map(|band| i64::from(band.count)).collect();
    let histogram = (!values.is_empty()).then(|| {
        let (from, to) = match (from, to) {
            (Some(from), Some(to)) => (from, to),
            // No bar is inside.
            _ => (values.len(), values.len()),
        };
        view! { <Histogram values=values from=from to=to/> }
    });
    view! {
        <fieldset>
            <legend>{t!(reader, "catalogue-price")}</legend>
            {histogram}
            <div class="row mt-2">
                <TextField name="from" label=t!(reader, "catalogue-price-from") label_hidden=true prefix=sign.clone() inputmode="decimal" num=true
                    value=filters.from.clone() class="grow"/>
                <span class="faint">{t!(reader, "catalogue-price-between")}</span>
                <TextField name="to" label=t!(reader, "catalogue-price-to") label_hidden=true prefix=sign inputmode="decimal" num=true
                    value=filters.to.clone() class="grow"/>
            </div>
        </fieldset>
    }
    .into_any()
}

fn when(reader: &Reader, filters: &Filters) -> AnyView {
    let days = (1..=7)
        .filter_map(|number| Weekday::from_monday_one_offset(number).ok().map(|day| (number, day)))
        .map(|(number, day)| (number.to_string(), reader.weekday_narrow(day).to_owned(), reader.weekday_long(day).to_owned()))
        .collect();
    let parts = DayPart::ALL.into_iter().map(|part| (part.key().to_owned(), part_name(reader, part))).collect();
    let chosen = filters.free.iter().map(ToString::to_string).collect();
    view! { <WhenGrid name="free" caption=t!(reader, "catalogue-when") days=days parts=parts chosen=chosen/> }.into_any()
}

/// "to 12", "12–17", "17 on".
pub fn part_name(reader: &Reader, part: DayPart) -> String {
    i18n::t(
        reader,
        match part {
            DayPart::Morning => "catalogue-part-morning",
            DayPart::Afternoon => "catalogue-part-afternoon",
            DayPart::Evening => "catalogue-part-evening",
        },
    )
}

fn spoken(reader: &Reader, filters: &Filters, languages: &[Facet]) -> Option<AnyView> {
    (languages.len() > 1).then(|| {
        let choices = languages
            .iter()
            .map(|facet| Choice::new(&facet.slug, with_count(reader, &language(reader, &facet.slug), facet.count)))
            .collect();
        view! {
            <SelectField name="language" label=t!(reader, "catalogue-language") choices=choices empty=t!(reader, "catalogue-any-language")
                value=filters.language.clone()/>
        }
        .into_any()
    })
}
