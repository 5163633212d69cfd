//! Login sessions in the database. The cookie's secret is known to the browser alone; the
//! table has its SHA-256.

use super::{
    Login,
    queries::{self, standing_now},
    second_factor,
};
use crate::{
    Actor, Db, Impersonator, Member, Result, Services, TenantTx,
    audit::{self, Action, Entry},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    AppError, Permission, Permissions,
    ids::{AccountId, MemberId, TenantId},
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::net::IpAddr;

/// How long a login session lasts at most (days), however much it is used.
pub const LONGEST_DAYS: i32 = 30;
/// How long it lasts without being used (days). `expires_at` is the nearer of the two.
const IDLE_DAYS: i32 = 14;

/// How long staff see the site as somebody else (minutes), however much it is used.
const IMPERSONATION_MINUTES: i32 = 30;
/// How long it counts that somebody showed who they are (minutes).
const VERIFIED_MINUTES: i32 = 15;

/// A login session as loaded: its data, its end, and the member with today's roles.
#[derive(Clone, Debug)]
pub struct LoginSession {
    /// What the session store keeps.
    pub data: Value,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Who is signed in.
    pub member: Member,
}

/// The table's key for a cookie's secret.
fn key(secret: &[u8]) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

/// Where a request comes from, as the list of a member's login sessions shows it.
#[derive(Clone, Debug, Default)]
pub struct Device {
    /// The browser's own description.
    pub user_agent: String,
    /// The network address.
    pub client: Option<IpAddr>,
}

impl Device {
    fn address(&self) -> String {
        shortened(self.client)
    }
}

/// A network address without its last part: enough to recognise a place, not a person.
pub(crate) fn shortened(client: Option<IpAddr>) -> String {
    match client.map(|client| client.to_canonical()) {
        Some(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.x")
        }
        Some(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:x")
        }
        None => String::new(),
    }
}

/// A login session of a member, for their eyes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginSummary {
    /// Names it; opens nothing.
    pub id: String,
    /// The browser's own description.
    pub user_agent: String,
    /// The last network address without its last part; empty when unknown.
    pub address: String,
    /// When they signed in.
    pub created_at: Timestamp,
    /// When it was last used, to some minutes.
    pub seen_at: Timestamp,
    /// Staff who see the site as them there.
    pub impersonator: Option<String>,
}

/// The id by which [`LoginSummary`] names the session of a cookie's secret.
pub fn id_of(secret: &[u8]) -> String {
    hex::encode(key(secret))
}

/// The signed-in member's login sessions at this school, the latest used first, at most 50.
pub async fn list(db: &Db, actor: &Actor) -> Result<Vec<LoginSummary>> {
    let member = actor.member()?;
    let mut tx = actor.begin(db).await?;
    let rows = sqlx::query!(
        r#"SELECT id, user_agent, address, created_at, seen_at,
           (SELECT name FROM members m WHERE m.tenant_id = login_sessions.tenant_id AND m.id = impersonator_id) AS impersonator FROM login_sessions
         WHERE tenant_id = $1 AND member_id = $2 AND expires_at > now() AND epoch = app.login_epoch($3) ORDER BY seen_at DESC, id LIMIT 50"#,
        tx.tenant().0,
        member.id.0,
        member.account.0
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(rows
        .into_iter()
        .map(|row| LoginSummary {
            id: hex::encode(row.id),
            user_agent: row.user_agent,
            address: row.address,
            created_at: row.created_at.to_jiff(),
            seen_at: row.seen_at.to_jiff(),
            impersonator: row.impersonator,
        })
        .collect())
}

/// Ends one of the signed-in member's login sessions.
///
/// # Errors
/// Not found when they have none with this id.
pub async fn end(services: &Services, actor: &Actor, id: &str) -> Result<()> {
    let member = actor.in_person()?;
    let id = hex::decode(id).map_err(|_| AppError::NotFound)?;
    let mut tx = actor.begin(&services.db).await?;
    let done =
        sqlx::query!("DELETE FROM login_sessions WHERE tenant_id = $1 AND member_id = $2 AND id = $3", tx.tenant().0, member.id.0, id)
            .execute(tx.conn())
            .await?;
    if done.rows_affected() != 1 {
        return Err(AppError::NotFound.into());
    }
    // Which browser was trusted is not known; the others only have to show a code again.
    second_factor::distrust(&mut tx, member.account).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::LoginEnded)).await?;
    tx.commit().await
}

/// Ends every login session of the signed-in member's account, in every school, this one too.
pub async fn end_all(services: &Services, actor: &Actor) -> Result<()> {
    let member = actor.in_person()?;
    let mut tx = actor.begin(&services.db).await?;
    queries::end_logins(tx.conn(), member.account).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::LoginsEnded)).await?;
    tx.commit().await
}

