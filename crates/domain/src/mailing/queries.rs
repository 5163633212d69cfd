//! SQL of mails: what they tell, and themselves.

use super::mailbox::{Mail, MailHead};
use crate::{Error, Result, TenantTx};
use jiff::Timestamp;
use kernel::{
    Currency, Money,
    ids::{BookingId, LessonId, MailId, MemberId, OrderId, RefundId, VisitId},
    policy::CancellationPolicy,
};

/// Somebody who gets a mail.
#[derive(Clone, Debug)]
pub(super) struct Party {
    /// Nobody's when it is no member, or not yet.
    pub id: Option<MemberId>,
    pub name: String,
    pub email: String,
    pub locale: Option<String>,
    pub zone: Option<String>,
}

/// A lesson as mails tell of it.
pub(super) struct Lesson {
    pub booking: BookingId,
    pub id: LessonId,
    pub sequence: i32,
    pub title: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub order_number: String,
    pub paid: Money,
    pub card: String,
    pub policy: CancellationPolicy,
    pub cancelled_by: Option<MemberId>,
    /// Promised back.
    pub refunded: Money,
    pub student: Party,
    pub tutor: Party,
}

/// The lesson of a booking.
pub(super) async fn lesson(tx: &mut TenantTx, booking: BookingId) -> Result<Lesson> {
    let row = sqlx::query!(
        r#"SELECT b.id AS "booking: BookingId", b.cancelled_by AS "cancelled_by: MemberId",
                  l.id AS "lesson: LessonId", l.sequence, l.title, l.starts_at, l.ends_at,
                  terms.order_prefix || '-' || o.number AS "order_number!", o.total_minor, o.currency AS "currency: Currency", o.policy,
                  coalesce(p.card, '') AS "card!",
                  (SELECT coalesce(sum(r.amount_minor), 0)::bigint FROM refunds r
                   WHERE r.tenant_id = o.tenant_id AND r.order_id = o.id AND r.replaces IS NULL) AS "refunded!",
                  s.id AS "student_id: MemberId", s.name AS student_name, s.email AS student_email, s.locale AS student_locale, s.zone AS student_zone,
                  t.id AS "tutor_id: MemberId", t.name AS tutor_name, t.email AS tutor_email, t.locale AS tutor_locale, t.zone AS tutor_zone
           FROM bookings b
           JOIN lessons l ON l.tenant_id = b.tenant_id AND l.id = b.lesson_id
           JOIN orders o ON o.tenant_id = b.tenant_id AND o.id = b.order_id
           JOIN tenant_terms terms ON terms.tenant_id = b.tenant_id
           LEFT JOIN payments p ON p.tenant_id = o.tenant_id AND p.order_id = o.id
           JOIN members s ON s.tenant_id = b.tenant_id AND s.id = b.student_id
           JOIN members t ON t.tenant_id = l.tenant_id AND t.id = l.tutor_id
           WHERE b.tenant_id = $1 AND b.id = $2"#,
        tx.tenant().0,
        booking.0
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Lesson {
        booking: row.booking,
        id: row.lesson,
        sequence: row.sequence,
        title: row.title,
        starts_at: row.starts_at.to_jiff(),
        ends_at: row.ends_at.to_jiff(),
        order_number: row.order_number,
        paid: Money::new(row.total_minor, row.currency),
        card: row.card,
        policy: serde_json::from_value(row.policy).map_err(|_| Error::Broken("an order's policy is readable"))?,
        cancelled_by: row.cancelled_by,
        refunded: Money::new(row.refunded, row.currency),
        student: Party {
            id: Some(row.student_id),
            name: row.student_name,
            email: row.student_email,
            locale: row.student_locale,
            zone: row.student_zone,
        },
        tutor: Party {
            id: Some(row.tutor_id),
            name: row.tutor_name,
            email: row.tutor_email,
            locale: row.tutor_locale,
            zone: row.tutor_zone,
        },
    })
}

/// Whether a booking was cancelled.
pub(super) async fn is_cancelled(tx: &mut TenantTx, booking: BookingId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM bookings WHERE tenant_id = $1 AND id = $2 AND status = 'cancelled') AS "cancelled!""#,
        tx.tenant().0,
        booking.0
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Money that goes back, as mails tell of it.
pub(super) struct Returned {
    pub order: OrderId,
    pub order_number: String,
    pub title: String,
    pub tutor_name: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub amount: Money,
    pub card: String,
    pub student: Party,
}

/// What a refund gives back.
pub(super) async fn refund(tx: &mut TenantTx, refund: RefundId) -> Result<Returned> {
    let row = sqlx::query!(
        r#"SELECT r.order_id AS "order: OrderId", r.amount_minor FROM refunds r WHERE r.tenant_id = $1 AND r.id = $2"#,
        tx.tenant().0,
        refund.0
    )
    .fetch_one(tx.conn())
    .await?;
    let mut returned = order(tx, row.order).await?;
    returned.amount.minor = row.amount_minor;
    Ok(returned)
}

