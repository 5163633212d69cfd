//! SQL of members, roles and staff roles.

use super::model::{Grant, Holder, MemberDetail, MemberQuery, MemberRow, StaffRole};
use crate::{Result, TenantTx, accounts::standing};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    Permissions, Role,
    ids::{MemberId, StaffRoleId},
};

/// Members after the cursor, the newest first.
pub(super) async fn members(tx: &mut TenantTx, query: &MemberQuery, limit: i64) -> Result<Vec<MemberRow>> {
    let text: String = query.text.trim().chars().take(100).collect();
    let (role, staff, suspended) = match query.holder {
        Holder::Anybody => (None, None, false),
        Holder::Role(role) => (Some(role.key()), None, false),
        Holder::Staff(id) => (None, Some(id.0), false),
        Holder::Suspended => (None, None, true),
    };
    let rows = sqlx::query!(
        r#"SELECT m.id AS "id: MemberId", m.name, m.email, m.status = 'active' AS "active!", m.created_at, t.slug AS "slug?", s.name AS "staff_role?",
             ARRAY(SELECT role FROM member_roles r WHERE r.tenant_id = m.tenant_id AND r.member_id = m.id) AS "roles!"
           FROM members m LEFT JOIN tutors t ON t.tenant_id = m.tenant_id AND t.id = m.id
             LEFT JOIN staff_roles s ON s.tenant_id = m.tenant_id AND s.id = m.staff_role_id
           WHERE m.tenant_id = $1 AND m.status NOT IN ('erased', 'merged') AND (m.until IS NULL OR m.until > now())
             AND ($2 = '' OR strpos(app.fold(m.name), app.fold($2)) > 0 OR strpos(m.email, lower($2)) > 0
               OR EXISTS (SELECT 1 FROM members d WHERE d.tenant_id = m.tenant_id AND d.merged_into = m.id AND strpos(d.email, lower($2)) > 0))
             AND ($3::text IS NULL OR EXISTS (SELECT 1 FROM member_roles r WHERE r.tenant_id = m.tenant_id AND r.member_id = m.id AND r.role = $3))
             AND ($4::uuid IS NULL OR m.staff_role_id = $4)
             AND (NOT $5 OR m.status = 'suspended')
             AND ($6::timestamptz IS NULL OR (m.created_at, m.id) < ($6, $7::uuid))
           ORDER BY m.created_at DESC, m.id DESC LIMIT $8"#,
        tx.tenant().0,
        text,
        role,
        staff,
        suspended,
        query.cursor.map(|cursor| cursor.at.to_sqlx()) as _,
        query.cursor.map(|cursor| cursor.id),
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MemberRow {
            id: row.id,
            name: row.name,
            email: row.email,
            roles: standing(&row.roles, None).0,
            staff_role: row.staff_role,
            active: row.active,
            created_at: row.created_at.to_jiff(),
            tutor_slug: row.slug,
        })
        .collect())
}

