//! Who is in a demo tenant: accounts, members, tutors with their hours.

use super::{
    content::{Featured, School, Subject},
    dice::{Dice, minutes_after},
    rows::{Account, DateException, Member, MemberRole, Qualification, Rows, Schedule, Tutor as TutorRow, Window},
};
use jiff::{Span, Timestamp, tz::TimeZone};
use kernel::{slug::slugify, zone::ZoneName};
use std::collections::HashSet;
use uuid::Uuid;

const DAY: i64 = 24 * 60;

/// Weekly hours as tutors set them: weekdays (Monday is 1), from and to in minutes.
type Week = &'static [(&'static [i8], i64, i64)];
const WEEKS: [Week; 9] = [
    &[(&[1, 2, 3, 4, 5], 930, 1230)],
    &[(&[1, 2, 3, 4], 540, 780), (&[1, 2, 3, 4], 960, 1140)],
    &[(&[2, 4], 1020, 1260), (&[6], 540, 840)],
    &[(&[6, 7], 540, 1020)],
    &[(&[1, 2, 3, 4, 5], 480, 720)],
    &[(&[1, 3, 5], 720, 1200)],
    &[(&[7, 1, 2, 3, 4], 1080, 1350)],
    &[(&[1, 2, 3, 4, 5, 6, 7], 600, 720), (&[2, 5], 1020, 1200)],
    &[(&[5, 6], 1260, 1500), (&[1], 840, 1080)],
];

/// A tutor while the rest is made.
pub struct Tutor {
    pub id: Uuid,
    pub name: String,
    pub subject: &'static Subject,
    pub zone_name: &'static str,
    pub zone: TimeZone,
    /// Weekday, from, to.
    pub hours: Vec<(i8, i64, i64)>,
    /// Minutes kept free between two lessons.
    pub gap: i64,
    pub hour_price: i64,
    pub trial_price: Option<i64>,
    /// How many of a hundred reviews give five stars.
    pub quality: u64,
    /// How often they are booked, compared with others.
    pub popularity: u64,
    pub joined: Timestamp,
    /// Whether they were written by hand.
    pub featured: bool,
}

/// The people of a demo tenant.
pub struct People {
    /// The first is the demo tutor, then the other featured ones.
    pub tutors: Vec<Tutor>,
    /// The first is the demo student.
    pub students: Vec<Uuid>,
    pub admin: Uuid,
    /// Staff without a role of the product's own.
    pub desk: Uuid,
}

/// Makes everybody.
pub fn make(school: &'static School, dice: &Dice, now: Timestamp, rows: &mut Rows) -> People {
    let mut names = Names::of(school);
    let member = |rows: &mut Rows, name: &str, email: Option<&str>, role: Option<&'static str>, days_ago: i64| {
        let joined = minutes_after(now, -days_ago * DAY - dice.range(0, 600));
        let id = dice.id(joined);
        let email = email.map_or_else(|| slugify(name).replace('-', "."), str::to_owned) + "@" + school.slug + ".example";
        let account_id = dice.id(joined);
        rows.accounts.push(Account { id: account_id, email: email.clone(), created_at: joined });
        rows.members.push(Member { id, account_id, name: name.to_owned(), email, created_at: joined });
        rows.roles.extend(role.map(|role| MemberRole { member_id: id, role }));
        (id, joined)
    };
    let (admin, _) = member(rows, school.demo_admin, Some("admin"), Some("admin"), 900);
    for name in school.other_admins {
        member(rows, name, None, Some("admin"), dice.range(200, 700));
    }
    let mut tutors = Vec::new();
    for at in 0..school.tutors {
        let featured = school.featured.get(at);
        let name = featured.map_or_else(|| names.next(dice), |written| written.name.to_owned());
        let (id, joined) = member(rows, &name, (at == 0).then_some("tutor"), Some("tutor"), dice.range(180, 800));
        tutors.push(tutor(school, dice, rows, &Place { at, id, name, joined, now }, featured));
    }
    let (demo, _) = member(rows, school.demo_student, Some("student"), Some("student"), 240);
    member(rows, school.new_student, Some("new"), Some("student"), 1);
    let mut students = vec![demo];
    while students.len() + 1 < school.students {
        let name = names.next(dice);
        students.push(member(rows, &name, None, Some("student"), dice.range(110, 500)).0);
    }
    let (desk, _) = member(rows, school.desk.0, Some("desk"), None, 300);
    People { tutors, students, admin, desk }
}

/// Whose profile is made.
struct Place {
    at: usize,
    id: Uuid,
    name: String,
    joined: Timestamp,
    now: Timestamp,
}

