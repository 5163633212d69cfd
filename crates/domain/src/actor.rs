//! Who acts. Every service takes an [`Actor`] and authorises it itself.

use crate::{Db, Result, TenantTx, tenancy::Tenant};
use kernel::{
    AppError, Flag, Permission, Permissions, Role, Roles,
    ids::{AccountId, MemberId},
};
use std::{net::IpAddr, sync::Arc};

/// A tenant and, when somebody is signed in there, the member.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Where.
    pub tenant: Arc<Tenant>,
    /// Who, if anybody.
    pub member: Option<Arc<Member>>,
    /// The network address the request came from; none for what no request caused.
    pub client: Option<IpAddr>,
}

/// A signed-in member.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// The person's account, the same in every school.
    pub account: AccountId,
    /// The display name.
    pub name: String,
    /// Where mail goes.
    pub email: String,
    /// What it may be.
    pub roles: Roles,
    /// What it may do as staff.
    pub permissions: Permissions,
    /// The chosen language (BCP 47), if any.
    pub locale: Option<String>,
    /// The chosen IANA zone, if any.
    pub zone: Option<String>,
    /// Whether they showed within the last minutes who they are, in this login session.
    pub verified: bool,
    /// Who sees the site as this member.
    pub impersonator: Option<Impersonator>,
}

/// Staff who see the site as a member does.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Impersonator {
    /// The member that they are.
    pub id: MemberId,
    /// Their own name.
    pub name: String,
}

impl Actor {
    /// Nobody in particular, at `tenant`.
    pub const fn anonymous(tenant: Arc<Tenant>) -> Self {
        Self { tenant, member: None, client: None }
    }

    /// The signed-in member, or [`AppError::Unauthenticated`].
    pub fn member(&self) -> Result<&Member> {
        Ok(self.member.as_deref().ok_or(AppError::Unauthenticated)?)
    }

    /// The signed-in member when it holds `role`. Without the role the page does not exist
    /// for it: [`AppError::NotFound`].
    pub fn require(&self, role: Role) -> Result<&Member> {
        let member = self.member()?;
        if member.roles.has(role) { Ok(member) } else { Err(AppError::NotFound.into()) }
    }

    /// The signed-in member when it may do this as staff. Without the permission the page does not exist
    /// for it: [`AppError::NotFound`].
    pub fn permit(&self, permission: Permission) -> Result<&Member> {
        let member = self.member()?;
        if member.permissions.has(permission) { Ok(member) } else { Err(AppError::NotFound.into()) }
    }

    /// The signed-in member who showed just now who they are: what somebody at a forgotten screen may not do
    /// asks for it. Otherwise [`AppError::Unverified`], which leads to where they show it again.
    pub fn verified(&self) -> Result<&Member> {
        let member = self.member()?;
        if member.verified { Ok(member) } else { Err(AppError::Unverified.into()) }
    }

    /// The signed-in member, there in person: what costs money or changes how they get in is not done for them
    /// by somebody who only looks.
    ///
    /// # Errors
    /// Conflict `error-impersonating`.
    pub fn in_person(&self) -> Result<&Member> {
        let member = self.member()?;
        if member.impersonator.is_none() { Ok(member) } else { Err(AppError::conflict("error-impersonating").into()) }
    }

    /// Whoever may look around: everybody, or at a school that shows itself to members only, its members.
    pub fn looks_around(&self) -> Result<()> {
        if self.member.is_some() || self.tenant.flags.has(Flag::OpenCatalogue) { Ok(()) } else { Err(AppError::Unauthenticated.into()) }
    }

    /// Goes on only with what is switched on at the tenant.
    ///
    /// # Errors
    /// Conflict `off`.
    pub fn with(&self, flag: Flag, off: &'static str) -> Result<()> {
        if self.tenant.flags.has(flag) { Ok(()) } else { Err(AppError::conflict(off).into()) }
    }

    /// Begins a transaction of the actor's tenant.
    pub async fn begin(&self, db: &Db) -> Result<TenantTx> {
        TenantTx::begin(db, self.tenant.id, self.member.as_ref().map(|m| m.id)).await
    }
}
