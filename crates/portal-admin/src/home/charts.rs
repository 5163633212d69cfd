//! Sales per day, bookings per week, and the hours of the week that are booked.

use domain::insights::AdminOverview;
use i18n::{Reader, t};
use jiff::{Timestamp, civil::Weekday};
use kernel::{Currency, Money, urls};
use leptos::prelude::*;
use ui::{
    chart::{nice_max, scale},
    prelude::*,
};

/// Spaces between the lines of a scale.
const STEPS: u8 = 4;
/// The hours shown while nothing is booked.
const USUAL_HOURS: (i8, i8) = (8, 20);

/// A heading with its chart.
fn section(id: &'static str, title: String, body: AnyView) -> AnyView {
    view! { <section aria-labelledby=id><div class="head mb-2"><h2 id=id>{title}</h2></div>{body}</section> }.into_any()
}

/// Sales per day against the thirty days before. `school` reads in the school's zone.
pub fn sales(school: &Reader, overview: &AdminOverview, now: Timestamp) -> AnyView {
    let title = t!(school, "admin-chart-sales");
    let days = &overview.sales_per_day;
    let largest = days.iter().map(|day| day.sales.minor.max(day.before.minor)).max().unwrap_or_default();
    if largest == 0 {
        let locale = school.locale;
        let empty = view! {
            <Empty icon=Glyph::TrendingUp title=t!(school, "admin-chart-sales-empty") body=t!(school, "admin-chart-sales-empty-body")>
                <LinkButton href=urls::TUTORS>{t!(locale, "admin-see-catalogue")}</LinkButton>
            </Empty>
        };
        return section("sales", title, empty.into_any());
    }
    let datum = |amount: Money| Datum::new(amount.minor, school.money(amount));
    let max = nice_max(largest);
    let text = ChartText {
        label: t!(school, "admin-chart-sales-label", from = school.day_short(overview.from), to = school.day_short(overview.to)),
        table: t!(school, "admin-chart-table"),
        column: t!(school, "admin-chart-day"),
        note: Some(t!(school, "admin-chart-open-day", time = school.time(now))),
    };
    let labels = days.iter().map(|day| school.day_short(day.date)).collect();
    let series = Series::new(t!(school, "admin-chart-this-period"), days.iter().map(|day| datum(day.sales)).collect());
    let before = Series::new(t!(school, "admin-chart-before"), days.iter().map(|day| datum(day.before)).collect());
    let ticks = ticks(school, max, overview.sales.now.currency);
    let chart =
        view! { <LineChart text=text labels=labels every=7 series=series before=before max=max scale=ticks open_end=true large=true/> };
    section("sales", title, chart.into_any())
}

/// The scale's texts: the top with its currency, the others as short as they can be.
fn ticks(reader: &Reader, max: i64, currency: Currency) -> Vec<String> {
    let unit = 10_i64.pow(currency.exponent());
    let values = scale(max, STEPS);
    let whole = values.iter().all(|value| value % unit == 0);
    let text = |(at, value): (usize, i64)| {
        if at == 0 || !whole { reader.money(Money::new(value, currency)) } else { reader.number(value / unit) }
    };
    values.into_iter().enumerate().map(text).collect()
}

