//! What the emulator of a development server has to know before it can give back money that it
//! did not collect itself: the demo tenants', or what was paid before its state was lost.

mod queries;

use crate::{Result, Services, TenantTx, tenancy};
use kernel::ids::{PaymentId, TenantId};
use queries::{MadeRefund, PaidRow};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// A payment as Stripe knows it; serialised, what the emulator's `POST /_emulator/adopt` takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StripePayment {
    /// The Checkout Session, `cs_…`.
    pub session: String,
    /// The `PaymentIntent`, `pi_…`.
    pub intent: String,
    /// The charge, `ch_…`.
    pub charge: String,
    /// What was paid, in minor units.
    pub amount: i64,
    /// Its ISO code.
    pub currency: String,
    /// What Stripe kept, if it is known in the same currency. Minor units.
    pub fee: Option<i64>,
    /// The card that paid.
    pub card: StripeCard,
    /// The session's reference: the order.
    pub reference: String,
    /// Our ids.
    pub metadata: BTreeMap<String, String>,
    /// When it was paid, in seconds since 1970.
    pub created: i64,
    /// What went back of it already.
    pub refunds: Vec<StripeRefund>,
}

/// A card, as far as a receipt names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StripeCard {
    /// `visa`, `mastercard`, …
    pub brand: String,
    /// The last four digits.
    pub last4: String,
}

/// A refund as Stripe knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StripeRefund {
    /// The refund, `re_…`.
    pub id: String,
    /// Minor units of the payment's currency.
    pub amount: i64,
    /// Our ids.
    pub metadata: BTreeMap<String, String>,
    /// When it was made, in seconds since 1970.
    pub created: i64,
}

/// Of every tenant, the paid orders that Stripe may be asked about: those whose lesson is not over,
/// and those with a refund that is on its way or looked after. The latest lessons, at most 500 a tenant.
/// Only reads.
pub async fn for_emulator(services: &Services) -> Result<Vec<StripePayment>> {
    let mut all = Vec::new();
    for tenant in tenancy::all(&services.db).await? {
        let mut tx = TenantTx::begin(&services.db, tenant.id, None).await?;
        let paid = queries::refundable(&mut tx, services.now()).await?;
        let ids: Vec<PaymentId> = paid.iter().map(|row| row.payment).collect();
        let mut refunds: HashMap<PaymentId, Vec<MadeRefund>> = HashMap::new();
        for refund in queries::made_refunds(&mut tx, &ids).await? {
            refunds.entry(refund.payment).or_default().push(refund);
        }
        tx.commit().await?;
        all.extend(paid.into_iter().map(|row| {
            let given = refunds.remove(&row.payment).unwrap_or_default();
            payment(tenant.id, row, given)
        }));
    }
    Ok(all)
}

fn payment(tenant: TenantId, row: PaidRow, refunds: Vec<MadeRefund>) -> StripePayment {
    let (brand, last4) = row.card.split_once(' ').unwrap_or((&row.card, ""));
    let names = [("tenant", tenant.to_string()), ("order", row.order.to_string()), ("payment", row.payment.to_string())];
    let metadata: BTreeMap<String, String> = names.into_iter().map(|(name, id)| (name.to_owned(), id)).collect();
    let refunds = refunds.into_iter().map(|refund| {
        let mut metadata = metadata.clone();
        metadata.insert("refund".to_owned(), refund.id.to_string());
        StripeRefund { id: refund.provider, amount: refund.amount_minor, metadata, created: refund.requested_at.to_jiff().as_second() }
    });
    StripePayment {
        refunds: refunds.collect(),
        session: row.session,
        intent: row.intent,
        charge: row.charge,
        amount: row.amount_minor,
        currency: row.currency,
        fee: row.fee_minor,
        card: StripeCard { brand: brand.to_owned(), last4: last4.to_owned() },
        reference: row.order.to_string(),
        created: row.succeeded_at.to_jiff().as_second(),
        metadata,
    }
}
