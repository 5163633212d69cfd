//! The benchmark: five pages of the release server under load, beside what PostgreSQL alone does
//! with each page's own transactions; memory and bytes. One machine, one run, one after the other.

mod bytes;
mod capture;
mod load;
mod pgbench;
mod sign_in;

use crate::{
    fault::Result,
    gate::say,
    people::{self, Student},
    report::{millis, table},
    site::Site,
    stage::Stage,
};
use load::Target;
use std::time::Duration;

/// The demo student and tutor whose pages are measured.
const STUDENT: &str = "student@northside.example";
const TUTOR: &str = "tutor@northside.example";
/// Load before a figure is taken.
const WARM_UP: Duration = Duration::from_secs(1);

/// Measures and prints.
pub async fn run(stage: &Stage, length: Duration) -> Result<()> {
    let done = measure(stage, length).await;
    stage.tidy().await?;
    done
}

async fn measure(stage: &Stage, length: Duration) -> Result<()> {
    let site = stage.demo("bench").await?;
    let targets = targets(&site).await?;
    say("what each page asks of the database …");
    let scripts = capture::scripts(&site, &targets).await?;
    // Sign-ins are bounded by the machine here, not by the allowance of one address.
    site.start(&[("WEMASTER_LIMITS_SIGN_INS_PER_MINUTE", "1000000")]).await?;
    let mut rows = Vec::new();
    for (target, script) in targets.iter().zip(&scripts) {
        say(&format!("{} …", target.name));
        load::run(target, WARM_UP).await?;
        let plain = load::run(target, length).await?;
        let compressed = load::run(&target.compressed(), length / 2).await?;
        let database = match script {
            Some(script) => Some(pgbench::run(stage, &site.database.url, target.name, script, length).await?),
            None => None,
        };
        let weight = bytes::of(stage, target).await?;
        rows.push(vec![
            target.name.to_owned(),
            format!("{:.0}", plain.per_second),
            millis(plain.p50),
            millis(plain.p99),
            database.map_or("–".to_owned(), |tps| format!("{tps:.0}")),
            database.map_or("–".to_owned(), |tps| format!("1/{:.1}", tps / plain.per_second)),
            format!("{:.0}", compressed.per_second),
            weight.html,
            weight.css,
            weight.scripts,
        ]);
    }
    let memory = memory(site.process().await?)?;
    println!();
    table(&["page", "req/s", "p50", "p99", "pgbench/s", "ratio", "req/s br", "HTML br", "CSS br", "JS+WASM br"], &rows);
    println!(
        "\n{} connections, {} s each; \"req/s br\": the browser asks for brotli, the server compresses.",
        load::CONNECTIONS,
        length.as_secs()
    );
    println!("Budgets: CSS 30 KB; JS+WASM 160 KB on a page with an island. Memory after the load: {memory} (budget 80 MB).");
    say("signing in …");
    sign_in::run(&site).await?;
    site.end().await?;
    Ok(())
}

/// The five pages.
async fn targets(site: &Site) -> Result<Vec<Target>> {
    let mut tx = site.database.tx().await?;
    let student: Student = people::sign_in(&mut tx, site.database.tenant, STUDENT).await?;
    let slug: String =
        sqlx::query_scalar("SELECT t.slug FROM tutors t JOIN members m ON m.tenant_id = t.tenant_id AND m.id = t.id WHERE m.email = $1")
            .bind(TUTOR)
            .fetch_one(&mut *tx)
            .await?;
    tx.commit().await?;
    let days = format!(r#"{{"slug":"{slug}","query":"view=month"}}"#);
    let host = &site.visitor.host;
    Ok(vec![
        Target::page("landing", host, "/", None),
        Target::page("catalogue", host, "/tutors", None),
        Target::page("tutor profile", host, &format!("/tutors/{slug}"), None),
        Target::call("free slots", host, "/api/booking/days", &days),
        Target::page("dashboard", host, "/student", Some(&student)),
    ])
}

/// Resident memory of a process, now and at its highest.
fn memory(process: u32) -> Result<String> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let megabytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<f64>().ok()).unwrap_or_default() / 1024.0
    };
    Ok(format!("{:.0} MB resident, {:.0} MB at the highest", megabytes("VmRSS:"), megabytes("VmHWM:")))
}
