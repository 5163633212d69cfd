//! Nobody gives what they do not have, nobody acts on somebody above them, and an admin stays.

use crate::harness::{Harness, refusal};
use domain::{
    Actor,
    members::{InvitationDraft, StaffRoleDraft, change_roles, delete_role, invite, member, save_role, sign_out, staff_roles, suspend},
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
    assert!(refusal(change_roles(&h.services, &h.admin, id(&h.admin), &["student".into()], "").await).contains("error-last-admin"));
    for round in 0..5 {
        let mut admins = vec![h.again(id(&h.admin)).await];
        for n in 0..7 {
            admins.push(h.member(&format!("Admin {round} {n}"), &[Role::Admin]).await);
        }
        // Half of them step down, half are suspended by the one before.
        let tries = admins.iter().enumerate().map(|(n, admin)| {
            let (services, admin, before) = (h.services.clone(), admin.clone(), id(&admins[(n + 1) % admins.len()]));
            tokio::spawn(async move {
                if n % 2 == 0 {
                    change_roles(&services, &admin, id(&admin), &["student".into()], "").await
                } else {
                    suspend(&services, &admin, before, "dispute").await
                }
            })
        });
        for done in tries.collect::<Vec<_>>() {
            if let Err(error) = done.await.unwrap() {
                let text = format!("{error:?}");
                assert!(text.contains("error-last-admin") || text.contains("40P01"), "{text}");
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
