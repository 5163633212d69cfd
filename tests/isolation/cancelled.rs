//! Requests that are dropped at any moment leave no connection behind inside a transaction, and
//! none that serves another tenant. `WEMASTER_CANCELLED` is how many (a gate asks for 10 000).

use crate::harness::Harness;
use domain::{Db, TenantTx, db};
use kernel::ids::TenantId;
use sqlx::PgPool;
use std::time::Duration;

/// What a request does: asks whose rows it sees, twice, and commits.
async fn request(db: Db, tenant: TenantId) -> Option<bool> {
    let mut tx = TenantTx::begin(&db, tenant, None).await.ok()?;
    let mut right = true;
    for _ in 0..2 {
        let seen: Vec<uuid::Uuid> = sqlx::query_scalar("SELECT DISTINCT tenant_id FROM members").fetch_all(tx.conn()).await.ok()?;
        right &= seen == [tenant.0];
    }
    tx.commit().await.ok()?;
    Some(right)
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_dropped_request_poisons_no_connection(owner: PgPool) {
    let wanted: u64 = std::env::var("WEMASTER_CANCELLED").ok().and_then(|n| n.parse().ok()).unwrap_or(600);
    let harness = Harness::new(owner).await;
    let other = harness.other_school().await;
    let url = std::env::var("DATABASE_URL").unwrap();
    let db = Db::connect(db::as_role(&harness.owner.connect_options(), &url, db::APP_ROLE), 5).await.unwrap();
    let tenants = [harness.tenant.id, other.tenant.id];
    // How long a batch takes on this machine now, with connections that are there: patience runs from nothing to about
    // twice that.
    futures::future::join_all((0..20).map(|_| request(db.clone(), tenants[0]))).await;
    let started = std::time::Instant::now();
    futures::future::join_all((0..20).map(|_| request(db.clone(), tenants[0]))).await;
    let most = u64::try_from(started.elapsed().as_micros()).unwrap() * 2;
    let (mut finished, mut dropped) = (0_u64, 0_u64);
    for batch in 0..wanted.div_ceil(20) {
        let running = (0..20).map(|n| {
            let (db, tenant) = (db.clone(), tenants[(n % 2) as usize]);
            // From at once to after the end: every await point gets its turn.
            let patience = Duration::from_micros((batch * 7919 + n * 104_729) % most);
            async move { tokio::time::timeout(patience, request(db, tenant)).await }
        });
        for outcome in futures::future::join_all(running).await {
            match outcome {
                Ok(Some(right)) => {
                    assert!(right, "a request saw another tenant's rows");
                    finished += 1;
                }
                Ok(None) => panic!("a request failed"),
                Err(_) => dropped += 1,
            }
        }
    }
    assert!(finished > 0 && dropped > 0, "{finished} finished, {dropped} dropped: the patience is wrong");
    for tenant in tenants {
        assert_eq!(request(db.clone(), tenant).await, Some(true));
    }
    // Whatever was dropped is rolled back within seconds, long before the server's own time-out
    // for idle transactions (15 s) would hide one that nobody ends.
    // Asked as the role itself: PostgreSQL hides the state of others' connections.
    let stuck = || async {
        sqlx::query_scalar::<_, i64>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'wemaster_app' AND state LIKE 'idle in transaction%'",
        )
        .fetch_one(db.pool())
        .await
        .unwrap()
    };
    let deadline = std::time::Instant::now() + Duration::from_secs(8);
    while stuck().await > 0 {
        assert!(std::time::Instant::now() < deadline, "a dropped request left a transaction open");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    println!("{finished} finished, {dropped} dropped, 0 wrong rows, 0 stuck transactions");
}
