//! The job runner as it runs in the server.

use crate::{
    catalogue::figures::{ended, taught, with_lesson},
    till::Till,
};
use domain::worker;
use sqlx::PgPool;
use std::time::Duration;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn it_runs_until_it_is_told_to_stop(owner: PgPool) {
    let till = Till::new(owner).await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    for event in till.events().await {
        till.deliver(&event).await;
    }
    let mail = till.services().mail.clone();
    let mailed = async move {
        while mail.sent().len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    worker::run(&till.worker, 4, mailed).await.unwrap();
    assert_eq!(till.booked().await, 1);
    assert_eq!(till.balances().await, Till::paid_once());
    let workers: i64 =
        sqlx::query_scalar("SELECT count(*) FROM graphile_worker._private_workers").fetch_one(&till.school.owner).await.unwrap();
    assert_eq!(workers, 0, "it has signed off");
}

/// Lessons also end while no worker runs.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn it_starts_with_the_lessons_that_ended_meanwhile(owner: PgPool) {
    let till = Till::new(owner).await;
    let (tutor, lesson) = with_lesson(&till.school, "Tess").await;
    ended(&till.school, lesson, 2 * 24 * 60).await;
    let school = till.school.clone();
    let counted = async move {
        while taught(&school, &tutor).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), worker::run(&till.worker, 1, counted)).await.unwrap().unwrap();
}

/// The web server's role enqueues through the one function and sees nothing of the queue.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_web_server_cannot_touch_the_queue(owner: PgPool) {
    let till = Till::new(owner).await;
    assert!(worker::run_once(till.services()).await.is_err());
    for statement in
        ["SELECT 1 FROM graphile_worker._private_jobs", "SELECT graphile_worker.add_job('sweep')", "SELECT 1 FROM stripe_events"]
    {
        assert!(till.school.sql(statement).await.is_err(), "{statement}");
    }
    let mut connection = till.services().db.pool().acquire().await.unwrap();
    let without_tenant = sqlx::query("SELECT app.enqueue('send_mail', '{}')").execute(&mut *connection).await;
    assert!(without_tenant.is_err(), "no job without a tenant");
}
