//! Booking's types.

use crate::orders::OrderStatus;
use jiff::{Timestamp, civil};
use kernel::{
    Money,
    availability::Slot,
    ids::{BookingId, LessonId, MemberId, OfferingId, OrderId, VariantId},
    policy::{CancellationPolicy, Deadline},
    zone::ZoneName,
};
use serde::{Deserialize, Serialize};

/// What was sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A lesson for one student.
    OneOnOne,
    /// The first lesson of a student with a tutor; one each.
    Trial,
}

impl Kind {
    /// The name used in the database and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::OneOnOne => "one_on_one",
            Self::Trial => "trial",
        }
    }
}

/// Where a booking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BookingStatus {
    /// Paid; the lesson takes place, or took place.
    Confirmed,
    /// It does not take place.
    Cancelled,
}

impl BookingStatus {
    /// The name used in the database and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A member, as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The member.
    pub id: MemberId,
    /// The display name of today.
    pub name: String,
}

/// A booking in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// The student's place.
    pub id: BookingId,
    /// The lesson.
    pub lesson: LessonId,
    /// The order that paid it.
    pub order: OrderId,
    /// Where it stands.
    pub status: BookingStatus,
    /// When it was cancelled, if it was.
    pub cancelled_at: Option<Timestamp>,
    /// The offering's title as it was bought.
    pub title: String,
    /// What was sold.
    pub kind: Kind,
    /// When the lesson starts.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// The tutor's wall clock at the start.
    pub wall_start: civil::DateTime,
    /// The zone of that clock.
    pub zone: ZoneName,
    /// What was paid.
    pub price: Money,
    /// Who teaches.
    pub tutor: Person,
    /// The tutor's public page.
    pub tutor_slug: String,
    /// Who learns.
    pub student: Person,
}

/// One booking with all there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingDetail {
    /// The booking.
    pub booking: Booking,
    /// The order's number for people, such as `NS-1042`.
    pub order_number: String,
    /// The order's standing.
    pub order_status: OrderStatus,
    /// Given back so far, or promised.
    pub refunded: Money,
    /// The policy of the order.
    pub policy: CancellationPolicy,
    /// Until when each share of the price comes back, from the earliest.
    pub deadlines: Vec<Deadline>,
    /// Whether it can still be cancelled: confirmed, and not begun.
    pub can_cancel: bool,
    /// Who cancelled, if somebody did.
    pub cancelled_by: Option<Person>,
    /// The student's address. `None` unless the reader is an admin or the student.
    pub student_email: Option<String>,
}

/// As whom somebody cancels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canceller {
    /// By the policy of the order.
    Student,
    /// Everything comes back.
    Tutor,
    /// Everything comes back.
    Admin,
}

/// What cancelling now would mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelOffer {
    /// The booking.
    pub booking: Booking,
    /// As whom the reader would cancel.
    pub by: Canceller,
    /// What would come back. Its minor units go back with the confirmation.
    pub refund: Money,
    /// Until when each share comes back, from the earliest; empty when all of it always does.
    pub deadlines: Vec<Deadline>,
    /// Until when `refund` stands: the next deadline, or the lesson's start.
    pub stands_until: Timestamp,
}

/// A slot that waits for its money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingHold {
    /// The order to pay.
    pub order: OrderId,
    /// The offering's title.
    pub title: String,
    /// Who teaches.
    pub tutor_name: String,
    /// When the lesson starts.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// What it costs.
    pub total: Money,
    /// When the hold runs out, by the database's clock.
    pub expires_at: Timestamp,
    /// That clock now.
    pub database_now: Timestamp,
}

/// Other times for a slot that was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternatives {
    /// The tutor.
    pub tutor: Person,
    /// Their public page.
    pub tutor_slug: String,
    /// The offering that was wanted.
    pub offering: OfferingId,
    /// Its form of the same duration that is sold today; `None` when it is sold no longer.
    pub variant: Option<VariantId>,
    /// The tutor's next free times for it, at most six.
    pub slots: Vec<Slot>,
}
