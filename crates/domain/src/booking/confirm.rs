//! Money arrived: the hold becomes a booking, or the slot is gone.

use super::{
    claims::{self, Term, Wanted},
    model::Kind,
    queries::{self, Line, LockedOrder},
    records,
};
use crate::{
    Error, Result, Services, TenantTx, availability,
    mailing::{self, Mailing},
    orders::OrderStatus,
    tenancy,
};
use kernel::{
    availability::is_free,
    ids::{BookingId, ClaimId, OrderId},
};

/// What became of an order whose money arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// It is booked.
    Confirmed {
        /// The booking.
        booking: BookingId,
        /// Whether this call made it; `false` when an earlier one did.
        new: bool,
    },
    /// Somebody else has the slot, the trial was used up, the student has another lesson then, the
    /// tutor no longer teaches then, or the lesson would have begun: the money goes back in full.
    SlotTaken,
}

/// Books a paid order, inside the transaction that records its payment. Idempotent.
///
/// - An order whose hold is still active is booked, even after the ten minutes, as long as
///   nobody else took the slot.
/// - A lapsed or cancelled order is booked when the slot is still offered and free.
/// - Nobody is booked into two lessons at once. A hold forbids a second one, but one that ran out
///   does not, and both may be paid.
/// - A lesson whose start has passed is never booked: nobody could cancel it any more.
/// - Once money of the order went back, or was promised back, it is never booked.
///
/// Marks the order paid and gives it its receipt's number. An order that is not booked is left
/// `lapsed` or `cancelled`; the caller refunds it in the same transaction.
///
/// Locks the student, then the order, then the claim, then the counter of receipts: call it
/// before locking anything else of the order.
pub async fn confirm(tx: &mut TenantTx, services: &Services, order_id: OrderId) -> Result<Confirmation> {
    queries::lock_buyer(tx, order_id).await?.ok_or(Error::Broken("a payment has an order"))?;
    let order = queries::lock_order_alone(tx, order_id).await?.ok_or(Error::Broken("orders are never deleted"))?;
    let outcome = queries::outcome(tx, order_id).await?;
    if let Some(booking) = outcome.booking {
        return Ok(Confirmation::Confirmed { booking, new: false });
    }
    if outcome.refunded {
        return Ok(Confirmation::SlotTaken);
    }
    let line = queries::line(tx, order_id).await?;
    let booking: BookingId = services.id();
    if line.kind == Kind::Trial && !records::take_trial(tx, line.tutor, order.student, booking).await? {
        return lose(tx, order_id).await;
    }
    let Some(claim) = claim_for(services, tx, order_id, &order, &line).await? else {
        if line.kind == Kind::Trial {
            records::return_trial(tx, line.tutor, order.student, booking).await?;
        }
        return lose(tx, order_id).await;
    };
    records::insert_booking(tx, booking, services.id(), (order_id, order.student), claim, &line).await?;
    let receipt = tenancy::next_number(tx, "receipt", 1).await?;
    records::mark_paid(tx, order_id, receipt).await?;
    mailing::enqueue(tx, Mailing::BookingConfirmed { booking }).await?;
    Ok(Confirmation::Confirmed { booking, new: true })
}

/// The order's claim, made to last: the one it holds, or a new one if the slot is free.
async fn claim_for(services: &Services, tx: &mut TenantTx, order_id: OrderId, order: &LockedOrder, line: &Line) -> Result<Option<ClaimId>> {
    if line.starts_at <= services.now() || queries::has_lesson(tx, order.student, &(line.starts_at..line.ends_at), false).await? {
        return Ok(None);
    }
    if order.status == OrderStatus::Pending
        && let Some(held) = claims::active(tx, order_id).await?
    {
        claims::make_lasting(tx, held.id).await?;
        return Ok(Some(held.id));
    }
    if !still_offered(services, tx, line).await? {
        return Ok(None);
    }
    let wanted =
        Wanted { tutor: line.tutor, order: order_id, starts_at: line.starts_at, ends_at: line.ends_at, gap_minutes: line.gap_minutes };
    Ok(claims::take(tx, services.id(), &wanted, Term::Lasting).await?.map(|claim| claim.id))
}

/// Whether the tutor still teaches at the time of a hold that was lost. Notice and horizon were
/// kept when it was made; that the time is free is for the claim to say.
async fn still_offered(services: &Services, tx: &mut TenantTx, line: &Line) -> Result<bool> {
    let calendars = availability::calendars(tx, &[line.tutor], line.starts_at..line.starts_at).await?;
    Ok(calendars.into_values().next().is_some_and(|calendar| {
        let mut schedule = calendar.schedule;
        schedule.rules.notice_minutes = 0;
        schedule.rules.horizon_days = u32::MAX;
        is_free(&schedule, line.starts_at, u32::from(line.duration_minutes.unsigned_abs()), &[], services.now()).is_ok()
    }))
}

/// The order ends without a booking. A hold that it still has (its trial was used up meanwhile,
/// or its lesson's start passed) is given back.
async fn lose(tx: &mut TenantTx, order_id: OrderId) -> Result<Confirmation> {
    claims::release(tx, order_id).await?;
    records::end_pending(tx, order_id, OrderStatus::Lapsed).await?;
    Ok(Confirmation::SlotTaken)
}
