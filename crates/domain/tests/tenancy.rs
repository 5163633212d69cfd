//! What admins decide about their tenant.

mod domains;
mod face;
mod sender;
mod terms;
