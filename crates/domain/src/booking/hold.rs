//! Holding a slot while its buyer pays.

use super::{
    claims::{self, Term, Wanted},
    jobs::LapseHold,
    model::Kind,
    queries::{self, Line, Offer},
    records::{self, NewOrder},
};
use crate::{
    Actor, Error, Member, Result, Services, TenantTx, availability, failpoint, jobs, orders::OrderStatus, payments::ExpireCheckout,
    policies, tenancy,
};
use jiff::{SignedDuration, Timestamp};
use kernel::{
    AppError, Flag, Role,
    availability::{NotFree, Slot, SlotRules, is_free},
    ids::{OrderId, VariantId},
    zone::ZoneName,
};

/// The most slots that one student may hold at a time.
const MOST_HOLDS: usize = 3;
/// The number of a tenant's first order.
const FIRST_ORDER: i64 = 1001;

/// The slot that a student wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// What is bought.
    pub variant_id: VariantId,
    /// When the lesson is to start.
    pub starts_at: Timestamp,
}

/// Holds a slot for ten minutes of the database's clock. The answer is the order to pay.
///
/// A second hold of the same slot by the same student is the first one's order: a double
/// click, or the way back from the payment page. It prolongs nothing.
///
/// # Errors
/// `NotFound` for what is not on sale; `Consent` before they agreed to what the school asks; and conflicts:
/// `error-offer-changed` (the offering was changed or withdrawn meanwhile), `error-own-lesson`
/// (nobody books themselves), `error-trial-used`, `error-too-many-holds`, `error-slot-yours`
/// (a hold of the student's own overlaps it), `error-lesson-overlaps` (a lesson of theirs does, be
/// it as student or as tutor), and a slot's own
/// [`NotFree::code`](kernel::availability::NotFree::code).
pub async fn hold(services: &Services, actor: &Actor, wanted: Hold) -> Result<OrderId> {
    actor.in_person()?;
    let student = actor.require(Role::Student)?;
    actor.with(Flag::Payments, "error-payments-paused")?;
    if wanted.starts_at < availability::earliest_start(services.now()) {
        return Err(AppError::conflict(NotFree::TooSoon.code()).into());
    }
    let mut tx = actor.begin(&services.db).await?;
    let offer = queries::offer(&mut tx, wanted.variant_id).await?.ok_or(AppError::NotFound)?;
    if !offer.live {
        return Err(AppError::conflict("error-offer-changed").into());
    }
    if offer.tutor == student.id {
        return Err(AppError::conflict("error-own-lesson").into());
    }
    queries::lock_student(&mut tx, student.id).await?;
    policies::require(&mut tx, student.id).await?;
    if let Some(order) = check_own(&mut tx, student, &offer, wanted).await? {
        return Ok(order);
    }
    let (slot, zone, rules) = check_slot(services, &mut tx, &offer, wanted.starts_at).await?;

    let id = services.id();
    let line = line(&offer, wanted.variant_id, &slot, &zone, &rules);
    let time = Wanted { tutor: offer.tutor, order: id, starts_at: slot.start, ends_at: slot.end, gap_minutes: line.gap_minutes };
    let claim = claims::take(&mut tx, services.id(), &time, Term::Hold)
        .await
        .map_err(|e| e.on_constraint("claims_tutor_erased", AppError::conflict("error-slot-taken")))?
        .ok_or(AppError::conflict("error-slot-taken"))?;
    write_order(services, &mut tx, id, student, &offer, &line).await?;
    failpoint::hit("after_order_insert");
    let lapse = LapseHold { order_id: id };
    jobs::enqueue_at(&mut tx, &lapse, claim.expires_at, Some(&lapse.key())).await?;
    tx.commit().await?;
    failpoint::hit("after_hold_commit");
    Ok(id)
}

