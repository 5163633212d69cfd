//! What the public sees besides the search.

use super::{
    offering::Price,
    people::Qualification,
    search::{Facet, Rating, TutorRow},
};
use crate::{booking::Kind, catalogue::Named, page::Page};
use jiff::Timestamp;
use kernel::{
    Money,
    availability::Slot,
    ids::{MemberId, OfferingId, ReviewId, UploadId},
    policy::CancellationPolicy,
    zone::ZoneName,
};

/// A tutor's public page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TutorPublic {
    /// The tutor.
    pub id: MemberId,
    /// Its name in addresses.
    pub slug: String,
    /// Display name.
    pub name: String,
    /// One line.
    pub headline: String,
    /// Paragraphs, separated by empty lines.
    pub bio: String,
    /// A place, in the tutor's words.
    pub teaches_from: String,
    /// BCP 47.
    pub languages: Vec<String>,
    /// Whether the tenant checked identity and qualifications.
    pub verified: bool,
    /// The photo, if they have one.
    pub photo: Option<UploadId>,
    /// The tutor's zone; `None` before they set their hours.
    pub zone: Option<ZoneName>,
    /// Stars.
    pub rating: Rating,
    /// Reviews by stars, the five first.
    pub distribution: Vec<RatingShare>,
    /// Lessons taught here.
    pub lessons: u32,
    /// How many students had a lesson.
    pub students: u32,
    /// How many of those came again.
    pub students_returned: u32,
    /// What they offer: 1-on-1 first, then trials.
    pub offerings: Vec<LiveOffering>,
    /// The newest first.
    pub qualifications: Vec<Qualification>,
    /// The first reviews.
    pub reviews: Page<PublicReview>,
}

impl TutorPublic {
    /// The subjects of the offerings, without repetition.
    pub fn subjects(&self) -> Vec<&Named> {
        distinct(self.offerings.iter().map(|offering| &offering.subject))
    }

    /// The levels of the offerings, without repetition.
    pub fn levels(&self) -> Vec<&Named> {
        distinct(self.offerings.iter().flat_map(|offering| &offering.levels))
    }
}

fn distinct<'a>(all: impl Iterator<Item = &'a Named>) -> Vec<&'a Named> {
    let mut seen: Vec<&Named> = Vec::new();
    for one in all {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen
}

/// A tutor's public page with the free times of one variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TutorWithTimes {
    /// The tutor.
    pub tutor: TutorPublic,
    /// The variant that was asked for, or else the one to begin with.
    pub chosen: Price,
    /// Its free times in the asked range, in order.
    pub free: Vec<Slot>,
    /// The cancellation policy that an order of today freezes.
    pub policy: CancellationPolicy,
}

/// What the booking calendar shows of a tutor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TutorTimes {
    /// The tutor.
    pub id: MemberId,
    /// Its name in addresses.
    pub slug: String,
    /// Display name.
    pub name: String,
    /// What they offer.
    pub offerings: Vec<LiveOffering>,
    /// The variant that was asked for, or else the one to begin with.
    pub chosen: Price,
    /// Its free times in the asked range, in order.
    pub free: Vec<Slot>,
    /// The cancellation policy that an order of today freezes.
    pub policy: CancellationPolicy,
}

impl From<&TutorWithTimes> for TutorTimes {
    fn from(page: &TutorWithTimes) -> Self {
        Self {
            id: page.tutor.id,
            slug: page.tutor.slug.clone(),
            name: page.tutor.name.clone(),
            offerings: page.tutor.offerings.clone(),
            chosen: page.chosen,
            free: page.free.clone(),
            policy: page.policy.clone(),
        }
    }
}

/// How many reviews gave so many stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatingShare {
    /// 1 to 5.
    pub stars: u8,
    /// How many.
    pub count: u32,
}

/// A public offering: its live version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveOffering {
    /// The offering.
    pub id: OfferingId,
    /// 1-on-1 or trial.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Subject.
    pub subject: Named,
    /// Levels, in the tenant's order.
    pub levels: Vec<Named>,
    /// By duration.
    pub variants: Vec<Price>,
}

/// A review as the public reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicReview {
    /// The review.
    pub id: ReviewId,
    /// The student's name.
    pub student: String,
    /// Lessons this student had with the tutor.
    pub lessons: u32,
    /// 1 to 5.
    pub stars: u8,
    /// Text, maybe empty.
    pub body: String,
    /// The tutor's reply, maybe empty.
    pub reply: String,
    /// When it was written.
    pub at: Timestamp,
}

/// The tenant's landing page.
#[derive(Clone, Debug)]
pub struct Landing {
    /// Subjects that somebody teaches, in the tenant's order.
    pub subjects: Vec<SubjectCard>,
    /// A few of the best, with their next free times.
    pub tutors: Vec<TutorRow>,
    /// What students praise, the newest first.
    pub praise: Vec<Praise>,
    /// How many public tutors there are.
    pub tutor_count: u32,
    /// Lessons they taught.
    pub lesson_count: u32,
    /// All their stars.
    pub rating: Rating,
}

/// A subject on the landing page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectCard {
    /// Slug, name, number of tutors.
    pub subject: Facet,
    /// The cheapest 1-on-1, scaled to 60 minutes.
    pub from: Option<Money>,
}

/// A review on the landing page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Praise {
    /// Text.
    pub body: String,
    /// The student's name.
    pub student: String,
    /// The tutor's name.
    pub tutor: String,
    /// The tutor's name in addresses.
    pub tutor_slug: String,
    /// What the lesson was, as booked.
    pub lesson: String,
}

/// A subject's prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectPrices {
    /// Slug, name, number of tutors.
    pub subject: Facet,
    /// 1-on-1, scaled to 60 minutes.
    pub hour: Option<Prices>,
    /// A trial lesson.
    pub trial: Option<Prices>,
}

/// From the lowest to the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prices {
    /// The lowest.
    pub min: Money,
    /// Half of them are at most this.
    pub median: Money,
    /// The highest.
    pub max: Money,
}
