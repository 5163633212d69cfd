//! What pages about bookings ask for. Each is the signed-in member's own, or an admin's.

use super::{
    lists::{self, BookingFilter},
    model::{Alternatives, Booking, BookingDetail, BookingStatus, PendingHold, Person},
    queries,
};
use crate::{
    Actor, Result, Services, TenantTx, availability,
    page::{Cursor, Page},
};
use jiff::{SignedDuration, Timestamp};
use kernel::{
    AppError, Money, Permission, Role,
    ids::{BookingId, LessonId, OrderId},
};
use std::ops::Range;

/// The most lessons that a student's list of what comes shows.
const MOST_UPCOMING: i64 = 100;
/// How many other times are offered for a lost slot, and how far ahead they are looked for.
const ALTERNATIVES: usize = 6;
const ALTERNATIVES_WITHIN: SignedDuration = SignedDuration::from_hours(21 * 24);

/// The signed-in student's lessons that are not over, the next one first (at most 100).
pub async fn student_upcoming(services: &Services, actor: &Actor) -> Result<Vec<Booking>> {
    let student = actor.require(Role::Student)?;
    let mut tx = actor.begin(&services.db).await?;
    let lessons = lists::upcoming_of_student(&mut tx, student.id, services.now(), MOST_UPCOMING).await?;
    tx.commit().await?;
    Ok(lessons)
}

/// The signed-in student's lessons that are over or cancelled, the latest first.
pub async fn student_past(services: &Services, actor: &Actor, cursor: Option<Cursor>) -> Result<Page<Booking>> {
    let student = actor.require(Role::Student)?;
    let mut tx = actor.begin(&services.db).await?;
    let page = lists::past_of_student(&mut tx, student.id, services.now(), cursor).await?;
    tx.commit().await?;
    Ok(page)
}

/// One of the signed-in student's own bookings.
pub async fn student_booking(services: &Services, actor: &Actor, booking_id: BookingId) -> Result<BookingDetail> {
    let student = actor.require(Role::Student)?;
    let mut tx = actor.begin(&services.db).await?;
    let booking = lists::by_id(&mut tx, booking_id).await?.filter(|booking| booking.student.id == student.id).ok_or(AppError::NotFound)?;
    let detail = detail(services, &mut tx, booking, true).await?;
    tx.commit().await?;
    Ok(detail)
}

/// The slots that the signed-in student holds now, the one that ends first in front.
pub async fn pending_holds(services: &Services, actor: &Actor) -> Result<Vec<PendingHold>> {
    let student = actor.require(Role::Student)?;
    let mut tx = actor.begin(&services.db).await?;
    let holds = queries::pending_holds(&mut tx, student.id).await?;
    tx.commit().await?;
    Ok(holds)
}

/// The signed-in tutor's lessons that overlap `range` (a day, a week), in order.
pub async fn tutor_between(services: &Services, actor: &Actor, range: Range<Timestamp>) -> Result<Vec<Booking>> {
    let tutor = actor.require(Role::Tutor)?;
    let mut tx = actor.begin(&services.db).await?;
    let lessons = lists::of_tutor_between(&mut tx, tutor.id, range).await?;
    tx.commit().await?;
    Ok(lessons)
}

/// The signed-in tutor's next lesson; one that is going on counts.
pub async fn tutor_next(services: &Services, actor: &Actor) -> Result<Option<Booking>> {
    let tutor = actor.require(Role::Tutor)?;
    let mut tx = actor.begin(&services.db).await?;
    let next = lists::next_of_tutor(&mut tx, tutor.id, services.now()).await?;
    tx.commit().await?;
    Ok(next)
}

/// One of the signed-in tutor's own lessons.
pub async fn tutor_lesson(services: &Services, actor: &Actor, lesson_id: LessonId) -> Result<BookingDetail> {
    let tutor = actor.require(Role::Tutor)?;
    let mut tx = actor.begin(&services.db).await?;
    let booking = lists::by_lesson(&mut tx, lesson_id).await?.filter(|booking| booking.tutor.id == tutor.id).ok_or(AppError::NotFound)?;
    let detail = detail(services, &mut tx, booking, false).await?;
    tx.commit().await?;
    Ok(detail)
}

/// The tenant's bookings, the latest lesson first, for an admin.
pub async fn admin_list(services: &Services, actor: &Actor, filter: &BookingFilter, cursor: Option<Cursor>) -> Result<Page<Booking>> {
    actor.permit(Permission::SeeBookings)?;
    let mut tx = actor.begin(&services.db).await?;
    let page = lists::filtered(&mut tx, filter, cursor).await?;
    tx.commit().await?;
    Ok(page)
}

/// Any booking of the tenant, for an admin.
pub async fn admin_booking(services: &Services, actor: &Actor, booking_id: BookingId) -> Result<BookingDetail> {
    actor.permit(Permission::SeeBookings)?;
    let mut tx = actor.begin(&services.db).await?;
    let booking = lists::by_id(&mut tx, booking_id).await?.ok_or(AppError::NotFound)?;
    let detail = detail(services, &mut tx, booking, true).await?;
    tx.commit().await?;
    Ok(detail)
}

/// Other times for the slot of one of the signed-in student's orders.
pub async fn alternatives(services: &Services, actor: &Actor, order_id: OrderId) -> Result<Alternatives> {
    let student = actor.require(Role::Student)?;
    let mut tx = actor.begin(&services.db).await?;
    if queries::buyer(&mut tx, order_id).await? != Some(student.id) {
        return Err(AppError::NotFound.into());
    }
    let found = alternatives_of(services, &mut tx, order_id).await?;
    tx.commit().await?;
    Ok(found)
}

/// Other times for the slot of an order; for mails.
pub(crate) async fn alternatives_of(services: &Services, tx: &mut TenantTx, order_id: OrderId) -> Result<Alternatives> {
    let line = queries::line(tx, order_id).await?;
    let now = services.now();
    let until = now.checked_add(ALTERNATIVES_WITHIN).unwrap_or(now);
    let wanted = (line.tutor, u32::from(line.duration_minutes.unsigned_abs()));
    let mut slots = availability::free_slots_of(tx, &[wanted], now..until, now).await?.remove(&line.tutor).unwrap_or_default();
    slots.truncate(ALTERNATIVES);
    let (tutor_slug, variant) = queries::on_sale_today(tx, &line).await?;
    Ok(Alternatives { tutor: Person { id: line.tutor, name: line.tutor_name }, tutor_slug, offering: line.offering, variant, slots })
}

/// All there is to say about a booking that the reader may see.
async fn detail(services: &Services, tx: &mut TenantTx, booking: Booking, shows_email: bool) -> Result<BookingDetail> {
    let extra = lists::extra(tx, booking.id).await?;
    let policy = queries::policy(extra.policy)?;
    Ok(BookingDetail {
        order_number: extra.order_number,
        order_status: extra.order_status,
        refunded: Money::new(extra.refunded_minor, booking.price.currency),
        deadlines: policy.deadlines(booking.starts_at),
        policy,
        can_cancel: booking.status == BookingStatus::Confirmed && booking.starts_at > services.now(),
        cancelled_by: extra.cancelled_by,
        student_email: shows_email.then_some(extra.student_email),
        booking,
    })
}
