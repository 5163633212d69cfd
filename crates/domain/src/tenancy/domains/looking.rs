//! Looking at domains: at once when an admin asks, and every hour.

use super::{DomainLoss, Proof, Route, Row, release, row, rows, serve, set_main};
use crate::{
    Actor, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    mailing::{self, Mailing},
    tenancy::queries,
};
use futures::StreamExt;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use kernel::{ids::DomainId, urls};
use serde_json::{Value, json};
use url::Url;

/// How long a school's address may lead astray before its links lead elsewhere.
const ASTRAY: SignedDuration = SignedDuration::from_hours(6);
/// How long a proof may be gone before the host is nobody's.
const UNPROVEN: SignedDuration = SignedDuration::from_hours(72);
/// How long an unproven host is looked at again by itself.
const WAITED_FOR: SignedDuration = SignedDuration::from_hours(24 * 14);
/// What our answer at a host is signed for.
const ANSWERS: &str = "domain answers";

/// What a look at a host found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub proof: Proof,
    pub route: Route,
}

/// What we answer at `host` to whoever asks by `nonce`: that it leads to us, with the name unchanged.
pub fn answer(services: &Services, host: &str, nonce: &str) -> String {
    let (number, tag) = services.keyring.sign(ANSWERS, &[host.into(), nonce.into()]);
    format!("{number} {}", hex::encode(tag))
}

fn is_ours(services: &Services, host: &str, nonce: &str, answer: &str) -> bool {
    let Some((number, tag)) = answer.trim().split_once(' ') else { return false };
    let (Ok(number), Ok(tag)) = (number.parse(), hex::decode(tag)) else { return false };
    services.keyring.is_signed(number, ANSWERS, &[host.into(), nonce.into()], &tag)
}

/// Asks the DNS for the proof, and the host who answers there.
pub(super) async fn look(services: &Services, row: &Row) -> Found {
    let (name, wanted) = (row.record(), row.value());
    let proof = async {
        match services.domains.txt(&name).await {
            Ok(records) if records.iter().any(|record| record.trim() == wanted) => Proof::Found,
            Ok(records) if records.is_empty() => Proof::Missing,
            Ok(_) => Proof::Different,
            Err(_) => Proof::Unanswered,
        }
    };
    let route = async {
        let nonce = hex::encode(services.rng.bytes::<16>());
        let authority = services.tenants.authority(&row.host);
        let address = format!("{}://{authority}{}?nonce={nonce}", services.tenants.scheme(), urls::DOMAIN_ANSWER);
        let Ok(address) = Url::parse(&address) else { return Route::Nowhere };
        match services.domains.get(&address).await {
            Ok(answer) if is_ours(services, &authority, &nonce, &answer) => Route::Here,
            Ok(_) => Route::Elsewhere,
            Err(_) => Route::Nowhere,
        }
    };
    let (proof, route) = tokio::join!(proof, route);
    Found { proof, route }
}

/// Notes what was found of a domain whose tenant is locked, and does what follows: a found proof lets it serve, one
/// that is gone for too long takes it away, and an address that leads astray for too long is none any more.
pub(super) async fn note(services: &Services, tx: &mut TenantTx, actor: &Actor, id: DomainId, found: Found) -> Result<Row> {
    let now = services.now();
    let before = row(tx, id).await?;
    let unproven_since = match found.proof {
        Proof::Found => None,
        // Silence is no sign that it is gone.
        Proof::Unanswered | Proof::Unknown => before.unproven_since.map(jiff_sqlx::Timestamp::to_jiff),
        Proof::Missing | Proof::Different => before.unproven_since.map_or(now, jiff_sqlx::Timestamp::to_jiff).into(),
    };
    let astray_since = if found.route == Route::Here { None } else { Some(before.astray_since.map_or(now, jiff_sqlx::Timestamp::to_jiff)) };
    sqlx::query!(
        "UPDATE domains SET proof = $3, route = $4, unproven_since = $5, astray_since = $6, checked_at = $7 WHERE tenant_id = $1 AND id = $2",
        tx.tenant().0,
        id.0,
        found.proof.key(),
        found.route.key(),
        unproven_since.map(ToSqlx::to_sqlx) as _,
        astray_since.map(ToSqlx::to_sqlx) as _,
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    let past = |since: Option<Timestamp>, limit: SignedDuration| since.is_some_and(|since| now.duration_since(since) >= limit);
    if found.proof == Proof::Found && !before.serves {
        serve(tx, &before.host).await?;
        let proven = Entry::new(Action::DomainProven).on("domain", id, &before.host);
        audit::record(tx, services, actor, proven).await?;
    } else if before.serves && past(unproven_since, UNPROVEN) {
        release(tx, &before).await?;
        lose(services, tx, actor, &before, DomainLoss::Unproven).await?;
    } else if before.is_main && past(astray_since, ASTRAY) {
        set_main(tx, None).await?;
        lose(services, tx, actor, &before, DomainLoss::Astray).await?;
    }
    row(tx, id).await
}

async fn lose(services: &Services, tx: &mut TenantTx, actor: &Actor, domain: &Row, why: DomainLoss) -> Result<()> {
    mailing::enqueue(tx, Mailing::DomainLost { domain: domain.id, why, at: services.now() }).await?;
    let lost = Entry::new(Action::DomainLost).on("domain", domain.id, &domain.host).change(Value::Null, json!({ "why": why }));
    audit::record(tx, services, actor, lost).await
}

/// How many domains are looked at at once.
const AT_ONCE: usize = 8;
/// How many domains that serve must be astray, and none not, for the trouble to be ours.
const OURS: usize = 3;

/// Looks at every school's domains again. For the worker; one school's trouble is logged and leaves the others alone.
/// When we are found nowhere at all, it is we who cannot see: then nothing is held against anybody.
pub async fn check_all(services: &Services) -> Result<()> {
    let mut wanted = Vec::new();
    for tenant in queries::ids(&services.db).await? {
        let Some(school) = services.tenants.by_id(&services.db, tenant).await? else { continue };
        let school = Actor::anonymous(school);
        let mut tx = school.begin(&services.db).await?;
        let domains = rows(&mut tx).await?;
        tx.commit().await?;
        let is_waited_for = |domain: &Row| domain.serves || services.now().duration_since(domain.created_at.to_jiff()) < WAITED_FOR;
        wanted.extend(domains.into_iter().filter(is_waited_for).map(|domain| (school.clone(), domain)));
    }
    let looks = wanted.into_iter().map(|(school, domain)| async move {
        let found = look(services, &domain).await;
        (school, domain, found)
    });
    let seen: Vec<_> = futures::stream::iter(looks).buffer_unordered(AT_ONCE).collect().await;
    let serving: Vec<Route> = seen.iter().filter(|(_, domain, _)| domain.serves).map(|(_, _, found)| found.route).collect();
    if serving.len() >= OURS && serving.iter().all(|route| *route == Route::Nowhere) {
        tracing::error!(domains = serving.len(), "no domain of any school leads here: it is taken for a trouble of ours");
        return Ok(());
    }
    for (school, domain, found) in seen {
        if let Err(error) = note_of(services, &school, &domain, found).await {
            tracing::warn!(tenant = %school.tenant.id, host = domain.host, %error, "a domain stays as it is");
        }
    }
    Ok(())
}

async fn note_of(services: &Services, school: &Actor, domain: &Row, found: Found) -> Result<()> {
    let mut tx = school.begin(&services.db).await?;
    queries::lock(&mut tx).await?;
    note(services, &mut tx, school, domain.id, found).await?;
    tx.commit().await?;
    services.tenants.forget(&school.tenant.slug);
    Ok(())
}
