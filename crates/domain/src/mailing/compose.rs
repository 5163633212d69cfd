//! What each mail says to each of its readers.

use super::{
    Mailing,
    letter::Letter,
    queries::{self, Lesson, Party, Returned},
    reader,
};
use crate::{Result, Services, TenantTx, booking, tenancy::Tenant};
use i18n::{Reader, t};
use jiff::Timestamp;
use kernel::{
    money::WHOLE_BPS,
    urls::{self, student, tutor_portal},
};
use providers::calendar::{self, Event, Method, Person};

/// A letter and who gets it.
pub(super) struct Addressed {
    pub to: Party,
    pub letter: Letter,
    /// The calendar file.
    pub calendar: Option<String>,
    /// Until when the code or link works that it carries.
    pub secret_until: Option<Timestamp>,
}

/// The letters that tell of `mailing`.
pub(super) async fn letters(services: &Services, tx: &mut TenantTx, tenant: &Tenant, mailing: Mailing) -> Result<Vec<Addressed>> {
    let desk = Desk { services, tenant, origin: services.tenants.origin(tenant) };
    Ok(match mailing {
        // Told late, it would put a lesson back into calendars that the cancellation took out.
        Mailing::BookingConfirmed { booking } if queries::is_cancelled(tx, booking).await? => Vec::new(),
        Mailing::BookingConfirmed { booking } => {
            let lesson = queries::lesson(tx, booking).await?;
            vec![desk.confirmed_student(&lesson), desk.confirmed_tutor(&lesson)]
        }
        Mailing::BookingCancelled { booking } => {
            let lesson = queries::lesson(tx, booking).await?;
            vec![desk.cancelled_student(&lesson), desk.cancelled_tutor(&lesson)]
        }
        Mailing::Refunded { refund } => vec![desk.refunded(queries::refund(tx, refund).await?)],
        Mailing::Proof { proof, .. } => desk.proof(tx, proof).await?.into_iter().collect(),
        Mailing::Invitation { invitation, .. } => desk.invitation(tx, invitation).await?.into_iter().collect(),
        Mailing::GuardianAsked { guardian, .. } => desk.guardian_asked(tx, guardian).await?.into_iter().collect(),
        Mailing::GuardianDecided { guardian, what } => desk.guardian_decided(tx, guardian, what).await?,
        Mailing::AccessChanged { member, what, at, .. } => vec![desk.access_changed(tx, member, what, at).await?],
        Mailing::DomainLost { domain, why, at } => desk.domain_lost(tx, domain, why, at).await?,
        Mailing::SenderLost { at } => desk.sender_lost(tx, at).await?,
        Mailing::SenderTest { member, at } => vec![desk.sender_test(tx, member, at).await?],
        Mailing::StandingChanged { change, at } => desk.standing_changed(tx, change, at).await?,
        Mailing::SupportCame { visit } => desk.support_came(tx, visit).await?,
        Mailing::StorageFilling { percent, at } => desk.storage_filling(tx, percent, at).await?,
        Mailing::Merged { survivor, duplicate } => desk.merged(tx, survivor, duplicate).await?,
        Mailing::LateRefunded { order } => {
            let returned = queries::order(tx, order).await?;
            let other = booking::alternatives_of(services, tx, order).await?;
            vec![desk.late(returned, &other)]
        }
    })
}

/// A lesson as a file for its student's calendar: the one that the latest mail about it carries.
pub(super) fn student_file(services: &Services, tenant: &Tenant, lesson: &Lesson) -> Option<String> {
    let desk = Desk { services, tenant, origin: services.tenants.origin(tenant) };
    let mail = if lesson.cancelled_by.is_some() { desk.cancelled_student(lesson) } else { desk.confirmed_student(lesson) };
    mail.calendar
}

/// To somebody whose data was deleted; what they had chosen is gone, so in the school's own words and time.
pub(super) fn farewell(services: &Services, tenant: &Tenant, name: &str) -> Letter {
    let to = &reader(tenant, None, None);
    let heading = t!(to, "mail-erased");
    Letter {
        locale: to.locale,
        subject: format!("{heading} · {}", tenant.name),
        heading,
        paragraphs: vec![t!(to, "mail-access-hello", name = name) + " " + &t!(to, "mail-erased-intro", school = &tenant.name)],
        facts: vec![(t!(to, "mail-fact-when"), to.date_time_long(services.now()))],
        list: None,
        button: None,
        footer: t!(to, "mail-erased-footer", school = &tenant.name),
    }
}

/// Where letters are written.
pub(super) struct Desk<'a> {
    pub services: &'a Services,
    pub tenant: &'a Tenant,
    origin: String,
}

