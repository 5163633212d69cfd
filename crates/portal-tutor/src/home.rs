//! `/tutor`: what is next, what is today, and what waits for the tutor.

use crate::{
    common::{amounts, figure, frame, kind_label, length, lesson_minutes, lesson_row, zone_link},
    week::{Week, month_of, plus, start_of},
};
use domain::{
    Error, availability,
    booking::{self, Booking},
    catalogue::{self, MyOffering, TutorProfile, VersionStatus},
    ledger::{self, Earned},
};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::{RequestCx, Wide, page};

/// Everything the page needs.
struct Desk {
    next: Option<Booking>,
    /// This week's lessons.
    week: Vec<Booking>,
    month: Vec<Earned>,
    offerings: Vec<MyOffering>,
    profile: TutorProfile,
    /// Whether any weekly hours are set.
    has_hours: bool,
}

/// `/tutor`
#[component]
pub fn HomePage() -> impl IntoView {
    page(async |cx| {
        let (services, actor, reader) = (cx.services(), cx.actor()?, cx.reader());
        let today = reader.date(cx.now());
        let desk = Desk {
            next: booking::tutor_next(services, actor).await?,
            week: booking::tutor_between(services, actor, Week::of(today).range(reader)).await?,
            month: ledger::earned(services, actor, Some(month_of(reader, today))).await?,
            offerings: catalogue::offerings(services, actor).await?,
            profile: catalogue::profile(services, actor).await?,
            has_hours: match availability::editor(services, actor).await {
                Ok(editor) => !editor.schedule.weekly.is_empty(),
                // Before the profile is saved there is nothing to have hours.
                Err(Error::App(AppError::NotFound)) => false,
                Err(error) => return Err(error.into()),
            },
        };
        Ok(view(&cx, &desk))
    })
}

fn view(cx: &RequestCx, desk: &Desk) -> AnyView {
    let title = cx.reader().date_long(cx.now());
    let zone = zone_link(cx, cx.now());
    let calendar = t!(cx.locale(), "tutor-home-calendar");
    let page = view! {
        <PageHead title=title.clone()>
            {zone}
            <LinkButton href=urls::tutor_portal::CALENDAR icon=Glyph::CalendarDays class="hide-m">{calendar}</LinkButton>
        </PageHead>
        {desk.next.as_ref().map(|next| next_lesson(cx, next))}
        <div class="cols">
            <div class="stack stack-8">{lessons(cx, desk)}</div>
            <div class="stack stack-8">
                {to_do(cx, desk)}
                {figures(cx, desk)}
            </div>
        </div>
    };
    frame(&title, Wide::No, page.into_any())
}

fn next_lesson(cx: &RequestCx, next: &Booking) -> AnyView {
    let (reader, locale, now) = (cx.reader(), cx.locale(), cx.now());
    let going_on = next.starts_at <= now;
    let relative =
        if going_on { t!(locale, "tutor-home-until", time = reader.time(next.ends_at)) } else { reader.relative(next.starts_at, now) };
    let eyebrow = if going_on { t!(locale, "tutor-home-now") } else { t!(locale, "tutor-home-next") };
    let what = t!(
        locale,
        "tutor-home-lesson",
        length = length(reader, lesson_minutes(next)),
        kind = kind_label(reader, next.kind),
        title = next.title.clone()
    );
    let student = next.student.clone();
    view! {
        <section class="row wrap gap-5 rounded-3 bg-accent-subtle px-5 py-4 mb-8" aria-labelledby="next">
            <p class="stack stack-0 justify-items-center pe-5 border-e border-line">
                <span class="t-12 muted first-letter:uppercase">{reader.relative_day(next.starts_at, now)}</span>
                <time class="t-24 strong num" datetime=next.starts_at.to_string()>{reader.time(next.starts_at)}</time>
                <span class="t-12 muted nowrap">{relative}</span>
            </p>
            <div class="grow basis-48">
                <p class="t-12 muted">{eyebrow}</p>
                <h2 id="next" class="row"><Avatar id=student.id.to_string() name=student.name.clone() size=AvatarSize::S24/><span class="trunc">{student.name}</span></h2>
                <p class="muted trunc">{what}</p>
            </div>
            <LinkButton href=urls::tutor_portal::lesson(next.lesson) class="grow sm:flex-none">{t!(locale, "tutor-home-open")}</LinkButton>
        </section>
    }
    .into_any()
}

