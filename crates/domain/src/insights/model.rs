//! The dashboard's types.

use crate::{
    booking::{Kind, Person},
    orders::OrderStatus,
};
use jiff::{Timestamp, civil};
use kernel::{Money, ids::OrderId};

/// A figure of a period and of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<T> {
    /// Of the period.
    pub now: T,
    /// Of the period of the same length before.
    pub before: T,
}

impl Change<i64> {
    /// How much more than before, in tenths of a percent: 124 is 12.4 % more. `None` when there
    /// was nothing before.
    pub fn per_mille(self) -> Option<i64> {
        (self.before != 0).then(|| (self.now - self.before) * 1000 / self.before)
    }
}

impl Change<Money> {
    /// As for numbers.
    pub fn per_mille(self) -> Option<i64> {
        Change { now: self.now.minor, before: self.before.minor }.per_mille()
    }
}

/// The admin's dashboard: the last thirty days of the tenant's calendar, today the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminOverview {
    /// The first day.
    pub from: civil::Date,
    /// Today. It is not over: its figures still grow.
    pub to: civil::Date,
    /// What was paid.
    pub sales: Change<Money>,
    /// The tenant's share of it, less its share of what went back; from the ledger.
    pub commission: Change<Money>,
    /// Lessons booked, also those cancelled later.
    pub bookings: Change<i64>,
    /// What was given back, or promised.
    pub refunded: Change<Money>,
    /// Minutes of lessons that took or take place.
    pub booked_minutes: Change<i64>,
    /// Minutes that the published tutors offered, by today's hours and the dates that differ.
    pub offered_minutes: Change<i64>,
    /// Day by day, thirty of them.
    pub sales_per_day: Vec<DaySales>,
    /// The last twelve weeks; the last one is not over.
    pub bookings_per_week: Vec<WeekBookings>,
    /// Lessons by weekday and hour of their start, in the period; hours without any are left out.
    pub heat: Vec<HeatCell>,
    /// The newest orders.
    pub recent_orders: Vec<RecentOrder>,
    /// What waits for an admin.
    pub decisions: Decisions,
}

impl AdminOverview {
    /// Booked of the offered time in tenths of a percent, of the period and the one before.
    pub fn utilisation_per_mille(&self) -> Change<Option<i64>> {
        let share = |booked: i64, offered: i64| (offered > 0).then(|| booked * 1000 / offered);
        Change {
            now: share(self.booked_minutes.now, self.offered_minutes.now),
            before: share(self.booked_minutes.before, self.offered_minutes.before),
        }
    }
}

/// A day's sales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySales {
    /// The day.
    pub date: civil::Date,
    /// What was paid on it.
    pub sales: Money,
    /// What was paid thirty days earlier.
    pub before: Money,
}

/// A week's bookings by kind, on the day they were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekBookings {
    /// Its Monday.
    pub monday: civil::Date,
    /// 1-on-1 lessons.
    pub one_on_one: u32,
    /// Trials.
    pub trial: u32,
}

/// Lessons that start in an hour of a weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeatCell {
    /// 1 is Monday, 7 is Sunday.
    pub weekday: i8,
    /// 0 to 23.
    pub hour: i8,
    /// How many.
    pub lessons: u32,
}

/// A new order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentOrder {
    /// The order.
    pub id: OrderId,
    /// Its number for people, such as `NS-1042`.
    pub number: String,
    /// Who bought.
    pub student: Person,
    /// What was sold.
    pub kind: Kind,
    /// Duration.
    pub minutes: u32,
    /// Who teaches.
    pub tutor: String,
    /// Brand and last four of the card, empty before it is paid.
    pub card: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// When it was made.
    pub created_at: Timestamp,
    /// What it costs.
    pub total: Money,
}

/// What waits for an admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decisions {
    /// Offerings in review.
    pub approvals: u32,
    /// Since when the oldest of them waits.
    pub oldest_approval: Option<Timestamp>,
    /// Refunds that failed and need a person.
    pub failed_refunds: u32,
}

#[cfg(test)]
mod tests {
    use super::Change;

    #[test]
    fn a_change_needs_something_before() {
        assert_eq!(Change { now: 1124_i64, before: 1000 }.per_mille(), Some(124));
        assert_eq!(Change { now: 5_i64, before: 10 }.per_mille(), Some(-500));
        assert_eq!(Change { now: 5_i64, before: 0 }.per_mille(), None);
    }
}
