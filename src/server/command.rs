//! The sub-commands.

use super::{handover, router, start, telemetry};
use crate::{
    config::{Config, Environment},
    doctor,
};
use clap::{Parser, Subcommand};
use domain::{
    Clock, Db, Rng, Services,
    accounts::PasswordHasher,
    clock::SystemClock,
    db::{APP_ROLE, WORKER_ROLE},
    tenancy::Tenants,
    worker,
};
use sqlx::postgres::PgConnectOptions;
use std::{
    fs::File,
    io::BufReader,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    str::FromStr,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

/// A multi-tenant tutoring marketplace.
#[derive(Parser)]
#[command(name = "wemaster", version)]
struct Arguments {
    /// The configuration.
    #[arg(long, global = true, default_value = "Leptos.toml")]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the sites, and runs jobs unless `worker.inside_serve` is false.
    Serve,
    /// Runs jobs.
    Worker,
    /// Brings the database up to date.
    Migrate,
    /// Fills the database with the demo tenants, and says how to get in.
    Seed {
        /// Empty the demo tenants that are there and write them again.
        #[arg(long)]
        reset: bool,
    },
    /// Checks configuration, database, zones and providers.
    Doctor,
    /// Makes the file of `accounts.breached_passwords`.
    Passwords {
        /// Have I Been Pwned's SHA-1 list, ordered by hash, as text.
        input: PathBuf,
        /// The file to write.
        output: PathBuf,
    },
    /// Seals fields again by the key that seals now, so that older keys can go.
    Reseal,
    /// Invites an operator of the platform and prints the link of the invitation, or removes one.
    Operator {
        /// Their address.
        email: String,
        /// Take the console from them instead: they are signed out at once.
        #[arg(long)]
        remove: bool,
    },
    /// Forgets again whoever was forgotten since the backup that was just restored.
    ReplayErasures,
    /// Follows every school's audit log from its beginning: is it whole?
    Audit,
}

/// How long after its end the job runner starts again.
const RESTART_JOBS_AFTER: Duration = Duration::from_secs(2);

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Runs the command line.
pub async fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match dispatch(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("wemaster: {fault}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(arguments: Arguments) -> Result<(), Fault> {
    let config = Config::load(&arguments.config)?;
    telemetry::start_log(&config.log)?;
    match arguments.command {
        Command::Serve => serve(config).await,
        Command::Worker => work(config).await,
        Command::Migrate => Ok(domain::db::migrate(owner(&config)?).await?),
        Command::Seed { reset } => seed(&config, reset).await,
        Command::Doctor => doctor::run(&config).await,
        Command::Passwords { input, output } => passwords(&input, &output),
        Command::Reseal => reseal(&config).await,
        Command::Operator { email, remove: true } => remove_operator(&config, &email).await,
        Command::Operator { email, remove: false } => operator(&config, &email).await,
        Command::ReplayErasures => replay_erasures(&config).await,
        Command::Audit => audit(&config).await,
    }
}

fn owner(config: &Config) -> Result<&str, Fault> {
    Ok(config.secrets.database_url.as_deref().ok_or("DATABASE_URL is not set")?)
}

async fn seed(config: &Config, reset: bool) -> Result<(), Fault> {
    if config.server.environment == Environment::Production {
        return Err("the demo tenants have a published password: not in production".into());
    }
    let owner = Db::connect(PgConnectOptions::from_str(owner(config)?)?, 2).await?;
    let hasher = PasswordHasher::new(1, Rng::from_system())?;
    let tenants = Tenants::new(&config.server.origin)?;
    let demos = domain::seed::run(&owner, &hasher, SystemClock.now(), reset).await?;
    println!("The platform: {}", tenants.platform_origin());
    println!("    {}, at /sign-in", domain::seed::OPERATOR);
    for demo in demos {
        println!("{}: {}", demo.name, tenants.origin_of(demo.slug));
        println!("    student@{0}.example, tutor@{0}.example, admin@{0}.example, desk@{0}.example, new@{0}.example", demo.slug);
    }
    println!("Every password is {}. Mails: /_mailbox on each site. Parts: /_gallery.", domain::seed::PASSWORD);
    Ok(())
}

fn passwords(input: &Path, output: &Path) -> Result<(), Fault> {
    let text = File::open(input).map_err(|error| format!("{}: {error}", input.display()))?;
    let count = domain::accounts::breached::convert(BufReader::with_capacity(1 << 20, text), output, SystemClock.now())
        .map_err(|error| format!("from {} to {}: {error}", input.display(), output.display()))?;
    println!("{count} hashes in {}", output.display());
    Ok(())
}

/// Does something with the web server's services, beside a server that runs. Stripe is not called.
async fn with_services<T>(config: &Config, work: impl AsyncFnOnce(Services) -> domain::Result<T>) -> Result<T, Fault> {
    Ok(work(start::services(config, APP_ROLE, start::stripe_client(config)?)?).await?)
}

async fn reseal(config: &Config) -> Result<(), Fault> {
    let fields = with_services(config, async |services| domain::resealing::run(&services).await).await?;
    println!("{fields} fields sealed again. What other keys sealed lives for an hour at most: then they can go.");
    Ok(())
}

async fn operator(config: &Config, email: &str) -> Result<(), Fault> {
    let ticket = with_services(config, async |services| domain::operations::invite_operator(&services, email).await).await?;
    let origin = Tenants::new(&config.server.origin)?.platform_origin();
    println!("{origin}{}", kernel::urls::with_query(kernel::urls::INVITATION, &[("ticket", &ticket)]));
    Ok(())
}

async fn remove_operator(config: &Config, email: &str) -> Result<(), Fault> {
    with_services(config, async |services| domain::operations::remove_operator(&services, email).await).await?;
    println!("{email} is no operator any more.");
    Ok(())
}

async fn replay_erasures(config: &Config) -> Result<(), Fault> {
    let done = with_services(config, async |services| domain::privacy::replay(&services).await).await?;
    println!("{} members are forgotten again; the worker removes what is kept of them.", done.forgotten);
    if done.failed > 0 { Err(format!("{} could not be forgotten again; the log says why", done.failed).into()) } else { Ok(()) }
}

/// Prints each school's log with the hash of its last entry; fails if one is not whole.
async fn audit(config: &Config) -> Result<(), Fault> {
    let db = Db::connect(start::connection(config, APP_ROLE)?, 1).await?;
    let mut broken = 0;
    for tenant in domain::tenancy::all(&db).await? {
        match domain::audit::verify(&db, tenant.id).await? {
            Ok(whole) => println!("ok    {}: {} entries, {}", tenant.slug, whole.entries, whole.hash_text()),
            Err(flaw) => {
                broken += 1;
                println!("FAIL  {}: {flaw}", tenant.slug);
            }
        }
    }
    if broken == 0 { Ok(()) } else { Err(format!("{broken} logs are not whole").into()) }
}

async fn serve(config: Config) -> Result<(), Fault> {
    let metrics = start::record_metrics()?;
    let (stripe, emulator) = start::stripe(&config).await?;
    let services = start::services(&config, APP_ROLE, stripe.clone())?;
    start::check_role(&config, &services.db).await?;
    if let Some(emulator) = &emulator {
        // Before jobs run: some may send refunds.
        handover::to_emulator(&services, emulator).await;
    }
    let stop = CancellationToken::new();
    let jobs =
        if config.worker.inside_serve { Some(spawn_worker(start::services(&config, WORKER_ROLE, stripe)?, &config, &stop)) } else { None };
    let payment_origin = emulator.as_ref().map_or_else(|| config.stripe.page_origin.clone(), |emulator| emulator.url().to_owned());
    let app = router(start::state(&config, services, payment_origin, metrics));
    let listener = TcpListener::bind(config.server.addr).await.map_err(|error| format!("server.addr {}: {error}", config.server.addr))?;
    tracing::info!(addr = %config.server.addr, origin = %config.server.origin, "serving");
    let on_signal = stop.clone();
    tokio::spawn(async move {
        stopped().await;
        on_signal.cancel();
    });
    let grace = Duration::from_secs(config.server.shutdown_seconds);
    let deadline = async {
        stop.cancelled().await;
        tokio::time::sleep(grace).await;
    };
    tokio::pin!(deadline);
    let server = axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(stop.clone().cancelled_owned());
    tokio::select! {
        done = server.into_future() => done?,
        () = &mut deadline => tracing::warn!("requests were still running when the time was up"),
    }
    if let Some(jobs) = jobs {
        // What is left of the same time.
        tokio::select! {
            _ = jobs => {}
            () = &mut deadline => tracing::warn!("jobs were still running when the time was up; they run again"),
        }
    }
    if let Some(emulator) = emulator {
        emulator.shutdown().await;
    }
    tracing::info!("stopped");
    Ok(())
}

async fn work(config: Config) -> Result<(), Fault> {
    let (stripe, emulator) = start::stripe(&config).await?;
    let services = start::services(&config, WORKER_ROLE, stripe)?;
    start::check_role(&config, &services.db).await?;
    let stop = CancellationToken::new();
    let jobs = spawn_worker(services, &config, &stop);
    stopped().await;
    stop.cancel();
    let _ = tokio::time::timeout(Duration::from_secs(config.server.shutdown_seconds), jobs).await;
    if let Some(emulator) = emulator {
        emulator.shutdown().await;
    }
    Ok(())
}

fn spawn_worker(services: Services, config: &Config, stop: &CancellationToken) -> JoinHandle<()> {
    let (concurrency, stop) = (config.worker.concurrency, stop.clone());
    tokio::spawn(async move {
        // The runner ends when the database fails it once. Jobs must go on when that is back.
        while !stop.is_cancelled() {
            metrics::gauge!("job_runner_up").set(1);
            let ended = worker::run(&services, concurrency, stop.clone().cancelled_owned()).await;
            metrics::gauge!("job_runner_up").set(0);
            if stop.is_cancelled() {
                break;
            }
            metrics::counter!("job_runner_restarts_total").increment(1);
            tracing::error!(cause = ended.err().map(|error| error.to_string()), "the job runner ended; it starts again");
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(RESTART_JOBS_AFTER) => {}
            }
        }
    })
}

/// Waits for SIGTERM or SIGINT.
async fn stopped() {
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}
