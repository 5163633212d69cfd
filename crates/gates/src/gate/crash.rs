//! The server dies at every step between hold and receipt, and at any moment under load. After
//! a start the money and the slot agree.

use crate::{
    crowd::each,
    fault::{Result, ensure},
    people::{self, Slot, Student},
    report::Outcome,
    site::Site,
    stage::Stage,
};
use jiff::Timestamp;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::time::{Instant, sleep};
use uuid::Uuid;

/// The steps at which the server can be told to die (`domain::failpoint`), in their order.
const STEPS: [&str; 11] = [
    "after_order_insert",
    "after_hold_commit",
    "after_session_created_before_store",
    "after_session_stored",
    "after_event_recorded",
    "before_settle_commit",
    "after_settle_commit",
    "before_mail_sent",
    "after_mail_sent_before_mark",
    "before_refund_call",
    "after_refund_call_before_store",
];

/// How long a server may live that was told to die.
const DIES_WITHIN: Duration = Duration::from_secs(20);
/// How long it may take until everything has come to rest after a start.
const PATIENCE: Duration = Duration::from_mins(1);
/// Buyers at a time while the server is killed.
const BUYERS: usize = 8;
/// How long a buyer goes on trying while servers die.
const STUBBORN_FOR: Duration = Duration::from_mins(2);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What the buyer does after the crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Buyer {
    /// Tries the step again and goes on.
    GoesOn,
    /// Is never seen again.
    IsGone,
}

/// The gate.
pub async fn run(stage: &Stage) -> Result<Outcome> {
    let site = Arc::new(stage.closed("crash").await?);
    let first = site.database.first_hour().await?;
    let buyers: &[Buyer] = if stage.small { &[Buyer::IsGone] } else { &[Buyer::GoesOn, Buyer::IsGone] };
    let mut number = 0;
    for step in STEPS {
        for buyer in buyers {
            let outcome = die_at(&site, step, *buyer, first, number).await;
            outcome.map_err(|fault| format!("{step}, the buyer {buyer:?}: {fault}"))?;
            number += 1;
        }
    }
    let kills = stage.size(3, 25);
    let bought = under_load(&site, first, number, kills).await.map_err(|fault| format!("under load: {fault}"))?;
    Arc::into_inner(site).ok_or("somebody is still there")?.end().await?;
    let figure = format!("{number} deaths at {} steps, {kills} among {bought} buyers: all agree, nobody charged twice", STEPS.len());
    Ok(Outcome { size: format!("{} kills", number + kills), figure })
}

/// One buyer meets a server that dies at `step`.
async fn die_at(site: &Site, step: &str, buyer: Buyer, first: Timestamp, number: usize) -> Result<()> {
    let (student, slot) = (people::student(number), people::slot(first, number));
    let before = site.agrees().await?;
    site.start(&[("WEMASTER_FAILPOINT", step)]).await?;
    let refund = step.contains("refund");
    // Somewhere in here the connection breaks, or everything is done and a job dies.
    let _ = go_on(site, &student, &slot, refund).await;
    ensure(site.death(DIES_WITHIN).await.is_some(), || "the server never came to this step".to_owned())?;
    site.restart().await?;
    if buyer == Buyer::GoesOn {
        go_on(site, &student, &slot, refund).await?;
    } else {
        run_out(site, student.id).await?;
    }
    site.quiet(PATIENCE).await?;
    let after = site.agrees().await?;
    site.kill().await?;

    let (booked, cancelled) = (after.booked - before.booked, after.cancelled - before.cancelled);
    let paid = STEPS.iter().position(|s| *s == step) >= STEPS.iter().position(|s| *s == "after_event_recorded");
    let expected = match buyer {
        _ if refund => (0, 1),
        Buyer::GoesOn => (1, 0),
        Buyer::IsGone => (usize::from(paid), 0),
    };
    ensure((booked, cancelled) == expected, || format!("booked and cancelled {booked} and {cancelled}, not {expected:?}"))?;
    ensure(after.refunded == before.refunded, || "money was taken and given back".to_owned())
}

/// What a buyer does from wherever they are: hold, pay, come back, and cancel if they want to.
async fn go_on(site: &Site, student: &Student, slot: &Slot, refund: bool) -> Result<()> {
    let order = buy(site, student, slot).await?;
    if !refund {
        return Ok(());
    }
    let booking = booking(site, order).await?.ok_or("a paid order is booked")?;
    if booking.1 == "confirmed" {
        let answer = site.visitor.cancel(student, booking.0).await?;
        ensure(answer.leads_on(), || answer.unexpected("the cancelled lesson").to_string())?;
    }
    Ok(())
}

