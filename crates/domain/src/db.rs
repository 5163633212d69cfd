//! The database: pools, roles and migrations.

pub mod lint;

use graphile_worker::WorkerOptions;
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, time::Duration};

/// Every migration, embedded.
pub static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// The role of the web server.
pub const APP_ROLE: &str = "wemaster_app";
/// The role of the job runner.
pub const WORKER_ROLE: &str = "wemaster_worker";

/// A pool whose connections carry no tenant. Tenant rows are reached through
/// [`TenantTx`](crate::TenantTx) alone; row-level security shows none to anything else.
#[derive(Clone, Debug)]
pub struct Db(pub(crate) PgPool);

/// A role that connects to the database.
#[derive(Clone, Debug)]
pub struct DbRole {
    /// Its name.
    pub name: String,
    /// What it has that the server's roles must not have, if anything.
    pub excess: Option<String>,
}

impl Db {
    /// Opens a pool of at most `size` connections as the role named in `options`.
    pub async fn connect(options: PgConnectOptions, size: u32) -> Result<Self, sqlx::Error> {
        Self::options(size).connect_with(options).await.map(Self)
    }

    /// The same without connecting before the first use.
    pub fn connect_lazy(options: PgConnectOptions, size: u32) -> Self {
        Self(Self::options(size).connect_lazy_with(options))
    }

    fn options(size: u32) -> PgPoolOptions {
        PgPoolOptions::new()
            .max_connections(size)
            .acquire_timeout(Duration::from_secs(5))
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection
                        .execute(
                            "SET idle_in_transaction_session_timeout = '15s'; SET statement_timeout = '15s'; \
                             SET lock_timeout = '5s'; SET timezone = 'UTC'; SET application_name = 'wemaster'",
                        )
                        .await?;
                    Ok(())
                })
            })
            .test_before_acquire(false)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT 1").execute(&self.0).await.map(|_| ())
    }

    /// Whom the connections act as.
    pub async fn role(&self) -> Result<DbRole, sqlx::Error> {
        let (name, excess): (String, Option<String>) = sqlx::query_as(
            "SELECT current_user::text, CASE
               WHEN rolsuper OR rolbypassrls THEN 'which is above row-level security'
               WHEN EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid) THEN 'which owns tables'
               WHEN rolcreaterole OR rolcreatedb OR rolreplication THEN 'which may do more than ask'
               WHEN EXISTS (SELECT 1 FROM pg_auth_members WHERE member = r.oid AND roleid NOT IN
                 (SELECT oid FROM pg_roles WHERE rolname IN ('wemaster_app', 'wemaster_worker'))) THEN 'which is a member of other roles'
             END FROM pg_roles r WHERE rolname = current_user",
        )
        .fetch_one(&self.0)
        .await?;
        Ok(DbRole { name, excess })
    }

    /// The pool, for what has no tenant: health, migrations, the tenants' directory.
    pub const fn pool(&self) -> &PgPool {
        &self.0
    }
}

/// Options to connect as `role`, from the owner's: the same server, database and password.
pub fn as_role(owner: &PgConnectOptions, url: &str, role: &str) -> PgConnectOptions {
    let password = PgConnectOptions::from_str(url).ok().and_then(|_| password_of(url));
    let options = owner.clone().username(role);
    match password {
        Some(password) => options.password(&password),
        None => options,
    }
}

/// The password in a connection URL as it is written there, without decoding `%`: the roles are
/// given the same text that they log in with.
fn password_of(url: &str) -> Option<String> {
    let authority = url.split_once("://")?.1.split(['/', '?']).next()?;
    let (user, _) = authority.rsplit_once('@')?;
    user.split_once(':').map(|(_, password)| password.to_owned())
}

/// Brings the database at `url` (its owner's) up to date: see [`prepare`].
pub async fn migrate(url: &str) -> Result<(), MigrateError> {
    let owner = PgPoolOptions::new().max_connections(2).connect(url).await?;
    prepare(&owner, url).await?;
    owner.close().await;
    Ok(())
}

/// Brings the owner's database up to date: our migrations, the job queue's, and the rights of
/// the two roles. Lets the roles log in with the password in `url` (the owner's) unless they
/// can already.
pub async fn prepare(owner: &PgPool, url: &str) -> Result<(), MigrateError> {
    MIGRATIONS.run(owner).await?;
    WorkerOptions::default().pg_pool(owner.clone()).init().await.map_err(|e| MigrateError::Queue(e.to_string()))?;
    let mut connection = owner.acquire().await?;
    grant_queue(&mut connection).await?;
    if let Some(password) = password_of(url) {
        for role in [APP_ROLE, WORKER_ROLE] {
            let_log_in(&mut connection, role, &password).await?;
        }
    }
    Ok(())
}

/// Lets a role log in unless it can already. Roles belong to the whole cluster: when another
/// database's migration does the same at this moment, its work counts.
async fn let_log_in(connection: &mut sqlx::PgConnection, role: &str, password: &str) -> Result<(), sqlx::Error> {
    if can_log_in(connection, role).await? {
        return Ok(());
    }
    let login = format!("ALTER ROLE {role} LOGIN PASSWORD '{}'", password.replace('\'', "''"));
    match connection.execute(AssertSqlSafe(login)).await {
        Err(_) if can_log_in(connection, role).await? => Ok(()),
        done => done.map(drop),
    }
}

async fn can_log_in(connection: &mut sqlx::PgConnection, role: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT rolcanlogin FROM pg_roles WHERE rolname = $1").bind(role).fetch_one(connection).await
}

/// The queue keeps its tables under row-level security without policies, which shuts out
/// everyone but their owner. The worker's role is let in; the application's is not.
async fn grant_queue(connection: &mut sqlx::PgConnection) -> Result<(), sqlx::Error> {
    let mut tx = connection.begin().await?;
    tx.execute(
        "SELECT pg_advisory_xact_lock(hashtext('wemaster.grant_queue'));
         GRANT USAGE ON SCHEMA graphile_worker TO wemaster_worker;
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO wemaster_worker;
         GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO wemaster_worker;
         GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO wemaster_worker;
         REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker FROM PUBLIC;
         DO $$ DECLARE t regclass; BEGIN
           FOR t IN SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity
                    AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid) LOOP
             EXECUTE format('CREATE POLICY worker ON %s TO wemaster_worker USING (true) WITH CHECK (true)', t);
           END LOOP;
         END $$;",
    )
    .await?;
    tx.commit().await
}

/// Why the database could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// It cannot be reached, or refused a statement.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// A migration failed, or differs from the one that ran.
    #[error(transparent)]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The job queue's own migrations failed.
    #[error("job queue: {0}")]
    Queue(String),
}
