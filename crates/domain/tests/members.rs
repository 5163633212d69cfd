//! Members, roles, invitations.

mod grants;
mod impersonation;
mod import;
mod invitations;
mod list;
mod merging;
