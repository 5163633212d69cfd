//! Cancelling a booking, with the refund that its order promises.

use super::{
    claims, lists,
    model::{Booking, BookingStatus, CancelOffer, Canceller, Kind},
    queries, records,
};
use crate::{
    Actor, Member, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    mailing::{self, Mailing},
    payments::{self, RefundReason},
};
use jiff::Timestamp;
use kernel::{AppError, Money, Permission, ids::BookingId, policy::CancellationPolicy};
use serde_json::{Value, json};

/// What cancelling now would mean for the signed-in member.
///
/// # Errors
/// `NotFound` unless it is their own lesson or they may cancel for others; the conflicts
/// `error-booking-cancelled` and `error-lesson-started`.
pub async fn cancellation_offer(services: &Services, actor: &Actor, booking_id: BookingId) -> Result<CancelOffer> {
    let member = actor.member()?;
    let mut tx = actor.begin(&services.db).await?;
    let (booking, by) = authorised(&mut tx, member, booking_id).await?;
    let (paid, policy) = queries::price_and_policy(&mut tx, booking.order).await?;
    tx.commit().await?;
    offer(booking, by, paid, &policy, services.now())
}

/// Cancels a booking, gives its time and its money back and mails both sides.
///
/// `expected_refund_minor` is what the reader was told before they confirmed.
///
/// # Errors
/// As [`cancellation_offer`], and the conflict `error-refund-changed` when a deadline passed
/// since.
pub async fn cancel(services: &Services, actor: &Actor, booking_id: BookingId, expected_refund_minor: i64) -> Result<Money> {
    let member = actor.in_person()?;
    let mut tx = actor.begin(&services.db).await?;
    let (booking, _) = authorised(&mut tx, member, booking_id).await?;
    queries::lock_buyer(&mut tx, booking.order).await?;
    let order = queries::lock_order_alone(&mut tx, booking.order).await?.ok_or(AppError::NotFound)?;
    // Under the lock, so that of two who cancel at once the second sees what the first did.
    let (booking, by) = authorised(&mut tx, member, booking_id).await?;
    let now = services.now();
    let (order_id, kind, tutor) = (booking.order, booking.kind, booking.tutor.id);
    let (student, label) = (booking.student.id, format!("{}: {}", booking.title, booking.student.name));
    let refund = offer(booking, by, order.total, &order.policy, now)?.refund;
    if refund.minor != expected_refund_minor {
        return Err(AppError::conflict("error-refund-changed").into());
    }
    if !records::cancel_booking(&mut tx, booking_id, member.id, now).await? {
        return Err(AppError::conflict("error-booking-cancelled").into());
    }
    claims::release(&mut tx, order_id).await?;
    if kind == Kind::Trial && refund == order.total {
        records::return_trial(&mut tx, tutor, order.student, booking_id).await?;
    }
    payments::request_refund(&mut tx, services, order_id, refund, reason(by)).await?;
    mailing::enqueue(&mut tx, Mailing::BookingCancelled { booking: booking_id }).await?;
    if by == Canceller::Admin {
        let told = json!({ "refund_minor": refund.minor, "currency": refund.currency });
        let entry = Entry::new(Action::BookingCancelled).on("booking", booking_id, label).about(student).change(Value::Null, told);
        audit::record(&mut tx, services, actor, entry).await?;
    }
    tx.commit().await?;
    Ok(refund)
}

/// The booking, and as whom the member may cancel it. Their own booking they cancel as its
/// student, whatever else they are.
async fn authorised(tx: &mut TenantTx, member: &Member, booking_id: BookingId) -> Result<(Booking, Canceller)> {
    let booking = lists::by_id(tx, booking_id).await?.ok_or(AppError::NotFound)?;
    let by = if booking.student.id == member.id {
        Canceller::Student
    } else if booking.tutor.id == member.id {
        Canceller::Tutor
    } else if member.permissions.has(Permission::CancelBookings) {
        Canceller::Admin
    } else {
        return Err(AppError::NotFound.into());
    };
    Ok((booking, by))
}

fn offer(booking: Booking, by: Canceller, paid: Money, policy: &CancellationPolicy, now: Timestamp) -> Result<CancelOffer> {
    if booking.status == BookingStatus::Cancelled {
        return Err(AppError::conflict("error-booking-cancelled").into());
    }
    if booking.starts_at <= now {
        return Err(AppError::conflict("error-lesson-started").into());
    }
    let (refund, deadlines) = match by {
        Canceller::Student => (policy.refund(paid, booking.starts_at, now), policy.deadlines(booking.starts_at)),
        Canceller::Tutor | Canceller::Admin => (paid, Vec::new()),
    };
    let stands_until = deadlines.iter().map(|deadline| deadline.until).find(|until| *until >= now).unwrap_or(booking.starts_at);
    Ok(CancelOffer { booking, by, refund, deadlines, stands_until })
}

const fn reason(by: Canceller) -> RefundReason {
    match by {
        Canceller::Student => RefundReason::CancelledByStudent,
        Canceller::Tutor => RefundReason::CancelledByTutor,
        Canceller::Admin => RefundReason::CancelledByAdmin,
    }
}
