//! SQL of accounts and members.

use crate::{Member, Result, TenantTx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    Permissions, Role, Roles,
    email::Email,
    ids::{AccountId, MemberId},
};
use sqlx::PgExecutor;

/// An account as sign-in needs it.
pub(super) struct Account {
    pub id: AccountId,
    /// None of who signs in elsewhere.
    pub password_hash: Option<String>,
    /// Of its login sessions, as of the hash.
    pub epoch: i32,
}

/// The account of an address. Platform-wide, by a function that answers about one.
pub(super) async fn account_by_email(db: impl PgExecutor<'_>, email: &Email) -> Result<Option<Account>> {
    Ok(sqlx::query_as!(
        Account,
        r#"SELECT id AS "id!: AccountId", password_hash AS "password_hash?", login_epoch AS "epoch!" FROM app.account_by_email($1)"#,
        email.as_str()
    )
    .fetch_optional(db)
    .await?)
}

/// Creates an account; `false` when the address is taken.
pub(super) async fn create_account(db: impl PgExecutor<'_>, id: AccountId, email: &Email, hash: Option<&str>) -> Result<bool> {
    let created = sqlx::query_scalar!("SELECT app.create_account($1, $2, $3)", id.0, email.as_str(), hash).fetch_one(db).await?;
    Ok(created.is_some())
}

/// Replaces an outdated hash, unless it was replaced meanwhile.
pub(super) async fn upgrade_hash(db: impl PgExecutor<'_>, id: AccountId, old: &str, new: &str) -> Result<()> {
    sqlx::query!("SELECT app.upgrade_password_hash($1, $2, $3)", id.0, old, new).fetch_one(db).await?;
    Ok(())
}

/// Sets a new password in place of the one with the hash `old`, and ends every login session of the
/// account, in every school. The new epoch; none when another password was set meanwhile.
pub(super) async fn change_password(db: impl PgExecutor<'_>, id: AccountId, old: &str, new: &str) -> Result<Option<i32>> {
    Ok(sqlx::query_scalar!("SELECT app.change_password($1, $2, $3)", id.0, old, new).fetch_one(db).await?)
}

/// The same by a proof of the address that was begun at `asked_at`: none when the password changed since.
pub(super) async fn reset_password(db: impl PgExecutor<'_>, id: AccountId, asked_at: Timestamp, new: &str) -> Result<Option<i32>> {
    Ok(sqlx::query_scalar!("SELECT app.reset_password($1, $2, $3)", id.0, asked_at.to_sqlx() as _, new).fetch_one(db).await?)
}

/// Ends every login session of an account, in every school; the new epoch.
pub(super) async fn end_logins(db: impl PgExecutor<'_>, id: AccountId) -> Result<Option<i32>> {
    Ok(sqlx::query_scalar!("SELECT app.end_logins($1)", id.0).fetch_one(db).await?)
}

/// The epoch that an account's login sessions are of.
pub(super) async fn login_epoch(db: impl PgExecutor<'_>, id: AccountId) -> Result<Option<i32>> {
    Ok(sqlx::query_scalar!("SELECT app.login_epoch($1)", id.0).fetch_one(db).await?)
}

/// The hash of an account's password.
pub(super) async fn password_hash(db: impl PgExecutor<'_>, id: AccountId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("SELECT app.password_hash($1)", id.0).fetch_one(db).await?)
}

