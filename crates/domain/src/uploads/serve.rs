//! What the files' own host answers. It knows nobody: a public file is had by its address, another by
//! a signed link.

use super::{
    clear::provider,
    links::Claim,
    model::{Purpose, file_name, object},
    queries,
};
use crate::{Error, Result, Services, TenantTx};
use kernel::{
    AppError,
    ids::{TenantId, UploadId},
};
use providers::{images::Kind, storage::Reading};

/// An address on the files' host.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Whose.
    pub tenant: TenantId,
    /// Which.
    pub upload: UploadId,
    /// The last part of the path.
    pub name: &'a str,
    /// The signature's parts: until when, by which key, the tag.
    pub signed: Option<(i64, u8, &'a str)>,
}

/// A file on its way out.
pub struct Served {
    /// Its bytes.
    pub reading: Reading,
    /// What it is, by our own look.
    pub media_type: &'static str,
    /// The name to save it under; `None` for a picture that we encoded, which may be shown.
    pub save_as: Option<String>,
    /// Whether everybody may keep it: the address is of these bytes for good.
    pub public: bool,
}

/// Opens a clean upload.
///
/// # Errors
/// [`AppError::NotFound`] for everything that is not served: unknown, held, infected, removed, of a closed
/// school, without a signature that holds.
pub async fn open(services: &Services, asked: &Asked<'_>) -> Result<Served> {
    let none = || Error::App(AppError::NotFound);
    if let Some((until, key, tag)) = asked.signed {
        let claim = Claim { until, key, tag: tag.to_owned() };
        if !claim.holds(&services.keyring, asked.tenant, asked.upload, services.now()) {
            return Err(none());
        }
    }
    let mut tx = TenantTx::begin(&services.db, asked.tenant, None).await?;
    let found = queries::served(&mut tx, asked.upload).await?;
    tx.commit().await?;
    let row = found.ok_or_else(none)?;
    let kind = Kind::named(&row.media_type).ok_or(Error::Broken("an upload's media type is one of ours"))?;
    let kept = row.purpose.kept(kind);
    let name = match row.purpose {
        Purpose::Logo | Purpose::Photo => kept.iter().find(|name| **name == asked.name),
        Purpose::Attachment => kept.first().filter(|_| asked.signed.is_some()),
    };
    let key = object(asked.tenant, asked.upload, name.ok_or_else(none)?);
    let reading = services.files.store.read(&key).await.map_err(provider)?.ok_or_else(none)?;
    Ok(Served {
        reading,
        media_type: kind.media_type(),
        save_as: (!kind.is_picture()).then(|| file_name(&row.name, kind)),
        public: row.purpose.is_public(),
    })
}
