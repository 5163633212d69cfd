//! Where uploaded files are: a folder, or a bucket of anything that speaks S3.

mod connector;

use bytes::Bytes;
use futures::{Stream, StreamExt, TryStreamExt, stream::BoxStream};
use jiff::Timestamp;
use object_store::{ObjectStore, ObjectStoreExt, aws::AmazonS3Builder, local::LocalFileSystem, memory::InMemory, path::Path};
use std::{fmt, sync::Arc};

/// A bucket.
#[derive(Clone, Default)]
pub struct S3Config {
    /// Its name.
    pub bucket: String,
    /// Its region; of a service that knows none, `us-east-1`.
    pub region: String,
    /// The service's address if it is not Amazon's.
    pub endpoint: String,
    /// The key's id.
    pub access_key: String,
    /// The key.
    pub secret_key: String,
}

/// Why the store did not do it. Trying again may help.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StoreError(String);

impl From<object_store::Error> for StoreError {
    fn from(error: object_store::Error) -> Self {
        Self(error.to_string())
    }
}

/// An object as a list has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its key.
    pub key: String,
    /// When it was stored, by the store's clock.
    pub stored_at: Timestamp,
}

/// An object being read.
pub struct Reading {
    /// How many bytes it has.
    pub size: u64,
    /// Its bytes.
    pub bytes: BoxStream<'static, Result<Bytes, StoreError>>,
}

/// An object store. Cheap to clone. Keys are paths of plain letters, digits, dots and hyphens.
#[derive(Clone)]
pub struct Store {
    inner: Arc<dyn ObjectStore>,
    place: Arc<str>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Store").field(&self.place).finish()
    }
}

impl Store {
    /// A folder, made if it is not there.
    pub fn folder(path: &str) -> Result<Self, StoreError> {
        std::fs::create_dir_all(path).map_err(|error| StoreError(format!("{path}: {error}")))?;
        Ok(Self { inner: Arc::new(LocalFileSystem::new_with_prefix(path)?), place: format!("the folder {path}").into() })
    }

    /// A bucket. A plain `http` endpoint is let through on this machine alone.
    pub fn s3(config: &S3Config) -> Result<Self, StoreError> {
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&config.bucket)
            .with_region(if config.region.is_empty() { "us-east-1" } else { &config.region })
            .with_access_key_id(&config.access_key)
            .with_secret_access_key(&config.secret_key)
            .with_http_connector(connector::Connector);
        if !config.endpoint.is_empty() {
            builder = builder.with_endpoint(&config.endpoint);
            if let Some(rest) = config.endpoint.strip_prefix("http://") {
                let host = rest.rsplit_once(':').map_or(rest, |(host, _)| host);
                if !crate::mail::is_loopback(host) {
                    return Err(StoreError(format!("{} must be https", config.endpoint)));
                }
                builder = builder.with_allow_http(true);
            }
        }
        Ok(Self { inner: Arc::new(builder.build()?), place: format!("the bucket {}", config.bucket).into() })
    }

    /// Memory. For tests.
    pub fn memory() -> Self {
        Self { inner: Arc::new(InMemory::new()), place: "memory".into() }
    }

    /// Where it is, for people.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Stores an object, in place of one that may be there.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<(), StoreError> {
        self.inner.put(&path(key)?, bytes.into()).await?;
        Ok(())
    }

    /// A whole object; `None` when there is none.
    pub async fn get(&self, key: &str) -> Result<Option<Bytes>, StoreError> {
        match self.inner.get(&path(key)?).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// An object in pieces, as they come; `None` when there is none.
    pub async fn read(&self, key: &str) -> Result<Option<Reading>, StoreError> {
        match self.inner.get(&path(key)?).await {
            Ok(found) => Ok(Some(Reading { size: found.meta.size, bytes: found.into_stream().map_err(StoreError::from).boxed() })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes an object, if it is there.
    pub async fn delete(&self, key: &str) -> Result<(), StoreError> {
        match self.inner.delete(&path(key)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Every object below `folder`, in no order, as the store tells them.
    pub fn list(&self, folder: &str) -> Result<impl Stream<Item = Result<Object, StoreError>> + Send + 'static, StoreError> {
        Ok(self.inner.list(Some(&path(folder)?)).map(|found| {
            let found = found?;
            let stored_at = Timestamp::from_second(found.last_modified.timestamp()).map_err(|error| StoreError(error.to_string()))?;
            Ok(Object { key: found.location.to_string(), stored_at })
        }))
    }

    /// Writes, reads and removes an object: whether the store does what it must.
    pub async fn check(&self) -> Result<(), StoreError> {
        let key = "check/check";
        self.put(key, Bytes::from_static(b"check")).await?;
        let read = self.get(key).await?;
        self.delete(key).await?;
        if read.as_deref() == Some(b"check") { Ok(()) } else { Err(StoreError("what was stored does not come back".to_owned())) }
    }
}

fn path(key: &str) -> Result<Path, StoreError> {
    Path::parse(key).map_err(|error| StoreError(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_object_comes_back_and_goes() {
        let store = Store::memory();
        store.check().await.unwrap();
        store.put("a/b/original", Bytes::from_static(b"x")).await.unwrap();
        store.put("a/c/original", Bytes::from_static(b"y")).await.unwrap();
        let below: Vec<Object> = store.list("a/b").unwrap().try_collect().await.unwrap();
        assert_eq!(below.iter().map(|object| object.key.as_str()).collect::<Vec<_>>(), ["a/b/original"]);
        store.delete("a/b/original").await.unwrap();
        store.delete("a/b/original").await.unwrap();
        assert_eq!(store.get("a/b/original").await.unwrap(), None);
        assert!(store.read("a/b/original").await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_key_does_not_leave_the_folder() {
        let folder = std::env::temp_dir().join(format!("wemaster-store-{}", std::process::id()));
        let store = Store::folder(&folder.join("inner").display().to_string()).unwrap();
        for key in ["../outside", "a/../../outside", "a/./b"] {
            assert!(store.put(key, Bytes::from_static(b"x")).await.is_err(), "{key}");
        }
        store.check().await.unwrap();
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn keys_and_files_do_not_travel_in_plain_text() {
        let at = |endpoint: &str| Store::s3(&S3Config { bucket: "b".into(), endpoint: endpoint.into(), ..S3Config::default() });
        assert!(at("http://127.0.0.1:9000").is_ok());
        assert!(at("https://s3.example").is_ok());
        assert!(at("http://s3.example").is_err());
    }
}
