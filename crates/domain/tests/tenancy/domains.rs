//! A school's own domains.

use crate::harness::{Harness, idle};
use async_trait::async_trait;
use domain::{
    Actor, Error, Services,
    tenancy::domains::{self, Domain, Proof, Route},
};
use kernel::{AppError, Permission, ids::DomainId};
use providers::{
    domains::{Domains, NoAnswer},
    outgoing::OutgoingError,
};
use sqlx::PgPool;
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
    time::Duration,
};
use url::Url;

const HOST: &str = "learn.school.example";

/// What the world says, as a test has it.
pub(super) struct World {
    /// Text records by name; none: the name servers are silent.
    records: Mutex<HashMap<String, Option<Vec<String>>>>,
    /// Hosts that lead to us, and those that lead to somebody else.
    here: Mutex<HashSet<String>>,
    elsewhere: Mutex<HashSet<String>>,
    services: Services,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("World")
    }
}

#[async_trait]
impl Domains for World {
    async fn txt(&self, name: &str) -> Result<Vec<String>, NoAnswer> {
        self.records.lock().unwrap().get(name).cloned().unwrap_or(Some(Vec::new())).ok_or(NoAnswer)
    }

    async fn get(&self, address: &Url) -> Result<String, OutgoingError> {
        assert_eq!(address.path(), "/.well-known/wemaster");
        let host = address.host_str().unwrap();
        let authority = format!("{host}:{}", address.port().unwrap());
        let nonce = address.query_pairs().find(|(key, _)| key == "nonce").unwrap().1.into_owned();
        if self.here.lock().unwrap().contains(host) {
            Ok(domains::answer(&self.services, &authority, &nonce))
        } else if self.elsewhere.lock().unwrap().contains(host) {
            // What we answer to another: copied, it says nothing here.
            Ok(domains::answer(&self.services, "other.example:3000", &nonce))
        } else {
            Err(OutgoingError::Unreachable)
        }
    }
}

async fn school(pool: PgPool) -> (Harness, Arc<World>) {
    let mut h = Harness::new(pool).await;
    let world = World::of(&mut h);
    (h, world)
}

impl World {
    /// The world around a school.
    pub(super) fn of(h: &mut Harness) -> Arc<Self> {
        let world =
            Arc::new(Self { records: Mutex::default(), here: Mutex::default(), elsewhere: Mutex::default(), services: h.services.clone() });
        h.services.domains = Arc::clone(&world) as Arc<dyn Domains>;
        world
    }

    /// Has a name's text records say this; none: the name servers are silent.
    pub(super) fn say(&self, name: &str, records: Option<Vec<String>>) {
        self.records.lock().unwrap().insert(name.to_owned(), records);
    }

    fn publish(&self, domain: &Domain) {
        self.records.lock().unwrap().insert(domain.record.clone(), Some(vec!["v=spf1 -all".into(), domain.value.clone()]));
    }

    fn lead_here(&self, host: &str) {
        self.here.lock().unwrap().insert(host.to_owned());
    }
}

async fn one(h: &Harness, actor: &Actor, id: DomainId) -> Domain {
    domains::list(&h.services, actor).await.unwrap().into_iter().find(|domain| domain.id == id).unwrap()
}

/// A domain that is proven and leads here.
async fn proven(h: &Harness, world: &World, host: &str) -> Domain {
    let id = domains::add(&h.services, &h.admin, host).await.unwrap();
    world.publish(&one(h, &h.admin, id).await);
    world.lead_here(host);
    domains::check(&h.services, &h.admin, id).await.unwrap()
}

/// The name of the school that a host leads to.
async fn at(h: &Harness, host: &str) -> Option<String> {
    h.services.tenants.by_host(&h.services.db, &format!("{host}:3000")).await.unwrap().map(|tenant| tenant.name.clone())
}

fn advance(h: &Harness, by: Duration) {
    h.clock.set(h.services.now() + by);
}

fn refused<T: std::fmt::Debug>(result: domain::Result<T>) -> AppError {
    match result {
        Err(Error::App(error)) => error,
        other => panic!("not a refusal: {other:?}"),
    }
}

fn origin(h: &Harness, tenant: &domain::tenancy::Tenant) -> String {
    h.services.tenants.origin(tenant)
}

