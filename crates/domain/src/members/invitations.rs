//! Invitations: somebody gets a mail whose link makes them a member, as what the inviter said.
//!
//! The link proves the mailbox. Whoever has no account chooses a password there; an account that exists keeps
//! its password, and nothing but that opens it. What an inviter may not give any more, their
//! invitations do not give either.

use super::{
    model::{Grant, InvitationRow, OpenInvitation},
    queries, roles,
    service::{PAGE, describe, more},
};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    accounts::{self, Login, check_password, standing},
    audit::{self, Action, Entry},
    keyring::Place,
    limits::{self, Allowance},
    mailing::{self, Mailing},
    page::{Cursor, Page},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    AppError, FormErrors, Permission, Permissions, Roles,
    email::Email,
    ids::{InvitationId, MemberId, StaffRoleId},
};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// How long an invitation can be accepted (days after its last mail).
const DAYS: i32 = 14;
/// The sealed column.
const SECRET: &str = "invitations.secret";

/// An invitation as typed. Errors come at the names of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvitationDraft {
    /// Whom. Field `email`.
    pub email: String,
    /// Their name, may be empty. Field `name`.
    pub name: String,
    /// Keys of roles. Field `roles`.
    pub roles: Vec<String>,
    /// The id of a staff role, may be empty. Field `staff_role`.
    pub staff_role: String,
    /// What the inviter says, may be empty. Field `note`.
    pub note: String,
}

fn key(ticket: &str) -> Vec<u8> {
    Sha256::digest(ticket.as_bytes()).to_vec()
}

fn over() -> AppError {
    AppError::conflict("error-invitation-over")
}

/// Invites somebody.
///
/// # Errors
/// At the fields: the address is a member's or invited already, or more is given than the actor may.
pub async fn invite(services: &Services, actor: &Actor, draft: &InvitationDraft) -> Result<()> {
    actor.permit(Permission::ManageMembers)?;
    let mut errors = FormErrors::default();
    errors.check(accounts::is_email(draft.email.trim()), "email", "error-email");
    errors.check_length("name", &draft.name, 80);
    errors.check_length("note", &draft.note, 500);
    errors.into_result()?;
    limits::take(services, Allowance::InviteAt(actor.tenant.id)).await?;
    let mut tx = actor.begin(&services.db).await?;
    let grant = roles::grant(&mut tx, actor, &draft.roles, &draft.staff_role, None).await?;
    let invited = insert(services, &mut tx, actor, draft, grant).await?;
    record(services, &mut tx, actor, invited).await?;
    tx.commit().await
}

/// An invitation that was written and is not in the log yet.
pub(super) struct Invited {
    id: InvitationId,
    email: Email,
    grant: Grant,
}

/// Tells the log of an invitation, after every other lock of the transaction.
pub(super) async fn record(services: &Services, tx: &mut TenantTx, actor: &Actor, invited: Invited) -> Result<()> {
    let told = describe(tx, invited.grant).await?;
    let entry = Entry::new(Action::MemberInvited).on("invitation", invited.id, invited.email.as_str()).change(Value::Null, told);
    audit::record(tx, services, actor, entry).await
}

/// Writes an invitation and has its mail sent, in the caller's transaction.
pub(super) async fn insert(
    services: &Services,
    tx: &mut TenantTx,
    actor: &Actor,
    draft: &InvitationDraft,
    grant: Grant,
) -> Result<Invited> {
    let email = Email::lenient(&draft.email);
    if is_member(tx, &email).await? {
        return Err(AppError::field("email", "error-member-exists").into());
    }
    let id: InvitationId = services.id();
    let ticket = BASE64_URL_SAFE_NO_PAD.encode(services.rng.bytes::<32>());
    let place = Place { column: SECRET, owner: tx.tenant().0, row: id.0.as_bytes() };
    let secret = services.keyring.seal(&services.rng, place, ticket.as_bytes())?;
    let roles: Vec<String> = grant.roles.iter().map(|role| role.key().to_owned()).collect();
    sqlx::query!(
        "INSERT INTO invitations (tenant_id, id, ticket, secret, email, name, roles, staff_role_id, note, invited_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + make_interval(days => $11))",
        tx.tenant().0,
        id.0,
        key(&ticket),
        secret,
        email.as_str(),
        draft.name.trim(),
        &roles,
        grant.staff_role.map(|id| id.0),
        draft.note.trim(),
        actor.member()?.id.0,
        DAYS
    )
    .execute(tx.conn())
    .await
    .map_err(|e| Error::from(e).on_constraint("invitations_email_key", AppError::field("email", "error-invited-already")))?;
    mailing::enqueue(tx, Mailing::Invitation { invitation: id, nth: 1 }).await?;
    Ok(Invited { id, email, grant })
}

/// Whether a member has this address.
pub(super) async fn is_member(tx: &mut TenantTx, email: &Email) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM members WHERE tenant_id = $1 AND email = $2) AS "is!""#,
        tx.tenant().0,
        email.as_str()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The invitations that wait, the latest first.
