//! A tenant's types.

use crate::policies::PolicyKind;
use kernel::{
    Currency,
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
    /// The kinds of documents that it has published.
    pub policies: Vec<PolicyKind>,
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
