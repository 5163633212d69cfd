//! `/policy`: what comes back when a lesson is cancelled, in words.

use crate::parts::site;
use domain::tenancy;
use i18n::{Reader, t};
use jiff::{Span, Timestamp, civil};
use kernel::{
    Money,
    policy::{CancellationPolicy, Tier},
    urls,
};
use leptos::prelude::*;
use ui::prelude::*;
use web::{RequestCx, page};

/// The price of the example lesson, in minor units of a currency with two decimals.
const EXAMPLE_MINOR: i64 = 4_000;
/// All of it.
const WHOLE: u32 = 10_000;

/// `/policy`
#[component]
pub fn PolicyPage() -> impl IntoView {
    page(async |cx| {
        let mut tx = cx.actor()?.begin(&cx.services().db).await?;
        let policy = tenancy::terms(&mut tx).await?.cancellation_policy;
        drop(tx);
        let currency = cx.actor()?.tenant.currency;
        Ok(policy_view(&cx, &policy, Money::new(EXAMPLE_MINOR * 10_i64.pow(currency.exponent()) / 100, currency)))
    })
}

fn policy_view(cx: &RequestCx, policy: &CancellationPolicy, price: Money) -> AnyView {
    let reader = cx.reader();
    let locale = cx.locale();
    let title = t!(reader, "public-nav-policy");
    let steps = policy.tiers().iter().map(|tier| tier_item(reader, *tier)).collect_view();
    let last = policy.tiers().last().map(|tier| tier.hours_before);
    let tail = match last {
        None => Some(t!(reader, "public-policy-never")),
        Some(0) => None,
        Some(hours) => Some(t!(reader, "public-policy-late", before = ahead(reader, hours))),
    };
    let tail = tail.map(|text| view! { <TimelineItem title=text/> });
    let (heading, examples) = examples(cx, policy, price);
    let body = view! {
        <div class="page">
            <div class="text-page">
                <h1>{title.clone()}</h1>
                <p class="read muted mt-1">{t!(reader, "public-policy-intro")}</p>
                <section class="section">
                    <h2>{t!(reader, "public-policy-student")}</h2>
                    <Timeline>{steps}{tail}</Timeline>
                </section>
                {(!examples.is_empty()).then(|| view! {
                    <section class="section"><h2>{heading}</h2><List ruled=true>{examples}</List></section>
                })}
                <section class="section">
                    <h2>{t!(reader, "public-policy-tutor")}</h2>
                    <p class="read">{t!(reader, "public-policy-tutor-body")}</p>
                </section>
                <section class="section">
                    <h2>{t!(reader, "public-policy-how")}</h2>
                    <p class="read">{t!(reader, "public-policy-how-body")}</p>
                </section>
                <p class="mt-6"><LinkButton href=urls::TUTORS tone=Tone::Primary>{t!(locale, "public-nav-tutors")}</LinkButton></p>
            </div>
        </div>
    }
    .into_any();
    site(title.clone(), body)
}

/// "24 hours", "2 days".
fn ahead(reader: &Reader, hours: u32) -> String {
    if hours >= 48 && hours.is_multiple_of(24) {
        t!(reader, "public-days", count = hours / 24)
    } else {
        t!(reader, "public-hours", count = hours)
    }
}

fn tier_item(reader: &Reader, tier: Tier) -> AnyView {
    let before = ahead(reader, tier.hours_before);
    let text = match (tier.refund_bps, tier.hours_before) {
        (WHOLE, 0) => t!(reader, "public-policy-all-always"),
        (WHOLE, _) => t!(reader, "public-policy-all", before = before),
        (part, 0) => t!(reader, "public-policy-part-always", percent = reader.percent_bps(part)),
        (part, _) => t!(reader, "public-policy-part", percent = reader.percent_bps(part), before = before),
    };
    view! { <TimelineItem title=text now=tier.refund_bps == WHOLE/> }.into_any()
}

/// What a lesson at 17:00 a week from now would mean, to the minute.
fn examples(cx: &RequestCx, policy: &CancellationPolicy, price: Money) -> (String, Vec<AnyView>) {
    let reader = cx.reader();
    let day = reader.date(cx.now()).saturating_add(Span::new().days(7));
    let start = reader.zone.to_ambiguous_timestamp(day.to_datetime(civil::time(17, 0, 0, 0))).compatible().unwrap_or(Timestamp::MAX);
    let rows = policy
        .deadlines(start)
        .into_iter()
        .map(|due| {
            let title = t!(reader, "public-policy-until", time = reader.date_time(due.until));
            let back = reader.money(price.share(due.refund_bps));
            view! { <ListRow title=title end=view! { <span class="num mid">{back}</span> }.into_any()/> }.into_any()
        })
        .collect();
    (t!(reader, "public-policy-example", time = reader.date_time(start), price = reader.money(price)), rows)
}