pub async fn invitations(services: &Services, actor: &Actor, cursor: Option<Cursor>) -> Result<Page<InvitationRow>> {
    actor.permit(Permission::SeeMembers)?;
    let mut tx = actor.begin(&services.db).await?;
    let rows = sqlx::query!(
        r#"SELECT i.id AS "id: InvitationId", i.email, i.name, i.roles, s.name AS "staff_role?", m.name AS invited_by, i.created_at, i.sent_at, i.expires_at,
             i.expires_at <= now() AS "expired!"
           FROM invitations i JOIN members m ON m.tenant_id = i.tenant_id AND m.id = i.invited_by
             LEFT JOIN staff_roles s ON s.tenant_id = i.tenant_id AND s.id = i.staff_role_id
           WHERE i.tenant_id = $1 AND ($2::timestamptz IS NULL OR (i.created_at, i.id) < ($2, $3::uuid))
           ORDER BY i.created_at DESC, i.id DESC LIMIT $4"#,
        tx.tenant().0,
        cursor.map(|cursor| cursor.at.to_sqlx()) as _,
        cursor.map(|cursor| cursor.id),
        more()
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    let rows = rows.into_iter().map(|row| InvitationRow {
        id: row.id,
        email: row.email,
        name: row.name,
        roles: standing(&row.roles, None).0,
        staff_role: row.staff_role,
        invited_by: row.invited_by,
        created_at: row.created_at.to_jiff(),
        sent_at: row.sent_at.to_jiff(),
        expires_at: row.expires_at.to_jiff(),
        expired: row.expired,
    });
    Ok(Page::new(rows.collect(), PAGE, |row| Cursor { at: row.created_at, id: row.id.0 }))
}

/// Sends an invitation's mail again; it can be accepted for another while. From now on it is the
/// actor's, who must be able to give what it gives.
pub async fn resend(services: &Services, actor: &Actor, id: InvitationId) -> Result<()> {
    let own = actor.permit(Permission::ManageMembers)?;
    limits::take(services, Allowance::InviteAt(actor.tenant.id)).await?;
    let mut tx = actor.begin(&services.db).await?;
    let row = sqlx::query!(
        r#"UPDATE invitations SET mails = mails + 1, sent_at = now(), expires_at = now() + make_interval(days => $3), invited_by = $4
           WHERE tenant_id = $1 AND id = $2 RETURNING email, mails, roles, staff_role_id AS "staff_role: StaffRoleId""#,
        tx.tenant().0,
        id.0,
        DAYS,
        own.id.0
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let given = permissions(&mut tx, standing(&row.roles, None).0, row.staff_role).await?;
    if !own.permissions.covers(given) {
        return Err(AppError::conflict("error-member-outranks").into());
    }
    mailing::enqueue(&mut tx, Mailing::Invitation { invitation: id, nth: row.mails }).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::InvitationSentAgain).on("invitation", id, row.email)).await?;
    tx.commit().await
}

/// What an invitation gives its addressee as staff.
async fn permissions(tx: &mut TenantTx, roles: Roles, staff_role: Option<StaffRoleId>) -> Result<Permissions> {
    let staff = match staff_role {
        Some(id) => queries::staff_role(tx, id).await?.map(|role| role.permissions).unwrap_or_default(),
        None => Permissions::default(),
    };
    Ok(Permissions::of(roles, staff))
}

/// Withdraws an invitation: its link is over.
pub async fn withdraw(services: &Services, actor: &Actor, id: InvitationId) -> Result<()> {
    actor.permit(Permission::ManageMembers)?;
    let mut tx = actor.begin(&services.db).await?;
    let row = sqlx::query!("DELETE FROM invitations WHERE tenant_id = $1 AND id = $2 RETURNING email", tx.tenant().0, id.0)
        .fetch_optional(tx.conn())
        .await?
        .ok_or(AppError::NotFound)?;
    audit::record(&mut tx, services, actor, Entry::new(Action::InvitationWithdrawn).on("invitation", id, row.email)).await?;
    tx.commit().await
}

/// An invitation that can be accepted, with what its inviter may give today.
struct Found {
    id: InvitationId,
    email: String,
    name: String,
    grant: Grant,
    staff_role: Option<String>,
    note: String,
    invited_by: String,
}

