//! SQL of lists of bookings. Every list has the same columns and its own conditions, so that
//! each is planned for what it asks.

use super::{
    model::{Booking, BookingStatus, Kind, Person},
    queries::currency,
};
use crate::{
    Error, Result, TenantTx,
    orders::OrderStatus,
    page::{Cursor, Page},
};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use kernel::{
    Money,
    ids::{BookingId, LessonId, MemberId, OrderId},
    zone::ZoneName,
};
use std::ops::Range;

/// Rows on a page of a list.
pub const PAGE: usize = 25;
/// One more than a page: it says whether there is a next one.
const PROBE: i64 = 26;
/// The most lessons of a list without pages.
const MOST: i64 = 500;
/// The longest lesson (`variants.duration_minutes`): one that has not ended did not start before
/// that. The index on starts is read from there on, and not from a tutor's first lesson.
const LONGEST_LESSON: SignedDuration = SignedDuration::from_mins(240);

struct Row {
    id: BookingId,
    lesson: LessonId,
    order: OrderId,
    status: BookingStatus,
    cancelled_at: Option<jiff_sqlx::Timestamp>,
    title: String,
    kind: Kind,
    starts_at: jiff_sqlx::Timestamp,
    ends_at: jiff_sqlx::Timestamp,
    wall_start: jiff_sqlx::DateTime,
    zone: String,
    price_minor: i64,
    currency: String,
    tutor: MemberId,
    tutor_name: String,
    tutor_slug: String,
    student: MemberId,
    student_name: String,
}

impl TryFrom<Row> for Booking {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            lesson: row.lesson,
            order: row.order,
            status: row.status,
            cancelled_at: row.cancelled_at.map(jiff_sqlx::Timestamp::to_jiff),
            title: row.title,
            kind: row.kind,
            starts_at: row.starts_at.to_jiff(),
            ends_at: row.ends_at.to_jiff(),
            wall_start: row.wall_start.to_jiff(),
            zone: ZoneName::new(&row.zone).map_err(|_| Error::Broken("a lesson's zone is known"))?,
            price: Money::new(row.price_minor, currency(&row.currency)?),
            tutor: Person { id: row.tutor, name: row.tutor_name },
            tutor_slug: row.tutor_slug,
            student: Person { id: row.student, name: row.student_name },
        })
    }
}

/// A list's query: the columns of [`Row`] and the given conditions, of which `$1` is the tenant.
///
/// Names are subqueries instead of joins: every joined table is bound to the same tenant, so the
/// planner would try every order of them (seven tables: 12 ms to plan; these four: 0.5 ms), and
/// they are looked up for the rows of the page alone.
macro_rules! bookings {
    ($tail:tt $(, $value:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"SELECT b.id AS "id: BookingId", l.id AS "lesson: LessonId", b.order_id AS "order: OrderId", b.status AS "status: BookingStatus",
                 b.cancelled_at, l.title, ol.kind AS "kind: Kind", l.starts_at, l.ends_at, l.wall_start, l.zone, ol.price_minor, o.currency,
                 l.tutor_id AS "tutor: MemberId", b.student_id AS "student: MemberId",
                 (SELECT m.name FROM members m WHERE m.tenant_id = b.tenant_id AND m.id = l.tutor_id) AS "tutor_name!",
                 (SELECT t.slug FROM tutors t WHERE t.tenant_id = b.tenant_id AND t.id = l.tutor_id) AS "tutor_slug!",
                 (SELECT m.name FROM members m WHERE m.tenant_id = b.tenant_id AND m.id = b.student_id) AS "student_name!"
               FROM bookings b
               JOIN lessons l ON l.tenant_id = b.tenant_id AND l.id = b.lesson_id
               JOIN orders o ON o.tenant_id = b.tenant_id AND o.id = b.order_id
               JOIN order_lines ol ON ol.tenant_id = b.tenant_id AND ol.order_id = b.order_id
               WHERE b.tenant_id = $1 AND "# + $tail,
            $($value),*
        )
    };
}

