//! The login-session store: one tenant's, over `domain::accounts::sessions`.

use async_trait::async_trait;
use domain::{
    Services,
    accounts::{
        Login,
        sessions::{self, Device},
    },
};
use jiff::Timestamp;
use kernel::ids::TenantId;
use serde::de::DeserializeOwned;
use std::{collections::HashMap, fmt};
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};
use web::{BY, EPOCH, LOADED, MEMBER, VERIFIED};

/// The store of one tenant for one request.
#[derive(Clone)]
pub struct LoginSessionStore {
    services: Services,
    tenant: TenantId,
    device: Device,
}

impl LoginSessionStore {
    /// The store of `tenant`; its sessions are used from `device`.
    pub const fn new(services: Services, tenant: TenantId, device: Device) -> Self {
        Self { services, tenant, device }
    }
}

impl fmt::Debug for LoginSessionStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LoginSessionStore({})", self.tenant)
    }
}

/// The secret is 128 bits by the operating system; the table keeps its SHA-256.
fn secret(id: &Id) -> [u8; 16] {
    id.0.to_le_bytes()
}

fn backend(error: impl fmt::Display) -> Error {
    Error::Backend(error.to_string())
}

fn expiry(record: &Record) -> Timestamp {
    Timestamp::from_second(record.expiry_date.unix_timestamp()).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn field<T: DeserializeOwned>(record: &Record, key: &str) -> Option<T> {
    record.data.get(key).and_then(|value| serde_json::from_value(value.clone()).ok())
}

/// The stored data: without the member, which every load reads afresh.
fn data(record: &Record) -> serde_json::Value {
    record.data.iter().filter(|(key, _)| *key != LOADED).map(|(key, value)| (key.clone(), value.clone())).collect()
}

#[async_trait]
impl SessionStore for LoginSessionStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        record.id = Id(i128::from_le_bytes(self.services.rng.bytes()));
        let member = field(record, MEMBER).ok_or_else(|| backend("a login session has a member"))?;
        let epoch = field(record, EPOCH).ok_or_else(|| backend("a login session has an epoch"))?;
        // Not to be read as nobody's: then it would be a session of the member's own.
        let by = match record.data.get(BY) {
            Some(_) => Some(field(record, BY).ok_or_else(|| backend("an impersonator can be read"))?),
            None => None,
        };
        let login = Login { member, epoch, by, verified: field(record, VERIFIED).unwrap_or_default() };
        sessions::create(&self.services.db, self.tenant, &secret(&record.id), login, &data(record), expiry(record), &self.device)
            .await
            .map_err(backend)
    }

    /// Updates, never inserts: what was revoked meanwhile stays revoked.
    async fn save(&self, record: &Record) -> Result<()> {
        sessions::update(&self.services.db, self.tenant, &secret(&record.id), &data(record), expiry(record))
            .await
            .map(|_| ())
            .map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some(found) = sessions::load(&self.services.db, self.tenant, &secret(id), &self.device).await.map_err(backend)? else {
            return Ok(None);
        };
        let mut data: HashMap<String, serde_json::Value> = serde_json::from_value(found.data).map_err(backend)?;
        data.insert(LOADED.to_owned(), serde_json::to_value(&found.member).map_err(backend)?);
        let expiry_date = OffsetDateTime::from_unix_timestamp(found.expires_at.as_second()).map_err(backend)?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sessions::delete(&self.services.db, self.tenant, &secret(id)).await.map_err(backend)
    }
}
