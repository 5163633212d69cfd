//! What a tutor reads in the ledger: their own escrow account, and nothing of anybody else's.

use super::model::TransactionKind;
use crate::{
    Actor, Result, Services, TenantTx,
    page::{Cursor, Page},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    AppError, Currency, Money, Role,
    ids::{LedgerTransactionId, LessonId, MemberId, OrderId},
};
use std::ops::Range;

/// Rows on a page of movements.
const PAGE: usize = 25;
/// One more than a page: it says whether there is a next one.
const PROBE: i64 = 26;

/// A tutor's part of lessons, refunds taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earned {
    /// Of lessons that are over.
    pub taught: Money,
    /// Of lessons that are not.
    pub to_come: Money,
}

/// A line of a tutor's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The transaction.
    pub id: LedgerTransactionId,
    /// What it is about: a payment, a refund, a refund that failed.
    pub kind: TransactionKind,
    /// When it was posted.
    pub posted_at: Timestamp,
    /// The order's number for people, such as `NS-1042`.
    pub order_number: String,
    /// The lesson's title as it was bought.
    pub title: String,
    /// The student's name of today.
    pub student: String,
    /// When the lesson starts.
    pub starts_at: Timestamp,
    /// The lesson; `None` when the order never became one.
    pub lesson: Option<LessonId>,
    /// The tutor's part; negative when it goes back.
    pub share: Money,
    /// The school's part; negative when it goes back.
    pub commission: Money,
}

/// How an order's money is split, as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderShare {
    /// The tutor's part, refunds taken off.
    pub share: Money,
    /// The school's part, refunds taken off.
    pub commission: Money,
}

/// The signed-in tutor's part of lessons that start in `range`, or of all: one figure for each
/// currency that money came in, the tenant's own at least.
pub async fn earned(services: &Services, actor: &Actor, range: Option<Range<Timestamp>>) -> Result<Vec<Earned>> {
    let tutor = actor.require(Role::Tutor)?;
    let mut tx = actor.begin(&services.db).await?;
    let mut earned = earned_by_currency(&mut tx, tutor.id, range, services.now()).await?;
    tx.commit().await?;
    let own = actor.tenant.currency;
    if !earned.iter().any(|earned| earned.taught.currency == own) {
        earned.insert(0, Earned { taught: Money::zero(own), to_come: Money::zero(own) });
    }
    Ok(earned)
}

/// The lines of the signed-in tutor's account, the newest first.
pub async fn movements(services: &Services, actor: &Actor, after: Option<Cursor>) -> Result<Page<Movement>> {
    let tutor = actor.require(Role::Tutor)?;
    let mut tx = actor.begin(&services.db).await?;
    let page = movements_of(&mut tx, tutor.id, after).await?;
    tx.commit().await?;
    Ok(page)
}

/// How the money of an order of one of the signed-in tutor's lessons is split.
pub async fn order_share(services: &Services, actor: &Actor, order: OrderId) -> Result<OrderShare> {
    let tutor = actor.require(Role::Tutor)?;
    let mut tx = actor.begin(&services.db).await?;
    let share = share_of(&mut tx, tutor.id, order).await?.ok_or(AppError::NotFound)?;
    tx.commit().await?;
    Ok(share)
}

async fn earned_by_currency(tx: &mut TenantTx, tutor: MemberId, range: Option<Range<Timestamp>>, now: Timestamp) -> Result<Vec<Earned>> {
    let rows = sqlx::query!(
        r#"SELECT e.currency AS "currency: Currency",
                  coalesce(-sum(e.amount_minor) FILTER (WHERE ol.ends_at <= $5), 0)::bigint AS "taught!",
                  coalesce(-sum(e.amount_minor) FILTER (WHERE ol.ends_at > $5), 0)::bigint AS "to_come!"
           FROM ledger_accounts a
           JOIN ledger_entries e ON e.tenant_id = a.tenant_id AND e.account_id = a.id
           JOIN ledger_transactions t ON t.tenant_id = e.tenant_id AND t.id = e.transaction_id
           JOIN order_lines ol ON ol.tenant_id = t.tenant_id AND ol.order_id = t.order_id
           WHERE a.tenant_id = $1 AND a.kind = 'tutor_escrow' AND a.owner_id = $2
             AND ($3::timestamptz IS NULL OR ol.starts_at >= $3) AND ($4::timestamptz IS NULL OR ol.starts_at < $4)
           GROUP BY e.currency ORDER BY e.currency"#,
        tx.tenant().0,
        tutor.0,
        range.as_ref().map(|range| range.start.to_sqlx()) as _,
        range.as_ref().map(|range| range.end.to_sqlx()) as _,
        now.to_sqlx() as _
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Earned { taught: Money::new(row.taught, row.currency), to_come: Money::new(row.to_come, row.currency) })
        .collect())
}

