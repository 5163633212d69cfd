//! The way to the payment page, back from it, and its end.

use super::{
    jobs::ExpireCheckout,
    model::{CheckoutUrl, PaymentStatus, Returned, idempotency_key},
    queries,
    settle::{Settled, adopt, settle},
};
use crate::{
    Actor, Error, Result, Services, TenantTx, booking::BookingStatus, failpoint, jobs, mailing, orders::OrderStatus, policies,
    tenancy::Tenant,
};
use jiff::SignedDuration;
use kernel::{
    AppError, Flag, Money,
    ids::{MemberId, OrderId, PaymentId, TenantId},
    urls,
};
use providers::stripe::{Checkout, CheckoutRequest, CheckoutStatus, StripeError};
use std::{borrow::Cow, collections::BTreeMap, time::Duration};

/// When Stripe closes the page by itself. Longer than a hold, because Stripe allows no less than
/// 30 minutes and a repeat of the request must name the same instant; a job closes it when the
/// hold ends.
const PAGE_LIVES: SignedDuration = SignedDuration::from_mins(45);

/// How often a double click waits for the first one's answer, and how long each time.
const BUSY_TRIES: u32 = 10;
const BUSY_WAIT: Duration = Duration::from_millis(300);

/// Where the signed-in buyer of a held order pays.
///
/// However often it is asked (double click, back button, a crash in between), the order has one
/// payment page.
///
/// # Errors
/// Conflict `error-hold-expired` when the ten minutes are over, `error-order-paid` when there is
/// nothing left to pay; unavailable `error-payment-down` when Stripe does not answer (the hold
/// stays); `Consent` when there is something to agree to, or a guardian withdrew, since.
pub async fn start_checkout(services: &Services, actor: &Actor, order: OrderId) -> Result<CheckoutUrl> {
    let buyer = actor.in_person()?.id;
    actor.with(Flag::Payments, "error-payments-paused")?;
    for _ in 0..BUSY_TRIES {
        let ask = match begin(services, actor, buyer, order).await? {
            Begun::Open(url) => return Ok(url),
            Begun::Ask(ask) => ask,
        };
        match create(services, actor.tenant.id, &ask).await? {
            Ok(session) => {
                failpoint::hit("after_session_created_before_store");
                return store(services, actor.tenant.id, order, ask.payment, &session).await;
            }
            Err(StripeError::Busy) => tokio::time::sleep(BUSY_WAIT).await,
            Err(error) => return Err(provider(&error)),
        }
    }
    Err(down().into())
}

/// What [`start_checkout`] found.
enum Begun {
    /// The page is there.
    Open(CheckoutUrl),
    /// It has to be asked for.
    Ask(Box<Ask>),
}

/// A payment page to ask for: which attempt it is, and its words.
struct Ask {
    payment: PaymentId,
    attempt: i16,
    request: CheckoutRequest,
}

/// Asks Stripe for the page, or for the one that the same attempt made before. A page that Stripe
/// made and then failed to name is left to itself: nobody knows its address, and it closes on time.
async fn create(services: &Services, tenant: TenantId, ask: &Ask) -> Result<Result<Checkout, StripeError>> {
    let made = services.stripe.create_checkout(&ask.request, &idempotency_key(ask.payment.0, ask.attempt)).await;
    if made.as_ref().is_err_and(StripeError::is_kept) {
        let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
        queries::next_attempt(&mut tx, ask.payment, ask.attempt).await?;
        tx.commit().await?;
    }
    Ok(made)
}

