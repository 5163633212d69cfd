//! Members as a school's staff sees them: the list, roles and staff roles, suspension, invitations.
//!
//! Nobody gives what they do not have, and nobody acts on somebody who may do more: a staff member with the
//! right to manage members makes nobody an admin and suspends none. The database keeps every school
//! an admin who can sign in.

mod import;
mod invitations;
pub mod merging;
mod model;
mod queries;
mod roles;
mod service;

pub(crate) use import::delete_old as delete_old_imports;
pub use import::{ImportLine, ImportPreview, Imported, LineProblem, import, preview, start_import, update_import};
pub(crate) use invitations::invite_by_platform;
pub use invitations::{Accepted, InvitationDraft, accept, asked_of, invitation, invitations, invite, resend, withdraw};
pub(crate) use invitations::{delete_expired as delete_expired_invitations, reseal as reseal_invitations, told};
pub use model::{Grant, Holder, InvitationRow, MemberDetail, MemberQuery, MemberRow, OpenInvitation, StaffRole};
pub use roles::{StaffRoleDraft, delete_role, save_role, staff_role, staff_roles};
pub(crate) use roles::{is_role_name, roles_of, write_role};
pub(crate) use service::{acting, check_subordinate, checked_reason};
pub use service::{change_roles, export, impersonate, list, member, reinstate, sign_out, suspend};
