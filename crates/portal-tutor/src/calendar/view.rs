//! The calendar: a grid on wide screens, a strip of days and a list on phones.

use super::{Sheet, Shown, View};
use crate::{
    common::{amounts, figure, frame, kind_label, length, lesson_badge, lesson_minutes, zone_link},
    week::{DayPart, minute, parts, start_of},
};
use domain::booking::{Booking, Kind};
use i18n::{Reader, t};
use jiff::{Timestamp, civil::Date};
use kernel::urls;
use leptos::prelude::*;
use ui::prelude::*;
use web::{RequestCx, Wide};

/// The hours that a grid shows at least.
const FIRST_HOUR: u8 = 8;
const END_HOUR: u8 = 20;

pub(super) fn calendar(cx: &RequestCx, sheet: &Sheet) -> AnyView {
    let title = title(cx.reader(), sheet.shown);
    let head = head(cx, sheet, &title);
    let empty = (sheet.lessons.is_empty() && sheet.open.is_empty()).then(|| no_hours(cx));
    let main = match sheet.shown.view {
        View::Agenda => agenda(cx, sheet),
        View::Day | View::Week => view! {
            <div class="hide-m">{grid(cx, sheet)}</div>
            <div class="only-m">{phone_day(cx, sheet)}</div>
        }
        .into_any(),
    };
    let rail = rail(cx, sheet);
    let page = view! {
        {head}
        {empty}
        <div class="grid gap-8 items-start xl:grid-cols-[minmax(0,1fr)_264px]">
            <div>{main}</div>
            {rail}
        </div>
    };
    frame(&title, Wide::Yes, page.into_any())
}

/// "16–22 November 2026", "28 Sep 2026 – 4 Oct 2026", or the day.
fn title(reader: &Reader, shown: Shown) -> String {
    let days = shown.days();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return String::new() };
    if first == last {
        reader.day_long(*first)
    } else if first.month() == last.month() {
        let (from, to) = (first.day().to_string(), last.day().to_string());
        t!(reader, "tutor-calendar-month-days", from = from, to = to, month = reader.month_year(*last))
    } else {
        t!(reader, "tutor-calendar-days", from = reader.day_short_year(*first), to = reader.day_short_year(*last))
    }
}

fn head(cx: &RequestCx, sheet: &Sheet, title: &str) -> AnyView {
    let locale = cx.locale();
    let Sheet { shown, today, .. } = *sheet;
    let segment = |view: View, label: String| Tab::new(Shown { view, ..shown }.href(), label, shown.view == view);
    let segments = vec![
        segment(View::Day, t!(locale, "tutor-calendar-day")),
        segment(View::Week, t!(locale, "tutor-calendar-week")),
        segment(View::Agenda, t!(locale, "tutor-calendar-agenda")),
    ];
    let (before, after) = if shown.view == View::Day {
        (t!(locale, "tutor-calendar-day-before"), t!(locale, "tutor-calendar-day-after"))
    } else {
        (t!(locale, "tutor-calendar-week-before"), t!(locale, "tutor-calendar-week-after"))
    };
    view! {
        <header class="work-head">
            <h1 class="me-1 num">{title.to_owned()}</h1>
            <div class="row me-auto">
                <IconLink href=shown.step(-1).href() label=before icon=Glyph::ChevronLeft size=Size::Small flip=true/>
                <IconLink href=shown.step(1).href() label=after icon=Glyph::ChevronRight size=Size::Small flip=true/>
                <LinkButton href=Shown { day: today, ..shown }.href() size=Size::Small>{t!(locale, "tutor-calendar-today")}</LinkButton>
            </div>
            {zone_link(cx, start_of(cx.reader(), shown.day))}
            <Segments label=t!(locale, "tutor-calendar-views") items=segments class="hide-m"/>
            <LinkButton href=urls::tutor_portal::AVAILABILITY icon=Glyph::CalendarClock class="hide-m">
                {t!(locale, "tutor-calendar-edit-hours")}
            </LinkButton>
        </header>
    }
    .into_any()
}

fn no_hours(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let action = view! { <LinkButton href=urls::tutor_portal::AVAILABILITY size=Size::Small>{t!(locale, "tutor-hours-set")}</LinkButton> };
    view! {
        <Callout mood=Mood::Info title=t!(locale, "tutor-calendar-closed") action=action.into_any() class="mb-4">
            {t!(locale, "tutor-calendar-closed-body")}
        </Callout>
    }
    .into_any()
}

