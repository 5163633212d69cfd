//! Evidence for every zone: around each change of a zone's clock the slots keep the rules.

use super::{Schedule, Slot, SlotRules, Window, free_slots};
use crate::zone::ZoneName;
use jiff::{
    SignedDuration, Timestamp, civil,
    tz::{AmbiguousOffset, TimeZone},
};
use std::ops::Range;

/// What was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Changes of the clock.
    pub transitions: usize,
    /// Slots around them.
    pub slots: usize,
}

impl Evidence {
    /// The sum.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { transitions: self.transitions + other.transitions, slots: self.slots + other.slots }
    }
}

/// Looks at every change of the zone's clock within `during` and fails with a sentence when
///
/// - a slot's wall time is not what the zone says, or is not on the grid,
/// - a slot starts at a wall time that is skipped,
/// - a wall time that comes twice does not have two slots, or any other has not exactly one.
pub fn check_zone(name: &ZoneName, during: Range<Timestamp>) -> Result<Evidence, String> {
    let zone = name.zone();
    let mut seen = Evidence::default();
    for transition in zone.following(during.start).take_while(|transition| transition.timestamp() < during.end) {
        let slots = check_transition(name, &zone, transition.timestamp())?;
        seen = seen.plus(Evidence { transitions: 1, slots });
    }
    Ok(seen)
}

/// [`check_zone`] for every zone of the database. Returns how many there are, and the sum.
pub fn check_every_zone(during: Range<Timestamp>) -> Result<(usize, Evidence), String> {
    let database = jiff::tz::db();
    let mut zones = 0;
    let mut seen = Evidence::default();
    for name in database.available().filter_map(|name| ZoneName::new(name.as_str()).ok()) {
        zones += 1;
        seen = seen.plus(check_zone(&name, during.clone())?);
    }
    Ok((zones, seen))
}

/// A tutor who works day and night and starts a lesson every quarter of an hour.
fn always_open(zone: ZoneName) -> Schedule {
    Schedule {
        zone,
        weekly: (1..=7).map(|weekday| Window { weekday, start: 0, end: 1_440 }).collect(),
        exceptions: Vec::new(),
        rules: SlotRules { increment_minutes: 15, buffer_before_minutes: 0, buffer_after_minutes: 0, notice_minutes: 0, horizon_days: 30 },
    }
}

fn check_transition(name: &ZoneName, zone: &TimeZone, at: Timestamp) -> Result<usize, String> {
    let schedule = always_open(name.clone());
    let day = SignedDuration::from_hours(30);
    let (Ok(from), Ok(until)) = (at.checked_sub(day), at.checked_add(day)) else { return Ok(0) };
    let slots = free_slots(&schedule, 60, &[], from..until, from);
    for slot in &slots {
        check_slot(name, zone, slot)?;
    }
    check_complete(name, zone, &slots, from..until)?;
    Ok(slots.len())
}

fn check_slot(name: &ZoneName, zone: &TimeZone, slot: &Slot) -> Result<(), String> {
    if zone.to_datetime(slot.start) != slot.wall || zone.to_offset(slot.start) != slot.offset {
        return Err(format!("{name}: {} does not show {} ({})", slot.start, slot.wall, slot.offset));
    }
    if slot.wall.minute() % 15 != 0 || slot.wall.second() != 0 {
        return Err(format!("{name}: {} is not on the grid", slot.wall));
    }
    if is_skipped(zone, slot.wall) {
        return Err(format!("{name}: {} is skipped", slot.wall));
    }
    if slot.end.duration_since(slot.start) != SignedDuration::from_hours(1) {
        return Err(format!("{name}: the lesson at {} does not last an hour", slot.start));
    }
    Ok(())
}

fn is_skipped(zone: &TimeZone, wall: civil::DateTime) -> bool {
    matches!(zone.to_ambiguous_timestamp(wall).offset(), AmbiguousOffset::Gap { .. })
}

/// Goes through the wall clock's quarters of an hour by the zone's own account of them.
fn check_complete(name: &ZoneName, zone: &TimeZone, slots: &[Slot], range: Range<Timestamp>) -> Result<(), String> {
    let quarter = SignedDuration::from_mins(15);
    let first = zone.to_datetime(range.start).date().at(0, 0, 0, 0);
    let mut wall = first.saturating_sub(SignedDuration::from_hours(24));
    let last = zone.to_datetime(range.end).saturating_add(SignedDuration::from_hours(24));
    let mut expected: Vec<Timestamp> = Vec::with_capacity(slots.len());
    while wall <= last {
        if !is_skipped(zone, wall) {
            let ambiguous = zone.to_ambiguous_timestamp(wall);
            expected.extend(ambiguous.earlier().ok());
            expected.extend(ambiguous.later().ok());
        }
        wall = wall.saturating_add(quarter);
    }
    expected.retain(|start| range.contains(start));
    expected.sort_unstable();
    expected.dedup();
    let found = slots.iter().map(|slot| slot.start);
    if let Some(missing) = expected.iter().find(|start| !found.clone().any(|at| at == **start)) {
        return Err(format!("{name}: no slot at {missing} ({})", zone.to_datetime(*missing)));
    }
    if expected.len() != slots.len() {
        return Err(format!("{name}: {} slots around {} instead of {}", slots.len(), range.start, expected.len()));
    }
    Ok(())
}
