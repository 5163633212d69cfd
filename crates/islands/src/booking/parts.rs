//! The calendar's markup. `data-key` names what the island takes over; it stays the same from
//! one drawing to the next, so that the focus can be put back.

use super::{
    HoldForm,
    model::{DayTimes, SlotTime, Span},
    panel::Shown,
};
use domain::booking::Kind;
use i18n::{Reader, t};
use jiff::civil::Weekday;
use kernel::{policy::CancellationPolicy, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::{
    button::{Button, Size, Tone},
    icon::{Glyph, Icon, IconSize},
};

/// Up to so many variants stand side by side; more are behind a button that shows the chosen one.
const SIDE_BY_SIDE: usize = 3;

/// All of it.
pub fn calendar(shown: &Shown<'_>) -> AnyView {
    let body = match shown.period.span {
        Span::Month => view! { {month(shown)} }.into_any(),
        Span::Week => view! { {week(shown)} }.into_any(),
    };
    let times = (shown.period.span == Span::Month).then(|| day_times(shown));
    view! {
        {variants(shown)}
        <div class="cal">{head(shown)}{body}</div>
        {nothing_free(shown)}
        {times}
        {summary(shown)}
    }
    .into_any()
}

fn variants(shown: &Shown<'_>) -> AnyView {
    let reader = shown.cx.reader();
    let label = t!(reader, "booking-variants");
    let count: usize = shown.tutor.offerings.iter().map(|offering| offering.variants.len()).sum();
    let links = |class: &'static str| {
        shown.tutor.offerings.iter().map(move |offering| {
            let items = offering
                .variants
                .iter()
                .map(|price| {
                    let id = price.variant.to_string();
                    let name = if offering.kind == Kind::Trial { t!(reader, "booking-trial") } else { reader.duration_minutes(price.minutes) };
                    let current = price.variant == shown.tutor.chosen.variant;
                    let href = shown.href(|place| {
                        place.variant.clone_from(&id);
                        place.slot.clear();
                    });
                    let class = if current && !class.is_empty() { "chip chip-on" } else { class };
                    view! {
                        <a class=class href=href title=offering.title.clone() aria-current=current.then_some("true") data-key=format!("v{id}")>
                            <span>{name}</span>" "<b class="num">{reader.money(price.price)}</b>
                        </a>
                    }
                })
                .collect_view();
            (offering.title.clone(), items)
        })
    };
    if count <= SIDE_BY_SIDE {
        let items = links("").map(|(_, items)| items).collect_view();
        return view! { <nav class="seg seg-block" aria-label=label>{items}</nav> }.into_any();
    }
    let groups = links("chip")
        .map(|(title, items)| view! { <li><span class="t-12 muted">{title}</span><span class="chips">{items}</span></li> })
        .collect_view();
    let chosen = shown.tutor.chosen;
    let title = shown
        .tutor
        .offerings
        .iter()
        .find(|offering| offering.variants.contains(&chosen))
        .map(|offering| offering.title.clone())
        .unwrap_or_default();
    let chosen_text = t!(reader, "booking-chosen-offer", offer = title, minutes = reader.duration_minutes(chosen.minutes));
    view! {
        <details class="booking-kind">
            <summary>
                <span class="sr">{format!("{label}: ")}</span>
                <span class="grow trunc">{chosen_text}</span>
                <b class="num">{reader.money(chosen.price)}</b>
                <Icon name=Glyph::ChevronDown/>
            </summary>
            <nav aria-label=label><ul class="booking-offers" role="list">{groups}</ul></nav>
        </details>
    }
    .into_any()
}

fn head(shown: &Shown<'_>) -> AnyView {
    let reader = shown.cx.reader();
    let period = &shown.period;
    let (prev, next) = match period.span {
        Span::Month => (t!(reader, "booking-prev-month"), t!(reader, "booking-next-month")),
        Span::Week => (t!(reader, "booking-prev-week"), t!(reader, "booking-next-week")),
    };
    view! {
        <div class="cal-head">
            <h3 id="book-period">{period.title.clone()}</h3>
            <nav class="seg" aria-label=t!(reader, "booking-view")>
                {span_link(shown, Span::Month, t!(reader, "booking-month"), "month")}
                {span_link(shown, Span::Week, t!(reader, "booking-week"), "week")}
            </nav>
            {step_link(shown, period.prev.as_deref(), prev, "prev", Glyph::ChevronLeft)}
            {step_link(shown, period.next.as_deref(), next, "next", Glyph::ChevronRight)}
        </div>
    }
    .into_any()
}

fn span_link(shown: &Shown<'_>, span: Span, label: String, key: &'static str) -> AnyView {
    let href = shown.href(|place| {
        place.span = span;
        // The other view shows the chosen day.
        if !place.day.is_empty() {
            place.from.clone_from(&place.day);
        }
    });
    let current = (shown.period.span == span).then_some("true");
    view! { <a href=href aria-current=current data-key=key>{label}</a> }.into_any()
}

