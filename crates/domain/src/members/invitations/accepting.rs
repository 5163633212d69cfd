//! Taking an invitation up.

use super::{forget, over};
use crate::{
    Actor, Result, Services, TenantTx,
    accounts::{self, Login, check_password, standing},
    audit::{self, Action, Entry},
    limits::{self, Allowance},
    members::{
        model::{Grant, OpenInvitation},
        queries, roles,
        service::describe,
    },
    policies::{self, Asked, ConsentDraft, Joining},
    ticket,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use kernel::{
    FormErrors, Permissions,
    email::Email,
    ids::{MemberId, StaffRoleId},
};
use serde_json::Value;

/// An invitation that can be accepted.
struct Found {
    email: String,
    name: String,
    grant: Grant,
    staff_role: Option<String>,
    note: String,
    invited_by: String,
    /// What the inviter may do.
    inviter: Permissions,
}

/// The invitation of `ticket`, locked, if it can still be accepted: in time, and its inviter may still give it.
async fn find(tx: &mut TenantTx, ticket: &str) -> Result<Option<Found>> {
    let row = sqlx::query!(
        r#"SELECT i.email, i.name, i.roles, i.staff_role_id AS "staff_role_id: StaffRoleId", i.note,
             m.id AS "invited_by_id?: MemberId", coalesce(m.name, (SELECT name FROM tenants WHERE slug = 'platform')) AS "invited_by!"
           FROM invitations i LEFT JOIN members m ON m.tenant_id = i.tenant_id AND m.id = i.invited_by
           WHERE i.tenant_id = $1 AND i.ticket = $2 AND i.expires_at > now() FOR UPDATE OF i"#,
        tx.tenant().0,
        ticket::key(ticket)
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let grant = Grant { roles: standing(&row.roles, None).0, staff_role: row.staff_role_id };
    let inviter = match row.invited_by_id {
        Some(id) => match accounts::member(tx, id).await? {
            Some(inviter) => inviter.permissions,
            None => return Ok(None),
        },
        // The platform itself.
        None => Permissions::all(),
    };
    if !roles::may_give_now(tx, inviter, grant).await? {
        return Ok(None);
    }
    let staff_role = match grant.staff_role {
        Some(id) => queries::staff_role(tx, id).await?.map(|role| role.name),
        None => None,
    };
    let (email, name, note, invited_by) = (row.email, row.name, row.note, row.invited_by);
    Ok(Some(Found { email, name, grant, staff_role, note, invited_by, inviter }))
}

/// The invitation that a mailed link's ticket opens, if it can still be accepted.
pub async fn invitation(services: &Services, actor: &Actor, ticket: &str) -> Result<Option<OpenInvitation>> {
    let mut tx = actor.begin(&services.db).await?;
    let Some(found) = find(&mut tx, ticket).await? else { return Ok(None) };
    let has_account = accounts::has_account(&mut tx, &Email::lenient(&found.email)).await?;
    tx.commit().await?;
    let Found { email, name, grant, staff_role, note, invited_by, .. } = found;
    Ok(Some(OpenInvitation { email, name, roles: grant.roles, staff_role, invited_by, note, has_account }))
}

/// Who somebody is once they accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// A new person: sign them in.
    Joined(Login),
    /// A person with an account: they sign in with its password.
    WithAccount,
}

/// What the form of an invitation asks: who teaches or is staff is of age.
pub async fn asked_of(services: &Services, actor: &Actor, open: &OpenInvitation) -> Result<Asked> {
    let more = open.roles.tutor || open.roles.admin || open.staff_role.is_some();
    policies::asked(services, actor, if more { Joining::Staff } else { Joining::Student }).await
}

/// Accepts an invitation. `name` and `password` are of a new person; an account that exists keeps its own password.
///
/// # Errors
/// At `name`, `password` or a field of the consent; a conflict when the invitation is over.
pub async fn accept(
    services: &Services,
    actor: &Actor,
    ticket: &str,
    name: &str,
    password: &str,
    locale: &str,
    consent: &ConsentDraft,
) -> Result<Accepted> {
    let open = invitation(services, actor, ticket).await?.ok_or_else(over)?;
    let name = name.trim();
    let mut errors = FormErrors::default();
    errors.check(!name.is_empty(), "name", "error-required");
    errors.check_line("name", name, 80);
    if !open.has_account {
        check_password(&mut errors, ("password", password), &[name, &open.email, &actor.tenant.name]);
    }
    let email = Email::lenient(&open.email);
    let consent = asked_of(services, actor, &open).await?.check(&mut errors, services, actor, consent, &email, locale);
    errors.into_result()?;
    if !open.has_account {
        services.breached.refuse("password", password).await?;
    }
    if let Some(client) = actor.client {
        limits::take(services, Allowance::SignInFrom(client)).await?;
    }
    policies::allow(services, actor, &consent).await?;
    // Somebody with an account has a password. Should the account go meanwhile, nobody knows this one.
    let chosen = if open.has_account { BASE64_URL_SAFE_NO_PAD.encode(services.rng.bytes::<32>()) } else { password.to_owned() };
    let hash = services.hasher.hash(&chosen).await?;
    let mut tx = actor.begin(&services.db).await?;
    let found = find(&mut tx, ticket).await?.ok_or_else(over)?;
    let email = Email::lenient(&found.email);
    let (account, is_new) = accounts::proofs::account_of(services, &mut tx, &email, Some(&hash)).await?;
    let (member, entry) = if let Some(known) = accounts::member_of_account(&mut tx, account).await? {
        joined_meanwhile(&mut tx, known.id, found.inviter).await?
    } else {
        let id = accounts::join(&mut tx, services, account, name, email.as_str(), &[])
            .await
            .map_err(|e| e.on_constraint("members_account_key", over()))?;
        (id, Entry::new(Action::MemberJoined).by(id, name).on_member(id, name))
    };
    let roles: Vec<String> = found.grant.roles.iter().map(|role| role.key().to_owned()).collect();
    queries::give_roles(&mut tx, member, &roles).await?;
    if found.grant.staff_role.is_some() {
        queries::set_staff_role(&mut tx, member, found.grant.staff_role).await?;
    }
    policies::record(services, &mut tx, member, &consent).await?;
    forget(&mut tx, &found.email).await?;
    let is = queries::locked(&mut tx, member).await?.ok_or_else(over)?.grant;
    let to = describe(&mut tx, is).await?;
    audit::record(&mut tx, services, actor, entry.now(to)).await?;
    tx.commit().await?;
    // A new account is in its first epoch.
    Ok(if is_new { Accepted::Joined(Login { member, epoch: 0, by: None, verified: true }) } else { Accepted::WithAccount })
}

/// Somebody who signed up by themselves meanwhile: what they are invited as comes to what they are, if the inviter
/// may act on them. Their row is locked.
async fn joined_meanwhile(tx: &mut TenantTx, id: MemberId, inviter: Permissions) -> Result<(MemberId, Entry)> {
    queries::lock_rows(tx, &[id]).await?;
    let known = accounts::member(tx, id).await?.filter(|known| inviter.covers(known.permissions)).ok_or_else(over)?;
    let before = queries::locked(tx, id).await?.ok_or_else(over)?.grant;
    let from = describe(tx, before).await?;
    Ok((id, Entry::new(Action::RolesChanged).by(id, known.name.clone()).on_member(id, known.name).change(from, Value::Null)))
}
