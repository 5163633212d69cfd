//! What admins decide about their tenant.

mod face;
mod terms;
