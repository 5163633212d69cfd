//! Mails: what is sent to whom, in their own words, language and zone.
//!
//! An event is enqueued in its transaction as a [`Mailing`]. Its job writes one mail for each
//! reader into the table `mails` (once, whatever happens) and enqueues a job for each, which
//! sends it; a sweeper takes up those whose job gave up. A mail may leave twice if the mail server
//! took it and we do not know: its answer comes too late, or the process dies before it is noted.
//! Both then carry the same Message-ID.

mod access;
mod compose;
mod deliver;
mod guardians;
mod letter;
mod mailbox;
mod queries;
mod school;
mod sweep;

pub use deliver::DeliverMail;
pub(crate) use deliver::farewell;
pub(crate) use letter::escape;
pub use mailbox::{Mail, MailHead, mail, mailbox};
pub use sweep::sweep;

use crate::{
    Actor, Error, Result, Services, TenantTx, booking, jobs,
    tenancy::{Tenant, domains::DomainLoss},
};
use i18n::{Locale, Reader};
use jiff::Timestamp;
use kernel::{
    ids::{BookingId, DomainId, GuardianConsentId, InvitationId, MemberId, OrderId, ProofId, RefundId, TenantId, VisitId},
    zone::ZoneName,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An event that mails tell of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "mailing")]
pub enum Mailing {
    /// A lesson was paid: to the student and the tutor, with the calendar event.
    BookingConfirmed {
        /// The booking.
        booking: BookingId,
    },
    /// A lesson was cancelled: to the student and the tutor, with the cancelled event.
    BookingCancelled {
        /// The booking.
        booking: BookingId,
    },
    /// Money went back: to the student.
    Refunded {
        /// The refund.
        refund: RefundId,
    },
    /// An address has to be proven: to it, the code or the link.
    Proof {
        /// The proof.
        proof: ProofId,
        /// Which of its mails, from 1.
        nth: i16,
    },
    /// Somebody is invited: to them, with the link.
    Invitation {
        /// The invitation.
        invitation: InvitationId,
        /// Which of its mails, from 1.
        nth: i32,
    },
    /// How somebody gets in was changed: to them.
    AccessChanged {
        /// The member.
        member: MemberId,
        /// The change.
        change: Uuid,
        /// What.
        what: AccessChange,
        /// When.
        at: Timestamp,
    },
    /// A domain of the school's own is no more what it was: to its admins.
    DomainLost {
        /// The domain.
        domain: DomainId,
        /// Why.
        why: DomainLoss,
        /// When.
        at: Timestamp,
    },
    /// The school's own address signs no more, mails come from the platform's: to its admins.
    SenderLost {
        /// When.
        at: Timestamp,
    },
    /// An admin looks how mails arrive: to them.
    SenderTest {
        /// The admin.
        member: MemberId,
        /// When.
        at: Timestamp,
    },
    /// The platform closed the school or opened it, or says when it goes: to its admins.
    StandingChanged {
        /// What.
        change: StandingChange,
        /// When.
        at: Timestamp,
    },
    /// Somebody of the platform came into the school: to its admins.
    SupportCame {
        /// The visit.
        visit: VisitId,
    },
    /// The school keeps nearly as much as it may: to its admins.
    StorageFilling {
        /// 80 or 90.
        percent: i32,
        /// When.
        at: Timestamp,
    },
    /// Two members are one from now on: to both addresses.
    Merged {
        /// Who stays.
        survivor: MemberId,
        /// Who was merged.
        duplicate: MemberId,
    },
    /// Somebody young needs a guardian's consent: to the guardian, with the link.
    GuardianAsked {
        /// The guardian.
        guardian: GuardianConsentId,
        /// Which of the mails, from 1.
        nth: i32,
    },
    /// A guardian decided: to them, to who asked, of a withdrawal to the admins.
    GuardianDecided {
        /// The guardian.
        guardian: GuardianConsentId,
        /// What.
        what: GuardianDecision,
    },
    /// A payment came after its hold and the slot was gone: to the student, with alternatives.
    LateRefunded {
        /// The order.
        order: OrderId,
    },
}

/// What a guardian decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuardianDecision {
    /// They consented.
    Given,
    /// They refused.
    Refused,
    /// They withdrew their consent.
    Withdrawn,
}

