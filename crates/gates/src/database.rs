//! A gate's database, as its owner. The owner is under row-level security too, so every look
//! happens inside a transaction of the tenant.

use crate::{fault::Result, people};
use jiff::{SignedDuration, Timestamp};
use kernel::{Money, policy::CancellationPolicy};
use sqlx::{
    AssertSqlSafe, PgPool, Postgres, Row, Transaction,
    postgres::{PgPoolOptions, PgRow},
};
use uuid::Uuid;

/// The demo tenant that the gates use.
pub const TENANT: &str = "northside";

/// A connection pool of the owner, and the tenant.
#[derive(Clone)]
pub struct Database {
    pool: PgPool,
    /// `postgres://…`, the owner's.
    pub url: String,
    /// The tenant.
    pub tenant: Uuid,
}

/// `url` with another database.
pub fn beside(url: &str, name: &str) -> String {
    let (before, after) = url.rsplit_once('/').expect("a database URL has a path");
    let query = after.split_once('?').map_or(String::new(), |(_, query)| format!("?{query}"));
    format!("{before}/{name}{query}")
}

/// Replaces the database `name` beside `owner`'s by a new one, empty or a copy.
pub async fn create(owner: &str, name: &str, template: Option<&str>) -> Result<String> {
    let pool = PgPoolOptions::new().max_connections(1).connect(owner).await?;
    let copy = template.map_or(String::new(), |template| format!(" TEMPLATE {template}"));
    sqlx::query(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))).execute(&pool).await?;
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}{copy}"))).execute(&pool).await?;
    pool.close().await;
    Ok(beside(owner, name))
}

/// Removes databases whose name begins with `prefix`.
pub async fn remove(owner: &str, prefix: &str) -> Result<()> {
    let pool = PgPoolOptions::new().max_connections(1).connect(owner).await?;
    let names: Vec<String> =
        sqlx::query_scalar("SELECT datname::text FROM pg_database WHERE starts_with(datname, $1)").bind(prefix).fetch_all(&pool).await?;
    for name in names {
        sqlx::query(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))).execute(&pool).await?;
    }
    pool.close().await;
    Ok(())
}

impl Database {
    /// Connects to a seeded database.
    pub async fn connect(url: String) -> Result<Self> {
        let pool = PgPoolOptions::new().max_connections(8).connect(&url).await?;
        let tenant = sqlx::query_scalar("SELECT id FROM tenants WHERE slug = $1").bind(TENANT).fetch_one(&pool).await?;
        Ok(Self { pool, url, tenant })
    }

    /// Closes the pool, so that the database can be copied.
    pub async fn close(self) {
        self.pool.close().await;
    }

