//! The schools of the platform.

use super::{operator, school, tell_platform, tell_school, verified};
use crate::{
    Actor, Result, Services, TenantTx,
    audit::{Action, Entry},
    members,
    page::{Cursor, Page},
    tenancy::{self, NewTenant, Standing, Tenant},
    uploads::Storage,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    AppError, FormErrors,
    ids::{TenantId, VisitId},
};
use serde_json::{Value, json};

/// Rows of a page.
const PAGE: usize = 25;

/// Which schools.
#[derive(Clone, Debug, Default)]
pub struct SchoolQuery {
    /// In the name or the subdomain.
    pub text: String,
    /// Key of a [`Standing`]; empty: all but deleted ones.
    pub standing: String,
    /// Where the page begins.
    pub cursor: Option<Cursor>,
}

/// A school in the list.
#[derive(Clone, Debug)]
pub struct SchoolRow {
    /// Its face.
    pub tenant: Tenant,
    /// Since when it is here.
    pub created_at: Timestamp,
    /// When everything of it goes.
    pub delete_at: Option<Timestamp>,
    /// What is in it.
    pub usage: Usage,
}

/// How much a school is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Active students.
    pub students: i64,
    /// Active tutors.
    pub tutors: i64,
    /// Bookings of the last 30 days.
    pub bookings: i64,
    /// When somebody was last signed in.
    pub seen_at: Option<Timestamp>,
    /// What it keeps, and may keep (bytes).
    pub storage: Storage,
}

/// Somebody who runs a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admin {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// A time that somebody of the platform was staff of a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Its id.
    pub id: VisitId,
    /// Who, as the school sees them.
    pub name: String,
    /// Why.
    pub reason: String,
    /// From.
    pub created_at: Timestamp,
    /// Until, unless it was ended before.
    pub until: Timestamp,
    /// Whether it goes on.
    pub is_open: bool,
}

/// A school with everything that is decided about it.
#[derive(Clone, Debug)]
pub struct SchoolDetail {
    /// As in the list.
    pub row: SchoolRow,
    /// Why it is not open.
    pub reason: String,
    /// Who runs it.
    pub admins: Vec<Admin>,
    /// Who was invited by the platform to run it, and until when the link works.
    pub invited: Vec<(String, Timestamp)>,
    /// Whether its quota was decided for it.
    pub has_own_quota: bool,
    /// Who came to help, the latest first.
    pub visits: Vec<Visit>,
}

struct Found {
    id: TenantId,
    created_at: jiff_sqlx::Timestamp,
    delete_at: Option<jiff_sqlx::Timestamp>,
}

/// The platform's schools, the latest first.
pub async fn list(services: &Services, actor: &Actor, query: &SchoolQuery) -> Result<Page<SchoolRow>> {
    operator(services, actor).await?;
    let text = query.text.trim().to_lowercase();
    let standing = Standing::parse(&query.standing).map(Standing::key);
    let found = sqlx::query_as!(
        Found,
        r#"SELECT id AS "id: TenantId", created_at, delete_at AS "delete_at: jiff_sqlx::Timestamp" FROM tenants
           WHERE slug <> 'platform' AND ($1 = '' OR strpos(lower(name), $1) > 0 OR strpos(slug, $1) > 0)
             AND CASE WHEN $2::text IS NULL THEN status <> 'deleted' ELSE status = $2 END
             AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
           ORDER BY created_at DESC, id DESC LIMIT $5"#,
        text,
        standing,
        query.cursor.map(|cursor| cursor.at.to_sqlx()) as _,
        query.cursor.map(|cursor| cursor.id),
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
    )
    .fetch_all(services.db.pool())
    .await?;
    let mut rows = Vec::new();
    for found in found {
        rows.push(row(services, found).await?);
    }
    Ok(Page::new(rows, PAGE, |row| Cursor { at: row.created_at, id: row.tenant.id.0 }))
}

