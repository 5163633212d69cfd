//! Types of documents, agreements and guardians.

use jiff::Timestamp;
use kernel::{
    ids::{GuardianConsentId, PolicyDraftId, PolicyVersionId},
    urls,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyKind {
    /// The terms of service.
    Terms,
    /// The privacy notice.
    Privacy,
}

impl PolicyKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Terms, Self::Privacy];

    /// Its name in the database, in addresses and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::Privacy => "privacy",
        }
    }

    /// By its [`key`](Self::key).
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Its public page.
    pub const fn page(self) -> &'static str {
        match self {
            Self::Terms => urls::TERMS,
            Self::Privacy => urls::PRIVACY_NOTICE,
        }
    }
}

/// A document's text in each language that it was written in.
pub type Texts = BTreeMap<String, String>;

/// A published version without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionHead {
    /// Its id.
    pub id: PolicyVersionId,
    /// Of what.
    pub kind: PolicyKind,
    /// Counts from 1.
    pub number: i32,
    /// Whether who agreed to an earlier one has to agree to this one.
    pub asks_again: bool,
    /// When it was published.
    pub published_at: Timestamp,
}

impl VersionHead {
    /// Its public page, which stays when there is a newer one.
    pub fn page(&self) -> String {
        urls::with_query(self.kind.page(), &[("version", &self.number.to_string())])
    }
}

/// A kind of document as the school's settings list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Which.
    pub kind: PolicyKind,
    /// What is published.
    pub current: Option<VersionHead>,
    /// When the draft was changed, if there is one.
    pub draft_of: Option<Timestamp>,
}

/// A document that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentDraft {
    /// What was saved last; none: the texts are those of the published version.
    pub id: Option<PolicyDraftId>,
    /// In each language.
    pub texts: Texts,
    /// What is published.
    pub current: Option<VersionHead>,
}

/// A version for its readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which.
    pub head: VersionHead,
    /// The language of the text.
    pub language: String,
    /// The text, safe on a page.
    pub html: String,
    /// Every version, the latest first.
    pub all: Vec<VersionHead>,
}

/// That a member agreed to a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Which.
    pub version: VersionHead,
    /// When.
    pub agreed_at: Timestamp,
}

/// Where a guardian's consent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuardianStatus {
    /// The mail is out.
    Asked,
    /// They consented.
    Given,
    /// They refused.
    Refused,
    /// They did not answer in time.
    Expired,
    /// They consented and withdrew.
    Withdrawn,
}

impl GuardianStatus {
    /// As the database has it, and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Given => "given",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub(super) fn parse(key: &str) -> Option<Self> {
        [Self::Asked, Self::Given, Self::Refused, Self::Expired, Self::Withdrawn].into_iter().find(|status| status.key() == key)
    }
}

/// A guardian who was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardianRequest {
    /// Its id.
    pub id: GuardianConsentId,
    /// How it stands now.
    pub status: GuardianStatus,
    /// Who, as the member or staff said; empty: forgotten.
    pub name: String,
    /// Where.
    pub email: String,
    /// Who the guardian said to be.
    pub stated_name: String,
    /// When the last mail left.
    pub sent_at: Timestamp,
    /// Until when it can be answered.
    pub expires_at: Timestamp,
    /// When they consented or refused.
    pub decided_at: Option<Timestamp>,
    /// When they withdrew.
    pub withdrawn_at: Option<Timestamp>,
}

/// What a member still has to do before they book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The current versions that they have to agree to.
    pub missing: Vec<VersionHead>,
    /// The age of which they have to say whether they are younger.
    pub asks_age: Option<u8>,
    /// Whether they need a guardian's consent and there is none.
    pub needs_guardian: bool,
    /// Whether they said that they are too young to do without.
    pub is_minor: bool,
    /// The guardian asked last.
    pub guardian: Option<GuardianRequest>,
}

impl Standing {
    /// Whether the member can do something about it now: agree, or say their age.
    pub fn is_due(&self) -> bool {
        !self.missing.is_empty() || self.asks_age.is_some()
    }

    /// Whether nothing is missing.
    pub fn is_clear(&self) -> bool {
        !self.is_due() && !self.needs_guardian
    }

    /// Whether the member may name a guardian: none was named, or none answered yet. After a refusal that is the school's.
    pub fn may_name_guardian(&self) -> bool {
        let open = |status| matches!(status, GuardianStatus::Asked | GuardianStatus::Expired);
        self.is_minor && self.guardian.as_ref().is_none_or(|guardian| open(guardian.status))
    }
}

/// What a member agreed to, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberConsents {
    /// The latest first.
    pub agreements: Vec<Agreement>,
    /// What is missing.
    pub standing: Standing,
}

/// A question to a guardian, as its link opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRequest {
    /// Who wants to use the school.
    pub student: String,
    /// Who is asked, as the member or staff said.
    pub name: String,
    /// Whether they consented already: then they can withdraw.
    pub is_given: bool,
    /// What is agreed to: the current versions.
    pub documents: Vec<VersionHead>,
}

impl OpenRequest {
    /// The ids of the documents, as the form carries them.
    pub fn shown(&self) -> String {
        shown(&self.documents)
    }
}

/// The ids of versions as a form carries them.
pub(super) fn shown(documents: &[VersionHead]) -> String {
    documents.iter().map(|head| head.id.to_string()).collect::<Vec<_>>().join(" ")
}
