//! What the tutors of a demo tenant sell, and what waits for a decision.

use super::{
    content::School,
    dice::{Dice, minutes_after},
    people::{People, Tutor},
    rows::{Named, Offering, OfferingLevel, Rows, Variant, Version},
};
use jiff::Timestamp;
use std::collections::HashMap;
use uuid::Uuid;

const DAY: i64 = 24 * 60;

/// A variant on sale.
#[derive(Clone)]
pub struct Offer {
    pub offering: Uuid,
    pub variant: Uuid,
    pub kind: &'static str,
    pub title: String,
    pub minutes: i64,
    pub price: i64,
}

/// Ids of subjects and levels by slug.
struct Lists {
    subjects: HashMap<&'static str, Uuid>,
    levels: HashMap<&'static str, Uuid>,
}

/// Makes every offering. The answer: what is on sale, by tutor.
pub fn make(school: &'static School, dice: &Dice, now: Timestamp, people: &People, rows: &mut Rows) -> HashMap<Uuid, Vec<Offer>> {
    let founded = minutes_after(now, -1000 * DAY);
    let mut lists = Lists { subjects: HashMap::new(), levels: HashMap::new() };
    for (position, subject) in school.subjects.iter().enumerate() {
        let id = dice.id(founded);
        lists.subjects.insert(subject.slug, id);
        rows.subjects.push(Named { id, slug: subject.slug, name: subject.name, position });
    }
    for (position, (slug, name)) in school.levels.iter().copied().enumerate() {
        let id = dice.id(founded);
        lists.levels.insert(slug, id);
        rows.levels.push(Named { id, slug, name, position });
    }
    let mut on_sale = HashMap::new();
    for (at, tutor) in people.tutors.iter().enumerate() {
        let mut maker = Maker { school, dice, now, lists: &lists, admin: people.admin, tutor, rows, on_sale: Vec::new() };
        maker.live();
        maker.in_the_works(at);
        on_sale.insert(tutor.id, maker.on_sale);
    }
    on_sale
}

struct Maker<'a> {
    school: &'static School,
    dice: &'a Dice,
    now: Timestamp,
    lists: &'a Lists,
    admin: Uuid,
    tutor: &'a Tutor,
    rows: &'a mut Rows,
    on_sale: Vec<Offer>,
}

/// A version's content.
#[derive(Clone)]
struct Content {
    title: String,
    description: String,
    levels: Vec<&'static str>,
    prices: Vec<(i64, i64)>,
}

/// Where a version stands.
struct Standing {
    number: i32,
    status: &'static str,
    note: String,
    days_ago: i64,
}