/// What giving an order back in full gives back.
pub(super) async fn order(tx: &mut TenantTx, order: OrderId) -> Result<Returned> {
    let row = sqlx::query!(
        r#"SELECT terms.order_prefix || '-' || o.number AS "order_number!", o.total_minor, o.currency AS "currency: Currency",
                  l.title, l.tutor_name, l.starts_at, l.ends_at, coalesce(p.card, '') AS "card!",
                  s.id AS "student_id: MemberId", s.name, s.email, s.locale, s.zone
           FROM orders o
           JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
           JOIN tenant_terms terms ON terms.tenant_id = o.tenant_id
           LEFT JOIN payments p ON p.tenant_id = o.tenant_id AND p.order_id = o.id
           JOIN members s ON s.tenant_id = o.tenant_id AND s.id = o.student_id
           WHERE o.tenant_id = $1 AND o.id = $2"#,
        tx.tenant().0,
        order.0
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Returned {
        order,
        order_number: row.order_number,
        title: row.title,
        tutor_name: row.tutor_name,
        starts_at: row.starts_at.to_jiff(),
        ends_at: row.ends_at.to_jiff(),
        amount: Money::new(row.total_minor, row.currency),
        card: row.card,
        student: Party { id: Some(row.student_id), name: row.name, email: row.email, locale: row.locale, zone: row.zone },
    })
}

/// A mail about to be written.
pub(super) struct NewMail<'a> {
    pub id: MailId,
    pub cause: &'a str,
    pub to: &'a Party,
    pub locale: &'a str,
    pub subject: &'a str,
    pub html: &'a str,
    pub plain: &'a str,
    pub calendar: Option<&'a str>,
    pub secret_until: Option<Timestamp>,
}

/// Writes a mail; `false` when its reader has one for that cause already.
pub(super) async fn insert(tx: &mut TenantTx, mail: &NewMail<'_>) -> Result<bool> {
    let written = sqlx::query!(
        "INSERT INTO mails (tenant_id, id, cause, recipient_id, to_name, to_address, locale, subject, html, plain, ics, secret_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (tenant_id, cause, recipient_id) DO NOTHING",
        tx.tenant().0,
        mail.id.0,
        mail.cause,
        mail.to.id.map(|id| id.0),
        mail.to.name,
        mail.to.email,
        mail.locale,
        mail.subject,
        mail.html,
        mail.plain,
        mail.calendar,
        mail.secret_until.map(jiff_sqlx::ToSqlx::to_sqlx) as _
    )
    .execute(tx.conn())
    .await?;
    Ok(written.rows_affected() == 1)
}

/// A mail that waits to be sent.
pub(super) struct Waiting {
    pub cause: String,
    pub name: String,
    pub address: String,
    pub subject: String,
    pub html: String,
    pub plain: String,
    pub calendar: Option<String>,
    pub created_at: Timestamp,
    pub secret_until: Option<Timestamp>,
}

/// A mail, if it was not sent yet.
pub(super) async fn waiting(tx: &mut TenantTx, id: MailId) -> Result<Option<Waiting>> {
    let row = sqlx::query!(
        "SELECT cause, to_name, to_address, subject, html, plain, ics, created_at, secret_until FROM mails WHERE tenant_id = $1 AND id = $2 AND sent_at IS NULL",
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Waiting {
        cause: row.cause,
        name: row.to_name,
        address: row.to_address,
        subject: row.subject,
        html: row.html,
        plain: row.plain,
        calendar: row.ics,
        created_at: row.created_at.to_jiff(),
        secret_until: row.secret_until.map(jiff_sqlx::Timestamp::to_jiff),
    }))
}

/// The member of an address, if there is one, also a suspended one; and whether it was merged into another.
pub(super) async fn member_at(tx: &mut TenantTx, email: &str) -> Result<Option<(Party, bool)>> {
    let row = sqlx::query!(
        r#"SELECT id AS "id: MemberId", name, email, locale, zone, status = 'merged' AS "merged!" FROM members WHERE tenant_id = $1 AND email = $2"#,
        tx.tenant().0,
        email
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (Party { id: Some(row.id), name: row.name, email: row.email, locale: row.locale, zone: row.zone }, row.merged)))
}

