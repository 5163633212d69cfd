//! Files that members send: held until the scanner has seen them, pictures made anew, served from a
//! host of their own.
//!
//! An upload is a row and objects below its own folder in the store. What the row says counts: an
//! object without one is swept away. The store and the scanner are never called inside a transaction.
//! `docs/uploads.md` tells the whole way of a file.

mod clear;
mod jobs;
mod links;
mod model;
mod queries;
mod scan;
mod serve;
mod service;
mod sweep;

pub(crate) use clear::provider;
pub use jobs::{ClearUpload, ScanUpload};
pub use links::{PhotoSize, logo, photo};
pub use model::{Files, Mine, Purpose, Status, Storage, Upload, UploadLimits};
pub use serve::{Asked, Served, open};
pub use service::{Permit, accept, attachment_link, mine, permit, remove, remove_attachment, storage};
pub(crate) use service::{clean_objects, files_of, keep_one_photo, remove_all_of};
pub(crate) use sweep::remove_folder;
pub use sweep::{sweep, sweep_objects};
