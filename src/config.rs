//! The configuration: `Leptos.toml`, environment variables over it, secrets from the
//! environment alone. `docs/configuration.md` explains each setting.

mod uploads;

use serde::Deserialize;
use std::{net::SocketAddr, path::Path, str::FromStr};
use toml::{Table, Value};
pub use uploads::{StoreKind, UploadsConfig};

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where pages and files are.
    pub leptos: LeptosConfig,
    /// The web server.
    pub server: ServerConfig,
    /// The database's pools.
    pub database: DatabaseConfig,
    /// The job runner.
    pub worker: WorkerConfig,
    /// Stripe.
    pub stripe: StripeConfig,
    /// Mail.
    pub mail: MailConfig,
    /// Files that members send.
    pub uploads: UploadsConfig,
    /// Accounts.
    pub accounts: AccountsConfig,
    /// Schools' own domains.
    pub domains: DomainsConfig,
    /// How much one client may do.
    pub limits: domain::limits::Limits,
    /// The log.
    pub log: LogConfig,
    /// From the environment, never from the file.
    #[serde(skip)]
    pub secrets: Secrets,
}

/// `[leptos]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeptosConfig {
    /// The folder with the built site.
    pub site_root: String,
    /// The folder of the WASM, script and style sheet inside it.
    pub site_pkg_dir: String,
}

/// `[server]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// Development or production.
    pub environment: Environment,
    /// The address to listen on.
    pub addr: SocketAddr,
    /// The platform's own address as browsers see it.
    pub origin: String,
    /// How many proxies stand before the server.
    pub proxies: usize,
    /// How many passwords are hashed at once.
    pub password_hashes: usize,
    /// Seconds that running requests get to finish on shutdown.
    pub shutdown_seconds: u64,
}

/// What the server is for.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// The emulator, the mailbox and the gallery are there.
    Development,
    /// None of them is; a missing secret stops the start.
    Production,
}

/// `[database]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// Connections of the web server.
    pub app_connections: u32,
    /// Connections of the job runner.
    pub worker_connections: u32,
}

/// `[worker]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkerConfig {
    /// Whether `serve` runs jobs too.
    pub inside_serve: bool,
    /// Jobs at once.
    pub concurrency: usize,
}

/// `[stripe]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StripeConfig {
    /// Stripe's API.
    pub api_url: String,
    /// The origin of its payment page.
    pub page_origin: String,
    /// Port of the emulator; 0 takes a free one.
    pub emulator_port: u16,
    /// A file in which the emulator keeps its state between starts.
    pub emulator_state: String,
}

/// `[mail]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// A page in development, or SMTP.
    pub transport: MailTransport,
    /// The sender's address; its name is the tenant's.
    pub from: String,
    /// SMTP host.
    pub smtp_host: String,
    /// SMTP port.
    pub smtp_port: u16,
    /// SMTP user; without one the server is used without signing in.
    pub smtp_user: String,
}

/// How mail leaves.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum MailTransport {
    /// It stays, and a page shows it.
    Mailbox,
    /// By SMTP.
    Smtp,
}

/// `[accounts]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountsConfig {
    /// A file with hashes of stolen passwords; without one, only the common ones are known.
    pub breached_passwords: String,
    /// Places (`host:port`, commas between) on our own network that members may sign in at; they need not speak TLS.
    pub inner_identity_providers: String,
}

/// `[domains]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainsConfig {
    /// The name server that is asked (`ip:port`); without one, those of this machine.
    pub name_server: String,
    /// Domains (`host:port`, commas between) that may lead to our own network and need not speak TLS.
    pub inner: String,
}

/// `[log]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// Lines for people or for machines.
    pub format: LogFormat,
    /// A tracing filter.
    pub filter: String,
}

/// What a line of the log looks like.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// What must not stand in a file.
#[derive(Clone, Default)]
pub struct Secrets {
    /// The owner's connection: migrations and the demo data.
    pub database_url: Option<String>,
    /// The web server's connection.
    pub app_database_url: Option<String>,
    /// The job runner's connection.
    pub worker_database_url: Option<String>,
    /// Stripe's key. Without one the emulator runs.
    pub stripe_key: Option<String>,
    /// The webhook's signing secrets; two during a rotation.
    pub stripe_webhook_secrets: Vec<String>,
    /// SMTP password.
    pub smtp_password: Option<String>,
    /// The bearer token of `/metrics`.
    pub metrics_token: Option<String>,
    /// The keys of sealed fields.
    pub keys: Option<String>,
    /// The bucket's key: its id and itself.
    pub s3_key: Option<(String, String)>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration {path}: {cause}")]
    File {
        /// Which file.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// A setting is unknown, missing or of the wrong kind; the text names it.
    #[error("configuration: {0}")]
    Shape(String),
    /// A setting has a value that cannot work.
    #[error("configuration: {setting}: {problem}")]
    Value {
        /// `section.key`, or the variable's name.
        setting: &'static str,
        /// What is wrong with it.
        problem: String,
    },
}

impl Config {
    /// Reads the file at `path` and the process's environment.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::File { path: path.display().to_string(), cause })?;
        Self::parse(&text, std::env::vars())
    }

