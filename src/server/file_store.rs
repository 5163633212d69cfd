//! From `[uploads]` to what uploads need.

use super::start::StartError;
use crate::config::{Config, StoreKind};
use domain::uploads::Files;
use providers::{
    images::Images,
    storage::{S3Config, Store},
    virus_scan::{InvalidAddress, Scanner},
};
use std::time::Duration;

fn setting(setting: &'static str, problem: impl ToString) -> StartError {
    StartError::Setting { setting, problem: problem.to_string() }
}

/// Store, scanner and limits, as configured.
pub fn files(config: &Config) -> Result<Files, StartError> {
    let uploads = &config.uploads;
    let store = match uploads.store {
        StoreKind::Folder => Store::folder(&uploads.folder).map_err(|error| setting("uploads.folder", error))?,
        StoreKind::S3 => {
            let (access_key, secret_key) = config.secrets.s3_key.clone().unwrap_or_default();
            let bucket = S3Config {
                bucket: uploads.s3_bucket.clone(),
                region: uploads.s3_region.clone(),
                endpoint: uploads.s3_endpoint.clone(),
                access_key,
                secret_key,
            };
            Store::s3(&bucket).map_err(|error| setting("uploads.s3_endpoint", error))?
        }
    };
    let address = uploads.scanner.parse().map_err(|error: InvalidAddress| setting("uploads.scanner", error))?;
    let scanner = Scanner::new(address, Duration::from_secs(uploads.scanner_seconds), uploads.scanner_mib.saturating_mul(1 << 20));
    Ok(Files { store, scanner, images: Images::new(uploads.pictures), limits: uploads.limits() })
}
