//! Reviews: on a tutor's page, and all of them on a page of their own.

use crate::parts::{route_param, site};
use domain::{
    catalogue::{self, PublicReview, TutorPublic},
    page::Page,
};
use i18n::{Reader, t};
use kernel::urls;
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{RequestCx, page};

#[derive(Default, Deserialize)]
#[serde(default)]
struct After {
    after: String,
}

/// The distribution and the first reviews.
pub fn section(cx: &RequestCx, tutor: &TutorPublic) -> AnyView {
    let reader = cx.reader();
    let shown = tutor.reviews.items.iter().map(|one| review(reader, &tutor.name, one)).collect_view();
    let body = if tutor.reviews.items.is_empty() {
        view! { <p class="muted">{t!(reader, "public-reviews-none")}</p> }.into_any()
    } else {
        view! { {distribution(reader, tutor)}{shown} }.into_any()
    };
    let all = tutor.reviews.next.is_some().then(|| {
        let text = t!(reader, "public-reviews-all", count = tutor.rating.count);
        view! { <LinkButton href=reviews_href(&tutor.slug, "")>{text}</LinkButton> }
    });
    view! {
        <section id="reviews" class="section" aria-labelledby="h-reviews">
            <h2 id="h-reviews">{t!(reader, "public-reviews")}</h2>
            {body}
            {all}
        </section>
    }
    .into_any()
}

fn reviews_href(slug: &str, after: &str) -> String {
    urls::with_query(&format!("{}/reviews", urls::tutor(slug)), &[("after", after)])
}

fn distribution(reader: &Reader, tutor: &TutorPublic) -> AnyView {
    let average = tutor.rating.hundredths().map(|rating| reader.decimal(rating, 2)).unwrap_or_default();
    let from = t!(reader, "public-reviews-from", count = tutor.rating.count);
    let rows = tutor
        .distribution
        .iter()
        .map(|share| {
            let label = t!(reader, "public-stars-count", stars = u32::from(share.stars), count = share.count);
            (share.stars.to_string(), u64::from(share.count), label)
        })
        .collect();
    view! {
        <div class="row distribution">
            <p><span class="t-32 strong num">{average}</span><br/><span class="faint t-12">{from}</span></p>
            <div class="grow"><RatingBars rows=rows/></div>
        </div>
    }
    .into_any()
}

fn review(reader: &Reader, tutor: &str, one: &PublicReview) -> AnyView {
    let given = tutor.split_whitespace().next().unwrap_or(tutor);
    let note = t!(reader, "public-review-note", count = one.lessons, date = reader.date_short_year(one.at));
    let stars = t!(reader, "public-stars", stars = u32::from(one.stars));
    let body = (!one.body.is_empty()).then(|| view! { <p class="measure">{one.body.clone()}</p> });
    let reply = (!one.reply.is_empty()).then(|| {
        let said = t!(reader, "public-replied", tutor = given);
        view! { <div class="reply"><p class="t-12 mid">{said}</p><p class="measure">{one.reply.clone()}</p></div> }
    });
    view! {
        <article class="rev">
            <div class="row row-3">
                <Avatar id=one.id.to_string() name=one.student.clone()/>
                <div class="grow"><h3>{one.student.clone()}</h3><p class="t-12 faint">{note}</p></div>
                <Stars stars=one.stars label=stars/>
            </div>
            {body}
            {reply}
        </article>
    }
    .into_any()
}

/// `/tutors/:slug/reviews`
#[component]
pub fn ReviewsPage() -> impl IntoView {
    let slug = route_param("slug");
    page(async move |cx| {
        let after = cx.query::<After>().after;
        let tutor = catalogue::tutor_by_slug(cx.services(), cx.actor()?, &slug).await?;
        let reviews = catalogue::reviews(cx.services(), cx.actor()?, &slug, after.parse().ok()).await?;
        Ok(reviews_view(&cx, &tutor, &reviews, !after.is_empty()))
    })
}

fn reviews_view(cx: &RequestCx, tutor: &TutorPublic, reviews: &Page<PublicReview>, later: bool) -> AnyView {
    let reader = cx.reader();
    let title = t!(reader, "public-reviews-of", tutor = &tutor.name);
    let crumbs = vec![(urls::TUTORS.to_owned(), t!(reader, "public-nav-tutors")), (urls::tutor(&tutor.slug), tutor.name.clone())];
    let name = tutor.name.clone();
    let back = view! { <LinkButton href=urls::tutor(&tutor.slug)>{name}</LinkButton> };
    let list = if reviews.items.is_empty() {
        view! { <Empty title=t!(reader, "public-reviews-none") icon=Glyph::Star>{back}</Empty> }.into_any()
    } else {
        let items = reviews.items.iter().map(|one| review(reader, &tutor.name, one)).collect_view();
        view! { <h2 class="sr">{t!(reader, "public-reviews")}</h2>{items} }.into_any()
    };
    let first = later.then(|| reviews_href(&tutor.slug, ""));
    let next = reviews.next.map(|cursor| reviews_href(&tutor.slug, &cursor.to_string()));
    let bars = (tutor.rating.count > 0).then(|| distribution(reader, tutor));
    let body = view! {
        <div class="page">
            <Crumbs label=t!(reader, "common-breadcrumb") items=crumbs here=t!(reader, "public-reviews")/>
            <div class="text-page">
                <h1>{title.clone()}</h1>
                {bars}
                {list}
                <Pagination label=t!(reader, "common-pages") prev=first next=next prev_label=t!(reader, "public-first-reviews") next_label=t!(reader, "common-page-older")/>
            </div>
        </div>
    }
    .into_any();
    site(title.clone(), body)
}
