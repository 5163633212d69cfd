//! Finding a tenant by host, and founding one.

use super::{
    domains,
    model::{Standing, Tenant, TenantTerms},
    queries,
    settings::{LANGUAGES, check_brand},
};
use crate::{
    Actor, Db, Error, Result, Services, TenantTx,
    accounts::{
        self,
        proofs::{self, Wish},
    },
    audit::{self, Action, Entry},
    limits::Allowance,
};
use kernel::{
    AppError, Currency, Flag, Flags, FormErrors, Role,
    email::Email,
    ids::TenantId,
    policy::CancellationPolicy,
    slug::{is_reserved_slug, is_tenant_slug},
    zone::ZoneName,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

/// How long a looked-up tenant is believed. A change made on another server shows after this.
const BELIEVED: Duration = Duration::from_secs(5);

/// The platform's own tenant. No subdomain is called so.
const PLATFORM: &str = "platform";
/// Its id.
pub const PLATFORM_ID: TenantId = TenantId(uuid::uuid!("00000000-0000-7000-8000-000000000001"));
/// The label of the files' host. No subdomain of a school is called so.
const FILES: &str = "files";

/// A tenant, and when it was read.
type Known = (Arc<Tenant>, Instant);
/// A slug, and when it was read.
type KnownSlug = (Arc<str>, Instant);

/// The platform's hosts, and a short-lived memory of who is where.
#[derive(Clone)]
pub struct Tenants {
    platform_host: Arc<str>,
    scheme: &'static str,
    /// `:3000`, or empty for the scheme's own port.
    port: Arc<str>,
    known: Arc<RwLock<HashMap<String, Known>>>,
    /// The slugs of proven domains.
    domains: Arc<RwLock<HashMap<String, KnownSlug>>>,
}

impl Tenants {
    /// `origin` is the platform's own address, such as `http://localhost:3000`; a tenant's is
    /// its slug and a dot before the host.
    ///
    /// # Errors
    /// When `origin` is not `http(s)://host[:port]`.
    pub fn new(origin: &str) -> Result<Self, InvalidOrigin> {
        let (scheme, authority) = match origin.split_once("://") {
            Some(("http", rest)) => ("http", rest),
            Some(("https", rest)) => ("https", rest),
            _ => return Err(InvalidOrigin),
        };
        let authority = authority.trim_end_matches('/');
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if port.parse::<u16>().is_ok() => (host, format!(":{port}")),
            Some(_) => return Err(InvalidOrigin),
            None => (authority, String::new()),
        };
        let valid = !host.is_empty() && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.');
        if !valid {
            return Err(InvalidOrigin);
        }
        Ok(Self { platform_host: host.into(), scheme, port: port.into(), known: Arc::default(), domains: Arc::default() })
    }

    /// Whether `host` (a Host header) is the platform's own.
    pub fn is_platform(&self, host: &str) -> bool {
        self.strip_port(host).is_some_and(|name| name == &*self.platform_host)
    }

    /// `http` or `https`.
    pub const fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// The platform's address without a trailing slash.
    pub fn platform_origin(&self) -> String {
        format!("{}://{}{}", self.scheme, self.platform_host, self.port)
    }

    /// A tenant's address without a trailing slash. Links in mails and to Stripe start with it.
    pub fn origin(&self, tenant: &Tenant) -> String {
        match &tenant.domain {
            Some(domain) => format!("{}://{}", self.scheme, self.authority(domain)),
            None if tenant.slug == PLATFORM => self.platform_origin(),
            None => self.origin_of(&tenant.slug),
        }
    }

    /// A host with our port, if it is not the scheme's own: a Host header.
    pub fn authority(&self, host: &str) -> String {
        format!("{host}{}", self.port)
    }

    /// Whether the host is the platform's or below it: no school's own.
    pub fn is_ours(&self, host: &str) -> bool {
        host.strip_suffix(&*self.platform_host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// The address of the tenant with this slug.
    pub fn origin_of(&self, slug: &str) -> String {
        format!("{}://{slug}.{}{}", self.scheme, self.platform_host, self.port)
    }

    /// The origin of uploaded files. No school is called so, and nobody has a login there.
    pub fn files_origin(&self) -> String {
        self.origin_of(FILES)
    }

    /// Whether `host` (a Host header) is the files' own.
    pub fn is_files(&self, host: &str) -> bool {
        self.strip_port(host).and_then(|name| name.strip_suffix(&*self.platform_host)).and_then(|label| label.strip_suffix('.'))
            == Some(FILES)
    }

    /// The tenant whose site `host` (a Host header) is, exactly.
    pub async fn by_host(&self, db: &Db, host: &str) -> Result<Option<Arc<Tenant>>> {
        let Some(name) = self.strip_port(host) else { return Ok(None) };
        if !self.is_ours(name) {
            return self.by_domain(db, name).await;
        }
        match name.strip_suffix(&*self.platform_host).and_then(|label| label.strip_suffix('.')) {
            Some(slug) if is_tenant_slug(slug) => self.by_slug(db, slug).await,
            _ => Ok(None),
        }
    }

    /// The tenant that has proven a domain.
    async fn by_domain(&self, db: &Db, host: &str) -> Result<Option<Arc<Tenant>>> {
        let known = self.domains.read().unwrap_or_else(PoisonError::into_inner).get(host).cloned();
        let slug = match known {
            Some((slug, read)) if read.elapsed() < BELIEVED => Some(slug),
            _ => {
                let found: Option<Arc<str>> = domains::slug_of(db.pool(), host).await?.map(Into::into);
                let mut domains = self.domains.write().unwrap_or_else(PoisonError::into_inner);
                match &found {
                    Some(slug) => domains.insert(host.to_owned(), (Arc::clone(slug), Instant::now())),
                    None => domains.remove(host),
                };
                found
            }
        };
        match slug {
            Some(slug) => self.by_slug(db, &slug).await,
            None => Ok(None),
        }
    }

    async fn by_slug(&self, db: &Db, slug: &str) -> Result<Option<Arc<Tenant>>> {
        if let Some((tenant, read)) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(slug)
            && read.elapsed() < BELIEVED
        {
            return Ok(Some(Arc::clone(tenant)));
        }
        let found = queries::by_slug(db.pool(), slug).await?.map(Arc::new);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        match &found {
            Some(tenant) => known.insert(slug.to_owned(), (Arc::clone(tenant), Instant::now())),
            None => known.remove(slug),
        };
        Ok(found)
    }

    /// A tenant by id, for jobs.
    pub async fn by_id(&self, db: &Db, id: TenantId) -> Result<Option<Arc<Tenant>>> {
        Ok(queries::by_id(db.pool(), id).await?.map(Arc::new))
    }

    /// The platform's own tenant: it has mails and address proofs, and operators as its members.
    pub async fn platform(&self, db: &Db) -> Result<Arc<Tenant>> {
        self.by_slug(db, PLATFORM).await?.ok_or(Error::Broken("the platform's tenant is there"))
    }

    /// The platform's directory.
    pub async fn listed(&self, db: &Db) -> Result<Vec<Tenant>> {
        queries::listed(db.pool()).await
    }

    /// Forgets what is known of a tenant, after a change of its face or its domains.
    pub fn forget(&self, slug: &str) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).remove(slug);
        self.domains.write().unwrap_or_else(PoisonError::into_inner).retain(|_, (of, _)| **of != *slug);
    }

    /// Forgets what is known of every tenant.
    pub fn forget_all(&self) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// `host` without the port, when the port is ours.
    fn strip_port<'a>(&self, host: &'a str) -> Option<&'a str> {
        match host.split_once(':') {
            Some((name, port)) => (format!(":{port}") == *self.port).then_some(name),
            None => self.port.is_empty().then_some(host),
        }
    }
}