/// Today's lessons, then the rest of the week's.
fn lessons(cx: &RequestCx, desk: &Desk) -> AnyView {
    let (reader, locale, now) = (cx.reader(), cx.locale(), cx.now());
    let today = reader.date(now);
    let tomorrow = start_of(reader, plus(today, 1));
    let of_today: Vec<AnyView> = desk
        .week
        .iter()
        .filter(|lesson| lesson.starts_at < tomorrow && lesson.ends_at > start_of(reader, today))
        .map(|lesson| lesson_row(reader, lesson, now))
        .collect();
    let later: Vec<&Booking> = desk.week.iter().filter(|lesson| lesson.starts_at >= tomorrow).collect();
    let today_list = if of_today.is_empty() {
        view! {
            <Empty icon=Glyph::CalendarDays title=t!(locale, "tutor-home-today-empty") body=t!(locale, "tutor-home-today-empty-body")>
                <LinkButton href=urls::tutor_portal::AVAILABILITY>{t!(locale, "tutor-calendar-edit-hours")}</LinkButton>
            </Empty>
        }
        .into_any()
    } else {
        view! { <List ruled=true>{of_today}</List> }.into_any()
    };
    let later = (!later.is_empty()).then(|| {
        let days = later
            .chunk_by(|a, b| reader.date(a.starts_at) == reader.date(b.starts_at))
            .map(|day| {
                let label = day.first().map(|lesson| reader.date_medium(lesson.starts_at)).unwrap_or_default();
                let rows = day.iter().map(|lesson| lesson_row(reader, lesson, now)).collect_view();
                view! { <h3 class="daylab">{label}</h3><List>{rows}</List> }
            })
            .collect_view();
        view! {
            <section aria-labelledby="later">
                <h2 id="later">{t!(locale, "tutor-home-later")}</h2>
                {days}
            </section>
        }
    });
    view! {
        <section aria-labelledby="today">
            <div class="head mb-2"><h2 id="today">{t!(locale, "tutor-home-today")}</h2></div>
            {today_list}
        </section>
        {later}
    }
    .into_any()
}

fn figures(cx: &RequestCx, desk: &Desk) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let minutes: i64 = desk.week.iter().map(lesson_minutes).sum();
    let taught = desk.week.iter().filter(|lesson| lesson.ends_at <= cx.now()).count();
    let lessons = t!(locale, "tutor-home-taught-of", taught = taught, count = desk.week.len());
    let earned = amounts(reader, desk.month.iter().map(|earned| earned.taught));
    let expected = amounts(reader, desk.month.iter().map(|earned| earned.to_come));
    view! {
        <section aria-labelledby="week">
            <h2 id="week">{t!(locale, "tutor-week-this")}</h2>
            <dl class="stack mt-2">
                {figure(t!(locale, "tutor-week-lessons"), lessons)}
                {figure(t!(locale, "tutor-week-booked"), length(reader, minutes))}
            </dl>
        </section>
        <section aria-labelledby="month">
            <div class="head">
                <h2 id="month">{reader.month_year(reader.date(cx.now()))}</h2>
                <LinkButton href=urls::tutor_portal::EARNINGS tone=Tone::Ghost size=Size::Small class="end">{t!(locale, "tutor-nav-earnings")}</LinkButton>
            </div>
            <p class="t-24 strong num">{earned}</p>
            <p class="t-12 muted num">{t!(locale, "tutor-home-expected", amount = expected)}</p>
        </section>
    }
    .into_any()
}

/// Something that waits for the tutor.
struct Task {
    icon: Glyph,
    title: String,
    note: String,
    href: String,
}

fn tasks(cx: &RequestCx, desk: &Desk) -> Vec<Task> {
    let locale = cx.locale();
    let mut tasks = Vec::new();
    for offering in desk.offerings.iter().filter(|offering| !offering.archived) {
        let Some(open) = &offering.open else { continue };
        let (icon, note) = match open.status {
            VersionStatus::NeedsChanges if open.note.is_empty() => (Glyph::FilePenLine, t!(locale, "tutor-task-changes")),
            VersionStatus::NeedsChanges => (Glyph::FilePenLine, t!(locale, "tutor-task-changes-note", note = open.note.clone())),
            VersionStatus::Draft => (Glyph::SquarePen, t!(locale, "tutor-task-draft")),
            VersionStatus::InReview | VersionStatus::Approved => continue,
        };
        tasks.push(Task { icon, title: offering.title.clone(), note, href: urls::tutor_portal::offering(offering.id) });
    }
    if !desk.has_hours {
        tasks.push(Task {
            icon: Glyph::CalendarClock,
            title: t!(locale, "tutor-hours-set"),
            note: t!(locale, "tutor-task-hours"),
            href: urls::tutor_portal::AVAILABILITY.to_owned(),
        });
    }
    if desk.offerings.iter().all(|offering| offering.archived) {
        tasks.push(Task {
            icon: Glyph::Library,
            title: t!(locale, "tutor-offering-new"),
            note: t!(locale, "tutor-task-offering"),
            href: urls::tutor_portal::NEW_OFFERING.to_owned(),
        });
    }
    if !desk.profile.published {
        tasks.push(Task {
            icon: Glyph::User,
            title: t!(locale, "tutor-task-profile"),
            note: t!(locale, "tutor-task-profile-note"),
            href: urls::tutor_portal::PROFILE.to_owned(),
        });
    }
    tasks
}

fn to_do(cx: &RequestCx, desk: &Desk) -> Option<AnyView> {
    let tasks = tasks(cx, desk);
    if tasks.is_empty() {
        return None;
    }
    let rows = tasks
        .into_iter()
        .map(|task| {
            let lead = view! { <Icon name=task.icon class="text-muted shrink-0"/> }.into_any();
            view! { <ListRow title=task.title note=task.note href=task.href lead=lead/> }
        })
        .collect_view();
    let title = t!(cx.locale(), "tutor-home-to-do");
    Some(
        view! { <section aria-labelledby="to-do"><h2 id="to-do" class="mb-2">{title}</h2><List ruled=true>{rows}</List></section> }
            .into_any(),
    )
}