/// What the student's own holds, lessons and trials say. The answer is the order that already holds
/// this very slot.
async fn check_own(tx: &mut TenantTx, student: &Member, offer: &Offer, wanted: Hold) -> Result<Option<OrderId>> {
    let holds = queries::own_holds(tx, student.id).await?;
    if let Some(same) = holds.iter().find(|own| own.variant == wanted.variant_id && own.starts_at == wanted.starts_at) {
        return Ok(Some(same.order));
    }
    let trial_held = holds.iter().any(|own| own.kind == Kind::Trial && own.tutor == offer.tutor);
    if offer.kind == Kind::Trial && (trial_held || queries::had_trial(tx, offer.tutor, student.id).await?) {
        return Err(AppError::conflict("error-trial-used").into());
    }
    let ends_at = wanted.starts_at.checked_add(SignedDuration::from_mins(i64::from(offer.duration_minutes))).unwrap_or(Timestamp::MAX);
    if holds.iter().any(|own| own.starts_at < ends_at && own.ends_at > wanted.starts_at) {
        return Err(AppError::conflict("error-slot-yours").into());
    }
    if queries::has_lesson(tx, student.id, &(wanted.starts_at..ends_at), true).await? {
        return Err(AppError::conflict("error-lesson-overlaps").into());
    }
    if holds.len() >= MOST_HOLDS {
        return Err(AppError::conflict("error-too-many-holds").into());
    }
    Ok(None)
}

/// The slot that starts at `starts_at`, with the tutor's zone and rules. Most of those who come
/// late are turned away here, by reading alone.
async fn check_slot(services: &Services, tx: &mut TenantTx, offer: &Offer, starts_at: Timestamp) -> Result<(Slot, ZoneName, SlotRules)> {
    let calendar = availability::calendars(tx, &[offer.tutor], starts_at..starts_at)
        .await?
        .remove(&offer.tutor)
        .ok_or(AppError::conflict("error-offer-changed"))?;
    let minutes = u32::from(offer.duration_minutes.unsigned_abs());
    let slot = is_free(&calendar.schedule, starts_at, minutes, &calendar.busy, services.now())
        .map_err(|reason| AppError::conflict(reason.code()))?;
    Ok((slot, calendar.schedule.zone, calendar.schedule.rules))
}

/// What the order freezes.
fn line(offer: &Offer, variant: VariantId, slot: &Slot, zone: &ZoneName, rules: &SlotRules) -> Line {
    // The same tutor's lessons all have these buffers, so the longer one after each lesson
    // keeps max(after, before) between any two.
    let gap = rules.buffer_before_minutes.max(rules.buffer_after_minutes);
    Line {
        tutor: offer.tutor,
        offering: offer.offering,
        variant,
        kind: offer.kind,
        title: offer.title.clone(),
        tutor_name: offer.tutor_name.clone(),
        duration_minutes: offer.duration_minutes,
        price_minor: offer.price.minor,
        starts_at: slot.start,
        ends_at: slot.end,
        gap_minutes: i16::try_from(gap).unwrap_or(i16::MAX),
        wall_start: slot.wall,
        zone: zone.as_str().to_owned(),
    }
}

/// Writes the order after its claim is taken: the counter of order numbers is the last lock,
/// held for a few milliseconds by those alone who won their slot.
async fn write_order(services: &Services, tx: &mut TenantTx, id: OrderId, student: &Member, offer: &Offer, line: &Line) -> Result<()> {
    let terms = tenancy::terms(tx).await?;
    let number = tenancy::next_number(tx, "order", FIRST_ORDER).await?;
    let order = NewOrder {
        id,
        number,
        student: student.id,
        total: offer.price,
        policy: &terms.cancellation_policy,
        commission_bps: terms.commission_bps,
    };
    records::insert_order(tx, &order).await?;
    records::insert_line(tx, services.id(), id, line).await
}

/// The buyer gives a hold back. Doing it twice, or after it lapsed, changes nothing.
///
/// # Errors
/// `NotFound` unless it is the actor's own order; the conflict `error-order-paid` when the
/// money was faster.
pub async fn give_up(services: &Services, actor: &Actor, order_id: OrderId) -> Result<()> {
    actor.in_person()?;
    let student = actor.require(Role::Student)?;
    let mut tx = actor.begin(&services.db).await?;
    let order =
        queries::lock_order_alone(&mut tx, order_id).await?.filter(|order| order.student == student.id).ok_or(AppError::NotFound)?;
    match order.status {
        OrderStatus::Pending => {
            claims::release(&mut tx, order_id).await?;
            records::end_pending(&mut tx, order_id, OrderStatus::Cancelled).await?;
            jobs::enqueue(&mut tx, &ExpireCheckout { order_id }).await?;
            tx.commit().await
        }
        OrderStatus::Lapsed | OrderStatus::Cancelled => Ok(()),
        OrderStatus::Paid | OrderStatus::PartlyRefunded | OrderStatus::Refunded => Err(Error::App(AppError::conflict("error-order-paid"))),
    }
}
