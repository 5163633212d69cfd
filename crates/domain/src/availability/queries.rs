//! SQL of availability.

use super::model::{Calendar, unset};
use crate::{Error, Result, TenantTx};
use jiff::{SignedDuration, Span, Timestamp, civil, tz::TimeZone};
use jiff_sqlx::ToSqlx;
use kernel::{
    availability::{Busy, DateException, Schedule, SlotRules, Window},
    ids::MemberId,
    zone::ZoneName,
};
use std::{collections::HashMap, ops::Range};
use uuid::Uuid;

/// The calendars of published tutors, as far as they matter to lessons that start in `range`.
/// Four queries, however many tutors. A tutor who is not published, or suspended, has none.
///
/// A hold that ran out by the database's clock is no longer busy.
pub async fn calendars(tx: &mut TenantTx, tutors: &[MemberId], range: Range<Timestamp>) -> Result<HashMap<MemberId, Calendar>> {
    let ids: Vec<Uuid> = tutors.iter().map(|id| id.0).collect();
    let mut calendars = schedules(tx, &ids).await?;
    for (tutor, window) in windows(tx, &ids).await? {
        if let Some(calendar) = calendars.get_mut(&tutor) {
            calendar.schedule.weekly.push(window);
        }
    }
    // A window reaches two days past its date, and a date lies within a day of UTC's.
    let date = |at: Timestamp| TimeZone::UTC.to_datetime(at).date();
    let dates = date(range.start).saturating_sub(Span::new().days(4))..date(range.end).saturating_add(Span::new().days(4));
    for (tutor, exceptions) in exceptions(tx, &ids, dates).await? {
        if let Some(calendar) = calendars.get_mut(&tutor) {
            calendar.schedule.exceptions = exceptions;
        }
    }
    for claim in claims(tx, &ids, range).await? {
        if let Some(calendar) = calendars.get_mut(&claim.tutor) {
            let busy = claim.busy(&calendar.schedule.rules);
            calendar.busy.push(busy);
        }
    }
    Ok(calendars)
}

async fn schedules(tx: &mut TenantTx, tutors: &[Uuid]) -> Result<HashMap<MemberId, Calendar>> {
    let rows = sqlx::query!(
        r#"SELECT t.id AS "id: MemberId", s.zone AS "zone?", s.increment_minutes AS "increment?", s.buffer_before_minutes AS "before?",
             s.buffer_after_minutes AS "after?", s.notice_minutes AS "notice?", s.horizon_days AS "horizon?"
           FROM tutors t
           JOIN members m ON m.tenant_id = t.tenant_id AND m.id = t.id AND m.status = 'active'
           LEFT JOIN schedules s ON s.tenant_id = t.tenant_id AND s.id = t.id
           WHERE t.tenant_id = $1 AND t.id = ANY($2) AND t.published"#,
        tx.tenant().0,
        tutors
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let mut schedule = unset(ZoneName::utc());
            if let Some(zone) = row.zone {
                schedule.zone = ZoneName::new(&zone).map_err(|_| Error::Broken("a schedule's zone is known"))?;
                schedule.rules = rules(row.increment, row.before, row.after, row.notice, row.horizon);
            }
            Ok((row.id, Calendar { schedule, busy: Vec::new() }))
        })
        .collect()
}

fn rules(increment: Option<i16>, before: Option<i16>, after: Option<i16>, notice: Option<i32>, horizon: Option<i16>) -> SlotRules {
    let minutes = |value: Option<i16>| value.and_then(|value| u32::try_from(value).ok()).unwrap_or(0);
    SlotRules {
        increment_minutes: minutes(increment),
        buffer_before_minutes: minutes(before),
        buffer_after_minutes: minutes(after),
        notice_minutes: notice.and_then(|value| u32::try_from(value).ok()).unwrap_or(0),
        horizon_days: minutes(horizon),
    }
}

async fn windows(tx: &mut TenantTx, tutors: &[Uuid]) -> Result<Vec<(MemberId, Window)>> {
    let rows = sqlx::query!(
        r#"SELECT tutor_id AS "tutor: MemberId", weekday, start_minute, end_minute FROM availability_windows
           WHERE tenant_id = $1 AND tutor_id = ANY($2) ORDER BY weekday, start_minute"#,
        tx.tenant().0,
        tutors
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let weekday = u8::try_from(row.weekday).unwrap_or(0);
            (row.tutor, Window { weekday, start: row.start_minute.unsigned_abs(), end: row.end_minute.unsigned_abs() })
        })
        .collect())
}

