//! The landing page, a tutor's page, prices.

use super::search::{count, tutor_row, week};
use crate::{
    Actor, Error, Result, Services, TenantTx, availability,
    catalogue::{
        Named,
        model::{
            offering::Price,
            public::{
                Landing, LiveOffering, Prices, PublicReview, RatingShare, SubjectCard, SubjectPrices, TutorPublic, TutorTimes,
                TutorWithTimes,
            },
            search::{Facet, Rating},
        },
        queries::public as queries,
    },
    page::{Cursor, Page},
    tenancy,
};
use jiff::Timestamp;
use kernel::{
    AppError, Currency, Money,
    availability::Slot,
    ids::{MemberId, VariantId},
    zone::ZoneName,
};
use std::ops::Range;

/// Tutors on the landing page.
const BEST: i64 = 6;
/// Quotes on the landing page.
const QUOTES: i64 = 3;
/// Reviews on a tutor's page at first, and on each further page.
const FIRST_REVIEWS: usize = 4;
const MORE_REVIEWS: usize = 20;

/// The tenant's landing page.
pub async fn landing(services: &Services, actor: &Actor) -> Result<Landing> {
    actor.looks_around()?;
    let now = services.now();
    let currency = actor.tenant.currency;
    let mut tx = actor.begin(&services.db).await?;
    let found = queries::landing(&mut tx, BEST).await?;
    let praise = queries::praise(&mut tx, QUOTES).await?;
    let wanted: Vec<(MemberId, u32)> = found.best.0.iter().map(|row| (MemberId(row.id), row.lesson_minutes)).collect();
    let mut free = availability::free_slots_of(&mut tx, &wanted, week(now), now).await?;
    let card = |card: queries::Card| SubjectCard { subject: card.subject, from: card.from_minor.map(|minor| Money::new(minor, currency)) };
    Ok(Landing {
        subjects: found.subjects.0.into_iter().map(card).collect(),
        tutors: found.best.0.into_iter().map(|row| tutor_row(row, currency, &mut free)).collect(),
        praise,
        tutor_count: count(found.tutors),
        lesson_count: count(found.lessons),
        rating: Rating { sum: count(found.stars), count: count(found.reviews) },
    })
}

/// The page of a public tutor.
///
/// # Errors
/// [`AppError::NotFound`] for a tutor of another tenant, or one who is not public.
pub async fn tutor_by_slug(services: &Services, actor: &Actor, slug: &str) -> Result<TutorPublic> {
    actor.looks_around()?;
    let mut tx = actor.begin(&services.db).await?;
    Ok(load_tutor(&mut tx, slug, actor.tenant.currency).await?.0)
}

/// The same with the free times of `variant` that start in `range`. Without a variant, or with
/// one that the tutor no longer offers, it is the one to begin with.
///
/// # Errors
/// As [`tutor_by_slug`].
pub async fn tutor_with_times(
    services: &Services,
    actor: &Actor,
    slug: &str,
    variant: Option<VariantId>,
    range: Range<Timestamp>,
) -> Result<TutorWithTimes> {
    actor.looks_around()?;
    let mut tx = actor.begin(&services.db).await?;
    let (tutor, first) = load_tutor(&mut tx, slug, actor.tenant.currency).await?;
    let chosen = choose(&tutor.offerings, variant, first)?;
    let free = free_of(services, &mut tx, tutor.id, chosen, range).await?;
    let policy = tenancy::terms(&mut tx).await?.cancellation_policy;
    Ok(TutorWithTimes { tutor, chosen, free, policy })
}

/// What the booking calendar needs of that page, without the rest.
///
/// # Errors
/// As [`tutor_by_slug`].
pub async fn tutor_times(
    services: &Services,
    actor: &Actor,
    slug: &str,
    variant: Option<VariantId>,
    range: Range<Timestamp>,
) -> Result<TutorTimes> {
    actor.looks_around()?;
    let mut tx = actor.begin(&services.db).await?;
    let row = queries::tutor(&mut tx, slug).await?.ok_or(AppError::NotFound)?;
    let offerings = queries::offerings(&mut tx, row.id, actor.tenant.currency).await?;
    let chosen = choose(&offerings, variant, row.lesson_variant_id)?;
    let free = free_of(services, &mut tx, row.id, chosen, range).await?;
    let policy = tenancy::terms(&mut tx).await?.cancellation_policy;
    Ok(TutorTimes { id: row.id, slug: slug.to_owned(), name: row.name, offerings, chosen, free, policy })
}

