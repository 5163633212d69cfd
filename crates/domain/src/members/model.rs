//! What lists and pages about members hold.

use crate::page::Cursor;
use jiff::Timestamp;
use kernel::{
    Permissions, Role, Roles,
    ids::{InvitationId, MemberId, StaffRoleId},
};

/// Whom to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Holder {
    /// Everybody.
    #[default]
    Anybody,
    /// Those with a role.
    Role(Role),
    /// Those with a staff role.
    Staff(StaffRoleId),
    /// Those who are suspended.
    Suspended,
}

/// Which members to list.
#[derive(Clone, Debug, Default)]
pub struct MemberQuery {
    /// Part of a name or an address.
    pub text: String,
    /// Only these.
    pub holder: Holder,
    /// [`Page::next`](crate::page::Page) of the page before.
    pub cursor: Option<Cursor>,
}

/// A member in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The member.
    pub id: MemberId,
    /// Display name.
    pub name: String,
    /// Address.
    pub email: String,
    /// What it may be.
    pub roles: Roles,
    /// The name of its staff role.
    pub staff_role: Option<String>,
    /// Whether it may sign in.
    pub active: bool,
    /// Since when.
    pub created_at: Timestamp,
    /// Its public page, of a tutor.
    pub tutor_slug: Option<String>,
}

/// One member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberDetail {
    /// As in the list.
    pub row: MemberRow,
    /// The staff role that it holds.
    pub staff_role: Option<StaffRoleId>,
    /// What it may do as staff.
    pub permissions: Permissions,
    /// When it was last here while signed in, to some minutes.
    pub seen_at: Option<Timestamp>,
    /// Its lessons to come, as student and as tutor.
    pub upcoming: u32,
    /// Its paid orders.
    pub orders: u32,
    /// The addresses of who was merged into it.
    pub formerly: Vec<String>,
    /// Whether the reader may act on it.
    pub can_act: bool,
    /// Whether the reader may see the site as they do.
    pub can_impersonate: bool,
    /// Whether it is the reader.
    pub is_reader: bool,
}

/// What somebody is given: roles, and a staff role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// Roles.
    pub roles: Roles,
    /// Staff role.
    pub staff_role: Option<StaffRoleId>,
}

/// A staff role: a name, and what its holders may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRole {
    /// Its id.
    pub id: StaffRoleId,
    /// What the school calls it.
    pub name: String,
    /// What its holders may do.
    pub permissions: Permissions,
    /// How many hold it or are invited to.
    pub holders: u32,
    /// Whether the reader may give and change it.
    pub can_give: bool,
}

/// An invitation that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    /// Its id.
    pub id: InvitationId,
    /// Whom.
    pub email: String,
    /// Their name, if the inviter knew it.
    pub name: String,
    /// As what.
    pub roles: Roles,
    /// And as which staff.
    pub staff_role: Option<String>,
    /// Who invites.
    pub invited_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the last mail was asked for.
    pub sent_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// Whether that is over.
    pub expired: bool,
    /// Whether the reader may send it again or withdraw it.
    pub can_act: bool,
}

/// An invitation as its addressee opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenInvitation {
    /// To whom.
    pub email: String,
    /// Their name, if the inviter knew it.
    pub name: String,
    /// As what.
    pub roles: Roles,
    /// And as which staff.
    pub staff_role: Option<String>,
    /// Who invites.
    pub invited_by: String,
    /// What the inviter says.
    pub note: String,
    /// Whether the address has an account already: then its password stays.
    pub has_account: bool,
}
