//! What the platform's operators do.

use crate::{
    harness::{Harness, idle},
    till::Till,
};
use domain::{
    Actor, Error,
    accounts::{self, SignUp},
    audit::{self, AuditQuery},
    catalogue,
    jobs::{self, Job},
    members::{self, StaffRoleDraft},
    operations::{self, SchoolQuery},
    policies::ConsentDraft,
    tenancy::{self, NewTenant, Standing},
    uploads::{self, Purpose},
    worker,
};
use kernel::{AppError, Flag, Permission};
use serde::Serialize;
use sqlx::PgPool;
use std::{collections::BTreeSet, io::Read};

fn refused<T: std::fmt::Debug>(result: domain::Result<T>) -> AppError {
    match result {
        Err(Error::App(error)) => error,
        other => panic!("not a refusal: {other:?}"),
    }
}

fn new_school(slug: &str, admin: &str) -> NewTenant {
    NewTenant {
        name: slug.to_uppercase(),
        slug: slug.into(),
        brand: "#1f6f50".into(),
        locale: "en".into(),
        currency: "EUR".into(),
        zone: "UTC".into(),
        admin_name: String::new(),
        admin_email: admin.into(),
        admin_password: String::new(),
    }
}

/// What an actor's log says was done, the latest first.
async fn done(h: &Harness, actor: &Actor) -> Vec<(String, String)> {
    let (lines, _) = audit::log(&h.services, actor, &AuditQuery::default()).await.unwrap();
    lines.into_iter().map(|line| (line.action, line.actor_name)).collect()
}

