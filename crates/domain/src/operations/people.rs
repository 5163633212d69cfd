//! Who the operators are. For whoever may run programs on the server.

use crate::{
    Actor, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    members, tenancy,
};
use kernel::{
    AppError,
    email::Email,
    ids::{MemberId, TenantId},
};

/// Invites somebody to be an operator; the answer is the link's ticket. For whoever may run programs on the server.
///
/// # Errors
/// At `email`.
pub async fn invite_operator(services: &Services, email: &str) -> Result<String> {
    let platform = services.tenants.platform(&services.db).await?;
    let mut tx = TenantTx::begin(&services.db, platform.id, None).await?;
    let ticket = members::invite_by_platform(services, &mut tx, email, "").await?;
    let actor = Actor::anonymous(platform);
    crate::audit::record(&mut tx, services, &actor, Entry::new(Action::MemberInvited).on("invitation", "operator", email)).await?;
    tx.commit().await?;
    Ok(ticket)
}

/// Takes the console from an operator at once: they are signed out, and their visits end.
///
/// # Errors
/// Not found for who is none; a conflict for the last one.
pub async fn remove_operator(services: &Services, email: &str) -> Result<()> {
    let platform = services.tenants.platform(&services.db).await?;
    let email = Email::lenient(email);
    let mut tx = TenantTx::begin(&services.db, platform.id, None).await?;
    let found = sqlx::query!(
        r#"UPDATE members SET status = 'suspended' WHERE tenant_id = $1 AND email = $2 AND status = 'active' RETURNING id AS "id: MemberId", name"#,
        tx.tenant().0,
        email.as_str()
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(|e| crate::Error::from(e).on_constraint("members_keep_an_admin", AppError::conflict("error-last-admin")))?
    .ok_or(AppError::NotFound)?;
    sqlx::query!("DELETE FROM login_sessions WHERE tenant_id = $1 AND member_id = $2", tx.tenant().0, found.id.0)
        .execute(tx.conn())
        .await?;
    let actor = Actor::anonymous(platform);
    audit::record(&mut tx, services, &actor, Entry::new(Action::MemberSuspended).on_member(found.id, found.name)).await?;
    tx.commit().await?;
    for tenant in tenancy::ids(&services.db).await? {
        end_visits_of(services, tenant, found.id).await?;
    }
    Ok(())
}

async fn end_visits_of(services: &Services, tenant: TenantId, operator: MemberId) -> Result<()> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    sqlx::query!(
        "UPDATE members m SET until = now() FROM support_visits v
         WHERE m.tenant_id = $1 AND v.tenant_id = $1 AND v.member_id = m.id AND v.operator_id = $2 AND m.until > now()",
        tenant.0,
        operator.0
    )
    .execute(tx.conn())
    .await?;
    super::end_over(&mut tx).await?;
    tx.commit().await
}