async fn movements_of(tx: &mut TenantTx, tutor: MemberId, after: Option<Cursor>) -> Result<Page<Movement>> {
    let rows = sqlx::query!(
        r#"SELECT t.id AS "id: LedgerTransactionId", t.kind AS "kind: TransactionKind", t.posted_at,
                  terms.order_prefix || '-' || o.number AS "order_number!", ol.title, ol.starts_at, s.name AS student,
                  b.lesson_id AS "lesson?: LessonId", e.currency AS "currency: Currency", -e.amount_minor AS "share!",
                  (SELECT coalesce(-sum(r.amount_minor), 0)::bigint FROM ledger_entries r
                   JOIN ledger_accounts ra ON ra.tenant_id = r.tenant_id AND ra.id = r.account_id
                   WHERE r.tenant_id = t.tenant_id AND r.transaction_id = t.id AND ra.kind = 'tenant_revenue'
                     AND r.currency = e.currency) AS "commission!"
           FROM ledger_accounts a
           JOIN ledger_entries e ON e.tenant_id = a.tenant_id AND e.account_id = a.id
           JOIN ledger_transactions t ON t.tenant_id = e.tenant_id AND t.id = e.transaction_id
           JOIN orders o ON o.tenant_id = t.tenant_id AND o.id = t.order_id
           JOIN order_lines ol ON ol.tenant_id = o.tenant_id AND ol.order_id = o.id
           JOIN members s ON s.tenant_id = o.tenant_id AND s.id = o.student_id
           JOIN tenant_terms terms ON terms.tenant_id = o.tenant_id
           LEFT JOIN bookings b ON b.tenant_id = o.tenant_id AND b.order_id = o.id
           WHERE a.tenant_id = $1 AND a.kind = 'tutor_escrow' AND a.owner_id = $2
             AND ($3::timestamptz IS NULL OR (t.posted_at, t.id) < ($3, $4))
           ORDER BY t.posted_at DESC, t.id DESC LIMIT $5"#,
        tx.tenant().0,
        tutor.0,
        after.map(|cursor| cursor.at.to_sqlx()) as _,
        after.map(|cursor| cursor.id),
        PROBE
    )
    .fetch_all(tx.conn())
    .await?;
    let movements = rows
        .into_iter()
        .map(|row| Movement {
            id: row.id,
            kind: row.kind,
            posted_at: row.posted_at.to_jiff(),
            order_number: row.order_number,
            title: row.title,
            student: row.student,
            starts_at: row.starts_at.to_jiff(),
            lesson: row.lesson,
            share: Money::new(row.share, row.currency),
            commission: Money::new(row.commission, row.currency),
        })
        .collect();
    Ok(Page::new(movements, PAGE, |movement: &Movement| Cursor { at: movement.posted_at, id: movement.id.0 }))
}

async fn share_of(tx: &mut TenantTx, tutor: MemberId, order: OrderId) -> Result<Option<OrderShare>> {
    let row = sqlx::query!(
        r#"SELECT o.currency AS "currency: Currency",
                  coalesce(-sum(e.amount_minor) FILTER (WHERE a.kind = 'tutor_escrow' AND a.owner_id = $2), 0)::bigint AS "share!",
                  coalesce(-sum(e.amount_minor) FILTER (WHERE a.kind = 'tenant_revenue'), 0)::bigint AS "commission!"
           FROM orders o
           JOIN order_lines ol ON ol.tenant_id = o.tenant_id AND ol.order_id = o.id AND ol.tutor_id = $2
           LEFT JOIN ledger_transactions t ON t.tenant_id = o.tenant_id AND t.order_id = o.id
           LEFT JOIN ledger_entries e ON e.tenant_id = t.tenant_id AND e.transaction_id = t.id AND e.currency = o.currency
           LEFT JOIN ledger_accounts a ON a.tenant_id = e.tenant_id AND a.id = e.account_id
           WHERE o.tenant_id = $1 AND o.id = $3
           GROUP BY o.currency"#,
        tx.tenant().0,
        tutor.0,
        order.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| OrderShare { share: Money::new(row.share, row.currency), commission: Money::new(row.commission, row.currency) }))
}
