//! A tenant's types.

use crate::policies::PolicyKind;
use kernel::{
    Currency, Flags,
    ids::{TenantId, UploadId},
    policy::CancellationPolicy,
    zone::ZoneName,
};

/// A tenant's public face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Its subdomain.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// One line under the name.
    pub tagline: String,
    /// Brand colour, `#rrggbb`.
    pub brand: String,
    /// The language of its own texts (BCP 47).
    pub locale: String,
    /// The languages offered to readers, the own one among them.
    pub locales: Vec<String>,
    /// What it charges in.
    pub currency: Currency,
    /// Its IANA zone, for its statistics and for readers who have not said theirs.
    pub zone: ZoneName,
    /// Whether the platform's directory lists it.
    pub listed: bool,
    /// The clean upload that is its mark.
    pub logo: Option<UploadId>,
    /// The domain of its own that links lead to; without one, its subdomain.
    pub domain: Option<String>,
    /// Whether it is open.
    pub standing: Standing,
    /// What is switched on.
    pub flags: Flags,
    /// The kinds of documents that it has published.
    pub policies: Vec<PolicyKind>,
}

/// Whether a school is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    #[default]
    Active,
    /// Nobody gets in; money that is open is still settled.
    Suspended,
    /// Nothing is left of it but its address.
    Deleted,
}

impl Standing {
    /// Its name in the database and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Deleted => "deleted",
        }
    }

    /// By its [`key`](Self::key).
    pub fn parse(key: &str) -> Option<Self> {
        [Self::Active, Self::Suspended, Self::Deleted].into_iter().find(|standing| standing.key() == key)
    }
}

/// What the tenant decides about money and cancellation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantTerms {
    /// The tenant's share of a lesson's price, in basis points.
    pub commission_bps: u32,
    /// What comes back on cancellation; frozen into each order.
    pub cancellation_policy: CancellationPolicy,
    /// Letters before an order's number.
    pub order_prefix: String,
}
