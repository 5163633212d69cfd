//! Identifiers: one newtype over a UUID v7 for each kind of object, so that a tutor's
//! id cannot be passed where a booking's is meant.

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

/// Builds a UUID v7 from a Unix time in milliseconds and ten random bytes.
///
/// Pure, so that tests get the same ids from the same clock and seed.
pub fn uuid_v7(unix_millis: u64, random: [u8; 10]) -> Uuid {
    Builder::from_unix_timestamp_millis(unix_millis, &random).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type))]
        #[cfg_attr(feature = "sqlx", sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A school or tutoring business.
    TenantId;
    /// A person who can sign in, platform-wide.
    AccountId;
    /// A person in one tenant. A tutor and a student are members.
    MemberId;
    /// A login session of an account on one tenant's host.
    LoginSessionId;
    /// A claim on a mail address that waits for its code.
    ProofId;
    /// What a school's staff may do, under a name.
    StaffRoleId;
    /// Where members of a school may sign in besides here.
    IdentityProviderId;
    /// A host that a school says is its own.
    DomainId;
    /// A time that somebody of the platform was staff of a school.
    VisitId;
    /// Who a member is there.
    IdentityId;
    /// Somebody whom a school wants as a member.
    InvitationId;
    /// A list of people about to be invited.
    ImportId;
    /// A subject or a level.
    TermId;
    /// What a tutor sells.
    OfferingId;
    /// A priced form of an offering.
    VariantId;
    /// A degree, a post or a certificate of a tutor.
    QualificationId;
    /// An exception to a tutor's weekly availability.
    ExceptionId;
    /// One live lesson at a time.
    LessonId;
    /// A slot locked while its buyer pays, then the lesson's claim on the tutor's time.
    ClaimId;
    /// A member's place in a lesson.
    BookingId;
    /// What was bought.
    OrderId;
    /// One attempt to collect an order's money.
    PaymentId;
    /// Money given back.
    RefundId;
    /// An account of the ledger.
    LedgerAccountId;
    /// A balanced movement of money.
    LedgerTransactionId;
    /// A student's review of a tutor.
    ReviewId;
    /// A mail that was or will be sent.
    MailId;
    /// A document of the school's that is being written, as of its last change.
    PolicyDraftId;
    /// A published version of one.
    PolicyVersionId;
    /// A guardian who is asked to consent.
    GuardianConsentId;
    /// A file that a member sent.
    UploadId;
}