/// Exceptions by tutor, each tutor's in the order of their dates.
async fn exceptions(tx: &mut TenantTx, tutors: &[Uuid], dates: Range<civil::Date>) -> Result<HashMap<MemberId, Vec<DateException>>> {
    let rows = sqlx::query!(
        r#"SELECT tutor_id AS "tutor: MemberId", on_date, start_minute, end_minute FROM availability_exceptions
           WHERE tenant_id = $1 AND tutor_id = ANY($2) AND on_date >= $3 AND on_date < $4
           ORDER BY on_date, start_minute"#,
        tx.tenant().0,
        tutors,
        dates.start.to_sqlx() as _,
        dates.end.to_sqlx() as _
    )
    .fetch_all(tx.conn())
    .await?;
    let mut by_tutor: HashMap<MemberId, Vec<DateException>> = HashMap::new();
    for row in rows {
        let dates = by_tutor.entry(row.tutor).or_default();
        let date = row.on_date.to_jiff();
        if dates.last().is_none_or(|last| last.date != date) {
            dates.push(DateException { date, windows: Vec::new() });
        }
        if let (Some(last), Some(start), Some(end)) = (dates.last_mut(), row.start_minute, row.end_minute) {
            last.windows.push((start.unsigned_abs(), end.unsigned_abs()));
        }
    }
    Ok(by_tutor)
}

/// An active claim.
struct Claim {
    tutor: MemberId,
    starts_at: Timestamp,
    ends_at: Timestamp,
    /// When the next lesson may start, by the rules under which this one was claimed.
    free_from: Timestamp,
}

impl Claim {
    /// The claim as the search for slots takes it. The constraint keeps the new lesson's own
    /// gap before this one and this one's gap after it, so nothing is offered that it would
    /// refuse.
    fn busy(&self, rules: &SlotRules) -> Busy {
        let gap = u32::try_from(self.free_from.duration_since(self.ends_at).as_mins()).unwrap_or(0);
        let gap_of_new = rules.buffer_before_minutes.max(rules.buffer_after_minutes);
        Busy {
            start: self.starts_at,
            end: self.ends_at,
            buffer_before_minutes: gap.max(gap_of_new),
            buffer_after_minutes: gap.max(gap_of_new),
        }
    }
}

/// The active claims around `range`. Only `=` and `<` in the conditions: under row-level
/// security `&&` would not use an index.
async fn claims(tx: &mut TenantTx, tutors: &[Uuid], range: Range<Timestamp>) -> Result<Vec<Claim>> {
    // No lesson with its gaps is longer than a day.
    let day = SignedDuration::from_hours(24);
    let from = range.start.checked_sub(day).unwrap_or(Timestamp::UNIX_EPOCH);
    let until = range.end.checked_add(day).unwrap_or(Timestamp::MAX);
    let rows = sqlx::query!(
        r#"SELECT tutor_id AS "tutor: MemberId", starts_at, ends_at, upper(during) AS "free_from!" FROM claims
           WHERE tenant_id = $1 AND tutor_id = ANY($2) AND active AND ends_at > $3 AND starts_at < $4
             AND (expires_at IS NULL OR expires_at > clock_timestamp())"#,
        tx.tenant().0,
        tutors,
        from.to_sqlx() as _,
        until.to_sqlx() as _
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Claim {
            tutor: row.tutor,
            starts_at: row.starts_at.to_jiff(),
            ends_at: row.ends_at.to_jiff(),
            free_from: row.free_from.to_jiff(),
        })
        .collect())
}

/// A tutor's hours for their editor, with the exceptions from `from` on; `None` when they have
/// set none.
pub(super) async fn schedule(tx: &mut TenantTx, tutor: MemberId, from: civil::Date) -> Result<Option<Schedule>> {
    let row = sqlx::query!(
        "SELECT zone, increment_minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes, horizon_days
         FROM schedules WHERE tenant_id = $1 AND id = $2",
        tx.tenant().0,
        tutor.0
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let weekly = windows(tx, &[tutor.0]).await?.into_iter().map(|(_, window)| window).collect();
    let exceptions = exceptions(tx, &[tutor.0], from..civil::Date::MAX).await?.remove(&tutor).unwrap_or_default();
    Ok(Some(Schedule {
        zone: ZoneName::new(&row.zone).map_err(|_| Error::Broken("a schedule's zone is known"))?,
        weekly,
        exceptions,
        rules: rules(
            Some(row.increment_minutes),
            Some(row.buffer_before_minutes),
            Some(row.buffer_after_minutes),
            Some(row.notice_minutes),
            Some(row.horizon_days),
        ),
    }))
}

/// Whether the member has a tutor's page, published or not.
pub(super) async fn is_tutor(tx: &mut TenantTx, member: MemberId) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM tutors WHERE tenant_id = $1 AND id = $2) AS "is!""#, tx.tenant().0, member.0)
        .fetch_one(tx.conn())
        .await?)
}