/// Checks the order and writes what is about to be asked of Stripe.
async fn begin(services: &Services, actor: &Actor, buyer: MemberId, order: OrderId) -> Result<Begun> {
    let mut tx = actor.begin(&services.db).await?;
    let row = queries::lock_buyer_and_order(&mut tx, order).await?.filter(|row| row.student == buyer).ok_or(AppError::NotFound)?;
    match row.status {
        OrderStatus::Pending if row.alive => {}
        OrderStatus::Pending | OrderStatus::Lapsed | OrderStatus::Cancelled => return Err(AppError::conflict("error-hold-expired").into()),
        OrderStatus::Paid | OrderStatus::PartlyRefunded | OrderStatus::Refunded => {
            return Err(AppError::conflict("error-order-paid").into());
        }
    }
    policies::require(&mut tx, buyer).await?;
    if let Some(payment) = queries::payment_of(&mut tx, order).await? {
        return match (payment.status, payment.url) {
            (PaymentStatus::Open, Some(url)) => Ok(Begun::Open(CheckoutUrl(url))),
            (PaymentStatus::Created, _) => {
                let request = queries::request(&mut tx, payment.id).await?;
                Ok(Begun::Ask(Box::new(Ask { payment: payment.id, attempt: payment.attempt, request })))
            }
            (PaymentStatus::Succeeded, _) => Err(AppError::conflict("error-order-paid").into()),
            _ => Err(AppError::conflict("error-hold-expired").into()),
        };
    }
    let payment: PaymentId = services.id();
    let request = words(services, &actor.tenant, &mut tx, order, payment, row.total).await?;
    queries::insert_payment(&mut tx, payment, order, &request).await?;
    tx.commit().await?;
    Ok(Begun::Ask(Box::new(Ask { payment, attempt: 0, request })))
}

/// What is asked of Stripe.
async fn words(
    services: &Services,
    tenant: &Tenant,
    tx: &mut TenantTx,
    order: OrderId,
    payment: PaymentId,
    amount: Money,
) -> Result<CheckoutRequest> {
    let wares = queries::wares(tx, order).await?;
    let reader = mailing::reader(tenant, wares.locale.as_deref(), wares.zone.as_deref());
    let when = reader.date_time_range(wares.starts_at, wares.ends_at);
    let origin = services.tenants.origin(tenant);
    let named = [("tenant", tenant.id.to_string()), ("order", order.to_string()), ("payment", payment.to_string())];
    Ok(CheckoutRequest {
        reference: order.to_string(),
        title: wares.title,
        description: format!("{} · {when} · {}", wares.tutor_name, reader.zone_label(wares.starts_at)),
        amount,
        merchant: tenant.name.clone(),
        email: wares.email,
        locale: reader.locale.tag().to_owned(),
        success_url: format!("{origin}{}", urls::checkout_return(order)),
        cancel_url: format!("{origin}{}", urls::checkout(order)),
        expires_at: wares.now.checked_add(PAGE_LIVES).unwrap_or(wares.now).as_second(),
        metadata: named.into_iter().map(|(name, id)| (name.to_owned(), id)).collect::<BTreeMap<_, _>>(),
    })
}

/// Remembers the page, unless another one of the payment is known: an order has one. If the hold
/// ended while Stripe made it, the page is closed again.
async fn store(services: &Services, tenant: TenantId, order: OrderId, payment: PaymentId, session: &Checkout) -> Result<CheckoutUrl> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let row = queries::lock_buyer_and_order(&mut tx, order).await?.ok_or(Error::Broken("orders are never deleted"))?;
    queries::store_session(&mut tx, payment, &session.id, session.url.as_deref()).await?;
    let stored = queries::payment(&mut tx, payment).await?.ok_or(Error::Broken("payments are never deleted"))?;
    let alive = row.status == OrderStatus::Pending && row.alive;
    if !alive {
        jobs::enqueue(&mut tx, &ExpireCheckout { order_id: order }).await?;
    }
    tx.commit().await?;
    failpoint::hit("after_session_stored");
    match stored.url {
        Some(url) if alive => Ok(CheckoutUrl(url)),
        _ if alive => Err(Error::Broken("an open Checkout Session has a page")),
        _ => Err(AppError::conflict("error-hold-expired").into()),
    }
}

