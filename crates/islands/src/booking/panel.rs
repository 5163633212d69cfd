//! The calendar, drawn on the server: in the page, and for every step of the island.

use super::{
    Drawn,
    days::{Days, Detail},
    model::{BookQuery, Period, Place, Span},
    parts,
};
use domain::{
    availability,
    catalogue::{self, TutorTimes},
};
use jiff::{SignedDuration, Timestamp, ToSpan};
use kernel::{AppError, Role, availability::Slot, ids::VariantId, policy::CancellationPolicy};
use leptos::prelude::*;
use std::ops::Range;
use web::RequestCx;

/// How far ahead another free time is looked for when the shown period has none.
const NEXT_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 100);

/// Everything that the calendar's parts draw.
pub(super) struct Shown<'a> {
    pub cx: &'a RequestCx,
    pub tutor: &'a TutorTimes,
    pub period: Period,
    pub place: Place,
    /// The page that the calendar stands on.
    pub page: String,
    /// Why nobody can book here; `None` when the reader can, or may once they have signed in.
    pub closed: Option<String>,
}

impl Shown<'_> {
    /// The address of the shown place with `change` made to it.
    pub fn href(&self, change: impl FnOnce(&mut Place)) -> String {
        let mut place = self.place.clone();
        change(&mut place);
        place.href(&self.page)
    }
}

/// A drawn calendar.
pub struct Calendar {
    /// What to put into the page.
    pub view: AnyView,
    /// What has changed, to be said.
    pub said: String,
    /// Whether a time is chosen.
    pub chosen: bool,
}

/// The instants whose free times are needed: the period that the address names, or this month
/// and the next, of which the first with a free time is shown.
pub fn wanted_range(cx: &RequestCx, query: &BookQuery) -> Range<Timestamp> {
    let policy = CancellationPolicy::default();
    let days = Days { reader: cx.reader(), now: cx.now(), policy: &policy };
    if let Some(date) = query.from() {
        return days.range(query.span(), days.first_day(query.span(), date));
    }
    let first = days.first_day(query.span(), days.today());
    days.start_of(first)..days.start_of(first.saturating_add(2.months()))
}

/// The calendar at the place that the query names.
pub async fn calendar(cx: &RequestCx, query: &BookQuery, tutor: &TutorTimes) -> Result<Calendar, AppError> {
    let days = Days { reader: cx.reader(), now: cx.now(), policy: &tutor.policy };
    let (period, day) = period(cx, &days, query, tutor).await?;
    let slot = if period.slot(&query.slot).is_some() { query.slot.clone() } else { String::new() };
    let said = said(&period, query, &day, &slot);
    let place = Place { variant: tutor.chosen.variant.to_string(), span: period.span, from: period.from.clone(), day, slot };
    let chosen = !place.slot.is_empty();
    let shown = Shown { cx, tutor, period, place, page: kernel::urls::tutor(&tutor.slug), closed: closed(cx, tutor) };
    Ok(Calendar { view: parts::calendar(&shown), said, chosen })
}

/// The calendar alone, for the island.
pub async fn draw(cx: &RequestCx, slug: &str, query: &str) -> Result<Drawn, AppError> {
    let query: BookQuery = web::parse_query(query);
    let variant = query.variant.parse::<VariantId>().ok();
    let range = wanted_range(cx, &query);
    let tutor = catalogue::tutor_times(cx.services(), cx.actor()?, slug, variant, range).await?;
    let drawn = calendar(cx, &query, &tutor).await?;
    Ok(Drawn { html: drawn.view.to_html(), said: drawn.said })
}

/// What is shown, and the chosen day: as the address says, otherwise the first free one.
async fn period(cx: &RequestCx, days: &Days<'_>, query: &BookQuery, tutor: &TutorTimes) -> Result<(Period, String), AppError> {
    let span = query.span();
    let reader = days.reader;
    let first_slot = tutor.free.first().map(|slot| reader.date(slot.start));
    let from = query.from().or(first_slot).unwrap_or_else(|| days.today());
    let first = days.first_day(span, from);
    let range = days.range(span, first);
    let free: Vec<Slot> = tutor.free.iter().filter(|slot| range.contains(&slot.start)).copied().collect();
    let wanted = query.day.parse().ok().filter(|date| free.iter().any(|slot| reader.date(slot.start) == *date));
    let chosen = wanted.or_else(|| free.first().map(|slot| reader.date(slot.start)));
    let next = if free.is_empty() { other_free(cx, tutor, &range).await? } else { None };
    let detail = match (span, chosen) {
        (Span::Month, Some(date)) => Detail::Only(date),
        _ => Detail::All,
    };
    Ok((days.period(span, first, &free, detail, next), chosen.map(|date| date.to_string()).unwrap_or_default()))
}

/// The first free time after `range`; beyond the last one, the first of all.
async fn other_free(cx: &RequestCx, tutor: &TutorTimes, range: &Range<Timestamp>) -> Result<Option<Slot>, AppError> {
    for from in [range.end, cx.now()] {
        let until = from.checked_add(NEXT_WITHIN).unwrap_or(Timestamp::MAX);
        let free = availability::free_slots(cx.services(), cx.actor()?, tutor.id, tutor.chosen.minutes, from..until).await?;
        if let Some(first) = free.first() {
            return Ok(Some(*first));
        }
    }
    Ok(None)
}

/// The most telling of what the query asked for: the time, the day, the period.
fn said(period: &Period, query: &BookQuery, day: &str, slot: &str) -> String {
    if let Some((_, slot)) = period.slot(slot) {
        return slot.when.clone();
    }
    if period.span == Span::Month
        && query.day == day
        && let Some(day) = period.day(day)
    {
        return day.label.clone();
    }
    period.summary.clone()
}

fn closed(cx: &RequestCx, tutor: &TutorTimes) -> Option<String> {
    let member = cx.member()?;
    if member.id == tutor.id {
        return Some(i18n::t!(cx.reader(), "booking-own-page"));
    }
    (!member.roles.has(Role::Student)).then(|| i18n::t!(cx.reader(), "booking-not-student"))
}
