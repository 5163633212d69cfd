//! Stripe's HTTP API: who asks, what for, and in which shape the answer goes.

mod answer;
mod call;
pub mod expand;
mod idempotency;
pub mod list;
mod route;

use std::time::Duration;

use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequestParts, State},
    http::{Method, Uri, request::Parts},
    response::Response,
};
use serde_json::json;
use tokio::time::sleep;

use crate::{
    error::ApiError,
    server::Cut,
    shared::Handle,
    state::{Fault, FaultKind},
};

use answer::Answer;
use call::Call;

/// The connection's [`Cut`]; absent when the router runs in another server.
pub struct MaybeCut(Option<Cut>);

impl<S: Sync> FromRequestParts<S> for MaybeCut {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<ConnectInfo<Cut>>().map(|info| info.0.clone())))
    }
}

/// Answers every request below `/v1/`.
pub async fn serve(
    State(shared): State<Handle>,
    MaybeCut(cut): MaybeCut,
    method: Method,
    uri: Uri,
    headers: axum::http::HeaderMap,
    body: Bytes,
) -> Response {
    let request_id = shared.look(|state| {
        state.requests += 1;
        state.ids.draw("req_", 14)
    });
    let call = match Call::read(&shared.config, &method, &uri, &headers, &body) {
        Ok(call) => call,
        Err(error) => return Answer::error(&error, &request_id).into_response(None, &request_id),
    };
    // Claimed before the fault is taken: who sees the fault gone knows that the
    // key is in use.
    let claim = call.idempotency.as_ref().map(|key| shared.claim(&key.scoped).ok_or_else(|| ApiError::key_in_use(&key.text))).transpose();
    let claim = match claim {
        Ok(claim) => claim,
        Err(error) => return Answer::error(&error, &request_id).into_response(Some(&call), &request_id),
    };
    let fault = shared.look(|state| state.take_fault(&call.method, &call.path));
    let answer = perform(&shared, &call, fault.as_ref(), &request_id).await;
    drop(claim);
    match fault.map(|fault| (fault.kind, fault.ms)) {
        Some((FaultKind::TimeoutAfterSuccess, ms)) => {
            sleep(Duration::from_millis(ms)).await;
            match cut {
                Some(cut) => cut.cut(),
                // Without a connection to cut the client runs into its own time-out.
                None => std::future::pending().await,
            }
            answer
        }
        Some((FaultKind::Error500After, _)) => Answer::error(&ApiError::internal(), &request_id),
        _ => answer,
    }
    .into_response(Some(&call), &request_id)
}

/// Does the work of a request, or replays what the same request did before.
async fn perform(shared: &Handle, call: &Call, fault: Option<&Fault>, request_id: &str) -> Answer {
    let is = |kind| fault.is_some_and(|fault| fault.kind == kind);
    if is(FaultKind::Error500) {
        return Answer::error(&ApiError::internal(), request_id);
    }
    if let Some(fault) = fault.filter(|fault| fault.kind == FaultKind::Slow) {
        sleep(Duration::from_millis(fault.ms)).await;
    }
    let about = json!({ "id": request_id, "idempotency_key": call.idempotency.as_ref().map(|key| key.text.as_str()) });
    shared.step_for(about, |state| {
        if let Some(kept) = idempotency::lookup(state, call) {
            return kept;
        }
        let mut result = route::route(state, call).and_then(|mut object| {
            expand::apply(state, &mut object, &call.expand)?;
            Ok(object)
        });
        if is(FaultKind::Error500Kept) && result.is_ok() {
            result = Err(ApiError::internal().executed());
        }
        idempotency::keep(state, call, &result, request_id)
    })
}

/// Answers requests that are not below any known path.
pub async fn unknown(State(shared): State<Handle>, method: Method, uri: Uri) -> Response {
    let request_id = shared.look(|state| state.ids.draw("req_", 14));
    Answer::error(&ApiError::no_such_url(method.as_str(), uri.path()), &request_id).into_response(None, &request_id)
}