/// Bookings per week by kind.
pub fn bookings(reader: &Reader, overview: &AdminOverview) -> AnyView {
    let title = t!(reader, "admin-chart-bookings");
    let weeks = &overview.bookings_per_week;
    let largest = weeks.iter().map(|week| i64::from(week.one_on_one) + i64::from(week.trial)).max().unwrap_or_default();
    if largest == 0 {
        let empty = view! { <Empty icon=Glyph::CalendarDays title=t!(reader, "admin-bookings-empty") body=t!(reader, "admin-bookings-empty-body")/> };
        return section("bookings", title, empty.into_any());
    }
    let of = |count: fn(&domain::insights::WeekBookings) -> u32| {
        weeks.iter().map(|week| Datum::new(count(week).into(), reader.number(count(week)))).collect::<Vec<_>>()
    };
    let series = vec![
        Series::new(t!(reader, "admin-kind-one-on-one"), of(|week| week.one_on_one)),
        Series::new(t!(reader, "admin-kind-trial"), of(|week| week.trial)),
    ];
    // Whole bookings on every line of the scale.
    let max = whole_steps(nice_max(largest));
    let text = ChartText {
        label: title.clone(),
        table: t!(reader, "admin-chart-table"),
        column: t!(reader, "admin-chart-week"),
        note: Some(t!(reader, "admin-chart-open-week")),
    };
    let labels = weeks.iter().map(|week| reader.day_short(week.monday)).collect();
    let ticks = scale(max, STEPS).into_iter().map(|value| reader.number(value)).collect();
    let chart = view! { <BarChart text=text labels=labels every=2 series=series max=max scale=ticks open_end=true/> };
    section("bookings", title, chart.into_any())
}

/// The next scale on which every line is a whole number.
fn whole_steps(max: i64) -> i64 {
    let steps = i64::from(STEPS);
    (max + steps - 1) / steps * steps
}

/// Lessons by weekday and hour, in the school's zone.
pub fn hours(school: &Reader, overview: &AdminOverview) -> AnyView {
    let title = t!(school, "admin-chart-hours");
    let cells = &overview.heat;
    let most = cells.iter().map(|cell| cell.lessons).max().unwrap_or_default();
    let first = cells.iter().map(|cell| cell.hour).min().map_or(USUAL_HOURS.0, |hour| hour.min(USUAL_HOURS.0));
    let last = cells.iter().map(|cell| cell.hour).max().map_or(USUAL_HOURS.1, |hour| hour.max(USUAL_HOURS.1));
    let rows = (1..=7)
        .filter_map(|weekday| {
            let name = school.weekday_short(Weekday::from_monday_one_offset(weekday).ok()?);
            let cell = |hour: i8| {
                let lessons = cells.iter().find(|cell| (cell.weekday, cell.hour) == (weekday, hour)).map_or(0, |cell| cell.lessons);
                HeatCell { level: Some(level(lessons, most)), text: t!(school, "admin-chart-lessons", count = i64::from(lessons)) }
            };
            Some((name.to_owned(), (first..=last).map(cell).collect()))
        })
        .collect();
    let columns = (first..=last).map(|hour| hour.to_string()).collect();
    let high = t!(school, "admin-chart-hours-high", count = i64::from(most), zone = school.zone_city());
    let caption = t!(school, "admin-chart-hours-caption", zone = school.zone_city());
    let map = view! { <HeatMap caption=caption columns=columns rows=rows low=school.number(0) high=high/> };
    section("hours", title, map.into_any())
}

/// How strong a cell is, 0 to 4: anything booked is at least 1.
fn level(lessons: u32, most: u32) -> u8 {
    u8::try_from((lessons.saturating_mul(4)).div_ceil(most.max(1))).unwrap_or(4).min(4)
}

#[cfg(test)]
mod tests {
    use super::{level, ticks};
    use i18n::{Locale, Reader};
    use kernel::{Currency, zone::ZoneName};

    #[test]
    fn anything_booked_can_be_seen() {
        assert_eq!([level(0, 0), level(0, 9), level(1, 9), level(5, 9), level(9, 9)], [0, 0, 1, 3, 4]);
    }

    #[test]
    fn a_scale_names_its_currency_once() {
        let reader = Reader::new(Locale::En, ZoneName::utc());
        assert_eq!(ticks(&reader, 240_000, Currency::Gbp), ["£2,400.00", "1,800", "1,200", "600", "0"]);
        assert_eq!(ticks(&reader, 3_000, Currency::Gbp), ["£30.00", "£22.50", "£15.00", "£7.50", "£0.00"]);
        assert_eq!(ticks(&reader, 8, Currency::Jpy), ["¥8", "6", "4", "2", "0"]);
    }
}
