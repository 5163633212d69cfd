//! One attempt to deliver one event.

use std::error::Error as _;

use super::{queue, sign::signature_header};
use crate::{
    clock::Clock,
    config::SignatureClock,
    json::Object,
    shared::Shared,
    state::{Kind, State},
};

/// A request ready to be sent.
pub struct Parcel {
    url: String,
    signature: String,
    payload: String,
}

/// Signs the event of a delivery. `None` when its endpoint or event is gone.
pub fn prepare(state: &State, delivery: &str) -> Option<Parcel> {
    let row = state.get(Kind::Delivery, delivery)?;
    let (url, secret) = queue::address(state, row.text("endpoint"))?;
    let payload = state.get(Kind::Event, row.text("event"))?.to_string();
    let seconds = match state.settings.signature_clock {
        SignatureClock::Emulator => state.clock.seconds(),
        SignatureClock::Wall => Clock::wall().as_second(),
    };
    let signature = signature_header(&secret, seconds, &payload);
    Some(Parcel { url, signature, payload })
}

/// Posts it and returns the HTTP status, or why there is none.
pub async fn post(shared: &Shared, parcel: Parcel) -> Result<u16, String> {
    let request = shared
        .http
        .post(&parcel.url)
        .header("content-type", "application/json; charset=utf-8")
        .header("user-agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
        .header("stripe-signature", parcel.signature)
        .body(parcel.payload);
    match request.send().await {
        Ok(response) => Ok(response.status().as_u16()),
        Err(error) => Err(error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))),
    }
}
