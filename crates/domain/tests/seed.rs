//! The demo data.

mod data;
mod refunds;

use crate::harness::Harness;
use domain::{Actor, Db, Member, TenantTx, accounts, seed};
use kernel::ids::MemberId;
use sqlx::{AssertSqlSafe, PgPool};
use std::sync::Arc;

/// A harness whose school is the demo tenant of the same name, without the other two.
pub async fn demo(pool: PgPool) -> Harness {
    let h = Harness::new(pool).await;
    let done = seed::run_only(&owner(&h).await, &h.services.hasher, h.services.now(), true, &h.tenant.slug).await.unwrap();
    assert!(done.unwrap().written);
    h
}

/// A harness with all demo tenants.
pub async fn all_demos(pool: PgPool) -> Harness {
    let h = Harness::new(pool).await;
    reset(&h).await;
    h
}

/// Writes the demo tenants again, as of the harness's clock.
pub async fn reset(h: &Harness) -> Vec<seed::Demo> {
    seed::run(&owner(h).await, &h.services.hasher, h.services.now(), true).await.unwrap()
}

/// Connections of the database's owner.
pub async fn owner(h: &Harness) -> Db {
    Db::connect((*h.owner.connect_options()).clone(), 2).await.unwrap()
}

/// The demo account of this name, signed in.
pub async fn signed_in(h: &Harness, account: &str) -> Actor {
    let mut tx = h.tx().await;
    let email = format!("{account}@{}.example", h.tenant.slug);
    let id: uuid::Uuid = sqlx::query_scalar("SELECT id FROM members WHERE email = $1").bind(email).fetch_one(tx.conn()).await.unwrap();
    let member: Member = accounts::member(&mut tx, MemberId(id)).await.unwrap().unwrap();
    Actor { member: Some(Arc::new(member)), ..Actor::anonymous(Arc::clone(&h.tenant)) }
}

/// One text out of the rows of the tenant of a slug.
pub async fn text_of(h: &Harness, slug: &str, query: &str) -> String {
    let tenant = h.services.tenants.by_host(&h.services.db, &format!("{slug}.localhost:3000")).await.unwrap().unwrap();
    let mut tx = TenantTx::begin(&h.services.db, tenant.id, None).await.unwrap();
    sqlx::query_scalar(AssertSqlSafe(query.to_owned())).fetch_one(tx.conn()).await.unwrap()
}