impl Desk<'_> {
    pub fn reader(&self, party: &Party) -> Reader {
        reader(self.tenant, party.locale.as_deref(), party.zone.as_deref())
    }

    fn confirmed_student(&self, lesson: &Lesson) -> Addressed {
        let to = &self.reader(&lesson.student);
        let when = to.date_time(lesson.starts_at);
        let mut paragraphs = vec![t!(to, "mail-confirmed-student-intro", name = &lesson.student.name)];
        if let Some(until) = free_until(lesson, self.services.now()) {
            paragraphs.push(t!(to, "mail-confirmed-student-cancel", until = to.date_time_long(until)));
        }
        let mut facts = lesson_facts(to, lesson, ("mail-fact-tutor", &lesson.tutor.name));
        facts.push((t!(to, "mail-fact-paid"), paid_with(to, &to.money(lesson.paid), &lesson.card)));
        facts.push((t!(to, "mail-fact-order"), lesson.order_number.clone()));
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "mail-confirmed-student-subject", title = &lesson.title, tutor = &lesson.tutor.name, when = when),
            heading: t!(to, "mail-confirmed-student-heading"),
            paragraphs,
            facts,
            list: None,
            button: Some((t!(to, "mail-button-lesson"), self.page(&student::lesson(lesson.booking)))),
            footer: self.footer(to),
        };
        let summary = t!(to, "mail-event-student", title = &lesson.title, tutor = &lesson.tutor.name);
        self.addressed(&lesson.student, letter, Some((lesson, Method::Request, summary)))
    }

    fn confirmed_tutor(&self, lesson: &Lesson) -> Addressed {
        let to = &self.reader(&lesson.tutor);
        let when = to.date_time(lesson.starts_at);
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "mail-confirmed-tutor-subject", title = &lesson.title, student = &lesson.student.name, when = when),
            heading: t!(to, "mail-confirmed-tutor-heading"),
            paragraphs: vec![t!(to, "mail-confirmed-tutor-intro", name = &lesson.tutor.name, student = &lesson.student.name)],
            facts: lesson_facts(to, lesson, ("mail-fact-student", &lesson.student.name)),
            list: None,
            button: Some((t!(to, "mail-button-lesson"), self.page(&tutor_portal::lesson(lesson.id)))),
            footer: self.footer(to),
        };
        let summary = t!(to, "mail-event-tutor", title = &lesson.title, student = &lesson.student.name);
        self.addressed(&lesson.tutor, letter, Some((lesson, Method::Request, summary)))
    }

    fn cancelled_student(&self, lesson: &Lesson) -> Addressed {
        let to = &self.reader(&lesson.student);
        let intro = if lesson.cancelled_by == lesson.student.id {
            t!(to, "mail-cancelled-by-you", name = &lesson.student.name)
        } else if lesson.cancelled_by == lesson.tutor.id {
            t!(to, "mail-cancelled-by-tutor", name = &lesson.student.name, tutor = &lesson.tutor.name)
        } else {
            t!(to, "mail-cancelled-by-school", name = &lesson.student.name, school = &self.tenant.name)
        };
        let money = if lesson.refunded.minor > 0 {
            t!(to, "mail-cancelled-refund", amount = to.money(lesson.refunded))
        } else {
            t!(to, "mail-cancelled-no-refund")
        };
        let mut facts = lesson_facts(to, lesson, ("mail-fact-tutor", &lesson.tutor.name));
        facts.push((t!(to, "mail-fact-refund"), to.money(lesson.refunded)));
        facts.push((t!(to, "mail-fact-order"), lesson.order_number.clone()));
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "mail-cancelled-subject", title = &lesson.title, when = to.date_time(lesson.starts_at)),
            heading: t!(to, "mail-cancelled-heading"),
            paragraphs: vec![intro, money],
            facts,
            list: None,
            button: Some((t!(to, "mail-button-find"), self.page(urls::TUTORS))),
            footer: self.footer(to),
        };
        let summary = t!(to, "mail-event-student", title = &lesson.title, tutor = &lesson.tutor.name);
        self.addressed(&lesson.student, letter, Some((lesson, Method::Cancel, summary)))
    }

    fn cancelled_tutor(&self, lesson: &Lesson) -> Addressed {
        let to = &self.reader(&lesson.tutor);
        let intro = if lesson.cancelled_by == lesson.tutor.id {
            t!(to, "mail-cancelled-by-you", name = &lesson.tutor.name)
        } else if lesson.cancelled_by == lesson.student.id {
            t!(to, "mail-cancelled-by-student", name = &lesson.tutor.name, student = &lesson.student.name)
        } else {
            t!(to, "mail-cancelled-by-school", name = &lesson.tutor.name, school = &self.tenant.name)
        };
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "mail-cancelled-subject", title = &lesson.title, when = to.date_time(lesson.starts_at)),
            heading: t!(to, "mail-cancelled-heading"),
            paragraphs: vec![intro, t!(to, "mail-cancelled-tutor-free")],
            facts: lesson_facts(to, lesson, ("mail-fact-student", &lesson.student.name)),
            list: None,
            button: Some((t!(to, "mail-button-calendar"), self.page(tutor_portal::CALENDAR))),
            footer: self.footer(to),
        };
        let summary = t!(to, "mail-event-tutor", title = &lesson.title, student = &lesson.student.name);
        self.addressed(&lesson.tutor, letter, Some((lesson, Method::Cancel, summary)))
    }

    fn refunded(&self, returned: Returned) -> Addressed {
        let to = &self.reader(&returned.student);
        let amount = to.money(returned.amount);
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "mail-refunded-subject", amount = &amount, school = &self.tenant.name),
            heading: t!(to, "mail-refunded-heading", amount = &amount),
            paragraphs: vec![t!(to, "mail-refunded-intro", name = &returned.student.name, title = &returned.title)],
            facts: vec![
                (t!(to, "mail-fact-refund"), paid_with(to, &amount, &returned.card)),
                (t!(to, "mail-fact-order"), returned.order_number.clone()),
            ],
            list: None,
            button: Some((t!(to, "mail-button-order"), self.page(&student::order(returned.order)))),
            footer: self.footer(to),
        };
        self.addressed(&returned.student, letter, None)
    }

    fn late(&self, returned: Returned, other: &booking::Alternatives) -> Addressed {
        let to = &self.reader(&returned.student);
        let amount = to.money(returned.amount);
        let times: Vec<String> = other.slots.iter().map(|slot| to.date_time_range(slot.start, slot.end)).collect();
        let list = (!times.is_empty()).then(|| {
            let zone = to.zone_label(returned.starts_at);
            (t!(to, "mail-late-times", tutor = &other.tutor.name, zone = zone), times)
        });
        let page = other.variant.map_or_else(|| urls::tutor(&other.tutor_slug), |variant| urls::book(&other.tutor_slug, variant));
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "mail-late-subject", title = &returned.title),
            heading: t!(to, "mail-late-heading"),
            paragraphs: vec![t!(to, "mail-late-intro", name = &returned.student.name), t!(to, "mail-late-refund", amount = &amount)],
            facts: vec![
                (t!(to, "mail-fact-lesson"), returned.title.clone()),
                (t!(to, "mail-fact-tutor"), returned.tutor_name.clone()),
                (t!(to, "mail-fact-when"), when(to, returned.starts_at, returned.ends_at)),
                (t!(to, "mail-fact-refund"), paid_with(to, &amount, &returned.card)),
                (t!(to, "mail-fact-order"), returned.order_number.clone()),
            ],
            list,
            button: Some((t!(to, "mail-button-other-time"), self.page(&page))),
            footer: self.footer(to),
        };
        self.addressed(&returned.student, letter, None)
    }

    fn addressed(&self, to: &Party, letter: Letter, event: Option<(&Lesson, Method, String)>) -> Addressed {
        let address = letter.button.as_ref().map(|(_, address)| address.clone()).unwrap_or_default();
        let calendar = event.map(|(lesson, method, summary)| {
            calendar::file(&Event {
                uid: format!("{}@{}", lesson.id, host(&self.origin)),
                sequence: lesson.sequence,
                method,
                stamp: self.services.now(),
                starts_at: lesson.starts_at,
                ends_at: lesson.ends_at,
                summary,
                description: format!("{}\n{}", letter.heading, address),
                url: address,
                organizer: Person { name: self.tenant.name.clone(), email: self.services.mail.from().to_owned() },
                attendees: vec![Person { name: to.name.clone(), email: to.email.clone() }],
            })
        });
        Addressed { to: to.clone(), letter, calendar, secret_until: None }
    }

    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    fn footer(&self, to: &Reader) -> String {
        t!(to, "mail-footer", school = &self.tenant.name)
    }
}