async fn row(services: &Services, found: Found) -> Result<SchoolRow> {
    let tenant = school(services, found.id).await?;
    let mut tx = TenantTx::begin(&services.db, found.id, None).await?;
    let usage = usage(services, &mut tx).await?;
    tx.commit().await?;
    Ok(SchoolRow {
        tenant: (*tenant).clone(),
        created_at: found.created_at.to_jiff(),
        delete_at: found.delete_at.map(jiff_sqlx::Timestamp::to_jiff),
        usage,
    })
}

async fn usage(services: &Services, tx: &mut TenantTx) -> Result<Usage> {
    let row = sqlx::query!(
        r#"SELECT
             (SELECT count(*) FROM member_roles r JOIN members m ON m.tenant_id = r.tenant_id AND m.id = r.member_id
              WHERE r.tenant_id = $1 AND r.role = 'student' AND m.status = 'active') AS "students!",
             (SELECT count(*) FROM member_roles r JOIN members m ON m.tenant_id = r.tenant_id AND m.id = r.member_id
              WHERE r.tenant_id = $1 AND r.role = 'tutor' AND m.status = 'active') AS "tutors!",
             (SELECT count(*) FROM bookings WHERE tenant_id = $1 AND created_at > now() - interval '30 days') AS "bookings!",
             (SELECT max(l.seen_at) FROM login_sessions l JOIN members m ON m.tenant_id = l.tenant_id AND m.id = l.member_id
              WHERE l.tenant_id = $1 AND m.until IS NULL) AS "seen_at: jiff_sqlx::Timestamp",
             (SELECT used_bytes FROM tenant_storage WHERE tenant_id = $1) AS used,
             (SELECT quota_bytes FROM tenant_storage WHERE tenant_id = $1) AS quota"#,
        tx.tenant().0
    )
    .fetch_one(tx.conn())
    .await?;
    let configured = configured_quota(services);
    Ok(Usage {
        students: row.students,
        tutors: row.tutors,
        bookings: row.bookings,
        seen_at: row.seen_at.map(jiff_sqlx::Timestamp::to_jiff),
        storage: Storage { used: row.used.unwrap_or(0), quota: row.quota.unwrap_or(configured) },
    })
}

pub(super) fn configured_quota(services: &Services) -> i64 {
    i64::try_from(services.files.limits.quota_bytes).unwrap_or(i64::MAX)
}

/// One school.
pub async fn one(services: &Services, actor: &Actor, id: TenantId) -> Result<SchoolDetail> {
    operator(services, actor).await?;
    let tenant = school(services, id).await?;
    let mut tx = TenantTx::begin(&services.db, id, None).await?;
    let known = sqlx::query!(
        r#"SELECT created_at, delete_at AS "delete_at: jiff_sqlx::Timestamp", status_reason,
             EXISTS (SELECT 1 FROM tenant_storage s WHERE s.tenant_id = t.id AND s.decided_bytes IS NOT NULL) AS "has_own_quota!"
           FROM tenants t WHERE id = $1"#,
        id.0
    )
    .fetch_one(tx.conn())
    .await?;
    let usage = usage(services, &mut tx).await?;
    let admins = sqlx::query_as!(
        Admin,
        "SELECT m.name, m.email FROM members m JOIN member_roles r ON r.tenant_id = m.tenant_id AND r.member_id = m.id AND r.role = 'admin'
         WHERE m.tenant_id = $1 AND m.status = 'active' ORDER BY m.created_at, m.id LIMIT 20",
        id.0
    )
    .fetch_all(tx.conn())
    .await?;
    let invited = sqlx::query!(
        "SELECT email, expires_at FROM invitations WHERE tenant_id = $1 AND invited_by IS NULL ORDER BY created_at DESC, id LIMIT 5",
        id.0
    )
    .fetch_all(tx.conn())
    .await?
    .into_iter()
    .map(|row| (row.email, row.expires_at.to_jiff()))
    .collect();
    let visits = sqlx::query!(
        r#"SELECT v.id AS "id: VisitId", m.name, v.reason, v.created_at, v.until, (m.until > now() AND v.until > now()) IS TRUE AS "is_open!"
           FROM support_visits v JOIN members m ON m.tenant_id = v.tenant_id AND m.id = v.member_id
           WHERE v.tenant_id = $1 ORDER BY v.created_at DESC, v.id LIMIT 20"#,
        id.0
    )
    .fetch_all(tx.conn())
    .await?
    .into_iter()
    .map(|row| Visit {
        id: row.id,
        name: row.name,
        reason: row.reason,
        created_at: row.created_at.to_jiff(),
        until: row.until.to_jiff(),
        is_open: row.is_open,
    })
    .collect();
    tx.commit().await?;
    let row = SchoolRow {
        tenant: (*tenant).clone(),
        created_at: known.created_at.to_jiff(),
        delete_at: known.delete_at.map(jiff_sqlx::Timestamp::to_jiff),
        usage,
    };
    Ok(SchoolDetail { row, reason: known.status_reason, admins, invited, has_own_quota: known.has_own_quota, visits })
}

