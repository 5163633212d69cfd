//! Holding a time: the form at the end of the calendar.

use domain::booking::{self, Hold};
use jiff::Timestamp;
use kernel::{AppError, ids::VariantId, urls};
use leptos::prelude::*;
use web::{cx, redirect};

/// Holds a time for ten minutes and leads to the checkout. Who is not signed in does that
/// first, and comes back to the chosen time: the form's page names it.
#[server(name = HoldForm, prefix = "/api", endpoint = "booking/hold")]
pub async fn hold(variant: VariantId, start: Timestamp) -> Result<(), AppError> {
    let cx = cx()?;
    let order = booking::hold(cx.services(), cx.actor()?, Hold { variant_id: variant, starts_at: start }).await?;
    redirect(&urls::checkout(order));
    Ok(())
}
