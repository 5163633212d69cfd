//! What the worker does for uploads.

use super::{clear, scan};
use crate::{
    Result, Services,
    jobs::{Job, Run},
};
use kernel::ids::{TenantId, UploadId};
use serde::{Deserialize, Serialize};

/// Has a held upload looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanUpload {
    /// The upload.
    pub upload: UploadId,
}

impl ScanUpload {
    /// One of an upload waits at a time.
    pub(super) fn key(self) -> String {
        format!("scan_upload:{}", self.upload)
    }
}

impl Job for ScanUpload {
    const TASK: &'static str = "scan_upload";
}

impl Run for ScanUpload {
    async fn run(self, services: &Services, tenant: TenantId) -> Result<()> {
        scan::scan(services, tenant, self.upload).await
    }
}

/// Removes the objects of an upload that it does not need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClearUpload {
    /// The upload.
    pub upload: UploadId,
}

impl ClearUpload {
    /// One of an upload waits at a time.
    pub(super) fn key(self) -> String {
        format!("clear_upload:{}", self.upload)
    }
}

impl Job for ClearUpload {
    const TASK: &'static str = "clear_upload";
}

impl Run for ClearUpload {
    async fn run(self, services: &Services, tenant: TenantId) -> Result<()> {
        clear::clear(services, tenant, self.upload).await
    }
}