fn tutor(school: &'static School, dice: &Dice, rows: &mut Rows, who: &Place, featured: Option<&'static Featured>) -> Tutor {
    let subject = featured
        .and_then(|written| school.subjects.iter().find(|subject| subject.slug == written.subject))
        .or_else(|| school.subjects.get(who.at % school.subjects.len().max(1)))
        .unwrap_or(&NOTHING);
    let (place, zone_name) = match featured {
        Some(written) => (written.teaches_from, written.zone),
        None => school.places.get(dice.at(school.places.len())).copied().unwrap_or(("", school.zone)),
    };
    let languages =
        featured.map_or_else(|| school.languages.get(dice.at(school.languages.len())).copied().unwrap_or_default(), |w| w.languages);
    rows.tutors.push(TutorRow {
        id: who.id,
        slug: slugify(&who.name),
        headline: featured.map_or_else(|| dice.text(subject.headlines), |written| written.headline).to_owned(),
        bio: featured.map_or_else(|| biography(school, subject, dice), |written| written.bio.to_owned()),
        teaches_from: place.to_owned(),
        languages: languages.iter().map(|tag| (*tag).to_owned()).collect(),
        verified: featured.is_some() || dice.percent(80),
        // Two are still writing their profile.
        published: who.at + 2 < school.tutors,
    });
    qualifications(school, subject, dice, rows, who, featured);
    let zone = ZoneName::new(zone_name).map_or(TimeZone::UTC, |name| name.zone());
    let (hours, gap) = hours(dice, rows, who, zone_name, &zone);
    let (low, high) = subject.hour;
    let hour_price = featured.map_or_else(|| dice.range(low, high) / 50 * 50, |written| written.hour);
    let trial_price = featured.map_or_else(|| dice.percent(80).then(|| hour_price * 38 / 10_000 * 100), |written| written.trial);
    Tutor {
        id: who.id,
        name: who.name.clone(),
        subject,
        zone_name,
        zone,
        hours,
        gap,
        hour_price,
        trial_price,
        quality: if featured.is_some() { 94 } else { u64::try_from(dice.range(62, 96)).unwrap_or(80) },
        popularity: if featured.is_some() { 160 } else { u64::try_from(dice.range(10, 100)).unwrap_or(50) },
        joined: who.joined,
        featured: featured.is_some(),
    }
}

/// Stands in where a tenant teaches nothing at all.
static NOTHING: Subject = Subject {
    slug: "",
    name: "",
    levels: &[],
    hour: (2000, 2000),
    headlines: &[],
    about: &[],
    lessons: &[],
    topics: &[],
    degrees: &[],
    posts: &[],
};

fn biography(school: &School, subject: &Subject, dice: &Dice) -> String {
    let years = dice.range(3, 19).to_string();
    let about = dice.text(subject.about).replace("{years}", &years);
    format!("{about} {}\n\n{}", dice.text(school.methods), dice.text(school.first_lessons))
}

fn qualifications(school: &School, subject: &Subject, dice: &Dice, rows: &mut Rows, who: &Place, featured: Option<&Featured>) {
    let mut add = |title: String, place: &str, from_year: i16, to_year: Option<i16>| {
        rows.qualifications.push(Qualification {
            id: dice.id(who.joined),
            tutor_id: who.id,
            title,
            place: place.to_owned(),
            from_year,
            to_year,
        });
    };
    if let Some(written) = featured {
        for (title, place, from, to) in written.qualifications {
            add((*title).to_owned(), place, *from, *to);
        }
        return;
    }
    let began = TimeZone::UTC.to_datetime(who.joined).year();
    let graduated = began - i16::try_from(dice.range(3, 18)).unwrap_or(5);
    add(school.words.online_tutor.replace("{school}", school.name), "", began, None);
    if dice.percent(70) {
        add(dice.text(subject.posts).to_owned(), dice.text(school.workplaces), graduated + 1, Some(began));
    }
    add(dice.text(subject.degrees).to_owned(), dice.text(school.universities), graduated - 3, Some(graduated));
}

/// Weekly hours, rules and a few dates that differ. The answer: the hours and the gap.
fn hours(dice: &Dice, rows: &mut Rows, who: &Place, zone_name: &str, zone: &TimeZone) -> (Vec<(i8, i64, i64)>, i64) {
    // The demo tutor works in the afternoons and evenings, so that there is always something.
    let week = if who.at == 0 { WEEKS.first() } else { WEEKS.get(dice.at(WEEKS.len())) }.copied().unwrap_or_default();
    let shift = if who.at == 0 { 0 } else { dice.range(-1, 1) * 30 };
    let mut hours = Vec::new();
    for (days, from, to) in week {
        for weekday in *days {
            hours.push((*weekday, from + shift, to + shift));
        }
    }
    for (weekday, from, to) in &hours {
        rows.windows.push(Window { id: dice.id(who.joined), tutor_id: who.id, weekday: *weekday, start_minute: *from, end_minute: *to });
    }
    let gap = [0, 0, 10, 15].get(dice.at(4)).copied().unwrap_or(0);
    rows.schedules.push(Schedule {
        id: who.id,
        zone: zone_name.to_owned(),
        increment_minutes: if dice.percent(60) { 30 } else { 60 },
        buffer_before_minutes: 0,
        buffer_after_minutes: gap,
        notice_minutes: [120, 240, 720, 1440].get(dice.at(4)).copied().unwrap_or(240),
        horizon_days: [28, 42, 60].get(dice.at(3)).copied().unwrap_or(60),
    });
    let today = zone.to_datetime(who.now).date();
    let mut closed = HashSet::new();
    for _ in 0..if who.at == 0 { 2 } else { dice.range(0, 2) } {
        let date = today.saturating_add(Span::new().days(dice.range(3, 24)));
        if closed.insert(date) {
            let (start_minute, end_minute) = if dice.percent(70) { (None, None) } else { (Some(600), Some(780)) };
            rows.exceptions.push(DateException { id: dice.id(who.joined), tutor_id: who.id, on_date: date, start_minute, end_minute });
        }
    }
    (hours, gap)
}

/// Names that are not used yet.
struct Names {
    school: &'static School,
    used: HashSet<String>,
}

impl Names {
    fn of(school: &'static School) -> Self {
        let written = school.featured.iter().map(|featured| featured.name).chain(school.other_admins.iter().copied());
        let demo = [school.demo_student, school.demo_admin, school.new_student, school.desk.0];
        Self { school, used: written.chain(demo).map(slugify).collect() }
    }

    fn next(&mut self, dice: &Dice) -> String {
        loop {
            let name = format!("{} {}", dice.text(self.school.first_names), dice.text(self.school.last_names));
            if self.used.insert(slugify(&name)) {
                return name;
            }
        }
    }
}
