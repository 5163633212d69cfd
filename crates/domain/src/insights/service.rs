//! The dashboard.

use super::{
    model::{AdminOverview, Change, DaySales, WeekBookings},
    period::{Period, midnight, monday},
    queries::{self, count},
};
use crate::{Actor, Result, Services, booking::Kind};
use jiff::{Span, civil};
use kernel::{Money, Permission};
use std::collections::HashMap;

/// Days of the admin's overview.
const DAYS: i64 = 30;
/// Weeks of its bookings, the present one among them.
const WEEKS: i64 = 12;
/// Orders of its list.
const ORDERS: i64 = 7;

/// The admin's dashboard.
pub async fn admin(services: &Services, actor: &Actor) -> Result<AdminOverview> {
    actor.permit(Permission::SeeOverview)?;
    let currency = actor.tenant.currency;
    let (zone_name, zone) = (actor.tenant.zone.as_str(), actor.tenant.zone.zone());
    let period = Period::last_days(DAYS, &zone, services.now());
    let first_monday = monday(period.today).saturating_sub(Span::new().weeks(WEEKS - 1));
    let mut tx = actor.begin(&services.db).await?;
    let totals = queries::totals(&mut tx, &period, currency).await?;
    let per_day = queries::sales_per_day(&mut tx, period.before, zone_name).await?;
    let per_week = queries::bookings_per_week(&mut tx, midnight(&zone, first_monday), zone_name).await?;
    let heat = queries::heat(&mut tx, period.start..period.end, zone_name).await?;
    let recent_orders = queries::recent_orders(&mut tx, ORDERS, currency).await?;
    let decisions = queries::decisions(&mut tx).await?;
    let money = |now: i64, before: i64| Change { now: Money::new(now, currency), before: Money::new(before, currency) };
    Ok(AdminOverview {
        from: period.first,
        to: period.today,
        sales: money(totals.sales, totals.sales_before),
        commission: money(totals.commission, totals.commission_before),
        bookings: Change { now: totals.bookings, before: totals.bookings_before },
        refunded: money(totals.refunded, totals.refunded_before),
        booked_minutes: Change { now: totals.booked, before: totals.booked_before },
        offered_minutes: Change { now: totals.offered, before: totals.offered_before },
        sales_per_day: sales_per_day(&period, &per_day.into_iter().collect(), |minor| Money::new(minor, currency)),
        bookings_per_week: bookings_per_week(first_monday, &per_week),
        heat,
        recent_orders,
        decisions,
    })
}

/// Every day of the period, also those without sales.
fn sales_per_day(period: &Period, sales: &HashMap<civil::Date, i64>, money: impl Fn(i64) -> Money) -> Vec<DaySales> {
    let on = |date: civil::Date| money(sales.get(&date).copied().unwrap_or(0));
    let days = (0..DAYS).map(|day| period.first.saturating_add(Span::new().days(day)));
    days.map(|date| DaySales { date, sales: on(date), before: on(date.saturating_sub(Span::new().days(DAYS))) }).collect()
}

/// Every week, also those without bookings.
fn bookings_per_week(first: civil::Date, found: &[(civil::Date, Kind, i64)]) -> Vec<WeekBookings> {
    let weeks = (0..WEEKS).map(|week| first.saturating_add(Span::new().weeks(week)));
    weeks
        .map(|monday| {
            let of = |kind: Kind| found.iter().find(|(week, sold, _)| *week == monday && *sold == kind).map_or(0, |(_, _, n)| count(*n));
            WeekBookings { monday, one_on_one: of(Kind::OneOnOne), trial: of(Kind::Trial) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{Timestamp, tz::TimeZone};
    use kernel::Currency;

    #[test]
    fn empty_days_and_weeks_are_zero_not_missing() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let period = Period::last_days(DAYS, &TimeZone::UTC, now);
        let sales = HashMap::from([(period.today, 7), (period.today.saturating_sub(Span::new().days(DAYS)), 5)]);
        let days = sales_per_day(&period, &sales, |minor| Money::new(minor, Currency::Gbp));
        assert_eq!(days.len(), 30);
        assert_eq!(days.last().map(|day| (day.date, day.sales.minor, day.before.minor)), Some((period.today, 7, 5)));
        assert!(days.iter().rev().skip(1).all(|day| day.sales.minor == 0 && day.before.minor == 0));
        let weeks = bookings_per_week(period.today, &[(period.today, Kind::Trial, 3)]);
        assert_eq!((weeks.len(), weeks.first().map(|week| (week.one_on_one, week.trial))), (12, Some((0, 3))));
    }
}
