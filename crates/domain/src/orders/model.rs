//! Orders' types.

use crate::{
    booking::{BookingStatus, Kind, Person},
    payments::{PaymentStatus, RefundReason, RefundStatus},
};
use jiff::{Timestamp, civil};
use kernel::{
    Money,
    ids::{BookingId, OfferingId, OrderId, RefundId, VariantId},
    policy::CancellationPolicy,
    zone::ZoneName,
};
use serde::{Deserialize, Serialize};

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// It holds its slot and waits for its money.
    Pending,
    /// Its money arrived and its lesson is booked.
    Paid,
    /// Its hold ran out before its money arrived.
    Lapsed,
    /// The buyer gave the hold back.
    Cancelled,
    /// Some of its money went back.
    PartlyRefunded,
    /// All of its money went back.
    Refunded,
}

impl OrderStatus {
    /// Every status.
    pub const ALL: [Self; 6] = [Self::Pending, Self::Paid, Self::Lapsed, Self::Cancelled, Self::PartlyRefunded, Self::Refunded];

    /// The name used in the database, in message keys and in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Lapsed => "lapsed",
            Self::Cancelled => "cancelled",
            Self::PartlyRefunded => "partly_refunded",
            Self::Refunded => "refunded",
        }
    }
}

/// An order in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Its number for people, such as `NS-1042`.
    pub number: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// Who bought.
    pub student: Person,
    /// The offering's title as it was bought.
    pub title: String,
    /// What was sold.
    pub kind: Kind,
    /// Who teaches, as named when it was bought.
    pub tutor_name: String,
    /// When the lesson starts.
    pub starts_at: Timestamp,
    /// What it cost.
    pub total: Money,
    /// Given back, or promised back.
    pub refunded: Money,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its money arrived.
    pub paid_at: Option<Timestamp>,
}

/// An order with all there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDetail {
    /// The order.
    pub order: Order,
    /// Its receipt's number for people, such as `NS-R17`, once paid.
    pub receipt: Option<String>,
    /// What was bought.
    pub lines: Vec<OrderLine>,
    /// The policy it was bought under.
    pub policy: CancellationPolicy,
    /// How its money came, once a payment was begun.
    pub payment: Option<OrderPayment>,
    /// What went back, the first one first.
    pub refunds: Vec<OrderRefund>,
    /// The booking, once paid.
    pub booking: Option<BookingId>,
    /// Where that stands.
    pub booking_status: Option<BookingStatus>,
}

/// What was bought, as it was that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    /// The offering's title.
    pub title: String,
    /// What was sold.
    pub kind: Kind,
    /// Who teaches.
    pub tutor: Person,
    /// The tutor's public page today.
    pub tutor_slug: String,
    /// The offering.
    pub offering: OfferingId,
    /// Its form.
    pub variant: VariantId,
    /// Minutes.
    pub duration_minutes: u32,
    /// Price.
    pub price: Money,
    /// When the lesson starts.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// The tutor's wall clock at the start.
    pub wall_start: civil::DateTime,
    /// The zone of that clock.
    pub zone: ZoneName,
}

/// How an order's money came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderPayment {
    /// Where it stands.
    pub status: PaymentStatus,
    /// The card's brand and last four digits; empty before it is known.
    pub card: String,
    /// Stripe's `PaymentIntent`, `pi_…`, for an admin.
    pub payment_intent: Option<String>,
    /// Stripe's Checkout Session, `cs_…`, for an admin.
    pub session: Option<String>,
    /// What Stripe kept, in the currency it pays out in, once it said; for an admin.
    pub fee: Option<Money>,
    /// When the money arrived.
    pub succeeded_at: Option<Timestamp>,
}

/// Money that went back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRefund {
    /// Its id.
    pub id: RefundId,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: RefundReason,
    /// Where it stands.
    pub status: RefundStatus,
    /// When it was promised.
    pub requested_at: Timestamp,
    /// When the bank answered.
    pub settled_at: Option<Timestamp>,
    /// Stripe's refund, `re_…`, for an admin.
    pub provider: Option<String>,
    /// Stripe's reason when it failed, for an admin; else empty.
    pub failure: String,
    /// Whether it failed and another one took its place.
    pub sent_again: bool,
}

/// An order at the checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingOrder {
    /// The order. Its status may be any: the reader may come back when it is paid or lapsed.
    pub detail: OrderDetail,
    /// How long the slot is held; `None` once the order is not pending.
    pub hold: Option<HoldClock>,
}

/// The time that is left, by the database's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldClock {
    /// When the hold runs out.
    pub expires_at: Timestamp,
    /// The same clock now. A countdown runs for the difference, whatever the reader's clock
    /// says.
    pub database_now: Timestamp,
}

/// What an admin looks for. The default is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// Where the order stands.
    pub status: Option<OrderStatus>,
    /// An order's number (`NS-1042`, `1042`), or part of the student's name without regard to
    /// case and accents. Empty matches all.
    pub text: String,
}

/// A refund that failed: somebody has to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedRefund {
    /// Its order.
    pub order: OrderId,
    /// The order's number for people, such as `NS-1042`.
    pub number: String,
    /// Who was to get it.
    pub student: String,
    /// How much.
    pub amount: Money,
    /// Stripe's reason.
    pub failure: String,
}
