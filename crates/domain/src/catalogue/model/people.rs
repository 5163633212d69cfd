//! Tutors' own profiles, and members as admins see them.

use crate::page::Cursor;
use jiff::Timestamp;
use kernel::{
    Role, Roles,
    ids::{MemberId, QualificationId},
};

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

/// Which members to list.
#[derive(Clone, Debug, Default)]
pub struct MemberQuery {
    /// Part of a name or an address.
    pub text: String,
    /// Only these.
    pub role: Option<Role>,
    /// [`Page::next`](crate::page::Page) of the page before.
    pub cursor: Option<Cursor>,
}

/// A member in the admin's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The member.
    pub id: MemberId,
    /// Display name.
    pub name: String,
    /// Address.
    pub email: String,
    /// What it may be.
    pub roles: Roles,
    /// Whether it may sign in.
    pub active: bool,
    /// Since when.
    pub created_at: Timestamp,
    /// Its public page, of a tutor.
    pub tutor_slug: Option<String>,
}
