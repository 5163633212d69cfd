//! Free slots, for anybody.

use super::queries;
use crate::{Actor, Result, Services, TenantTx};
use jiff::{SignedDuration, Timestamp};
use kernel::{
    AppError,
    availability::{self, Slot},
    ids::MemberId,
};
use std::{collections::HashMap, ops::Range};

/// The longest stretch that one request may ask for.
const LONGEST: SignedDuration = SignedDuration::from_hours(100 * 24);

/// How far ahead a lesson starts at least, whatever notice its tutor wants: as long as a hold
/// lasts, so that no hold outlives the start of its lesson.
const LEAD_TIME: SignedDuration = SignedDuration::from_mins(10);

/// The earliest start that can be held at `now`.
pub fn earliest_start(now: Timestamp) -> Timestamp {
    now.checked_add(LEAD_TIME).unwrap_or(Timestamp::MAX)
}

/// A published tutor's free slots for lessons of `duration_minutes` that start in `range`
/// (its first 100 days), in order.
///
/// # Errors
/// `NotFound` when there is no such published tutor.
pub async fn free_slots(
    services: &Services,
    actor: &Actor,
    tutor: MemberId,
    duration_minutes: u32,
    range: Range<Timestamp>,
) -> Result<Vec<Slot>> {
    let mut tx = actor.begin(&services.db).await?;
    let found = free_slots_of(&mut tx, &[(tutor, duration_minutes)], range, services.now()).await?.remove(&tutor);
    tx.commit().await?;
    Ok(found.ok_or(AppError::NotFound)?)
}

/// The free slots of many tutors, each for a duration of its own in minutes, in four queries:
/// those that can be held at `now`. A tutor who is not published, or suspended, is left out; one
/// without a free slot has an empty list.
pub async fn free_slots_of(
    tx: &mut TenantTx,
    wanted: &[(MemberId, u32)],
    range: Range<Timestamp>,
    now: Timestamp,
) -> Result<HashMap<MemberId, Vec<Slot>>> {
    let start = range.start.max(earliest_start(now));
    let range = start..range.end.min(start.checked_add(LONGEST).unwrap_or(Timestamp::MAX));
    let tutors: Vec<MemberId> = wanted.iter().map(|(tutor, _)| *tutor).collect();
    let calendars = queries::calendars(tx, &tutors, range.clone()).await?;
    let slots = |(tutor, minutes): &(MemberId, u32)| {
        let calendar = calendars.get(tutor)?;
        Some((*tutor, availability::free_slots(&calendar.schedule, *minutes, &calendar.busy, range.clone(), now)))
    };
    Ok(wanted.iter().filter_map(slots).collect())
}
