//! The search: what is asked and what comes back.

use crate::{Error, Result};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use kernel::{
    Money,
    availability::Slot,
    ids::{MemberId, UploadId, VariantId},
    zone::ZoneName,
};
use serde::Deserialize;
use std::str::FromStr;
use uuid::Uuid;

/// The order of the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What fits the searched words, then the well rated.
    #[default]
    Best,
    /// The cheapest hour first; tutors without an hourly price last.
    Price,
    /// The dearest hour first; tutors without an hourly price last.
    PriceDesc,
    /// The best rated first; tutors without reviews last.
    Rating,
    /// The most lessons taught first.
    Lessons,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 5] = [Self::Best, Self::Price, Self::PriceDesc, Self::Rating, Self::Lessons];

    /// The name used in addresses and message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Price => "price",
            Self::PriceDesc => "price_desc",
            Self::Rating => "rating",
            Self::Lessons => "lessons",
        }
    }

    /// The order of that name; the first one for any other.
    pub fn parse(key: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.key() == key).unwrap_or_default()
    }
}

/// A part of the day on the reader's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayPart {
    /// Before 12:00.
    Morning,
    /// From 12:00 to 17:00.
    Afternoon,
    /// From 17:00.
    Evening,
}

impl DayPart {
    /// Every part, in order.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// The part that contains an hour (0 to 23).
    pub const fn of_hour(hour: i8) -> Self {
        match hour {
            ..12 => Self::Morning,
            12..17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }

    /// The name used in addresses and message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        }
    }
}

/// One cell of "when you are free": a weekday and a part of the day. As text `3-evening`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FreeCell {
    /// 1 is Monday, 7 is Sunday.
    pub weekday: i8,
    /// Part of the day.
    pub part: DayPart,
}

impl std::fmt::Display for FreeCell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.weekday, self.part.key())
    }
}

impl FromStr for FreeCell {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parsed = text.split_once('-').and_then(|(day, part)| {
            let weekday = day.parse().ok().filter(|day| (1..=7).contains(day))?;
            let part = DayPart::ALL.into_iter().find(|known| known.key() == part)?;
            Some(Self { weekday, part })
        });
        parsed.ok_or(Error::App(kernel::AppError::field("free", "error-choice")))
    }
}

/// What the reader searches for. Empty fields do not filter.
#[derive(Clone, Debug)]
pub struct TutorQuery {
    /// Words, mistypes allowed.
    pub text: String,
    /// Slug of a subject.
    pub subject: Option<String>,
    /// Slugs of levels; any of them, in the subject if there is one.
    pub levels: Vec<String>,
    /// The lowest price of 60 minutes, in the tenant's minor units.
    pub min_price: Option<i64>,
    /// The highest price of 60 minutes, in the tenant's minor units.
    pub max_price: Option<i64>,
    /// A language that the tutor speaks (BCP 47).
    pub language: Option<String>,
    /// The lowest average, in tenths of a star: 48 is 4.8.
    pub min_rating: Option<u8>,
    /// Only tutors with a trial lesson.
    pub has_trial: bool,
    /// Only tutors with a free time in one of these cells in the next seven days.
    pub free: Vec<FreeCell>,
    /// The reader's zone, for the cells.
    pub zone: ZoneName,
    /// The order.
    pub sort: Sort,
    /// Where to go on: [`TutorPage::next`] of the page before. One of another order, or one
    /// that is not readable, starts from the beginning.
    pub cursor: Option<String>,
    /// Rows of a page, at most 100.
    pub limit: u16,
}

impl TutorQuery {
    /// Everything, best first, for a reader in `zone`.
    pub const fn all(zone: ZoneName) -> Self {
        Self {
            text: String::new(),
            subject: None,
            levels: Vec::new(),
            min_price: None,
            max_price: None,
            language: None,
            min_rating: None,
            has_trial: false,
            free: Vec::new(),
            zone,
            sort: Sort::Best,
            cursor: None,
            limit: 24,
        }
    }
}

/// A position in an order: the row after which to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::catalogue) struct Cursor {
    pub sort: Sort,
    pub key: i64,
    pub id: Uuid,
}

impl Cursor {
    /// As text for an address; opaque to readers.
    pub fn encode(self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(format!("{}:{}:{}", self.sort.key(), self.key, self.id.simple()))
    }

    /// Reads what [`encode`](Self::encode) wrote, if it belongs to `sort`.
    pub fn decode(text: &str, sort: Sort) -> Option<Self> {
        let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let mut parts = text.split(':');
        let (key, number, id) = (parts.next()?, parts.next()?, parts.next()?);
        (key == sort.key()).then_some(())?;
        Some(Self { sort, key: number.parse().ok()?, id: id.parse().ok()? })
    }
}

