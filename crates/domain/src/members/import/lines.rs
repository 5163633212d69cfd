//! Reading a list: what its lines say, by themselves.

use super::{ImportLine, LineProblem, MAX_LINES};
use crate::{
    accounts::is_email,
    members::{
        model::{Grant, StaffRole},
        roles::may_give,
    },
};
use i18n::{Locale, t};
use kernel::{Permissions, Role, email::Email, ids::StaffRoleId};
use std::collections::BTreeSet;

/// Whether a line has nothing in it.
pub(super) fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(String::is_empty)
}

/// The list's lines, their number and their cells: at most one more than a list may have, since anything longer is
/// refused.
pub(super) fn records(rows: &str) -> Vec<(u32, Vec<String>)> {
    // Spreadsheets begin a file with a mark, and separate by what the country's decimals leave free.
    let rows = rows.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let first = rows.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = [b'\t', b';', b','].into_iter().find(|mark| first.contains(char::from(*mark))).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(rows.as_bytes());
    let mut lines = LineCount { rest: rows.bytes(), at: 0, number: 1 };
    reader
        .records()
        .take(MAX_LINES + 1)
        .filter_map(Result::ok)
        .map(|record| {
            let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(0);
            (lines.number_at(start), record.iter().map(|cell| cell.trim().to_owned()).collect())
        })
        .collect()
}

/// Counts lines up to a place, from the last place on.
struct LineCount<'a> {
    rest: std::str::Bytes<'a>,
    at: usize,
    number: u32,
}

impl LineCount<'_> {
    /// The number of the line that begins at `start`, or after the empty lines there, which the reader skips.
    fn number_at(&mut self, start: usize) -> u32 {
        while self.at < start || self.rest.clone().next() == Some(b'\n') {
            match self.rest.next() {
                Some(byte) => self.number = self.number.saturating_add(u32::from(byte == b'\n')),
                None => break,
            }
            self.at += 1;
        }
        self.number
    }
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
        Some(Self {
            name: find("common-name", &["name"]),
            email,
            roles: find("admin-roles", &["role", "roles", "rol", "función", "rolle", "rôle"]),
        })
    }
}

/// What the lines say, by themselves.
pub(super) fn parse(rows: &str, staff: &[StaffRole], own: Permissions) -> Vec<ImportLine> {
    let mut records = records(rows).into_iter().peekable();
    let header = records.peek().and_then(|(_, cells)| Columns::of(cells));
    if header.is_some() {
        records.next();
    }
    let columns = header.unwrap_or(Columns { name: Some(0), email: 1, roles: Some(2) });
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for (number, cells) in records.filter(|(_, cells)| !is_blank(cells)) {
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
    let (mut staff_role, mut permissions): (Option<StaffRoleId>, Permissions) = (None, Permissions::default());
    // A staff role's name may have what separates others.
    let whole = staff.iter().any(|role| role.name.to_lowercase() == cell.to_lowercase());
    let words: Vec<&str> = if whole { vec![cell] } else { cell.split(['+', '/', '&']).collect() };
    for word in words.into_iter().map(str::trim).filter(|word| !word.is_empty()) {
        if let Some(role) = role(word) {
            roles.push(role);
        } else {
            let named = staff.iter().find(|role| role.name.to_lowercase() == word.to_lowercase()).ok_or(LineProblem::Role)?;
            staff_role = Some(named.id);
            permissions = named.permissions;
        }
    }
    if roles.is_empty() && staff_role.is_none() {
        roles.push(Role::Student);
    }
    let grant = Grant { roles: roles.into_iter().collect(), staff_role };
    if may_give(own, grant, permissions) { Ok(grant) } else { Err(LineProblem::TooMuch) }
}

/// A role by its name in any language of ours.
pub(in crate::members) fn role(word: &str) -> Option<Role> {
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
    use kernel::Permission;
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
