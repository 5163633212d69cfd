//! The emulator inside the server learns of payments that it did not collect: the demo tenants',
//! and those from before its state was lost. Without it they could not be given back.

use domain::{
    Services,
    payments::{self, StripePayment, StripeRefund},
};
use stripe_emulator::{AdoptedCard, AdoptedPayment, AdoptedRefund, Emulator};

/// Tells `emulator` what the database says was paid. Trouble is logged: everything but refunds
/// of those payments works without.
pub async fn to_emulator(services: &Services, emulator: &Emulator) {
    let paid = match payments::for_emulator(services).await {
        Ok(paid) => paid,
        Err(error) => return tracing::warn!(%error, "the Stripe emulator was not told of earlier payments"),
    };
    match emulator.adopt(paid.into_iter().map(payment).collect()) {
        Ok(adopted) => tracing::info!(adopted, "the Stripe emulator knows of earlier payments"),
        Err(error) => tracing::warn!(%error, "the Stripe emulator did not take over earlier payments"),
    }
}

fn payment(paid: StripePayment) -> AdoptedPayment {
    AdoptedPayment {
        session: paid.session,
        intent: paid.intent,
        charge: paid.charge,
        balance_transaction: None,
        amount: paid.amount,
        currency: paid.currency,
        fee: paid.fee,
        card: AdoptedCard { brand: paid.card.brand, last4: paid.card.last4 },
        reference: Some(paid.reference),
        metadata: paid.metadata,
        created: paid.created,
        refunds: paid.refunds.into_iter().map(refund).collect(),
    }
}

fn refund(made: StripeRefund) -> AdoptedRefund {
    AdoptedRefund { id: made.id, amount: made.amount, metadata: made.metadata, created: made.created }
}
