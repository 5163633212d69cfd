//! Files: held until a real scanner has seen them.

mod objects;
mod quota;
mod rows;
mod s3;
mod shown;
mod verdicts;

use crate::{clamd::Clamd, harness::Harness};
use bytes::Bytes;
use domain::{
    Actor, Db, Error, Services, db,
    uploads::{self, Asked, Purpose},
    worker,
};
use futures::TryStreamExt;
use kernel::{
    AppError, Role,
    ids::{TenantId, UploadId},
};
use sqlx::PgPool;
use std::time::Duration;

/// A school with somebody who sends files, and a scanner.
pub struct Desk {
    pub school: Harness,
    /// The services of the job runner's role.
    pub worker: Services,
    pub clamd: Clamd,
    pub tutor: Actor,
}

impl Desk {
    /// With a scanner that answers.
    pub async fn new(owner: PgPool) -> Self {
        Self::with(owner, Clamd::running()).await
    }

    pub async fn with(owner: PgPool, clamd: Clamd) -> Self {
        let mut school = Harness::new(owner).await;
        school.services.files.scanner = clamd.scanner(Duration::from_secs(20));
        let url = std::env::var("DATABASE_URL").unwrap();
        let options = db::as_role(&school.owner.connect_options(), &url, db::WORKER_ROLE);
        let worker = Services { db: Db::connect(options, 10).await.unwrap(), ..school.services.clone() };
        let tutor = school.member("Tom Tutor", &[Role::Tutor]).await;
        Self { school, worker, clamd, tutor }
    }

    pub fn services(&self) -> &Services {
        &self.school.services
    }

    pub async fn send(&self, actor: &Actor, purpose: Purpose, name: &str, bytes: impl Into<Bytes>) -> Result<UploadId, Error> {
        // Of two in one millisecond neither is the newer one.
        self.school.clock.set(self.services().now() + jiff::SignedDuration::from_millis(1));
        let permit = uploads::permit(self.services(), actor, purpose).await?;
        uploads::accept(self.services(), actor, permit, name, Some(bytes.into())).await
    }

    /// Sends an attachment of the tutor.
    pub async fn attach(&self, name: &str, bytes: impl Into<Bytes>) -> UploadId {
        self.send(&self.tutor, Purpose::Attachment, name, bytes).await.unwrap()
    }

    /// Runs the jobs that are due; none may fail.
    pub async fn work(&self) {
        assert_eq!(worker::run_once(&self.worker).await.unwrap().failed, 0);
    }

    /// Lets so many minutes pass, then takes up what waits.
    pub async fn later(&self, minutes: i64) {
        self.school.clock.set(self.services().now() + jiff::SignedDuration::from_mins(minutes));
        uploads::sweep(&self.worker).await.unwrap();
        self.work().await;
    }

    /// Status and reason.
    pub async fn state(&self, upload: UploadId) -> (String, String) {
        let mut tx = self.school.tx().await;
        sqlx::query_as("SELECT status, reason FROM uploads WHERE tenant_id = $1 AND id = $2")
            .bind(self.school.tenant.id.0)
            .bind(upload.0)
            .fetch_one(tx.conn())
            .await
            .unwrap()
    }

    /// What the files' host has at an address; with a signature that holds.
    pub async fn had(&self, tenant: TenantId, upload: UploadId, name: &str, query: Option<&str>) -> Option<Bytes> {
        let pairs: Vec<(&str, &str)> = query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('=')).collect();
        let signed = query.map(|_| (pairs[0].1.parse().unwrap(), pairs[1].1.parse().unwrap(), pairs[2].1));
        match uploads::open(self.services(), &Asked { tenant, upload, name, signed }).await {
            Ok(served) => Some(served.reading.bytes.try_collect::<Vec<Bytes>>().await.unwrap().concat().into()),
            Err(Error::App(AppError::NotFound)) => None,
            Err(other) => panic!("{other}"),
        }
    }

    /// The same of the school's own, without a signature.
    pub async fn public(&self, upload: UploadId, name: &str) -> Option<Bytes> {
        self.had(self.school.tenant.id, upload, name, None).await
    }

    /// The keys of all objects, in order.
    pub async fn objects(&self) -> Vec<String> {
        let listed = self.services().files.store.list(&self.school.tenant.id.to_string()).unwrap();
        let mut keys: Vec<String> = listed.map_ok(|object| object.key).try_collect().await.unwrap();
        keys.sort();
        keys
    }

    pub async fn used(&self) -> i64 {
        uploads::storage(self.services(), &self.school.admin).await.unwrap().used
    }
}
