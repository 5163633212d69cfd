//! Members, roles, invitations.

mod grants;
mod import;
mod invitations;
mod list;
