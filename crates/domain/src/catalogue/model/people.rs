//! Tutors' own profiles.

use kernel::ids::QualificationId;

/// A degree, a post, a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualification {
    /// To remove it.
    pub id: QualificationId,
    /// What.
    pub title: String,
    /// Where, maybe empty.
    pub place: String,
    /// First year.
    pub from: i16,
    /// Last year; `None`: until now.
    pub to: Option<i16>,
}

/// A qualification as typed. Errors come at the names of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QualificationDraft {
    /// What. Field `title`.
    pub title: String,
    /// Where. Field `place`.
    pub place: String,
    /// First year. Field `from`.
    pub from: String,
    /// Last year, empty for until now. Field `to`.
    pub to: String,
}

/// A tutor's own profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TutorProfile {
    /// The name in addresses; empty before the profile was saved once.
    pub slug: String,
    /// Display name.
    pub name: String,
    /// One line.
    pub headline: String,
    /// Paragraphs.
    pub bio: String,
    /// A place.
    pub teaches_from: String,
    /// BCP 47.
    pub languages: Vec<String>,
    /// Whether the tenant checked identity and qualifications.
    pub verified: bool,
    /// Whether the tutor wants to be in the catalogue.
    pub published: bool,
    /// Whether the catalogue shows them: published, with an approved offering.
    pub public: bool,
    /// The newest first.
    pub qualifications: Vec<Qualification>,
}

/// A profile as typed. Errors come at the names of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileDraft {
    /// At most 80 characters. Field `name`.
    pub name: String,
    /// At most 120 characters; must be there to publish. Field `headline`.
    pub headline: String,
    /// At most 4000 characters; must be there to publish. Field `bio`.
    pub bio: String,
    /// At most 80 characters. Field `teaches_from`.
    pub teaches_from: String,
    /// BCP 47, at most 8; at least one to publish. Field `languages`.
    pub languages: Vec<String>,
    /// Whether to be in the catalogue.
    pub published: bool,
}
