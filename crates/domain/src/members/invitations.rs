//! Invitations: somebody gets a mail whose link makes them a member, as what the inviter said.
//!
//! The link proves the mailbox. Whoever has no account chooses a password there; an account that exists keeps
//! its password, and nothing but that opens it. What an inviter may not give any more, their
//! invitations do not give either.

mod accepting;

pub use accepting::{Accepted, accept, asked_of, invitation};

use super::{
    model::{Grant, InvitationRow},
    roles,
    service::{PAGE, acting, describe, more},
};
use crate::{
    Actor, Error, Member, Result, Services, TenantTx,
    accounts::{self, standing},
    audit::{self, Action, Entry},
    keyring::Place,
    limits::{self, Allowance},
    mailing::{self, Mailing},
    page::{Cursor, Page},
    resealing, ticket,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    AppError, FormErrors, Permission, Roles,
    email::Email,
    ids::{InvitationId, StaffRoleId, TenantId},
};
use serde_json::Value;

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
    errors.check_line("name", &draft.name, 80);
    errors.check_length("note", &draft.note, 500);
    errors.into_result()?;
    allow(services, actor, &Email::lenient(&draft.email)).await?;
    let mut tx = actor.begin(&services.db).await?;
    let own = acting(&mut tx, actor, Permission::ManageMembers).await?;
    let grant = roles::grant(&mut tx, &own, &draft.roles, &draft.staff_role, None).await?;
    if is_member(&mut tx, &Email::lenient(&draft.email)).await? {
        return Err(AppError::field("email", "error-member-exists").into());
    }
    let invited = insert(services, &mut tx, Some(&own), draft, grant).await?.ok_or(AppError::field("email", "error-invited-already"))?;
    let told = describe(&mut tx, invited.grant).await?;
    record(services, &mut tx, actor, invited, told).await?;
    tx.commit().await
}

/// Takes the allowances for a mail to somebody who did not ask for it.
async fn allow(services: &Services, actor: &Actor, email: &Email) -> Result<()> {
    limits::take(services, Allowance::InviteTo(email)).await?;
    if let Some(client) = actor.client {
        limits::take(services, Allowance::MailFrom(client)).await?;
    }
    limits::take(services, Allowance::InviteAt(actor.tenant.id)).await
}

/// An invitation that was written and is not in the log yet.
pub(super) struct Invited {
    id: InvitationId,
    email: Email,
    pub grant: Grant,
    /// What its link holds.
    ticket: String,
}

/// Tells the log of an invitation to what `told` describes, after every other lock of the transaction.
pub(super) async fn record(services: &Services, tx: &mut TenantTx, actor: &Actor, invited: Invited, told: Value) -> Result<()> {
    let entry = Entry::new(Action::MemberInvited).on("invitation", invited.id, invited.email.as_str()).change(Value::Null, told);
    audit::record(tx, services, actor, entry).await
}

/// A new ticket for an invitation, and how the mail finds it: sealed.
fn new_ticket(services: &Services, tx: &TenantTx, id: InvitationId) -> Result<(String, Vec<u8>)> {
    let ticket = ticket::new(&services.rng);
    let place = Place { column: SECRET, owner: tx.tenant().0, row: id.0.as_bytes() };
    let secret = services.keyring.seal(&services.rng, place, ticket.as_bytes())?;
    Ok((ticket, secret))
}

/// Writes an invitation and has its mail sent, in the caller's transaction; none when the address is invited already. Without
/// an inviter it is the platform's.
pub(super) async fn insert(
    services: &Services,
    tx: &mut TenantTx,
    inviter: Option<&Member>,
    draft: &InvitationDraft,
    grant: Grant,
) -> Result<Option<Invited>> {
    let email = Email::lenient(&draft.email);
    let id: InvitationId = services.id();
    let (ticket, secret) = new_ticket(services, tx, id)?;
    let roles: Vec<String> = grant.roles.iter().map(|role| role.key().to_owned()).collect();
    let done = sqlx::query!(
        "INSERT INTO invitations (tenant_id, id, ticket, secret, email, name, roles, staff_role_id, note, invited_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + make_interval(days => $11))
         ON CONFLICT (tenant_id, email) DO NOTHING",
        tx.tenant().0,
        id.0,
        ticket::key(&ticket),
        secret,
        email.as_str(),
        draft.name.trim(),
        &roles,
        grant.staff_role.map(|id| id.0),
        draft.note.trim(),
        inviter.map(|inviter| inviter.id.0),
        DAYS
    )
    .execute(tx.conn())
    .await
    .map_err(|e| Error::from(e).on_constraint("invitations_staff_role", AppError::field("staff_role", "error-choice")))?;
    if done.rows_affected() == 0 {
        return Ok(None);
    }
    mailing::enqueue(tx, Mailing::Invitation { invitation: id, nth: 1 }).await?;
    Ok(Some(Invited { id, email, grant, ticket }))
}

