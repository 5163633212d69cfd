//! Inviting many at once: a list, pasted or sent as a file, of which each line says who it would invite or
//! why it would not.

use super::{
    invitations::{self, InvitationDraft},
    model::{Grant, StaffRole},
    queries,
};
use crate::{
    Actor, Result, Services, TenantTx,
    accounts::is_email,
    limits::{self, Allowance},
};
use i18n::{Locale, t};
use kernel::{
    AppError, FieldError, FormErrors, Permission, Permissions, Role, Roles,
    email::Email,
    ids::{ImportId, StaffRoleId},
};
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

/// Keeps a list, for a look at what it would do.
///
/// # Errors
/// At `rows` when it is empty or too long.
pub async fn start_import(services: &Services, actor: &Actor, rows: &str) -> Result<ImportId> {
    let member = actor.permit(Permission::ManageMembers)?.id;
    check(rows)?;
    let id: ImportId = services.id();
    let mut tx = actor.begin(&services.db).await?;
    sqlx::query!(
        "INSERT INTO member_imports (tenant_id, id, imported_by, rows) VALUES ($1, $2, $3, $4)",
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
    errors.check(!rows.trim().is_empty(), "rows", "error-required");
    if rows.len() > MAX_BYTES || records(rows).len() > MAX_LINES {
        errors.add("rows", FieldError::new("error-too-many-lines").with("max", MAX_LINES));
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
    let mut lines = parse(&rows, &staff, member.permissions);
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

/// Invites everybody whom a list of the actor's can invite, and forgets the list. The answer is how many.
///
/// # Errors
/// A conflict when it would invite nobody; at `email` when somebody else invited one of them just now.
pub async fn import(services: &Services, actor: &Actor, id: ImportId) -> Result<usize> {
    let ready = preview(services, actor, id).await?.ready;
    for _ in 0..ready {
        limits::take(services, Allowance::InviteAt(actor.tenant.id)).await?;
    }
    let mut tx = actor.begin(&services.db).await?;
    let lines = read(&mut tx, actor, id).await?.lines;
    let mut invited = Vec::new();
    for line in lines.into_iter().filter(|line| line.problem.is_none()) {
        let draft = InvitationDraft { email: line.email, name: line.name, ..InvitationDraft::default() };
        invited.push(invitations::insert(services, &mut tx, actor, &draft, line.grant).await?);
    }
    if invited.is_empty() {
        return Err(AppError::conflict("error-nobody-to-invite").into());
    }
    let count = invited.len();
    sqlx::query!("DELETE FROM member_imports WHERE tenant_id = $1 AND id = $2", tx.tenant().0, id.0).execute(tx.conn()).await?;
    for one in invited {
        invitations::record(services, &mut tx, actor, one).await?;
    }
    tx.commit().await?;
    Ok(count)
}

/// Removes lists of over a day ago.
pub(crate) async fn delete_old(tx: &mut TenantTx) -> Result<u64> {
    let done = sqlx::query!("DELETE FROM member_imports WHERE tenant_id = $1 AND created_at < now() - interval '1 day'", tx.tenant().0)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected())
}

/// The list's lines that have something in them: their number and their cells.
fn records(rows: &str) -> Vec<(u32, Vec<String>)> {
    // Spreadsheets begin a file with a mark, and separate by what the country's decimals leave free.
    let rows = rows.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let first = rows.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = [b'\t', b';', b','].into_iter().find(|mark| first.contains(char::from(*mark))).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(rows.as_bytes());
    reader
        .records()
        .filter_map(Result::ok)
        .map(|record| {
            // The position is before the empty lines that the reader skips.
            let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(0);
            let skipped = rows.bytes().skip(start).take_while(|byte| *byte == b'\n').count();
            let before = rows.bytes().take(start + skipped).filter(|byte| *byte == b'\n').count();
            (u32::try_from(before + 1).unwrap_or(u32::MAX), record.iter().map(|cell| cell.trim().to_owned()).collect())
        })
        .filter(|(_, cells): &(u32, Vec<String>)| cells.iter().any(|cell| !cell.is_empty()))
        .collect()
}

/// Which cell is what. Without a header: name, address, roles.
#[derive(Clone, Copy)]
struct Columns {
    name: Option<usize>,
    email: usize,
    roles: Option<usize>,
}

impl Columns {
    /// Of a header in any language of ours.
    fn of(cells: &[String]) -> Option<Self> {
        let find = |key: &str, plain: &[&str]| {
            let names: Vec<String> =
                Locale::ALL.iter().map(|locale| i18n::t(*locale, key)).chain(plain.iter().map(|p| (*p).to_owned())).collect();
            cells.iter().position(|cell| names.iter().any(|name| name.to_lowercase() == cell.to_lowercase()))
        };
        let email = find("common-email", &["email", "e-mail", "mail"])?;
        Some(Self { name: find("common-name", &["name"]), email, roles: find("admin-roles", &["role", "roles"]) })
    }
}

/// What the lines say, by themselves.
fn parse(rows: &str, staff: &[StaffRole], own: Permissions) -> Vec<ImportLine> {
    let mut records = records(rows).into_iter().peekable();
    let header = records.peek().and_then(|(_, cells)| Columns::of(cells));
    if header.is_some() {
        records.next();
    }
    let columns = header.unwrap_or(Columns { name: Some(0), email: 1, roles: Some(2) });
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for (number, cells) in records.take(MAX_LINES) {
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).cloned().unwrap_or_default();
        // One cell alone is an address.
        let (name, email) = match cells.as_slice() {
            [email] => (String::new(), email.clone()),
            _ => (cell(columns.name), cell(Some(columns.email))),
        };
        let given = grant(&cell(columns.roles), staff, own);
        let problem = if !is_email(&email) {
            Some(LineProblem::Email)
        } else if name.chars().count() > 80 {
            Some(LineProblem::Name)
        } else if !seen.insert(Email::lenient(&email).to_string()) {
            Some(LineProblem::Twice)
        } else {
            given.err()
        };
        let grant = given.unwrap_or_default();
        let staff_role = staff.iter().find(|role| Some(role.id) == grant.staff_role).map(|role| role.name.clone());
        lines.push(ImportLine { number, name, email, roles: grant.roles, staff_role, problem, grant });
    }
    lines
}

/// What a cell gives: roles in any language of ours and staff roles by name, separated by `+`, `/` or `&`; a student
/// if it is empty.
fn grant(cell: &str, staff: &[StaffRole], own: Permissions) -> Result<Grant, LineProblem> {
    let mut roles = Vec::new();
    let mut staff_role: Option<StaffRoleId> = None;
    for word in cell.split(['+', '/', '&']).map(str::trim).filter(|word| !word.is_empty()) {
        if let Some(role) = role(word) {
            roles.push(role);
        } else {
            let named = staff.iter().find(|role| role.name.to_lowercase() == word.to_lowercase()).ok_or(LineProblem::Role)?;
            if !own.has(Permission::ManageRoles) || !own.covers(named.permissions) {
                return Err(LineProblem::TooMuch);
            }
            staff_role = Some(named.id);
        }
    }
    if roles.is_empty() && staff_role.is_none() {
        roles.push(Role::Student);
    }
    if roles.contains(&Role::Admin) && !own.covers(Permissions::all()) {
        return Err(LineProblem::TooMuch);
    }
    Ok(Grant { roles: roles.into_iter().collect(), staff_role })
}

fn role(word: &str) -> Option<Role> {
    let called = |locale: Locale, role: Role| match role {
        Role::Student => t!(locale, "common-role-student"),
        Role::Tutor => t!(locale, "common-role-tutor"),
        Role::Admin => t!(locale, "common-role-admin"),
    };
    let word = word.to_lowercase();
    Role::parse(&word).or_else(|| Role::ALL.into_iter().find(|role| Locale::ALL.iter().any(|l| called(*l, *role).to_lowercase() == word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    /// Number, name, address, roles, problem.
    type Read = (u32, String, String, Vec<&'static str>, Option<LineProblem>);

    fn lines(rows: &str, own: Permissions) -> Vec<Read> {
        let support = StaffRole {
            id: StaffRoleId(Uuid::from_u128(1)),
            name: "Support".into(),
            permissions: [Permission::SeeBookings].into_iter().collect(),
            holders: 0,
            can_give: true,
        };
        parse(rows, &[support], own)
            .into_iter()
            .map(|line| (line.number, line.name, line.email, line.roles.iter().map(Role::key).collect(), line.problem))
            .collect()
    }

    #[test]
    fn lists_are_read_as_spreadsheets_write_them() {
        let row = |number, name: &str, email: &str, role| (number, name.to_owned(), email.to_owned(), vec![role], None);
        let all = Permissions::all();
        let expected = [row(2, "Ada, L.", "ada@x.test", "tutor"), row(3, "Bo", "bo@x.test", "student")];
        assert_eq!(lines("Role,Email,Name\nTutor,ada@x.test,\"Ada, L.\"\n,bo@x.test,Bo\n", all), expected);
        assert_eq!(lines("\u{feff}Nombre;Correo electrónico;Roles\r\nAda, L.;ada@x.test;tutor\r\nBo;bo@x.test;\r\n", all), expected);
        assert_eq!(lines("Ada\tada@x.test\n", all), [row(1, "Ada", "ada@x.test", "student")]);
        assert_eq!(lines("\nada@x.test\n\nbo@x.test", all), [row(2, "", "ada@x.test", "student"), row(4, "", "bo@x.test", "student")]);
    }

    #[test]
    fn a_line_says_what_is_wrong_with_it() {
        let problems = |rows: &str, own| lines(rows, own).into_iter().map(|line| line.4).collect::<Vec<_>>();
        let rows =
            "A,a@x.test,student\nB,nowhere,student\nC,A@X.test,tutor\nD,d@x.test,wizard\nE,e@x.test,admin\nF,f@x.test,support + tutor";
        let all = [None, Some(LineProblem::Email), Some(LineProblem::Twice), Some(LineProblem::Role), None, None];
        assert_eq!(problems(rows, Permissions::all()), all);
        let clerk = [Permission::ManageMembers].into_iter().collect();
        let few = [
            None,
            Some(LineProblem::Email),
            Some(LineProblem::Twice),
            Some(LineProblem::Role),
            Some(LineProblem::TooMuch),
            Some(LineProblem::TooMuch),
        ];
        assert_eq!(problems(rows, clerk), few);
    }
}
