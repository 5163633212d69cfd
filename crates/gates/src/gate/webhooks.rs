//! Webhooks several times, in any order, before and after the buyer's return: the ledger ends
//! as if each had come once, in order. Forged ones change nothing.

use crate::{
    agree::Ledger,
    crowd::each,
    emulator::SECRET,
    fault::{Result, ensure},
    people,
    report::Outcome,
    site::Site,
    stage::Stage,
};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;
use std::{sync::Arc, time::Duration};
use uuid::Uuid;

const PARALLEL: usize = 16;
/// Every so many-th order is cancelled after all.
const CANCELLED: usize = 5;
const SEED: u64 = 11;
const PATIENCE: Duration = Duration::from_mins(2);

/// How the webhooks come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Each once, oldest first, and nobody comes back from the payment page.
    Orderly,
    /// Each one to five times, shuffled, beside buyers who come back.
    Wild,
}

/// The gate.
pub async fn run(stage: &Stage) -> Result<Outcome> {
    let count = stage.size(30, 200);
    let (orderly, _) = story(stage, Manner::Orderly, count).await?;
    let (wild, deliveries) = story(stage, Manner::Wild, count).await?;
    ensure(orderly == wild, || format!("the ledgers differ: {orderly} once in order, {wild} otherwise"))?;
    let figure = format!("{deliveries} deliveries; ledger {} both ways, Σ = 0; 5 forgeries refused", &wild[..12]);
    Ok(Outcome { size: format!("{count} orders"), figure })
}

/// Sells `count` lessons and takes some back. The answer: the ledger's digest, and how many
/// webhooks were delivered.
async fn story(stage: &Stage, manner: Manner, count: usize) -> Result<(String, usize)> {
    let site = Arc::new(stage.open(if manner == Manner::Wild { "webhooks_wild" } else { "webhooks" }).await?);
    let first = site.database.first_hour().await?;
    site.emulator.hold_webhooks().await?;
    let orders = sell(&site, manner, first, count).await?;
    let mut deliveries = deliver(&site, manner, &[]).await?;
    if manner == Manner::Wild {
        come_back(&site, &orders, 1).await?;
    }
    site.quiet(PATIENCE).await?;
    let before = site.emulator.events().await?;
    take_back(&site, &orders).await?;
    site.quiet(PATIENCE).await?;
    // The old ones once more, between the new ones: what is done stays done.
    deliveries += deliver(&site, manner, &before).await?;
    site.quiet(PATIENCE).await?;
    if manner == Manner::Wild {
        forge(&site).await?;
    }
    let tally = site.agrees().await?;
    let cancelled = count.div_ceil(CANCELLED);
    ensure(tally.cancelled == cancelled && tally.booked == count - cancelled, || format!("{count} orders became {tally:?}"))?;
    let digest = Ledger::digest(&site.database).await?;
    Arc::into_inner(site).ok_or("somebody is still there")?.end().await?;
    Ok((digest, deliveries))
}

/// Everybody holds and pays. In the wild, a third comes back before any webhook.
async fn sell(site: &Arc<Site>, manner: Manner, first: Timestamp, count: usize) -> Result<Vec<Uuid>> {
    let orders = each(count, PARALLEL, |number| {
        let site = Arc::clone(site);
        async move {
            let (order, session) = site.to_checkout(&people::student(number), &people::slot(first, number)).await?;
            let outcome = site.emulator.pay(&session).await?;
            ensure(outcome == "paid", || format!("a payment page answered {outcome:?}"))?;
            Ok(order)
        }
    })
    .await?;
    if manner == Manner::Wild {
        come_back(site, &orders, 0).await?;
    }
    Ok(orders)
}

/// Every third buyer, from `from`, returns from the payment page.
async fn come_back(site: &Arc<Site>, orders: &[Uuid], from: usize) -> Result<()> {
    let chosen: Vec<(usize, Uuid)> = orders.iter().copied().enumerate().skip(from).step_by(3).collect();
    each(chosen.len(), PARALLEL, |at| {
        let (site, (number, order)) = (Arc::clone(site), chosen[at]);
        async move {
            let answer = site.visitor.come_back(&people::student(number), order).await?;
            if answer.status == 200 { Ok(()) } else { Err(answer.unexpected("the page of a paid order")) }
        }
    })
    .await
    .map(drop)
}

