//! The line of figures, each against the thirty days before.

use domain::insights::{AdminOverview, Change};
use i18n::{Reader, t};
use kernel::Money;
use leptos::prelude::*;
use ui::prelude::*;

/// Sales, commission, bookings, hours booked, refunds.
pub fn figures(reader: &Reader, overview: &AdminOverview) -> AnyView {
    let hours = overview.utilisation_per_mille();
    let booked = hours.now.map_or_else(|| t!(reader, "admin-figure-none"), |share| reader.percent_bps(share.saturating_mul(10)));
    let figures = view! {
        <Stat label=t!(reader, "admin-figure-sales") value=reader.money(overview.sales.now) delta=delta(reader, overview.sales.per_mille(), true)
                note=from(reader, overview.sales)/>
        <Stat label=t!(reader, "admin-figure-commission") value=reader.money(overview.commission.now)
                delta=delta(reader, overview.commission.per_mille(), true) note=of_sales(reader, overview.commission.now, overview.sales.now)/>
        <Stat label=t!(reader, "admin-figure-bookings") value=reader.number(overview.bookings.now) delta=delta(reader, overview.bookings.per_mille(), true)
                note=t!(reader, "admin-figure-from", before = reader.number(overview.bookings.before))/>
        <Stat label=t!(reader, "admin-figure-hours") value=booked delta=points(reader, hours) note=t!(reader, "admin-figure-of-offered")/>
        <Stat label=t!(reader, "admin-figure-refunded") value=reader.money(overview.refunded.now) delta=delta(reader, overview.refunded.per_mille(), false)
                note=of_sales(reader, overview.refunded.now, overview.sales.now)/>
    };
    view! { <Stats>{figures}</Stats> }.into_any()
}

fn from(reader: &Reader, change: Change<Money>) -> String {
    t!(reader, "admin-figure-from", before = reader.money(change.before))
}

/// "20 % of sales".
fn of_sales(reader: &Reader, part: Money, sales: Money) -> Option<String> {
    let bps = i128::from(part.minor).saturating_mul(10_000).checked_div(i128::from(sales.minor))?;
    // To a tenth of a percent.
    let bps = i64::try_from(bps / 10).ok()?.saturating_mul(10);
    Some(t!(reader, "admin-figure-of-sales", percent = reader.percent_bps(bps)))
}

/// A change in tenths of a percent.
fn delta(reader: &Reader, per_mille: Option<i64>, more_is_good: bool) -> Option<Delta> {
    let change = per_mille.filter(|change| *change != 0)?;
    let up = change > 0;
    Some(Delta { text: reader.percent_bps(change.saturating_abs().saturating_mul(10)), up, good: up == more_is_good })
}

/// A change of a share, in percentage points.
fn points(reader: &Reader, share: Change<Option<i64>>) -> Option<Delta> {
    let change = share.now?.checked_sub(share.before?).filter(|change| *change != 0)?;
    let up = change > 0;
    let tenths = u32::try_from(change.unsigned_abs()).ok()?;
    Some(Delta { text: t!(reader, "admin-figure-points", points = reader.decimal(tenths, 1)), up, good: up })
}

#[cfg(test)]
mod tests {
    use super::{delta, of_sales, points};
    use domain::insights::Change;
    use i18n::{Locale, Reader};
    use kernel::{Currency, Money, zone::ZoneName};

    fn reader() -> Reader {
        Reader::new(Locale::En, ZoneName::utc())
    }

    #[test]
    fn a_change_has_a_direction_and_a_meaning() {
        let more = delta(&reader(), Some(124), true).unwrap();
        assert_eq!((more.text.as_str(), more.up, more.good), ("12.4\u{a0}%", true, true));
        let less = delta(&reader(), Some(-50), false).unwrap();
        assert_eq!((less.text.as_str(), less.up, less.good), ("5\u{a0}%", false, true));
        assert_eq!(delta(&reader(), None, true), None);
        assert_eq!(delta(&reader(), Some(0), true), None);
        assert!(!points(&reader(), Change { now: Some(630), before: Some(650) }).unwrap().up);
        assert_eq!(points(&reader(), Change { now: Some(630), before: None }), None);
    }

    #[test]
    fn a_share_needs_sales() {
        let gbp = |minor| Money::new(minor, Currency::Gbp);
        assert_eq!(of_sales(&reader(), gbp(10), gbp(0)), None);
        assert!(of_sales(&reader(), gbp(1812), gbp(10_000)).unwrap().contains("18.1\u{a0}%"));
    }
}