fn all(rows: Vec<Row>) -> Result<Vec<Booking>> {
    rows.into_iter().map(Booking::try_from).collect()
}

fn paged(rows: Vec<Row>) -> Result<Page<Booking>> {
    Ok(Page::new(all(rows)?, PAGE, |booking| Cursor { at: booking.starts_at, id: booking.id.0 }))
}

/// A cursor's parts; without one, the very end of a list from the latest to the earliest.
fn before(cursor: Option<Cursor>) -> (Timestamp, uuid::Uuid) {
    cursor.map_or((Timestamp::MAX, uuid::Uuid::max()), |cursor| (cursor.at, cursor.id))
}

/// A reader may ask for times before PostgreSQL's calendar begins. No lesson is that old.
fn storable(at: Timestamp) -> Timestamp {
    at.max(Timestamp::UNIX_EPOCH)
}

/// No lesson that is not over at `at` started at this instant or before.
fn may_have_started(at: Timestamp) -> Timestamp {
    storable(at.checked_sub(LONGEST_LESSON).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// One booking.
pub(super) async fn by_id(tx: &mut TenantTx, id: BookingId) -> Result<Option<Booking>> {
    let row = bookings!("b.id = $2", tx.tenant().0, id.0).fetch_optional(tx.conn()).await?;
    row.map(Booking::try_from).transpose()
}

/// The booking of a lesson.
pub(super) async fn by_lesson(tx: &mut TenantTx, lesson: LessonId) -> Result<Option<Booking>> {
    let row = bookings!("b.lesson_id = $2", tx.tenant().0, lesson.0).fetch_optional(tx.conn()).await?;
    row.map(Booking::try_from).transpose()
}

/// A student's lessons that are not over at `now`, from the next one on, at most `limit`.
pub(super) async fn upcoming_of_student(tx: &mut TenantTx, student: MemberId, now: Timestamp, limit: i64) -> Result<Vec<Booking>> {
    let rows = bookings!(
        "b.student_id = $2 AND b.status = 'confirmed' AND l.ends_at > $3 ORDER BY l.starts_at, b.id LIMIT $4",
        tx.tenant().0,
        student.0,
        now.to_sqlx() as _,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    all(rows)
}

/// A student's lessons that are over or cancelled, the latest first.
pub(super) async fn past_of_student(tx: &mut TenantTx, student: MemberId, now: Timestamp, cursor: Option<Cursor>) -> Result<Page<Booking>> {
    let (at, id) = before(cursor);
    let rows = bookings!(
        "b.student_id = $2 AND (b.status = 'cancelled' OR l.ends_at <= $3) AND (l.starts_at, b.id) < ($4, $5)
         ORDER BY l.starts_at DESC, b.id DESC LIMIT $6",
        tx.tenant().0,
        student.0,
        now.to_sqlx() as _,
        at.to_sqlx() as _,
        id,
        PROBE
    )
    .fetch_all(tx.conn())
    .await?;
    paged(rows)
}

/// A tutor's lessons that take place and overlap `range`, in order.
pub(super) async fn of_tutor_between(tx: &mut TenantTx, tutor: MemberId, range: Range<Timestamp>) -> Result<Vec<Booking>> {
    let rows = bookings!(
        "l.tutor_id = $2 AND b.status = 'confirmed' AND l.starts_at < $3 AND l.ends_at > $4 AND l.starts_at > $5
         ORDER BY l.starts_at, b.id LIMIT $6",
        tx.tenant().0,
        tutor.0,
        storable(range.end).to_sqlx() as _,
        storable(range.start).to_sqlx() as _,
        may_have_started(range.start).to_sqlx() as _,
        MOST
    )
    .fetch_all(tx.conn())
    .await?;
    all(rows)
}

/// A tutor's first lesson that takes place and is not over at `now`.
pub(super) async fn next_of_tutor(tx: &mut TenantTx, tutor: MemberId, now: Timestamp) -> Result<Option<Booking>> {
    let row = bookings!(
        "l.tutor_id = $2 AND b.status = 'confirmed' AND l.ends_at > $3 AND l.starts_at > $4 ORDER BY l.starts_at, b.id LIMIT 1",
        tx.tenant().0,
        tutor.0,
        now.to_sqlx() as _,
        may_have_started(now).to_sqlx() as _
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(Booking::try_from).transpose()
}

/// What an admin looks for. The default is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookingFilter {
    /// Where the booking stands.
    pub status: Option<BookingStatus>,
    /// Who teaches.
    pub tutor: Option<MemberId>,
    /// Lessons that start at or after this.
    pub from: Option<Timestamp>,
    /// Lessons that start before this.
    pub until: Option<Timestamp>,
    /// Part of the student's, the tutor's or the lesson's name, without regard to case and
    /// accents. Empty matches all.
    pub text: String,
}

/// The tenant's bookings, the latest lesson first.
pub(super) async fn filtered(tx: &mut TenantTx, filter: &BookingFilter, cursor: Option<Cursor>) -> Result<Page<Booking>> {
    let (at, id) = before(cursor);
    let rows = bookings!(
        "($2::text IS NULL OR b.status = $2) AND ($3::uuid IS NULL OR l.tutor_id = $3)
         AND l.starts_at >= coalesce($4, '-infinity'::timestamptz) AND l.starts_at < coalesce($5, 'infinity'::timestamptz)
         AND ($6 = '' OR position(app.fold($6) IN app.fold(l.title)) > 0
              OR EXISTS (SELECT 1 FROM members m WHERE m.tenant_id = b.tenant_id AND m.id IN (b.student_id, l.tutor_id)
                         AND position(app.fold($6) IN app.fold(m.name)) > 0))
         AND (l.starts_at, b.id) < ($7, $8)
         ORDER BY l.starts_at DESC, b.id DESC LIMIT $9",
        tx.tenant().0,
        filter.status.map(BookingStatus::key),
        filter.tutor.map(|tutor| tutor.0),
        filter.from.map(|at| storable(at).to_sqlx()) as _,
        filter.until.map(|at| storable(at).to_sqlx()) as _,
        filter.text.trim(),
        at.to_sqlx() as _,
        id,
        PROBE
    )
    .fetch_all(tx.conn())
    .await?;
    paged(rows)
}

/// What a booking's page shows besides the booking.
pub(super) struct Extra {
    pub order_number: String,
    pub order_status: OrderStatus,
    pub refunded_minor: i64,
    pub policy: serde_json::Value,
    pub cancelled_by: Option<Person>,
    pub student_email: String,
}

/// What a booking's page shows besides the booking.
pub(super) async fn extra(tx: &mut TenantTx, booking: BookingId) -> Result<Extra> {
    let row = sqlx::query!(
        r#"SELECT o.status AS "order_status: OrderStatus", o.policy,
             (SELECT t.order_prefix || '-' || o.number FROM tenant_terms t WHERE t.tenant_id = b.tenant_id) AS "order_number!",
             (SELECT coalesce(sum(r.amount_minor), 0)::bigint FROM refunds r
              WHERE r.tenant_id = b.tenant_id AND r.order_id = b.order_id AND r.replaces IS NULL) AS "refunded_minor!",
             (SELECT m.email FROM members m WHERE m.tenant_id = b.tenant_id AND m.id = b.student_id) AS "student_email!",
             b.cancelled_by AS "canceller: MemberId",
             (SELECT m.name FROM members m WHERE m.tenant_id = b.tenant_id AND m.id = b.cancelled_by) AS canceller_name
           FROM bookings b JOIN orders o ON o.tenant_id = b.tenant_id AND o.id = b.order_id
           WHERE b.tenant_id = $1 AND b.id = $2"#,
        tx.tenant().0,
        booking.0
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Extra {
        order_number: row.order_number,
        order_status: row.order_status,
        refunded_minor: row.refunded_minor,
        policy: row.policy,
        cancelled_by: row.canceller.zip(row.canceller_name).map(|(id, name)| Person { id, name }),
        student_email: row.student_email,
    })
}
