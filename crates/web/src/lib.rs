//! What every page and server function gets on the server.
//!
//! A page is a component that calls [`page`] with an async function of the [`RequestCx`]; a
//! server function starts with [`cx`] and calls one service. See `docs/add-a-feature.md`.

pub mod cookie;
mod cx;
mod document;
mod flash;
mod form;
mod page;
mod param;
mod parts;
mod session;
mod shell;
mod uploads;

pub use cx::{Preferences, RequestCx, Settings, Site, SubmittedForm, cx, parse_query, try_cx};
pub use document::Document;
pub use flash::{Flash, redirect_back_with, redirect_with};
pub use form::{FormFields, HiddenPage};
pub use page::{
    IslandScripts, NotFoundPage, PageTitle, error_view, keep_private, leave_for, page, redirect, redirect_external, redirect_to_tenant,
    refresh_after, see_other,
};
pub use param::param;
pub use parts::{change_in_words, pager, zone_choices};
pub use session::{BY, EPOCH, Kept, LOADED, MEMBER, VERIFIED, current_login, member_of, start_login};
pub use shell::{Portal, PortalShell, PublicShell, Wide};
pub use uploads::{PictureForm, picture_form};