/// Invites somebody as an admin in the platform's name, in the caller's transaction; the answer is the link's ticket. An
/// earlier invitation of theirs is over.
///
/// # Errors
/// At `email`: it is none, or a member's.
pub(crate) async fn invite_by_platform(services: &Services, tx: &mut TenantTx, email: &str, name: &str) -> Result<String> {
    if !accounts::is_email(email.trim()) {
        return Err(AppError::field("email", "error-email").into());
    }
    let address = Email::lenient(email);
    if is_member(tx, &address).await? {
        return Err(AppError::field("email", "error-member-exists").into());
    }
    forget(tx, address.as_str()).await?;
    let draft = InvitationDraft { email: email.to_owned(), name: name.to_owned(), ..InvitationDraft::default() };
    let grant = Grant { roles: Roles { admin: true, ..Roles::default() }, staff_role: None };
    let invited = insert(services, tx, None, &draft, grant).await?;
    Ok(invited.ok_or(AppError::conflict("error-changed-meanwhile"))?.ticket)
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
    let own = actor.permit(Permission::SeeMembers)?.permissions;
    let mut tx = actor.begin(&services.db).await?;
    let rows = sqlx::query!(
        r#"SELECT i.id AS "id: InvitationId", i.email, i.name, i.roles, i.staff_role_id AS "staff_role_id: StaffRoleId", s.name AS "staff_role?", s.permissions AS "permissions?", coalesce(m.name, (SELECT name FROM tenants WHERE slug = 'platform')) AS "invited_by!", i.created_at, i.sent_at, i.expires_at,
             i.expires_at <= now() AS "expired!"
           FROM invitations i LEFT JOIN members m ON m.tenant_id = i.tenant_id AND m.id = i.invited_by
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
    let may_give = |roles: Roles, staff_role: Option<StaffRoleId>, permissions: Option<&Vec<String>>| {
        let staff = permissions.map(|keys| keys.iter().map(String::as_str).collect()).unwrap_or_default();
        roles::may_give(own, Grant { roles, staff_role }, staff)
    };
    let rows = rows.into_iter().map(|row| InvitationRow {
        can_act: may_give(standing(&row.roles, None).0, row.staff_role_id, row.permissions.as_ref()),
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
    let mut tx = actor.begin(&services.db).await?;
    let (_, email) = own_to_give(&mut tx, actor, id).await?;
    tx.commit().await?;
    allow(services, actor, &Email::lenient(&email)).await?;
    let mut tx = actor.begin(&services.db).await?;
    let (own, email) = own_to_give(&mut tx, actor, id).await?;
    // A new link: one that was passed on or leaked does not come back to life.
    let (ticket, secret) = new_ticket(services, &tx, id)?;
    let mails = sqlx::query_scalar!(
        "UPDATE invitations SET ticket = $5, secret = $6, mails = mails + 1, sent_at = now(), expires_at = now() + make_interval(days => $3),
           invited_by = $4
         WHERE tenant_id = $1 AND id = $2 RETURNING mails",
        tx.tenant().0,
        id.0,
        DAYS,
        own.id.0,
        ticket::key(&ticket),
        secret
    )
    .fetch_one(tx.conn())
    .await?;
    mailing::enqueue(&mut tx, Mailing::Invitation { invitation: id, nth: mails }).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::InvitationSentAgain).on("invitation", id, email)).await?;
    tx.commit().await
}

/// The actor as they are now and the address of an invitation that they could have made; it is locked.
async fn own_to_give(tx: &mut TenantTx, actor: &Actor, id: InvitationId) -> Result<(Member, String)> {
    let own = acting(tx, actor, Permission::ManageMembers).await?;
    let row = sqlx::query!(
        r#"SELECT email, roles, staff_role_id AS "staff_role: StaffRoleId" FROM invitations WHERE tenant_id = $1 AND id = $2 FOR UPDATE"#,
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let grant = Grant { roles: standing(&row.roles, None).0, staff_role: row.staff_role };
    if roles::may_give_now(tx, own.permissions, grant).await? {
        Ok((own, row.email))
    } else {
        Err(AppError::conflict("error-member-outranks").into())
    }
}

/// Forgets an address's invitation, in the caller's transaction.
pub(super) async fn forget(tx: &mut TenantTx, email: &str) -> Result<()> {
    sqlx::query!("DELETE FROM invitations WHERE tenant_id = $1 AND email = $2", tx.tenant().0, email).execute(tx.conn()).await?;
    Ok(())
}

/// Withdraws an invitation: its link is over.
pub async fn withdraw(services: &Services, actor: &Actor, id: InvitationId) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let (_, email) = own_to_give(&mut tx, actor, id).await?;
    forget(&mut tx, &email).await?;
    audit::record(&mut tx, services, actor, Entry::new(Action::InvitationWithdrawn).on("invitation", id, email)).await?;
    tx.commit().await
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
        r#"SELECT i.email, i.name, i.roles, s.name AS "staff_role?", i.note, coalesce(m.name, (SELECT name FROM tenants WHERE slug = 'platform')) AS "invited_by!", i.secret, i.expires_at
           FROM invitations i LEFT JOIN members m ON m.tenant_id = i.tenant_id AND m.id = i.invited_by
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

/// Seals a tenant's invitations again by the key that seals now; says how many.
pub(crate) async fn reseal(services: &Services, tenant: TenantId) -> Result<u64> {
    let (mut fields, mut after) = (0, uuid::Uuid::nil());
    loop {
        let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
        let batch = sqlx::query!(
            r#"SELECT id AS "id: InvitationId", secret FROM invitations WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3 FOR UPDATE"#,
            tenant.0,
            after,
            resealing::BATCH
        )
        .fetch_all(tx.conn())
        .await?;
        let Some(last) = batch.last() else { return Ok(fields) };
        after = last.id.0;
        for row in &batch {
            let place = Place { column: SECRET, owner: tenant.0, row: row.id.0.as_bytes() };
            let Some(again) = resealing::again(services, place, &row.secret)? else { continue };
            sqlx::query!("UPDATE invitations SET secret = $3 WHERE tenant_id = $1 AND id = $2", tenant.0, row.id.0, again)
                .execute(tx.conn())
                .await?;
            fields += 1;
        }
        tx.commit().await?;
    }
}