async fn standing(h: &Harness) -> Standing {
    h.services.tenants.by_id(&h.services.db, h.tenant.id).await.unwrap().unwrap().standing
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_console_is_for_operators_with_a_second_factor(pool: PgPool) {
    let h = Harness::new(pool).await;
    let ana = h.operator("Ana").await;
    let platform = h.platform().await;
    let weak = platform.member("Weak", &[kernel::Role::Admin]).await;
    let clerk = platform.member("Clerk", &[]).await;
    let list = async |actor: &Actor| operations::list(&h.services, actor, &SchoolQuery::default()).await;
    assert_eq!(list(&ana).await.unwrap().items.len(), 1, "the platform itself is no school");
    assert_eq!(refused(list(&weak).await), AppError::conflict(operations::NEEDS_TWO_STEP));
    assert_eq!(refused(list(&clerk).await), AppError::NotFound);
    assert_eq!(refused(list(&platform.admin).await), AppError::Unauthenticated);
    assert_eq!(refused(list(&h.admin).await), AppError::NotFound);
    assert_eq!(refused(list(&h.anonymous()).await), AppError::NotFound);
    // What changes something asks who is there.
    let idle = idle(&ana);
    let id = h.tenant.id;
    assert_eq!(refused(operations::suspend(&h.services, &idle, id, "x").await), AppError::Unverified);
    assert_eq!(refused(operations::set_quota(&h.services, &idle, id, "1").await), AppError::Unverified);
    assert_eq!(refused(operations::decide_flags(&h.services, &idle, id, &[]).await), AppError::Unverified);
    assert_eq!(refused(operations::begin_visit(&h.services, &idle, id, "x").await), AppError::Unverified);
    assert_eq!(refused(operations::export(&h.services, &idle, id).await), AppError::Unverified);
    assert_eq!(refused(operations::discard(&h.services, &idle, 1).await), AppError::Unverified);
    // The platform's own tenant is nothing that is closed or deleted.
    assert_eq!(refused(operations::suspend(&h.services, &ana, ana.tenant.id, "x").await), AppError::NotFound);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_database_asks_who_the_operator_is(pool: PgPool) {
    let h = Harness::new(pool).await;
    let ana = h.operator("Ana").await;
    let (ana_id, admin) = (ana.member().unwrap().id, h.admin.member().unwrap().id);
    for call in [
        "app.set_standing('{}', 'suspended', '', NULL)",
        "app.set_overrides('{}', '{{}}')",
        "app.set_quota('{}', 1, 1)",
        "app.job_figures('{}')",
        "app.troubled_jobs('{}', 1)",
        "app.settle_job('{}', 1, true)",
        "app.settle_job('{}', 1, false)",
    ] {
        let call = call.replace("{{}}", "{}").replacen("{}", "WHO", 1);
        for id in [admin.to_string(), uuid::Uuid::nil().to_string()] {
            let error = h.sql(&format!("SELECT {}", call.replace("WHO", &id))).await.unwrap_err().to_string();
            assert!(error.contains("only an operator may"), "{call}: {error}");
        }
        h.sql(&format!("SELECT {}", call.replace("WHO", &ana_id.to_string()))).await.unwrap();
    }
    // Nobody else writes what operators decide, and who is suspended is none.
    assert!(h.sql("UPDATE tenants SET status = 'active'").await.is_err());
    assert!(h.sql("UPDATE tenants SET overrides = '{}'").await.is_err());
    assert!(h.sql("UPDATE tenants SET delete_at = now()").await.is_err());
    assert!(h.sql("SELECT app.delete_tenant()").await.is_err(), "only the worker deletes");
    let platform = h.platform().await;
    platform.member("Second", &[kernel::Role::Admin]).await;
    platform.owner_sql(&format!("UPDATE members SET status = 'suspended' WHERE id = '{ana_id}'")).await;
    assert!(h.sql(&format!("SELECT app.set_overrides('{ana_id}', '{{}}')")).await.is_err());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_school_that_an_operator_opens_gets_its_admin_by_invitation(pool: PgPool) {
    let h = Harness::new(pool).await;
    let ana = h.operator("Ana").await;
    assert!(matches!(refused(operations::create(&h.services, &ana, &new_school("northside", "a@b.co")).await), AppError::Invalid(_)));
    assert!(matches!(refused(operations::create(&h.services, &ana, &new_school("hill", "nobody")).await), AppError::Invalid(_)));
    let id = operations::create(&h.services, &ana, &new_school("hill", "rut@hill.example")).await.unwrap();
    // The address was mistyped: another invitation takes the first one's place.
    let invited =
        async || operations::one(&h.services, &ana, id).await.unwrap().invited.into_iter().map(|(email, _)| email).collect::<Vec<_>>();
    assert_eq!(invited().await, ["rut@hill.example"]);
    assert!(matches!(refused(operations::invite_admin(&h.services, &ana, id, "ruth", "").await), AppError::Invalid(_)));
    operations::invite_admin(&h.services, &ana, id, "ruth@hill.example", "Ruth").await.unwrap();
    assert_eq!(invited().await, ["ruth@hill.example"]);
    let school = h.services.tenants.by_id(&h.services.db, id).await.unwrap().unwrap();
    let anonymous = Actor::anonymous(school);
    worker::run_once(&worker_services(&h).await).await.unwrap();
    let mail = h.services.mail.sent().pop().unwrap().text;
    let ticket = mail.split("ticket=").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let open = members::invitation(&h.services, &anonymous, &ticket).await.unwrap().unwrap();
    assert_eq!((open.email.as_str(), open.roles.admin, open.invited_by.as_str()), ("ruth@hill.example", true, "WeMaster"));
    members::accept(&h.services, &anonymous, &ticket, "Ruth", "violet harbour kettle", "en", &ConsentDraft::default()).await.unwrap();
    let detail = operations::one(&h.services, &ana, id).await.unwrap();
    assert_eq!(detail.admins.iter().map(|admin| admin.name.as_str()).collect::<Vec<_>>(), ["Ruth"]);
    let another = operations::invite_admin(&h.services, &ana, id, "mallory@hill.example", "").await;
    assert_eq!(refused(another), AppError::conflict("error-school-has-admin"), "who runs it invites");
    let hill = Harness { tenant: std::sync::Arc::clone(&anonymous.tenant), ..h.clone() };
    let told = "SELECT count(*) FROM audit_entries WHERE action = 'school.opened' AND actor_name = 'Ana (WeMaster)'";
    assert_eq!(hill.count(told).await, 1, "the platform's, not the school's");
}

/// The services as the worker has them.
async fn worker_services(h: &Harness) -> domain::Services {
    let url = std::env::var("DATABASE_URL").unwrap();
    let options = domain::db::as_role(&h.owner.connect_options(), &url, domain::db::WORKER_ROLE);
    domain::Services { db: domain::Db::connect(options, 4).await.unwrap(), ..h.services.clone() }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_closed_school_is_told_why_and_opens_as_it_was(pool: PgPool) {
    let h = Harness::new(pool).await;
    let ana = h.operator("Ana").await;
    let id = h.tenant.id;
    assert!(matches!(refused(operations::suspend(&h.services, &ana, id, "  ").await), AppError::Invalid(_)));
    operations::suspend(&h.services, &ana, id, "Unpaid since May").await.unwrap();
    assert_eq!(standing(&h).await, Standing::Suspended);
    assert_eq!(operations::one(&h.services, &ana, id).await.unwrap().reason, "Unpaid since May");
    assert!(h.services.tenants.listed(&h.services.db).await.unwrap().is_empty());
    worker::run_once(&worker_services(&h).await).await.unwrap();
    let mail = h.services.mail.sent().pop().unwrap();
    assert!(mail.to == "admin@northside.example" && mail.text.contains("Unpaid since May"), "{mail:?}");
    operations::reinstate(&h.services, &ana, id).await.unwrap();
    assert_eq!(standing(&h).await, Standing::Active);
    let log = done(&h, &h.admin).await;
    let by = "Ana (WeMaster)".to_owned();
    assert_eq!(log[..2], [("school.reinstated".to_owned(), by.clone()), ("school.suspended".to_owned(), by)]);
    assert_eq!(done(&h, &ana).await[0].0, "school.reinstated");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_deleted_school_leaves_nothing_but_its_address(pool: PgPool) {
    let till = Till::new(pool).await;
    let h = till.school.clone();
    let ana = h.operator("Ana").await;
    let other = h.other_school().await;
    other.student("Sue").await;
    // Somebody who is at both schools stays somebody.
    let both = h.student("Bea").await;
    let account = both.member().unwrap().account;
    let mut tx = other.tx().await;
    accounts::join(&mut tx, &h.services, account, "Bea", "bea@northside.example", &[kernel::Role::Student]).await.unwrap();
    tx.commit().await.unwrap();
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.deliver_all().await;
    let open = till.hold_as(&till.student, "2026-11-19T10:00").await;
    till.checkout(open).await;
    let permit = uploads::permit(&h.services, &h.admin, Purpose::Attachment).await.unwrap();
    uploads::accept(&h.services, &h.admin, permit, "notes.txt", Some(b"hello".as_slice().into())).await.unwrap();
    let others_before = rows(&h, &other).await;

    let services = worker_services(&h).await;
    for (slug, days, reason) in [("northsid", "30", "x"), ("northside", "6", "x"), ("northside", "400", "x"), ("northside", "30", "")] {
        let plan = operations::plan_deletion(&h.services, &ana, h.tenant.id, slug, days, reason).await;
        assert!(matches!(refused(plan), AppError::Invalid(_)), "{slug} {days} {reason}");
    }
    operations::plan_deletion(&h.services, &ana, h.tenant.id, "northside", "7", "They asked for it").await.unwrap();
    assert_eq!(standing(&h).await, Standing::Suspended);
    operations::delete_due(&services).await.unwrap();
    assert_eq!(standing(&h).await, Standing::Suspended, "not before its time");
    // A page of before decides nothing: what it was about is otherwise now.
    let late = operations::suspend(&h.services, &ana, h.tenant.id, "x").await;
    assert_eq!(refused(late), AppError::conflict("error-changed-meanwhile"));
    assert_eq!(refused(operations::reinstate(&h.services, &ana, h.tenant.id).await), AppError::conflict("error-changed-meanwhile"));
    operations::cancel_deletion(&h.services, &ana, h.tenant.id, "They stay").await.unwrap();
    let again = operations::cancel_deletion(&h.services, &ana, h.tenant.id, "They stay").await;
    assert_eq!(refused(again), AppError::conflict("error-changed-meanwhile"));
    operations::delete_due(&services).await.unwrap();
    assert_eq!(standing(&h).await, Standing::Suspended, "they stay");
    operations::plan_deletion(&h.services, &ana, h.tenant.id, "northside", "7", "They asked again").await.unwrap();
    h.owner_sql("UPDATE tenants SET delete_at = now() WHERE slug = 'northside'").await;
    // Money that is under way comes first; and until it is decided, nothing is touched.
    operations::delete_due(&services).await.unwrap();
    assert_eq!(standing(&h).await, Standing::Suspended, "money is under way");
    let kept = h.services.files.store.list(&h.tenant.id.to_string()).unwrap();
    assert_ne!(futures::StreamExt::count(kept).await, 0, "its files are there still");
    h.owner_sql("UPDATE payments SET status = 'expired' WHERE status = 'open'").await;
    operations::delete_due(&services).await.unwrap();

    assert_eq!(standing(&h).await, Standing::Deleted);
    assert!(rows(&h, &h).await.values().all(|count| *count == 0), "{:?}", rows(&h, &h).await);
    assert_eq!(rows(&h, &other).await, others_before, "the neighbour has what it had");
    let accounts: BTreeSet<String> =
        sqlx::query_scalar("SELECT email FROM accounts").fetch_all(&h.owner).await.unwrap().into_iter().collect();
    assert!(accounts.contains("bea@northside.example") && !accounts.contains("admin@northside.example"), "{accounts:?}");
    let left = h.services.files.store.list(&h.tenant.id.to_string()).unwrap();
    assert_eq!(futures::StreamExt::count(left).await, 0, "its files went");
    assert!(
        matches!(refused(operations::create(&h.services, &ana, &new_school("northside", "a@b.co")).await), AppError::Invalid(_)),
        "nobody gets its address"
    );
    assert_eq!(refused(operations::reinstate(&h.services, &ana, h.tenant.id).await), AppError::conflict("error-school-deleted"));
    assert_eq!(done(&h, &ana).await[0].0, "school.deleted");
    operations::delete_due(&services).await.unwrap();
    let jobs: i64 = sqlx::query_scalar("SELECT count(*) FROM graphile_worker._private_jobs WHERE payload ->> 'tenant' = $1")
        .bind(h.tenant.id.to_string())
        .fetch_one(&h.owner)
        .await
        .unwrap();
    assert_eq!(jobs, 0, "nor does a job for it");
    assert_eq!(refused(operations::set_quota(&h.services, &ana, h.tenant.id, "1").await), AppError::conflict("error-school-deleted"));
    assert_eq!(refused(operations::export(&h.services, &ana, h.tenant.id).await), AppError::conflict("error-school-deleted"));
}

/// How many rows a school has in each table.
async fn rows(h: &Harness, school: &Harness) -> std::collections::BTreeMap<String, i64> {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT table_name::text FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1",
    )
    .fetch_all(&h.owner)
    .await
    .unwrap();
    assert!(tables.len() > 30, "{}", tables.len());
    let mut tx = h.owner.begin().await.unwrap();
    sqlx::query("SELECT set_config('app.tenant', $1, true)").bind(school.tenant.id.to_string()).execute(&mut *tx).await.unwrap();
    let mut rows = std::collections::BTreeMap::new();
    for table in tables {
        let query = format!("SELECT count(*) FROM {table} WHERE tenant_id = '{}'", school.tenant.id);
        rows.insert(table, sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(&mut *tx).await.unwrap());
    }
    rows
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_quota_that_was_decided_goes_before_the_configured_one(pool: PgPool) {
    let h = Harness::new(pool).await;
    let ana = h.operator("Ana").await;
    let id = h.tenant.id;
    let quota = async || operations::one(&h.services, &ana, id).await.unwrap().row.usage.storage.quota;
    let configured = quota().await;
    for wrong in ["-1", "x", "1.5", "99999999999"] {
        assert_eq!(refused(operations::set_quota(&h.services, &ana, id, wrong).await), AppError::field("quota", "error-not-a-number"));
    }
    operations::set_quota(&h.services, &ana, id, "1").await.unwrap();
    assert_eq!(quota().await, 1 << 20);
    let send = async |bytes: usize| {
        let permit = uploads::permit(&h.services, &h.admin, Purpose::Attachment).await?;
        uploads::accept(&h.services, &h.admin, permit, "notes.txt", Some(vec![b'a'; bytes].into())).await
    };
    send(850 << 10).await.unwrap();
    assert_eq!(quota().await, 1 << 20, "an upload does not undo it");
    assert_eq!(refused(send(300 << 10).await), AppError::field("file", "error-storage-full"));
    // At 80 percent its admins are told, once.
    let services = worker_services(&h).await;
    for _ in 0..2 {
        domain::retention::tidy(&services).await.unwrap();
        assert_eq!(h.jobs("send_mail").await.iter().filter(|job| job["mailing"] == "storage_filling" && job["percent"] == 80).count(), 1);
    }
    send(100 << 10).await.unwrap();
    domain::retention::tidy(&services).await.unwrap();
    assert_eq!(h.jobs("send_mail").await.iter().filter(|job| job["mailing"] == "storage_filling" && job["percent"] == 90).count(), 1);
    operations::set_quota(&h.services, &ana, id, "").await.unwrap();
    assert_eq!(quota().await, configured);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_is_off_is_off(pool: PgPool) {
    let till = Till::new(pool).await;
    let h = till.school.clone();
    let ana = h.operator("Ana").await;
    let sign_up = async || {
        let typed = SignUp { name: "A".into(), email: "a@b.co".into(), password: "violet harbour kettle".into() };
        let school = h.services.tenants.by_host(&h.services.db, "northside.localhost:3000").await.unwrap().unwrap();
        accounts::sign_up(&h.services, &Actor::anonymous(school), "en", &typed, &ConsentDraft::default()).await
    };
    let flag = |flag: Flag, value: &str| vec![(flag, value.to_owned())];
    sign_up().await.unwrap();
    // The school's own choice, the platform's for all, the platform's for one.
    tenancy::save_flags(&h.services, &h.admin, &[Flag::OpenCatalogue.key().into()]).await.unwrap();
    assert_eq!(refused(sign_up().await), AppError::conflict("error-sign-up-closed"));
    tenancy::save_flags(&h.services, &h.admin, &[Flag::SignUp.key().into(), Flag::OpenCatalogue.key().into()]).await.unwrap();
    sign_up().await.unwrap();
    operations::decide_everywhere(&h.services, &ana, &flag(Flag::SignUp, "off")).await.unwrap();
    assert_eq!(refused(sign_up().await), AppError::conflict("error-sign-up-closed"));
    tenancy::save_flags(&h.services, &h.admin, &[Flag::OpenCatalogue.key().into()]).await.unwrap();
    operations::decide_everywhere(&h.services, &ana, &[]).await.unwrap();
    sign_up().await.expect("a choice that did not count is not kept");
    operations::decide_flags(&h.services, &ana, h.tenant.id, &flag(Flag::SignUp, "off")).await.unwrap();
    assert_eq!(refused(sign_up().await), AppError::conflict("error-sign-up-closed"));

    let everything = [Flag::Payments, Flag::Uploads, Flag::OpenCatalogue].map(|flag| (flag, "off".to_owned()));
    operations::decide_flags(&h.services, &ana, h.tenant.id, &everything).await.unwrap();
    let tenant = h.services.tenants.by_id(&h.services.db, h.tenant.id).await.unwrap().unwrap();
    let now = |actor: &Actor| Actor { tenant: std::sync::Arc::clone(&tenant), ..actor.clone() };
    let guest = now(&h.anonymous());
    assert_eq!(refused(catalogue::landing(&h.services, &guest).await), AppError::Unauthenticated);
    assert_eq!(refused(catalogue::prices(&h.services, &guest).await), AppError::Unauthenticated);
    catalogue::prices(&h.services, &now(&till.student)).await.unwrap();
    assert_eq!(refused(uploads::permit(&h.services, &now(&h.admin), Purpose::Logo).await), AppError::conflict("error-uploads-paused"));
    let order = till.hold_as(&till.student, "2026-11-18T10:00").await;
    let pay = domain::payments::start_checkout(&h.services, &now(&till.student), order).await;
    assert_eq!(refused(pay), AppError::conflict("error-payments-paused"));

    operations::decide_everywhere(&h.services, &ana, &flag(Flag::Founding, "off")).await.unwrap();
    let platform = Actor::anonymous(h.services.tenants.platform(&h.services.db).await.unwrap());
    let found = tenancy::found(
        &h.services,
        &platform,
        "en",
        &NewTenant { admin_password: "violet harbour kettle".into(), ..new_school("hill", "a@b.co") },
    )
    .await;
    assert_eq!(refused(found), AppError::conflict("error-founding-closed"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_visit_is_staff_for_an_hour_and_in_the_schools_log(pool: PgPool) {
    let h = Harness::new(pool).await;
    let ana = h.operator("Ana").await;
    let id = h.tenant.id;
    assert!(matches!(refused(operations::begin_visit(&h.services, &ana, id, " ").await), AppError::Invalid(_)));
    let ticket = operations::begin_visit(&h.services, &ana, id, "Request 7").await.unwrap();
    // Of many clicks on the link one lets in, and at no other school.
    let other = h.other_school().await;
    assert_eq!(refused(operations::enter(&h.services, &other.anonymous(), &ticket).await), AppError::conflict("error-link-over"));
    let anonymous = h.anonymous();
    let entered = futures::future::join_all((0..20).map(|_| operations::enter(&h.services, &anonymous, &ticket))).await;
    let logins: Vec<_> = entered.into_iter().filter_map(Result::ok).collect();
    assert_eq!(logins.len(), 1);
    let visitor = h.again(logins[0].member).await;
    let member = visitor.member().unwrap();
    assert!(member.name == "Ana (WeMaster)" && !member.roles.admin, "{member:?}");
    assert!(!logins[0].verified, "who has the link is not yet who they say");
    // What would outlast the hour is not theirs, and nobody gives it to them.
    for lasting in [Permission::ManageMembers, Permission::ManageRoles, Permission::Impersonate] {
        assert!(!member.permissions.has(lasting), "{lasting:?}");
    }
    assert!(member.permissions.has(Permission::ManageSettings) && member.permissions.has(Permission::Refund));
    let role = members::save_role(
        &h.services,
        &h.admin,
        None,
        &StaffRoleDraft { name: "Platform support".into(), permissions: vec!["see-members".into()] },
    )
    .await
    .unwrap();
    for (roles, staff) in [(vec!["admin".to_owned()], String::new()), (Vec::new(), role.to_string())] {
        let given = members::change_roles(&h.services, &h.admin, member.id, &roles, &staff).await;
        assert_eq!(refused(given), AppError::conflict("error-member-visitor"));
    }
    assert_eq!(refused(accounts::rename(&h.services, &visitor, "Jane Smith").await), AppError::NotFound, "under their own name");
    let is_listed = async || {
        let listed = members::list(&h.services, &h.admin, &members::MemberQuery::default()).await.unwrap();
        listed.items.iter().any(|row| row.id == member.id)
    };
    assert!(is_listed().await, "while they are here");
    assert_eq!(operations::one(&h.services, &ana, id).await.unwrap().row.usage.seen_at, None, "nor is the school in use by them");
    assert!(done(&h, &h.admin).await.contains(&("support.began".to_owned(), "Ana (WeMaster)".to_owned())));
    worker::run_once(&worker_services(&h).await).await.unwrap();
    let mail = h.services.mail.sent().into_iter().find(|mail| mail.to == "admin@northside.example").unwrap();
    assert!(mail.text.contains("Request 7"), "{}", mail.text);

    // The hour ends by the database's clock, without anybody doing anything.
    h.owner_sql("UPDATE members SET until = now() - interval '1 second' WHERE until IS NOT NULL").await;
    let mut tx = h.tx().await;
    assert!(accounts::member(&mut tx, member.id).await.unwrap().is_none());
    tx.commit().await.unwrap();
    assert!(!is_listed().await, "and not any more");
    assert_eq!(refused(members::member(&h.services, &h.admin, member.id).await), AppError::NotFound);
    domain::retention::tidy(&worker_services(&h).await).await.unwrap();
    assert_eq!(h.count("SELECT count(*) FROM members WHERE until IS NOT NULL AND status = 'suspended'").await, 1);
    // And again, and ended by hand.
    let ticket = operations::begin_visit(&h.services, &ana, id, "Request 8").await.unwrap();
    operations::enter(&h.services, &anonymous, &ticket).await.unwrap();
    members::suspend(&h.services, &h.admin, member.id, "not now").await.expect("the school shows them out");
    operations::end_visits(&h.services, &ana, id).await.unwrap();
    let mut tx = h.tx().await;
    assert!(accounts::member(&mut tx, member.id).await.unwrap().is_none());
    tx.commit().await.unwrap();
    assert_eq!(operations::one(&h.services, &ana, id).await.unwrap().visits.len(), 2);

    // An old link is none; a closed school and one where they are members are not visited.
    let late = operations::begin_visit(&h.services, &ana, id, "Request 9").await.unwrap();
    h.owner_sql("UPDATE support_visits SET ticket_until = now()").await;
    assert_eq!(refused(operations::enter(&h.services, &anonymous, &late).await), AppError::conflict("error-link-over"));
    let mut tx = other.tx().await;
    accounts::join(&mut tx, &h.services, ana.member().unwrap().account, "Ana", "ana@platform.example", &[]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(refused(operations::begin_visit(&h.services, &ana, other.tenant.id, "x").await), AppError::conflict("error-support-member"));
    operations::suspend(&h.services, &ana, id, "x").await.unwrap();
    assert_eq!(refused(operations::begin_visit(&h.services, &ana, id, "x").await), AppError::conflict("error-school-closed"));
}

#[derive(Serialize)]
struct Doomed {}

impl Job for Doomed {
    const TASK: &'static str = "deliver_mail";
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_job_that_gave_up_is_run_again_or_discarded(pool: PgPool) {
    let h = Harness::new(pool).await;
    let ana = h.operator("Ana").await;
    for _ in 0..2 {
        let mut tx = h.tx().await;
        jobs::enqueue(&mut tx, &Doomed {}).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert!(operations::troubled(&h.services, &ana).await.unwrap().is_empty(), "what waits is in no trouble");
    sqlx::query("UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = 'no such mail'")
        .execute(&h.owner)
        .await
        .unwrap();
    let troubled = operations::troubled(&h.services, &ana).await.unwrap();
    assert!(troubled.iter().all(|job| job.gave_up() && job.error == "no such mail" && job.tenant == Some(h.tenant.id)), "{troubled:?}");
    let figures = operations::figures(&h.services, &ana).await.unwrap();
    assert_eq!(figures.iter().map(|row| row.failed).sum::<i64>(), 2);
    operations::retry(&h.services, &ana, troubled[0].id).await.unwrap();
    assert_eq!(refused(operations::retry(&h.services, &ana, troubled[0].id).await), AppError::conflict("error-job-gone"));
    operations::discard(&h.services, &ana, troubled[1].id).await.unwrap();
    assert_eq!(refused(operations::discard(&h.services, &ana, troubled[1].id).await), AppError::conflict("error-job-gone"));
    let left: Vec<(i64, i16)> = sqlx::query_as("SELECT id, attempts FROM graphile_worker._private_jobs").fetch_all(&h.owner).await.unwrap();
    assert_eq!(left, [(troubled[0].id, 0)]);
    assert_eq!(done(&h, &ana).await[..2].iter().map(|(action, _)| action.as_str()).collect::<Vec<_>>(), ["job.discarded", "job.retried"]);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_archive_has_everything_of_the_school_and_no_secret(pool: PgPool) {
    let till = Till::new(pool).await;
    let h = till.school.clone();
    let ana = h.operator("Ana").await;
    let other = h.other_school().await;
    other.student("Foreign Fiona").await;
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.deliver_all().await;
    // A mail that waits with a link in it.
    accounts::ask_reset(&h.services, &h.anonymous(), "en", "admin@northside.example").await.unwrap();
    till.run_jobs().await;
    h.owner_sql("UPDATE mails SET html = 'the secret link', plain = 'the secret link', secret_until = now() + interval '1 day', sent_at = NULL WHERE cause LIKE 'proof:%'").await;
    h.owner_sql(&format!(
        "INSERT INTO identity_providers (tenant_id, id, kind, name, issuer, client_id, secret, enabled)
         VALUES ('{}', gen_random_uuid(), 'open_id', 'Campus', 'https://campus.example', 'we', 'sealed secret', true)",
        h.tenant.id
    ))
    .await;
    let file = operations::export(&h.services, &ana, h.tenant.id).await.unwrap();
    let mut zip = zip::ZipArchive::new(file.file).unwrap();
    let mut all = String::new();
    let mut names = BTreeSet::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        names.insert(entry.name().to_owned());
        entry.read_to_string(&mut all).unwrap();
    }
    for table in ["members", "orders", "order_lines", "ledger_entries", "audit_entries", "tenants", "mails", "bookings", "domains"] {
        assert!(names.contains(&format!("{table}.jsonl")), "{table} of {names:?}");
    }
    for table in ["login_sessions", "email_proofs", "login_challenges", "accounts", "account_totp"] {
        assert!(!names.contains(&format!("{table}.jsonl")), "{table}");
    }
    assert!(all.contains("admin@northside.example") && all.contains("https://campus.example") && all.contains(&order.to_string()));
    assert!(!all.contains("the secret link"));
    assert!(!all.contains("Foreign Fiona") && !all.contains("sealed secret") && !all.contains("7365616c6564"));
    for line in all.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    assert_eq!(done(&h, &h.admin).await[0].0, "school.exported");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_is_no_operator_any_more_is_nowhere(pool: PgPool) {
    let h = Harness::new(pool).await;
    let ana = h.operator("Ana").await;
    let email = ana.member().unwrap().email.clone();
    assert_eq!(refused(operations::remove_operator(&h.services, "nobody@nowhere.example").await), AppError::NotFound);
    assert_eq!(refused(operations::remove_operator(&h.services, &email).await), AppError::conflict("error-last-admin"));
    let bob = h.operator("Bob").await;
    let ticket = operations::begin_visit(&h.services, &ana, h.tenant.id, "Request 7").await.unwrap();
    let visitor = operations::enter(&h.services, &h.anonymous(), &ticket).await.unwrap().member;
    let unused = operations::begin_visit(&h.services, &ana, h.tenant.id, "Request 8").await.unwrap();
    let theirs = operations::begin_visit(&h.services, &bob, h.tenant.id, "Request 9").await.unwrap();
    operations::remove_operator(&h.services, &email).await.unwrap();
    let mut tx = h.tx().await;
    assert!(accounts::member(&mut tx, visitor).await.unwrap().is_none());
    tx.commit().await.unwrap();
    assert_eq!(refused(operations::enter(&h.services, &h.anonymous(), &unused).await), AppError::conflict("error-link-over"));
    operations::enter(&h.services, &h.anonymous(), &theirs).await.expect("another operator's visit goes on");
    let mut tx = h.platform().await.tx().await;
    assert!(accounts::member(&mut tx, ana.member().unwrap().id).await.unwrap().is_none());
    tx.commit().await.unwrap();
}
