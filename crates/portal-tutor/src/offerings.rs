//! `/tutor/offerings`: what the tutor sells, and its editor.

#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

mod editor;
mod list;

pub use editor::{NewOfferingPage, OfferingPage};
pub use list::OfferingsPage;

use domain::{
    booking::Kind,
    catalogue::{self, OfferingDraft, PriceDraft},
};
use kernel::{AppError, ids::OfferingId, urls};
use leptos::prelude::*;
use web::{cx, redirect_with};

/// The value of the button that also sends the draft to the admins.
const SUBMIT: &str = "submit";

/// Saves an offering's draft; with `then=submit` it goes to the admins as well.
#[server(name = SaveOfferingForm, prefix = "/api", endpoint = "tutor/save_offering")]
pub async fn save_offering(
    #[server(default)] offering: Option<OfferingId>,
    kind: Kind,
    title: String,
    description: String,
    #[server(default)] subject: String,
    #[server(default)] levels: Vec<String>,
    #[server(default)] minutes: Vec<String>,
    #[server(default)] price: Vec<String>,
    #[server(default)] then: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    let prices = minutes.into_iter().zip(price).map(|(minutes, price)| PriceDraft { minutes, price }).collect();
    let draft = OfferingDraft { offering, kind, title, description, subject, levels, prices };
    let id = catalogue::save_draft(cx.services(), cx.actor()?, &draft).await?;
    if then == SUBMIT {
        catalogue::submit(cx.services(), cx.actor()?, id).await?;
    }
    let done = if then == SUBMIT { "tutor-done-submitted" } else { "tutor-done-draft" };
    redirect_with(&urls::tutor_portal::offering(id), done);
    Ok(())
}

/// Takes a version in review back.
#[server(name = WithdrawOfferingForm, prefix = "/api", endpoint = "tutor/withdraw_offering")]
pub async fn withdraw_offering(offering: OfferingId) -> Result<(), AppError> {
    let cx = cx()?;
    catalogue::withdraw(cx.services(), cx.actor()?, offering).await?;
    redirect_with(&urls::tutor_portal::offering(offering), "tutor-done-withdrawn");
    Ok(())
}

/// Takes an offering out of the catalogue for good.
#[server(name = ArchiveOfferingForm, prefix = "/api", endpoint = "tutor/archive_offering")]
pub async fn archive_offering(offering: OfferingId) -> Result<(), AppError> {
    let cx = cx()?;
    catalogue::archive(cx.services(), cx.actor()?, offering).await?;
    redirect_with(urls::tutor_portal::OFFERINGS, "tutor-done-archived");
    Ok(())
}
