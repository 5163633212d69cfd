//! The orders, payments, bookings and reviews behind a demo tenant's lessons.

use super::{
    books::Books,
    content::School,
    dice::{Dice, minutes_after},
    people::People,
    rows::{Booking, Claim, Counter, Lesson, Line, Order, Payment, Refund, Review, Rows, Trial},
    timetable::Planned,
};
use jiff::Timestamp;
use kernel::{Money, policy::CancellationPolicy};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

const HOUR: i64 = 60;
/// Tenants' first order number, as in the booking of real ones.
const FIRST_ORDER: i64 = 1001;
const CARDS: [&str; 4] = ["visa 4242", "mastercard 4444", "visa 0119", "amex 8431"];

/// How an order ended.
#[derive(Clone, Copy)]
enum Fate {
    /// The lesson takes place.
    Kept,
    /// Somebody cancelled at that time.
    Cancelled { at: Timestamp, by_tutor: bool },
    /// The hold ran out, or was given back.
    Unpaid { given_back: bool },
}

/// Makes everything from the orders on.
pub fn make(school: &School, dice: &Dice, now: Timestamp, people: &People, planned: Vec<Planned>, rows: &mut Rows) {
    let mut orders: Vec<(Timestamp, Planned, Fate)> = Vec::new();
    for lesson in planned {
        let Some(ordered) = ordered_at(dice, now, &lesson) else { continue };
        if !lesson.fixed && dice.percent(4) {
            let other = people.students.get(1 + dice.at(people.students.len().saturating_sub(1))).copied().unwrap_or(lesson.student);
            let earlier = minutes_after(ordered, -dice.range(30, 900));
            let lost = Planned {
                student: other,
                tutor: lesson.tutor,
                offer: lesson.offer.clone(),
                start: lesson.start,
                end: lesson.end,
                fixed: false,
                cancelled_before: None,
            };
            orders.push((earlier, lost, Fate::Unpaid { given_back: dice.percent(30) }));
        }
        let fate = match lesson.cancelled_before {
            Some(hours) => Fate::Cancelled { at: minutes_after(lesson.start, -hours * HOUR), by_tutor: false },
            None if lesson.fixed => Fate::Kept,
            None => fate(dice, now, ordered, &lesson),
        };
        orders.push((ordered, lesson, fate));
    }
    orders.sort_by_key(|(at, lesson, _)| (*at, lesson.start, lesson.tutor));
    let mut history = History {
        school,
        dice,
        now,
        people,
        rows,
        books: Books::default(),
        number: FIRST_ORDER - 1,
        receipts: Vec::new(),
        trials: HashSet::new(),
        reviewed: HashMap::new(),
    };
    for (at, lesson, fate) in &orders {
        history.order(*at, lesson, *fate);
    }
    history.finish();
}

/// When a lesson was ordered: hours to days ahead, and not in the future.
fn ordered_at(dice: &Dice, now: Timestamp, lesson: &Planned) -> Option<Timestamp> {
    let earliest = lesson.cancelled_before.unwrap_or(4) + 1;
    let ahead = minutes_after(lesson.start, -dice.range(earliest * HOUR, 11 * 24 * HOUR));
    let latest = minutes_after(now, -dice.range(20, 6 * 24 * HOUR));
    let ordered = ahead.min(latest);
    // Somebody who books at the last moment; nobody books a lesson that began.
    (minutes_after(ordered, 30) < lesson.start).then_some(ordered)
}

fn fate(dice: &Dice, now: Timestamp, ordered: Timestamp, lesson: &Planned) -> Fate {
    if !dice.percent(7) {
        return Fate::Kept;
    }
    let by_tutor = dice.percent(25);
    let hours = if dice.percent(60) { dice.range(25, 90) } else { dice.range(1, 20) };
    let at = minutes_after(lesson.start, -hours * HOUR - dice.range(1, 50));
    if at > minutes_after(ordered, 60) && at < minutes_after(now, -5) { Fate::Cancelled { at, by_tutor } } else { Fate::Kept }
}

struct History<'a> {
    school: &'a School,
    dice: &'a Dice,
    now: Timestamp,
    people: &'a People,
    rows: &'a mut Rows,
    books: Books,
    number: i64,
    /// When each order was paid, to number the receipts.
    receipts: Vec<(Timestamp, usize)>,
    /// Who had their trial with whom.
    trials: HashSet<(Uuid, Uuid)>,
    /// Reviews of a tutor so far.
    reviewed: HashMap<Uuid, usize>,
}

