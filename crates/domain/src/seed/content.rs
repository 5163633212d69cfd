//! The texts of the demo tenants. Data, no rules.

mod codelab;
mod codelab_subjects;
mod lingua;
mod lingua_subjects;
mod northside;
mod northside_subjects;
mod policies;

use kernel::Currency;

pub use codelab::CODELAB;
pub use lingua::LINGUA;
pub use northside::NORTHSIDE;

/// A demo tenant.
pub struct School {
    pub slug: &'static str,
    pub name: &'static str,
    pub tagline: &'static str,
    pub brand: &'static str,
    pub locale: &'static str,
    pub locales: &'static [&'static str],
    pub currency: Currency,
    pub zone: &'static str,
    pub order_prefix: &'static str,
    pub commission_bps: u32,
    /// Stripe's fee: basis points and a fixed part.
    pub card_fee: (u32, i64),
    /// How many tutors and students; the featured ones among them.
    pub tutors: usize,
    pub students: usize,
    /// About how many lessons of the past ninety days.
    pub lessons: usize,
    pub levels: &'static [(&'static str, &'static str)],
    pub subjects: &'static [Subject],
    /// Written by hand; the first is the demo tutor.
    pub featured: &'static [Featured],
    /// Its own documents, in each language.
    pub terms_of_service: &'static [(&'static str, &'static str)],
    pub privacy_notice: &'static [(&'static str, &'static str)],
    pub demo_student: &'static str,
    pub demo_admin: &'static str,
    pub new_student: &'static str,
    /// Who answers the door, and what the school calls that.
    pub desk: (&'static str, &'static str),
    pub other_admins: &'static [&'static str],
    pub first_names: &'static [&'static str],
    pub last_names: &'static [&'static str],
    /// Where tutors teach from, and that place's zone.
    pub places: &'static [(&'static str, &'static str)],
    /// What tutors speak (BCP 47).
    pub languages: &'static [&'static [&'static str]],
    /// How somebody teaches; `{years}` is a number.
    pub methods: &'static [&'static str],
    /// What happens in a first lesson.
    pub first_lessons: &'static [&'static str],
    pub universities: &'static [&'static str],
    pub workplaces: &'static [&'static str],
    pub words: Words,
    /// Reviews by stars: five, four, three, and fewer. `{topic}` and `{tutor}` are filled in.
    pub reviews: [&'static [&'static str]; 4],
    pub replies: &'static [&'static str],
    /// What admins ask for when they send an offering back.
    pub notes: &'static [&'static str],
}

/// Phrases that every generated profile shares.
pub struct Words {
    pub trial_title: &'static str,
    pub trial_text: &'static str,
    /// `{school}` is filled in.
    pub online_tutor: &'static str,
}

/// A subject and what is said about it.
pub struct Subject {
    pub slug: &'static str,
    pub name: &'static str,
    /// Slugs of levels at which it is taught.
    pub levels: &'static [&'static str],
    /// The lowest and highest price of an hour, in minor units.
    pub hour: (i64, i64),
    pub headlines: &'static [&'static str],
    /// First sentences of a biography; `{years}` is a number.
    pub about: &'static [&'static str],
    /// Title and description of offerings.
    pub lessons: &'static [(&'static str, &'static str)],
    /// What a lesson was about, for reviews.
    pub topics: &'static [&'static str],
    pub degrees: &'static [&'static str],
    pub posts: &'static [&'static str],
}

/// A tutor written by hand.
pub struct Featured {
    pub name: &'static str,
    /// Slug.
    pub subject: &'static str,
    pub headline: &'static str,
    pub bio: &'static str,
    pub teaches_from: &'static str,
    pub zone: &'static str,
    pub languages: &'static [&'static str],
    /// Minor units.
    pub hour: i64,
    pub trial: Option<i64>,
    /// Title, place, first year, last year.
    pub qualifications: &'static [(&'static str, &'static str, i16, Option<i16>)],
}
