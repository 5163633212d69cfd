//! `/prices`: what lessons cost, by subject.

use crate::parts::site;
use domain::catalogue::{self, Prices, SubjectPrices};
use i18n::{Reader, t};
use kernel::urls;
use leptos::prelude::*;
use ui::prelude::*;
use web::{RequestCx, page};

/// `/prices`
#[component]
pub fn PricesPage() -> impl IntoView {
    page(async |cx| {
        let prices = catalogue::prices(cx.services(), cx.actor()?).await?;
        Ok(prices_view(&cx, &prices))
    })
}

fn prices_view(cx: &RequestCx, prices: &[SubjectPrices]) -> AnyView {
    let reader = cx.reader();
    let locale = cx.locale();
    let title = t!(reader, "public-nav-prices");
    let table = if prices.is_empty() {
        view! { <Empty title=t!(reader, "public-prices-none") body=t!(reader, "catalogue-empty-body") icon=Glyph::Coins/> }.into_any()
    } else {
        let cols = vec![
            Col::new(t!(reader, "catalogue-subject")),
            Col::end(t!(reader, "public-price-typical")),
            Col::end(t!(reader, "public-price-range")),
            Col::end(t!(reader, "public-price-trial")),
            Col::end(t!(reader, "public-tutors")),
        ];
        let rows = prices.iter().map(|one| row(reader, one)).collect_view();
        view! { <Table cols=cols caption=t!(reader, "public-prices-caption") cards=true>{rows}</Table> }.into_any()
    };
    let steps = ["public-price-note-tutor", "public-price-note-hold", "public-price-note-fee"]
        .into_iter()
        .map(|key| view! { <li class="row top"><Icon name=Glyph::Check class="text-ok"/><span>{i18n::t(reader, key)}</span></li> })
        .collect_view();
    let body = view! {
        <div class="page">
            <div class="text-page wide">
                <h1>{title.clone()}</h1>
                <p class="read muted mt-1">{t!(reader, "public-prices-intro")}</p>
                <div class="mt-4">{table}</div>
                <ul class="stack stack-2 mt-6" role="list">{steps}</ul>
                <p class="row wrap mt-6">
                    <LinkButton href=urls::TUTORS tone=Tone::Primary>{t!(locale, "public-nav-tutors")}</LinkButton>
                    <LinkButton href=urls::POLICY tone=Tone::Ghost>{t!(locale, "public-nav-policy")}</LinkButton>
                </p>
            </div>
        </div>
    }
    .into_any();
    site(title.clone(), body)
}

fn row(reader: &Reader, one: &SubjectPrices) -> AnyView {
    let href = urls::with_query(urls::TUTORS, &[("subject", &one.subject.slug)]);
    let typical = one.hour.map_or_else(|| "–".to_owned(), |hour| reader.money(hour.median));
    let spread = |prices: Prices| {
        if prices.min == prices.max {
            reader.money(prices.min)
        } else {
            t!(reader, "public-price-between", from = reader.money(prices.min), to = reader.money(prices.max))
        }
    };
    let range = one.hour.map_or_else(|| "–".to_owned(), spread);
    let trial_label = format!("{} ", t!(reader, "booking-trial"));
    let trial = one.trial.map_or_else(|| "–".to_owned(), spread);
    view! {
        <tr>
            <td class="m-1a"><a class="link-quiet mid" href=href>{one.subject.name.clone()}</a></td>
            <td class="r num strong m-1b">{typical}</td>
            <td class="r num m-2a">{range}</td>
            <td class="r num m-2b"><span class="only-m">{trial_label}</span>{trial}</td>
            <td class="r num muted drop-m">{reader.number(one.subject.count)}</td>
        </tr>
    }
    .into_any()
}
