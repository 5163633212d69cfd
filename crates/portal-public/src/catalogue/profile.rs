//! The parts of a tutor's page.

use crate::parts::languages;
use domain::{
    booking::Kind,
    catalogue::{LiveOffering, Price, TutorPublic},
    uploads::PhotoSize,
};
use i18n::{Reader, t};
use kernel::urls;
use leptos::prelude::*;
use ui::prelude::*;
use web::RequestCx;

/// Name, headline, place, languages.
pub fn who(cx: &RequestCx, tutor: &TutorPublic) -> AnyView {
    let reader = cx.reader();
    let locale = reader.locale;
    let verified = tutor.verified.then(|| view! { <Badge mood=Mood::Ok icon=Glyph::Check>{t!(locale, "public-verified")}</Badge> });
    let place = (!tutor.teaches_from.is_empty()).then(|| {
        let text = t!(reader, "public-teaches-from", place = &tutor.teaches_from);
        view! { <span class="row"><Icon name=Glyph::MapPin size=IconSize::Small/>{text}</span> }
    });
    let spoken = (!tutor.languages.is_empty()).then(|| {
        let text = languages(reader, &tutor.languages);
        let label = t!(reader, "public-teaches-in", languages = &text);
        view! { <span class="row"><Icon name=Glyph::Languages size=IconSize::Small/><span aria-hidden="true">{text}</span><span class="sr">{label}</span></span> }
    });
    view! {
        <div class="who">
            <Avatar id=tutor.id.to_string() name=tutor.name.clone() src=cx.photo(tutor.photo, PhotoSize::Large) size=AvatarSize::S88/>
            <div class="grow stack stack-1">
                <div class="row wrap"><h1>{tutor.name.clone()}</h1>{verified}</div>
                <p class="t-16">{tutor.headline.clone()}</p>
                <p class="row wrap muted who-meta">{place}{spoken}</p>
            </div>
        </div>
    }
    .into_any()
}

/// Figures that help to decide.
pub fn facts(reader: &Reader, tutor: &TutorPublic) -> AnyView {
    let fact = |value: String, label: String, star: bool| {
        let star = star.then(|| view! { <Icon name=Glyph::Star class="i-star"/> });
        view! { <div><dt>{label}</dt><dd>{star}{value}</dd></div> }.into_any()
    };
    let mut facts = Vec::new();
    if let Some(rating) = tutor.rating.hundredths() {
        facts.push(fact(reader.decimal(rating, 2), t!(reader, "public-fact-reviews", count = tutor.rating.count), true));
    }
    facts.push(fact(reader.number(tutor.lessons), t!(reader, "public-fact-lessons", count = tutor.lessons), false));
    facts.push(fact(reader.number(tutor.students), t!(reader, "public-fact-students", count = tutor.students), false));
    if let Some(share) = (tutor.students_returned * 100).checked_div(tutor.students) {
        facts.push(fact(reader.percent_bps(share * 100), t!(reader, "public-fact-returned"), false));
    }
    view! { <dl class="facts">{facts}</dl> }.into_any()
}

/// The biography, subjects and levels.
pub fn about(reader: &Reader, tutor: &TutorPublic) -> AnyView {
    let paragraphs: Vec<String> = tutor.bio.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect();
    let badges = |names: Vec<&domain::catalogue::Named>| {
        names.into_iter().map(|named| named.name.clone()).map(|name| view! { <Badge>{name}</Badge> }).collect_view()
    };
    let (subjects, levels) = (tutor.subjects(), tutor.levels());
    let levels = (!levels.is_empty())
        .then(|| view! { <dt class="faint">{t!(reader, "public-levels")}</dt><dd class="row wrap">{badges(levels)}</dd> });
    view! {
        <section id="about" class="section" aria-labelledby="h-about">
            <h2 id="h-about" class="sr">{t!(reader, "public-about")}</h2>
            <div class="read stack stack-3">{paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}</div>
            <dl class="about-kv">
                <dt class="faint">{t!(reader, "public-subjects")}</dt>
                <dd class="row wrap">{badges(subjects)}</dd>
                {levels}
            </dl>
        </section>
    }
    .into_any()
}

/// What can be booked, with prices.
pub fn offers(reader: &Reader, tutor: &TutorPublic) -> AnyView {
    let rows = tutor
        .offerings
        .iter()
        .flat_map(|offering| offering.variants.iter().map(move |price| (offering, price)))
        .map(|(offering, price)| offer(reader, tutor, offering, price))
        .collect_view();
    view! {
        <section id="lessons" class="section offers" aria-labelledby="h-lessons">
            <h2 id="h-lessons">{t!(reader, "public-lessons-and-prices")}</h2>
            <List ruled=true>{rows}</List>
        </section>
    }
    .into_any()
}

fn offer(reader: &Reader, tutor: &TutorPublic, offering: &LiveOffering, price: &Price) -> AnyView {
    let length = reader.duration_minutes(price.minutes);
    let (note, unit) = match offering.kind {
        Kind::Trial => (t!(reader, "public-offer-trial", minutes = length), t!(reader, "public-once")),
        Kind::OneOnOne => {
            (t!(reader, "public-offer-lesson", minutes = length, description = &offering.description), t!(reader, "public-per-lesson"))
        }
    };
    let locale = reader.locale;
    let label = t!(reader, "public-choose-time-for", offer = &offering.title, minutes = reader.duration_minutes(price.minutes));
    view! {
        <li><div class="list-row">
            <div class="grow"><p class="mid">{offering.title.clone()}</p><p class="muted clamp-2">{note}</p></div>
            <p class="right nowrap"><span class="num strong">{reader.money(price.price)}</span><br/><span class="t-12 faint">{unit}</span></p>
            <LinkButton href=urls::book(&tutor.slug, price.variant) size=Size::Small aria_label=label>{t!(locale, "booking-choose-time")}</LinkButton>
        </div></li>
    }
    .into_any()
}

/// Degrees, posts, certificates.
pub fn record(reader: &Reader, tutor: &TutorPublic) -> AnyView {
    let list = if tutor.qualifications.is_empty() {
        view! { <p class="muted">{t!(reader, "public-no-qualifications")}</p> }.into_any()
    } else {
        let items = tutor
            .qualifications
            .iter()
            .map(|one| {
                let years = match one.to {
                    Some(to) if to == one.from => to.to_string(),
                    Some(to) => t!(reader, "public-years", from = one.from.to_string(), to = to.to_string()),
                    None => t!(reader, "public-years-now", from = one.from.to_string()),
                };
                let title = if one.place.is_empty() {
                    one.title.clone()
                } else {
                    t!(reader, "public-record", title = &one.title, place = &one.place)
                };
                view! { <TimelineItem title=title note=years now=one.to.is_none()/> }
            })
            .collect_view();
        view! { <Timeline>{items}</Timeline> }.into_any()
    };
    let checked = tutor.verified.then(|| {
        view! { <p class="row muted mt-2"><Icon name=Glyph::ShieldCheck class="text-ok"/>{t!(reader, "public-verified-note")}</p> }
    });
    view! {
        <section id="record" class="section" aria-labelledby="h-record">
            <h2 id="h-record">{t!(reader, "public-qualifications")}</h2>
            {list}
            {checked}
        </section>
    }
    .into_any()
}