    /// Reads a file's text and variables. `WEMASTER_<SECTION>_<KEY>` replaces a setting.
    pub fn parse(text: &str, variables: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let mut table = Table::from_str(text).map_err(|error| ConfigError::Shape(error.to_string()))?;
        let mut secrets = Secrets::default();
        let (mut s3_id, mut s3_secret) = (None, None);
        for (name, value) in variables {
            match name.as_str() {
                name if value.is_empty() && SECRETS.contains(&name) => {}
                "DATABASE_URL" => secrets.database_url = Some(value),
                "APP_DATABASE_URL" => secrets.app_database_url = Some(value),
                "WORKER_DATABASE_URL" => secrets.worker_database_url = Some(value),
                "STRIPE_SECRET_KEY" => secrets.stripe_key = Some(value),
                "STRIPE_WEBHOOK_SECRETS" => {
                    secrets.stripe_webhook_secrets =
                        value.split(',').map(str::trim).filter(|secret| !secret.is_empty()).map(str::to_owned).collect();
                }
                "SMTP_PASSWORD" => secrets.smtp_password = Some(value),
                "METRICS_TOKEN" => secrets.metrics_token = Some(value),
                "SEALING_KEYS" => secrets.keys = Some(value),
                "S3_ACCESS_KEY_ID" => s3_id = Some(value),
                "S3_SECRET_ACCESS_KEY" => s3_secret = Some(value),
                _ => replace(&mut table, &name, &value)?,
            }
        }
        secrets.s3_key = s3_id.zip(s3_secret);
        let mut config: Self = table.try_into().map_err(|error: toml::de::Error| ConfigError::Shape(error.message().to_owned()))?;
        config.secrets = secrets;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong = |setting, problem: &str| Err(ConfigError::Value { setting, problem: problem.to_owned() });
        if let Err(error) = domain::tenancy::Tenants::new(&self.server.origin) {
            return wrong("server.origin", &error.to_string());
        }
        if self.server.password_hashes == 0 {
            return wrong("server.password_hashes", "must be at least 1");
        }
        if self.database.app_connections == 0 || self.database.worker_connections < 2 {
            return wrong("database", "needs at least 1 app_connections and 2 worker_connections");
        }
        if self.worker.concurrency == 0 {
            return wrong("worker.concurrency", "must be at least 1");
        }
        if self.limits.sign_ins_per_minute == 0 {
            return wrong("limits.sign_ins_per_minute", "must be at least 1");
        }
        if !self.mail.from.contains('@') {
            return wrong("mail.from", "must be a mail address");
        }
        if self.mail.transport == MailTransport::Smtp && self.mail.smtp_host.is_empty() {
            return wrong("mail.smtp_host", "is needed for transport = \"smtp\"");
        }
        self.uploads.check(self.server.environment, &self.secrets)?;
        if self.secrets.stripe_key.is_some() && self.secrets.stripe_webhook_secrets.is_empty() {
            return wrong("STRIPE_WEBHOOK_SECRETS", "is needed with STRIPE_SECRET_KEY");
        }
        if self.server.environment == Environment::Production {
            if !self.server.origin.starts_with("https://") {
                return wrong("server.origin", "must be https:// in production");
            }
            if self.secrets.stripe_key.is_none() {
                return wrong("STRIPE_SECRET_KEY", "is needed in production");
            }
            if self.mail.transport != MailTransport::Smtp {
                return wrong("mail.transport", "must be \"smtp\" in production");
            }
            if self.secrets.metrics_token.is_none() {
                return wrong("METRICS_TOKEN", "is needed in production: behind a proxy every peer looks like loopback");
            }
            if self.server.proxies == 0 {
                return wrong("server.proxies", "must be at least 1 in production: somebody before the server speaks TLS");
            }
            if self.secrets.keys.is_none() {
                return wrong("SEALING_KEYS", "is needed in production");
            }
            if self.secrets.app_database_url.is_none() {
                return wrong("APP_DATABASE_URL", "is needed in production");
            }
        }
        Ok(())
    }
}

/// The variables that are secrets; an empty one counts as not set.
const SECRETS: [&str; 10] = [
    "DATABASE_URL",
    "APP_DATABASE_URL",
    "WORKER_DATABASE_URL",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRETS",
    "SMTP_PASSWORD",
    "METRICS_TOKEN",
    "SEALING_KEYS",
    "S3_ACCESS_KEY_ID",
    "S3_SECRET_ACCESS_KEY",
];

/// Variables that begin as settings do and belong to scripts, tests and gates.
const NO_SETTINGS: [&str; 12] = [
    "WEMASTER_CANCELLED",
    "WEMASTER_EMULATOR",
    "WEMASTER_FAILPOINT",
    "WEMASTER_ISSUER",
    "WEMASTER_LOCAL",
    "WEMASTER_NAMES",
    "WEMASTER_ORIGIN",
    "WEMASTER_POSTGRES_LOG",
    "WEMASTER_PROBES",
    "WEMASTER_PROGRAM",
    "WEMASTER_SUPERUSER_URL",
    "WEMASTER_TARGET",
];