impl Maker<'_> {
    /// One to three 1-on-1 offerings, and mostly a trial.
    fn live(&mut self) {
        let dice = self.dice;
        // Those written by hand begin with the subject's first offering.
        let lessons = if self.tutor.featured { self.tutor.subject.lessons.to_vec() } else { dice.shuffled(self.tutor.subject.lessons) };
        let many = usize::try_from(dice.range(1, 3)).unwrap_or(1);
        for (nth, lesson) in lessons.iter().take(many.max(1)).enumerate() {
            let content = self.content(*lesson, nth == 0);
            self.approved("one_on_one", content);
        }
        if let Some(price) = self.tutor.trial_price {
            let content = Content {
                title: self.school.words.trial_title.to_owned(),
                description: self.school.words.trial_text.to_owned(),
                levels: self.taught_levels(),
                prices: vec![(30, price)],
            };
            self.approved("trial", content);
        }
    }

    /// Drafts, versions in review and versions that were sent back.
    fn in_the_works(&mut self, at: usize) {
        let dice = self.dice;
        let Some(lesson) = self.tutor.subject.lessons.last().copied() else { return };
        if at % 13 == 5 || at == 0 {
            self.change_in_review();
        }
        if at % 11 == 3 {
            let content = self.content(lesson, false);
            self.open(content, Standing { number: 1, status: "in_review", note: String::new(), days_ago: dice.range(0, 4) });
        }
        if at % 17 == 7 || at == 0 {
            let content = self.content(lesson, false);
            let note = dice.text(self.school.notes).to_owned();
            self.open(content, Standing { number: 1, status: "needs_changes", note, days_ago: dice.range(2, 6) });
        }
        if at % 10 == 9 || at == 0 {
            let content = self.content(lesson, false);
            self.open(content, Standing { number: 1, status: "draft", note: String::new(), days_ago: dice.range(0, 9) });
        }
    }

    fn content(&self, (title, description): (&'static str, &'static str), main: bool) -> Content {
        let dice = self.dice;
        let hour = if main { self.tutor.hour_price } else { self.tutor.hour_price + dice.range(0, 4) * 50 };
        let mut prices = vec![(60, hour)];
        if dice.percent(35) {
            prices.push((45, hour * 78 / 100 / 50 * 50));
        }
        if dice.percent(45) {
            prices.push((90, hour * 145 / 100 / 50 * 50));
        }
        let all = self.tutor.subject.levels;
        // Those written by hand teach what their headlines say: the upper half.
        let (first, many) =
            if main && self.tutor.featured { (all.len().saturating_sub(1) / 2, 2) } else { (dice.at(all.len()), 1 + dice.at(3)) };
        let levels: Vec<&'static str> = all.iter().skip(first).take(many).copied().collect();
        Content { title: title.to_owned(), description: description.to_owned(), levels, prices }
    }

    /// The levels of the tutor's offerings so far, in the subject's order.
    fn taught_levels(&self) -> Vec<&'static str> {
        let mine: Vec<Uuid> =
            self.rows.offerings.iter().filter(|row| row.tutor_id == self.tutor.id).filter_map(|row| row.live_version_id).collect();
        let taught = |slug: &&'static str| {
            let id = self.lists.levels.get(slug);
            self.rows.offering_levels.iter().any(|row| mine.contains(&row.version_id) && Some(&row.level_id) == id)
        };
        self.tutor.subject.levels.iter().copied().filter(taught).collect()
    }

    /// An offering with a live version, on sale.
    fn approved(&mut self, kind: &'static str, content: Content) {
        let offering = self.dice.id(self.tutor.joined);
        let standing = Standing { number: 1, status: "approved", note: String::new(), days_ago: self.dice.range(95, 170) };
        let title = content.title.clone();
        let (version, variants) = self.version(offering, &content, standing);
        self.rows.offerings.push(Offering {
            id: offering,
            tutor_id: self.tutor.id,
            kind,
            live_version_id: Some(version),
            created_at: self.tutor.joined,
        });
        for (variant, minutes, price) in variants {
            self.on_sale.push(Offer { offering, variant, kind, title: title.clone(), minutes, price });
        }
    }

    /// A new offering that is not on sale yet.
    fn open(&mut self, content: Content, standing: Standing) {
        let created_at = minutes_after(self.now, -(standing.days_ago + 1) * DAY);
        let offering = self.dice.id(created_at);
        self.version(offering, &content, standing);
        self.rows.offerings.push(Offering { id: offering, tutor_id: self.tutor.id, kind: "one_on_one", live_version_id: None, created_at });
    }

    /// A second version of the tutor's first offering: dearer, with another description.
    fn change_in_review(&mut self) {
        let Some(first) = self.on_sale.first().cloned() else { return };
        let Some(live) = self.rows.versions.iter().find(|version| version.offering_id == first.offering) else { return };
        let (live_id, title, old) = (live.id, live.title.clone(), live.description.clone());
        let levels = self.rows.offering_levels.iter().filter(|row| row.version_id == live_id);
        let slug = |id: Uuid| self.lists.levels.iter().find(|(_, level)| **level == id).map(|(slug, _)| *slug);
        let mut levels: Vec<&'static str> = levels.filter_map(|row| slug(row.level_id)).collect();
        if let Some(more) = self.tutor.subject.levels.iter().find(|level| !levels.contains(level)) {
            levels.push(more);
        }
        let prices = self.rows.variants.iter().filter(|row| row.version_id == live_id);
        let prices: Vec<(i64, i64)> = prices.map(|row| (row.duration_minutes, row.price_minor + 200)).collect();
        let description = format!("{old} {}", self.dice.text(self.school.methods));
        let standing = Standing { number: 2, status: "in_review", note: String::new(), days_ago: self.dice.range(0, 3) };
        self.version(first.offering, &Content { title, description, levels, prices }, standing);
    }

    /// Writes a version with its parts. The answer: its id, and its variants with minutes and price.
    fn version(&mut self, offering_id: Uuid, content: &Content, standing: Standing) -> (Uuid, Vec<(Uuid, i64, i64)>) {
        let dice = self.dice;
        let created_at = minutes_after(self.now, -standing.days_ago * DAY - dice.range(60, 500));
        let id = dice.id(created_at);
        let submitted_at = (standing.status != "draft").then(|| minutes_after(created_at, 30));
        let decided_at = matches!(standing.status, "approved" | "needs_changes").then(|| minutes_after(created_at, 55));
        self.rows.versions.push(Version {
            id,
            offering_id,
            number: standing.number,
            status: standing.status,
            title: content.title.clone(),
            description: content.description.clone(),
            subject_id: self.lists.subjects.get(self.tutor.subject.slug).copied().unwrap_or_default(),
            review_note: standing.note,
            submitted_at,
            decided_at,
            decided_by: decided_at.map(|_| self.admin),
            created_at,
        });
        for level in &content.levels {
            if let Some(level_id) = self.lists.levels.get(level) {
                self.rows.offering_levels.push(OfferingLevel { version_id: id, level_id: *level_id });
            }
        }
        let mut variants = Vec::new();
        for (minutes, price) in &content.prices {
            let variant = dice.id(created_at);
            self.rows.variants.push(Variant { id: variant, version_id: id, duration_minutes: *minutes, price_minor: *price });
            variants.push((variant, *minutes, *price));
        }
        (id, variants)
    }
}
