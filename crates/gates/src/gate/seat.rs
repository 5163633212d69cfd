//! Many buyers of one slot at the same moment: one gets it, the others are told so.

use crate::{
    fault::{Result, ensure},
    people::{self, Slot},
    report::{Outcome, millis, percentile},
    site::Site,
    stage::Stage,
    visitor::Answer,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::Barrier, task::JoinSet};

const PATIENCE: Duration = Duration::from_mins(1);

/// The gate.
pub async fn run(stage: &Stage) -> Result<Outcome> {
    let (buyers, rounds) = (stage.size(100, 500), stage.size(3, 20));
    let site = stage.open("seat").await?;
    let first = site.database.first_hour().await?;
    let deadlocks = site.database.deadlocks().await?;
    let mut times = Vec::new();
    for round in 0..rounds {
        // Another hour each round: who won before is in no other lesson then.
        let slot = people::slot(first, round * people::TUTORS);
        let (winner, order) = rush(&site, &slot, buyers, &mut times).await?;
        let session = site.visitor.pay(&people::student(winner), order).await?.session()?;
        ensure(site.emulator.pay(&session).await? == "paid", || "the winner could not pay".to_owned())?;
    }
    site.quiet(PATIENCE).await?;
    let tally = site.agrees().await?;
    ensure(tally.booked == rounds && tally.refunded + tally.unpaid + tally.cancelled == 0, || format!("{rounds} rounds left {tally:?}"))?;
    let deadlocks = site.database.deadlocks().await? - deadlocks;
    ensure(deadlocks == 0, || format!("{deadlocks} deadlocks"))?;
    site.end().await?;
    let figure =
        format!("hold p50 {}, p99 {}; 0 deadlocks, 0 5xx", millis(percentile(&mut times, 500)), millis(percentile(&mut times, 990)));
    Ok(Outcome { size: format!("{buyers} buyers × {rounds}"), figure })
}

/// One round. The answer: who won, and the order.
async fn rush(site: &Site, slot: &Slot, buyers: usize, times: &mut Vec<Duration>) -> Result<(usize, uuid::Uuid)> {
    let start = Arc::new(Barrier::new(buyers));
    let mut running: JoinSet<Result<(usize, Duration, Answer)>> = JoinSet::new();
    for number in 0..buyers {
        let (start, visitor, slot) = (Arc::clone(&start), site.visitor.clone(), slot.clone());
        running.spawn(async move {
            let student = people::student(number);
            start.wait().await;
            let begun = Instant::now();
            let answer = visitor.hold(&student, &slot).await?;
            Ok((number, begun.elapsed(), answer))
        });
    }
    let mut winners = Vec::new();
    while let Some(done) = running.join_next().await {
        let (number, time, answer) = done??;
        times.push(time);
        if answer.leads_on() {
            winners.push((number, answer.order()?));
        } else if !answer.says_taken() {
            return Err(answer.unexpected("the slot, or a page that says it is taken,"));
        }
    }
    ensure(winners.len() == 1, || format!("{} of {buyers} buyers got one slot", winners.len()))?;
    Ok(winners[0])
}
