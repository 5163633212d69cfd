//! What a member of a school's staff may see and do.
//!
//! An admin may do everything; a staff role of the school's own names what its holders may.

use crate::Roles;
use serde::{Deserialize, Serialize};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// One thing that staff may do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Permission {
            $($(#[$doc])* $name,)*
        }

        impl Permission {
            /// Every permission.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name in the database, in forms and in message keys.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

permissions! {
    /// The overview with the school's figures.
    SeeOverview = "see-overview",
    /// Deciding about offerings.
    Approve = "approve",
    /// Every booking.
    SeeBookings = "see-bookings",
    /// Cancelling a booking for somebody else.
    CancelBookings = "cancel-bookings",
    /// Every order.
    SeeOrders = "see-orders",
    /// Sending money back.
    Refund = "refund",
    /// The ledger.
    SeeLedger = "see-ledger",
    /// Every member.
    SeeMembers = "see-members",
    /// Inviting, suspending, and saying who is a student or a tutor.
    ManageMembers = "manage-members",
    /// Seeing the site as a member does, to help them.
    Impersonate = "impersonate",
    /// Making staff roles and giving them.
    ManageRoles = "manage-roles",
    /// The school's face, terms and domains.
    ManageSettings = "manage-settings",
    /// The audit log.
    SeeAudit = "see-audit",
}

impl Permission {
    /// By its [`key`](Self::key).
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|permission| permission.key() == key)
    }

    const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// What somebody who has this one needs besides: nobody cancels what they cannot see, and a page leads to
    /// what it tells of.
    const fn needs(self) -> &'static [Self] {
        match self {
            Self::SeeOrders | Self::CancelBookings => &[Self::SeeBookings],
            Self::SeeOverview | Self::SeeLedger | Self::Refund => &[Self::SeeBookings, Self::SeeOrders],
            Self::ManageMembers | Self::ManageRoles | Self::Impersonate => &[Self::SeeMembers],
            Self::Approve | Self::SeeBookings | Self::SeeMembers | Self::ManageSettings | Self::SeeAudit => &[],
        }
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Permissions(u32);

impl Permissions {
    /// What an admin may.
    pub fn all() -> Self {
        Permission::ALL.iter().copied().collect()
    }

    /// What somebody of the platform may who is staff for an hour: everything but what would outlast it, as who is a
    /// member and who may what.
    pub fn of_visitors() -> Self {
        let lasting = [Permission::ManageMembers, Permission::ManageRoles, Permission::Impersonate];
        Permission::ALL.iter().copied().filter(|permission| !lasting.contains(permission)).collect()
    }

    /// What somebody with these roles and the permissions of their staff role may.
    pub fn of(roles: Roles, staff: Self) -> Self {
        if roles.admin { Self::all() } else { staff }
    }

    /// Whether `permission` is in it.
    pub const fn has(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Whether everything in `other` is in it: nobody gives what they do not have, and nobody acts on
    /// somebody who may do more.
    pub const fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether it is empty: a member who is no staff.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The permissions in it.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.has(*permission))
    }

    /// Their keys, as the database has them.
    pub fn keys(self) -> Vec<String> {
        self.iter().map(|permission| permission.key().to_owned()).collect()
    }
}

impl FromIterator<Permission> for Permissions {
    /// With what each of them needs.
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().fold(0, |bits, one| one.needs().iter().fold(bits | one.bit(), |bits, needed| bits | needed.bit())))
    }
}

impl<'a> FromIterator<&'a str> for Permissions {
    /// Of keys; an unknown one gives nothing.
    fn from_iter<I: IntoIterator<Item = &'a str>>(keys: I) -> Self {
        keys.into_iter().filter_map(Permission::parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_and_unknown_ones_give_nothing() {
        for permission in Permission::ALL.iter().copied() {
            assert_eq!(Permission::parse(permission.key()), Some(permission));
            assert!(Permissions::all().has(permission) && !Permissions::default().has(permission));
        }
        assert!(["everything", ""].into_iter().collect::<Permissions>().is_empty());
        let some: Permissions = ["refund", "approve"].into_iter().collect();
        assert_eq!(some.keys(), ["approve", "see-bookings", "see-orders", "refund"], "nobody refunds what they cannot see");
        assert_eq!(some.keys().iter().map(String::as_str).collect::<Permissions>(), some);
    }

    #[test]
    fn an_admin_covers_everybody_and_staff_only_what_they_have() {
        let admin = Permissions::of([crate::Role::Admin].into_iter().collect(), Permissions::default());
        let staff: Permissions = [Permission::Refund].into_iter().collect();
        assert!(admin.covers(staff) && admin.covers(admin) && staff.covers(staff) && staff.covers(Permissions::default()));
        assert!(!staff.covers(admin) && !Permissions::default().covers(staff));
    }
}