fn step_link(shown: &Shown<'_>, target: Option<&str>, label: String, key: &'static str, icon: Glyph) -> AnyView {
    let href = target.map(|from| {
        shown.href(|place| {
            from.clone_into(&mut place.from);
            place.day.clear();
            place.slot.clear();
        })
    });
    let dead = href.is_none();
    let title = label.clone();
    view! {
        <a class="btn btn-ghost btn-icon btn-sm" href=href title=title aria-label=label role=dead.then_some("link")
            aria-disabled=dead.then_some("true") data-key=key>
            <Icon name=icon flip=true/>
        </a>
    }
    .into_any()
}

fn weekdays(reader: &Reader) -> impl Iterator<Item = (&'static str, &'static str)> {
    (0..7).filter_map(|day| Weekday::from_monday_zero_offset(day).ok()).map(|day| (reader.weekday_short(day), reader.weekday_long(day)))
}

fn month(shown: &Shown<'_>) -> AnyView {
    let heads = weekdays(shown.cx.reader()).map(|(short, full)| view! { <th scope="col" abbr=full>{short}</th> }).collect_view();
    let lead = (0..shown.period.lead).map(|_| view! { <td></td> }.into_any());
    let mut cells = lead.chain(shown.period.days.iter().map(|day| view! { <td>{day_cell(shown, day)}</td> }.into_any())).peekable();
    let mut weeks = Vec::new();
    while cells.peek().is_some() {
        let week: Vec<AnyView> = cells.by_ref().take(7).collect();
        weeks.push(view! { <tr>{week}</tr> });
    }
    view! {
        <table class="month" aria-labelledby="book-period">
            <thead><tr>{heads}</tr></thead>
            <tbody>{weeks}</tbody>
        </table>
    }
    .into_any()
}

fn day_cell(shown: &Shown<'_>, day: &DayTimes) -> AnyView {
    let free = day.free > 0;
    let class = match (free, day.today) {
        (true, true) => "day day-free day-today",
        (true, false) => "day day-free",
        (false, true) => "day day-today",
        (false, false) => "day",
    };
    let href = free.then(|| {
        shown.href(|place| {
            place.day.clone_from(&day.date);
            place.slot.clear();
        })
    });
    let current = if shown.place.day == day.date { Some("true") } else { day.today.then_some("date") };
    view! {
        <a class=class href=href role=(!free).then_some("link") aria-disabled=(!free).then_some("true") aria-current=current
            data-key=format!("d{}", day.date)>
            <span aria-hidden="true">{day.number.clone()}</span><span class="sr">{day.label.clone()}</span>
        </a>
    }
    .into_any()
}

fn week(shown: &Shown<'_>) -> AnyView {
    let days = weekdays(shown.cx.reader())
        .zip(&shown.period.days)
        .map(|((short, _), day)| {
            let class = if day.today { "pick-day is-today" } else { "pick-day" };
            let slots = day.slots.iter().flatten().map(|slot| slot_link(shown, day, slot, "slot slot-sm")).collect_view();
            let none = (day.free == 0).then(|| view! { <span class="none" aria-hidden="true">"–"</span> });
            view! {
                <div class=class role="group" aria-label=day.label.clone()>
                    <p class="pick-head" aria-hidden="true"><span>{short}</span><b class="num">{day.number.clone()}</b></p>
                    <div class="times">{slots}{none}</div>
                </div>
            }
        })
        .collect_view();
    view! { <div class="pick-week" role="group" aria-labelledby="book-period">{days}</div> }.into_any()
}

/// The times of the chosen day.
fn day_times(shown: &Shown<'_>) -> Option<AnyView> {
    let day = shown.period.day(&shown.place.day)?;
    let label = t!(shown.cx.reader(), "booking-times", day = &day.heading);
    let slots = day.slots.iter().flatten().map(|slot| slot_link(shown, day, slot, "slot")).collect_view();
    Some(
        view! {
            <div class="row between"><h3>{day.heading.clone()}</h3>{zone_link(shown, &day.zone)}</div>
            <div class="slots" role="group" aria-label=label>{slots}</div>
        }
        .into_any(),
    )
}

fn slot_link(shown: &Shown<'_>, day: &DayTimes, slot: &SlotTime, class: &'static str) -> AnyView {
    let href = shown.href(|place| {
        place.day.clone_from(&day.date);
        place.slot.clone_from(&slot.start);
    });
    let current = (shown.place.slot == slot.start).then_some("true");
    let note = slot.note.clone().map(|note| view! { <small>{note}</small> });
    view! { <a class=class href=href aria-current=current data-key=format!("s{}", slot.start)>{slot.text.clone()}{note}</a> }.into_any()
}

