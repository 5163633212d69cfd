//! A database with a school in it, for one test.
//!
//! `#[sqlx::test(migrator = "domain::db::MIGRATIONS")]` makes the database; [`Harness::new`]
//! adds the job queue and connects as the web server's role. The clock stands at [`NOW`] until
//! a test moves it. Holds live by the database's clock: [`Harness::run_out`] moves that.

use domain::{
    Actor, Db, Member, Rng, Services, TenantTx,
    accounts::{self, PasswordHasher, SignIn, SignedIn, breached::Breached, identity_providers::IdentityProviders},
    clock::TestClock,
    db,
    keyring::{Keyring, Place},
    limits::Limits,
    members::{self, StaffRoleDraft},
    policies::{self, PolicyKind, Publication},
    tenancy::{NewTenant, Tenant, Tenants, open},
    uploads::{Files, UploadLimits},
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use kernel::{
    Permissions, Role,
    email::Email,
    ids::{AccountId, MemberId, OfferingId, OrderId, TenantId, VariantId},
};
use providers::{
    domains::{Domains, NoAnswer},
    images::Images,
    mail::Mailer,
    outgoing::{Bounds, Outgoing, OutgoingError},
    storage::Store,
    stripe::{Stripe, StripeConfig},
    virus_scan::{Address, Scanner},
};
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgPool};
use std::sync::Arc;
use uuid::Uuid;

/// Monday 16 November 2026, 08:00 in London.
pub const NOW: &str = "2026-11-16T08:00:00Z";

/// A school with its services.
#[derive(Clone)]
pub struct Harness {
    /// The owner's pool. It is under row-level security too; see [`Self::owner_sql`].
    pub owner: PgPool,
    /// What services work with. Mails are captured; Stripe is nowhere unless a test says so.
    pub services: Services,
    /// The services' clock.
    pub clock: TestClock,
    /// The school: London, pounds, 15 % commission, the standard cancellation policy.
    pub tenant: Arc<Tenant>,
    /// Its first admin.
    pub admin: Actor,
}

/// A world without domains.
#[derive(Debug)]
struct Nowhere;

#[async_trait::async_trait]
impl Domains for Nowhere {
    async fn txt(&self, _name: &str) -> Result<Vec<String>, NoAnswer> {
        Ok(Vec::new())
    }

    async fn get(&self, _address: &url::Url) -> Result<String, OutgoingError> {
        Err(OutgoingError::NoPublicAddress)
    }
}

/// The password of a school's first admin.
pub const ADMIN_PASSWORD: &str = "violet harbour kettle";

/// A published tutor.
#[derive(Clone, Debug)]
pub struct Tutor {
    /// Signed in.
    pub actor: Actor,
    /// The member.
    pub id: MemberId,
    /// The public page.
    pub slug: String,
}

/// A tutor's hours. Minutes unless said otherwise.
#[derive(Clone, Debug)]
pub struct Hours {
    /// IANA.
    pub zone: &'static str,
    /// Open on every day of the week, from and until.
    pub daily: (i16, i16),
    /// Between starts.
    pub increment: i16,
    /// Kept free before and after a lesson.
    pub buffers: (i16, i16),
    /// Notice.
    pub notice: i32,
    /// Days.
    pub horizon: i16,
}

impl Default for Hours {
    /// London, nine to five every day, on the half hour, without buffers or notice, a year ahead.
    fn default() -> Self {
        Self { zone: "Europe/London", daily: (540, 1020), increment: 30, buffers: (0, 0), notice: 0, horizon: 365 }
    }
}

/// What a tutor sells.
#[derive(Clone, Debug)]
pub struct Offering {
    /// Its id.
    pub id: OfferingId,
    /// Its forms, in the order given.
    pub variants: Vec<VariantId>,
}

