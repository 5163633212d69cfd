//! Who may open which page, and what no address takes from elsewhere. A page that is not in the table fails the suite.

use super::authorisation::{ID, TABLE, Who};
use crate::app::TestApp;
use domain::policies::PolicyKind;
use http::{StatusCode, header};
use kernel::{Permission, Permissions, Role, urls};
use sqlx::PgPool;
use std::collections::BTreeSet;

/// Every page and file of a tenant's site, by its route, and whom it serves.
const PAGES: &[(&str, Who)] = &[
    ("/", Who::Anywhere),
    ("/new", Who::Platform),
    ("/sign-in", Who::Anywhere),
    ("/sign-in/second-factor", Who::Anywhere),
    ("/sign-in/passkey", Who::Anywhere),
    ("/sign-in/elsewhere", Who::Anyone),
    ("/sign-in/elsewhere/back/:provider", Who::Anyone),
    ("/sign-in/elsewhere/new", Who::Anyone),
    ("/sign-up", Who::Anyone),
    ("/sign-up/confirm", Who::Anywhere),
    ("/forgot", Who::Anywhere),
    ("/reset", Who::Anywhere),
    ("/invitation", Who::Anywhere),
    ("/support", Who::Anyone),
    ("/account", Who::MemberAnywhere),
    ("/account/security", Who::MemberAnywhere),
    ("/account/security/two-step", Who::MemberAnywhere),
    ("/account/security/recovery-codes", Who::MemberAnywhere),
    ("/account/security/passkey", Who::MemberAnywhere),
    ("/account/schools", Who::Member),
    ("/account/privacy", Who::Member),
    ("/account/privacy/data.zip", Who::Member),
    ("/account/verify", Who::MemberAnywhere),
    ("/account/agree", Who::Member),
    ("/preferences", Who::Anywhere),
    ("/tutors", Who::Anyone),
    ("/tutors/:slug", Who::Anyone),
    ("/tutors/:slug/reviews", Who::Anyone),
    ("/prices", Who::Anyone),
    ("/terms", Who::Anyone),
    ("/privacy-notice", Who::Anyone),
    ("/guardian", Who::Anyone),
    ("/cookies", Who::Anywhere),
    ("/policy", Who::Anyone),
    ("/checkout/:order", Who::Only(Role::Student)),
    ("/checkout/:order/return", Who::Only(Role::Student)),
    ("/student", Who::Only(Role::Student)),
    ("/student/lessons", Who::Only(Role::Student)),
    ("/student/lessons/:booking", Who::Only(Role::Student)),
    ("/student/lessons/:booking/cancel", Who::Only(Role::Student)),
    ("/student/lessons/:booking/lesson.ics", Who::Only(Role::Student)),
    ("/student/orders", Who::Only(Role::Student)),
    ("/student/orders/:order", Who::Only(Role::Student)),
    ("/student/settings", Who::Only(Role::Student)),
    ("/tutor", Who::Only(Role::Tutor)),
    ("/tutor/calendar", Who::Only(Role::Tutor)),
    ("/tutor/lessons/:lesson", Who::Only(Role::Tutor)),
    ("/tutor/availability", Who::Only(Role::Tutor)),
    ("/tutor/offerings", Who::Only(Role::Tutor)),
    ("/tutor/offerings/new", Who::Only(Role::Tutor)),
    ("/tutor/offerings/:offering", Who::Only(Role::Tutor)),
    ("/tutor/profile", Who::Only(Role::Tutor)),
    ("/tutor/earnings", Who::Only(Role::Tutor)),
    ("/admin", Who::May(Permission::SeeOverview)),
    ("/admin/approvals", Who::May(Permission::Approve)),
    ("/admin/approvals/:offering", Who::May(Permission::Approve)),
    ("/admin/bookings", Who::May(Permission::SeeBookings)),
    ("/admin/bookings/:booking", Who::May(Permission::SeeBookings)),
    ("/admin/orders", Who::May(Permission::SeeOrders)),
    ("/admin/orders/:order", Who::May(Permission::SeeOrders)),
    ("/admin/ledger", Who::May(Permission::SeeLedger)),
    ("/admin/members", Who::May(Permission::SeeMembers)),
    ("/admin/members.csv", Who::May(Permission::SeeMembers)),
    ("/admin/members/invite", Who::May(Permission::ManageMembers)),
    ("/admin/members/invitations", Who::May(Permission::SeeMembers)),
    ("/admin/members/import", Who::May(Permission::ManageMembers)),
    ("/admin/members/import/:import", Who::May(Permission::ManageMembers)),
    ("/admin/members/roles", Who::May(Permission::SeeMembers)),
    ("/admin/members/roles/new", Who::May(Permission::ManageRoles)),
    ("/admin/members/roles/:role", Who::May(Permission::ManageRoles)),
    ("/admin/members/:member/erase", Who::May(Permission::ManageMembers)),
    ("/admin/members/:member/merge", Who::May(Permission::ManageMembers)),
    ("/admin/members/:member", Who::May(Permission::SeeMembers)),
    ("/admin/audit", Who::May(Permission::SeeAudit)),
    ("/admin/audit.csv", Who::May(Permission::SeeAudit)),
    ("/admin/subjects", Who::May(Permission::ManageSettings)),
    ("/admin/settings/sign-in", Who::May(Permission::ManageSettings)),
    ("/admin/settings/sign-in/new", Who::May(Permission::ManageSettings)),
    ("/admin/settings/sign-in/:provider", Who::May(Permission::ManageSettings)),
    ("/admin/settings/domains", Who::May(Permission::ManageSettings)),
    ("/admin/settings/configuration", Who::May(Permission::ManageSettings)),
    ("/admin/settings/mail", Who::May(Permission::ManageSettings)),
    ("/admin/settings/features", Who::May(Permission::ManageSettings)),
    ("/admin/settings/policies", Who::May(Permission::ManageSettings)),
    ("/admin/settings/policies/:kind", Who::May(Permission::ManageSettings)),
    ("/admin/settings", Who::May(Permission::ManageSettings)),
    ("/_gallery", Who::Anywhere),
    ("/_mailbox", Who::Anywhere),
    ("/_mailbox/:mail", Who::Anywhere),
    ("/_mailbox/:mail/html", Who::Anywhere),
    ("/operator", Who::Operator),
    ("/operator/schools", Who::Operator),
    ("/operator/schools/new", Who::Operator),
    ("/operator/schools/:school", Who::Operator),
    ("/operator/schools/:school/visit", Who::Operator),
    ("/operator/schools/:school/archive.zip", Who::Operator),
    ("/operator/jobs", Who::Operator),
    ("/operator/flags", Who::Operator),
    ("/operator/audit", Who::Operator),
];