/// The platform's address is not `http(s)://host[:port]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be http(s)://host[:port] in lower case")]
pub struct InvalidOrigin;

/// A new tenant and its first admin, as typed.
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// The school's name.
    pub name: String,
    /// The wanted subdomain.
    pub slug: String,
    /// Brand colour, `#rrggbb`.
    pub brand: String,
    /// BCP 47.
    pub locale: String,
    /// ISO 4217.
    pub currency: String,
    /// IANA.
    pub zone: String,
    /// The first admin's name.
    pub admin_name: String,
    /// And address.
    pub admin_email: String,
    /// And password.
    pub admin_password: String,
}

impl NewTenant {
    /// The school as it can be opened, whose admin chooses a password later.
    pub fn checked_without_password(&self) -> Result<Founding, AppError> {
        let mut errors = FormErrors::default();
        errors.check(accounts::is_email(self.admin_email.trim()), "admin_email", "error-email");
        errors.check_line("admin_name", self.admin_name.trim(), 80);
        self.check_school(errors)
    }

    /// The school as it can be opened.
    pub fn checked(&self) -> Result<Founding, AppError> {
        let mut errors = FormErrors::default();
        accounts::check_person(
            &mut errors,
            ("admin_name", &self.admin_name),
            ("admin_email", &self.admin_email),
            ("admin_password", &self.admin_password),
        );
        self.check_school(errors)
    }