/// The slug and the name of each active school that an account is an active member of, by name, at most 100.
pub(super) async fn schools(tx: &mut TenantTx, account: AccountId) -> Result<Vec<School>> {
    tx.see_account(account).await?;
    Ok(sqlx::query_as!(
        School,
        "SELECT t.slug, t.name FROM account_schools s JOIN tenants t ON t.id = s.tenant_id
         WHERE s.account_id = $1 AND s.active AND t.status = 'active' ORDER BY lower(t.name), t.slug LIMIT 100",
        account.0
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A school that somebody is a member of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct School {
    /// Its subdomain.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// Whether an address has an account.
pub(crate) async fn has_account(tx: &mut TenantTx, email: &Email) -> Result<bool> {
    Ok(account_by_email(tx.conn(), email).await?.is_some())
}

/// A member's id and name.
pub(crate) struct Named {
    pub id: MemberId,
    pub name: String,
    /// Whether it may sign in.
    pub active: bool,
    /// Whether it is one with another member, who may.
    pub merged: bool,
}

impl Named {
    /// Why it may not sign in. Told to nobody but whoever showed that they are this member.
    pub fn shut_out(&self) -> Option<&'static str> {
        match (self.active, self.merged) {
            (true, _) => None,
            (false, true) => Some("error-merged"),
            (false, false) => Some("error-suspended"),
        }
    }
}

/// The member that an account is in this tenant.
pub(crate) async fn member_of_account(tx: &mut TenantTx, account: AccountId) -> Result<Option<Named>> {
    Ok(sqlx::query_as!(
        Named,
        r#"SELECT id AS "id: MemberId", name, status = 'active' AND (until IS NULL OR until > now()) AS "active!", status = 'merged' AS "merged!" FROM members
           WHERE tenant_id = $1 AND account_id = $2"#,
        tx.tenant().0,
        account.0
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Writes a member.
///
/// # Errors
/// Violates `members_account_key` when the account is a member already.
pub async fn insert_member(tx: &mut TenantTx, id: MemberId, account: AccountId, name: &str, email: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO members (tenant_id, id, account_id, name, email) VALUES ($1, $2, $3, $4, lower($5))",
        tx.tenant().0,
        id.0,
        account.0,
        name,
        email
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Gives a member a role.
pub(super) async fn insert_role(tx: &mut TenantTx, member: MemberId, role: Role) -> Result<()> {
    sqlx::query!(
        "INSERT INTO member_roles (tenant_id, member_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        tx.tenant().0,
        member.0,
        role.key()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// An active member with its roles.
pub async fn member(tx: &mut TenantTx, id: MemberId) -> Result<Option<Member>> {
    let row = sqlx::query!(
        r#"SELECT m.account_id AS "account!: AccountId", m.name, m.email, m.locale, m.zone,
             ARRAY(SELECT role FROM member_roles r WHERE r.tenant_id = m.tenant_id AND r.member_id = m.id) AS "roles!",
             s.permissions AS "permissions?", m.until IS NOT NULL AS "visits!"
           FROM members m LEFT JOIN staff_roles s ON s.tenant_id = m.tenant_id AND s.id = m.staff_role_id
           WHERE m.tenant_id = $1 AND m.id = $2 AND m.status = 'active' AND (m.until IS NULL OR m.until > now())"#,
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| {
        let (roles, permissions) = standing_now(&row.roles, row.permissions.as_deref(), row.visits);
        Member {
            id,
            account: row.account,
            name: row.name,
            email: row.email,
            roles,
            permissions,
            locale: row.locale,
            zone: row.zone,
            verified: false,
            impersonator: None,
        }
    }))
}

/// What a member may be and do: of its roles and its staff role's permissions, as the database has them.
pub(crate) fn standing(roles: &[String], permissions: Option<&[String]>) -> (Roles, Permissions) {
    let roles: Roles = roles.iter().filter_map(|role| Role::parse(role)).collect();
    (roles, Permissions::of(roles, permissions.unwrap_or_default().iter().map(String::as_str).collect()))
}

/// The same for somebody who may be here for an hour only, to help.
pub(super) fn standing_now(roles: &[String], permissions: Option<&[String]>, visits: bool) -> (Roles, Permissions) {
    let (roles, permissions) = standing(roles, permissions);
    (roles, if visits { Permissions::of_visitors() } else { permissions })
}

/// Stores the reader's language and zone.
pub(super) async fn set_preferences(tx: &mut TenantTx, id: MemberId, locale: Option<&str>, zone: Option<&str>) -> Result<()> {
    sqlx::query!(
        "UPDATE members SET locale = coalesce($3, locale), zone = coalesce($4, zone) WHERE tenant_id = $1 AND id = $2",
        tx.tenant().0,
        id.0,
        locale,
        zone
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
