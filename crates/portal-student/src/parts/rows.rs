//! A lesson's row, and lists of them by day.

use super::minutes_between;
use domain::booking::{Booking, Kind};
use i18n::t;
use jiff::civil::Date;
use kernel::urls;
use leptos::prelude::*;
use ui::prelude::*;
use web::RequestCx;

/// "1-on-1 lesson, 60 min".
pub fn kind_and_length(cx: &RequestCx, kind: Kind, minutes: u32) -> String {
    let length = cx.reader().duration_minutes(minutes);
    match kind {
        Kind::OneOnOne => t!(cx.locale(), "student-kind-lesson", length = length),
        Kind::Trial => t!(cx.locale(), "student-kind-trial", length = length),
    }
}

/// Lessons under the days they are on. They come in order of time.
pub fn by_day(cx: &RequestCx, lessons: &[Booking]) -> AnyView {
    let mut days: Vec<(Date, Vec<AnyView>)> = Vec::new();
    for lesson in lessons {
        let date = cx.reader().date(lesson.starts_at);
        let row = row(cx, lesson);
        match days.last_mut() {
            Some((last, rows)) if *last == date => rows.push(row),
            _ => days.push((date, vec![row])),
        }
    }
    days.into_iter()
        .map(|(date, rows)| {
            let title = cx.reader().day_long(date);
            view! {
                <section>
                    <h3 class="daylab"><time datetime=date.to_string()>{title}</time></h3>
                    <List>{rows}</List>
                </section>
            }
        })
        .collect_view()
        .into_any()
}

fn row(cx: &RequestCx, lesson: &Booking) -> AnyView {
    let locale = cx.locale();
    let href = urls::student::lesson(lesson.id);
    let time = cx.reader().time_range(lesson.starts_at, lesson.ends_at);
    let kind = kind_and_length(cx, lesson.kind, minutes_between(lesson.starts_at, lesson.ends_at));
    let note = t!(locale, "student-with-and-what", tutor = lesson.tutor.name.clone(), what = kind);
    let actions = t!(locale, "student-actions-of", title = lesson.title.clone(), time = time.clone());
    let running = lesson.starts_at <= cx.now();
    let (ics, tutor) = (urls::student::lesson_ics(lesson.id), urls::tutor(&lesson.tutor_slug));
    let badge = if running {
        view! { <Badge mood=Mood::Accent icon=Glyph::CircleDot>{t!(locale, "student-status-running")}</Badge> }.into_any()
    } else {
        view! { <Badge icon=Glyph::Check>{t!(locale, "student-status-confirmed")}</Badge> }.into_any()
    };
    let cancel = (!running).then(|| {
        view! { <MenuLink href=urls::student::cancel(lesson.id) label=t!(locale, "student-cancel-lesson") icon=Glyph::CalendarX danger=true/> }
    });
    view! {
        <li>
            <div class="lesson-row">
                <span class="time num">{time.clone()}</span>
                <Avatar id=lesson.tutor.id.to_string() name=lesson.tutor.name.clone()/>
                <div class="grow">
                    <p class="mid trunc"><a class="link-quiet" href=href.clone()>{lesson.title.clone()}</a></p>
                    <p class="only-m num">{time}</p>
                    <p class="muted trunc">{note}</p>
                </div>
                {badge}
                <Menu label=actions icon_only=true size=Size::Small>
                    <MenuLink href=href label=t!(locale, "student-lesson-details") icon=Glyph::Info/>
                    <MenuLink href=ics label=t!(locale, "student-add-to-calendar") icon=Glyph::CalendarPlus/>
                    <MenuLink href=tutor label=t!(locale, "student-book-again") icon=Glyph::Plus/>
                    {cancel}
                </Menu>
            </div>
        </li>
    }
    .into_any()
}
