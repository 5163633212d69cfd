//! Signing in: whether an address that has an account can be told by the time that a wrong password takes, and what
//! five hundred who sign in at the same moment do to everybody else.

use super::{
    load::{self, Target},
    memory,
};
use crate::{
    fault::{Result, ensure},
    people::Student,
    report::{millis, percentile},
    site::Site,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::Barrier, task::JoinSet};
use uuid::Uuid;

/// Wrong passwords, half of them at addresses that nobody has.
const TRIES: usize = 2_000;
/// Who sign in at the same moment.
const CROWD: usize = 500;
/// How long other pages are measured without and with them.
const LENGTH: Duration = Duration::from_secs(6);

/// Measures and prints.
pub async fn run(site: &Site) -> Result<()> {
    timing(site).await?;
    crowd(site).await
}

/// Allowances are not what is measured.
async fn allow(site: &Site) -> Result<()> {
    let mut tx = site.database.tx().await?;
    sqlx::query("DELETE FROM rate_limits").execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}

fn nobody() -> Student {
    Student { id: Uuid::nil(), cookie: String::new() }
}

async fn sign_in(site: &Site, email: &str, password: &str) -> Result<(u16, Duration)> {
    let begun = Instant::now();
    let fields = [("_page", "/sign-in"), ("email", email), ("password", password)];
    let answer = site.visitor.post("/api/accounts/sign_in", &nobody(), &fields).await?;
    Ok((answer.status, begun.elapsed()))
}

async fn timing(site: &Site) -> Result<()> {
    let mut tx = site.database.tx().await?;
    let known: Vec<String> = sqlx::query_scalar("SELECT email FROM members ORDER BY email").fetch_all(&mut *tx).await?;
    drop(tx);
    let (mut existing, mut unknown) = (Vec::new(), Vec::new());
    for nth in 0..TRIES / 2 {
        if nth % 20 == 0 {
            allow(site).await?;
        }
        let email = &known[nth % known.len()];
        // As long as the other, and one after the other in turn, so that nothing else differs.
        let other = format!("x{}", &email[1..]);
        let pairs = [(email.as_str(), &mut existing), (other.as_str(), &mut unknown)];
        let pairs: Vec<_> = if nth % 2 == 0 { pairs.into_iter().collect() } else { pairs.into_iter().rev().collect() };
        for (email, times) in pairs {
            let (status, time) = sign_in(site, email, "not the password of anybody").await?;
            ensure(status == 422, || format!("a wrong password: {status}"))?;
            times.push(time);
        }
    }
    let (existing, unknown) = (percentile(&mut existing, 500), percentile(&mut unknown, 500));
    let apart = (existing.as_secs_f64() / unknown.as_secs_f64() - 1.0) * 100.0;
    println!(
        "\nA wrong password, {TRIES} tries: {} at an address that has an account, {} at one that has none (medians, {apart:+.1} % apart; 5 % are allowed).",
        millis(existing),
        millis(unknown)
    );
    Ok(())
}

async fn crowd(site: &Site) -> Result<()> {
    let target = Target::page("catalogue", &site.visitor.host, "/tutors", None);
    let quiet = load::run(&target, LENGTH).await?;
    allow(site).await?;
    let start = Arc::new(Barrier::new(CROWD));
    let mut running = JoinSet::new();
    for nth in 0..CROWD {
        let (start, visitor) = (Arc::clone(&start), site.visitor.clone());
        running.spawn(async move {
            start.wait().await;
            let email = format!("somebody-{nth}@nowhere.example");
            let fields = [("_page", "/sign-in"), ("email", email.as_str()), ("password", "not the password of anybody")];
            visitor.post("/api/accounts/sign_in", &nobody(), &fields).await.map(|answer| answer.status)
        });
    }
    let beside = load::run(&target, LENGTH).await?;
    let (mut told, mut later, mut broken) = (0, 0, 0);
    while let Some(done) = running.join_next().await {
        match done?? {
            422 => told += 1,
            429 | 503 => later += 1,
            _ => broken += 1,
        }
    }
    ensure(broken == 0, || format!("{broken} of {CROWD} sign-ins got another answer"))?;
    println!(
        "{CROWD} sign-ins at the same moment: {told} answered, {later} told to wait, none broken. The catalogue beside them, {} connections: p99 {} (without them {}), {:.0} requests/s ({:.0}). Memory: {}.",
        load::CONNECTIONS,
        millis(beside.p99),
        millis(quiet.p99),
        beside.per_second,
        quiet.per_second,
        memory(site.process().await?)?
    );
    Ok(())
}
