//! Inviting many at once: a list, pasted or sent as a file, of which each line says who it would invite or
//! why it would not.

mod lines;

pub(super) use lines::role;

use super::{
    invitations::{self, InvitationDraft},
    model::Grant,
    queries,
    roles::may_give_now,
    service::{acting, describe},
};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    limits::{self, Allowance},
};
use kernel::{AppError, FieldError, FormErrors, Permission, Roles, email::Email, ids::ImportId};
use std::collections::BTreeSet;

/// The longest list (lines).
const MAX_LINES: usize = 500;
/// The longest list (bytes), as in the database.
const MAX_BYTES: usize = 256 * 1024;

/// Why a line invites nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineProblem {
    /// No mail address.
    Email,
    /// A name of over 80 characters.
    Name,
    /// A role that there is not.
    Role,
    /// A role that the actor may not give.
    TooMuch,
    /// The address stands further up already.
    Twice,
    /// The address is a member's.
    Member,
    /// The address is invited already.
    Invited,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportLine {
    /// Counts from 1, as an editor shows it.
    pub number: u32,
    /// The name, may be empty.
    pub name: String,
    /// The address as typed.
    pub email: String,
    /// As what.
    pub roles: Roles,
    /// And as which staff.
    pub staff_role: Option<String>,
    /// Why it invites nobody.
    pub problem: Option<LineProblem>,
    grant: Grant,
}

/// A list with what its lines would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportPreview {
    /// The list as typed.
    pub rows: String,
    /// Its lines.
    pub lines: Vec<ImportLine>,
    /// How many would invite somebody.
    pub ready: usize,
}

