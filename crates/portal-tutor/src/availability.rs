//! `/tutor/availability`: weekly hours, days that differ, and the rules of booking.
//!
//! Rows are added, removed and copied by sending the same form with GET: the page is drawn from
//! what was typed, nothing is saved, and it works without a script.

#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

mod days;
mod draft;
mod view;

use crate::common::frame;
use domain::{
    Error,
    availability::{self, AddException, Editor, SaveWeek},
    booking,
};
use draft::{Draft, Hours};
use i18n::t;
use jiff::{SignedDuration, Timestamp, civil::Date};
use kernel::{
    AppError, Role,
    availability::{Busy, Schedule, Slot, free_slots},
    form::FormState,
    urls,
};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{RequestCx, Wide, cx, page, redirect_with};

/// The lesson of the preview, in minutes, and how far it looks.
const PREVIEW_MINUTES: u32 = 60;
const PREVIEW_WITHIN: SignedDuration = SignedDuration::from_hours(14 * 24);
const PREVIEW_SLOTS: usize = 8;

/// Saves the week's hours, their zone and the rules of booking.
#[server(name = SaveWeekForm, prefix = "/api", endpoint = "tutor/save_week")]
pub async fn save_week(
    zone: String,
    #[server(default)] day: Vec<String>,
    #[server(default)] from: Vec<String>,
    #[server(default)] to: Vec<String>,
    increment_minutes: String,
    buffer_before_minutes: String,
    buffer_after_minutes: String,
    notice_minutes: String,
    horizon_days: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    cx.actor()?.require(Role::Tutor)?;
    let rules = [increment_minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes, horizon_days];
    let draft = Draft { zone, rows: draft::rows(&day, &from, &to), rules };
    let (hours, rules) = draft.read()?;
    let typed = SaveWeek { zone: draft.zone, windows: hours.windows(), rules };
    availability::save_week(cx.services(), cx.actor()?, &typed).await.map_err(|error| hours.at_rows(error.into(), "windows"))?;
    redirect_with(urls::tutor_portal::AVAILABILITY, "tutor-done-hours");
    Ok(())
}

/// Closes a day, or gives it hours of its own.
#[server(name = AddDayForm, prefix = "/api", endpoint = "tutor/add_day")]
pub async fn add_day(
    date: String,
    #[server(default)] closed: String,
    #[server(default)] from: Vec<String>,
    #[server(default)] to: Vec<String>,
) -> Result<(), AppError> {
    let cx = cx()?;
    cx.actor()?.require(Role::Tutor)?;
    let date: Date = date.parse().map_err(|_| AppError::field("date", "error-date"))?;
    let hours = if closed == days::CLOSED { Hours::default() } else { Hours::of_day(&draft::rows(&[], &from, &to))? };
    let typed = AddException { date, windows: hours.windows().iter().map(|window| (window.start, window.end)).collect() };
    availability::add_exception(cx.services(), cx.actor()?, &typed).await.map_err(|error| hours.at_rows(error.into(), "hours"))?;
    redirect_with(urls::tutor_portal::AVAILABILITY, "tutor-done-day");
    Ok(())
}

/// Gives a day the week's hours back.
#[server(name = RemoveDayForm, prefix = "/api", endpoint = "tutor/remove_day")]
pub async fn remove_day(date: String) -> Result<(), AppError> {
    let cx = cx()?;
    cx.actor()?.require(Role::Tutor)?;
    let date: Date = date.parse().map_err(|_| AppError::NotFound)?;
    availability::remove_exception(cx.services(), cx.actor()?, date).await?;
    redirect_with(urls::tutor_portal::AVAILABILITY, "tutor-done-day-removed");
    Ok(())
}

/// Everything the page needs.
struct Sheet {
    editor: Editor,
    draft: Draft,
    /// Whether the rows were changed and not saved.
    unsaved: bool,
    /// The next free times under what is shown; `None` while it cannot be read.
    preview: Option<Vec<Slot>>,
}

/// `/tutor/availability`
#[component]
pub fn AvailabilityPage() -> impl IntoView {
    page(async |cx| {
        let (services, actor) = (cx.services(), cx.actor()?);
        actor.require(Role::Tutor)?;
        let editor = match availability::editor(services, actor).await {
            Ok(editor) => editor,
            // The role is there, the tutor's page is not yet.
            Err(Error::App(AppError::NotFound)) => return Ok(without_profile(&cx)),
            Err(error) => return Err(error.into()),
        };
        let (draft, unsaved) = shown(&cx, &editor.schedule);
        let end = cx.now().checked_add(PREVIEW_WITHIN).unwrap_or(cx.now());
        let taken = booking::tutor_between(services, actor, cx.now()..end).await?;
        let busy: Vec<Busy> = taken
            .iter()
            .map(|lesson| Busy { start: lesson.starts_at, end: lesson.ends_at, buffer_before_minutes: 0, buffer_after_minutes: 0 })
            .collect();
        let preview = draft.schedule(&editor.schedule).map(|schedule| preview(&schedule, &busy, cx.now(), end));
        Ok(view::availability(&cx, &Sheet { editor, draft, unsaved, preview }))
    })
}

/// What the form shows: what was refused, what was rearranged, or what is saved.
fn shown(cx: &RequestCx, saved: &Schedule) -> (Draft, bool) {
    let refused = cx.form(SaveWeekForm::PATH);
    if refused.is_refused() {
        return (Draft::typed(&refused), true);
    }
    let pairs: Vec<(String, String)> = form_urlencoded::parse(cx.raw_query().as_bytes()).into_owned().collect();
    let query = FormState::refused(pairs, kernel::FormErrors::default());
    match query.value("do") {
        Some(step) => (Draft::typed(&query).after(step), true),
        None => (Draft::saved(saved), false),
    }
}

fn preview(schedule: &Schedule, busy: &[Busy], now: Timestamp, end: Timestamp) -> Vec<Slot> {
    let mut slots = free_slots(schedule, PREVIEW_MINUTES, busy, availability::earliest_start(now)..end, now);
    slots.truncate(PREVIEW_SLOTS);
    slots
}

fn without_profile(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "tutor-nav-availability");
    let page = view! {
        <PageHead title=title.clone()/>
        <Empty icon=Glyph::User title=t!(locale, "tutor-hours-no-profile") body=t!(locale, "tutor-hours-no-profile-body")>
            <LinkButton href=urls::tutor_portal::PROFILE tone=Tone::Primary>{t!(locale, "tutor-task-profile")}</LinkButton>
        </Empty>
    };
    frame(&title, Wide::No, page.into_any())
}