impl Harness {
    /// A school in `owner`'s database.
    pub async fn new(owner: PgPool) -> Self {
        let url = std::env::var("DATABASE_URL").expect("DATABASE_URL names the test server");
        db::prepare(&owner, &url).await.expect("the database can be prepared");
        let options = db::as_role(&owner.connect_options(), &url, db::APP_ROLE);
        let clock = TestClock::at(NOW.parse().unwrap());
        let rng = Rng::seeded(7);
        let stripe = StripeConfig {
            secret_key: "sk_test_nowhere".into(),
            api_base: Some("http://127.0.0.1:9/".into()),
            webhook_secrets: vec!["whsec_test".into()],
        };
        let services = Services {
            db: Db::connect(options, 20).await.expect("the role can log in"),
            clock: Arc::new(clock.clone()),
            rng: rng.clone(),
            hasher: PasswordHasher::cheap(rng).unwrap(),
            breached: Breached::default(),
            // No provider is anywhere unless a test says so.
            identities: IdentityProviders::new(Outgoing::new(&[], Bounds::default()).unwrap()),
            // No domain is anywhere unless a test says so.
            domains: Arc::new(Nowhere),
            keyring: Keyring::development(),
            limits: Limits::default(),
            tenants: Tenants::new("http://localhost:3000").unwrap(),
            stripe: Arc::new(Stripe::new(stripe).unwrap()),
            mail: Arc::new(Mailer::captured("school@localhost")),
            // No scanner answers unless a test says so: uploads stay held.
            files: Files {
                store: Store::memory(),
                scanner: Scanner::new(Address::Tcp("127.0.0.1:9".into()), std::time::Duration::from_secs(5), 25 << 20),
                images: Images::new(2),
                limits: UploadLimits::default(),
            },
        };
        let (tenant, admin) = school(&services, "northside", "GBP", "Europe/London").await;
        Self { owner, services, clock, tenant, admin }
    }

    /// Another school in the same database.
    pub async fn other_school(&self) -> Self {
        let (tenant, admin) = school(&self.services, "southside", "EUR", "Europe/Madrid").await;
        Self { tenant, admin, ..self.clone() }
    }

    /// Nobody in particular.
    pub fn anonymous(&self) -> Actor {
        Actor::anonymous(Arc::clone(&self.tenant))
    }

    /// A transaction of the school, as the web server.
    pub async fn tx(&self) -> TenantTx {
        TenantTx::begin(&self.services.db, self.tenant.id, None).await.unwrap()
    }

    /// Runs a statement as the web server; answers with the number of rows, or the refusal.
    pub async fn sql(&self, statement: &str) -> Result<u64, sqlx::Error> {
        let mut tx = self.tx().await;
        let done = sqlx::query(AssertSqlSafe(statement.to_owned())).execute(tx.conn()).await?;
        tx.commit().await.map_err(|e| match e {
            domain::Error::Database(e) => e,
            other => panic!("{other}"),
        })?;
        Ok(done.rows_affected())
    }

    /// Runs a statement as the owner, inside the school.
    pub async fn owner_sql(&self, statement: &str) -> u64 {
        let mut tx = self.owner.begin().await.unwrap();
        sqlx::query("SELECT set_config('app.tenant', $1, true)").bind(self.tenant.id.to_string()).execute(&mut *tx).await.unwrap();
        let done = sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        done.rows_affected()
    }

    /// One number out of the school's rows.
    pub async fn count(&self, query: &str) -> i64 {
        let mut tx = self.tx().await;
        sqlx::query_scalar(AssertSqlSafe(query.to_owned())).fetch_one(tx.conn()).await.unwrap()
    }

    /// The payloads of the jobs of a task that wait to run, in no order.
    pub async fn jobs(&self, task: &str) -> Vec<Value> {
        sqlx::query_scalar(
            "SELECT j.payload::jsonb FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
             WHERE t.identifier = $1",
        )
        .bind(task)
        .fetch_all(&self.owner)
        .await
        .unwrap()
    }

    /// Lets an order's hold run out by the database's clock.
    pub async fn run_out(&self, order: OrderId) {
        let moved = self
            .owner_sql(&format!(
                "UPDATE claims SET expires_at = clock_timestamp() - interval '1 second' WHERE order_id = '{order}' AND active"
            ))
            .await;
        assert_eq!(moved, 1, "the order holds a slot");
    }