/// Keeps a list in place of the actor's last one, for a look at what it would do.
///
/// # Errors
/// At `rows` when it is empty or too long.
pub async fn start_import(services: &Services, actor: &Actor, rows: &str) -> Result<ImportId> {
    let member = actor.permit(Permission::ManageMembers)?.id;
    check(rows)?;
    let id: ImportId = services.id();
    let mut tx = actor.begin(&services.db).await?;
    sqlx::query!(
        "INSERT INTO member_imports (tenant_id, id, imported_by, rows) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, imported_by) DO UPDATE SET id = EXCLUDED.id, rows = EXCLUDED.rows, created_at = now()",
        tx.tenant().0,
        id.0,
        member.0,
        rows
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(id)
}

/// Replaces a list of the actor's by a corrected one.
pub async fn update_import(services: &Services, actor: &Actor, id: ImportId, rows: &str) -> Result<()> {
    let member = actor.permit(Permission::ManageMembers)?.id;
    check(rows)?;
    let mut tx = actor.begin(&services.db).await?;
    let done = sqlx::query!(
        "UPDATE member_imports SET rows = $4 WHERE tenant_id = $1 AND id = $2 AND imported_by = $3",
        tx.tenant().0,
        id.0,
        member.0,
        rows
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() != 1 {
        return Err(AppError::NotFound.into());
    }
    tx.commit().await
}

fn check(rows: &str) -> Result<(), AppError> {
    let mut errors = FormErrors::default();
    if rows.len() > MAX_BYTES {
        errors.add("rows", FieldError::new("error-too-many-lines").with("max", MAX_LINES));
    } else {
        let records = lines::records(rows);
        errors.check(records.iter().any(|(_, cells)| !lines::is_blank(cells)), "rows", "error-required");
        if records.len() > MAX_LINES {
            errors.add("rows", FieldError::new("error-too-many-lines").with("max", MAX_LINES));
        }
    }
    errors.into_result()
}

/// What a list of the actor's would do.
pub async fn preview(services: &Services, actor: &Actor, id: ImportId) -> Result<ImportPreview> {
    let mut tx = actor.begin(&services.db).await?;
    let preview = read(&mut tx, actor, id).await?;
    tx.commit().await?;
    Ok(preview)
}

async fn read(tx: &mut TenantTx, actor: &Actor, id: ImportId) -> Result<ImportPreview> {
    let member = actor.permit(Permission::ManageMembers)?;
    let rows = sqlx::query_scalar!(
        "SELECT rows FROM member_imports WHERE tenant_id = $1 AND id = $2 AND imported_by = $3 FOR UPDATE",
        tx.tenant().0,
        id.0,
        member.id.0
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let staff = queries::staff_roles(tx).await?;
    let mut lines = lines::parse(&rows, &staff, member.permissions);
    let emails: Vec<String> = lines.iter().map(|line| Email::lenient(&line.email).to_string()).collect();
    let taken = sqlx::query!(
        r#"SELECT typed AS "email!", EXISTS (SELECT 1 FROM members m WHERE m.tenant_id = $1 AND m.email = typed) AS "member!",
             EXISTS (SELECT 1 FROM invitations i WHERE i.tenant_id = $1 AND i.email = typed) AS "invited!"
           FROM unnest($2::text[]) typed"#,
        tx.tenant().0,
        &emails
    )
    .fetch_all(tx.conn())
    .await?;
    let members: BTreeSet<&str> = taken.iter().filter(|row| row.member).map(|row| row.email.as_str()).collect();
    let invited: BTreeSet<&str> = taken.iter().filter(|row| row.invited).map(|row| row.email.as_str()).collect();
    for (line, email) in lines.iter_mut().zip(&emails) {
        let known = members.contains(email.as_str()).then_some(LineProblem::Member);
        line.problem = line.problem.or(known).or_else(|| invited.contains(email.as_str()).then_some(LineProblem::Invited));
    }
    let ready = lines.iter().filter(|line| line.problem.is_none()).count();
    Ok(ImportPreview { rows, lines, ready })
}

/// What came of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Imported {
    /// How many were invited.
    pub invited: usize,
    /// How many were not, because they were invited often lately or by somebody else just now.
    pub left_out: usize,
}

/// Invites everybody whom a list of the actor's can invite, and forgets the list. `expected` is how many the reader was
/// told that are.
///
/// # Errors
/// Conflicts when it is another number by now, or nobody; [`AppError::RateLimited`], and then nobody is invited.
pub async fn import(services: &Services, actor: &Actor, id: ImportId, expected: usize) -> Result<Imported> {
    let changed = || AppError::conflict("error-list-changed");
    let mut lines = preview(services, actor, id).await?.lines;
    lines.retain(|line| line.problem.is_none());
    match lines.len() {
        0 => return Err(AppError::conflict("error-nobody-to-invite").into()),
        ready if ready != expected => return Err(changed().into()),
        ready => limits::take_many(services, Allowance::InviteAt(actor.tenant.id), ready).await?,
    }
    let mut spared = BTreeSet::new();
    for line in &lines {
        let email = Email::lenient(&line.email);
        match limits::take(services, Allowance::InviteTo(&email)).await {
            Err(Error::App(AppError::RateLimited(_))) => spared.insert(email.to_string()),
            other => {
                other?;
                false
            }
        };
    }
    let mut tx = actor.begin(&services.db).await?;
    let own = acting(&mut tx, actor, Permission::ManageMembers).await?;
    let mut lines = read(&mut tx, actor, id).await?.lines;
    lines.retain(|line| line.problem.is_none());
    if lines.len() != expected {
        return Err(changed().into());
    }
    // In one order, so that two lists with the same people wait for each other instead of blocking each other.
    lines.sort_by_key(|line| Email::lenient(&line.email).to_string());
    let mut invited = Vec::new();
    for line in lines.into_iter().filter(|line| !spared.contains(Email::lenient(&line.email).as_str())) {
        if !may_give_now(&mut tx, own.permissions, line.grant).await? {
            return Err(changed().into());
        }
        let draft = InvitationDraft { email: line.email, name: line.name, ..InvitationDraft::default() };
        invited.extend(invitations::insert(services, &mut tx, Some(&own), &draft, line.grant).await?);
    }
    sqlx::query!("DELETE FROM member_imports WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0).execute(tx.conn()).await?;
    let done = Imported { invited: invited.len(), left_out: expected - invited.len() };
    let mut told = Vec::new();
    for one in &invited {
        told.push(describe(&mut tx, one.grant).await?);
    }
    for (one, told) in invited.into_iter().zip(told) {
        invitations::record(services, &mut tx, actor, one, told).await?;
    }
    tx.commit().await?;
    Ok(done)
}

/// Removes lists of over a day ago.
pub(crate) async fn delete_old(tx: &mut TenantTx) -> Result<u64> {
    let done = sqlx::query!("DELETE FROM member_imports WHERE tenant_id = $1 AND created_at < now() - interval '1 day'", tx.tenant().0)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected())
}
