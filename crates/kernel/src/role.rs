//! What a member may be in a tenant.

use serde::{Deserialize, Serialize};

/// A member's role. A member may hold several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type))]
#[cfg_attr(feature = "sqlx", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Books and pays.
    Student,
    /// Teaches.
    Tutor,
    /// Runs the business.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Student, Self::Tutor, Self::Admin];

    /// By its [`key`](Self::key).
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// The name used in the database and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Tutor => "tutor",
            Self::Admin => "admin",
        }
    }
}

/// The roles a member holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    /// Books and pays.
    pub student: bool,
    /// Teaches.
    pub tutor: bool,
    /// Runs the business.
    pub admin: bool,
}

impl Roles {
    /// Whether `role` is held.
    pub const fn has(self, role: Role) -> bool {
        match role {
            Role::Student => self.student,
            Role::Tutor => self.tutor,
            Role::Admin => self.admin,
        }
    }

    /// The held roles.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        let mut held = Self::default();
        for role in roles {
            match role {
                Role::Student => held.student = true,
                Role::Tutor => held.tutor = true,
                Role::Admin => held.admin = true,
            }
        }
        held
    }
}