fn grid(cx: &RequestCx, sheet: &Sheet) -> AnyView {
    let reader = cx.reader();
    let days = sheet.shown.days();
    let open: Vec<DayPart> = sheet.open.iter().flat_map(|open| parts(reader, &days, open)).collect();
    let events: Vec<WeekEvent> = sheet.lessons.iter().flat_map(|lesson| events(cx, &days, lesson)).collect();
    let spans = || open.iter().map(|part| (part.from, part.to)).chain(events.iter().map(|event| (event.from, event.to)));
    let first_hour = spans().filter_map(|(from, _)| u8::try_from(from / 60).ok()).fold(FIRST_HOUR, u8::min);
    let end_hour = spans().filter_map(|(_, to)| u8::try_from(to.div_ceil(60)).ok()).fold(END_HOUR, u8::max);
    let now = now(cx, sheet, &days);
    let hours = (first_hour + 1..end_hour)
        .map(|hour| u16::from(hour) * 60)
        // The present's own label stands there.
        .filter(|hour| now.as_ref().is_none_or(|now| now.minute.abs_diff(*hour) > 25))
        .map(|minute| WeekHour { minute, text: format!("{:02}:00", minute / 60) })
        .collect();
    let heads = days.iter().map(|day| day_head(reader, sheet, *day)).collect();
    let open = open.iter().map(|part| WeekOpen { day: part.day, from: part.from, to: part.to }).collect();
    let label = t!(reader, "tutor-calendar-label", days = title(reader, sheet.shown));
    view! {
        <WeekGrid label=label days=heads first_hour=first_hour end_hour=end_hour hours=hours open=open events=events now=now/>
    }
    .into_any()
}

fn day_head(reader: &Reader, sheet: &Sheet, day: Date) -> WeekDay {
    let count = sheet.lessons_on(reader, day).len();
    WeekDay {
        name: reader.weekday_short(day.weekday()).to_owned(),
        number: day.day().to_string(),
        href: Shown { view: View::Day, day }.href(),
        label: t!(reader, "tutor-calendar-day-label", day = reader.day_long(day), count = count),
        count: if count == 0 { String::new() } else { count.to_string() },
        today: day == sheet.today,
    }
}

/// A lesson in the grid; one over midnight is two.
fn events(cx: &RequestCx, days: &[Date], lesson: &Booking) -> Vec<WeekEvent> {
    let reader = cx.reader();
    let times = reader.time_range(lesson.starts_at, lesson.ends_at);
    let title = if lesson.kind == Kind::Trial { kind_label(reader, Kind::Trial) } else { lesson.title.clone() };
    let label =
        t!(reader, "tutor-calendar-lesson", title = lesson.title.clone(), when = reader.date_time_range(lesson.starts_at, lesson.ends_at));
    parts(reader, days, &(lesson.starts_at..lesson.ends_at))
        .into_iter()
        .map(|part| WeekEvent {
            day: part.day,
            from: part.from,
            to: part.to,
            href: Some(urls::tutor_portal::lesson(lesson.lesson)),
            title: lesson.student.name.clone(),
            lines: vec![title.clone(), times.clone()],
            label: label.clone(),
            kind: kind_of(lesson, cx.now()),
            chosen: lesson.starts_at <= cx.now() && cx.now() < lesson.ends_at,
        })
        .collect()
}

fn kind_of(lesson: &Booking, now: Timestamp) -> EventKind {
    if lesson.ends_at <= now { EventKind::Past } else { EventKind::Lesson }
}

fn now(cx: &RequestCx, sheet: &Sheet, days: &[Date]) -> Option<WeekNow> {
    let day = days.iter().position(|day| *day == sheet.today)?;
    Some(WeekNow { day: u8::try_from(day).ok()?, minute: minute(cx.reader(), cx.now()), text: cx.reader().time(cx.now()) })
}

/// On phones: the week as a strip, and one day's lessons below.
fn phone_day(cx: &RequestCx, sheet: &Sheet) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let shown = sheet.shown;
    let strip = shown
        .week()
        .days()
        .into_iter()
        .map(|day| {
            let count = sheet.lessons_on(reader, day).len();
            StripDay {
                name: reader.weekday_narrow(day.weekday()).to_owned(),
                number: day.day().to_string(),
                label: t!(locale, "tutor-calendar-day-label", day = reader.day_long(day), count = count),
                href: Shown { day, ..shown }.strip_href(),
                count,
                current: day == shown.day,
            }
        })
        .collect();
    let whole = Shown { view: View::Agenda, ..shown }.href();
    view! {
        <h2 class="sr">{t!(locale, "tutor-week-lessons")}</h2>
        <DayStrip label=t!(locale, "tutor-calendar-choose-day") days=strip/>
        <Agenda days=vec![agenda_day(cx, sheet, shown.day)] empty=t!(locale, "tutor-calendar-nothing")/>
        <p class="mt-2"><LinkButton href=whole tone=Tone::Ghost size=Size::Small>{t!(locale, "tutor-calendar-whole-week")}</LinkButton></p>
    }
    .into_any()
}

