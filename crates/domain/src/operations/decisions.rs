//! What is decided about a school: whether it is open, its end, how much it keeps, what is on and off there.

use super::{living, operator, school, schools::configured_quota, tell_platform, tell_school, verified};
use crate::{
    Actor, Error, Member, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    mailing::{self, Mailing, StandingChange},
    tenancy::{Standing, Tenant},
};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use kernel::{AppError, FieldError, Flag, FormErrors, flag::Decisions, ids::TenantId};
use serde_json::{Value, json};

/// How many days a school has between the decision and its end.
const MOST_DAYS: i64 = 365;
const LEAST_DAYS: i64 = 7;

/// What an operator decides about a school's standing.
struct Decision<'a> {
    /// From which standing, and whether everything was to go.
    from: &'a [(Standing, bool)],
    action: Action,
    change: StandingChange,
    standing: Standing,
    reason: &'a str,
    delete_at: Option<Timestamp>,
}

/// What both logs are told of a decision.
struct Told {
    action: Action,
    was: Value,
    is: Value,
}

/// Ends a decision about a school: its own log has it, what was changed stands, servers hear of it, the platform's log has it.
async fn finish(services: &Services, actor: &Actor, operator: &Member, mut tx: TenantTx, tenant: &Tenant, told: Told) -> Result<()> {
    let entry = |name: &str| Entry::new(told.action).on("school", tenant.id, name).change(told.was.clone(), told.is.clone());
    tell_school(services, actor, &mut tx, operator, entry(&tenant.name)).await?;
    tx.commit().await?;
    services.tenants.forget(&tenant.slug);
    tell_platform(services, actor, entry(&tenant.slug)).await
}

fn check_reason(reason: &str) -> Result<(), AppError> {
    let mut errors = FormErrors::default();
    errors.check(!reason.trim().is_empty(), "reason", "error-required");
    errors.check_length("reason", reason.trim(), 500);
    errors.into_result()
}

/// Closes a school. Nobody gets in; what is paid and booked stays, and open money is settled.
///
/// # Errors
/// At `reason`; [`AppError::Unverified`].
pub async fn suspend(services: &Services, actor: &Actor, id: TenantId, reason: &str) -> Result<()> {
    operator(services, actor).await?;
    check_reason(reason)?;
    let decision = Decision {
        from: &[(Standing::Active, false)],
        action: Action::SchoolSuspended,
        change: StandingChange::Suspended,
        standing: Standing::Suspended,
        reason: reason.trim(),
        delete_at: None,
    };
    decide(services, actor, id, decision).await
}

/// Opens a school again.
pub async fn reinstate(services: &Services, actor: &Actor, id: TenantId) -> Result<()> {
    let decision = Decision {
        from: &[(Standing::Suspended, false)],
        action: Action::SchoolReinstated,
        change: StandingChange::Reinstated,
        standing: Standing::Active,
        reason: "",
        delete_at: None,
    };
    decide(services, actor, id, decision).await
}

/// Closes a school and says when everything of it goes. `slug` is its subdomain, typed.
///
/// # Errors
/// At `slug`, `days` (7 to 365) and `reason`.
pub async fn plan_deletion(services: &Services, actor: &Actor, id: TenantId, slug: &str, days: &str, reason: &str) -> Result<()> {
    operator(services, actor).await?;
    let mut errors = FormErrors::default();
    errors.check(school(services, id).await?.slug == slug.trim(), "slug", "error-slug-mistyped");
    let days = days.trim().parse::<i64>().ok().filter(|days| (LEAST_DAYS..=MOST_DAYS).contains(days));
    if days.is_none() {
        errors.add("days", FieldError::new("error-between").with("min", LEAST_DAYS).with("max", MOST_DAYS));
    }
    errors.into_result()?;
    check_reason(reason)?;
    let delete_at = services.now() + SignedDuration::from_hours(24 * days.unwrap_or(MOST_DAYS));
    let decision = Decision {
        from: &[(Standing::Active, false), (Standing::Suspended, false)],
        action: Action::SchoolDeletionPlanned,
        change: StandingChange::Leaving,
        standing: Standing::Suspended,
        reason: reason.trim(),
        delete_at: Some(delete_at),
    };
    decide(services, actor, id, decision).await
}

/// Keeps a school that was to be deleted; it stays closed until it is opened again.
pub async fn cancel_deletion(services: &Services, actor: &Actor, id: TenantId, reason: &str) -> Result<()> {
    operator(services, actor).await?;
    check_reason(reason)?;
    let decision = Decision {
        from: &[(Standing::Suspended, true)],
        action: Action::SchoolKept,
        change: StandingChange::Kept,
        standing: Standing::Suspended,
        reason: reason.trim(),
        delete_at: None,
    };
    decide(services, actor, id, decision).await
}

