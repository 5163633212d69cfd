//! Invitations: a mail, a link, a member.

use crate::{
    harness::{Harness, refusal},
    till::Till,
};
use domain::{
    Actor, Services, accounts,
    members::{self, Accepted, InvitationDraft, change_roles, invitation, invitations, invite, resend, suspend, withdraw},
    policies::ConsentDraft,
};
use kernel::{Permission, Role};
use sqlx::PgPool;

const PASSWORD: &str = "violet harbour kettle";
const OVER: &str = "error-invitation-over";

/// Accepts at a school that asks for nothing more.
async fn accept(services: &Services, actor: &Actor, ticket: &str, name: &str, password: &str) -> domain::Result<Accepted> {
    members::accept(services, actor, ticket, name, password, "en", &ConsentDraft::default()).await
}

fn draft(email: &str, roles: &[&str]) -> InvitationDraft {
    InvitationDraft {
        email: email.into(),
        name: "Nora New".into(),
        roles: roles.iter().map(|r| (*r).to_owned()).collect(),
        ..InvitationDraft::default()
    }
}

async fn ticket(h: &Harness, email: &str, roles: &[&str]) -> String {
    invite(&h.services, &h.admin, &draft(email, roles)).await.unwrap();
    h.invitation_for(email).await
}

fn id(actor: &Actor) -> kernel::ids::MemberId {
    actor.member().unwrap().id
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn somebody_new_chooses_a_password_and_is_what_they_were_invited_as(pool: PgPool) {
    let till = Till::new(pool).await;
    let h = &till.school;
    invite(&h.services, &h.admin, &InvitationDraft { note: "Welcome aboard".into(), ..draft(" Nora@X.test", &["tutor"]) }).await.unwrap();
    till.run_jobs().await;
    let mails = h.services.mail.sent();
    let mail = mails.iter().find(|mail| mail.to == "nora@x.test").unwrap();
    let ticket = h.invitation_for("nora@x.test").await;
    assert!(mail.text.contains("Welcome aboard") && mail.text.contains(&format!("/invitation?ticket={ticket}")), "{}", mail.text);
    let open = invitation(&h.services, &h.anonymous(), &ticket).await.unwrap().unwrap();
    assert_eq!(
        (open.email.as_str(), open.name.as_str(), open.has_account, open.invited_by.as_str()),
        ("nora@x.test", "Nora New", false, "Ada Admin")
    );
    let weak = refusal(accept(&h.services, &h.anonymous(), &ticket, "Nora", "password12").await);
    assert!(weak.contains("error-password-common"), "{weak}");
    let Accepted::Joined(login) = accept(&h.services, &h.anonymous(), &ticket, "Nora Newell", PASSWORD).await.unwrap() else {
        panic!("has an account")
    };
    let member = h.again(login.member).await;
    assert_eq!(member.member().unwrap().name, "Nora Newell");
    assert_eq!(member.member().unwrap().roles.iter().collect::<Vec<_>>(), [Role::Tutor]);
    assert_eq!(h.entered("nora@x.test", PASSWORD).await, login.member);
    assert_eq!(refusal(accept(&h.services, &h.anonymous(), &ticket, "Again", PASSWORD).await), OVER, "once");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn of_many_at_the_same_moment_one_accepts(pool: PgPool) {
    let h = Harness::new(pool).await;
    let ticket = ticket(&h, "nora@x.test", &["student"]).await;
    let tries = (0..50).map(|_| {
        let (services, actor, ticket) = (h.services.clone(), h.anonymous(), ticket.clone());
        tokio::spawn(async move { accept(&services, &actor, &ticket, "Nora", PASSWORD).await })
    });
    let mut joined = 0;
    for done in tries.collect::<Vec<_>>() {
        match done.await.unwrap() {
            Ok(_) => joined += 1,
            refused => assert_eq!(refusal(refused), OVER),
        }
    }
    assert_eq!((joined, h.count("SELECT count(*) FROM members WHERE email = 'nora@x.test'").await), (1, 1));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_account_that_exists_keeps_its_password(pool: PgPool) {
    let h = Harness::new(pool).await;
    let other = h.other_school().await;
    let ticket = ticket(&h, "admin@southside.example", &["tutor"]).await;
    assert!(invitation(&h.services, &h.anonymous(), &ticket).await.unwrap().unwrap().has_account);
    let accepted = accept(&h.services, &h.anonymous(), &ticket, "Ada South", "a password of somebody else").await.unwrap();
    assert_eq!(accepted, Accepted::WithAccount, "the mailbox alone signs nobody in");
    assert!(h.sign_in("admin@southside.example", "a password of somebody else", None).await.is_err());
    let member = h.entered("admin@southside.example", PASSWORD).await;
    assert_eq!(h.again(member).await.member().unwrap().account, other.admin.member().unwrap().account);
    // Its owner finds both schools from either, and nobody else does.
    let schools = async |actor: &Actor| {
        accounts::schools(&h.services, actor).await.unwrap().into_iter().map(|school| school.slug).collect::<Vec<_>>()
    };
    assert_eq!(schools(&other.admin).await, ["northside", "southside"]);
    assert_eq!(schools(&h.admin).await, ["northside"]);
    suspend(&h.services, &h.admin, member, "left").await.unwrap();
    assert_eq!(schools(&other.admin).await, ["southside"]);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_joined_meanwhile_gets_the_roles_and_who_is_suspended_does_not(pool: PgPool) {
    let h = Harness::new(pool).await;
    let ticket_nora = ticket(&h, "nora-new@northside.example", &["tutor"]).await;
    let nora = h.student("Nora New").await;
    assert_eq!(accept(&h.services, &h.anonymous(), &ticket_nora, "Nora", "").await.unwrap(), Accepted::WithAccount);
    let roles = h.again(id(&nora)).await.member().unwrap().roles;
    assert!(roles.student && roles.tutor);
    let ticket_sid = ticket(&h, "sid@northside.example", &["admin"]).await;
    let sid = h.student("Sid").await;
    suspend(&h.services, &h.admin, id(&sid), "x").await.unwrap();
    assert_eq!(refusal(accept(&h.services, &h.anonymous(), &ticket_sid, "Sid", "").await), OVER);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_invitation_ends_with_its_time_its_withdrawal_and_its_inviters_rights(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (s, nobody) = (&h.services, h.anonymous());
    let late = ticket(&h, "late@x.test", &["student"]).await;
    h.owner_sql("UPDATE invitations SET expires_at = now() - interval '1 second' WHERE email = 'late@x.test'").await;
    assert_eq!(invitation(s, &nobody, &late).await.unwrap(), None);
    assert_eq!(refusal(accept(s, &nobody, &late, "Late", PASSWORD).await), OVER);
    let waiting = invitations(s, &h.admin, None).await.unwrap().items;
    assert!(waiting[0].expired);
    resend(s, &h.admin, waiting[0].id).await.unwrap();
    assert_eq!(invitation(s, &nobody, &late).await.unwrap(), None, "an old link does not come back to life");
    let late = h.invitation_for("late@x.test").await;
    assert!(invitation(s, &nobody, &late).await.unwrap().is_some(), "the new one works");
    withdraw(s, &h.admin, waiting[0].id).await.unwrap();
    assert_eq!(invitation(s, &nobody, &late).await.unwrap(), None);

    let manager = h.staff("Mia Manager", [Permission::ManageMembers].into_iter().collect()).await;
    invite(s, &manager, &draft("by-mia@x.test", &["tutor"])).await.unwrap();
    let by_mia = h.invitation_for("by-mia@x.test").await;
    assert!(invitation(s, &nobody, &by_mia).await.unwrap().is_some());
    change_roles(s, &h.admin, id(&manager), &["student".into()], "").await.unwrap();
    assert_eq!(refusal(accept(s, &nobody, &by_mia, "New", PASSWORD).await), OVER, "who may not invite any more, has not invited");
    let other = h.other_school().await;
    assert_eq!(invitation(s, &other.anonymous(), &ticket(&h, "x@x.test", &["admin"]).await).await.unwrap(), None, "another school's link");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn nobody_is_invited_twice_or_as_a_member(pool: PgPool) {
    let h = Harness::new(pool).await;
    ticket(&h, "nora@x.test", &["student"]).await;
    assert!(refusal(invite(&h.services, &h.admin, &draft("NORA@x.test", &["tutor"])).await).contains("error-invited-already"));
    assert!(refusal(invite(&h.services, &h.admin, &draft("admin@northside.example", &["tutor"])).await).contains("error-member-exists"));
    assert!(refusal(invite(&h.services, &h.admin, &draft("nowhere", &["tutor"])).await).contains("error-email"));
    assert!(refusal(invite(&h.services, &h.admin, &draft("b@x.test", &[])).await).contains("error-choose-one"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_the_school_decides_meanwhile_stands_against_an_invitation(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (s, nobody) = (&h.services, h.anonymous());
    let nora = h.student("Nora New").await;
    for (n, decide) in ["roles", "suspended"].into_iter().enumerate() {
        h.sql("DELETE FROM invitations").await.unwrap();
        h.owner_sql("UPDATE members SET email = 'before@x.test' WHERE name = 'Nora New'").await;
        let link = ticket(&h, &format!("nora{n}@x.test"), &["tutor"]).await;
        h.owner_sql(&format!("UPDATE members SET email = 'nora{n}@x.test' WHERE name = 'Nora New'")).await;
        match decide {
            "roles" => {
                change_roles(s, &h.admin, id(&nora), &["student".into(), "tutor".into()], "").await.unwrap();
                change_roles(s, &h.admin, id(&nora), &["student".into()], "").await.unwrap();
            }
            _ => suspend(s, &h.admin, id(&nora), "x").await.unwrap(),
        }
        assert_eq!(refusal(accept(s, &nobody, &link, "Nora", PASSWORD).await), OVER, "{decide}");
    }
    // A member above the inviter keeps what they have.
    let manager = h.staff("Mia Manager", [Permission::ManageMembers].into_iter().collect()).await;
    invite(s, &manager, &draft("ann-admin@northside.example", &["student"])).await.unwrap();
    let link = h.invitation_for("ann-admin@northside.example").await;
    h.member("Ann Admin", &[Role::Admin]).await;
    assert_eq!(refusal(accept(s, &nobody, &link, "Ann", "").await), OVER);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_log_has_the_members_own_name_and_what_changed(pool: PgPool) {
    let h = Harness::new(pool).await;
    let link = ticket(&h, "nora-new@northside.example", &["tutor"]).await;
    h.student("Nora New").await;
    accept(&h.services, &h.anonymous(), &link, "Ada Admin", "").await.unwrap();
    let lines = domain::audit::log(&h.services, &h.admin, &domain::audit::AuditQuery::default()).await.unwrap().0;
    let line = &lines[0];
    assert_eq!((line.action.as_str(), line.actor_name.as_str()), ("member.roles_changed", "Nora New"));
    assert_eq!((line.before.as_str(), line.after.as_str()), (r#"{"roles":["student"]}"#, r#"{"roles":["student","tutor"]}"#));
}