/// Starts a login session.
pub async fn create(
    db: &Db,
    tenant: TenantId,
    secret: &[u8],
    login: Login,
    data: &Value,
    expires_at: Timestamp,
    device: &Device,
) -> Result<()> {
    let mut tx = TenantTx::begin(db, tenant, Some(login.member)).await?;
    sqlx::query!(
        "INSERT INTO login_sessions (tenant_id, id, member_id, data, expires_at, user_agent, address, epoch, impersonator_id, impersonator_epoch, verified_at)
         VALUES ($1, $2, $3, $4, least($5, now() + CASE WHEN $10::uuid IS NULL THEN make_interval(days => $9) ELSE make_interval(mins => $12) END),
           left($6, 300), $7, $8, $10, $11, CASE WHEN $13 THEN now() ELSE '-infinity' END)",
        tenant.0,
        key(secret),
        login.member.0,
        data,
        expires_at.to_sqlx() as _,
        device.user_agent,
        device.address(),
        login.epoch,
        IDLE_DAYS,
        login.by.map(|(by, _)| by.0),
        login.by.map(|(_, epoch)| epoch),
        IMPERSONATION_MINUTES,
        login.verified
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await
}

/// The session of a cookie's secret, if it has not ended and its member is active.
pub async fn load(db: &Db, tenant: TenantId, secret: &[u8], device: &Device) -> Result<Option<LoginSession>> {
    let mut tx = TenantTx::begin(db, tenant, None).await?;
    let row = sqlx::query!(
        r#"SELECT s.data, s.expires_at, s.seen_at < now() - interval '5 minutes' AS "unseen!", s.verified_at > now() - make_interval(mins => $3) AND s.impersonator_id IS NULL AS "verified!", s.impersonator_id AS "impersonator?: MemberId", s.impersonator_epoch, m.id AS "id: MemberId", m.account_id AS "account!: AccountId", m.name, m.email, m.locale, m.zone,
             ARRAY(SELECT role FROM member_roles r WHERE r.tenant_id = m.tenant_id AND r.member_id = m.id) AS "roles!", f.permissions AS "permissions?", m.until IS NOT NULL AS "visits!"
           FROM login_sessions s JOIN members m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
             LEFT JOIN staff_roles f ON f.tenant_id = m.tenant_id AND f.id = m.staff_role_id
           WHERE s.tenant_id = $1 AND s.id = $2 AND s.expires_at > now() AND m.status = 'active' AND (m.until IS NULL OR m.until > now())
             AND s.epoch = app.login_epoch(m.account_id)"#,
        tenant.0,
        key(secret),
        VERIFIED_MINUTES
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (roles, permissions) = standing_now(&row.roles, row.permissions.as_deref(), row.visits);
    let impersonator = match row.impersonator {
        // Who may not do this any more, or not to somebody who may do so much, sees nothing.
        Some(by) => match impersonator(&mut tx, by, row.impersonator_epoch, permissions).await? {
            Some(by) => Some(by),
            None => return Ok(None),
        },
        None => None,
    };
    if row.unseen {
        see(&mut tx, secret, device).await?;
        tx.commit().await?;
    }
    Ok(Some({
        let (id, account) = (row.id, row.account);
        LoginSession {
            data: row.data,
            expires_at: row.expires_at.to_jiff(),
            member: Member {
                id,
                account,
                name: row.name,
                email: row.email,
                roles,
                permissions,
                locale: row.locale,
                zone: row.zone,
                verified: row.verified,
                impersonator,
            },
        }
    }))
}

/// Staff who see the site as somebody with these permissions, while they may.
async fn impersonator(tx: &mut TenantTx, id: MemberId, epoch: Option<i32>, seen: Permissions) -> Result<Option<Impersonator>> {
    let Some(staff) = queries::member(tx, id).await? else { return Ok(None) };
    let current = queries::login_epoch(tx.conn(), staff.account).await?;
    let may = staff.permissions.has(Permission::Impersonate) && staff.permissions.covers(seen) && current == epoch;
    Ok(may.then_some(Impersonator { id, name: staff.name }))
}

/// Notes that a session is used now, and from where: it lasts another while.
async fn see(tx: &mut TenantTx, secret: &[u8], device: &Device) -> Result<()> {
    sqlx::query!(
        "UPDATE login_sessions SET seen_at = now(), address = $3,
           expires_at = CASE WHEN impersonator_id IS NULL THEN least(created_at + make_interval(days => $4), now() + make_interval(days => $5)) ELSE expires_at END
         WHERE tenant_id = $1 AND id = $2",
        tx.tenant().0,
        key(secret),
        device.address(),
        LONGEST_DAYS,
        IDLE_DAYS
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes that a member showed again who they are, in one of their login sessions.
pub(super) async fn mark_verified(tx: &mut TenantTx, member: MemberId, id: &str) -> Result<()> {
    let id = hex::decode(id).map_err(|_| AppError::NotFound)?;
    let done = sqlx::query!(
        "UPDATE login_sessions SET verified_at = now() WHERE tenant_id = $1 AND member_id = $2 AND id = $3",
        tx.tenant().0,
        member.0,
        id
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(AppError::Unauthenticated.into()) }
}

/// Updates a session that exists. One that was revoked meanwhile stays revoked: this never
/// inserts.
pub async fn update(db: &Db, tenant: TenantId, secret: &[u8], data: &Value, expires_at: Timestamp) -> Result<bool> {
    let mut tx = TenantTx::begin(db, tenant, None).await?;
    let done = sqlx::query!(
        "UPDATE login_sessions SET data = $3,
           expires_at = CASE WHEN impersonator_id IS NULL THEN least($4, now() + make_interval(days => $5)) ELSE expires_at END
         WHERE tenant_id = $1 AND id = $2",
        tenant.0,
        key(secret),
        data,
        expires_at.to_sqlx() as _,
        IDLE_DAYS
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(done.rows_affected() == 1)
}

/// Revokes a session.
pub async fn delete(db: &Db, tenant: TenantId, secret: &[u8]) -> Result<()> {
    let mut tx = TenantTx::begin(db, tenant, None).await?;
    sqlx::query!("DELETE FROM login_sessions WHERE tenant_id = $1 AND id = $2", tenant.0, key(secret)).execute(tx.conn()).await?;
    tx.commit().await
}

/// Removes the tenant's sessions that have ended; says how many. At most 10 000 at a time.
pub(crate) async fn delete_expired(tx: &mut TenantTx) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM login_sessions WHERE tenant_id = $1 AND id IN (
           SELECT id FROM login_sessions WHERE tenant_id = $1 AND expires_at < now() LIMIT 10000)",
        tx.tenant().0
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