/// Writes the zone and the rules. Locks the row, so that two editors of one tutor take turns.
pub(super) async fn upsert_schedule(tx: &mut TenantTx, tutor: MemberId, zone: &ZoneName, rules: &SlotRules) -> Result<()> {
    let small = |value: u32| i16::try_from(value).unwrap_or(i16::MAX);
    sqlx::query!(
        "INSERT INTO schedules (tenant_id, id, zone, increment_minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes, horizon_days)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (tenant_id, id) DO UPDATE SET zone = excluded.zone, increment_minutes = excluded.increment_minutes,
           buffer_before_minutes = excluded.buffer_before_minutes, buffer_after_minutes = excluded.buffer_after_minutes,
           notice_minutes = excluded.notice_minutes, horizon_days = excluded.horizon_days",
        tx.tenant().0,
        tutor.0,
        zone.as_str(),
        small(rules.increment_minutes),
        small(rules.buffer_before_minutes),
        small(rules.buffer_after_minutes),
        i32::try_from(rules.notice_minutes).unwrap_or(i32::MAX),
        small(rules.horizon_days)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Replaces the week's windows; each comes with its new id.
pub(super) async fn replace_windows(tx: &mut TenantTx, tutor: MemberId, windows: &[(Uuid, Window)]) -> Result<()> {
    let tenant = tx.tenant().0;
    sqlx::query!("DELETE FROM availability_windows WHERE tenant_id = $1 AND tutor_id = $2", tenant, tutor.0).execute(tx.conn()).await?;
    let ids: Vec<Uuid> = windows.iter().map(|(id, _)| *id).collect();
    let weekdays: Vec<i16> = windows.iter().map(|(_, window)| i16::from(window.weekday)).collect();
    let starts: Vec<i16> = windows.iter().map(|(_, window)| minute(window.start)).collect();
    let ends: Vec<i16> = windows.iter().map(|(_, window)| minute(window.end)).collect();
    sqlx::query!(
        "INSERT INTO availability_windows (tenant_id, id, tutor_id, weekday, start_minute, end_minute)
         SELECT $1, w.id, $2, w.weekday, w.starts, w.ends
         FROM unnest($3::uuid[], $4::smallint[], $5::smallint[], $6::smallint[]) AS w (id, weekday, starts, ends)",
        tenant,
        tutor.0,
        &ids,
        &weekdays,
        &starts,
        &ends
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Makes sure that the tutor has hours, and locks them until the transaction ends.
pub(super) async fn lock_schedule(tx: &mut TenantTx, tutor: MemberId, zone: &ZoneName) -> Result<()> {
    sqlx::query!(
        "INSERT INTO schedules (tenant_id, id, zone) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, id) DO UPDATE SET zone = schedules.zone",
        tx.tenant().0,
        tutor.0,
        zone.as_str()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How many dates from `from` on have hours of their own.
pub(super) async fn count_exceptions(tx: &mut TenantTx, tutor: MemberId, from: civil::Date) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"SELECT count(DISTINCT on_date) AS "count!" FROM availability_exceptions WHERE tenant_id = $1 AND tutor_id = $2 AND on_date >= $3"#,
        tx.tenant().0,
        tutor.0,
        from.to_sqlx() as _
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Writes the hours of one date; each window comes with its new id, and a window of `None`
/// closes the day.
pub(super) async fn insert_exception(
    tx: &mut TenantTx,
    tutor: MemberId,
    date: civil::Date,
    id: Uuid,
    window: Option<(u16, u16)>,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO availability_exceptions (tenant_id, id, tutor_id, on_date, start_minute, end_minute) VALUES ($1, $2, $3, $4, $5, $6)",
        tx.tenant().0,
        id,
        tutor.0,
        date.to_sqlx() as _,
        window.map(|(start, _)| minute(start)),
        window.map(|(_, end)| minute(end))
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Gives a date the week's hours back; whether it had others.
pub(super) async fn delete_exception(tx: &mut TenantTx, tutor: MemberId, date: civil::Date) -> Result<bool> {
    let done = sqlx::query!(
        "DELETE FROM availability_exceptions WHERE tenant_id = $1 AND tutor_id = $2 AND on_date = $3",
        tx.tenant().0,
        tutor.0,
        date.to_sqlx() as _
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A minute of two days fits.
fn minute(value: u16) -> i16 {
    i16::try_from(value).unwrap_or(i16::MAX)
}
