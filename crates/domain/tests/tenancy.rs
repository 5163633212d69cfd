//! What admins decide about their tenant.

mod configuration;
mod domains;
mod face;
mod sender;
mod terms;
