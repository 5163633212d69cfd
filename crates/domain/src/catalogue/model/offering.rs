//! Offerings and their versions.

use crate::{booking::Kind, catalogue::Named};
use jiff::Timestamp;
use kernel::{
    Money,
    ids::{MemberId, OfferingId, VariantId},
};

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum VersionStatus {
    /// The tutor is writing it.
    Draft,
    /// An admin has to decide.
    InReview,
    /// It was or is live.
    Approved,
    /// The tutor has to change something; the note says what.
    NeedsChanges,
}

impl VersionStatus {
    /// The name used in the database and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::NeedsChanges => "needs_changes",
        }
    }
}

/// A variant: what a duration costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// To book it.
    pub variant: VariantId,
    /// Duration.
    pub minutes: u32,
    /// Price.
    pub price: Money,
}

/// What a version says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionContent {
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Subject.
    pub subject: Named,
    /// Levels, in the tenant's order.
    pub levels: Vec<Named>,
    /// By duration.
    pub prices: Vec<Price>,
}

/// The version in the works: a draft, in review, or sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenVersion {
    /// Counts up; sent in again it gets a new one, so nobody approves what they have not seen.
    pub number: i32,
    /// Draft, in review or needs changes.
    pub status: VersionStatus,
    /// What the admin asked for, maybe empty.
    pub note: String,
    /// When it was last sent in.
    pub submitted_at: Option<Timestamp>,
}

/// One of the tutor's own offerings in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyOffering {
    /// The offering.
    pub id: OfferingId,
    /// 1-on-1 or trial.
    pub kind: Kind,
    /// Title of the version in the works, else of the live one.
    pub title: String,
    /// Subject of the same version.
    pub subject: String,
    /// The lowest price of the same version.
    pub from: Option<Money>,
    /// Whether the public sees a version.
    pub live: bool,
    /// The version in the works.
    pub open: Option<OpenVersion>,
    /// Whether it was taken out of the catalogue for good.
    pub archived: bool,
}

/// An offering as its tutor edits it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferingEditor {
    /// The offering.
    pub id: OfferingId,
    /// 1-on-1 or trial.
    pub kind: Kind,
    /// What the public sees.
    pub live: Option<VersionContent>,
    /// What is in the works.
    pub open: Option<(OpenVersion, VersionContent)>,
    /// Whether it was taken out of the catalogue for good.
    pub archived: bool,
}

/// An offering as typed. Errors come at the names of the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferingDraft {
    /// The offering to change; `None` makes a new one.
    pub offering: Option<OfferingId>,
    /// Of a new offering. Field `kind`; an existing one keeps its own.
    pub kind: Kind,
    /// At most 100 characters. Field `title`.
    pub title: String,
    /// At most 2000 characters. Field `description`.
    pub description: String,
    /// Slug. Field `subject`.
    pub subject: String,
    /// Slugs, at least one. Field `levels`.
    pub levels: Vec<String>,
    /// At least one, at most six (a trial: one). Rows in which both are empty do not count.
    /// Errors of the n-th row (from 0): `minutes.n`, `price.n`; of all: `prices`.
    pub prices: Vec<PriceDraft>,
}

/// A duration and its price as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceDraft {
    /// Whole minutes, 15 to 240, a multiple of 5.
    pub minutes: String,
    /// In the tenant's currency, such as `32` or `32.50`.
    pub price: String,
}

/// An offering that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalRow {
    /// The offering.
    pub offering: OfferingId,
    /// 1-on-1 or trial.
    pub kind: Kind,
    /// Proposed title.
    pub title: String,
    /// Proposed subject.
    pub subject: String,
    /// The tutor's name.
    pub tutor: String,
    /// The version's number.
    pub number: i32,
    /// Whether another version is live: then this is a change.
    pub is_change: bool,
    /// Since when it waits.
    pub submitted_at: Timestamp,
}

/// A field of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentField {
    /// Title.
    Title,
    /// Description.
    Description,
    /// Subject.
    Subject,
    /// Levels.
    Levels,
    /// Durations and prices.
    Prices,
}

impl ContentField {
    /// The name used in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Description => "description",
            Self::Subject => "subject",
            Self::Levels => "levels",
            Self::Prices => "prices",
        }
    }
}

/// A duration's price before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceChange {
    /// Duration.
    pub minutes: u32,
    /// In the live version; `None`: the duration is new.
    pub before: Option<Money>,
    /// In the proposed version; `None`: the duration goes.
    pub after: Option<Money>,
}

/// An offering under review: what is live beside what is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The offering.
    pub offering: OfferingId,
    /// 1-on-1 or trial.
    pub kind: Kind,
    /// Whose it is.
    pub tutor: MemberId,
    /// The tutor's name.
    pub tutor_name: String,
    /// The tutor's name in addresses.
    pub tutor_slug: String,
    /// The version in review; its number goes into the decision.
    pub version: OpenVersion,
    /// What the public sees; `None` for a new offering.
    pub live: Option<VersionContent>,
    /// What it would see.
    pub proposed: VersionContent,
    /// The fields that differ; all of them for a new offering.
    pub changed: Vec<ContentField>,
    /// Every duration of either version.
    pub prices: Vec<PriceChange>,
}

/// The fields in which `proposed` differs from `live`.
pub(in crate::catalogue) fn changed_fields(live: Option<&VersionContent>, proposed: &VersionContent) -> Vec<ContentField> {
    let prices = |content: &VersionContent| content.prices.iter().map(|p| (p.minutes, p.price)).collect::<Vec<_>>();
    let differs = |field: &ContentField| {
        live.is_none_or(|live| match field {
            ContentField::Title => live.title != proposed.title,
            ContentField::Description => live.description != proposed.description,
            ContentField::Subject => live.subject != proposed.subject,
            ContentField::Levels => live.levels != proposed.levels,
            ContentField::Prices => prices(live) != prices(proposed),
        })
    };
    let all = [ContentField::Title, ContentField::Description, ContentField::Subject, ContentField::Levels, ContentField::Prices];
    all.into_iter().filter(differs).collect()
}

/// Every duration of either version with its prices, by duration.
pub(in crate::catalogue) fn price_changes(live: Option<&VersionContent>, proposed: &VersionContent) -> Vec<PriceChange> {
    let price = |content: &VersionContent, minutes: u32| content.prices.iter().find(|p| p.minutes == minutes).map(|p| p.price);
    let mut durations: Vec<u32> = live.iter().flat_map(|live| &live.prices).chain(&proposed.prices).map(|p| p.minutes).collect();
    durations.sort_unstable();
    durations.dedup();
    let change = |minutes| PriceChange { minutes, before: live.and_then(|live| price(live, minutes)), after: price(proposed, minutes) };
    durations.into_iter().map(change).collect()
}

/// What the admin decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The version goes live.
    Approve,
    /// The tutor has to change something.
    NeedsChanges {
        /// What; must not be empty. Field `note`.
        note: String,
    },
}
