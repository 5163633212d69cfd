//! From a configuration to running services.

use super::{file_store, files, router::AppState};
use crate::config::{Config, Environment, MailTransport};
use domain::{
    Db, Keyring, Rng, Services,
    accounts::{PasswordHasher, breached::Breached, identity_providers::IdentityProviders},
    clock::SystemClock,
    db::{APP_ROLE, WORKER_ROLE, as_role},
    tenancy::Tenants,
};
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use providers::{
    domains::{Domains, Internet, Misconfigured},
    mail::{Mailer, SmtpConfig, SmtpTls, is_loopback},
    outgoing::{Bounds, Outgoing},
    stripe::{Stripe, StripeConfig},
};
use sqlx::postgres::PgConnectOptions;
use std::{path::PathBuf, str::FromStr, sync::Arc};
use stripe_emulator::{Emulator, WebhookTarget};
use web::Settings;

/// Why the server does not start. Each names what to look at.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A secret is missing or cannot be read.
    #[error("{setting}: {problem}")]
    Setting {
        /// The variable or setting.
        setting: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// The emulator did not start.
    #[error("the Stripe emulator: {0}")]
    Emulator(String),
    /// Anything else that a service needs.
    #[error(transparent)]
    Domain(#[from] domain::Error),
}

fn setting(setting: &'static str, problem: impl ToString) -> StartError {
    StartError::Setting { setting, problem: problem.to_string() }
}

/// The connection of `role`: its own URL, or derived from the owner's.
pub fn connection(config: &Config, role: &'static str) -> Result<PgConnectOptions, StartError> {
    let (own, name) = if role == WORKER_ROLE {
        (&config.secrets.worker_database_url, "WORKER_DATABASE_URL")
    } else {
        (&config.secrets.app_database_url, "APP_DATABASE_URL")
    };
    if let Some(url) = own {
        return PgConnectOptions::from_str(url).map_err(|error| setting(name, error));
    }
    let url = config.secrets.database_url.as_ref().ok_or_else(|| setting(name, "is not set, and neither is DATABASE_URL"))?;
    let owner = PgConnectOptions::from_str(url).map_err(|error| setting("DATABASE_URL", error))?;
    Ok(as_role(&owner, url, role))
}

/// Stripe's client without an emulator: with a key it works, without one nobody answers.
pub fn stripe_client(config: &Config) -> Result<Arc<Stripe>, StartError> {
    let (key, base) = match &config.secrets.stripe_key {
        Some(key) => (key.as_str(), config.stripe.api_url.as_str()),
        None => ("sk_test_nobody", "http://127.0.0.1:9/"),
    };
    let settings = StripeConfig {
        secret_key: key.to_owned(),
        api_base: Some(base.to_owned()),
        webhook_secrets: config.secrets.stripe_webhook_secrets.clone(),
    };
    Ok(Arc::new(Stripe::new(settings).map_err(|error| setting("stripe.api_url", error))?))
}

/// Stripe's client, and the emulator behind it when there is no key.
pub async fn stripe(config: &Config) -> Result<(Arc<Stripe>, Option<Emulator>), StartError> {
    if config.secrets.stripe_key.is_some() {
        return Ok((stripe_client(config)?, None));
    }
    // The secret only has to be the same on both ends of the loopback.
    let secret = "whsec_development".to_owned();
    let webhook = WebhookTarget { url: format!("http://{}/webhooks/stripe", config.server.addr), secret: secret.clone() };
    let state = &config.stripe.emulator_state;
    let emulator = Emulator::start(stripe_emulator::Config {
        port: config.stripe.emulator_port,
        webhooks: vec![webhook],
        state_file: (!state.is_empty()).then(|| PathBuf::from(state)),
        merchant: "WeMaster".to_owned(),
        ..stripe_emulator::Config::default()
    })
    .await
    .map_err(|error| StartError::Emulator(error.to_string()))?;
    let url = emulator.url().to_owned();
    let settings = StripeConfig { secret_key: "sk_test_emulator".to_owned(), api_base: Some(url), webhook_secrets: vec![secret] };
    let stripe = Stripe::new(settings).map_err(|error| setting("stripe.api_url", error))?;
    Ok((Arc::new(stripe), Some(emulator)))
}

fn mailer(config: &Config) -> Result<Mailer, StartError> {
    match config.mail.transport {
        MailTransport::Mailbox => Ok(Mailer::mailbox(&config.mail.from)),
        MailTransport::Smtp => {
            let credentials = (!config.mail.smtp_user.is_empty())
                .then(|| (config.mail.smtp_user.clone(), config.secrets.smtp_password.clone().unwrap_or_default()));
            let smtp = SmtpConfig {
                host: config.mail.smtp_host.clone(),
                port: config.mail.smtp_port,
                tls: match config.mail.smtp_port {
                    465 => SmtpTls::Implicit,
                    _ if credentials.is_none() && is_loopback(&config.mail.smtp_host) => SmtpTls::None,
                    _ => SmtpTls::StartTls,
                },
                credentials,
            };
            Mailer::smtp(&config.mail.from, &smtp).map_err(|error| setting("mail.smtp_host", error))
        }
    }
}

/// The keys of sealed fields; in development without any, the published one.
fn keyring(config: &Config) -> Result<Keyring, StartError> {
    match &config.secrets.keys {
        Some(keys) => Keyring::parse(keys).map_err(|error| setting("SEALING_KEYS", error)),
        None => Ok(Keyring::development()),
    }
}

/// Passwords that were stolen: with the operator's list, if there is one.
pub fn breached(config: &Config) -> Result<Breached, StartError> {
    let path = &config.accounts.breached_passwords;
    if path.is_empty() {
        return Ok(Breached::default());
    }
    Breached::open(path.as_ref()).map_err(|error| setting("accounts.breached_passwords", format!("{path} {error}")))
}

/// Where members sign in besides here.
fn identities(config: &Config) -> Result<IdentityProviders, StartError> {
    let http = Outgoing::new(&places(&config.accounts.inner_identity_providers), Bounds::default());
    Ok(IdentityProviders::new(http.map_err(|error| setting("accounts.inner_identity_providers", error))?))
}

/// What the world says of schools' own domains.
fn domains(config: &Config) -> Result<Arc<dyn Domains>, StartError> {
    let server = &config.domains.name_server;
    let server = (!server.is_empty()).then(|| server.parse().map_err(|error| setting("domains.name_server", error))).transpose()?;
    let internet = Internet::new(server, &places(&config.domains.inner)).map_err(|error| match error {
        Misconfigured::NameServers => setting("domains.name_server", error),
        Misconfigured::Place(_) => setting("domains.inner", error),
    })?;
    Ok(Arc::new(internet))
}

/// `host:port`s with commas between.
fn places(text: &str) -> Vec<&str> {
    text.split(',').map(str::trim).filter(|place| !place.is_empty()).collect()
}

/// The services of a process that connects as `role`.
pub fn services(config: &Config, role: &'static str, stripe: Arc<Stripe>) -> Result<Services, StartError> {
    let connections = if role == APP_ROLE { config.database.app_connections } else { config.database.worker_connections };
    let rng = Rng::from_system();
    Ok(Services {
        db: Db::connect_lazy(connection(config, role)?, connections),
        clock: Arc::new(SystemClock),
        hasher: PasswordHasher::new(config.server.password_hashes, rng.clone())?,
        rng,
        breached: breached(config)?,
        identities: identities(config)?,
        domains: domains(config)?,
        keyring: keyring(config)?,
        limits: config.limits,
        tenants: Tenants::new(&config.server.origin).map_err(|error| setting("server.origin", error))?,
        stripe,
        mail: Arc::new(mailer(config)?),
        files: file_store::files(config)?,
    })
}

/// The database answers, and in production the role that this process connects as is no more than
/// it should be: one above row-level security would see every tenant.
pub async fn check_role(config: &Config, db: &Db) -> Result<(), StartError> {
    let role = db.role().await.map_err(|error| setting("the database", error))?;
    match role.excess {
        Some(excess) if config.server.environment == Environment::Production => {
            Err(setting("the database", format!("connects as {}, {excess}", role.name)))
        }
        _ => Ok(()),
    }
}

/// The state of the web server.
pub fn state(config: &Config, services: Services, payment_origin: String, metrics: PrometheusHandle) -> AppState {
    AppState {
        services,
        leptos: leptos_options(&config.leptos.site_root, &config.leptos.site_pkg_dir),
        settings: Arc::new(Settings {
            development: config.server.environment == Environment::Development,
            payment_origin,
            proxies: config.server.proxies,
            package: files::package(&config.leptos.site_root, &config.leptos.site_pkg_dir),
        }),
        metrics_token: config.secrets.metrics_token.as_deref().map(Into::into),
        metrics,
    }
}

/// What Leptos has to know.
pub fn leptos_options(site_root: &str, pkg_dir: &str) -> LeptosOptions {
    LeptosOptions::builder().output_name("wemaster").site_root(site_root.to_owned()).site_pkg_dir(pkg_dir.to_owned()).build()
}

/// Starts counting. Once a process.
pub fn record_metrics() -> Result<PrometheusHandle, StartError> {
    PrometheusBuilder::new().install_recorder().map_err(|error| setting("metrics", error))
}