/// Delivers what is held, and in the wild the events of `again` too.
async fn deliver(site: &Site, manner: Manner, again: &[Value]) -> Result<usize> {
    match manner {
        Manner::Orderly => site.emulator.deliver(json!({})).await,
        Manner::Wild => {
            let events = site.emulator.events().await?;
            ensure(events.len() > again.len(), || "nothing new happened at Stripe".to_owned())?;
            let ids: Vec<&str> = events.iter().filter_map(|event| event["id"].as_str()).collect();
            site.emulator.deliver(json!({ "ids": ids, "times": 1, "max_times": 5, "seed": SEED, "parallel": 8 })).await
        }
    }
}

/// Some students cancel and get their money back.
async fn take_back(site: &Arc<Site>, orders: &[Uuid]) -> Result<()> {
    let mut bookings: Vec<(usize, Uuid)> = Vec::new();
    for (number, order) in orders.iter().enumerate().step_by(CANCELLED) {
        let mut tx = site.database.tx().await?;
        let booking = sqlx::query_scalar("SELECT id FROM bookings WHERE order_id = $1").bind(order).fetch_one(&mut *tx).await?;
        bookings.push((number, booking));
    }
    each(bookings.len(), PARALLEL, |at| {
        let (site, (number, booking)) = (Arc::clone(site), bookings[at]);
        async move {
            let answer = site.visitor.cancel(&people::student(number), booking).await?;
            if answer.leads_on() { Ok(()) } else { Err(answer.unexpected("the cancelled lesson")) }
        }
    })
    .await
    .map(drop)
}

/// What is not Stripe's, or not of today, is refused and changes nothing. The same event, well
/// signed, is taken: so the refusals have their reason in what was wrong with them.
async fn forge(site: &Site) -> Result<()> {
    let mut event = site.emulator.events().await?.pop().ok_or("there are events")?;
    event["id"] = json!("evt_forged");
    let (body, now) = (event.to_string(), site.database.seconds().await?);
    let tampered = body.replace("evt_forged", "evt_forgery");
    let good = signature(SECRET, now, &body);
    let before = footprint(site).await?;
    let forgeries = [
        ("another secret", Some(signature("whsec_other", now, &body)), &body),
        ("no signature", None, &body),
        ("a header without a signature", Some(format!("t={now}")), &body),
        ("six minutes ago", Some(signature(SECRET, now - 360, &body)), &body),
        ("another body", Some(good.clone()), &tampered),
    ];
    for (what, header, body) in forgeries {
        let status = site.visitor.webhook(header.as_deref(), body).await?;
        ensure(status == 400, || format!("a webhook with {what} was answered with {status}"))?;
    }
    ensure(footprint(site).await? == before, || "a refused webhook left something behind".to_owned())?;
    let status = site.visitor.webhook(Some(&good), &body).await?;
    ensure(status == 200, || format!("a well signed webhook was answered with {status}"))?;
    ensure(footprint(site).await? != before, || "a webhook that was taken left nothing behind".to_owned())?;
    site.quiet(PATIENCE).await
}

/// `Stripe-Signature` for a body sent at `seconds` since 1970.
fn signature(secret: &str, seconds: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
    mac.update(format!("{seconds}.{body}").as_bytes());
    format!("t={seconds},v1={}", hex::encode(mac.finalize().into_bytes()))
}

/// Whatever a webhook could change.
async fn footprint(site: &Site) -> Result<(i64, i64, String)> {
    let events = site.database.number("SELECT coalesce(sum(deliveries), 0)::bigint FROM stripe_events").await?;
    let jobs = site.database.number("SELECT count(*) FROM graphile_worker._private_jobs").await?;
    Ok((events, jobs, Ledger::digest(&site.database).await?))
}