/// One member, for a reader who is not known here.
pub(super) async fn member(tx: &mut TenantTx, id: MemberId, now: Timestamp) -> Result<Option<MemberDetail>> {
    let row = sqlx::query!(
        r#"SELECT m.name, m.email, m.status = 'active' AS "active!", m.created_at, t.slug AS "slug?", s.id AS "staff_role?: StaffRoleId",
             s.name AS "staff_role_name?", s.permissions AS "permissions?",
             ARRAY(SELECT role FROM member_roles r WHERE r.tenant_id = m.tenant_id AND r.member_id = m.id) AS "roles!",
             (SELECT max(seen_at) FROM login_sessions l WHERE l.tenant_id = m.tenant_id AND l.member_id = m.id) AS seen_at,
             (SELECT count(*) FROM orders o WHERE o.tenant_id = m.tenant_id AND o.student_id = m.id AND o.status IN ('paid', 'partly_refunded', 'refunded')) AS "orders!",
             ARRAY(SELECT d.email FROM members d WHERE d.tenant_id = m.tenant_id AND d.merged_into = m.id ORDER BY d.email) AS "formerly!"
           FROM members m LEFT JOIN tutors t ON t.tenant_id = m.tenant_id AND t.id = m.id
             LEFT JOIN staff_roles s ON s.tenant_id = m.tenant_id AND s.id = m.staff_role_id
           WHERE m.tenant_id = $1 AND m.id = $2 AND m.status NOT IN ('erased', 'merged') AND (m.until IS NULL OR m.until > now())"#,
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let upcoming = lessons_to_come(tx, id, now).await?.into_iter().map(|(_, lessons)| lessons).sum();
    let (roles, permissions) = standing(&row.roles, row.permissions.as_deref());
    Ok(Some(MemberDetail {
        row: MemberRow {
            id,
            name: row.name,
            email: row.email,
            roles,
            staff_role: row.staff_role_name,
            active: row.active,
            created_at: row.created_at.to_jiff(),
            tutor_slug: row.slug,
        },
        staff_role: row.staff_role,
        permissions,
        seen_at: row.seen_at.map(jiff_sqlx::Timestamp::to_jiff),
        upcoming,
        orders: u32::try_from(row.orders).unwrap_or(u32::MAX),
        formerly: row.formerly,
        can_act: false,
        can_impersonate: false,
        is_reader: false,
    }))
}

/// How many lessons a member has to come, as student and as tutor.
pub(super) async fn lessons_to_come(tx: &mut TenantTx, id: MemberId, now: Timestamp) -> Result<[(Role, u32); 2]> {
    let row = sqlx::query!(
        r#"SELECT count(*) FILTER (WHERE b.student_id = $2) AS "student!", count(*) FILTER (WHERE l.tutor_id = $2) AS "tutor!"
           FROM bookings b JOIN lessons l ON l.tenant_id = b.tenant_id AND l.id = b.lesson_id
           WHERE b.tenant_id = $1 AND b.status = 'confirmed' AND l.starts_at > $3 AND (b.student_id = $2 OR l.tutor_id = $2)"#,
        tx.tenant().0,
        id.0,
        now.to_sqlx() as _
    )
    .fetch_one(tx.conn())
    .await?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok([(Role::Student, count(row.student)), (Role::Tutor, count(row.tutor))])
}

/// How many slots are held, not yet booked, for a member as student and as tutor.
pub(super) async fn holds(tx: &mut TenantTx, id: MemberId) -> Result<[(Role, u32); 2]> {
    let row = sqlx::query!(
        r#"SELECT count(*) FILTER (WHERE o.student_id = $2) AS "student!", count(*) FILTER (WHERE c.tutor_id = $2) AS "tutor!"
           FROM claims c JOIN orders o ON o.tenant_id = c.tenant_id AND o.id = c.order_id
           WHERE c.tenant_id = $1 AND c.active AND c.expires_at > now() AND (o.student_id = $2 OR c.tutor_id = $2)"#,
        tx.tenant().0,
        id.0
    )
    .fetch_one(tx.conn())
    .await?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok([(Role::Student, count(row.student)), (Role::Tutor, count(row.tutor))])
}

/// A member whose row is locked.
pub(super) struct Locked {
    pub name: String,
    pub email: String,
    pub grant: Grant,
    /// What it may do as staff.
    pub permissions: Permissions,
}

/// Locks members against other changes of their standing, in the order of their ids, so that two who act on each
/// other wait instead of blocking each other.
pub(super) async fn lock_rows(tx: &mut TenantTx, ids: &[MemberId]) -> Result<()> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query!("SELECT id FROM members WHERE tenant_id = $1 AND id = ANY ($2) ORDER BY id FOR NO KEY UPDATE", tx.tenant().0, &ids)
        .fetch_all(tx.conn())
        .await?;
    Ok(())
}

/// A member whose row is locked, as it is now: a look that began before the lock would show what was. Who was here for an
/// hour to help is nobody any more.
pub(super) async fn locked(tx: &mut TenantTx, id: MemberId) -> Result<Option<Locked>> {
    let row = sqlx::query!(
        r#"SELECT m.name, m.email, m.staff_role_id AS "staff_role: StaffRoleId",
             ARRAY(SELECT role FROM member_roles r WHERE r.tenant_id = m.tenant_id AND r.member_id = m.id) AS "roles!",
             (SELECT permissions FROM staff_roles s WHERE s.tenant_id = m.tenant_id AND s.id = m.staff_role_id) AS permissions
           FROM members m WHERE m.tenant_id = $1 AND m.id = $2 AND m.status NOT IN ('erased', 'merged') AND (m.until IS NULL OR m.until > now())"#,
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| {
        let (roles, permissions) = standing(&row.roles, row.permissions.as_deref());
        Locked { name: row.name, email: row.email, grant: Grant { roles, staff_role: row.staff_role }, permissions }
    }))
}

