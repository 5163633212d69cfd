//! The public portal: what anybody may see on a tenant's site, and the platform's own host.

#![expect(missing_docs, reason = "the fields of server functions are generated")]

pub mod accounts;
pub mod catalogue;
pub mod cookies;
pub mod development;
pub mod documents;
pub mod guardian;
pub mod home;
mod parts;
pub mod platform;
pub mod preferences;
