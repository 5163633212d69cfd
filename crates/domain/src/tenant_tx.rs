//! The one way to a tenant's rows.

use crate::{Db, Result};
use kernel::ids::{AccountId, MemberId, TenantId};
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};

/// A transaction that sees one tenant.
///
/// Dropped without [`commit`](Self::commit), it rolls back.
#[derive(Debug)]
pub struct TenantTx {
    tx: Transaction<'static, Postgres>,
    tenant: TenantId,
}

impl TenantTx {
    /// Begins a transaction of `tenant`; `actor` is who acts, for the audit trail.
    ///
    /// BEGIN and the settings travel together. It runs in a task of its own, because sqlx's
    /// `begin` is not safe to cancel: a dropped request would leave the connection inside a
    /// transaction that nobody ends.
    pub async fn begin(db: &Db, tenant: TenantId, actor: Option<MemberId>) -> Result<Self> {
        Self::begin_as(db, tenant, actor, "BEGIN").await
    }

    /// Begins a transaction of `tenant` that reads one moment of it, and writes nothing.
    pub async fn snapshot(db: &Db, tenant: TenantId) -> Result<Self> {
        Self::begin_as(db, tenant, None, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
    }

    async fn begin_as(db: &Db, tenant: TenantId, actor: Option<MemberId>, begin: &str) -> Result<Self> {
        // Both values are UUIDs, printed by us: there is nothing to escape.
        let actor = actor.map(|id| id.to_string()).unwrap_or_default();
        let statement = format!("{begin}; SELECT set_config('app.tenant', '{tenant}', true), set_config('app.actor', '{actor}', true)");
        let pool = db.0.clone();
        let tx = tokio::spawn(async move { pool.begin_with(AssertSqlSafe(statement)).await })
            .await
            .map_err(|_| sqlx::Error::WorkerCrashed)??;
        Ok(Self { tx, tenant })
    }

    /// Whose rows it sees.
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Lets this transaction see the rows of an account too, until it ends.
    pub async fn see_account(&mut self, account: AccountId) -> Result<()> {
        sqlx::query!("SELECT set_config('app.account', $1, true)", account.to_string()).fetch_one(self.conn()).await?;
        Ok(())
    }

    /// The connection, for a query.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Makes the changes last.
    pub async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}