/// The invitation of `ticket`, locked, if it can still be accepted: in time, and its inviter may still give it.
async fn find(tx: &mut TenantTx, ticket: &str) -> Result<Option<Found>> {
    let row = sqlx::query!(
        r#"SELECT i.id AS "id: InvitationId", i.email, i.name, i.roles, i.staff_role_id AS "staff_role_id: StaffRoleId", i.note,
             m.id AS "invited_by_id: MemberId", m.name AS invited_by
           FROM invitations i JOIN members m ON m.tenant_id = i.tenant_id AND m.id = i.invited_by
           WHERE i.tenant_id = $1 AND i.ticket = $2 AND i.expires_at > now() FOR UPDATE OF i"#,
        tx.tenant().0,
        key(ticket)
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let grant = Grant { roles: standing(&row.roles, None).0, staff_role: row.staff_role_id };
    let given = permissions(tx, grant.roles, grant.staff_role).await?;
    let inviter = accounts::member(tx, row.invited_by_id).await?;
    if !inviter.is_some_and(|inviter| inviter.permissions.has(Permission::ManageMembers) && inviter.permissions.covers(given)) {
        return Ok(None);
    }
    let staff_role = match grant.staff_role {
        Some(id) => queries::staff_role(tx, id).await?.map(|role| role.name),
        None => None,
    };
    let (id, email, name, note, invited_by) = (row.id, row.email, row.name, row.note, row.invited_by);
    Ok(Some(Found { id, email, name, grant, staff_role, note, invited_by }))
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

/// Accepts an invitation. `name` and `password` are of a new person; an account that exists keeps its own password.
///
/// # Errors
/// At `name` or `password`; a conflict when the invitation is over.
pub async fn accept(services: &Services, actor: &Actor, ticket: &str, name: &str, password: &str) -> Result<Accepted> {
    let open = invitation(services, actor, ticket).await?.ok_or_else(over)?;
    let name = name.trim();
    let mut errors = FormErrors::default();
    errors.check(!name.is_empty(), "name", "error-required");
    errors.check_length("name", name, 80);
    if !open.has_account {
        check_password(&mut errors, ("password", password), &[name, &open.email, &actor.tenant.name]);
    }
    errors.into_result()?;
    if !open.has_account {
        services.breached.refuse("password", password).await?;
    }
    if let Some(client) = actor.client {
        limits::take(services, Allowance::SignInFrom(client)).await?;
    }
    // Of somebody with an account nothing is hashed; should the account go meanwhile, nobody knows this password.
    let chosen = if open.has_account { BASE64_URL_SAFE_NO_PAD.encode(services.rng.bytes::<32>()) } else { password.to_owned() };
    let hash = services.hasher.hash(&chosen).await?;
    let mut tx = actor.begin(&services.db).await?;
    let found = find(&mut tx, ticket).await?.ok_or_else(over)?;
    let email = Email::lenient(&found.email);
    let (account, is_new) = accounts::proofs::account_of(services, &mut tx, &email, &hash).await?;
    let member = match accounts::member_of_account(&mut tx, account).await? {
        Some(known) if !known.active => return Err(over().into()),
        // They signed up by themselves meanwhile: what they are invited as comes to it.
        Some(known) => known.id,
        None => accounts::join(&mut tx, services, account, name, email.as_str(), &[]).await?,
    };
    let roles: Vec<String> = found.grant.roles.iter().map(|role| role.key().to_owned()).collect();
    queries::give_roles(&mut tx, member, &roles).await?;
    if found.grant.staff_role.is_some() {
        queries::set_staff_role(&mut tx, member, found.grant.staff_role).await?;
    }
    sqlx::query!("DELETE FROM invitations WHERE tenant_id = $1 AND id = $2", tx.tenant().0, found.id.0).execute(tx.conn()).await?;
    let told = describe(&mut tx, found.grant).await?;
    let joined = Entry::new(Action::MemberJoined).by(member, name).on("member", member, name).change(Value::Null, told);
    audit::record(&mut tx, services, actor, joined).await?;
    tx.commit().await?;
    // A new account is in its first epoch.
    Ok(if is_new { Accepted::Joined(Login { member, epoch: 0 }) } else { Accepted::WithAccount })
}

/// What an invitation's mail says.
pub(crate) struct Told {
    pub email: String,
    pub name: String,
    pub roles: Roles,
    pub staff_role: Option<String>,
    pub note: String,
    pub invited_by: String,
    pub ticket: String,
    pub expires_at: Timestamp,
}

/// What an invitation's mail says, if it can still be accepted.
pub(crate) async fn told(services: &Services, tx: &mut TenantTx, id: InvitationId) -> Result<Option<Told>> {
    let row = sqlx::query!(
        r#"SELECT i.email, i.name, i.roles, s.name AS "staff_role?", i.note, m.name AS invited_by, i.secret, i.expires_at
           FROM invitations i JOIN members m ON m.tenant_id = i.tenant_id AND m.id = i.invited_by
             LEFT JOIN staff_roles s ON s.tenant_id = i.tenant_id AND s.id = i.staff_role_id
           WHERE i.tenant_id = $1 AND i.id = $2 AND i.expires_at > now()"#,
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let place = Place { column: SECRET, owner: tx.tenant().0, row: id.0.as_bytes() };
    let ticket = String::from_utf8(services.keyring.open(place, &row.secret)?).map_err(|_| Error::Broken("a ticket is text"))?;
    Ok(Some(Told {
        email: row.email,
        name: row.name,
        roles: standing(&row.roles, None).0,
        staff_role: row.staff_role,
        note: row.note,
        invited_by: row.invited_by,
        ticket,
        expires_at: row.expires_at.to_jiff(),
    }))
}

/// Removes invitations that nobody accepted for 90 days.
pub(crate) async fn delete_expired(tx: &mut TenantTx) -> Result<u64> {
    let done = sqlx::query!("DELETE FROM invitations WHERE tenant_id = $1 AND expires_at < now() - interval '90 days'", tx.tenant().0)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected())
}
