//! Argon2id off the async threads, with a bound on parallel hashes.

use crate::{Error, Result, Rng};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier, phc::PasswordHash},
};
use kernel::AppError;
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// How long a sign-in waits for its turn before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(3);
/// When to come back.
const RETRY_AFTER_SECONDS: u32 = 5;

/// Hashes passwords: Argon2id, 19 MiB, two passes (OWASP's first choice). Each running hash
/// holds its 19 MiB, so only as many run at once as there are permits; the rest wait in line
/// without a thread, and not for long: a flood of sign-ins is told to come back.
#[derive(Clone)]
pub struct PasswordHasher {
    argon: Argon2<'static>,
    permits: Arc<Semaphore>,
    rng: Rng,
    /// The hash of nobody's password: checked for unknown addresses, so that both take as long.
    nobody: Arc<str>,
}

impl PasswordHasher {
    /// At most `parallel` hashes at once.
    pub fn new(parallel: usize, rng: Rng) -> Result<Self> {
        let params = Params::new(19 * 1024, 2, 1, None).map_err(|_| Error::Broken("argon2 parameters"))?;
        Self::with_params(parallel, rng, params)
    }

    /// Cheap parameters, for tests and the demo data only.
    pub fn cheap(rng: Rng) -> Result<Self> {
        let params = Params::new(8, 1, 1, None).map_err(|_| Error::Broken("argon2 parameters"))?;
        Self::with_params(4, rng, params)
    }

    fn with_params(parallel: usize, rng: Rng, params: Params) -> Result<Self> {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hash_with(&argon, "nobody", &rng.bytes())?;
        Ok(Self { argon, permits: Arc::new(Semaphore::new(parallel.max(1))), rng, nobody: nobody.into() })
    }

    /// The PHC string of `password`.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let argon = self.argon.clone();
        let password = password.to_owned();
        let salt = self.rng.bytes();
        self.run(move || hash_with(&argon, &password, &salt)).await?
    }

    /// Whether `password` is the one behind `hash`. Without a hash the answer is no, after
    /// the same work.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let argon = self.argon.clone();
        let password = password.to_owned();
        let known = hash.is_some();
        let hash = hash.unwrap_or(&self.nobody).to_owned();
        let right =
            self.run(move || PasswordHash::new(&hash).is_ok_and(|hash| argon.verify_password(password.as_bytes(), &hash).is_ok())).await?;
        Ok(right && known)
    }

    /// Whether `hash` was made with other parameters than today's.
    pub fn is_outdated(&self, hash: &str) -> bool {
        PasswordHash::new(hash)
            .ok()
            .and_then(|hash| Params::try_from(&hash).ok())
            .is_none_or(|params| params.m_cost() != self.argon.params().m_cost() || params.t_cost() != self.argon.params().t_cost())
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let waited = tokio::time::timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned()).await;
        let permit =
            waited.map_err(|_| AppError::RateLimited(RETRY_AFTER_SECONDS))?.map_err(|_| Error::Broken("the hasher is never closed"))?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        })
        .await
        .map_err(|_| Error::Broken("hashing does not panic"))
    }
}

fn hash_with(argon: &Argon2<'_>, password: &str, salt: &[u8; 16]) -> Result<String> {
    argon
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|_| Error::Broken("a password can be hashed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_account_verifies() {
        let hasher = PasswordHasher::cheap(Rng::seeded(1)).unwrap();
        let hash = hasher.hash("correct horse").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$"));
        assert!(hasher.verify("correct horse", Some(&hash)).await.unwrap());
        assert!(!hasher.verify("wrong", Some(&hash)).await.unwrap());
        assert!(!hasher.verify("nobody", None).await.unwrap());
        assert!(!hasher.verify("x", Some("not a hash")).await.unwrap());
    }

    #[tokio::test]
    async fn a_hash_of_other_parameters_is_outdated() {
        let cheap = PasswordHasher::cheap(Rng::seeded(1)).unwrap();
        let real = PasswordHasher::new(1, Rng::seeded(2)).unwrap();
        let hash = cheap.hash("correct horse").await.unwrap();
        assert!(!cheap.is_outdated(&hash));
        assert!(real.is_outdated(&hash));
    }
}