    /// A transaction of the tenant.
    pub async fn tx(&self) -> Result<Transaction<'static, Postgres>> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("SELECT set_config('app.tenant', $1, true)").bind(self.tenant.to_string()).execute(&mut *tx).await?;
        Ok(tx)
    }

    /// The rows of a query without parameters.
    pub async fn rows(&self, query: &'static str) -> Result<Vec<PgRow>> {
        Ok(sqlx::query(query).fetch_all(&mut *self.tx().await?).await?)
    }

    /// One number.
    pub async fn number(&self, query: &'static str) -> Result<i64> {
        Ok(sqlx::query_scalar(query).fetch_one(&mut *self.tx().await?).await?)
    }

    /// Writes the people of the gates.
    pub async fn populate(&self) -> Result<()> {
        let mut tx = self.tx().await?;
        people::write(&mut tx, self.tenant).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The first hour that the gates sell: midnight in two days, by the database's clock.
    pub async fn first_hour(&self) -> Result<Timestamp> {
        let seconds = self.number("SELECT extract(epoch FROM date_trunc('day', now(), 'UTC') + interval '2 days')::bigint").await?;
        Ok(Timestamp::from_second(seconds)?)
    }

    /// The clock, in seconds since 1970.
    pub async fn seconds(&self) -> Result<i64> {
        self.number("SELECT extract(epoch FROM clock_timestamp())::bigint").await
    }

    /// Deadlocks in this database so far.
    pub async fn deadlocks(&self) -> Result<i64> {
        self.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").await
    }

    /// The orders of the gates' students with what the database thinks of them.
    pub async fn orders(&self) -> Result<Vec<Order>> {
        let rows = self
            .rows(
                "SELECT o.id, o.status, o.total_minor, l.starts_at::text AS starts_at, l.tutor_id, p.status AS payment,
                   (SELECT count(*) FROM bookings b WHERE b.tenant_id = o.tenant_id AND b.order_id = o.id AND b.status = 'confirmed') AS confirmed,
                   (SELECT count(*) FROM bookings b WHERE b.tenant_id = o.tenant_id AND b.order_id = o.id AND b.status = 'cancelled') AS cancelled,
                   (SELECT coalesce(sum(r.amount_minor), 0)::bigint FROM refunds r WHERE r.tenant_id = o.tenant_id AND r.order_id = o.id AND r.status = 'succeeded') AS refunded,
                   (SELECT count(*) FROM refunds r WHERE r.tenant_id = o.tenant_id AND r.order_id = o.id AND r.status <> 'succeeded') AS unsettled,
                   (SELECT count(*) FROM claims c WHERE c.tenant_id = o.tenant_id AND c.order_id = o.id AND c.active) AS claims,
                   o.currency, o.policy::text AS policy, b.cancelled_by = o.student_id AS by_student,
                   (extract(epoch FROM l.starts_at - b.cancelled_at) * 1000000)::bigint AS before_start
                 FROM orders o
                 JOIN members m ON m.tenant_id = o.tenant_id AND m.id = o.student_id
                 JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
                 LEFT JOIN payments p ON p.tenant_id = o.tenant_id AND p.order_id = o.id
                 LEFT JOIN bookings b ON b.tenant_id = o.tenant_id AND b.order_id = o.id AND b.status = 'cancelled'
                 WHERE m.email LIKE '%@gates.example'",
            )
            .await?;
        rows.iter().map(Order::read).collect()
    }
}

/// An order as the database has it.
pub struct Order {
    /// Its id.
    pub id: Uuid,
    /// Its status.
    pub status: String,
    /// Its price in minor units.
    pub total: i64,
    /// Tutor and start: what was bought.
    pub slot: (Uuid, String),
    /// Its payment's status.
    pub payment: Option<String>,
    /// Confirmed bookings.
    pub confirmed: i64,
    /// Cancelled bookings.
    pub cancelled: i64,
    /// Refunds that arrived, in minor units.
    pub refunded: i64,
    /// Refunds that did not.
    pub unsettled: i64,
    /// Active claims.
    pub claims: i64,
    /// What its policy gives back for the moment of its cancellation, in minor units, if its
    /// lesson was cancelled.
    pub agreed: Option<i64>,
}

impl Order {
    fn read(row: &PgRow) -> Result<Self> {
        Ok(Self {
            id: row.get("id"),
            status: row.get("status"),
            total: row.get("total_minor"),
            slot: (row.get("tutor_id"), row.get("starts_at")),
            payment: row.get("payment"),
            confirmed: row.get("confirmed"),
            cancelled: row.get("cancelled"),
            refunded: row.get("refunded"),
            unsettled: row.get("unsettled"),
            claims: row.get("claims"),
            agreed: agreed(row)?,
        })
    }
}

/// See [`Order::agreed`]. Students get back by the policy of their order; from the others all.
fn agreed(row: &PgRow) -> Result<Option<i64>> {
    let (Some(by_student), Some(before_start)) = (row.get::<Option<bool>, _>("by_student"), row.get::<Option<i64>, _>("before_start"))
    else {
        return Ok(None);
    };
    let paid = Money::new(row.get("total_minor"), row.get::<String, _>("currency").parse()?);
    if !by_student {
        return Ok(Some(paid.minor));
    }
    let policy: CancellationPolicy = serde_json::from_str(&row.get::<String, _>("policy"))?;
    let start = Timestamp::UNIX_EPOCH;
    Ok(Some(policy.refund(paid, start, start - SignedDuration::from_micros(before_start)).minor))
}
