//! Which lessons there were and will be in a demo tenant.

use super::{
    content::School,
    dice::{Dice, minutes_after},
    offers::Offer,
    people::{People, Tutor},
};
use jiff::{Span, Timestamp, civil, tz::TimeZone};
use kernel::zone::ZoneName;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Days of the past and of the future that have lessons.
const PAST: i64 = 90;
const AHEAD: i64 = 21;

/// A lesson that somebody bought.
pub struct Planned {
    pub student: Uuid,
    /// Position in [`People::tutors`].
    pub tutor: usize,
    pub offer: Offer,
    pub start: Timestamp,
    pub end: Timestamp,
    /// Whether it is there to be shown: no chance decides about it.
    pub fixed: bool,
    /// How many hours before its start the student cancels it, of one that is there to be shown.
    pub cancelled_before: Option<i64>,
}

/// A time that a tutor could teach.
struct Chance {
    tutor: usize,
    start: Timestamp,
    weight: u64,
    ahead: bool,
}

/// Makes the timetable, in the order of the lessons' starts.
pub fn make(school: &School, dice: &Dice, now: Timestamp, people: &People, on_sale: &HashMap<Uuid, Vec<Offer>>) -> Vec<Planned> {
    let zone = ZoneName::new(school.zone).map_or(TimeZone::UTC, |name| name.zone());
    let mut table =
        Table { dice, people, on_sale, circles: HashMap::new(), taken: HashMap::new(), met: HashSet::new(), planned: Vec::new() };
    table.demo(&zone, now);
    let mut chances = chances(people, &zone, now);
    chances.sort_by_key(|chance| (chance.start, chance.tutor));
    let whole: u64 = chances.iter().filter(|chance| !chance.ahead).map(|chance| chance.weight).sum();
    let wanted = u64::try_from(school.lessons).unwrap_or(0);
    for chance in chances {
        // A fifth more, for those that collide with another lesson.
        if dice.odds(wanted * chance.weight * 12, whole * 10) {
            table.plan(&chance);
        }
    }
    let mut planned = table.planned;
    planned.sort_by_key(|lesson| (lesson.start, lesson.tutor));
    planned
}

/// Every hour of the tutors' weeks, weighed by demand.
fn chances(people: &People, school_zone: &TimeZone, now: Timestamp) -> Vec<Chance> {
    let mut chances = Vec::new();
    for (tutor, person) in people.tutors.iter().enumerate() {
        let today = person.zone.to_datetime(now).date();
        for day in -PAST..=AHEAD {
            let date = today.saturating_add(Span::new().days(day));
            let weekday = date.weekday().to_monday_one_offset();
            for (_, from, to) in person.hours.iter().filter(|(on, _, _)| *on == weekday) {
                let mut minute = *from;
                while minute + 60 <= *to {
                    if let Some(start) = instant(&person.zone, date, minute) {
                        let weight = person.popularity * demand(school_zone, start) * trend(day);
                        chances.push(Chance { tutor, start, weight, ahead: start > now });
                    }
                    minute += 60 + person.gap;
                }
            }
        }
    }
    chances
}

/// How much an hour of the week is asked for, on the tenant's clock.
fn demand(zone: &TimeZone, start: Timestamp) -> u64 {
    let wall = zone.to_datetime(start);
    let weekend = wall.weekday().to_monday_one_offset() > 5;
    match (wall.hour(), weekend) {
        (16..=19, false) => 10,
        (9..=11, true) => 8,
        (12..=15 | 20..=21, _) => 5,
        (16..=19, true) => 4,
        (8..=11, false) => 3,
        _ => 1,
    }
}

/// The school grows: half as many lessons three months ago; ahead, fewer the further away.
fn trend(day: i64) -> u64 {
    let trend = if day <= 0 { 100 + day * 50 / PAST } else { 70 * (AHEAD + 1 - day) / AHEAD };
    u64::try_from(trend).unwrap_or(0)
}

/// The instant of a minute of a date, also past midnight.
fn instant(zone: &TimeZone, date: civil::Date, minute: i64) -> Option<Timestamp> {
    let wall = date.at(0, 0, 0, 0).saturating_add(Span::new().minutes(minute));
    zone.to_zoned(wall).ok().map(|zoned| zoned.timestamp())
}

/// A lesson that is there to be shown.
#[derive(Clone, Copy)]
struct Shown {
    cancelled_before: Option<i64>,
}

struct Table<'a> {
    dice: &'a Dice,
    people: &'a People,
    on_sale: &'a HashMap<Uuid, Vec<Offer>>,
    /// The students that come to a tutor.
    circles: HashMap<usize, Vec<Uuid>>,
    /// When somebody is busy.
    taken: HashMap<Uuid, Vec<(Timestamp, Timestamp)>>,
    /// Who had a lesson with whom.
    met: HashSet<(usize, Uuid)>,
    planned: Vec<Planned>,
}

