//! What the pages of this portal share.

use domain::{
    booking::{BookingStatus, Kind, Person},
    orders::OrderStatus,
};
use i18n::{Reader, t};
use jiff::Timestamp;
use kernel::{Money, Permission, Permissions, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::{Portal, PortalShell, RequestCx};

/// A page of this portal.
pub fn frame(title: &str, main: AnyView) -> AnyView {
    view! { <PortalShell portal=Portal::Admin title=title.to_owned()>{main}</PortalShell> }.into_any()
}

/// What the reader may do as staff.
pub fn own_permissions(cx: &RequestCx) -> Permissions {
    cx.member().map(|member| member.permissions).unwrap_or_default()
}

/// Whether the reader may do this: a page shows nobody a link that leads to a refusal.
pub fn may(cx: &RequestCx, permission: Permission) -> bool {
    own_permissions(cx).has(permission)
}

/// The zone that times are shown in, as a link to where it is changed.
pub fn zone_link(cx: &RequestCx, at: Timestamp) -> AnyView {
    let label = cx.reader().zone_label(at);
    let said = t!(cx.locale(), "common-times-in-zone", zone = &label);
    let href = urls::with_query(urls::PREFERENCES, &[("next", &cx.path_and_query())]);
    view! {
        <a class="row t-12 muted link-quiet nowrap" href=href>
            <Icon name=Glyph::Globe size=IconSize::Small/>
            <span aria-hidden="true">{label}</span>
            <span class="sr">{said}</span>
        </a>
    }
    .into_any()
}

/// What was sold.
pub fn kind_label(reader: &Reader, kind: Kind) -> String {
    match kind {
        Kind::OneOnOne => t!(reader, "admin-kind-one-on-one"),
        Kind::Trial => t!(reader, "admin-kind-trial"),
    }
}

/// What was sold and for how long: "1-on-1, 60 min".
pub fn kind_and_length(reader: &Reader, kind: Kind, starts_at: Timestamp, ends_at: Timestamp) -> String {
    let length = reader.duration_minutes(ends_at.duration_since(starts_at).as_mins());
    t!(reader, "admin-kind-and-length", kind = kind_label(reader, kind), length = length)
}

/// An order's standing in words.
pub fn order_status(reader: &Reader, status: OrderStatus) -> String {
    i18n::t(reader, &format!("admin-order-{}", status.key().replace('_', "-")))
}

/// An order's standing as a badge.
pub fn order_badge(reader: &Reader, status: OrderStatus) -> AnyView {
    let mood = match status {
        OrderStatus::Pending => Mood::Warn,
        OrderStatus::Paid => Mood::Ok,
        OrderStatus::PartlyRefunded | OrderStatus::Refunded => Mood::Neutral,
        OrderStatus::Lapsed | OrderStatus::Cancelled => Mood::Line,
    };
    let text = order_status(reader, status);
    view! { <Badge mood=mood>{text}</Badge> }.into_any()
}

/// A booking's standing as a badge, by the clock.
pub fn booking_badge(cx: &RequestCx, status: BookingStatus, starts_at: Timestamp, ends_at: Timestamp) -> AnyView {
    let locale = cx.locale();
    match status {
        BookingStatus::Cancelled => view! { <Badge mood=Mood::Line>{t!(locale, "admin-booking-cancelled")}</Badge> }.into_any(),
        BookingStatus::Confirmed if ends_at <= cx.now() => view! { <Badge>{t!(locale, "admin-booking-done")}</Badge> }.into_any(),
        BookingStatus::Confirmed if starts_at <= cx.now() => {
            view! { <Badge mood=Mood::Accent icon=Glyph::CircleDot>{t!(locale, "admin-booking-running")}</Badge> }.into_any()
        }
        BookingStatus::Confirmed => view! { <Badge icon=Glyph::Check>{t!(locale, "admin-booking-confirmed")}</Badge> }.into_any(),
    }
}

/// A person in a table: the picture and the name.
pub fn person(person: &Person) -> AnyView {
    let name = person.name.clone();
    view! {
        <span class="row">
            <Avatar id=person.id.to_string() name=name.clone() size=AvatarSize::S24/>
            <span class="trunc mid">{name}</span>
        </span>
    }
    .into_any()
}

/// An instant with its date in words and its exact time as title.
pub fn moment(reader: &Reader, at: Timestamp) -> AnyView {
    let text = t!(reader, "admin-moment", date = reader.date_short_year(at), time = reader.time(at));
    let title = format!("{} {}", reader.date_time_long(at), reader.zone_label(at));
    view! { <TimeText iso=at.to_string() text=text title=title/> }.into_any()
}

/// The same amount with the other sign.
pub const fn negative(amount: Money) -> Money {
    Money::new(amount.minor.saturating_neg(), amount.currency)
}

/// What a list says that a filter left empty.
pub fn nothing_found(reader: &Reader, path: &'static str) -> AnyView {
    let clear = t!(reader, "common-clear-filters");
    view! {
        <Empty icon=Glyph::Search title=t!(reader, "admin-nothing-found") body=t!(reader, "admin-nothing-found-body")>
            <LinkButton href=path>{clear}</LinkButton>
        </Empty>
    }
    .into_any()
}

/// Whether any of a list's filters is set.
pub fn is_filtered(filters: &[(&str, &str)]) -> bool {
    filters.iter().any(|(_, value)| !value.is_empty())
}

/// The buttons at the end of a row of filters.
pub fn filter_buttons(reader: &Reader, path: &'static str, filters: &[(&str, &str)]) -> AnyView {
    let locale = reader.locale;
    let clear =
        is_filtered(filters).then(|| view! { <LinkButton href=path tone=Tone::Ghost>{t!(locale, "common-clear-filters")}</LinkButton> });
    view! {
        <div class="row wrap">
            <Button>{t!(locale, "common-apply")}</Button>
            {clear}
        </div>
    }
    .into_any()
}
