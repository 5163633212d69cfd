//! The catalogue: tutors and what they offer, for the public, for the tutors themselves and
//! for the admins who approve it.
//!
//! An offering's content lives in versions. The public sees the live one; an edit opens the
//! next one, which an admin approves.

mod model;
mod queries;
mod service;

pub use model::terms::{Term, TermKind};
pub use model::{
    offering::{
        ApprovalRow, ContentField, Decision, MyOffering, OfferingDraft, OfferingEditor, OpenVersion, Price, PriceChange, PriceDraft,
        Review, VersionContent, VersionStatus,
    },
    people::{ProfileDraft, Qualification, QualificationDraft, TutorProfile},
    public::{
        Landing, LiveOffering, Praise, Prices, PublicReview, RatingShare, SubjectCard, SubjectPrices, TutorPublic, TutorTimes,
        TutorWithTimes,
    },
    search::{DayPart, Facet, Facets, FreeCell, LessonOffer, PriceBand, Rating, Sort, TutorPage, TutorQuery, TutorRow},
};
pub use service::{
    admin::{approvals, decide, review, tutors},
    figures::refresh_taught,
    own::{archive, offering, offerings, save_draft, submit, withdraw},
    profile::{add_qualification, profile, remove_qualification, save_profile},
    public::{landing, levels, prices, reviews, subjects, tutor_by_slug, tutor_times, tutor_with_times},
    search::search,
    terms::{add_term, remove_term, rename_term, terms},
};

/// What a list calls a subject or a level.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Named {
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
}
