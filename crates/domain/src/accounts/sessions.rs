//! Login sessions in the database. The cookie's secret is known to the browser alone; the
//! table has its SHA-256.

use super::queries::parse_role;
use crate::{Db, Member, Result, TenantTx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::ids::{MemberId, TenantId};
use serde_json::Value;
use sha2::{Digest, Sha256};

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

/// Starts a login session.
pub async fn create(
    db: &Db,
    tenant: TenantId,
    secret: &[u8],
    member: MemberId,
    data: &Value,
    expires_at: Timestamp,
    user_agent: &str,
) -> Result<()> {
    let mut tx = TenantTx::begin(db, tenant, Some(member)).await?;
    sqlx::query!(
        "INSERT INTO login_sessions (tenant_id, id, member_id, data, expires_at, user_agent) VALUES ($1, $2, $3, $4, $5, left($6, 300))",
        tenant.0,
        key(secret),
        member.0,
        data,
        expires_at.to_sqlx() as _,
        user_agent
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await
}

/// The session of a cookie's secret, if it has not ended and its member is active.
pub async fn load(db: &Db, tenant: TenantId, secret: &[u8]) -> Result<Option<LoginSession>> {
    let mut tx = TenantTx::begin(db, tenant, None).await?;
    let row = sqlx::query!(
        r#"SELECT s.data, s.expires_at, m.id AS "id: MemberId", m.name, m.email, m.locale, m.zone,
             ARRAY(SELECT role FROM member_roles r WHERE r.tenant_id = m.tenant_id AND r.member_id = m.id) AS "roles!"
           FROM login_sessions s JOIN members m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
           WHERE s.tenant_id = $1 AND s.id = $2 AND s.expires_at > now() AND m.status = 'active'"#,
        tenant.0,
        key(secret)
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| LoginSession {
        data: row.data,
        expires_at: row.expires_at.to_jiff(),
        member: Member {
            id: row.id,
            name: row.name,
            email: row.email,
            roles: row.roles.iter().filter_map(|role| parse_role(role)).collect(),
            locale: row.locale,
            zone: row.zone,
        },
    }))
}

/// Updates a session that exists. One that was revoked meanwhile stays revoked: this never
/// inserts.
pub async fn update(db: &Db, tenant: TenantId, secret: &[u8], data: &Value, expires_at: Timestamp) -> Result<bool> {
    let mut tx = TenantTx::begin(db, tenant, None).await?;
    let done = sqlx::query!(
        "UPDATE login_sessions SET data = $3, expires_at = $4 WHERE tenant_id = $1 AND id = $2",
        tenant.0,
        key(secret),
        data,
        expires_at.to_sqlx() as _
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