impl Table<'_> {
    /// A lesson at a tutor's hour, with one of their students.
    fn plan(&mut self, chance: &Chance) {
        let Some(tutor) = self.people.tutors.get(chance.tutor) else { return };
        let circle = self.circle(chance.tutor, tutor);
        let Some(student) = circle.get(self.dice.at(circle.len())).copied() else { return };
        let first = !self.met.contains(&(chance.tutor, student));
        let offers = self.on_sale.get(&tutor.id).map(Vec::as_slice).unwrap_or_default();
        let trial = offers.iter().find(|offer| offer.kind == "trial").filter(|_| first && self.dice.percent(65));
        let others: Vec<&Offer> = offers.iter().filter(|offer| offer.kind != "trial").collect();
        if let Some(offer) = trial.or_else(|| others.get(self.dice.at(others.len())).copied()).cloned() {
            self.take(student, chance.tutor, offer, chance.start, None);
        }
    }

    /// The students of a tutor: the more, the more popular. Half of them are regulars, who
    /// appear twice.
    fn circle(&mut self, at: usize, tutor: &Tutor) -> Vec<Uuid> {
        if let Some(circle) = self.circles.get(&at) {
            return circle.clone();
        }
        // The demo student has a timetable of their own.
        let others = self.people.students.get(1..).unwrap_or_default();
        let size = 3 + usize::try_from(tutor.popularity / 6).unwrap_or(0);
        let mut circle: Vec<Uuid> = self.dice.shuffled(others).into_iter().take(size).collect();
        circle.extend_from_within(..circle.len() / 2);
        self.circles.insert(at, circle.clone());
        circle
    }

    /// Plans a lesson unless one of the two is busy.
    fn take(&mut self, student: Uuid, at: usize, offer: Offer, start: Timestamp, shown: Option<Shown>) {
        let Some(tutor) = self.people.tutors.get(at) else { return };
        let end = minutes_after(start, offer.minutes);
        let until = minutes_after(end, tutor.gap);
        let free = |who: Uuid| self.taken.get(&who).is_none_or(|busy| busy.iter().all(|(from, to)| until <= *from || start >= *to));
        if !free(student) || !free(tutor.id) {
            return;
        }
        for who in [student, tutor.id] {
            self.taken.entry(who).or_default().push((start, until));
        }
        self.met.insert((at, student));
        let cancelled_before = shown.and_then(|shown| shown.cancelled_before);
        self.planned.push(Planned { student, tutor: at, offer, start, end, fixed: shown.is_some(), cancelled_before });
    }

    /// What the demo accounts have to show: a next lesson within two days, some after that, a
    /// history with several tutors, and a day of lessons for the demo tutor.
    fn demo(&mut self, zone: &TimeZone, now: Timestamp) {
        let Some(student) = self.people.students.first().copied() else { return };
        let today = zone.to_datetime(now).date();
        let at = |day: i64, hour: i64| instant(zone, today.saturating_add(Span::new().days(day)), hour * 60);
        let soon = [at(1, 17), at(2, 10)].into_iter().flatten().find(|start| *start >= minutes_after(now, 24 * 60));
        if let Some(start) = soon {
            self.fixed(student, 0, start, None);
        }
        for (day, hour, tutor) in [(4, 16, 1), (8, 17, 0), (9, 18, 2), (15, 17, 0), (18, 11, 3)] {
            if let Some(start) = at(day, hour) {
                self.fixed(student, tutor, start, None);
            }
        }
        for lesson in 0..14_i64 {
            let tutor = [0, 1, 0, 2, 0, 3].get(usize::try_from(lesson % 6).unwrap_or(0)).copied().unwrap_or(0);
            if let Some(start) = at(-3 - lesson * 6, 17 + lesson % 2) {
                self.fixed(student, tutor, start, None);
            }
        }
        // One cancelled in time, one late.
        for (day, tutor, hours) in [(-12, 1, 30), (-26, 2, 7)] {
            if let Some(start) = at(day, 19) {
                self.fixed(student, tutor, start, Some(hours));
            }
        }
        // The demo tutor's own day, on their clock.
        let Some(tutor) = self.people.tutors.first() else { return };
        let today = tutor.zone.to_datetime(now).date();
        for (nth, minute) in [600, 720, 930, 1020, 1110, 1200].into_iter().enumerate() {
            if let (Some(other), Some(start)) = (self.people.students.get(nth + 1).copied(), instant(&tutor.zone, today, minute)) {
                self.fixed(other, 0, start, None);
            }
        }
    }

    /// A lesson that has to be there, in the tutor's first offering.
    fn fixed(&mut self, student: Uuid, at: usize, start: Timestamp, cancelled_before: Option<i64>) {
        let Some(tutor) = self.people.tutors.get(at) else { return };
        let hour = self.on_sale.get(&tutor.id).and_then(|offers| offers.iter().find(|offer| offer.kind != "trial" && offer.minutes == 60));
        if let Some(offer) = hour.cloned() {
            self.take(student, at, offer, start, Some(Shown { cancelled_before }));
        }
    }
}