/// The reader's zone, and the way to another: it leads back to the very place.
fn zone_link(shown: &Shown<'_>, zone: &str) -> AnyView {
    let label = t!(shown.cx.reader(), "booking-change-zone", zone = zone);
    let href = urls::with_query(urls::PREFERENCES, &[("next", &shown.href(|_| {}))]);
    view! {
        <a class="zone-link t-12 muted link-quiet" href=href aria-label=label>
            <Icon name=Glyph::Globe size=IconSize::Small/>{zone.to_owned()}<Icon name=Glyph::ChevronDown size=IconSize::Small/>
        </a>
    }
    .into_any()
}

fn nothing_free(shown: &Shown<'_>) -> Option<AnyView> {
    let none = shown.period.none.as_ref()?;
    let way = match &none.jump {
        Some(text) => {
            let href = shown.href(|place| {
                place.from.clone_from(&none.day);
                place.day.clone_from(&none.day);
                place.slot.clear();
            });
            view! { <a class="btn btn-secondary btn-sm" href=href data-key="jump">{text.clone()}</a> }.into_any()
        }
        None => view! { <p class="t-12 faint">{t!(shown.cx.reader(), "booking-nothing-free")}</p> }.into_any(),
    };
    Some(view! { <div class="booking-none"><p class="muted">{none.text.clone()}</p>{way}</div> }.into_any())
}

/// The chosen time with its price and policy, and the form that holds it.
fn summary(shown: &Shown<'_>) -> AnyView {
    let reader = shown.cx.reader();
    let price = reader.money(shown.tutor.chosen.price);
    let Some((day, slot)) = shown.period.slot(&shown.place.slot) else {
        let first = shown.period.first_free().filter(|_| shown.period.span == Span::Week);
        let note = t!(reader, "booking-note", minutes = reader.duration_minutes(shown.tutor.chosen.minutes));
        return view! {
            <div class="book-sum">
                {first.map(|day| zone_link(shown, &day.zone))}
                <div class="row between top">
                    <div><p class="muted">{t!(reader, "booking-choose")}</p><p class="t-12 faint">{note}</p></div>
                    <p class="num strong">{price}</p>
                </div>
            </div>
        }
        .into_any();
    };
    let name = shown.tutor.name.split_whitespace().next().unwrap_or(&shown.tutor.name);
    let tutor = slot
        .tutor
        .as_ref()
        .map(|time| view! { <p class="t-12 faint num">{t!(reader, "booking-tutor-time", time = time, tutor = name)}</p> });
    let zone = (shown.period.span == Span::Week).then(|| zone_link(shown, &day.zone));
    view! {
        <div class="book-sum">
            {zone}
            <div class="row between top">
                <div><p class="mid num">{slot.when.clone()}</p>{tutor}</div>
                <p class="num strong">{price}</p>
            </div>
            <p class="row top t-12 muted"><Icon name=Glyph::CalendarCheck size=IconSize::Small/><span>{policy(reader, &shown.tutor.policy, slot)}</span></p>
            {hold_form(shown, slot)}
        </div>
    }
    .into_any()
}

fn hold_form(shown: &Shown<'_>, slot: &SlotTime) -> AnyView {
    let reader = shown.cx.reader();
    if let Some(closed) = shown.closed.clone() {
        return view! { <p class="muted">{closed}</p> }.into_any();
    }
    let time = slot.note.as_ref().map_or_else(|| slot.text.clone(), |note| format!("{} {note}", slot.text));
    let hold = t!(reader, "booking-hold", time = time);
    view! {
        <form method="post" action=HoldForm::PATH>
            <input type="hidden" name="_page" value=shown.href(|_| {})/>
            <input type="hidden" name="variant" value=shown.place.variant.clone()/>
            <input type="hidden" name="start" value=slot.start.clone()/>
            <Button tone=Tone::Primary size=Size::Large block=true busy_label=t!(reader, "booking-holding")>{hold}</Button>
        </form>
        <p class="t-12 faint center">{t!(reader, "booking-hold-note")}</p>
    }
    .into_any()
}

/// The policy in words, as it applies to this time.
fn policy(reader: &Reader, policy: &CancellationPolicy, slot: &SlotTime) -> String {
    let mut sentences: Vec<String> = policy
        .tiers()
        .iter()
        .zip(&slot.deadlines)
        .filter_map(|(tier, due)| {
            let due = due.as_ref()?;
            Some(match tier.refund_bps {
                10_000 => t!(reader, "booking-policy-free", time = due),
                part => t!(reader, "booking-policy-part", time = due, percent = reader.percent_bps(part)),
            })
        })
        .collect();
    if sentences.is_empty() {
        return t!(reader, "booking-policy-none");
    }
    sentences.push(t!(reader, "booking-policy-tail"));
    sentences.join(" ")
}
