//! The addresses of uploads, on the files' own host.

use super::model::Purpose;
use crate::{
    Keyring,
    tenancy::{Tenant, Tenants},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use kernel::ids::{TenantId, UploadId};

/// How long a link to an attachment works (minutes). It is made when the page with it is.
const MINUTES: i64 = 60;
/// What the links' signatures are for.
const USE: &str = "file links";

/// How large a photo is (pixels).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoSize {
    /// 192
    Small,
    /// 512
    Large,
}

/// Everybody's address of a photo. Who does not know the upload's id does not find it.
pub fn photo(tenants: &Tenants, tenant: TenantId, upload: UploadId, size: PhotoSize) -> String {
    let (names, _) = Purpose::Photo.renditions();
    let name = match size {
        PhotoSize::Large => names.first(),
        PhotoSize::Small => names.last(),
    };
    format!("{}/{tenant}/{upload}/{}", tenants.files_origin(), name.copied().unwrap_or_default())
}

/// Everybody's address of the school's logo, if it has one.
pub fn logo(tenants: &Tenants, tenant: &Tenant) -> Option<String> {
    let (names, _) = Purpose::Logo.renditions();
    let upload = tenant.logo?;
    Some(format!("{}/{}/{upload}/{}", tenants.files_origin(), tenant.id, names.first().copied().unwrap_or_default()))
}

/// An attachment's address, for an hour.
pub(super) fn attachment(tenants: &Tenants, keys: &Keyring, tenant: TenantId, upload: UploadId, now: Timestamp) -> String {
    let until = now.as_second() + MINUTES * 60;
    let (key, tag) = keys.sign(USE, &parts(tenant, upload, until));
    let tag = BASE64_URL_SAFE_NO_PAD.encode(tag);
    format!("{}/{tenant}/{upload}/file?until={until}&key={key}&tag={tag}", tenants.files_origin())
}

/// A link's claim that it may have the file.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub until: i64,
    pub key: u8,
    pub tag: String,
}

impl Claim {
    /// Whether we made this link for this upload, and its time is not over.
    pub fn holds(&self, keys: &Keyring, tenant: TenantId, upload: UploadId, now: Timestamp) -> bool {
        let Ok(tag) = BASE64_URL_SAFE_NO_PAD.decode(&self.tag) else { return false };
        keys.is_signed(self.key, USE, &parts(tenant, upload, self.until), &tag) && now.as_second() < self.until
    }
}

/// What a link is bound to.
fn parts(tenant: TenantId, upload: UploadId, until: i64) -> [Vec<u8>; 3] {
    [tenant.0.as_bytes().to_vec(), upload.0.as_bytes().to_vec(), until.to_be_bytes().to_vec()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_link_ends_and_belongs_to_one_upload() {
        let (keys, tenants) = (Keyring::development(), Tenants::new("http://localhost:3000").unwrap());
        let (tenant, upload) = (TenantId(Uuid::from_u128(1)), UploadId(Uuid::from_u128(2)));
        let now: Timestamp = "2026-11-16T08:00:00Z".parse().unwrap();
        let link = attachment(&tenants, &keys, tenant, upload, now);
        let (_, query) = link.split_once('?').unwrap();
        let pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let claim = Claim { until: pairs[0].1.parse().unwrap(), key: pairs[1].1.parse().unwrap(), tag: pairs[2].1.to_owned() };
        let after = |minutes| now + jiff::SignedDuration::from_mins(minutes);
        assert!(claim.holds(&keys, tenant, upload, after(59)));
        assert!(!claim.holds(&keys, tenant, upload, after(60)), "it ends");
        assert!(!claim.holds(&keys, tenant, UploadId(Uuid::from_u128(3)), now), "of another upload");
        assert!(!claim.holds(&keys, TenantId(Uuid::from_u128(3)), upload, now), "of another tenant");
        assert!(!Claim { until: claim.until + 1, ..claim.clone() }.holds(&keys, tenant, upload, now), "prolonged");
        assert!(!Claim { key: 9, ..claim.clone() }.holds(&keys, tenant, upload, now), "of no key of ours");
        for tag in ["", "AAAA", "!"] {
            assert!(!Claim { tag: tag.to_owned(), ..claim.clone() }.holds(&keys, tenant, upload, now), "{tag}");
        }
    }
}