/// The signed-in buyer comes back from the payment page. Asks Stripe when the order is still
/// open, so that it is settled even if no webhook ever comes.
pub async fn return_from_checkout(services: &Services, actor: &Actor, order: OrderId) -> Result<Returned> {
    let buyer = actor.in_person()?.id;
    let mut tx = actor.begin(&services.db).await?;
    queries::read_order(&mut tx, order).await?.filter(|row| row.student == buyer).ok_or(AppError::NotFound)?;
    let payment = queries::payment_of(&mut tx, order).await?;
    tx.commit().await?;
    let mut unknown = false;
    if let Some(payment) = payment.filter(|payment| payment.status != PaymentStatus::Succeeded) {
        match settle(services, actor.tenant.id, payment.id, None).await {
            Ok(_) => {}
            // The buyer may have paid all the same: say that it takes a moment, not that it failed.
            Err(Error::Unreachable(_) | Error::App(AppError::Unavailable(_))) => unknown = true,
            Err(error) => return Err(error),
        }
    }
    let mut tx = actor.begin(&services.db).await?;
    let row = queries::read_order(&mut tx, order).await?.ok_or(AppError::NotFound)?;
    let paid = queries::payment_of(&mut tx, order).await?.is_some_and(|payment| payment.status == PaymentStatus::Succeeded);
    tx.commit().await?;
    Ok(match row.booking {
        Some(BookingStatus::Confirmed) => Returned::Booked,
        Some(BookingStatus::Cancelled) => Returned::Cancelled,
        None if paid => Returned::NotBooked,
        None if unknown => Returned::Unknown,
        None if row.status == OrderStatus::Pending && row.alive => Returned::Open,
        None => Returned::Lapsed,
    })
}

/// Closes an order's payment page once its hold is over. A page that was paid on meanwhile is
/// settled instead. For the worker.
pub async fn expire(services: &Services, tenant: TenantId, order: OrderId) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let row = queries::read_order(&mut tx, order).await?;
    let payment = queries::payment_of(&mut tx, order).await?;
    let request = match &payment {
        Some(payment) => Some(queries::request(&mut tx, payment.id).await?),
        None => None,
    };
    tx.commit().await?;
    let (Some(row), Some(payment), Some(request)) = (row, payment, request) else { return Ok(()) };
    let over = row.status != OrderStatus::Pending || !row.alive;
    if !over || matches!(payment.status, PaymentStatus::Succeeded | PaymentStatus::Expired) {
        return Ok(());
    }
    let session = match payment.session {
        Some(session) => session,
        // The process may have died between the call and the note of it: the same words under
        // the same key find the session, or make one that nobody has seen.
        None => match create(services, tenant, &Ask { payment: payment.id, attempt: payment.attempt, request }).await? {
            Ok(session) => {
                adopt(services, tenant, payment.id, &session).await?;
                session.id
            }
            Err(StripeError::Refused(_)) => return close(services, tenant, order, payment.id).await,
            Err(error) => return Err(provider(&error)),
        },
    };
    match services.stripe.expire_checkout(&session).await {
        Ok(closed) if closed.status == CheckoutStatus::Expired => close(services, tenant, order, payment.id).await,
        // Not open any more: paid, or closed before.
        Ok(_) | Err(StripeError::Refused(_)) => match settle(services, tenant, payment.id, None).await? {
            Settled::Open => Err(Error::Provider { provider: "stripe", cause: "a session is neither open nor done".to_owned() }),
            _ => Ok(()),
        },
        Err(error) => Err(provider(&error)),
    }
}

async fn close(services: &Services, tenant: TenantId, order: OrderId, payment: PaymentId) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    queries::lock_buyer_and_order(&mut tx, order).await?;
    queries::mark_expired(&mut tx, payment).await?;
    tx.commit().await
}

/// Stripe's refusal to us: it is down for the reader, or a fault of ours.
pub(super) fn provider(error: &StripeError) -> Error {
    if !error.is_temporary() {
        return Error::Provider { provider: "stripe", cause: error.to_string() };
    }
    tracing::warn!(%error, "stripe is unavailable");
    match error {
        StripeError::Unreachable(_) => Error::Unreachable(down()),
        _ => down().into(),
    }
}

fn down() -> AppError {
    AppError::Unavailable(Cow::Borrowed("error-payment-down"))
}