/// Replaces a setting by `WEMASTER_<SECTION>_<KEY>`; other variables are none of ours. One that
/// names no setting is an error: a mistyped `…_ENVIRONMENT` would leave a server in development.
fn replace(table: &mut Table, name: &str, value: &str) -> Result<(), ConfigError> {
    let Some(setting) = name.strip_prefix("WEMASTER_").filter(|_| !NO_SETTINGS.contains(&name)) else { return Ok(()) };
    let unknown = || ConfigError::Shape(format!("{name} names no setting"));
    let (section, key) = setting.split_once('_').ok_or_else(unknown)?;
    let section = table.get_mut(&section.to_lowercase()).and_then(Value::as_table_mut).ok_or_else(unknown)?;
    let key = key.to_lowercase();
    let replaced = match section.get(&key) {
        Some(Value::String(_)) => Value::String(value.to_owned()),
        Some(Value::Integer(_)) => value.parse().map(Value::Integer).map_err(|_| shape(name, "a whole number"))?,
        Some(Value::Boolean(_)) => value.parse().map(Value::Boolean).map_err(|_| shape(name, "true or false"))?,
        _ => return Err(unknown()),
    };
    section.insert(key, replaced);
    Ok(())
}

fn shape(name: &str, expected: &str) -> ConfigError {
    ConfigError::Shape(format!("{name} must be {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../Leptos.toml");

    fn with(variables: &[(&str, &str)]) -> Result<Config, String> {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::parse(FILE, variables).map_err(|error| error.to_string())
    }

    #[test]
    fn the_file_in_the_repository_is_valid() {
        assert_eq!(with(&[]).unwrap().server.environment, Environment::Development);
    }

    #[test]
    fn variables_replace_settings_of_the_right_kind() {
        assert_eq!(with(&[("WEMASTER_SERVER_ADDR", "127.0.0.1:4000")]).unwrap().server.addr.port(), 4000);
        assert!(!with(&[("WEMASTER_WORKER_INSIDE_SERVE", "false")]).unwrap().worker.inside_serve);
        assert!(with(&[("WEMASTER_WORKER_CONCURRENCY", "many")]).unwrap_err().contains("WEMASTER_WORKER_CONCURRENCY"));
        assert!(with(&[("WEMASTER_STRIPE_EMULATOR_STATE", "")]).unwrap().stripe.emulator_state.is_empty());
        assert!(with(&[("WEMASTER_ENVIRONMENT", "production")]).unwrap_err().contains("WEMASTER_ENVIRONMENT"));
        assert!(with(&[("WEMASTER_SERVRE_ADDR", "127.0.0.1:1")]).unwrap_err().contains("WEMASTER_SERVRE_ADDR"));
        assert!(with(&[("WEMASTER_SERVER_COLOUR", "red")]).unwrap_err().contains("WEMASTER_SERVER_COLOUR"));
    }

    #[test]
    fn a_wrong_setting_is_named() {
        let unknown = Config::parse(&format!("{FILE}\nspeed = 3\n"), std::iter::empty()).unwrap_err().to_string();
        assert!(unknown.contains("speed"), "{unknown}");
        assert!(with(&[("WEMASTER_SERVER_ORIGIN", "ftp://x")]).unwrap_err().contains("server.origin"));
        assert!(with(&[("WEMASTER_MAIL_TRANSPORT", "pigeon")]).unwrap_err().contains("pigeon"));
    }

    #[test]
    fn a_store_and_a_scanner_are_told_completely() {
        assert!(with(&[("WEMASTER_UPLOADS_SCANNER", "localhost")]).unwrap_err().contains("uploads.scanner"));
        assert!(with(&[("WEMASTER_UPLOADS_STORE", "s3")]).unwrap_err().contains("uploads.s3_bucket"));
        let bucket = [("WEMASTER_UPLOADS_STORE", "s3"), ("WEMASTER_UPLOADS_S3_BUCKET", "files"), ("S3_ACCESS_KEY_ID", "id")];
        assert!(with(&bucket).unwrap_err().contains("S3_ACCESS_KEY_ID"));
        assert!(with(&[&bucket[..], &[("S3_SECRET_ACCESS_KEY", "key")]].concat()).is_ok());
        assert!(with(&[("WEMASTER_UPLOADS_QUOTA_MIB", "0")]).unwrap_err().contains("uploads"));
        let production = Secrets::default();
        let mut uploads = with(&[("WEMASTER_UPLOADS_SCANNER", "none")]).unwrap().uploads;
        assert!(uploads.check(Environment::Development, &production).is_ok());
        assert!(uploads.check(Environment::Production, &production).unwrap_err().to_string().contains("uploads.scanner"));
        uploads.scanner = "unix:/run/clamav/clamd.ctl".to_owned();
        assert!(uploads.check(Environment::Production, &production).is_ok());
    }

    #[test]
    fn production_needs_its_secrets() {
        let production = [("WEMASTER_SERVER_ENVIRONMENT", "production"), ("WEMASTER_SERVER_ORIGIN", "https://wemaster.example")];
        assert!(with(&production).unwrap_err().contains("STRIPE_SECRET_KEY"));
    }
}