/// Where forms post that are no server functions.
const PLAIN: [&str; 5] = [urls::PREFERENCES, urls::SIGN_OUT, urls::admin::IMPORT_FILE, "/api/uploads/logo", "/api/uploads/photo"];

/// A route with objects that do not exist.
fn address(route: &str) -> String {
    route.split('/').map(|part| if part.starts_with(':') { ID } else { part }).collect::<Vec<_>>().join("/")
}

/// The routes of a source file, each as `prefix("…"`, with axum's `{name}` as `:name`.
fn routes(source: &str, prefix: &str) -> BTreeSet<String> {
    source
        .split(prefix)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|route| route.replace('{', ":").replace('}', ""))
        .filter(|route| route.starts_with('/'))
        .collect()
}

#[test]
fn every_page_is_declared() {
    let mut known = routes(include_str!("../../src/app.rs"), "path!(\"");
    known.extend(routes(include_str!("../../src/server/plain.rs"), ".route(\""));
    known.extend([urls::admin::AUDIT_FILE, urls::admin::MEMBERS_FILE, urls::PRIVACY_FILE].map(str::to_owned));
    let declared: BTreeSet<String> = PAGES.iter().map(|(route, _)| (*route).to_owned()).collect();
    assert_eq!(known, declared);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_page_opens_for_those_it_serves_and_nobody_else(owner: PgPool) {
    let app = TestApp::new(owner).await;
    // Without them there are no such pages.
    for kind in PolicyKind::ALL {
        app.school.publish(kind, "Be kind.", true).await;
    }
    let other = app.school.other_school().await;
    let mut members = Vec::new();
    for role in Role::ALL {
        let own = app.school.member(&format!("one {}", role.key()), &[role]).await;
        let foreign = other.member(&format!("other {}", role.key()), &[role]).await;
        let (mut own, foreign) = (app.signed_in(&own).await, app.signed_in(&foreign).await);
        let mut carried = app.browser();
        carried.set_cookie("__Host-login", &foreign.cookies()["__Host-login"]);
        own.headers.clear();
        members.push((role, own, carried));
    }
    for (route, who) in PAGES {
        let path = address(route);
        let needed = match *who {
            Who::Anyone | Who::Anywhere | Who::Platform | Who::Operator => {
                let status = app.browser().get(&path).await.status;
                assert!(!status.is_server_error(), "{path}: {status}");
                let there = path.contains(ID) || path.starts_with("/_") || status != StatusCode::NOT_FOUND;
                let is_of_schools = !matches!(who, Who::Platform | Who::Operator);
                assert_eq!(there && (is_of_schools || status != StatusCode::NOT_FOUND), is_of_schools, "{path}: {status}");
                continue;
            }
            Who::Only(role) => Some(role),
            Who::May(_) => Some(Role::Admin),
            Who::Member | Who::MemberAnywhere => None,
        };
        let answer = app.browser().get(&path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}, nobody");
        assert!(answer.location().starts_with("/sign-in?next="), "{path} leads to {}", answer.location());
        for (role, own, carried) in &mut members {
            let answer = carried.get(&path).await;
            assert!(answer.location().starts_with("/sign-in?next="), "{path}, {role:?} of another school: {}", answer.status);
            let status = own.get(&path).await.status;
            if needed.is_none_or(|needed| *role == needed) {
                let there = [StatusCode::OK, StatusCode::SEE_OTHER].contains(&status);
                assert!(there || path.contains(ID) || needed.is_none(), "{path}, {role:?}: {status}");
                assert!(!status.is_server_error(), "{path}, {role:?}: {status}");
            } else {
                assert_eq!(status, StatusCode::NOT_FOUND, "{path}, {role:?}");
            }
        }
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn staff_open_what_their_role_says_and_nothing_else(owner: PgPool) {
    let app = TestApp::new(owner).await;
    for permission in Permission::ALL.iter().copied() {
        let rest = Permission::ALL.iter().copied().filter(|other| ![*other].into_iter().collect::<Permissions>().has(permission)).collect();
        let with = app.school.staff(&format!("with {}", permission.key()), [permission].into_iter().collect()).await;
        let without = app.school.staff(&format!("without {}", permission.key()), rest).await;
        let (mut with, mut without) = (app.signed_in(&with).await, app.signed_in(&without).await);
        for (route, _) in PAGES.iter().filter(|(_, who)| *who == Who::May(permission)) {
            let path = address(route);
            assert_eq!(without.get(&path).await.status, StatusCode::NOT_FOUND, "{path} without {}", permission.key());
            if !path.contains(ID) {
                assert_eq!(with.get(&path).await.status, StatusCode::OK, "{path} with {}", permission.key());
            }
        }
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn no_address_takes_what_comes_from_elsewhere(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let targets = TABLE.iter().map(|(path, ..)| format!("/api/{path}")).chain(PLAIN.map(str::to_owned));
    let mut browser = app.signed_in(&app.school.admin).await;
    for path in targets {
        for origin in [
            "http://southside.localhost:3000",
            "null",
            "",
            "https://northside.localhost:3000",
            "http://northside.localhost:4000",
            "http://localhost:3000",
        ] {
            browser.headers = vec![(header::ORIGIN, origin.to_owned())];
            assert_eq!(browser.call(&path, &[]).await.status, StatusCode::FORBIDDEN, "{path} from {origin:?}");
            assert_eq!(browser.post(&path, &[]).await.status, StatusCode::FORBIDDEN, "{path} from {origin:?}");
        }
        browser.headers = vec![(header::CONTENT_TYPE, "text/plain".to_owned())];
        let status = browser.call(&path, &[("a", "b")]).await.status;
        assert!(!status.is_server_error(), "{path} as plain text: {status}");
        browser.headers.clear();
        let large = "x".repeat(320 * 1024);
        if !path.contains("/uploads/") && path != urls::SIGN_OUT {
            for status in [browser.call(&path, &[("a", &large)]).await.status, browser.post(&path, &[("a", &large)]).await.status] {
                assert!(status.is_client_error(), "{path}, too large: {status}");
            }
        }
        browser = app.signed_in(&app.school.admin).await;
    }
}
