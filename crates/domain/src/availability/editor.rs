//! The tutor's own editor of hours.

use super::{
    model::{AddException, Editor, SaveWeek, unset},
    queries,
};
use crate::{Actor, Member, Result, Services, TenantTx};
use jiff::{Span, Timestamp, civil};
use kernel::{
    AppError, FieldError, FormErrors, Role,
    availability::{Schedule, SlotRules, WindowError, check_day, check_windows, open_hours},
    zone::ZoneName,
};
use std::ops::Range;

/// The most windows in a week, and in a day of its own.
const MOST_WINDOWS: usize = 70;
const MOST_WINDOWS_A_DAY: usize = 10;
/// The most dates with hours of their own.
const MOST_EXCEPTIONS: i64 = 366;
/// The steps between starts that are offered, in minutes.
const INCREMENTS: [u32; 5] = [10, 15, 20, 30, 60];

/// The signed-in tutor's hours. Before the first save they are closed, in the tutor's zone or
/// else the tenant's.
pub async fn editor(services: &Services, actor: &Actor) -> Result<Editor> {
    let (tutor, mut tx) = begin(services, actor).await?;
    let schedule = current(services, actor, &mut tx, tutor).await?;
    tx.commit().await?;
    let today = today(&schedule.zone, services.now());
    Ok(Editor { schedule, today })
}

/// When the signed-in tutor works in `range`, booked or not, in order. Nothing before they set
/// their hours.
pub async fn own_hours(services: &Services, actor: &Actor, range: Range<Timestamp>) -> Result<Vec<Range<Timestamp>>> {
    let tutor = actor.require(Role::Tutor)?;
    let mut tx = actor.begin(&services.db).await?;
    // Hours reach two days past their date, and a date lies within a day of UTC's.
    let from = today(&ZoneName::utc(), range.start).saturating_sub(Span::new().days(4));
    let schedule = queries::schedule(&mut tx, tutor.id, from).await?;
    tx.commit().await?;
    Ok(schedule.map(|schedule| open_hours(&schedule, range)).unwrap_or_default())
}

/// Replaces the week's hours, their zone and the rules of booking. Lessons that are booked
/// stay as they are.
pub async fn save_week(services: &Services, actor: &Actor, typed: &SaveWeek) -> Result<()> {
    let (tutor, mut tx) = begin(services, actor).await?;
    let zone = check_week(typed)?;
    queries::upsert_schedule(&mut tx, tutor.id, &zone, &typed.rules).await?;
    let windows: Vec<_> = typed.windows.iter().map(|window| (services.id(), *window)).collect();
    queries::replace_windows(&mut tx, tutor.id, &windows).await?;
    tx.commit().await
}

/// Gives one date hours of its own, or closes it.
pub async fn add_exception(services: &Services, actor: &Actor, typed: &AddException) -> Result<()> {
    let (tutor, mut tx) = begin(services, actor).await?;
    let zone = current(services, actor, &mut tx, tutor).await?.zone;
    let today = today(&zone, services.now());
    check_exception(typed, today)?;
    queries::lock_schedule(&mut tx, tutor.id, &zone).await?;
    queries::delete_exception(&mut tx, tutor.id, typed.date).await?;
    if queries::count_exceptions(&mut tx, tutor.id, today).await? >= MOST_EXCEPTIONS {
        return Err(AppError::field("date", "error-too-many-exceptions").into());
    }
    if typed.windows.is_empty() {
        queries::insert_exception(&mut tx, tutor.id, typed.date, services.id(), None).await?;
    }
    for window in &typed.windows {
        queries::insert_exception(&mut tx, tutor.id, typed.date, services.id(), Some(*window)).await?;
    }
    tx.commit().await
}

/// Gives a date the week's hours back.
///
/// # Errors
/// `NotFound` when the date has none of its own.
pub async fn remove_exception(services: &Services, actor: &Actor, date: civil::Date) -> Result<()> {
    let (tutor, mut tx) = begin(services, actor).await?;
    if !queries::delete_exception(&mut tx, tutor.id, date).await? {
        return Err(AppError::NotFound.into());
    }
    tx.commit().await
}

/// A transaction of the signed-in tutor.
async fn begin<'a>(services: &Services, actor: &'a Actor) -> Result<(&'a Member, TenantTx)> {
    let tutor = actor.require(Role::Tutor)?;
    let mut tx = actor.begin(&services.db).await?;
    if !queries::is_tutor(&mut tx, tutor.id).await? {
        return Err(AppError::NotFound.into());
    }
    Ok((tutor, tx))
}

/// The tutor's hours as they are, with the exceptions from yesterday on.
async fn current(services: &Services, actor: &Actor, tx: &mut TenantTx, tutor: &Member) -> Result<Schedule> {
    let from = today(&ZoneName::utc(), services.now()).saturating_sub(Span::new().days(1));
    let own = tutor.zone.as_deref().and_then(|name| ZoneName::new(name).ok());
    Ok(queries::schedule(tx, tutor.id, from).await?.unwrap_or_else(|| unset(own.unwrap_or_else(|| actor.tenant.zone.clone()))))
}

fn today(zone: &ZoneName, now: Timestamp) -> civil::Date {
    zone.zone().to_datetime(now).date()
}

fn check_week(typed: &SaveWeek) -> Result<ZoneName, AppError> {
    let mut errors = FormErrors::default();
    let zone = ZoneName::new(&typed.zone);
    errors.check(zone.is_ok(), "zone", "error-choice");
    if typed.windows.len() > MOST_WINDOWS {
        errors.add("windows", FieldError::new("error-too-many").with("max", MOST_WINDOWS));
    } else if let Err(wrong) = check_windows(&typed.windows) {
        add_window_error(&mut errors, wrong);
    }
    let SlotRules { increment_minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes, horizon_days } = typed.rules;
    errors.check(INCREMENTS.contains(&increment_minutes), "increment_minutes", "error-choice");
    check_range(&mut errors, "buffer_before_minutes", buffer_before_minutes, 0, 120);
    check_range(&mut errors, "buffer_after_minutes", buffer_after_minutes, 0, 120);
    check_range(&mut errors, "notice_minutes", notice_minutes, 0, 20_160);
    check_range(&mut errors, "horizon_days", horizon_days, 1, 365);
    errors.into_result()?;
    // Checked above.
    zone.map_err(|_| AppError::Internal)
}

fn check_exception(typed: &AddException, today: civil::Date) -> Result<(), AppError> {
    let mut errors = FormErrors::default();
    errors.check(typed.date >= today, "date", "error-date-past");
    errors.check(typed.date <= today.saturating_add(Span::new().years(2)), "date", "error-date-far");
    if typed.windows.len() > MOST_WINDOWS_A_DAY {
        errors.add("windows", FieldError::new("error-too-many").with("max", MOST_WINDOWS_A_DAY));
    } else if let Err(wrong) = check_day(&typed.windows) {
        add_window_error(&mut errors, wrong);
    }
    errors.into_result()
}

fn add_window_error(errors: &mut FormErrors, wrong: WindowError) {
    errors.add(&format!("windows.{}", wrong.at), FieldError::new(wrong.problem.code()));
}

fn check_range(errors: &mut FormErrors, field: &str, value: u32, min: u32, max: u32) {
    if !(min..=max).contains(&value) {
        errors.add(field, FieldError::new("error-range").with("min", min).with("max", max));
    }
}