fn agenda(cx: &RequestCx, sheet: &Sheet) -> AnyView {
    let locale = cx.locale();
    if sheet.lessons.is_empty() {
        return view! {
            <Empty icon=Glyph::CalendarDays title=t!(locale, "tutor-calendar-week-empty") body=t!(locale, "tutor-calendar-week-empty-body")>
                <LinkButton href=urls::tutor_portal::AVAILABILITY>{t!(locale, "tutor-calendar-edit-hours")}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let busy = |day: &Date| !sheet.lessons_on(cx.reader(), *day).is_empty();
    let days = sheet.shown.days().into_iter().filter(busy).map(|day| agenda_day(cx, sheet, day)).collect();
    view! {
        <h2 class="sr">{t!(locale, "tutor-week-lessons")}</h2>
        <Agenda days=days empty=t!(locale, "tutor-calendar-nothing")/>
    }
    .into_any()
}

fn agenda_day(cx: &RequestCx, sheet: &Sheet, day: Date) -> AgendaDay {
    let items = sheet.lessons_on(cx.reader(), day).into_iter().map(|lesson| agenda_item(cx, lesson)).collect();
    AgendaDay { title: cx.reader().day_long(day), iso: day.to_string(), items }
}

fn agenda_item(cx: &RequestCx, lesson: &Booking) -> AgendaItem {
    let reader = cx.reader();
    let kind = kind_of(lesson, cx.now());
    AgendaItem {
        time: reader.time(lesson.starts_at),
        until: reader.time(lesson.ends_at),
        title: lesson.student.name.clone(),
        note: lesson.title.clone(),
        href: Some(urls::tutor_portal::lesson(lesson.lesson)),
        kind,
        end: lesson_badge(reader, lesson, cx.now()),
    }
}

/// The week's figures and what the colours mean.
fn rail(cx: &RequestCx, sheet: &Sheet) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let booked: i64 = sheet.lessons.iter().map(lesson_minutes).sum();
    let open: i64 = sheet.open.iter().map(|open| open.end.duration_since(open.start).as_mins()).sum();
    let booked = if open > 0 {
        t!(locale, "tutor-week-booked-of", booked = length(reader, booked), open = length(reader, open))
    } else {
        length(reader, booked)
    };
    let figures = [
        figure(t!(locale, "tutor-week-lessons"), reader.number(i64::try_from(sheet.lessons.len()).unwrap_or(i64::MAX))),
        figure(t!(locale, "tutor-week-booked"), booked),
        figure(t!(locale, "tutor-week-earned"), amounts(reader, sheet.earned.iter().map(|earned| earned.taught))),
        figure(t!(locale, "tutor-week-expected"), amounts(reader, sheet.earned.iter().map(|earned| earned.to_come))),
    ];
    let title = if sheet.shown.week().holds(sheet.today) { t!(locale, "tutor-week-this") } else { t!(locale, "tutor-week-other") };
    let keys = [("ev", "tutor-calendar-key-lesson"), ("ev ev-past", "tutor-calendar-key-taught")];
    let legend = keys
        .into_iter()
        .map(
            |(class, key)| view! { <li class="row"><i class=format!("{class} w-5 h-3.5 m-0 p-0 shrink-0")></i>{i18n::t(locale, key)}</li> },
        )
        .collect_view();
    view! {
        <div class="stack stack-8">
            <section aria-labelledby="week">
                <h2 id="week">{title}</h2>
                <dl class="stack mt-2">{figures.into_iter().collect_view()}</dl>
            </section>
            <section aria-labelledby="key" class="hide-m">
                <h2 id="key" class="sr">{t!(locale, "tutor-calendar-key")}</h2>
                <ul class="stack t-12 muted" role="list">
                    {legend}
                    <li class="row">
                        <i class="w-5 h-3.5 shrink-0 rounded-1 border border-strong bg-sunken"></i>
                        {t!(locale, "tutor-calendar-key-closed")}
                    </li>
                </ul>
            </section>
        </div>
    }
    .into_any()
}