    fn check_school(&self, mut errors: FormErrors) -> Result<Founding, AppError> {
        let name = self.name.trim();
        errors.check(!name.is_empty(), "name", "error-required");
        errors.check_line("name", name, 80);
        errors.check(is_tenant_slug(&self.slug) || is_reserved_slug(&self.slug), "slug", "error-slug");
        errors.check(!is_reserved_slug(&self.slug), "slug", "error-slug-reserved");
        check_brand(&mut errors, &self.brand);
        errors.check(LANGUAGES.contains(&self.locale.as_str()), "locale", "error-choice");
        let currency = self.currency.parse();
        errors.check(currency.is_ok(), "currency", "error-choice");
        let zone = ZoneName::new(&self.zone);
        errors.check(zone.is_ok(), "zone", "error-choice");
        errors.into_result()?;
        Ok(Founding {
            slug: self.slug.clone(),
            name: name.to_owned(),
            brand: self.brand.trim().to_lowercase(),
            locale: self.locale.clone(),
            // Both were checked above.
            currency: currency.map_err(|_| AppError::Internal)?,
            zone: zone.map_err(|_| AppError::Internal)?,
        })
    }
}

/// A school about to be founded, as checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Founding {
    slug: String,
    name: String,
    brand: String,
    locale: String,
    currency: Currency,
    zone: ZoneName,
}

/// Wishes to found a tenant: it opens when the admin's address is proven. `platform` is an actor of
/// the platform's own tenant; the answer is the proof's ticket.
pub async fn found(services: &Services, platform: &Actor, locale: &str, new: &NewTenant) -> Result<String> {
    if !platform.tenant.flags.has(Flag::Founding) {
        return Err(AppError::conflict("error-founding-closed").into());
    }
    let school = new.checked()?;
    services.breached.refuse("admin_password", &new.admin_password).await?;
    check_free(services, &school).await?;
    let email = Email::lenient(&new.admin_email);
    proofs::allow_mail(services, platform, Allowance::MailTo(&email)).await?;
    let password_hash = services.hasher.hash(&new.admin_password).await?;
    let wish = Wish::Found { school: Box::new(school), name: new.admin_name.trim().to_owned(), password_hash };
    proofs::begin(services, platform, &email, locale, &wish).await
}

/// Refuses a school whose address another took.
pub(crate) async fn check_free(services: &Services, school: &Founding) -> Result<()> {
    if queries::is_taken(services.db.pool(), &school.slug).await? { Err(slug_taken().into()) } else { Ok(()) }
}

fn slug_taken() -> AppError {
    AppError::field("slug", "error-slug-taken")
}

/// Opens a tenant with its first admin, whose address is proven. It works at its subdomain at once.
///
/// The admin is a new account with this password, or the existing one of the address.
pub async fn open(services: &Services, school: Founding, email: &Email, admin: &str, password_hash: &str) -> Result<Tenant> {
    write(services, school, async |tx, tenant| {
        let (account, _) = proofs::account_of(services, tx, email, Some(password_hash)).await?;
        let member = accounts::join(tx, services, account, admin, email.as_str(), &[Role::Admin]).await?;
        let founder = Actor::anonymous(Arc::new(tenant.clone()));
        let entry = Entry::new(Action::SchoolFounded).by(member, admin).on("school", tenant.id, &tenant.name);
        audit::record(tx, services, &founder, entry).await
    })
    .await
}

/// Writes a new tenant; `first` adds its first people, in the same transaction.
pub(crate) async fn write(
    services: &Services,
    school: Founding,
    first: impl AsyncFnOnce(&mut TenantTx, &Tenant) -> Result<()>,
) -> Result<Tenant> {
    let tenant = Tenant {
        id: services.id(),
        slug: school.slug,
        name: school.name,
        tagline: String::new(),
        brand: school.brand,
        locales: if school.locale == "en" { vec!["en".into()] } else { vec![school.locale.clone(), "en".into()] },
        locale: school.locale,
        currency: school.currency,
        zone: school.zone,
        // The directory shows schools that have something to show: the admin lists it.
        listed: false,
        logo: None,
        domain: None,
        standing: Standing::Active,
        flags: Flags::default(),
        policies: Vec::new(),
    };
    let mut tx = TenantTx::begin(&services.db, tenant.id, None).await?;
    queries::insert(&mut tx, &tenant).await.map_err(|e| e.on_constraint("tenants_slug_key", slug_taken()))?;
    let terms =
        TenantTerms { commission_bps: 1500, cancellation_policy: CancellationPolicy::standard(), order_prefix: order_prefix(&tenant.slug) };
    queries::insert_terms(&mut tx, services.id(), &terms).await?;
    first(&mut tx, &tenant).await?;
    tx.commit().await?;
    Ok(tenant)
}

/// The first letters of the slug, in capitals.
fn order_prefix(slug: &str) -> String {
    let letters: String = slug.chars().filter(char::is_ascii_alphabetic).take(2).collect::<String>().to_uppercase();
    if letters.len() == 2 { letters } else { "WM".to_owned() }
}