    /// A new member with roles, signed in.
    pub async fn member(&self, name: &str, roles: &[Role]) -> Actor {
        let email = format!("{}@{}.example", kernel::slug::slugify(name), self.tenant.slug);
        let account: AccountId = self.services.id();
        sqlx::query("SELECT app.create_account($1, $2, 'no password')")
            .bind(account.0)
            .bind(&email)
            .execute(self.services.db.pool())
            .await
            .unwrap();
        let mut tx = self.tx().await;
        let id = accounts::join(&mut tx, &self.services, account, name, &email, roles).await.unwrap();
        let member = accounts::member(&mut tx, id).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        self.signed_in(member)
    }

    /// The platform itself: its tenant, without an admin of its own but [`Self::operator`].
    pub async fn platform(&self) -> Self {
        let tenant = self.services.tenants.platform(&self.services.db).await.unwrap();
        let admin = Actor::anonymous(Arc::clone(&tenant));
        Self { tenant, admin, ..self.clone() }
    }

    /// A new operator of the platform with a second factor, signed in.
    pub async fn operator(&self, name: &str) -> Actor {
        let platform = self.platform().await;
        let operator = platform.member(name, &[Role::Admin]).await;
        let account = operator.member().unwrap().account;
        let mut tx = platform.owner.begin().await.unwrap();
        sqlx::query("SELECT set_config('app.account', $1, true)").bind(account.to_string()).execute(&mut *tx).await.unwrap();
        sqlx::query("INSERT INTO account_totp (account_id, secret, confirmed_at) VALUES ($1, '\\x00', now())")
            .bind(account.0)
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        operator
    }

    /// A new member with a staff role of its own, signed in.
    pub async fn staff(&self, name: &str, permissions: Permissions) -> Actor {
        let id = self.member(name, &[]).await.member().unwrap().id;
        let draft = StaffRoleDraft { name: name.to_owned(), permissions: permissions.keys() };
        let role = members::save_role(&self.services, &self.admin, None, &draft).await.unwrap();
        members::change_roles(&self.services, &self.admin, id, &[], &role.to_string()).await.unwrap();
        self.again(id).await
    }

    /// A member as of now, signed in.
    pub async fn again(&self, id: MemberId) -> Actor {
        let mut tx = self.tx().await;
        let member = accounts::member(&mut tx, id).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        self.signed_in(member)
    }

    /// Types address and password at the school, in a browser that may be trusted.
    pub async fn sign_in(&self, email: &str, password: &str, device: Option<&str>) -> Result<SignedIn, domain::Error> {
        let typed = SignIn { email: email.into(), password: password.into() };
        accounts::sign_in(&self.services, &self.anonymous(), &typed, device).await
    }

    /// The member whom address and password sign in without more.
    pub async fn entered(&self, email: &str, password: &str) -> MemberId {
        match self.sign_in(email, password, None).await.unwrap() {
            SignedIn::Login(login) => login.member,
            SignedIn::SecondFactor(_) => panic!("{email} is asked for more"),
        }
    }

    /// A new student, signed in.
    pub async fn student(&self, name: &str) -> Actor {
        self.member(name, &[Role::Student]).await
    }