/// The school's admins who can sign in, at most 50.
pub(super) async fn admins(tx: &mut TenantTx) -> Result<Vec<Party>> {
    Ok(sqlx::query_as!(
        Party,
        r#"SELECT m.id AS "id: MemberId", m.name, m.email, m.locale, m.zone FROM members m
           WHERE m.tenant_id = $1 AND m.status = 'active'
             AND EXISTS (SELECT 1 FROM member_roles r WHERE r.tenant_id = m.tenant_id AND r.member_id = m.id AND r.role = 'admin')
           ORDER BY m.created_at, m.id LIMIT 50"#,
        tx.tenant().0
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A member.
pub(super) async fn member(tx: &mut TenantTx, id: MemberId) -> Result<Party> {
    Ok(sqlx::query_as!(
        Party,
        r#"SELECT id AS "id: MemberId", name, email, locale, zone FROM members WHERE tenant_id = $1 AND id = $2"#,
        tx.tenant().0,
        id.0
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Why the school is not open, and when everything of it goes.
pub(super) async fn standing(tx: &mut TenantTx) -> Result<(String, Option<Timestamp>)> {
    let row =
        sqlx::query!(r#"SELECT status_reason, delete_at AS "delete_at: jiff_sqlx::Timestamp" FROM tenants WHERE id = $1"#, tx.tenant().0)
            .fetch_one(tx.conn())
            .await?;
    Ok((row.status_reason, row.delete_at.map(jiff_sqlx::Timestamp::to_jiff)))
}

/// A visit of the platform's.
pub(super) struct Visit {
    pub name: String,
    pub reason: String,
    pub created_at: Timestamp,
    pub until: Timestamp,
}

/// One of them.
pub(super) async fn visit(tx: &mut TenantTx, id: VisitId) -> Result<Visit> {
    let row = sqlx::query!(
        "SELECT m.name, v.reason, v.created_at, v.until FROM support_visits v JOIN members m ON m.tenant_id = v.tenant_id AND m.id = v.member_id
         WHERE v.tenant_id = $1 AND v.id = $2",
        tx.tenant().0,
        id.0
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Visit { name: row.name, reason: row.reason, created_at: row.created_at.to_jiff(), until: row.until.to_jiff() })
}

/// Empties a mail that carried a secret and has left.
pub(super) async fn empty_secret(tx: &mut TenantTx, id: MailId) -> Result<()> {
    sqlx::query!(
        "UPDATE mails SET html = '', plain = '' WHERE tenant_id = $1 AND id = $2 AND secret_until IS NOT NULL AND (sent_at IS NOT NULL OR failure <> '')",
        tx.tenant().0,
        id.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The mails that wait to be sent, of the last week, whose job was enqueued over an hour ago: at
/// most 100, and noted as enqueued now. An hour between two tries is no burden in an outage.
pub(super) async fn take_up_waiting(tx: &mut TenantTx) -> Result<Vec<MailId>> {
    Ok(sqlx::query_scalar!(
        r#"UPDATE mails SET queued_at = now()
           WHERE tenant_id = $1 AND id IN (
             SELECT id FROM mails
             WHERE tenant_id = $1 AND sent_at IS NULL AND failure = ''
               AND queued_at < now() - interval '1 hour' AND created_at > now() - interval '7 days'
             ORDER BY queued_at LIMIT 100)
           RETURNING id AS "id: MailId""#,
        tx.tenant().0
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Notes that a mail was sent, or why it never will be.
pub(super) async fn mark(tx: &mut TenantTx, id: MailId, failure: Option<&str>) -> Result<()> {
    sqlx::query!(
        "UPDATE mails SET sent_at = CASE WHEN $3::text IS NULL THEN now() END, failure = coalesce($3, '')
         WHERE tenant_id = $1 AND id = $2 AND sent_at IS NULL",
        tx.tenant().0,
        id.0,
        failure
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The latest 50 mails.
pub(super) async fn latest(tx: &mut TenantTx) -> Result<Vec<MailHead>> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id: MailId", to_address, subject, created_at, sent_at FROM mails
           WHERE tenant_id = $1 ORDER BY created_at DESC, id DESC LIMIT 50"#,
        tx.tenant().0
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MailHead {
            id: row.id,
            to: row.to_address,
            subject: row.subject,
            created_at: row.created_at.to_jiff(),
            sent_at: row.sent_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
        .collect())
}

/// One mail.
pub(super) async fn by_id(tx: &mut TenantTx, id: MailId) -> Result<Option<Mail>> {
    let row = sqlx::query!(
        "SELECT to_address, subject, created_at, sent_at, html, plain, ics FROM mails WHERE tenant_id = $1 AND id = $2",
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Mail {
        head: MailHead {
            id,
            to: row.to_address,
            subject: row.subject,
            created_at: row.created_at.to_jiff(),
            sent_at: row.sent_at.map(jiff_sqlx::Timestamp::to_jiff),
        },
        html: row.html,
        text: row.plain,
        calendar: row.ics,
    }))
}