fn lesson_facts(to: &Reader, lesson: &Lesson, other: (&str, &String)) -> Vec<(String, String)> {
    vec![
        (t!(to, "mail-fact-lesson"), lesson.title.clone()),
        (t!(to, other.0), other.1.clone()),
        (t!(to, "mail-fact-when"), when(to, lesson.starts_at, lesson.ends_at)),
    ]
}

/// `Tuesday 13 October 2026, 17:00–18:00, London (GMT)`.
fn when(to: &Reader, from: Timestamp, until: Timestamp) -> String {
    let (day, hours, zone) = (to.date_long(from), to.time_range(from, until), to.zone_label(from));
    t!(to, "mail-when", day = day, hours = hours, zone = zone)
}

fn paid_with(to: &Reader, amount: &str, card: &str) -> String {
    match card.split_once(' ') {
        Some((brand, last4)) => t!(to, "mail-paid-with", amount = amount, brand = capitalised(brand), last4 = last4),
        None => amount.to_owned(),
    }
}

/// `visa` as people write it.
fn capitalised(brand: &str) -> String {
    let mut letters = brand.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Until when all of the price comes back, if that is still to come.
fn free_until(lesson: &Lesson, now: Timestamp) -> Option<Timestamp> {
    let free = lesson.policy.deadlines(lesson.starts_at).into_iter().filter(|deadline| deadline.refund_bps == WHOLE_BPS);
    free.map(|deadline| deadline.until).max().filter(|until| *until > now)
}

/// The host of an origin, without the port.
pub(super) fn host(origin: &str) -> &str {
    let authority = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    authority.split(':').next().unwrap_or(authority)
}

/// The METHOD of a calendar file of ours.
pub(super) fn method_of(file: &str) -> &'static str {
    if file.contains("\r\nMETHOD:CANCEL\r\n") { Method::Cancel.as_str() } else { Method::Request.as_str() }
}
