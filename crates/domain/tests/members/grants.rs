//! Nobody gives what they do not have, nobody acts on somebody above them, and an admin stays.

use crate::harness::{Harness, refusal};
use domain::{
    Actor,
    members::{
        InvitationDraft, MemberQuery, StaffRoleDraft, change_roles, delete_role, export, import, invitations, invite, list, member,
        reinstate, resend, save_role, sign_out, staff_roles, start_import, suspend, withdraw,
    },
};
use kernel::{Permission, Permissions, Role};
use sqlx::PgPool;

fn some(permissions: &[Permission]) -> Permissions {
    permissions.iter().copied().collect()
}

fn id(actor: &Actor) -> kernel::ids::MemberId {
    actor.member().unwrap().id
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn staff_give_and_act_within_what_they_may(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (s, admin) = (&h.services, id(&h.admin));
    let manager = h.staff("Mia Manager", some(&[Permission::ManageMembers, Permission::ManageRoles, Permission::SeeOrders])).await;
    let clerk = h.staff("Cleo Clerk", some(&[Permission::SeeMembers])).await;
    let student = h.student("Sam Student").await;
    let roles = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();

    change_roles(s, &manager, id(&student), &roles(&["student", "tutor"]), "").await.unwrap();
    assert!(refusal(change_roles(s, &manager, id(&student), &roles(&["admin"]), "").await).contains("error-grant-too-much"));
    assert!(
        refusal(change_roles(s, &manager, id(&manager), &roles(&["admin"]), "").await).contains("error-grant-too-much"),
        "oneself neither"
    );
    for refused in [
        refusal(change_roles(s, &manager, admin, &roles(&["student"]), "").await),
        refusal(suspend(s, &manager, admin, "coup").await),
        refusal(sign_out(s, &manager, admin).await),
    ] {
        assert_eq!(refused, "error-member-outranks");
    }
    assert!(!member(s, &manager, admin).await.unwrap().can_act && member(s, &manager, id(&clerk)).await.unwrap().can_act);
    assert!(!member(s, &clerk, id(&student)).await.unwrap().can_act);
    for refused in [refusal(suspend(s, &clerk, id(&student), "x").await), refusal(change_roles(s, &clerk, id(&student), &[], "").await)] {
        assert_eq!(refused, "NotFound");
    }

    let draft = |name: &str, permissions: &[Permission]| StaffRoleDraft { name: name.into(), permissions: some(permissions).keys() };
    let ledger = save_role(s, &h.admin, None, &draft("Bookkeeper", &[Permission::SeeLedger])).await.unwrap();
    let orders = save_role(s, &manager, None, &draft("Orders", &[Permission::SeeOrders])).await.unwrap();
    assert!(refusal(save_role(s, &manager, None, &draft("More", &[Permission::SeeLedger])).await).contains("error-grant-too-much"));
    assert_eq!(
        refusal(save_role(s, &manager, Some(ledger), &draft("Bookkeeper", &[Permission::SeeOrders])).await),
        "error-member-outranks"
    );
    assert_eq!(refusal(delete_role(s, &manager, ledger).await), "error-member-outranks");
    assert!(refusal(save_role(s, &h.admin, None, &draft("orders", &[Permission::SeeLedger])).await).contains("error-role-name-taken"));
    let can_give = |name: &str, roles: &[domain::members::StaffRole]| roles.iter().find(|role| role.name == name).unwrap().can_give;
    let seen = staff_roles(s, &manager).await.unwrap();
    assert!(can_give("Orders", &seen) && !can_give("Bookkeeper", &seen));
    let invitation = |staff_role: String, names: &[&str]| InvitationDraft {
        email: "new@x.test".into(),
        roles: roles(names),
        staff_role,
        ..InvitationDraft::default()
    };
    for draft in [invitation(ledger.to_string(), &[]), invitation(String::new(), &["admin"])] {
        assert!(refusal(invite(s, &manager, &draft).await).contains("error-grant-too-much"));
    }
    invite(s, &manager, &invitation(orders.to_string(), &["tutor"])).await.unwrap();
    assert_eq!(refusal(delete_role(s, &h.admin, orders).await), "error-role-held", "an invitation holds it too");
    // What somebody holds may stay, though the actor could not give it.
    change_roles(s, &h.admin, id(&clerk), &[], &ledger.to_string()).await.unwrap();
    assert_eq!(refusal(change_roles(s, &manager, id(&clerk), &roles(&["student"]), &ledger.to_string()).await), "error-member-outranks");
    assert_eq!(h.count("SELECT count(*) FROM audit_entries WHERE action = 'staff_role.saved'").await, 4);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_a_role_may_counts_from_the_next_page_on(pool: PgPool) {
    let h = Harness::new(pool).await;
    let clerk = h.staff("Cleo Clerk", some(&[Permission::SeeMembers])).await;
    let role = member(&h.services, &h.admin, id(&clerk)).await.unwrap().staff_role.unwrap();
    let draft = StaffRoleDraft { name: "Clerk".into(), permissions: some(&[Permission::SeeAudit]).keys() };
    save_role(&h.services, &h.admin, Some(role), &draft).await.unwrap();
    assert_eq!(h.again(id(&clerk)).await.member().unwrap().permissions, some(&[Permission::SeeAudit]));
    assert!(h.again(id(&h.admin)).await.member().unwrap().permissions.covers(Permissions::all()));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn of_admins_who_step_down_together_one_stays(pool: PgPool) {
    let h = Harness::new(pool).await;
    assert!(refusal(change_roles(&h.services, &h.admin, id(&h.admin), &["student".into()], "").await).contains("error-own-admin"));
    for round in 0..5 {
        let mut admins = vec![h.again(id(&h.admin)).await];
        for n in 0..7 {
            admins.push(h.member(&format!("Admin {round} {n}"), &[Role::Admin]).await);
        }
        // Half of them lose the role to the one before, half are suspended.
        let tries = admins.iter().enumerate().map(|(n, admin)| {
            let (services, admin, before) = (h.services.clone(), admin.clone(), id(&admins[(n + 1) % admins.len()]));
            tokio::spawn(async move {
                if n % 2 == 0 {
                    change_roles(&services, &admin, before, &["student".into()], "").await
                } else {
                    suspend(&services, &admin, before, "dispute").await
                }
            })
        });
        for done in tries.collect::<Vec<_>>() {
            if let Err(error) = done.await.unwrap() {
                let text = format!("{error:?}");
                // Who lost what it takes meanwhile is refused as well.
                let known = ["error-last-admin", "NotFound", "Unauthenticated", "error-member-outranks"];
                assert!(known.iter().any(|refusal| text.contains(refusal)), "{text}");
            }
        }
        let left = h
            .count(
                "SELECT count(*) FROM members m JOIN member_roles r ON r.member_id = m.id WHERE r.role = 'admin' AND m.status = 'active'",
            )
            .await;
        assert!(left >= 1, "round {round}");
        h.owner_sql("UPDATE members SET status = 'active'").await;
        h.owner_sql(&format!(
            "INSERT INTO member_roles SELECT tenant_id, id, 'admin' FROM members WHERE id = '{}' ON CONFLICT DO NOTHING",
            id(&h.admin)
        ))
        .await;
    }
}

/// What each function is refused for, with objects that are there: "no permission" is told from "no such object" by the
/// admin, for whom the same call works.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn without_the_permission_what_is_there_stays_as_it_is(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    let all = Permissions::all();
    let lacking = async |permission: Permission| {
        let rest: Permissions = all.iter().filter(|one| !some(&[*one]).has(permission)).collect();
        h.staff(&format!("without {}", permission.key()), rest).await
    };
    let (no_members, no_roles, no_seeing) =
        (lacking(Permission::ManageMembers).await, lacking(Permission::ManageRoles).await, lacking(Permission::SeeMembers).await);
    let student = h.student("Sam Student").await;
    let draft = |email: &str| InvitationDraft { email: email.into(), roles: vec!["tutor".into()], ..InvitationDraft::default() };
    invite(s, &h.admin, &draft("nora@x.test")).await.unwrap();
    let waiting = invitations(s, &h.admin, None).await.unwrap().items[0].id;
    let role = save_role(s, &h.admin, None, &StaffRoleDraft { name: "Desk".into(), permissions: some(&[Permission::SeeMembers]).keys() })
        .await
        .unwrap();
    let refused = [
        refusal(invite(s, &no_members, &draft("x@x.test")).await),
        refusal(resend(s, &no_members, waiting).await),
        refusal(withdraw(s, &no_members, waiting).await),
        refusal(start_import(s, &no_members, "x@x.test").await),
        refusal(change_roles(s, &no_members, id(&student), &["tutor".into()], "").await),
        refusal(suspend(s, &no_members, id(&student), "x").await),
        refusal(reinstate(s, &no_members, id(&student)).await),
        refusal(sign_out(s, &no_members, id(&student)).await),
        refusal(save_role(s, &no_roles, Some(role), &StaffRoleDraft { name: "D".into(), permissions: vec!["see-members".into()] }).await),
        refusal(delete_role(s, &no_roles, role).await),
        refusal(list(s, &no_seeing, &MemberQuery::default()).await),
        refusal(export(s, &no_seeing, &MemberQuery::default()).await),
        refusal(member(s, &no_seeing, id(&student)).await),
        refusal(invitations(s, &no_seeing, None).await),
        refusal(staff_roles(s, &no_seeing).await),
    ];
    assert_eq!(refused, [const { "NotFound" }; 15]);
    // To take a staff role away is to change it.
    let clerk = h.staff("Cleo Clerk", some(&[Permission::SeeAudit])).await;
    assert!(refusal(change_roles(s, &no_roles, id(&clerk), &["student".into()], "").await).contains("error-grant-too-much"));
    // What an admin invited as an admin is not theirs to withdraw or send.
    let above = InvitationDraft { roles: vec!["admin".into()], ..draft("boss@x.test") };
    invite(s, &h.admin, &above).await.unwrap();
    let row = invitations(s, &no_roles, None).await.unwrap().items.into_iter().find(|row| row.email == "boss@x.test").unwrap();
    assert!(!row.can_act);
    assert_eq!(refusal(withdraw(s, &no_roles, row.id).await), "error-member-outranks");
    assert_eq!(refusal(resend(s, &no_roles, row.id).await), "error-member-outranks");
    for done in [
        resend(s, &h.admin, waiting).await,
        withdraw(s, &h.admin, waiting).await,
        change_roles(s, &h.admin, id(&student), &["student".into(), "tutor".into()], "").await,
        suspend(s, &h.admin, id(&student), "x").await,
        reinstate(s, &h.admin, id(&student)).await,
        sign_out(s, &h.admin, id(&student)).await,
        delete_role(s, &h.admin, role).await,
    ] {
        done.unwrap();
    }
}

/// A request can be held open for half a minute: what counts is what its sender may do when it acts.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_lost_their_rights_since_the_request_began_does_nothing(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    let eve = h.member("Eve", &[Role::Admin]).await;
    let student = h.student("Sam Student").await;
    let draft = |email: &str| InvitationDraft { email: email.into(), roles: vec!["admin".into()], ..InvitationDraft::default() };
    invite(s, &eve, &draft("friend@x.test")).await.unwrap();
    let waiting = invitations(s, &h.admin, None).await.unwrap().items[0].id;
    let list = start_import(s, &eve, "more@x.test").await.unwrap();
    assert_eq!(refusal(reinstate(s, &eve, id(&eve)).await), "NotFound", "oneself");
    suspend(s, &h.admin, id(&eve), "left").await.unwrap();
    let role = StaffRoleDraft { name: "Desk".into(), permissions: vec!["see-members".into()] };
    for refused in [
        refusal(reinstate(s, &eve, id(&eve)).await),
        refusal(change_roles(s, &eve, id(&student), &["admin".into()], "").await),
        refusal(suspend(s, &eve, id(&h.admin), "x").await),
        refusal(sign_out(s, &eve, id(&h.admin)).await),
        refusal(invite(s, &eve, &draft("late@x.test")).await),
        refusal(resend(s, &eve, waiting).await),
        refusal(withdraw(s, &eve, waiting).await),
        refusal(import(s, &eve, list, 1).await),
        refusal(save_role(s, &eve, None, &role).await),
    ] {
        assert_eq!(refused, "Unauthenticated");
    }
    assert_eq!(h.count("SELECT count(*) FROM members WHERE name = 'Eve' AND status = 'suspended'").await, 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_staff_role_is_not_called_like_a_role(pool: PgPool) {
    let h = Harness::new(pool).await;
    for name in ["Admin", " profesor ", "STUDENT"] {
        let draft = StaffRoleDraft { name: name.into(), permissions: vec!["see-members".into()] };
        assert!(refusal(save_role(&h.services, &h.admin, None, &draft).await).contains("error-role-name-taken"), "{name}");
    }
}
