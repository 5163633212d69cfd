//! Types of payments.

use jiff::Timestamp;
use kernel::{
    Money,
    ids::{OrderId, PaymentId, RefundId},
};
use serde::{Deserialize, Serialize};

/// How far a payment is. Moves forward only: created → open → succeeded or expired. An expired
/// one that Stripe collected after all succeeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    /// About to ask Stripe for a payment page.
    Created,
    /// The page is open.
    Open,
    /// Paid.
    Succeeded,
    /// The page is closed, and nothing was paid.
    Expired,
}

impl PaymentStatus {
    /// The name used in the database and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Open => "open",
            Self::Succeeded => "succeeded",
            Self::Expired => "expired",
        }
    }
}

/// How far a refund is: requested → succeeded or failed; succeeded → failed when a bank sends
/// the money back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    /// Promised, and on its way as soon as Stripe takes it.
    Requested,
    /// On its way to the card.
    Succeeded,
    /// It came back; somebody has to look.
    Failed,
}

impl RefundStatus {
    /// The name used in the database and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }
}

/// Why money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    /// The student cancelled; the order's policy says how much.
    CancelledByStudent,
    /// The tutor cancelled.
    CancelledByTutor,
    /// The school cancelled.
    CancelledByAdmin,
    /// The payment came after the hold, and somebody else has the slot.
    SlotTaken,
}

impl RefundReason {
    /// The name used in the database and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::CancelledByStudent => "cancelled_by_student",
            Self::CancelledByTutor => "cancelled_by_tutor",
            Self::CancelledByAdmin => "cancelled_by_admin",
            Self::SlotTaken => "slot_taken",
        }
    }
}

/// The address of Stripe's payment page: where to send the buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutUrl(pub String);

/// What the buyer finds who comes back from the payment page. The order's own page says what
/// became of the lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returned {
    /// Paid, and the lesson is booked.
    Booked,
    /// Paid and booked, and cancelled since; the lesson's own page says what came back.
    Cancelled,
    /// Paid, and it could not be booked any more: everything goes back.
    NotBooked,
    /// Nothing paid yet; the page is still open while the hold lasts.
    Open,
    /// Nothing paid, and the hold ran out or was given up.
    Lapsed,
    /// Stripe does not answer now. What was paid will be found out without the buyer.
    Unknown,
}

/// The collection of an order's money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// The order.
    pub order: OrderId,
    /// How often Stripe refused or failed to make its page; see [`idempotency_key`].
    pub attempt: i16,
    /// How far it is.
    pub status: PaymentStatus,
    /// How much.
    pub amount: Money,
    /// What Stripe kept, in the currency it pays out in; `None` until Stripe says.
    pub fee: Option<Money>,
    /// Stripe's Checkout Session, `cs_…`.
    pub session: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// Stripe's `PaymentIntent`, `pi_…`.
    pub intent: Option<String>,
    /// The card's brand and last four digits, such as `visa 4242`; may be empty.
    pub card: String,
    /// When it was paid.
    pub succeeded_at: Option<Timestamp>,
}

/// The key under which Stripe is asked to make what `id` stands for. A repeat after silence has the
/// same one and so the same effect; `attempt` goes up once Stripe has refused or failed, because it
/// would answer the same to the same key for a day.
pub(super) fn idempotency_key(id: uuid::Uuid, attempt: i16) -> String {
    format!("{id}:{attempt}")
}

/// Money given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Its id.
    pub id: RefundId,
    /// The order.
    pub order: OrderId,
    /// How often Stripe refused or failed to make it; see [`idempotency_key`].
    pub attempt: i16,
    /// Of which payment.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: RefundReason,
    /// How far it is.
    pub status: RefundStatus,
    /// Stripe's refund, `re_…`.
    pub provider: Option<String>,
    /// Stripe's reason, when it failed.
    pub failure: String,
    /// When it was promised.
    pub requested_at: Timestamp,
    /// When it succeeded or failed.
    pub settled_at: Option<Timestamp>,
}