/// The variant that was asked for, or else `first`.
fn choose(offerings: &[LiveOffering], wanted: Option<VariantId>, first: VariantId) -> Result<Price> {
    let find = |id: VariantId| offerings.iter().flat_map(|offering| &offering.variants).find(|price| price.variant == id).copied();
    wanted.and_then(find).or_else(|| find(first)).ok_or(Error::Broken("a public tutor has a live variant"))
}

async fn free_of(services: &Services, tx: &mut TenantTx, tutor: MemberId, chosen: Price, range: Range<Timestamp>) -> Result<Vec<Slot>> {
    let mut free = availability::free_slots_of(tx, &[(tutor, chosen.minutes)], range, services.now()).await?;
    Ok(free.remove(&tutor).unwrap_or_default())
}

/// A public tutor's page, and the variant to begin with.
async fn load_tutor(tx: &mut TenantTx, slug: &str, currency: Currency) -> Result<(TutorPublic, VariantId)> {
    let row = queries::tutor(tx, slug).await?.ok_or(AppError::NotFound)?;
    let offerings = queries::offerings(tx, row.id, currency).await?;
    let qualifications = queries::qualifications(tx, row.id).await?;
    let reviews = reviews_page(tx, row.id, None, FIRST_REVIEWS).await?;
    let shares = (1_u8..).zip(row.distribution).map(|(stars, n)| RatingShare { stars, count: count(n) });
    let mut distribution: Vec<RatingShare> = shares.collect();
    distribution.reverse();
    let tutor = TutorPublic {
        id: row.id,
        slug: slug.to_owned(),
        name: row.name,
        headline: row.headline,
        bio: row.bio,
        teaches_from: row.teaches_from,
        languages: row.languages,
        verified: row.verified,
        photo: row.photo,
        zone: row.zone.and_then(|name| ZoneName::new(&name).ok()),
        rating: Rating { sum: count(row.rating_sum.into()), count: count(row.rating_count.into()) },
        distribution,
        lessons: count(row.lessons_taught.into()),
        students: count(row.students_taught.into()),
        students_returned: count(row.students_returned.into()),
        offerings,
        qualifications,
        reviews,
    };
    Ok((tutor, row.lesson_variant_id))
}

/// Further reviews of a public tutor: `after` is [`Page::next`] of those before.
///
/// # Errors
/// As [`tutor_by_slug`].
pub async fn reviews(services: &Services, actor: &Actor, slug: &str, after: Option<Cursor>) -> Result<Page<PublicReview>> {
    actor.looks_around()?;
    let mut tx = actor.begin(&services.db).await?;
    let tutor = queries::tutor(&mut tx, slug).await?.ok_or(AppError::NotFound)?;
    reviews_page(&mut tx, tutor.id, after, MORE_REVIEWS).await
}

async fn reviews_page(tx: &mut TenantTx, tutor: MemberId, after: Option<Cursor>, limit: usize) -> Result<Page<PublicReview>> {
    let more = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let rows = queries::reviews(tx, tutor, after, more).await?;
    Ok(Page::new(rows, limit, |review| Cursor { at: review.at, id: review.id.0 }))
}

/// The prices by subject, in the tenant's order; only subjects that somebody teaches.
pub async fn prices(services: &Services, actor: &Actor) -> Result<Vec<SubjectPrices>> {
    actor.looks_around()?;
    let mut tx = actor.begin(&services.db).await?;
    let rows = queries::prices(&mut tx).await?;
    let money = |minor: i64| Money::new(minor, actor.tenant.currency);
    let spread = |prices: &[i64]| match prices {
        [min, median, max] => Some(Prices { min: money(*min), median: money(*median), max: money(*max) }),
        _ => None,
    };
    let subject = |row: queries::PriceRow| SubjectPrices {
        hour: spread(&row.hour),
        trial: spread(&row.trial),
        subject: Facet { slug: row.slug, name: row.name, count: count(row.tutors) },
    };
    Ok(rows.into_iter().map(subject).collect())
}

/// The tenant's subjects, in its order.
pub async fn subjects(services: &Services, actor: &Actor) -> Result<Vec<Named>> {
    queries::subjects(&mut actor.begin(&services.db).await?).await
}

/// The tenant's levels, in its order.
pub async fn levels(services: &Services, actor: &Actor) -> Result<Vec<Named>> {
    queries::levels(&mut actor.begin(&services.db).await?).await
}