async fn decide(services: &Services, actor: &Actor, id: TenantId, decision: Decision<'_>) -> Result<()> {
    let operator = verified(services, actor).await?;
    let tenant = school(services, id).await?;
    let mut tx = TenantTx::begin(&services.db, id, None).await?;
    let before = sqlx::query!(
        r#"SELECT status, status_reason, delete_at AS "delete_at: jiff_sqlx::Timestamp" FROM tenants WHERE id = $1 FOR NO KEY UPDATE"#,
        id.0
    )
    .fetch_one(tx.conn())
    .await?;
    let was = Standing::parse(&before.status).ok_or(Error::Broken("a tenant's standing is known"))?;
    if was == Standing::Deleted {
        return Err(AppError::conflict("error-school-deleted").into());
    }
    if !decision.from.contains(&(was, before.delete_at.is_some())) {
        return Err(AppError::conflict("error-changed-meanwhile").into());
    }
    let done = sqlx::query_scalar!(
        r#"SELECT app.set_standing($1, $2, $3, $4) AS "done!""#,
        operator.id.0,
        decision.standing.key(),
        decision.reason,
        decision.delete_at.map(ToSqlx::to_sqlx) as _
    )
    .fetch_one(tx.conn())
    .await?;
    if !done {
        return Err(AppError::conflict("error-school-deleted").into());
    }
    mailing::enqueue(&mut tx, Mailing::StandingChanged { change: decision.change, at: services.now() }).await?;
    let told = |status: &str, reason: &str, delete_at: Option<Timestamp>| json!({ "standing": status, "reason": reason, "delete_at": delete_at.map(|at| at.to_string()) });
    let (was, is) = (
        told(&before.status, &before.status_reason, before.delete_at.map(jiff_sqlx::Timestamp::to_jiff)),
        told(decision.standing.key(), decision.reason, decision.delete_at),
    );
    finish(services, actor, operator, tx, &tenant, Told { action: decision.action, was, is }).await
}

/// Decides how much a school may keep, in MiB; empty: as it is configured for all.
///
/// # Errors
/// At `quota`.
pub async fn set_quota(services: &Services, actor: &Actor, id: TenantId, mebibytes: &str) -> Result<()> {
    let operator = verified(services, actor).await?;
    let typed = mebibytes.trim();
    let bytes = match typed {
        "" => None,
        typed => {
            let bytes = typed.parse::<i64>().ok().filter(|mib| (0..=1 << 30).contains(mib)).and_then(|mib| mib.checked_mul(1 << 20));
            Some(bytes.ok_or(AppError::field("quota", "error-not-a-number"))?)
        }
    };
    let tenant = living(services, id).await?;
    let mut tx = TenantTx::begin(&services.db, id, None).await?;
    sqlx::query!("SELECT app.set_quota($1, $2, $3)", operator.id.0, bytes, configured_quota(services)).fetch_one(tx.conn()).await?;
    let told = Told { action: Action::QuotaSet, was: Value::Null, is: json!({ "quota_bytes": bytes }) };
    finish(services, actor, operator, tx, &tenant, told).await
}

/// What is decided about flags, as forms have it: `on`, `off`, or nothing.
fn decisions(flags: &[Flag], typed: &[(Flag, String)]) -> Decisions {
    let decided = typed.iter().filter(|(flag, _)| flags.contains(flag)).filter_map(|(flag, value)| match value.as_str() {
        "on" => Some((flag.key().to_owned(), true)),
        "off" => Some((flag.key().to_owned(), false)),
        _ => None,
    });
    decided.collect()
}

/// Decides for a school what is on and off there; of what is not said the school's own choice counts.
pub async fn decide_flags(services: &Services, actor: &Actor, id: TenantId, typed: &[(Flag, String)]) -> Result<()> {
    let operator = verified(services, actor).await?;
    let tenant = living(services, id).await?;
    let decided = json!(decisions(&Flag::FOR_SCHOOLS, typed));
    let mut tx = TenantTx::begin(&services.db, id, None).await?;
    sqlx::query!("SELECT app.set_overrides($1, $2)", operator.id.0, decided).fetch_one(tx.conn()).await?;
    let told = Told { action: Action::FlagsDecided, was: json!(tenant.flags.overridden), is: decided };
    finish(services, actor, operator, tx, &tenant, told).await
}

/// What is decided for all schools.
pub async fn everywhere(services: &Services, actor: &Actor) -> Result<Decisions> {
    operator(services, actor).await?;
    Ok(services
        .tenants
        .by_id(&services.db, actor.tenant.id)
        .await?
        .ok_or(Error::Broken("the platform's tenant is there"))?
        .flags
        .chosen
        .clone())
}

/// Decides for all schools what is off. Servers know within seconds.
pub async fn decide_everywhere(services: &Services, actor: &Actor, typed: &[(Flag, String)]) -> Result<()> {
    verified(services, actor).await?;
    let mut decided = decisions(&Flag::ALL, typed);
    decided.retain(|_, on| !*on);
    let before = everywhere(services, actor).await?;
    let decided = json!(decided);
    let mut tx = actor.begin(&services.db).await?;
    sqlx::query!("UPDATE tenants SET flags = $2 WHERE id = $1", tx.tenant().0, decided).execute(tx.conn()).await?;
    let entry = Entry::new(Action::FlagsDecided).on("school", actor.tenant.id, &actor.tenant.slug).change(json!(before), decided);
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await?;
    services.tenants.forget_all();
    Ok(())
}