/// Gives roles.
pub(super) async fn give_roles(tx: &mut TenantTx, id: MemberId, roles: &[String]) -> Result<()> {
    sqlx::query!(
        "INSERT INTO member_roles (tenant_id, member_id, role) SELECT $1, $2, role FROM unnest($3::text[]) role ON CONFLICT DO NOTHING",
        tx.tenant().0,
        id.0,
        roles
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes every role but these.
///
/// # Errors
/// Violates `members_keep_an_admin` when no admin would be left.
pub(super) async fn take_other_roles(tx: &mut TenantTx, id: MemberId, kept: &[String]) -> Result<()> {
    sqlx::query!("DELETE FROM member_roles WHERE tenant_id = $1 AND member_id = $2 AND role <> ALL ($3)", tx.tenant().0, id.0, kept)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Gives a staff role, or none.
///
/// # Errors
/// Violates `members_staff_role` when it was removed meanwhile.
pub(super) async fn set_staff_role(tx: &mut TenantTx, id: MemberId, staff_role: Option<StaffRoleId>) -> Result<()> {
    sqlx::query!("UPDATE members SET staff_role_id = $3 WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0, staff_role.map(|id| id.0))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Takes the public page of somebody who teaches no more out of the catalogue.
pub(super) async fn unpublish(tx: &mut TenantTx, id: MemberId) -> Result<()> {
    sqlx::query!("UPDATE tutors SET published = false WHERE tenant_id = $1 AND id = $2 AND published", tx.tenant().0, id.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Says whether a member may sign in.
///
/// # Errors
/// Violates `members_keep_an_admin` when no admin would be left.
pub(super) async fn set_active(tx: &mut TenantTx, id: MemberId, active: bool) -> Result<()> {
    let status = if active { "active" } else { "suspended" };
    sqlx::query!("UPDATE members SET status = $3 WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0, status).execute(tx.conn()).await?;
    Ok(())
}

/// Ends a member's login sessions at this school.
pub(super) async fn end_logins(tx: &mut TenantTx, id: MemberId) -> Result<()> {
    sqlx::query!("DELETE FROM login_sessions WHERE tenant_id = $1 AND member_id = $2", tx.tenant().0, id.0).execute(tx.conn()).await?;
    Ok(())
}

/// Forgets the browsers that a member trusts at this school.
pub(super) async fn distrust(tx: &mut TenantTx, id: MemberId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM trusted_devices d USING members m WHERE d.tenant_id = $1 AND m.tenant_id = $1 AND m.id = $2 AND d.account_id = m.account_id",
        tx.tenant().0,
        id.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A staff role as the database has it.
struct Row {
    id: StaffRoleId,
    name: String,
    permissions: Vec<String>,
    holders: i64,
}

impl From<Row> for StaffRole {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            name: row.name,
            permissions: row.permissions.iter().map(String::as_str).collect(),
            holders: u32::try_from(row.holders).unwrap_or(u32::MAX),
            can_give: false,
        }
    }
}

/// Every staff role by name, for a reader who is not known here.
pub(super) async fn staff_roles(tx: &mut TenantTx) -> Result<Vec<StaffRole>> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id: StaffRoleId", name, permissions,
             (SELECT count(*) FROM members m WHERE m.tenant_id = s.tenant_id AND m.staff_role_id = s.id)
             + (SELECT count(*) FROM invitations i WHERE i.tenant_id = s.tenant_id AND i.staff_role_id = s.id) AS "holders!"
           FROM staff_roles s WHERE tenant_id = $1 ORDER BY lower(name) LIMIT 100"#,
        tx.tenant().0
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(StaffRole::from).collect())
}

/// One staff role.
pub(super) async fn staff_role(tx: &mut TenantTx, id: StaffRoleId) -> Result<Option<StaffRole>> {
    Ok(staff_roles(tx).await?.into_iter().find(|role| role.id == id))
}

/// Writes a new staff role.
///
/// # Errors
/// Violates `staff_roles_name_key` when another has the name.
pub(super) async fn insert_staff_role(tx: &mut TenantTx, id: StaffRoleId, name: &str, permissions: Permissions) -> Result<()> {
    sqlx::query!(
        "INSERT INTO staff_roles (tenant_id, id, name, permissions) VALUES ($1, $2, $3, $4)",
        tx.tenant().0,
        id.0,
        name,
        &permissions.keys()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Changes a staff role; `false` when it was removed meanwhile.
///
/// # Errors
/// As [`insert_staff_role`].
pub(super) async fn update_staff_role(tx: &mut TenantTx, id: StaffRoleId, name: &str, permissions: Permissions) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE staff_roles SET name = $3, permissions = $4 WHERE tenant_id = $1 AND id = $2",
        tx.tenant().0,
        id.0,
        name,
        &permissions.keys()
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes a staff role.
///
/// # Errors
/// Violates `members_staff_role` or `invitations_staff_role` when somebody holds it.
pub(super) async fn delete_staff_role(tx: &mut TenantTx, id: StaffRoleId) -> Result<()> {
    sqlx::query!("DELETE FROM staff_roles WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0).execute(tx.conn()).await?;
    Ok(())
}
