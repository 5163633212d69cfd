//! The search.

use crate::{
    Actor, Result, Services, TenantTx, availability,
    catalogue::{
        model::search::{Cursor, FreeCell, LessonOffer, Rating, TutorPage, TutorQuery, TutorRow},
        queries::search as queries,
    },
};
use jiff::{SignedDuration, Timestamp};
use kernel::{
    Currency, Money,
    availability::Slot,
    ids::{MemberId, UploadId, VariantId},
    zone::ZoneName,
};
use std::{collections::HashMap, ops::Range};

/// The longest search that is looked at (characters).
const MAX_TEXT: usize = 100;
/// Above this many matching tutors their free times are not counted.
const MAX_COUNTED: usize = 500;
/// A wish for free times is looked for among this many tutors, the best rated of those who
/// match the words and the subject: working out free times costs, and anybody may ask.
const MAX_ASKED: i64 = 500;
/// Free times are looked for in this many days.
const DAYS: i64 = 7;

/// The tutors that match, with what could be chosen next.
pub async fn search(services: &Services, actor: &Actor, query: &TutorQuery) -> Result<TutorPage> {
    actor.looks_around()?;
    let now = services.now();
    let mut query = query.clone();
    query.limit = query.limit.clamp(1, 100);
    let cursor = query.cursor.as_deref().and_then(|text| Cursor::decode(text, query.sort));
    let mut tx = actor.begin(&services.db).await?;
    let mut free = HashMap::new();
    let only = narrow(&mut tx, &query, now, &mut free).await?;
    let found = queries::page(&mut tx, &query, cursor, only.as_deref()).await?;

    let counted = found.ids.len() <= MAX_COUNTED;
    let mut rows = found.rows.0;
    let more = rows.len() > usize::from(query.limit);
    rows.truncate(usize::from(query.limit));
    if query.free.is_empty() {
        let wanted: Vec<(MemberId, u32)> = if counted {
            let minutes = found.minutes.iter().map(|minutes| u32::try_from(*minutes).unwrap_or_default());
            found.ids.iter().copied().map(MemberId).zip(minutes).collect()
        } else {
            rows.iter().map(|row| (MemberId(row.id), row.lesson_minutes)).collect()
        };
        free = availability::free_slots_of(&mut tx, &wanted, week(now), now).await?;
    }
    drop(tx);

    let free_this_week =
        counted.then(|| found.ids.iter().filter(|id| free.get(&MemberId(**id)).is_some_and(|slots| !slots.is_empty())).count());
    Ok(TutorPage {
        next: rows.last().filter(|_| more).map(|row| row.cursor(query.sort).encode()),
        rows: rows.into_iter().map(|row| tutor_row(row, actor.tenant.currency, &mut free)).collect(),
        total: count(found.total),
        everyone: count(found.everyone),
        before: count(found.before),
        free_this_week: free_this_week.map(|n| u32::try_from(n).unwrap_or(u32::MAX)),
        facets: found.facets.0,
    })
}

/// The tutors left by the words and by the wished times, with their fit; `None` when neither
/// was given. The free times found on the way are kept.
async fn narrow(
    tx: &mut TenantTx,
    query: &TutorQuery,
    now: Timestamp,
    free: &mut HashMap<MemberId, Vec<Slot>>,
) -> Result<Option<Vec<(MemberId, i32)>>> {
    let text: String = query.text.trim().chars().take(MAX_TEXT).collect();
    let mut only = if text.is_empty() { None } else { Some(queries::by_words(tx, &text).await?) };
    if !query.free.is_empty() {
        let tutors = queries::with_minutes(tx, query.subject.as_deref().unwrap_or_default(), only.as_deref(), MAX_ASKED).await?;
        let wanted: Vec<(MemberId, u32)> =
            tutors.into_iter().map(|(id, minutes)| (id, u32::try_from(minutes).unwrap_or_default())).collect();
        *free = availability::free_slots_of(tx, &wanted, week(now), now).await?;
        let fits: HashMap<MemberId, i32> = only.into_iter().flatten().collect();
        let fitting = free.iter().filter(|(_, slots)| touches(slots, &query.free, &query.zone));
        only = Some(fitting.map(|(id, _)| (*id, fits.get(id).copied().unwrap_or(0))).collect());
    }
    Ok(only)
}

/// Whether one of the slots starts in one of the cells, on the reader's clock.
fn touches(slots: &[Slot], cells: &[FreeCell], zone: &ZoneName) -> bool {
    let zone = zone.zone();
    slots.iter().any(|slot| {
        let wall = zone.to_datetime(slot.start);
        let cell = FreeCell { weekday: wall.weekday().to_monday_one_offset(), part: crate::catalogue::DayPart::of_hour(wall.hour()) };
        cells.contains(&cell)
    })
}

/// The next seven days.
pub(super) fn week(now: Timestamp) -> Range<Timestamp> {
    now..now.checked_add(SignedDuration::from_hours(DAYS * 24)).unwrap_or(Timestamp::MAX)
}

/// A row for readers, with its free times taken from `free`.
pub(super) fn tutor_row(row: queries::Row, currency: Currency, free: &mut HashMap<MemberId, Vec<Slot>>) -> TutorRow {
    let id = MemberId(row.id);
    TutorRow {
        id,
        slug: row.slug,
        name: row.name,
        headline: row.headline,
        excerpt: excerpt(&row.bio, 150),
        languages: row.languages,
        rating: Rating { sum: row.rating_sum, count: row.rating_count },
        lessons: row.lessons_taught,
        hour_price: row.hour_price_minor.map(|minor| Money::new(minor, currency)),
        trial_price: row.trial_price_minor.map(|minor| Money::new(minor, currency)),
        lesson: LessonOffer {
            variant: VariantId(row.lesson_variant_id),
            minutes: row.lesson_minutes,
            price: Money::new(row.lesson_price_minor, currency),
        },
        verified: row.verified,
        photo: row.photo_id.map(UploadId),
        free: free.remove(&id).unwrap_or_default(),
    }
}

/// The first paragraph, at most `max` characters, cut between words.
fn excerpt(text: &str, max: usize) -> String {
    let first = text.lines().next().unwrap_or_default().trim();
    if first.chars().count() <= max {
        return first.to_owned();
    }
    let cut: String = first.chars().take(max).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '.', ' ']))
}

/// A count from the database.
pub(super) fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn an_excerpt_ends_between_words() {
        assert_eq!(excerpt("Short.\n\nMore.", 20), "Short.");
        assert_eq!(excerpt("One two three, four", 14), "One two…");
        assert_eq!(excerpt("Ñandú ñandú ñandú", 12), "Ñandú ñandú…");
    }
}
