//! What the log holds.

use jiff::Timestamp;
use kernel::ids::MemberId;
use serde_json::Value;
use std::fmt::Display;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// What somebody did.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Action {
            $($(#[$doc])* $name,)*
        }

        impl Action {
            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name in the log: a subject and what happened to it.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

actions! {
    /// Somebody signed in.
    SignedIn = "login.started",
    /// A member ended one of their login sessions.
    LoginEnded = "login.ended",
    /// A member ended all of them.
    LoginsEnded = "login.all_ended",
    /// A member changed their password.
    PasswordChanged = "password.changed",
    /// A password was set by a mailed link.
    PasswordReset = "password.reset",
    /// A member switched two-step verification on.
    TwoStepOn = "two_step.switched_on",
    /// A member switched it off.
    TwoStepOff = "two_step.switched_off",
    /// A member made new recovery codes.
    RecoveryCodesRenewed = "recovery_codes.renewed",
    /// Somebody who knew the password did not know the second factor.
    SecondFactorRefused = "second_factor.refused",
    /// Wrong passwords for somebody, many in a row.
    SignInRefused = "sign_in.refused",
    /// A member made a passkey.
    PasskeyAdded = "passkey.added",
    /// A member removed one.
    PasskeyRemoved = "passkey.removed",
    /// A member connected an account elsewhere.
    IdentityAdded = "identity.added",
    /// A member disconnected one.
    IdentityRemoved = "identity.removed",
    /// Somebody became a member.
    MemberJoined = "member.joined",
    /// Somebody was invited.
    MemberInvited = "member.invited",
    /// An invitation was sent once more.
    InvitationSentAgain = "invitation.sent_again",
    /// An invitation was withdrawn.
    InvitationWithdrawn = "invitation.withdrawn",
    /// A member's roles were changed.
    RolesChanged = "member.roles_changed",
    /// A member was suspended.
    MemberSuspended = "member.suspended",
    /// A member changed their own name.
    MemberRenamed = "member.renamed",
    /// A suspended member was let in again.
    MemberReinstated = "member.reinstated",
    /// A member was signed out everywhere at this school.
    MemberSignedOut = "member.signed_out",
    /// Staff saw the site as a member.
    Impersonated = "member.impersonated",
    /// The list of members was taken as a file.
    MembersExported = "members.exported",
    /// A member took everything about them as an archive.
    DataExported = "member.data_exported",
    /// A member was forgotten.
    MemberErased = "member.erased",
    /// A duplicate was merged into a member.
    MemberMerged = "member.merged",
    /// What the log said of invitations to somebody who was forgotten went too.
    InvitationsErased = "invitation.erased",
    /// A staff role was made or changed.
    StaffRoleSaved = "staff_role.saved",
    /// A staff role was removed.
    StaffRoleRemoved = "staff_role.removed",
    /// The school was founded.
    SchoolFounded = "school.founded",
    /// The platform opened the school.
    SchoolOpened = "school.opened",
    /// The platform closed the school.
    SchoolSuspended = "school.suspended",
    /// The platform opened it again.
    SchoolReinstated = "school.reinstated",
    /// The platform closed the school and said when it goes.
    SchoolDeletionPlanned = "school.deletion_planned",
    /// It does not go after all.
    SchoolKept = "school.kept",
    /// Everything of the school was taken as an archive.
    SchoolExported = "school.exported",
    /// Everything of the school went.
    SchoolDeleted = "school.deleted",
    /// The platform decided how much the school may keep.
    QuotaSet = "school.quota_set",
    /// The platform decided what is on and off.
    FlagsDecided = "school.flags_decided",
    /// Staff had a guardian asked again.
    GuardianAskedAgain = "guardian.asked_again",
    /// The school chose what is on and off.
    FlagsChosen = "school.flags_chosen",
    /// Somebody of the platform came into the school to help.
    SupportBegan = "support.began",
    /// They left.
    SupportEnded = "support.ended",
    /// A job that failed was run again.
    JobRetried = "job.retried",
    /// A job that failed was removed.
    JobDiscarded = "job.discarded",
    /// The public face was changed.
    FaceChanged = "school.face_changed",
    /// Commission or cancellation policy were changed.
    TermsChanged = "school.terms_changed",
    /// Settings were taken in from a file.
    ConfigurationImported = "school.configuration_imported",
    /// Who mails come from was changed.
    SenderChanged = "school.sender_changed",
    /// The key of the school's own address was found: mails come from it.
    SenderProven = "school.sender_proven",
    /// It is gone: mails come from the platform's address.
    SenderLost = "school.sender_lost",
    /// A domain of the school's own was added.
    DomainAdded = "domain.added",
    /// Its proof was found: the school is there.
    DomainProven = "domain.proven",
    /// A domain led astray or lost its proof for too long.
    DomainLost = "domain.lost",
    /// A domain was removed.
    DomainRemoved = "domain.removed",
    /// Another of its hosts became the school's address.
    AddressChanged = "school.address_changed",
    /// Where members may sign in was set up or changed.
    IdentityProviderSaved = "identity_provider.saved",
    /// Members sign in there no more.
    IdentityProviderRemoved = "identity_provider.removed",
    /// A document of the school's was published.
    PolicyPublished = "policy.published",
    /// The age under which a guardian consents was changed.
    GuardianAgeChanged = "policy.guardian_age_changed",
    /// Staff had a guardian asked.
    GuardianAsked = "guardian.asked",
    /// A guardian consented.
    GuardianGiven = "guardian.given",
    /// A guardian refused.
    GuardianRefused = "guardian.refused",
    /// A guardian withdrew their consent.
    GuardianWithdrawn = "guardian.withdrawn",
    /// Staff noted that a member is of age.
    AgeConfirmed = "guardian.age_confirmed",
    /// A subject or a level was added or renamed.
    TermSaved = "catalogue.term_saved",
    /// A subject or a level was removed.
    TermRemoved = "catalogue.term_removed",
    /// An offering was approved.
    OfferingApproved = "offering.approved",
    /// An offering was sent back to its tutor.
    OfferingSentBack = "offering.sent_back",
    /// A lesson was cancelled by an admin.
    BookingCancelled = "booking.cancelled",
    /// A refund that failed was sent again.
    RefundSentAgain = "refund.sent_again",
    /// A logo was sent.
    LogoSent = "school.logo_sent",
    /// The logo was removed.
    LogoRemoved = "school.logo_removed",
    /// The scanner found something in a file.
    UploadInfected = "upload.infected",
}

/// An entry about to be added. Nothing secret belongs into it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) action: Action,
    pub(super) object: String,
    pub(super) label: String,
    pub(super) before: Value,
    pub(super) after: Value,
    /// The member whom it is about.
    pub(super) about: Option<MemberId>,
    /// Where the actor is not signed in yet.
    pub(super) by: Option<(MemberId, String)>,
}

impl Entry {
    /// Says that `action` was done by the actor.
    pub const fn new(action: Action) -> Self {
        Self { action, object: String::new(), label: String::new(), before: Value::Null, after: Value::Null, about: None, by: None }
    }

    /// To what: a kind, an id, and what people call it.
    #[must_use]
    pub fn on(mut self, kind: &str, id: impl Display, label: impl Into<String>) -> Self {
        self.object = format!("{kind}:{id}");
        self.label = label.into();
        self
    }

    /// Something that tells of a member: what it says goes when they are erased.
    #[must_use]
    pub const fn about(mut self, member: MemberId) -> Self {
        self.about = Some(member);
        self
    }

    /// To a member.
    #[must_use]
    pub fn on_member(self, member: MemberId, name: impl Into<String>) -> Self {
        self.on("member", member, name).about(member)
    }

    /// What it was and what it is; of objects, only what differs is kept.
    #[must_use]
    pub fn change(mut self, before: Value, after: Value) -> Self {
        self.before = before;
        self.after = after;
        self
    }

    /// What it is now, where [`change`](Self::change) told only what it was.
    #[must_use]
    pub fn now(mut self, after: Value) -> Self {
        self.after = after;
        self
    }

    /// By whom, where the actor is not signed in yet.
    #[must_use]
    pub fn by(mut self, member: MemberId, name: impl Into<String>) -> Self {
        self.by = Some((member, name.into()));
        self
    }
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counts from 1 without gaps.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// Who; empty when nobody was signed in, or they were forgotten.
    pub actor_name: String,
    /// Whether who did it was forgotten.
    pub is_erased: bool,
    /// What: the key of an [`Action`].
    pub action: String,
    /// To what: a kind and an id; may be empty.
    pub object: String,
    /// How people call that.
    pub label: String,
    /// JSON of what differs, before; may be empty.
    pub before: String,
    /// And after.
    pub after: String,
    /// The network address; may be empty.
    pub client: String,
}

/// Which lines.
#[derive(Clone, Debug, Default)]
pub struct AuditQuery {
    /// Words of who and of to what.
    pub text: String,
    /// One action alone.
    pub action: Option<Action>,
    /// Those before this number.
    pub before: Option<i64>,
}