/// Stars given, and by how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rating {
    /// Sum of the stars.
    pub sum: u32,
    /// Number of reviews.
    pub count: u32,
}

impl Rating {
    /// The average in hundredths of a star, rounded: 496 is 4.96. `None` without reviews.
    pub fn hundredths(self) -> Option<u32> {
        (self.count > 0).then(|| (self.sum * 100 + self.count / 2) / self.count)
    }
}

/// The variant that a tutor's row offers first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LessonOffer {
    /// To book it.
    pub variant: VariantId,
    /// Its duration.
    pub minutes: u32,
    /// Its price.
    pub price: Money,
}

/// A tutor in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TutorRow {
    /// The tutor.
    pub id: MemberId,
    /// Its name in addresses.
    pub slug: String,
    /// Display name.
    pub name: String,
    /// One line about them.
    pub headline: String,
    /// The beginning of the biography, cut between words.
    pub excerpt: String,
    /// BCP 47.
    pub languages: Vec<String>,
    /// Stars.
    pub rating: Rating,
    /// Lessons taught here.
    pub lessons: u32,
    /// `lesson`'s price scaled to 60 minutes. `None` when they only give trials.
    pub hour_price: Option<Money>,
    /// A trial lesson's price, if they give any.
    pub trial_price: Option<Money>,
    /// The variant to book from the list; `free` are its times.
    pub lesson: LessonOffer,
    /// Whether the tenant checked identity and qualifications.
    pub verified: bool,
    /// The photo, if they have one.
    pub photo: Option<UploadId>,
    /// Free times of the next seven days, in order.
    pub free: Vec<Slot>,
}

/// A page of results.
#[derive(Clone, Debug)]
pub struct TutorPage {
    /// The tutors.
    pub rows: Vec<TutorRow>,
    /// How many match.
    pub total: u32,
    /// How many there are without any filter.
    pub everyone: u32,
    /// How many of the matching come before this page.
    pub before: u32,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// How many of the matching have a free time in the next seven days. `None` when more
    /// than 500 match: then it is not counted.
    pub free_this_week: Option<u32>,
    /// What could be chosen.
    pub facets: Facets,
}

/// A choice with the number of tutors it would leave.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Facet {
    /// Its name in addresses (a slug, or a language's BCP 47 tag).
    pub slug: String,
    /// Its name for people; of a language the tag again.
    pub name: String,
    /// How many tutors.
    pub count: u32,
}

/// The choices. Each count respects every filter but its own group's; the subjects' counts
/// respect none.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Facets {
    /// Subjects, in the tenant's order.
    pub subjects: Vec<Facet>,
    /// Levels, in the tenant's order.
    pub levels: Vec<Facet>,
    /// Languages by frequency.
    pub languages: Vec<Facet>,
    /// Tutors with an average of 4.8 or more.
    pub rated_48: u32,
    /// Tutors with a trial lesson, of those that match.
    pub with_trial: u32,
    /// Tutors by price of 60 minutes, in twelve bands of equal width from the lowest to the
    /// highest; empty when there is no price.
    pub prices: Vec<PriceBand>,
}

/// One bar of the price histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct PriceBand {
    /// The lowest price in it, in minor units.
    pub from: i64,
    /// The price at which the next begins, in minor units.
    pub to: i64,
    /// How many tutors.
    pub count: u32,
    /// Whether the chosen prices reach it.
    pub chosen: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_only_in_its_own_order() {
        let cursor = Cursor { sort: Sort::Price, key: -12, id: Uuid::from_u128(7) };
        assert_eq!(Cursor::decode(&cursor.encode(), Sort::Price), Some(cursor));
        assert_eq!(Cursor::decode(&cursor.encode(), Sort::Rating), None);
        assert_eq!(Cursor::decode("%%%", Sort::Price), None);
    }

    #[test]
    fn cells_have_a_text_form() {
        for weekday in 1..=7 {
            for part in DayPart::ALL {
                let cell = FreeCell { weekday, part };
                assert_eq!(cell.to_string().parse::<FreeCell>().unwrap(), cell);
            }
        }
        for bad in ["", "0-morning", "8-morning", "1-night", "morning"] {
            assert!(bad.parse::<FreeCell>().is_err(), "{bad}");
        }
    }

    #[test]
    fn averages_are_rounded_to_hundredths() {
        assert_eq!(Rating::default().hundredths(), None);
        assert_eq!(Rating { sum: 14, count: 3 }.hundredths(), Some(467));
        assert_eq!(Rating { sum: 13, count: 3 }.hundredths(), Some(433));
    }
}
