//! `[uploads]`

use super::{ConfigError, Environment, Secrets};
use domain::uploads::UploadLimits;
use providers::virus_scan::Address;
use serde::Deserialize;

/// `[uploads]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UploadsConfig {
    /// A folder or a bucket.
    pub store: StoreKind,
    /// The folder.
    pub folder: String,
    /// The bucket.
    pub s3_bucket: String,
    /// Its region.
    pub s3_region: String,
    /// The service's address if it is not Amazon's.
    pub s3_endpoint: String,
    /// Where `clamd` is; `none` in development.
    pub scanner: String,
    /// How long it may take for one file.
    pub scanner_seconds: u64,
    /// How much of a file it looks into.
    pub scanner_mib: u64,
    /// The largest logo or photo.
    pub image_mib: u64,
    /// The largest attachment.
    pub attachment_mib: u64,
    /// What one school may keep.
    pub quota_mib: u64,
    /// Pictures made at once.
    pub pictures: usize,
}

/// Where files are.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// A folder of this machine.
    Folder,
    /// A bucket of S3 or what speaks like it.
    S3,
}

impl UploadsConfig {
    /// The limits in bytes.
    pub const fn limits(&self) -> UploadLimits {
        UploadLimits {
            image_bytes: self.image_mib.saturating_mul(1 << 20),
            attachment_bytes: self.attachment_mib.saturating_mul(1 << 20),
            quota_bytes: self.quota_mib.saturating_mul(1 << 20),
        }
    }

    pub(super) fn check(&self, environment: Environment, secrets: &Secrets) -> Result<(), ConfigError> {
        let wrong = |setting, problem: &str| Err(ConfigError::Value { setting, problem: problem.to_owned() });
        let address: Address = match self.scanner.parse() {
            Ok(address) => address,
            Err(error) => return Err(ConfigError::Value { setting: "uploads.scanner", problem: format!("{error}") }),
        };
        if address == Address::Nowhere && environment == Environment::Production {
            return wrong("uploads.scanner", "must be a scanner in production");
        }
        if [self.scanner_seconds, self.scanner_mib, self.image_mib, self.attachment_mib, self.quota_mib].contains(&0) || self.pictures == 0
        {
            return wrong("uploads", "times, sizes and pictures must be at least 1");
        }
        // A file is in memory while it is taken and scanned.
        if self.image_mib > 100 || self.attachment_mib > 100 {
            return wrong("uploads", "image_mib and attachment_mib must be at most 100");
        }
        match self.store {
            StoreKind::Folder if self.folder.is_empty() => wrong("uploads.folder", "is needed for store = \"folder\""),
            StoreKind::S3 if self.s3_bucket.is_empty() => wrong("uploads.s3_bucket", "is needed for store = \"s3\""),
            StoreKind::S3 if secrets.s3_key.is_none() => {
                wrong("S3_ACCESS_KEY_ID", "is needed with S3_SECRET_ACCESS_KEY for store = \"s3\"")
            }
            StoreKind::Folder | StoreKind::S3 => Ok(()),
        }
    }
}
