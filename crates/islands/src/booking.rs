//! The booking calendar: choose a form of lesson, a day and a time, then hold it.
//!
//! The server draws it, in the page and again for every step: without JavaScript each choice is
//! a link and the hold a form. In the browser the island follows the links without leaving the
//! page, and adds the arrow keys, swiping and announcements. So it needs no words and no
//! knowledge of time, and stays small.

// The macros write out what they generate; none of it is for readers of these docs.
#![expect(missing_docs, reason = "the props of islands and the fields of server functions are generated")]

#[cfg(feature = "ssr")]
pub mod days;
#[cfg(feature = "ssr")]
mod hold;
mod island;
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
pub mod panel;
#[cfg(feature = "ssr")]
mod parts;

#[cfg(feature = "ssr")]
pub use hold::HoldForm;
pub use island::BookingCalendar;
#[cfg(feature = "ssr")]
pub use model::{BookQuery, DayTimes, NoTimes, Period, Place, SlotTime, Span};

use kernel::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

/// The calendar as the server drew it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Drawn {
    /// The calendar.
    pub html: String,
    /// What has changed, to be said.
    pub said: String,
}

/// The calendar of the tutor `slug` at the place that `query` (of the page's address) names.
#[server(name = BookingDays, prefix = "/api", endpoint = "booking/days", input = Json)]
pub async fn booking_days(slug: String, query: String) -> Result<Drawn, AppError> {
    panel::draw(&web::cx()?, &slug, &query).await
}