async fn address(h: &Harness) -> String {
    let tenant = h.services.tenants.by_id(&h.services.db, h.tenant.id).await.unwrap().unwrap();
    origin(h, &tenant)
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_host_is_whose_proof_is_in_its_dns(pool: PgPool) {
    let (h, world) = school(pool).await;
    let id = domains::add(&h.services, &h.admin, &format!(" https://{}/ ", HOST.to_uppercase())).await.unwrap();
    let domain = one(&h, &h.admin, id).await;
    assert_eq!((domain.host.as_str(), domain.record.as_str()), (HOST, "_wemaster.learn.school.example"));
    assert_eq!((domain.proof, domain.route, domain.serves), (Proof::Unknown, Route::Unknown, false));

    // Nothing there, another's record, silence: none of them is a proof.
    for (records, proof) in [
        (Some(vec![]), Proof::Missing),
        (Some(vec!["wemaster-domain=somebody else".to_owned()]), Proof::Different),
        (None, Proof::Unanswered),
    ] {
        world.records.lock().unwrap().insert(domain.record.clone(), records);
        let seen = domains::check(&h.services, &h.admin, id).await.unwrap();
        assert_eq!((seen.proof, seen.serves), (proof, false));
        assert_eq!(at(&h, HOST).await, None, "{proof:?}");
    }
    world.publish(&domain);
    world.lead_here(HOST);
    let seen = domains::check(&h.services, &h.admin, id).await.unwrap();
    assert_eq!((seen.proof, seen.route, seen.serves, seen.is_main), (Proof::Found, Route::Here, true, false));
    assert_eq!(at(&h, HOST).await.as_deref(), Some("NORTHSIDE"));
    assert_eq!(at(&h, "x.learn.school.example").await, None, "only the host itself");
    // Not without us: the database knows the proof too.
    let refused = h.sql(&format!("INSERT INTO hosts (host, tenant_id) VALUES ('free.example', '{}')", h.tenant.id)).await;
    assert!(refused.unwrap_err().to_string().contains("whose proof was found"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn only_an_answer_of_ours_for_this_host_leads_here(pool: PgPool) {
    let (h, world) = school(pool).await;
    let id = domains::add(&h.services, &h.admin, HOST).await.unwrap();
    world.publish(&one(&h, &h.admin, id).await);
    assert_eq!(domains::check(&h.services, &h.admin, id).await.unwrap().route, Route::Nowhere);
    world.elsewhere.lock().unwrap().insert(HOST.to_owned());
    assert_eq!(domains::check(&h.services, &h.admin, id).await.unwrap().route, Route::Elsewhere);
    assert_eq!(refused(domains::make_main(&h.services, &h.admin, id).await), AppError::conflict("error-domain-astray"));
    world.lead_here(HOST);
    domains::make_main(&h.services, &h.admin, id).await.unwrap();
    assert_eq!(address(&h).await, "http://learn.school.example:3000");
    domains::use_subdomain(&h.services, &h.admin).await.unwrap();
    assert_eq!(address(&h).await, "http://northside.localhost:3000");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn two_schools_want_one_host_and_the_proof_decides(pool: PgPool) {
    let (h, world) = school(pool).await;
    let other = h.other_school().await;
    let ours = proven(&h, &world, HOST).await;
    let theirs = domains::add(&h.services, &other.admin, HOST).await.unwrap();
    let theirs = one(&h, &other.admin, theirs).await;
    assert_ne!(theirs.value, ours.value);
    assert_eq!(domains::check(&h.services, &other.admin, theirs.id).await.unwrap().proof, Proof::Different);
    // With both records the first one keeps it, until it lets go.
    world.records.lock().unwrap().insert(theirs.record.clone(), Some(vec![ours.value.clone(), theirs.value.clone()]));
    assert_eq!(refused(domains::check(&h.services, &other.admin, theirs.id).await), AppError::conflict("error-domain-taken"));
    assert_eq!(at(&h, HOST).await.as_deref(), Some("NORTHSIDE"));
    domains::remove(&h.services, &h.admin, ours.id).await.unwrap();
    assert!(domains::check(&h.services, &other.admin, theirs.id).await.unwrap().serves);
    assert_eq!(at(&h, HOST).await.as_deref(), Some("SOUTHSIDE"));
    // Nobody's domain is another school's address.
    let taken = h.sql(&format!("UPDATE tenants SET domain = '{HOST}' WHERE id = '{}'", h.tenant.id)).await;
    assert!(taken.unwrap_err().to_string().contains("tenants_domain"));
    assert_eq!(refused(domains::remove(&h.services, &h.admin, theirs.id).await), AppError::NotFound);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn of_two_schools_that_prove_a_host_at_once_one_has_it(pool: PgPool) {
    let (h, world) = school(pool).await;
    let other = h.other_school().await;
    for round in 0..10 {
        let host = format!("r{round}.school.example");
        let mut ids = Vec::new();
        let mut values = Vec::new();
        for actor in [&h.admin, &other.admin] {
            let id = domains::add(&h.services, actor, &host).await.unwrap();
            let domain = one(&h, actor, id).await;
            values.push(domain.value);
            world.records.lock().unwrap().insert(domain.record, Some(values.clone()));
            ids.push(id);
        }
        let (a, b) = tokio::join!(domains::check(&h.services, &h.admin, ids[0]), domains::check(&h.services, &other.admin, ids[1]));
        assert_eq!(usize::from(a.is_ok()) + usize::from(b.is_ok()), 1, "{a:?} {b:?}");
        for (actor, id) in [(&h.admin, ids[0]), (&other.admin, ids[1])] {
            domains::remove(&h.services, actor, id).await.unwrap();
        }
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_address_that_leads_astray_is_given_up_after_hours_and_a_proof_after_days(pool: PgPool) {
    let (h, world) = school(pool).await;
    let domain = proven(&h, &world, HOST).await;
    domains::make_main(&h.services, &h.admin, domain.id).await.unwrap();
    world.here.lock().unwrap().clear();
    let hour = Duration::from_hours(1);
    for _ in 0..6 {
        domains::check_all(&h.services).await.unwrap();
        assert_eq!(address(&h).await, "http://learn.school.example:3000", "a short trouble changes nothing");
        advance(&h, hour);
    }
    // In between it was there: the hours begin anew.
    world.lead_here(HOST);
    domains::check_all(&h.services).await.unwrap();
    world.here.lock().unwrap().clear();
    for _ in 0..6 {
        domains::check_all(&h.services).await.unwrap();
        assert_eq!(address(&h).await, "http://learn.school.example:3000");
        advance(&h, hour);
    }
    domains::check_all(&h.services).await.unwrap();
    assert_eq!(address(&h).await, "http://northside.localhost:3000");
    assert!(one(&h, &h.admin, domain.id).await.serves, "it is still the school's");
    assert_eq!(h.jobs("send_mail").await.iter().filter(|job| job["mailing"] == "domain_lost" && job["why"] == "astray").count(), 1);

    // Name servers that are silent prove nothing, for or against.
    world.records.lock().unwrap().insert(domain.record.clone(), None);
    advance(&h, hour * 100);
    domains::check_all(&h.services).await.unwrap();
    advance(&h, hour * 100);
    domains::check_all(&h.services).await.unwrap();
    assert!(one(&h, &h.admin, domain.id).await.serves);
    world.records.lock().unwrap().insert(domain.record.clone(), Some(vec![]));
    domains::check_all(&h.services).await.unwrap();
    advance(&h, hour * 71);
    domains::check_all(&h.services).await.unwrap();
    assert_eq!(at(&h, HOST).await.as_deref(), Some("NORTHSIDE"));
    advance(&h, hour);
    domains::check_all(&h.services).await.unwrap();
    assert_eq!(at(&h, HOST).await, None);
    assert_eq!(h.jobs("send_mail").await.iter().filter(|job| job["mailing"] == "domain_lost" && job["why"] == "unproven").count(), 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_domain_proves_itself_while_nobody_looks(pool: PgPool) {
    let (h, world) = school(pool).await;
    let id = domains::add(&h.services, &h.admin, HOST).await.unwrap();
    world.publish(&one(&h, &h.admin, id).await);
    domains::check_all(&h.services).await.unwrap();
    assert!(one(&h, &h.admin, id).await.serves);
    // One that nobody proved for weeks is left alone.
    let late = domains::add(&h.services, &h.admin, "late.school.example").await.unwrap();
    h.owner_sql(&format!("UPDATE domains SET created_at = now() - interval '1 year' WHERE id = '{late}'")).await;
    world.publish(&one(&h, &h.admin, late).await);
    domains::check_all(&h.services).await.unwrap();
    assert_eq!(one(&h, &h.admin, late).await.proof, Proof::Unknown);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn removing_the_address_leads_back_to_the_subdomain(pool: PgPool) {
    let (h, world) = school(pool).await;
    let domain = proven(&h, &world, HOST).await;
    domains::make_main(&h.services, &h.admin, domain.id).await.unwrap();
    domains::remove(&h.services, &h.admin, domain.id).await.unwrap();
    assert_eq!(address(&h).await, "http://northside.localhost:3000");
    assert_eq!(at(&h, HOST).await, None, "at once, also where it was remembered");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn domains_are_for_staff_who_manage_settings_and_showed_who_they_are(pool: PgPool) {
    let (h, world) = school(pool).await;
    let domain = proven(&h, &world, HOST).await;
    let staff = h.staff("Stan", [Permission::SeeMembers].into_iter().collect()).await;
    let student = h.student("Sue").await;
    for actor in [&staff, &student] {
        assert_eq!(refused(domains::list(&h.services, actor).await), AppError::NotFound);
        assert_eq!(refused(domains::add(&h.services, actor, "a.example").await), AppError::NotFound);
        assert_eq!(refused(domains::check(&h.services, actor, domain.id).await), AppError::NotFound);
        assert_eq!(refused(domains::make_main(&h.services, actor, domain.id).await), AppError::NotFound);
        assert_eq!(refused(domains::use_subdomain(&h.services, actor).await), AppError::NotFound);
        assert_eq!(refused(domains::remove(&h.services, actor, domain.id).await), AppError::NotFound);
    }
    let idle = idle(&h.admin);
    assert_eq!(refused(domains::add(&h.services, &idle, "a.example").await), AppError::Unverified);
    assert_eq!(refused(domains::make_main(&h.services, &idle, domain.id).await), AppError::Unverified);
    assert_eq!(refused(domains::remove(&h.services, &idle, domain.id).await), AppError::Unverified);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_is_no_domain_of_theirs_is_said_at_the_field(pool: PgPool) {
    let (h, _) = school(pool).await;
    for (typed, code) in [
        ("", "error-required"),
        ("school", "error-domain"),
        ("10.0.0.1", "error-domain"),
        ("localhost", "error-domain"),
        ("southside.localhost", "error-domain-ours"),
    ] {
        assert_eq!(refused(domains::add(&h.services, &h.admin, typed).await), AppError::field("host", code), "{typed}");
    }
    domains::add(&h.services, &h.admin, HOST).await.unwrap();
    assert_eq!(refused(domains::add(&h.services, &h.admin, HOST).await), AppError::field("host", "error-domain-known"));
    for n in 1..10 {
        domains::add(&h.services, &h.admin, &format!("d{n}.example")).await.unwrap();
    }
    assert_eq!(refused(domains::add(&h.services, &h.admin, "d10.example").await), AppError::conflict("error-too-many-domains"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn when_we_are_found_nowhere_it_is_held_against_nobody(pool: PgPool) {
    let (h, world) = school(pool).await;
    let other = h.other_school().await;
    let main = proven(&h, &world, HOST).await;
    domains::make_main(&h.services, &h.admin, main.id).await.unwrap();
    proven(&h, &world, "second.school.example").await;
    proven(&other, &world, "third.school.example").await;
    let here = std::mem::take(&mut *world.here.lock().unwrap());
    for _ in 0..10 {
        domains::check_all(&h.services).await.unwrap();
        advance(&h, Duration::from_hours(1));
    }
    assert_eq!(address(&h).await, "http://learn.school.example:3000", "we cannot see");
    // One of them is found: so we can.
    *world.here.lock().unwrap() = here.into_iter().filter(|host| host == "third.school.example").collect();
    for _ in 0..7 {
        domains::check_all(&h.services).await.unwrap();
        advance(&h, Duration::from_hours(1));
    }
    assert_eq!(address(&h).await, "http://northside.localhost:3000");
}
