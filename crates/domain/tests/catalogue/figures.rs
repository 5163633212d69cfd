//! The figures of tutors follow their lessons.

use crate::{
    harness::{Harness, Hours, Tutor, london},
    till::Till,
};
use domain::catalogue::refresh_taught;
use kernel::ids::BookingId;
use sqlx::{AssertSqlSafe, PgPool};

/// A tutor with one booked lesson.
pub async fn with_lesson(h: &Harness, name: &str) -> (Tutor, BookingId) {
    let tutor = h.tutor(name, Hours::default()).await;
    let offering = h.offering(&tutor, "one_on_one", &[(60, 3000)]).await;
    let student = h.student(&format!("{name} student")).await;
    let (_, booking) = h.booked(&student, offering.variants[0], london("2026-11-17T10:00")).await;
    (tutor, booking)
}

/// Moves a lesson of an hour so that it ended so many minutes ago by the database's clock.
pub async fn ended(h: &Harness, booking: BookingId, minutes: i32) {
    let moved = h
        .owner_sql(&format!(
            "UPDATE lessons SET starts_at = now() - make_interval(mins => {minutes} + 60), ends_at = now() - make_interval(mins => {minutes})
             WHERE id = (SELECT lesson_id FROM bookings WHERE id = '{booking}')"
        ))
        .await;
    assert_eq!(moved, 1);
}

pub async fn taught(h: &Harness, tutor: &Tutor) -> i64 {
    h.count(&format!("SELECT lessons_taught::bigint FROM tutors WHERE id = '{}'", tutor.id)).await
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_lesson_counts_once_it_is_over(owner: PgPool) {
    let till = Till::new(owner).await;
    let h = &till.school;
    let (today, lesson) = with_lesson(h, "Tess").await;
    let (earlier, lesson_before) = with_lesson(h, "Earl").await;
    ended(h, lesson, -5).await;
    ended(h, lesson_before, 120).await;
    refresh_taught(&till.worker, 60).await.unwrap();
    assert_eq!((taught(h, &today).await, taught(h, &earlier).await), (0, 0), "under way, and too long ago to look at");
    ended(h, lesson, 5).await;
    refresh_taught(&till.worker, 60).await.unwrap();
    assert_eq!((taught(h, &today).await, taught(h, &earlier).await), (1, 0));
    refresh_taught(&till.worker, 180).await.unwrap();
    assert_eq!((taught(h, &today).await, taught(h, &earlier).await), (1, 1), "and once only");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_worker_looks_at_every_active_tenant(owner: PgPool) {
    let till = Till::new(owner).await;
    let h = &till.school;
    let other = h.other_school().await;
    let (ours, lesson) = with_lesson(h, "Tess").await;
    let (theirs, their_lesson) = with_lesson(&other, "Tess").await;
    ended(h, lesson, 5).await;
    ended(&other, their_lesson, 5).await;
    other.owner_sql(&format!("UPDATE tenants SET status = 'suspended' WHERE id = '{}'", other.tenant.id)).await;
    let run = async || {
        sqlx::query("SELECT graphile_worker.add_job('refresh_taught', 'null'::json)").execute(&h.owner).await.unwrap();
        assert_eq!(till.run_jobs().await.failed, 0);
        (taught(h, &ours).await, taught(&other, &theirs).await)
    };
    assert_eq!(run().await, (1, 0));
    other.owner_sql(&format!("UPDATE tenants SET status = 'active' WHERE id = '{}'", other.tenant.id)).await;
    assert_eq!(run().await, (1, 1));
}

/// Two transactions that change the same tutor at once: the later one to refresh sees both.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn two_changes_at_once_both_count(owner: PgPool) {
    let h = Harness::new(owner).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let offerings = [h.offering(&tutor, "one_on_one", &[(60, 3000)]).await.id, h.offering(&tutor, "trial", &[(30, 1000)]).await.id];
    h.sql(&format!("SELECT app.refresh_tutor('{}')", tutor.id)).await.unwrap();
    let topics = format!("SELECT cardinality(topics)::bigint FROM tutors WHERE id = '{}'", tutor.id);
    assert_eq!(h.count(&topics).await, 2);

    let archive = |at: usize| format!("UPDATE offerings SET archived_at = now() WHERE id = '{}'", offerings[at]);
    let refresh = format!("SELECT app.refresh_tutor('{}')", tutor.id);
    let (mut first, mut second) = (h.tx().await, h.tx().await);
    for (tx, at) in [(&mut first, 0), (&mut second, 1)] {
        sqlx::query(AssertSqlSafe(archive(at))).execute(tx.conn()).await.unwrap();
    }
    sqlx::query(AssertSqlSafe(refresh.clone())).execute(first.conn()).await.unwrap();
    let later = tokio::spawn(async move {
        sqlx::query(AssertSqlSafe(refresh)).execute(second.conn()).await.unwrap();
        second.commit().await.unwrap();
    });
    let waiting =
        "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE NOT l.granted AND a.datname = current_database()";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&h.owner).await.unwrap() == 0 {
        tokio::task::yield_now().await;
    }
    first.commit().await.unwrap();
    later.await.unwrap();
    assert_eq!(h.count(&topics).await, 0, "both offerings are gone");
}
