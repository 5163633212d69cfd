//! Tenants: which one a host belongs to, their public face, their terms, and how a new one
//! is founded.

mod colour;
pub mod configuration;
pub mod domains;
mod model;
mod queries;
pub mod sender;
mod service;
mod settings;

pub use colour::{Colour, NotAColour};
pub use model::{Standing, Tenant, TenantTerms};
pub use queries::{all, ids, next_number, terms};
pub use service::{Founding, NewTenant, PLATFORM_ID, Tenants, found, open};
pub(crate) use service::{check_free, write};
pub use settings::{FaceDraft, LANGUAGES, MOST_TIERS, TermsDraft, TierDraft, current_terms, save_face, save_flags, save_terms};
