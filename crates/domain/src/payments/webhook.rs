//! Stripe's webhooks: checked, kept as they came, and looked at later by a job.

use super::jobs::StripeEvent;
use crate::{Error, Services, TenantTx, failpoint, jobs};
use kernel::ids::{PaymentId, RefundId, TenantId};
use providers::stripe::SignatureError;
use serde::Deserialize;
use sqlx::PgConnection;
use std::collections::HashMap;

/// Why a webhook is not taken.
#[derive(Debug, thiserror::Error)]
pub enum WebhookRefused {
    /// It is not from Stripe, or a replay. Answer 400.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// It is signed and no event. Answer 400.
    #[error("not an event")]
    Malformed,
    /// It could not be kept. Answer 500, and Stripe sends it again.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// The parts of an event that say when to look, and at what. Nothing else of it is believed.
#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    id: String,
    #[serde(default)]
    metadata: Option<HashMap<String, String>>,
}

impl Object {
    fn named<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.metadata.as_ref()?.get(name)?.parse().ok()
    }
}

/// The types that a job looks at. All others are kept and left alone.
const LOOKED_AT: [&str; 8] = [
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
];

/// A buyer asks the card's bank for the money back. Somebody has to answer at Stripe.
const DISPUTE: &str = "charge.dispute.created";

/// Takes one webhook: `body` as it came, `signature` the header `Stripe-Signature`.
///
/// The event and the job that looks at it are written together, in the transaction of the
/// tenant that the object names; a duplicate is counted and nothing else.
///
/// # Errors
/// See [`WebhookRefused`]; anything else is answered with 200.
pub async fn receive(services: &Services, body: &[u8], signature: &str) -> Result<(), WebhookRefused> {
    services.stripe.verify(body, signature, services.now())?;
    let raw = std::str::from_utf8(body).map_err(|_| WebhookRefused::Malformed)?;
    let event: Event = serde_json::from_str(raw).map_err(|_| WebhookRefused::Malformed)?;
    let tenant = match event.data.object.named::<TenantId>("tenant") {
        Some(id) => services.tenants.by_id(&services.db, id).await?.map(|tenant| tenant.id),
        None => None,
    };
    let new = if let Some(tenant) = tenant {
        keep_for(services, tenant, &event, raw).await?
    } else {
        let mut connection = services.db.pool().acquire().await.map_err(Error::from)?;
        record(&mut connection, &event, raw, None).await?
    };
    let looked_at = tenant.is_some() && LOOKED_AT.contains(&event.kind.as_str());
    if new && event.kind == DISPUTE {
        tracing::error!(event = event.id, dispute = event.data.object.id, "a payment is disputed: somebody has to answer at Stripe");
        metrics::counter!("disputes_total").increment(1);
    }
    tracing::info!(event = event.id, kind = event.kind, new, looked_at, "stripe event");
    metrics::counter!("stripe_events_total", "kind" => event.kind, "new" => if new { "yes" } else { "no" }).increment(1);
    Ok(())
}

async fn keep_for(services: &Services, tenant: TenantId, event: &Event, raw: &str) -> Result<bool, Error> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let new = record(tx.conn(), event, raw, Some(tenant)).await?;
    if new && LOOKED_AT.contains(&event.kind.as_str()) {
        let job = StripeEvent {
            id: event.id.clone(),
            kind: event.kind.clone(),
            object: event.data.object.id.clone(),
            payment: event.data.object.named::<PaymentId>("payment"),
            refund: event.data.object.named::<RefundId>("refund"),
        };
        jobs::enqueue(&mut tx, &job).await?;
    }
    tx.commit().await?;
    failpoint::hit("after_event_recorded");
    Ok(new)
}

/// Keeps an event; `false` when it was here before.
async fn record(connection: &mut PgConnection, event: &Event, raw: &str, tenant: Option<TenantId>) -> Result<bool, Error> {
    let new = sqlx::query_scalar!(
        r#"SELECT app.record_stripe_event($1, $2, $3, $4) AS "new!""#,
        event.id,
        event.kind,
        raw,
        tenant.map(|tenant| tenant.0)
    )
    .fetch_one(connection)
    .await?;
    Ok(new)
}