impl GuardianDecision {
    /// Its part of the cause and of the message keys.
    const fn key(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// What was changed about how somebody gets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessChange {
    /// The password.
    Password,
    /// Two-step verification was switched on.
    TwoStepOn,
    /// And off.
    TwoStepOff,
    /// There are new recovery codes.
    RecoveryCodes,
    /// One of them let somebody in.
    RecoveryCodeUsed,
    /// There is a new passkey.
    PasskeyAdded,
    /// One was removed.
    PasskeyRemoved,
    /// The account is connected with one elsewhere.
    IdentityAdded,
    /// It is no more.
    IdentityRemoved,
    /// Nothing yet: somebody knew the password and mistyped the codes.
    WrongCodes,
    /// Nothing: somebody does not know the password, many times in a row.
    WrongPasswords,
}

impl AccessChange {
    /// Its part of the message keys.
    const fn key(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::TwoStepOn => "two-step-on",
            Self::TwoStepOff => "two-step-off",
            Self::RecoveryCodes => "recovery-codes",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::IdentityAdded => "identity-added",
            Self::IdentityRemoved => "identity-removed",
            Self::WrongCodes => "wrong-codes",
            Self::WrongPasswords => "wrong-passwords",
        }
    }
}

/// What the platform did about a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandingChange {
    /// It is closed.
    Suspended,
    /// It is open again.
    Reinstated,
    /// It is closed, and everything of it goes at a time.
    Leaving,
    /// It does not go after all.
    Kept,
}

impl StandingChange {
    /// Its part of the message keys.
    const fn key(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::Reinstated => "reinstated",
            Self::Leaving => "leaving",
            Self::Kept => "kept",
        }
    }
}

/// Before the booking in the cause of [`Mailing::BookingConfirmed`].
const CONFIRMED: &str = "booking_confirmed:";

/// The booking that a mail of `cause` confirms, if it does.
fn confirmed_by(cause: &str) -> Option<BookingId> {
    cause.strip_prefix(CONFIRMED)?.parse().ok()
}

impl Mailing {
    /// What keeps the event from being mailed twice.
    fn cause(self) -> String {
        match self {
            Self::BookingConfirmed { booking } => format!("{CONFIRMED}{booking}"),
            Self::BookingCancelled { booking } => format!("booking_cancelled:{booking}"),
            Self::Refunded { refund } => format!("refunded:{refund}"),
            Self::Proof { proof, nth } => format!("proof:{proof}:{nth}"),
            Self::Invitation { invitation, nth } => format!("invitation:{invitation}:{nth}"),
            Self::AccessChanged { change, .. } => format!("access_changed:{change}"),
            Self::DomainLost { domain, at, .. } => format!("domain_lost:{domain}:{}", at.as_second()),
            Self::SenderLost { at } => format!("sender_lost:{}", at.as_second()),
            Self::SenderTest { member, at } => format!("sender_test:{member}:{}", at.as_microsecond()),
            Self::StandingChanged { at, .. } => format!("standing_changed:{}", at.as_microsecond()),
            Self::SupportCame { visit } => format!("support_came:{visit}"),
            Self::StorageFilling { percent, at } => format!("storage_filling:{percent}:{}", at.as_second()),
            // Nobody is merged twice.
            Self::Merged { duplicate, .. } => format!("merged:{duplicate}"),
            Self::GuardianAsked { guardian, nth } => format!("guardian_asked:{guardian}:{nth}"),
            Self::GuardianDecided { guardian, what } => format!("guardian_{}:{guardian}", what.key()),
            Self::LateRefunded { order } => format!("late_refunded:{order}"),
        }
    }
}

impl jobs::Job for Mailing {
    const TASK: &'static str = "send_mail";
}

impl jobs::Run for Mailing {
    async fn run(self, services: &Services, tenant: TenantId) -> Result<()> {
        deliver::write(services, tenant, self).await
    }
}

/// Mails of `mailing` once this transaction has committed.
pub async fn enqueue(tx: &mut TenantTx, mailing: Mailing) -> Result<()> {
    jobs::enqueue_at(tx, &mailing, None, Some(&mailing.cause())).await
}

/// One of the signed-in student's own lessons as a file for a calendar, as the mails carry it.
pub async fn calendar_file(services: &Services, actor: &Actor, booking_id: BookingId) -> Result<String> {
    booking::student_booking(services, actor, booking_id).await?;
    let mut tx = actor.begin(&services.db).await?;
    let lesson = queries::lesson(&mut tx, booking_id).await?;
    tx.commit().await?;
    compose::student_file(services, &actor.tenant, &lesson).ok_or(Error::Broken("mails about lessons carry a calendar's file"))
}

/// A member as a reader of what leaves the site: their language if the tenant offers it, their
/// zone, otherwise the tenant's.
pub(crate) fn reader(tenant: &Tenant, locale: Option<&str>, zone: Option<&str>) -> Reader {
    let mut offered: Vec<Locale> = vec![Locale::parse(&tenant.locale, false).unwrap_or_default()];
    offered.extend(tenant.locales.iter().filter_map(|tag| Locale::parse(tag, false)));
    let locale = Locale::negotiate(locale, None, &offered, false);
    let zone = zone.and_then(|name| ZoneName::new(name).ok()).unwrap_or_else(|| tenant.zone.clone());
    Reader::new(locale, zone)
}
