//! `/tutor/calendar` and `/tutor/lessons/…`.

mod lesson;
mod view;

pub use lesson::{CancelLessonForm, LessonPage};

use crate::week::{Week, date, plus, start_of};
use domain::{
    availability,
    booking::{self, Booking},
    ledger::{self, Earned},
};
use jiff::{Timestamp, civil::Date};
use kernel::urls;
use leptos::prelude::*;
use serde::Deserialize;
use std::ops::Range;
use web::page;

/// What the address says is shown.
#[derive(Default, Deserialize)]
struct Query {
    #[serde(default)]
    view: String,
    #[serde(default)]
    week: String,
    #[serde(default)]
    day: String,
}

/// Which calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Day,
    Week,
    Agenda,
}

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shown {
    view: View,
    /// The chosen day: of the day's calendar, and of the strip on phones.
    day: Date,
}

impl Shown {
    fn read(query: &Query, today: Date) -> Self {
        let view = match query.view.as_str() {
            "day" => View::Day,
            "agenda" => View::Agenda,
            _ => View::Week,
        };
        let week = date(&query.week).map(Week::of);
        let day = date(&query.day).or_else(|| week.filter(|week| !week.holds(today)).map(|week| week.first)).unwrap_or(today);
        Self { view, day }
    }

    fn week(self) -> Week {
        Week::of(self.day)
    }

    /// The days of the grid or the list.
    fn days(self) -> Vec<Date> {
        match self.view {
            View::Day => vec![self.day],
            View::Week | View::Agenda => self.week().days(),
        }
    }

    /// What comes before or after, by the view's own step.
    fn step(self, steps: i64) -> Self {
        let days = if self.view == View::Day { steps } else { 7 * steps };
        let day = if self.view == View::Day { self.day } else { self.week().first };
        Self { day: plus(day, days), ..self }
    }

    fn href(self) -> String {
        let (day, week) = (self.day.to_string(), self.week().first.to_string());
        let pairs = match self.view {
            View::Day => [("view", "day"), ("day", day.as_str())],
            View::Week => [("week", week.as_str()), ("", "")],
            View::Agenda => [("view", "agenda"), ("week", week.as_str())],
        };
        urls::with_query(urls::tutor_portal::CALENDAR, &pairs)
    }

    /// The same with the strip's day chosen.
    fn strip_href(self) -> String {
        let view = if self.view == View::Day { "day" } else { "" };
        urls::with_query(urls::tutor_portal::CALENDAR, &[("view", view), ("day", &self.day.to_string())])
    }
}

/// Everything the page needs.
struct Sheet {
    shown: Shown,
    today: Date,
    /// The week's lessons.
    lessons: Vec<Booking>,
    /// The week's hours.
    open: Vec<Range<Timestamp>>,
    /// What the week's lessons earn.
    earned: Vec<Earned>,
}

/// `/tutor/calendar`
#[component]
pub fn CalendarPage() -> impl IntoView {
    page(async |cx| {
        let (services, actor) = (cx.services(), cx.actor()?);
        let today = cx.reader().date(cx.now());
        let shown = Shown::read(&cx.query(), today);
        let week = shown.week().range(cx.reader());
        let sheet = Sheet {
            shown,
            today,
            lessons: booking::tutor_between(services, actor, week.clone()).await?,
            open: availability::own_hours(services, actor, week.clone()).await?,
            earned: ledger::earned(services, actor, Some(week)).await?,
        };
        Ok(view::calendar(&cx, &sheet))
    })
}

impl Sheet {
    /// Lessons that start on `day`, and those that reach into it, on the reader's calendar.
    fn lessons_on<'a>(&'a self, reader: &i18n::Reader, day: Date) -> Vec<&'a Booking> {
        let (start, end) = (start_of(reader, day), start_of(reader, plus(day, 1)));
        self.lessons.iter().filter(|lesson| lesson.starts_at < end && lesson.ends_at > start).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(view: &str, week: &str, day: &str) -> Shown {
        let query = Query { view: view.into(), week: week.into(), day: day.into() };
        Shown::read(&query, "2026-11-20".parse().unwrap())
    }

    #[test]
    fn this_week_opens_today_and_another_on_its_monday() {
        assert_eq!(shown("", "", "").day.to_string(), "2026-11-20");
        assert_eq!(shown("", "2026-11-16", "").day.to_string(), "2026-11-20");
        assert_eq!(shown("", "2026-11-25", "").day.to_string(), "2026-11-23");
        assert_eq!(shown("", "nonsense", "").day.to_string(), "2026-11-20");
    }

    #[test]
    fn each_view_steps_by_its_own_length() {
        assert_eq!(shown("", "", "").step(1).href(), "/tutor/calendar?week=2026-11-23");
        assert_eq!(shown("day", "", "2026-11-30").step(1).href(), "/tutor/calendar?view=day&day=2026-12-01");
        assert_eq!(shown("agenda", "2026-11-02", "").step(-1).href(), "/tutor/calendar?view=agenda&week=2026-10-26");
    }
}