impl History<'_> {
    fn order(&mut self, at: Timestamp, lesson: &Planned, fate: Fate) {
        let Some(tutor) = self.people.tutors.get(lesson.tutor) else { return };
        self.number += 1;
        let id = self.dice.id(at);
        let paid_at = minutes_after(at, self.dice.range(1, 8));
        let total = Money::new(lesson.offer.price, self.school.currency);
        let policy = CancellationPolicy::standard();
        let back = match fate {
            Fate::Cancelled { at, by_tutor: false } => policy.refund(total, lesson.start, at).minor,
            Fate::Cancelled { by_tutor: true, .. } => total.minor,
            _ => 0,
        };
        let status = match fate {
            Fate::Unpaid { given_back: true } => "cancelled",
            Fate::Unpaid { given_back: false } => "lapsed",
            _ if back == total.minor => "refunded",
            _ if back > 0 => "partly_refunded",
            _ => "paid",
        };
        let paid = !matches!(fate, Fate::Unpaid { .. });
        if paid {
            self.receipts.push((paid_at, self.rows.orders.len()));
        }
        self.rows.orders.push(Order {
            id,
            number: self.number,
            student_id: lesson.student,
            status,
            total_minor: total.minor,
            created_at: at,
            paid_at: paid.then_some(paid_at),
            receipt_number: None,
        });
        self.rows.lines.push(Line {
            id: self.dice.id(at),
            order_id: id,
            tutor_id: tutor.id,
            offering_id: lesson.offer.offering,
            variant_id: lesson.offer.variant,
            kind: lesson.offer.kind,
            title: lesson.offer.title.clone(),
            tutor_name: tutor.name.clone(),
            duration_minutes: lesson.offer.minutes,
            price_minor: total.minor,
            starts_at: lesson.start,
            ends_at: lesson.end,
            gap_minutes: tutor.gap,
            wall_start: tutor.zone.to_datetime(lesson.start),
            zone: tutor.zone_name.to_owned(),
        });
        let claim = self.dice.id(at);
        self.rows.claims.push(Claim {
            id: claim,
            tutor_id: tutor.id,
            order_id: id,
            begins: lesson.start,
            until: minutes_after(lesson.end, tutor.gap),
            ends_at: lesson.end,
            active: matches!(fate, Fate::Kept),
            created_at: at,
        });
        let payment = self.payment(id, at, paid.then_some(paid_at), total, tutor.id);
        if paid {
            let booking = self.booking(id, claim, paid_at, lesson, fate, back == total.minor);
            if let Fate::Cancelled { at, by_tutor } = fate {
                self.refund(id, payment, Money::new(back, total.currency), at, by_tutor, tutor.id);
            } else {
                self.review(booking, lesson);
            }
        }
    }

    fn payment(&mut self, order: Uuid, at: Timestamp, paid_at: Option<Timestamp>, total: Money, tutor: Uuid) -> Uuid {
        let id = self.dice.id(at);
        let (share, fixed) = self.school.card_fee;
        let fee = Money::new(total.share(share).minor + fixed, total.currency);
        self.rows.payments.push(Payment {
            id,
            order_id: order,
            status: if paid_at.is_some() { "succeeded" } else { "expired" },
            amount_minor: total.minor,
            fee_minor: paid_at.map(|_| fee.minor),
            checkout_session: format!("cs_test_{}", self.dice.hex()),
            payment_intent: paid_at.map(|_| format!("pi_{}", self.dice.hex())),
            charge: paid_at.map(|_| format!("ch_{}", self.dice.hex())),
            card: if paid_at.is_some() { CARDS.get(self.dice.at(CARDS.len())).copied().unwrap_or_default() } else { "" },
            created_at: at,
            succeeded_at: paid_at,
        });
        if let Some(paid_at) = paid_at {
            self.books.paid(self.dice, self.rows, self.school, (order, id), paid_at, total, fee, tutor);
        }
        id
    }

    fn booking(&mut self, order: Uuid, claim: Uuid, paid_at: Timestamp, lesson: &Planned, fate: Fate, all_back: bool) -> Uuid {
        let Some(tutor) = self.people.tutors.get(lesson.tutor) else { return Uuid::nil() };
        let (lesson_id, id) = (self.dice.id(paid_at), self.dice.id(paid_at));
        let cancelled = match fate {
            Fate::Cancelled { at, by_tutor } => Some((at, if by_tutor { tutor.id } else { lesson.student })),
            _ => None,
        };
        let status = |kept: &'static str| if cancelled.is_some() { "cancelled" } else { kept };
        self.rows.lessons.push(Lesson {
            id: lesson_id,
            tutor_id: tutor.id,
            offering_id: lesson.offer.offering,
            claim_id: claim,
            title: lesson.offer.title.clone(),
            starts_at: lesson.start,
            ends_at: lesson.end,
            wall_start: tutor.zone.to_datetime(lesson.start),
            zone: tutor.zone_name.to_owned(),
            status: status("scheduled"),
            sequence: i32::from(cancelled.is_some()),
        });
        self.rows.bookings.push(Booking {
            id,
            lesson_id,
            student_id: lesson.student,
            order_id: order,
            status: status("confirmed"),
            created_at: paid_at,
            cancelled_at: cancelled.map(|(at, _)| at),
            cancelled_by: cancelled.map(|(_, by)| by),
        });
        if lesson.offer.kind == "trial" && !all_back && self.trials.insert((tutor.id, lesson.student)) {
            self.rows.trials.push(Trial { tutor_id: tutor.id, student_id: lesson.student, booking_id: id });
        }
        id
    }

    fn refund(&mut self, order: Uuid, payment: Uuid, back: Money, at: Timestamp, by_tutor: bool, tutor: Uuid) {
        if back.minor == 0 {
            return;
        }
        let id = self.dice.id(at);
        let settled_at = minutes_after(at, 1);
        self.rows.refunds.push(Refund {
            id,
            payment_id: payment,
            order_id: order,
            amount_minor: back.minor,
            reason: if by_tutor { "cancelled_by_tutor" } else { "cancelled_by_student" },
            provider_refund: format!("re_{}", self.dice.hex()),
            requested_at: at,
            settled_at,
        });
        self.books.refunded(self.dice, self.rows, self.school, (order, id), (at, settled_at), back, tutor);
    }

    /// Two in five who had a lesson write a review within days.
    fn review(&mut self, booking: Uuid, lesson: &Planned) {
        let Some(tutor) = self.people.tutors.get(lesson.tutor) else { return };
        let at = minutes_after(lesson.end, self.dice.range(HOUR, 60 * HOUR));
        if at > self.now || !self.dice.percent(40) {
            return;
        }
        let stars = match self.dice.range(1, 100) {
            roll if roll <= i64::try_from(tutor.quality).unwrap_or(0) => 5,
            roll if roll <= 97 => 4,
            roll if roll <= 99 => 3,
            _ => 2,
        };
        let texts = self.school.reviews.get(usize::try_from(5 - stars).unwrap_or(0)).copied().unwrap_or_default();
        // Each tutor's reviews go through the texts in turn, from a place of their own.
        let nth = self.reviewed.entry(tutor.id).and_modify(|n| *n += 1).or_insert_with(|| self.dice.at(97));
        let text = if texts.is_empty() || self.dice.percent(15) { "" } else { texts.get(*nth % texts.len()).copied().unwrap_or_default() };
        let first_name = tutor.name.split(' ').find(|part| *part != "Dr").unwrap_or_default();
        let body = text.replace("{topic}", self.dice.text(tutor.subject.topics)).replace("{tutor}", first_name);
        let reply = if !body.is_empty() && self.dice.percent(18) { self.dice.text(self.school.replies).to_owned() } else { String::new() };
        self.rows.reviews.push(Review {
            id: self.dice.id(at),
            tutor_id: tutor.id,
            student_id: lesson.student,
            booking_id: booking,
            stars,
            body: capitalised(&body),
            reply,
            created_at: at,
        });
    }

    /// Numbers the receipts in the order of payment, and leaves the counters where they stand.
    fn finish(mut self) {
        self.receipts.sort_unstable();
        for (receipt, (_, order)) in (1_i64..).zip(&self.receipts) {
            if let Some(order) = self.rows.orders.get_mut(*order) {
                order.receipt_number = Some(receipt);
            }
        }
        self.rows.counters.push(Counter { name: "order", value: self.number });
        self.rows.counters.push(Counter { name: "receipt", value: i64::try_from(self.receipts.len()).unwrap_or(0) });
    }
}

/// A filled-in word may begin the text.
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
