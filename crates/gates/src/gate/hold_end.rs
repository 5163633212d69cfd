//! Payments around the end of their hold, while rivals wait for the slot: each ends in a booking
//! or in a full refund.

use crate::{
    crowd::each,
    fault::{Result, ensure},
    people,
    report::Outcome,
    site::Site,
    stage::Stage,
};
use jiff::Timestamp;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::{sync::Arc, time::Duration};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, sleep_until},
};
use uuid::Uuid;

/// Buyers who prepare at a time.
const PARALLEL: usize = 16;
/// Holds end over so many milliseconds for each hundred payments.
const SPREAD_PER_HUNDRED: u64 = 3_000;
/// The first hold ends so long after everything is prepared.
const LEAD: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_mins(4);
/// How often a rival tries, and how long it waits in between.
const TRIES: usize = 5;
const PAUSE: Duration = Duration::from_millis(200);

/// The gate.
pub async fn run(stage: &Stage) -> Result<Outcome> {
    let count = stage.size(50, 500);
    let site = Arc::new(stage.open("hold_end").await?);
    let first = site.database.first_hour().await?;
    let held = hold_all(&site, first, count).await?;

    let spread = SPREAD_PER_HUNDRED * u64::try_from(count)? / 100;
    let mut rng = StdRng::seed_from_u64(4);
    let ends: Vec<Duration> = (0..count).map(|_| LEAD + Duration::from_millis(rng.random_range(0..spread))).collect();
    let begun = Instant::now();
    end_holds(&site, &held, &ends).await?;

    let mut payers: JoinSet<Result<String>> = JoinSet::new();
    let mut rivals: JoinSet<Result<bool>> = JoinSet::new();
    for (number, (_, session)) in held.iter().enumerate() {
        let end = begun + ends[number];
        let (payer, session) = (Arc::clone(&site), session.clone());
        let pays_at = end - Duration::from_secs(1) + Duration::from_millis(rng.random_range(0..2_000));
        payers.spawn(async move {
            sleep_until(pays_at).await;
            payer.emulator.pay(&session).await
        });
        let rival = Arc::clone(&site);
        let comes_at = end - Duration::from_millis(200) + Duration::from_millis(rng.random_range(0..400));
        rivals.spawn(async move {
            sleep_until(comes_at).await;
            compete(&rival, first, number, count).await
        });
    }
    let mut paid = 0;
    while let Some(done) = payers.join_next().await {
        let outcome = done??;
        ensure(outcome == "paid" || outcome == "expired", || format!("a payment page answered {outcome:?}"))?;
        paid += usize::from(outcome == "paid");
    }
    let mut taken = 0;
    while let Some(done) = rivals.join_next().await {
        taken += usize::from(done??);
    }

    site.quiet(PATIENCE).await?;
    let tally = site.agrees().await?;
    let closed = count - paid;
    ensure(tally.booked + tally.refunded == paid + taken, || format!("{paid} payments and {taken} of rivals became {tally:?}"))?;
    ensure(tally.unpaid == closed && tally.cancelled == 0, || format!("{closed} pages were closed in time, the orders are {tally:?}"))?;
    ensure(paid > count / 4 && taken > 0, || format!("there was no race: {paid} of {count} paid, rivals took {taken}"))?;
    Arc::into_inner(site).ok_or("somebody is still there")?.end().await?;
    let figure = format!(
        "{paid} paid, {closed} pages closed before, {taken} rivals paid: {} booked, {} refunded in full, 0 both, 0 neither",
        tally.booked, tally.refunded
    );
    Ok(Outcome { size: format!("{count} payments ±1 s"), figure })
}

/// Everybody holds a slot of their own and opens its payment page.
async fn hold_all(site: &Arc<Site>, first: Timestamp, count: usize) -> Result<Vec<(Uuid, String)>> {
    each(count, PARALLEL, |number| {
        let site = Arc::clone(site);
        async move { site.to_checkout(&people::student(number), &people::slot(first, number)).await }
    })
    .await
}

/// Lets each hold end so long from now, and has its job come then.
async fn end_holds(site: &Site, held: &[(Uuid, String)], ends: &[Duration]) -> Result<()> {
    let orders: Vec<Uuid> = held.iter().map(|(order, _)| *order).collect();
    let millis: Vec<i64> = ends.iter().map(|end| i64::try_from(end.as_millis())).collect::<Result<_, _>>()?;
    let mut tx = site.database.tx().await?;
    let moved = sqlx::query(
        "UPDATE claims c SET expires_at = now() + h.millis * interval '1 millisecond'
         FROM unnest($1::uuid[], $2::bigint[]) AS h (id, millis) WHERE c.order_id = h.id AND c.active",
    )
    .bind(&orders)
    .bind(&millis)
    .execute(&mut *tx)
    .await?;
    let jobs = sqlx::query(
        "UPDATE graphile_worker._private_jobs j SET run_at = c.expires_at FROM claims c
         WHERE c.order_id = ANY ($1) AND c.active AND j.key = c.tenant_id || ':lapse:' || c.order_id",
    )
    .bind(&orders)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    ensure(moved.rows_affected() == jobs.rows_affected() && usize::try_from(moved.rows_affected())? == held.len(), || {
        format!("{} holds, {} jobs that end them", moved.rows_affected(), jobs.rows_affected())
    })
}

/// A rival tries to take the slot of `number` and pays at once. Whether it got it.
async fn compete(site: &Site, first: Timestamp, number: usize, count: usize) -> Result<bool> {
    let (student, slot) = (people::student(count + number), people::slot(first, number));
    for _ in 0..TRIES {
        let answer = site.visitor.hold(&student, &slot).await?;
        if answer.leads_on() {
            let session = site.visitor.pay(&student, answer.order()?).await?.session()?;
            let outcome = site.emulator.pay(&session).await?;
            ensure(outcome == "paid", || format!("a rival's payment page answered {outcome:?}"))?;
            return Ok(true);
        }
        if !answer.says_taken() {
            return Err(answer.unexpected("the slot, or a page that says it is taken,"));
        }
        sleep(PAUSE).await;
    }
    Ok(false)
}
