//! Somebody of the platform in a school, to help: staff for an hour, under their own name. What they may is theirs by
//! `members.until` alone ([`kernel::Permissions::of_visitors`]); it ends with the hour, whatever they did meanwhile.

use super::{operator, school, tell_platform, tell_school, verified};
use crate::{
    Actor, Result, Services, TenantTx,
    accounts::{self, Login},
    audit::{Action, Entry},
    mailing::{self, Mailing},
    tenancy::Standing,
    ticket,
};
use kernel::{
    AppError, FormErrors,
    ids::{MemberId, TenantId, VisitId},
};
use serde_json::{Value, json};

/// How long a visit lasts (minutes).
pub const MINUTES: i32 = 60;
/// How much of an operator's name a school sees before the platform's.
const MAX_NAME: usize = 60;
/// How long its link lets in (minutes).
const LINK_MINUTES: i32 = 5;

/// Begins a visit to a school: the answer is the ticket of a link that lets in once, at the school's own host.
///
/// # Errors
/// At `reason`; a conflict when the operator is a member there anyway, or the school is closed; [`AppError::Unverified`].
pub async fn begin_visit(services: &Services, actor: &Actor, id: TenantId, reason: &str) -> Result<String> {
    let operator = verified(services, actor).await?;
    let reason = reason.trim();
    let mut errors = FormErrors::default();
    errors.check(!reason.is_empty(), "reason", "error-required");
    errors.check_length("reason", reason, 500);
    errors.into_result()?;
    let tenant = school(services, id).await?;
    if tenant.standing != Standing::Active {
        return Err(AppError::conflict("error-school-closed").into());
    }
    let (ticket, visit): (_, VisitId) = (ticket::new(&services.rng), services.id());
    let mut tx = TenantTx::begin(&services.db, id, None).await?;
    if !sqlx::query_scalar!(r#"SELECT app.is_operator($1) AS "is!""#, operator.id.0).fetch_one(tx.conn()).await? {
        return Err(AppError::NotFound.into());
    }
    let member = staff(services, &mut tx, actor, operator).await?;
    sqlx::query!(
        "INSERT INTO support_visits (tenant_id, id, member_id, operator_id, reason, ticket, ticket_until, until)
         VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(mins => $7), now() + make_interval(mins => $8))",
        id.0,
        visit.0,
        member.0,
        operator.id.0,
        reason,
        ticket::key(&ticket),
        LINK_MINUTES,
        MINUTES
    )
    .execute(tx.conn())
    .await?;
    mailing::enqueue(&mut tx, Mailing::SupportCame { visit }).await?;
    let entry = Entry::new(Action::SupportBegan)
        .on_member(member, &operator.name)
        .change(Value::Null, json!({ "reason": reason, "minutes": MINUTES }));
    tell_school(services, actor, &mut tx, operator, entry).await?;
    tx.commit().await?;
    let entry = Entry::new(Action::SupportBegan).on("school", id, &tenant.slug).change(Value::Null, json!({ "reason": reason }));
    tell_platform(services, actor, entry).await?;
    Ok(ticket)
}

/// The operator as a member of the school, staff for the time of a visit.
async fn staff(services: &Services, tx: &mut TenantTx, actor: &Actor, operator: &crate::Member) -> Result<MemberId> {
    let known = sqlx::query!(
        r#"SELECT id AS "id: MemberId", until IS NOT NULL AND status IN ('active', 'suspended') AS "visitor!" FROM members
           WHERE tenant_id = $1 AND account_id = $2 FOR UPDATE"#,
        tx.tenant().0,
        operator.account.0
    )
    .fetch_optional(tx.conn())
    .await?;
    let member = match known {
        Some(known) if !known.visitor => return Err(AppError::conflict("error-support-member").into()),
        Some(known) => known.id,
        None => {
            let own: String = operator.name.chars().take(MAX_NAME).collect();
            let name = format!("{own} ({})", actor.tenant.name);
            accounts::join(tx, services, operator.account, &name, &operator.email, &[])
                .await
                .map_err(|e| e.on_constraint("members_account_key", AppError::conflict("error-changed-meanwhile")))?
        }
    };
    sqlx::query!(
        "UPDATE members SET status = 'active', until = now() + make_interval(mins => $3) WHERE tenant_id = $1 AND id = $2",
        tx.tenant().0,
        member.0,
        MINUTES
    )
    .execute(tx.conn())
    .await?;
    Ok(member)
}

/// Lets the operator in whose visit this ticket is, at the school's host. Once.
///
/// # Errors
/// A conflict when the link is over or was used.
pub async fn enter(services: &Services, actor: &Actor, ticket: &str) -> Result<Login> {
    let mut tx = actor.begin(&services.db).await?;
    let member = sqlx::query_scalar!(
        r#"UPDATE support_visits SET taken_at = now() WHERE tenant_id = $1 AND ticket = $2 AND taken_at IS NULL AND ticket_until > now() AND app.is_operator(operator_id)
           RETURNING member_id AS "member: MemberId""#,
        tx.tenant().0,
        ticket::key(ticket)
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::conflict("error-link-over"))?;
    let member = accounts::member(&mut tx, member).await?.ok_or(AppError::conflict("error-link-over"))?;
    let login = accounts::login_of(&mut tx, &member).await?;
    tx.commit().await?;
    Ok(login)
}

/// Ends every visit to a school that goes on.
pub async fn end_visits(services: &Services, actor: &Actor, id: TenantId) -> Result<()> {
    let operator = operator(services, actor).await?;
    let tenant = school(services, id).await?;
    let mut tx = TenantTx::begin(&services.db, id, None).await?;
    sqlx::query!("UPDATE members SET until = now() WHERE tenant_id = $1 AND until > now()", id.0).execute(tx.conn()).await?;
    let ended = end_over(&mut tx).await?;
    if ended > 0 {
        tell_school(services, actor, &mut tx, operator, Entry::new(Action::SupportEnded).on("school", id, &tenant.name)).await?;
    }
    tx.commit().await?;
    tell_platform(services, actor, Entry::new(Action::SupportEnded).on("school", id, &tenant.slug)).await
}

/// Takes from visitors whose time is over what they had; says how many.
pub(crate) async fn end_over(tx: &mut TenantTx) -> Result<u64> {
    sqlx::query!(
        "DELETE FROM login_sessions s USING members m
         WHERE s.tenant_id = $1 AND m.tenant_id = $1 AND m.id = s.member_id AND m.until <= now()",
        tx.tenant().0
    )
    .execute(tx.conn())
    .await?;
    let done = sqlx::query!(
        "UPDATE members SET status = 'suspended' WHERE tenant_id = $1 AND until <= now() AND status = 'active'",
        tx.tenant().0
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
