//! `/admin/bookings`: the latest lesson first, filtered by what stands in the address.

use crate::common::{booking_badge, filter_buttons, frame, is_filtered, kind_label, nothing_found, person, zone_link};
use domain::{
    booking::{self, Booking, BookingFilter, BookingStatus, Person},
    catalogue,
    page::Page,
};
use i18n::{Reader, t};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::urls;
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{RequestCx, page, pager};

/// The filters as they stand in the address. Days are the reader's; both count.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    text: String,
    status: String,
    tutor: String,
    from: String,
    to: String,
    after: String,
}

impl Query {
    fn filter(&self, zone: &TimeZone) -> BookingFilter {
        let start = |date: Date| date.to_zoned(zone.clone()).ok().map(|start| start.timestamp());
        let date = |text: &str| text.parse::<Date>().ok();
        BookingFilter {
            status: [BookingStatus::Confirmed, BookingStatus::Cancelled].into_iter().find(|status| status.key() == self.status),
            tutor: self.tutor.parse().ok(),
            from: date(&self.from).and_then(start),
            until: date(&self.to).and_then(|date| date.tomorrow().ok()).and_then(start),
            text: self.text.clone(),
        }
    }

    /// The filters, for the addresses of other pages of the list.
    fn pairs(&self) -> [(&str, &str); 5] {
        [("text", &self.text), ("status", &self.status), ("tutor", &self.tutor), ("from", &self.from), ("to", &self.to)]
    }
}

/// `/admin/bookings`
#[component]
pub fn BookingsPage() -> impl IntoView {
    page(async |cx| {
        let query: Query = cx.query();
        let filter = query.filter(&cx.reader().zone);
        let bookings = booking::admin_list(cx.services(), cx.actor()?, &filter, query.after.parse().ok()).await?;
        let tutors = catalogue::tutors(cx.services(), cx.actor()?).await?;
        Ok(view(&cx, &query, &bookings, &tutors))
    })
}

fn view(cx: &RequestCx, query: &Query, bookings: &Page<Booking>, tutors: &[Person]) -> AnyView {
    let reader = cx.reader();
    let title = t!(reader, "admin-nav-bookings");
    let list = match bookings.items.is_empty() {
        false => list(cx, query, bookings),
        true if is_filtered(&query.pairs()) || !query.after.is_empty() => nothing_found(reader, urls::admin::BOOKINGS),
        true => empty(reader),
    };
    let zone = zone_link(cx, cx.now());
    let page = view! {
        <PageHead title=title.clone() note=t!(reader, "admin-bookings-note")>{zone}</PageHead>
        {filters(reader, query, tutors)}
        {list}
    };
    frame(&title, page.into_any())
}

fn filters(reader: &Reader, query: &Query, tutors: &[Person]) -> AnyView {
    let statuses = vec![
        Choice::new("confirmed", t!(reader, "admin-booking-confirmed")),
        Choice::new("cancelled", t!(reader, "admin-booking-cancelled")),
    ];
    let tutors = tutors.iter().map(|tutor| Choice::new(tutor.id.to_string(), tutor.name.clone())).collect::<Vec<_>>();
    view! {
        <form method="get" autocomplete="off" action=urls::admin::BOOKINGS role="search" aria-label=t!(reader, "admin-bookings-filter")
            class="grid grid-cols-2 lg:grid-cols-[minmax(0,2fr)_repeat(4,minmax(0,1fr))_auto] gap-3 items-end mb-6">
            <TextField name="text" kind="search" label=t!(reader, "common-search") placeholder=t!(reader, "admin-bookings-search")
                value=query.text.clone() icon=Glyph::Search class="col-span-2 lg:col-span-1"/>
            <SelectField name="status" label=t!(reader, "common-status") choices=statuses empty=t!(reader, "common-all") value=query.status.clone()/>
            <SelectField name="tutor" label=t!(reader, "admin-tutor") choices=tutors empty=t!(reader, "common-all") value=query.tutor.clone()/>
            <DateField name="from" label=t!(reader, "admin-from-day") value=query.from.clone()/>
            <DateField name="to" label=t!(reader, "admin-to-day") value=query.to.clone()/>
            <div class="col-span-2 lg:col-span-1">{filter_buttons(reader, urls::admin::BOOKINGS, &query.pairs())}</div>
        </form>
    }
    .into_any()
}

fn empty(reader: &Reader) -> AnyView {
    let locale = reader.locale;
    view! {
        <Empty icon=Glyph::CalendarDays title=t!(reader, "admin-bookings-empty") body=t!(reader, "admin-bookings-empty-body")>
            <LinkButton href=urls::TUTORS>{t!(locale, "admin-see-catalogue")}</LinkButton>
        </Empty>
    }
    .into_any()
}

fn list(cx: &RequestCx, query: &Query, bookings: &Page<Booking>) -> AnyView {
    let reader = cx.reader();
    let cols = vec![
        Col::new(t!(reader, "admin-when")),
        Col::new(t!(reader, "admin-student")),
        Col::new(t!(reader, "admin-lesson")),
        Col::new(t!(reader, "admin-tutor")),
        Col::new(t!(reader, "admin-kind")).droppable(),
        Col::new(t!(reader, "common-status")),
        Col::end(t!(reader, "common-price")),
    ];
    let rows = bookings.items.iter().map(|booking| row(cx, booking)).collect_view();
    view! {
        <Table cols=cols caption=t!(reader, "admin-nav-bookings") cards=true>{rows}</Table>
        {pager(reader, urls::admin::BOOKINGS, &query.pairs(), bookings.next, !query.after.is_empty())}
    }
    .into_any()
}

fn row(cx: &RequestCx, booking: &Booking) -> AnyView {
    let reader = cx.reader();
    let when = when(reader, booking.starts_at, booking.ends_at, cx.now());
    let with = t!(reader, "admin-lesson-with", title = booking.title.clone(), tutor = booking.tutor.name.clone());
    view! {
        <tr>
            <td class="m-2a num"><a class="cover" href=urls::admin::booking(booking.id)><TimeText iso=booking.starts_at.to_string() text=when/></a></td>
            <td class="m-1a">{person(&booking.student)}</td>
            <td class="drop-m"><span class="trunc block max-w-[32ch]" title=with>{booking.title.clone()}</span></td>
            <td class="drop-m muted">{booking.tutor.name.clone()}</td>
            <td class="drop-l drop-m muted">{kind_label(reader, booking.kind)}</td>
            <td class="m-2b">{booking_badge(cx, booking.status, booking.starts_at, booking.ends_at)}</td>
            <td class="m-1b r strong"><MoneyText amount=booking.price text=reader.money(booking.price)/></td>
        </tr>
    }
    .into_any()
}

/// "Tue 13 Oct, 17:00–18:00"; with the year where it is not this one.
fn when(reader: &Reader, from: Timestamp, to: Timestamp, now: Timestamp) -> String {
    if reader.year(from) == reader.year(now) {
        reader.date_time_range(from, to)
    } else {
        t!(reader, "admin-moment", date = reader.date_short_year(from), time = reader.time_range(from, to))
    }
}