/// Buys a slot, whatever of it is done already. The answer: the order.
async fn buy(site: &Site, student: &Student, slot: &Slot) -> Result<Uuid> {
    let order = match own_order(site, student, slot).await? {
        Some((order, status)) if status != "pending" => return Ok(order),
        Some((order, _)) => order,
        None => site.visitor.hold(student, slot).await?.order()?,
    };
    let answer = site.visitor.pay(student, order).await?;
    if let Ok(session) = answer.session() {
        let outcome = site.emulator.pay(&session).await?;
        ensure(outcome == "paid" || outcome == "complete", || format!("the payment page answered {outcome:?}"))?;
    } else if answer.status >= 500 {
        return Err(answer.unexpected("a payment page"));
    }
    let back = site.visitor.come_back(student, order).await?;
    ensure(back.status == 200, || back.unexpected("the page of a paid order").to_string())?;
    Ok(order)
}

/// The newest order of a student for a slot, with its status.
async fn own_order(site: &Site, student: &Student, slot: &Slot) -> Result<Option<(Uuid, String)>> {
    let mut tx = site.database.tx().await?;
    let found = sqlx::query_as(
        "SELECT o.id, o.status FROM orders o JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
         WHERE o.student_id = $1 AND l.variant_id = $2 AND l.starts_at = $3::text::timestamptz ORDER BY o.id DESC LIMIT 1",
    )
    .bind(student.id)
    .bind(slot.variant)
    .bind(slot.start.to_string())
    .fetch_optional(&mut *tx)
    .await?;
    Ok(found)
}

async fn booking(site: &Site, order: Uuid) -> Result<Option<(Uuid, String)>> {
    let mut tx = site.database.tx().await?;
    Ok(sqlx::query_as("SELECT id, status FROM bookings WHERE order_id = $1").bind(order).fetch_optional(&mut *tx).await?)
}

/// The ten minutes of whatever a student still holds are over.
async fn run_out(site: &Site, student: Uuid) -> Result<()> {
    let mut tx = site.database.tx().await?;
    sqlx::query(
        "UPDATE claims c SET expires_at = clock_timestamp() FROM orders o
         WHERE o.tenant_id = c.tenant_id AND o.id = c.order_id AND o.student_id = $1 AND c.active AND c.expires_at IS NOT NULL",
    )
    .bind(student)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "UPDATE graphile_worker._private_jobs j SET run_at = now() FROM orders o
         WHERE o.student_id = $1 AND j.key = o.tenant_id || ':lapse:' || o.id",
    )
    .bind(student)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Buyers come one after the other, each for a slot of their own, while the server is killed at
/// random moments. Whoever sees an error tries again; in the end everybody is booked and has
/// paid once. The answer: how many they were.
async fn under_load(site: &Arc<Site>, first: Timestamp, from: usize, kills: usize) -> Result<usize> {
    let before = site.agrees().await?;
    site.start(&[]).await?;
    let (over, next) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(from)));
    let killer = {
        let (site, over) = (Arc::clone(site), Arc::clone(&over));
        tokio::spawn(async move {
            let done = kill_at_random(&site, kills).await;
            over.store(true, Ordering::Relaxed);
            done
        })
    };
    let bought = each(BUYERS, BUYERS, |_| {
        let (site, over, next) = (Arc::clone(site), Arc::clone(&over), Arc::clone(&next));
        async move {
            let mut bought = 0;
            while !over.load(Ordering::Relaxed) {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= people::STUDENTS {
                    break;
                }
                buy_at_last(&site, &people::student(number), &people::slot(first, number)).await?;
                bought += 1;
            }
            Ok(bought)
        }
    })
    .await?;
    killer.await??;
    site.quiet(PATIENCE).await?;
    let (after, bought) = (site.agrees().await?, bought.iter().sum::<usize>());
    ensure(after.booked - before.booked == bought, || format!("{bought} bought: {before:?} became {after:?}"))?;
    ensure(after.refunded == before.refunded && after.unpaid == before.unpaid, || format!("{before:?} became {after:?}"))?;
    Ok(bought)
}

async fn kill_at_random(site: &Site, kills: usize) -> Result<()> {
    let mut rng = StdRng::seed_from_u64(9);
    for _ in 0..kills {
        sleep(Duration::from_millis(rng.random_range(50..900))).await;
        site.restart().await?;
    }
    Ok(())
}

/// Tries until it is bought.
async fn buy_at_last(site: &Site, student: &Student, slot: &Slot) -> Result<()> {
    let deadline = Instant::now() + STUBBORN_FOR;
    loop {
        match buy(site, student, slot).await {
            Ok(_) => return Ok(()),
            Err(fault) => ensure(Instant::now() < deadline, || format!("a buyer gave up: {fault}"))?,
        }
        sleep(LOOK_EVERY).await;
    }
}
