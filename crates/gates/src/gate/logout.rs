//! Signing out while other requests of the same login session are under way: it never comes back.

use crate::{
    crowd::each,
    fault::{Result, ensure},
    people,
    report::Outcome,
    site::Site,
    stage::Stage,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{sync::Barrier, task::JoinSet};

/// Requests beside each sign-out. All that write something about the session do.
const BESIDE: [&str; 6] = ["/student", "/student/lessons", "/tutors", "/account/security", "/student/orders", "/preferences"];
/// Races at a time.
const AT_ONCE: usize = 8;

/// The gate.
pub async fn run(stage: &Stage) -> Result<Outcome> {
    let races = stage.size(100, 1_000);
    let site = Arc::new(stage.open("logout").await?);
    // Every request notes that the session is used, which writes it.
    forget_uses(&site).await?;
    let alive = Arc::new(AtomicUsize::new(0));
    each(races, AT_ONCE, |number| {
        let (site, alive) = (Arc::clone(&site), Arc::clone(&alive));
        async move { race(&site, number, &alive).await }
    })
    .await?;
    let left: i64 = {
        let ids: Vec<uuid::Uuid> = (0..races).map(|number| people::student(number).id).collect();
        let mut tx = site.database.tx().await?;
        sqlx::query_scalar("SELECT count(*) FROM login_sessions WHERE member_id = ANY ($1)").bind(ids).fetch_one(&mut *tx).await?
    };
    ensure(left == 0, || format!("{left} login sessions came back"))?;
    let alive = alive.load(Ordering::Relaxed);
    // A gate in which nothing was under way would show nothing.
    ensure(alive > races / 2, || format!("only {alive} requests came before a sign-out"))?;
    Arc::into_inner(site).ok_or("the site is used no more")?.end().await?;
    Ok(Outcome {
        size: format!("{races} races × {} requests", BESIDE.len()),
        figure: format!("0 sessions came back; {alive} requests were served before, {} after", races * BESIDE.len() - alive),
    })
}

async fn forget_uses(site: &Site) -> Result<()> {
    let mut tx = site.database.tx().await?;
    sqlx::query("UPDATE login_sessions SET seen_at = now() - interval '1 hour'").execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}

async fn race(site: &Site, number: usize, alive: &AtomicUsize) -> Result<()> {
    let student = people::student(number);
    let start = Arc::new(Barrier::new(BESIDE.len() + 1));
    let mut running = JoinSet::new();
    for (nth, path) in BESIDE.into_iter().enumerate() {
        let (start, visitor, student) = (Arc::clone(&start), site.visitor.clone(), student.clone());
        running.spawn(async move {
            start.wait().await;
            // Some a little later, so that they meet every moment of the sign-out.
            tokio::time::sleep(Duration::from_micros(u64::try_from(nth).unwrap_or(0) * 700)).await;
            let answer = if path == "/preferences" {
                visitor.post(path, &student, &[("theme", "dark")]).await?
            } else {
                visitor.get(path, Some(&student)).await?
            };
            Ok::<_, crate::fault::Fault>((path, answer))
        });
    }
    start.wait().await;
    // In the middle of them; when exactly does not matter.
    tokio::time::sleep(Duration::from_micros(1_500)).await;
    let out = site.visitor.post("/sign-out", &student, &[]).await?;
    ensure(out.leads_on(), || format!("signing out: {}", out.status))?;
    while let Some(done) = running.join_next().await {
        let (path, answer) = done??;
        ensure(answer.status < 500, || format!("{path}: {}", answer.status))?;
        alive.fetch_add(usize::from(answer.status == 200 && path.starts_with("/student")), Ordering::Relaxed);
    }
    let after = site.visitor.get("/student", Some(&student)).await?;
    ensure(after.location.starts_with("/sign-in"), || format!("student {number} is signed in still: {}", after.status))
}
