//! What the calendar shows, in the reader's words, and where the reader stands in it.

use jiff::civil::Date;
use kernel::urls;
use serde::Deserialize;

/// How much the calendar shows at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// A month of days; one day's times.
    #[default]
    Month,
    /// A week with all its times.
    Week,
}

impl Span {
    /// The span of an address's `view`.
    pub fn parse(text: &str) -> Self {
        if text == "week" { Self::Week } else { Self::Month }
    }
}

/// A month or a week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// Which of the two.
    pub span: Span,
    /// Its first day, ISO.
    pub from: String,
    /// "October 2026".
    pub title: String,
    /// "October 2026, 84 free times": said when it appears.
    pub summary: String,
    /// Days of the week before the month's first, from Monday.
    pub lead: u8,
    /// Every day, in order.
    pub days: Vec<DayTimes>,
    /// The first day of the period before, unless that is over.
    pub prev: Option<String>,
    /// The first day of the period after.
    pub next: Option<String>,
    /// Set when there is no free time at all.
    pub none: Option<NoTimes>,
}

impl Period {
    /// The day of that ISO date.
    pub fn day(&self, date: &str) -> Option<&DayTimes> {
        self.days.iter().find(|day| day.date == date)
    }

    /// The free time that starts at that instant, where it is loaded.
    pub fn slot(&self, start: &str) -> Option<(&DayTimes, &SlotTime)> {
        self.days.iter().find_map(|day| day.slots.iter().flatten().find(|slot| slot.start == start).map(|slot| (day, slot)))
    }

    /// The first day with a free time.
    pub fn first_free(&self) -> Option<&DayTimes> {
        self.days.iter().find(|day| day.free > 0)
    }
}

/// A period without a free time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoTimes {
    /// "No free times in November 2026."
    pub text: String,
    /// "Next free: Tue 8 Dec, 17:00".
    pub jump: Option<String>,
    /// The day to jump to, ISO.
    pub day: String,
}

/// One day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayTimes {
    /// ISO.
    pub date: String,
    /// "13".
    pub number: String,
    /// "Tuesday 13 October 2026".
    pub heading: String,
    /// "Tuesday 13 October 2026, 8 free times".
    pub label: String,
    /// The reader's zone on that day, "London (BST)".
    pub zone: String,
    /// Whether it is the reader's today.
    pub today: bool,
    /// How many free times it has.
    pub free: u32,
    /// Those times; `None` where they are not loaded yet.
    pub slots: Option<Vec<SlotTime>>,
}

/// One free time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlotTime {
    /// The instant, ISO.
    pub start: String,
    /// "17:00" on the reader's clock.
    pub text: String,
    /// "UTC+1" in the hour that comes twice.
    pub note: Option<String>,
    /// "Tue 13 Oct, 17:00–18:00".
    pub when: String,
    /// The tutor's clock, where it shows something else: "19:00", with the day if that differs.
    pub tutor: Option<String>,
    /// For each sentence of the policy its deadline; `None` where that has passed.
    pub deadlines: Vec<Option<String>>,
}

/// The part of a page's query that the calendar reads.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BookQuery {
    /// The variant's id.
    pub variant: String,
    /// `week` for the week view.
    pub view: String,
    /// `2026-11`.
    pub month: String,
    /// The chosen day; in the week view any day of the week.
    pub day: String,
    /// The chosen time.
    pub slot: String,
}

impl BookQuery {
    /// Month or week.
    pub fn span(&self) -> Span {
        Span::parse(&self.view)
    }

    /// A day of the period to show, when the address names one.
    pub fn from(&self) -> Option<Date> {
        let month = || format!("{}-01", self.month).parse().ok();
        match self.span() {
            Span::Month => month().or_else(|| self.day.parse().ok()),
            Span::Week => self.day.parse().ok().or_else(month),
        }
    }
}

/// Where the reader stands; every state has its address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The variant's id.
    pub variant: String,
    /// Month or week.
    pub span: Span,
    /// Any day of the period, ISO.
    pub from: String,
    /// The chosen day, or empty.
    pub day: String,
    /// The chosen time, or empty.
    pub slot: String,
}

impl Place {
    /// The address of this place on `page`, at the calendar.
    pub fn href(&self, page: &str) -> String {
        let (view, month, day) = match self.span {
            Span::Month => ("", self.from.get(..7).unwrap_or_default(), self.day.as_str()),
            Span::Week => ("week", "", self.from.as_str()),
        };
        let query = [("variant", self.variant.as_str()), ("view", view), ("month", month), ("day", day), ("slot", self.slot.as_str())];
        format!("{}#book", urls::with_query(page, &query))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_its_address() {
        let mut place =
            Place { variant: "v".into(), span: Span::Month, from: "2026-11-01".into(), day: "2026-11-24".into(), slot: String::new() };
        assert_eq!(place.href("/tutors/e"), "/tutors/e?variant=v&month=2026-11&day=2026-11-24#book");
        place.slot = "2026-11-24T10:00:00Z".into();
        assert_eq!(place.href("/tutors/e"), "/tutors/e?variant=v&month=2026-11&day=2026-11-24&slot=2026-11-24T10%3A00%3A00Z#book");
        place = Place { span: Span::Week, from: "2026-11-23".into(), slot: String::new(), ..place };
        assert_eq!(place.href("/tutors/e"), "/tutors/e?variant=v&view=week&day=2026-11-23#book");
    }
}
