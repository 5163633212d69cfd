//! What a service works with: the database, the clock, the providers.

use crate::{
    Clock, Db, Keyring, Rng,
    accounts::{PasswordHasher, breached::Breached, identity_providers::IdentityProviders},
    limits::Limits,
    tenancy::Tenants,
    uploads::Files,
};
use std::sync::Arc;

/// Shared by every request and every job. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// The database, as the role of this process.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub rng: Rng,
    /// Password hashing off the async threads.
    pub hasher: PasswordHasher,
    /// Passwords that were stolen.
    pub breached: Breached,
    /// Where members sign in besides here.
    pub identities: IdentityProviders,
    /// What the world says of domains.
    pub domains: Arc<dyn providers::domains::Domains>,
    /// The keys of sealed fields.
    pub keyring: Keyring,
    /// How much one client may do.
    pub limits: Limits,
    /// Who is where.
    pub tenants: Tenants,
    /// Stripe's API.
    pub stripe: Arc<providers::stripe::Stripe>,
    /// Where mails go.
    pub mail: Arc<providers::mail::Mailer>,
    /// What members upload.
    pub files: Files,
}

impl Services {
    /// The moment.
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// A new id of this moment.
    pub fn id<T: From<uuid::Uuid>>(&self) -> T {
        self.rng.id(self.clock.now())
    }
}
