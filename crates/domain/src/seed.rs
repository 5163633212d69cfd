//! The demo tenants: three believable schools, the same ones each time, with dates relative to
//! the day on which they are made.
//!
//! Everything is made in memory from a seed and the moment, then written in one transaction
//! per tenant, as the database's owner, under the tenant's own row-level security.

mod books;
mod content;
mod dice;
mod history;
mod offers;
mod people;
mod queries;
mod rows;
mod timetable;

use crate::{Db, Result, TenantTx, accounts::PasswordHasher, tenancy::PLATFORM_ID};
use content::{CODELAB, LINGUA, NORTHSIDE, School};
use dice::Dice;
use jiff::{Timestamp, TimestampRound, Unit};
use kernel::ids::TenantId;
use rows::Rows;

/// The demo tenants.
const SCHOOLS: [&School; 3] = [&NORTHSIDE, &LINGUA, &CODELAB];

/// The password of every demo account.
pub const PASSWORD: &str = "demo-password-1";

/// The address of the demo operator of the platform.
pub const OPERATOR: &str = "operator@platform.example";

/// A demo tenant and the accounts to look around with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demo {
    /// Its subdomain; the accounts are `student@`, `tutor@`, `admin@` and, without any history,
    /// `new@` of `<slug>.example`.
    pub slug: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether this run wrote it; `false`: it was there.
    pub written: bool,
}

/// Writes the demo tenants that are not there, relative to `now`. With `reset` those that are
/// there are emptied and written again.
///
/// `owner` are connections of the database's owner: the application may not write half of it.
pub async fn run(owner: &Db, hasher: &PasswordHasher, now: Timestamp, reset: bool) -> Result<Vec<Demo>> {
    let mut demos = Vec::new();
    // One hash for all: each takes a tenth of a second by design.
    let hash = hasher.hash(PASSWORD).await?;
    for school in SCHOOLS {
        demos.push(run_one(owner, school, &hash, now, reset).await?);
    }
    let dice = Dice::of("platform");
    let mut tx = TenantTx::begin(owner, PLATFORM_ID, None).await?;
    queries::write_operator(&mut tx, dice.id(now), dice.id(now), OPERATOR, &hash).await?;
    tx.commit().await?;
    Ok(demos)
}

/// The same for the one demo tenant of `slug`; `None` when there is no such demo.
pub async fn run_only(owner: &Db, hasher: &PasswordHasher, now: Timestamp, reset: bool, slug: &str) -> Result<Option<Demo>> {
    let Some(school) = SCHOOLS.into_iter().find(|school| school.slug == slug) else { return Ok(None) };
    let hash = hasher.hash(PASSWORD).await?;
    run_one(owner, school, &hash, now, reset).await.map(Some)
}

async fn run_one(owner: &Db, school: &'static School, hash: &str, now: Timestamp, reset: bool) -> Result<Demo> {
    // To the second: databases keep microseconds, and nobody books at one.
    let now = now.round(TimestampRound::new().smallest(Unit::Second)).unwrap_or(now);
    let there = queries::tenant(owner.pool(), school.slug).await?;
    let written = there.is_none() || reset;
    if written {
        write(owner, school, there, now, hash).await?;
    }
    Ok(Demo { slug: school.slug, name: school.name, written })
}

async fn write(owner: &Db, school: &'static School, there: Option<TenantId>, now: Timestamp, hash: &str) -> Result<()> {
    let dice = Dice::of(school.slug);
    let tenant = TenantId(dice.id(now));
    let terms = dice.id(now);
    let mut rows = Rows::default();
    let people = people::make(school, &dice, now, &mut rows);
    let on_sale = offers::make(school, &dice, now, &people, &mut rows);
    let planned = timetable::make(school, &dice, now, &people, &on_sale);
    history::make(school, &dice, now, &people, planned, &mut rows);

    let mut tx = TenantTx::begin(owner, there.unwrap_or(tenant), None).await?;
    if there.is_some() {
        queries::clear(&mut tx, school).await?;
    }
    queries::write_tenant(&mut tx, school, terms).await?;
    queries::write_people(&mut tx, &rows, hash).await?;
    queries::write_desk(&mut tx, dice.id(now), school, people.desk).await?;
    queries::write_policies(&mut tx, school, people.admin).await?;
    queries::write_offerings(&mut tx, &rows, school).await?;
    queries::write_bookings(&mut tx, &rows, school).await?;
    queries::write_money(&mut tx, &rows, school).await?;
    queries::refresh_tutors(&mut tx).await?;
    tx.commit().await
}