/// Invites somebody to run a school that nobody runs yet; earlier invitations of the platform are over.
///
/// # Errors
/// At `email` and `name`; a conflict when somebody runs it.
pub async fn invite_admin(services: &Services, actor: &Actor, id: TenantId, email: &str, name: &str) -> Result<()> {
    let operator = verified(services, actor).await?;
    let mut errors = FormErrors::default();
    errors.check_line("name", name, 80);
    errors.into_result()?;
    let tenant = school(services, id).await?;
    if tenant.standing != Standing::Active {
        return Err(AppError::conflict("error-school-closed").into());
    }
    let mut tx = TenantTx::begin(&services.db, id, None).await?;
    if !sqlx::query_scalar!(r#"SELECT app.is_operator($1) AS "is!""#, operator.id.0).fetch_one(tx.conn()).await? {
        return Err(AppError::NotFound.into());
    }
    // One after the other: of two invitations the later one counts.
    sqlx::query!("SELECT id FROM tenants WHERE id = $1 FOR NO KEY UPDATE", id.0).fetch_one(tx.conn()).await?;
    let is_run = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM members m JOIN member_roles r ON r.tenant_id = m.tenant_id AND r.member_id = m.id AND r.role = 'admin'
           WHERE m.tenant_id = $1 AND m.status = 'active' AND m.until IS NULL) AS "is!""#,
        id.0
    )
    .fetch_one(tx.conn())
    .await?;
    if is_run {
        return Err(AppError::conflict("error-school-has-admin").into());
    }
    sqlx::query!("DELETE FROM invitations WHERE tenant_id = $1 AND invited_by IS NULL", id.0).execute(tx.conn()).await?;
    members::invite_by_platform(services, &mut tx, email, name).await?;
    let invited = || Entry::new(Action::MemberInvited).change(Value::Null, json!({ "email": email.trim() }));
    tell_school(services, actor, &mut tx, operator, invited().on("school", id, &tenant.name)).await?;
    tx.commit().await?;
    tell_platform(services, actor, invited().on("school", id, &tenant.slug)).await
}

/// Opens a school; its admin gets an invitation to it.
///
/// # Errors
/// At the fields, as for a founder.
pub async fn create(services: &Services, actor: &Actor, new: &NewTenant) -> Result<TenantId> {
    let operator = verified(services, actor).await?;
    let founding = new.checked_without_password()?;
    let email = new.admin_email.trim().to_owned();
    let tenant = tenancy::write(services, founding, async |tx, tenant| {
        members::invite_by_platform(services, tx, &email, &new.admin_name).await?;
        let opened = Entry::new(Action::SchoolOpened).on("school", tenant.id, &tenant.name);
        tell_school(services, actor, tx, operator, opened).await
    })
    .await?;
    tell_platform(services, actor, Entry::new(Action::SchoolOpened).on("school", tenant.id, &tenant.slug)).await?;
    Ok(tenant.id)
}
