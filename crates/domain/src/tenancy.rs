//! Tenants: which one a host belongs to, their public face, their terms, and how a new one
//! is founded.

mod colour;
pub mod domains;
mod model;
mod queries;
mod service;
mod settings;

pub use colour::{Colour, NotAColour};
pub use model::{Tenant, TenantTerms};
pub use queries::{all, ids, next_number, terms};
pub(crate) use service::check_free;
pub use service::{Founding, NewTenant, Tenants, found, open};
pub use settings::{FaceDraft, LANGUAGES, MOST_TIERS, TermsDraft, TierDraft, current_terms, save_face, save_terms};
