//! `/`: a tenant's landing page; on the platform's host its front page.

use crate::{
    parts::{rating, site, tutor_list},
    platform,
};
use domain::catalogue::{self, Landing, Praise, SubjectCard};
use i18n::{Reader, t};
use kernel::urls;
use leptos::prelude::*;
use ui::prelude::*;
use web::{RequestCx, Site, page};

/// `/`
#[component]
pub fn HomePage() -> impl IntoView {
    page(async |cx| match cx.site().clone() {
        Site::Platform(_) => platform::front(&cx).await,
        Site::Tenant(actor) => {
            let landing = catalogue::landing(cx.services(), &actor).await?;
            Ok(landing_view(&cx, &actor.tenant.name, &actor.tenant.tagline, &landing))
        }
    })
}

fn landing_view(cx: &RequestCx, name: &str, tagline: &str, landing: &Landing) -> AnyView {
    let reader = cx.reader();
    let locale = cx.locale();
    let headline = if tagline.is_empty() { t!(reader, "public-hero", name = name) } else { tagline.to_owned() };
    let tutors = if landing.tutors.is_empty() {
        view! { <Empty title=t!(reader, "catalogue-empty-title") body=t!(reader, "catalogue-empty-body") icon=Glyph::Users/> }.into_any()
    } else {
        tutor_list(cx, &landing.tutors)
    };
    let heading = if landing.tutors.is_empty() { t!(reader, "public-tutors") } else { t!(reader, "public-best-tutors") };
    let more = (!landing.tutors.is_empty()).then(|| {
        let text = t!(reader, "public-all-tutors", count = landing.tutor_count);
        view! { <LinkButton href=urls::TUTORS>{text}</LinkButton> }
    });
    let body = view! {
        <div class="page">
            <section class="hero" aria-labelledby="hero">
                <h1 id="hero">{headline.clone()}</h1>
                <p class="read muted">{t!(reader, "public-hero-body", name = name)}</p>
                <form class="search hero-search" role="search" action=urls::TUTORS>
                    <Input name="q" kind="search" icon=Glyph::Search placeholder=t!(reader, "catalogue-search") aria_label=t!(reader, "catalogue-search") autocomplete="off"/>
                    <Button tone=Tone::Primary>{t!(locale, "public-nav-tutors")}</Button>
                </form>
                {figures(reader, landing)}
            </section>
            {subjects(reader, &landing.subjects)}
            <section class="section" aria-labelledby="h-tutors">
                <div class="head"><h2 id="h-tutors">{heading}</h2></div>
                {tutors}
                <p class="mt-4">{more}</p>
            </section>
            {praise(reader, &landing.praise)}
            {steps(reader)}
        </div>
    }
    .into_any();
    site(headline.clone(), body)
}

fn figures(reader: &Reader, landing: &Landing) -> Option<AnyView> {
    (landing.tutor_count > 0).then(|| {
        let stars = (landing.rating.count > 0).then(|| rating(reader, landing.rating));
        let lessons =
            (landing.lesson_count > 0).then(|| view! { <span>{t!(reader, "public-lessons-taught", count = landing.lesson_count)}</span> });
        view! {
            <p class="row wrap muted num hero-facts">
                {stars}
                <span>{t!(reader, "public-tutor-count", count = landing.tutor_count)}</span>
                {lessons}
            </p>
        }
        .into_any()
    })
}

fn subjects(reader: &Reader, cards: &[SubjectCard]) -> Option<AnyView> {
    (!cards.is_empty()).then(|| {
        let items = cards
            .iter()
            .map(|card| {
                let href = urls::with_query(urls::TUTORS, &[("subject", &card.subject.slug)]);
                let count = t!(reader, "public-tutor-count", count = card.subject.count);
                let from = card.from.map(|from| view! { <span class="num">{t!(reader, "public-price-from", price = reader.money(from))}</span> });
                view! {
                    <li><a href=href><span class="mid">{card.subject.name.clone()}</span><span class="t-12 muted row between"><span>{count}</span>{from}</span></a></li>
                }
            })
            .collect_view();
        view! {
            <section class="section" aria-labelledby="h-subjects">
                <h2 id="h-subjects">{t!(reader, "public-subjects")}</h2>
                <ul class="subjects" role="list">{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn praise(reader: &Reader, quotes: &[Praise]) -> Option<AnyView> {
    (!quotes.is_empty()).then(|| {
        let items = quotes
            .iter()
            .map(|quote| {
                let by = t!(reader, "public-praise-by", student = &quote.student, lesson = &quote.lesson);
                view! {
                    <figure class="praise">
                        <blockquote><p>{quote.body.clone()}</p></blockquote>
                        <figcaption class="t-12 muted">{by}" "<a class="link" href=urls::tutor(&quote.tutor_slug)>{quote.tutor.clone()}</a></figcaption>
                    </figure>
                }
            })
            .collect_view();
        view! {
            <section class="section" aria-labelledby="h-praise">
                <h2 id="h-praise">{t!(reader, "public-praise")}</h2>
                <div class="cols-3">{items}</div>
            </section>
        }
        .into_any()
    })
}

/// How it works, in three steps.
fn steps(reader: &Reader) -> AnyView {
    let items = [("1", "public-step-find", "public-step-find-body"), ("2", "public-step-book", "public-step-book-body"), ("3", "public-step-learn", "public-step-learn-body")]
        .into_iter()
        .map(|(number, title, body)| {
            view! { <li><span class="step-n" aria-hidden="true">{number}</span><h3>{i18n::t(reader, title)}</h3><p class="muted">{i18n::t(reader, body)}</p></li> }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="h-steps">
            <h2 id="h-steps">{t!(reader, "public-how")}</h2>
            <ol class="cols-3 how" role="list">{items}</ol>
            <p class="mt-4"><a class="link" href=urls::POLICY>{t!(reader, "public-nav-policy")}</a></p>
        </section>
    }
    .into_any()
}