    /// A new published tutor with hours.
    pub async fn tutor(&self, name: &str, hours: Hours) -> Tutor {
        let actor = self.member(name, &[Role::Tutor]).await;
        let id = actor.member().unwrap().id;
        let slug = kernel::slug::slugify(name);
        let mut tx = self.tx().await;
        sqlx::query(
            "INSERT INTO tutors (tenant_id, id, slug, headline, languages, published) VALUES ($1, $2, $3, 'Teaches', '{en}', true)",
        )
        .bind(self.tenant.id.0)
        .bind(id.0)
        .bind(&slug)
        .execute(tx.conn())
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO schedules (tenant_id, id, zone, increment_minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes, horizon_days)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(self.tenant.id.0)
        .bind(id.0)
        .bind(hours.zone)
        .bind(hours.increment)
        .bind(hours.buffers.0)
        .bind(hours.buffers.1)
        .bind(hours.notice)
        .bind(hours.horizon)
        .execute(tx.conn())
        .await
        .unwrap();
        for weekday in 1..=7_i16 {
            sqlx::query(
                "INSERT INTO availability_windows (tenant_id, id, tutor_id, weekday, start_minute, end_minute) VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(self.tenant.id.0)
            .bind(self.services.id::<Uuid>())
            .bind(id.0)
            .bind(weekday)
            .bind(hours.daily.0)
            .bind(hours.daily.1)
            .execute(tx.conn())
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        Tutor { actor, id, slug }
    }

    /// An approved offering of `tutor`: `kind` as in the database, forms of minutes and price.
    pub async fn offering(&self, tutor: &Tutor, kind: &str, forms: &[(i16, i64)]) -> Offering {
        let (id, version, subject): (OfferingId, Uuid, Uuid) = (self.services.id(), self.services.id(), self.services.id());
        let tenant = self.tenant.id.0;
        let mut tx = self.tx().await;
        sqlx::query("INSERT INTO subjects (tenant_id, id, slug, name) VALUES ($1, $2, $3, 'Maths')")
            .bind(tenant)
            .bind(subject)
            .bind(subject.to_string())
            .execute(tx.conn())
            .await
            .unwrap();
        sqlx::query("INSERT INTO offerings (tenant_id, id, tutor_id, kind) VALUES ($1, $2, $3, $4)")
            .bind(tenant)
            .bind(id.0)
            .bind(tutor.id.0)
            .bind(kind)
            .execute(tx.conn())
            .await
            .unwrap();
        sqlx::query(
            "INSERT INTO offering_versions (tenant_id, id, offering_id, number, status, title, subject_id) VALUES ($1, $2, $3, 1, 'approved', 'Algebra', $4)",
        )
        .bind(tenant)
        .bind(version)
        .bind(id.0)
        .bind(subject)
        .execute(tx.conn())
        .await
        .unwrap();
        sqlx::query("UPDATE offerings SET live_version_id = $3 WHERE tenant_id = $1 AND id = $2")
            .bind(tenant)
            .bind(id.0)
            .bind(version)
            .execute(tx.conn())
            .await
            .unwrap();
        let mut variants = Vec::new();
        for (minutes, price) in forms {
            let variant: VariantId = self.services.id();
            sqlx::query(
                "INSERT INTO variants (tenant_id, id, version_id, duration_minutes, price_minor, currency) VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(tenant)
            .bind(variant.0)
            .bind(version)
            .bind(minutes)
            .bind(price)
            .bind(self.tenant.currency.code())
            .execute(tx.conn())
            .await
            .unwrap();
            variants.push(variant);
        }
        tx.commit().await.unwrap();
        Offering { id, variants }
    }

    /// A member, signed in.
    pub fn signed_in(&self, member: Member) -> Actor {
        Actor { member: Some(Arc::new(Member { verified: true, ..member })), ..Actor::anonymous(Arc::clone(&self.tenant)) }
    }

    /// The code or ticket that the last mail to `email` carries, at `tenant`.
    pub async fn secret_for(&self, tenant: TenantId, email: &str) -> String {
        self.sealed(tenant, email, "email_proofs", "email_proofs.secret").await
    }

    /// Publishes a document in English, which asks members again or does not.
    pub async fn publish(&self, kind: PolicyKind, text: &str, asks_again: bool) {
        let draft = policies::draft(&self.services, &self.admin, kind).await.unwrap();
        let number = draft.current.map_or(1, |head| head.number + 1);
        let publication = Publication { draft: draft.id, number, asks_again };
        policies::publish(&self.services, &self.admin, kind, &[("en".to_owned(), text.to_owned())], publication).await.unwrap();
    }

    /// The ticket of the last mail to a guardian, at this school.
    pub async fn guardian_ticket(&self, email: &str) -> String {
        let mut tx = self.tx().await;
        let (id, sealed): (Uuid, Vec<u8>) = sqlx::query_as(
            "SELECT id, secret FROM guardian_consents WHERE guardian_email = $1 AND secret IS NOT NULL ORDER BY id DESC LIMIT 1",
        )
        .bind(email)
        .fetch_one(tx.conn())
        .await
        .unwrap();
        let place = Place { column: "guardian_consents.secret", owner: self.tenant.id.0, row: id.as_bytes() };
        String::from_utf8(self.services.keyring.open(place, &sealed).unwrap()).unwrap()
    }

    /// The ticket of the invitation to `email`, at this school.
    pub async fn invitation_for(&self, email: &str) -> String {
        self.sealed(self.tenant.id, email, "invitations", "invitations.secret").await
    }

    async fn sealed(&self, tenant: TenantId, email: &str, table: &str, column: &'static str) -> String {
        let mut tx = TenantTx::begin(&self.services.db, tenant, None).await.unwrap();
        let query = format!("SELECT id, secret FROM {table} WHERE tenant_id = $1 AND email = $2 ORDER BY id DESC LIMIT 1");
        let (id, sealed): (Uuid, Vec<u8>) =
            sqlx::query_as(AssertSqlSafe(query)).bind(tenant.0).bind(email).fetch_one(tx.conn()).await.unwrap();
        let place = Place { column, owner: tenant.0, row: id.as_bytes() };
        String::from_utf8(self.services.keyring.open(place, &sealed).unwrap()).unwrap()
    }

    /// Lets an order's hold run out this many milliseconds from now by the database's clock.
    pub async fn run_out_in(&self, order: OrderId, millis: u32) {
        self.owner_sql(&format!(
            "UPDATE claims SET expires_at = clock_timestamp() + interval '{millis} ms' WHERE order_id = '{order}' AND active"
        ))
        .await;
    }
}

/// Founds a school; the answer has its first admin.
async fn school(services: &Services, slug: &str, currency: &str, zone: &str) -> (Arc<Tenant>, Actor) {
    let new = NewTenant {
        name: slug.to_uppercase(),
        slug: slug.into(),
        brand: "#227755".into(),
        locale: "en".into(),
        currency: currency.into(),
        zone: zone.into(),
        admin_name: "Ada Admin".into(),
        admin_email: format!("admin@{slug}.example"),
        admin_password: ADMIN_PASSWORD.into(),
    };
    let hash = services.hasher.hash(&new.admin_password).await.unwrap();
    let tenant = Arc::new(open(services, new.checked().unwrap(), &Email::lenient(&new.admin_email), &new.admin_name, &hash).await.unwrap());
    let mut tx = TenantTx::begin(&services.db, tenant.id, None).await.unwrap();
    let id: Uuid = sqlx::query_scalar("SELECT member_id FROM member_roles WHERE role = 'admin'").fetch_one(tx.conn()).await.unwrap();
    let member = accounts::member(&mut tx, MemberId(id)).await.unwrap().unwrap();
    let member = Member { verified: true, ..member };
    (Arc::clone(&tenant), Actor { member: Some(Arc::new(member)), ..Actor::anonymous(tenant) })
}

/// An instant, from a London wall time such as `2026-11-17T10:00`.
pub fn london(wall: &str) -> Timestamp {
    let wall: DateTime = wall.parse().unwrap();
    TimeZone::get("Europe/London").unwrap().to_timestamp(wall).unwrap()
}

/// The refusal's message key, for `Conflict`; otherwise its kind.
/// The same member without having shown who they are just now.
pub fn idle(actor: &Actor) -> Actor {
    let member = Member { verified: false, ..actor.member().unwrap().clone() };
    Actor { member: Some(Arc::new(member)), ..actor.clone() }
}

pub fn refusal<T: std::fmt::Debug>(result: Result<T, domain::Error>) -> String {
    match result {
        Err(domain::Error::App(kernel::AppError::Conflict(code))) => code.into_owned(),
        Err(domain::Error::App(other)) => format!("{other:?}"),
        other => panic!("not a refusal: {other:?}"),
    }
}
