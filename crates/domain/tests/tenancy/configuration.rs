//! Settings as a file.

use crate::harness::{Harness, refusal};
use domain::{
    Actor, Services,
    members::{self, StaffRoleDraft},
    operations,
    policies::{self, PolicyKind},
    tenancy::{
        self,
        configuration::{self, Review},
        sender::{self, SenderDraft},
    },
};
use kernel::{Flag, Permission};
use serde_json::{Value, json};
use sqlx::PgPool;

async fn review(s: &Services, actor: &Actor, file: &Value) -> Review {
    configuration::review(s, actor, &file.to_string()).await.unwrap()
}

fn file(part: &Value) -> Value {
    let mut file = json!({ "wemaster_configuration": 1 });
    file.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
    file
}

/// Takes a file in after a look at it.
async fn take(h: &Harness, actor: &Actor, part: &Value) -> Result<(), domain::Error> {
    let file = file(part);
    let seen = review(&h.services, actor, &file).await;
    configuration::import(&h.services, actor, &file.to_string(), &seen.seal).await
}

async fn admin_now(h: &Harness) -> Actor {
    let tenant = h.services.tenants.by_id(&h.services.db, h.tenant.id).await.unwrap().unwrap();
    Actor { tenant, ..h.admin.clone() }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_one_school_exports_another_takes_in(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    let admin = &h.admin;
    let drafted = StaffRoleDraft { name: "Front desk".into(), permissions: vec!["refund".into()] };
    members::save_role(s, admin, None, &drafted).await.unwrap();
    sender::save_sender(s, admin, &SenderDraft { name: "Lessons".into(), reply_to: "desk@northside.example".into() }).await.unwrap();
    policies::save_draft(s, admin, PolicyKind::Terms, &[("en".into(), "# Be kind".into())]).await.unwrap();
    policies::save_guardian_age(s, admin, "16").await.unwrap();
    tenancy::save_flags(s, admin, &[Flag::SignUp.key().into()]).await.unwrap();
    let exported = configuration::export(s, admin).await.unwrap();
    assert!(!exported.contains(&h.tenant.id.to_string()));

    let other = h.other_school().await;
    let seen = configuration::review(s, &other.admin, &exported).await.unwrap();
    assert_eq!(seen.problems, []);
    let paths: Vec<_> = seen.differences.iter().map(|one| one.path.as_str()).collect();
    for path in
        ["school.name", "features.open-catalogue", "mail.reply_to", "minors.guardian_age", "staff_roles.Front desk", "documents.terms.en"]
    {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
    configuration::import(s, &other.admin, &exported, &seen.seal).await.unwrap();
    let there = admin_now(&other).await;
    assert_eq!(configuration::export(s, &there).await.unwrap(), exported, "and says the same then");
    assert_eq!(refusal(configuration::import(s, &there, &exported, &seen.seal).await), "error-configuration-same");
    assert_eq!(policies::overview(s, &there).await.unwrap()[0].current, None, "a document is published by hand");
    assert_eq!(other.count("SELECT count(*) FROM audit_entries WHERE action = 'school.configuration_imported'").await, 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_a_file_leaves_out_stays(pool: PgPool) {
    let h = Harness::new(pool).await;
    let before: Value = serde_json::from_str(&configuration::export(&h.services, &h.admin).await.unwrap()).unwrap();
    take(&h, &h.admin, &json!({ "school": { "brand": "#112233" } })).await.unwrap();
    let after: Value = serde_json::from_str(&configuration::export(&h.services, &admin_now(&h).await).await.unwrap()).unwrap();
    let mut wanted = before;
    wanted["school"]["brand"] = json!("#112233");
    assert_eq!(after, wanted);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn nothing_is_taken_that_was_not_seen_or_is_wrong(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    let exported = configuration::export(s, &h.admin).await.unwrap();
    for (text, code) in [
        ("", "error-configuration"),
        ("[1]", "error-configuration-format"),
        ("{}", "error-configuration-format"),
        (r#"{"wemaster_configuration": 2}"#, "error-configuration-format"),
        (r#"{"wemaster_configuration": 1, "secrets": {}}"#, "error-configuration"),
        (r#"{"wemaster_configuration": 1, "school": {"brand": 5}}"#, "school.brand"),
        (r#"{"wemaster_configuration": 1, "school": null}"#, "error-configuration"),
        (
            r#"{"wemaster_configuration": 1, "terms": {"cancellation_policy": {"tiers": [{"hours_before": 1, "refund_bps": 20000}]}}}"#,
            "cancellation_policy",
        ),
    ] {
        let refused = refusal(configuration::import(s, &h.admin, text, "").await);
        assert!(refused.contains("\"configuration\"") && refused.contains(code), "{text}: {refused}");
    }
    for (path, part) in [
        ("school.brand", json!({ "school": { "brand": "green" } })),
        ("school.zone", json!({ "school": { "zone": "Mars/Base" } })),
        ("terms.commission_bps", json!({ "terms": { "commission_bps": 10_001 } })),
        (
            "terms.cancellation_policy",
            json!({ "terms": { "cancellation_policy": { "tiers": (1..=7).rev().map(|n| json!({ "hours_before": n, "refund_bps": 100 * n })).collect::<Vec<_>>() } } }),
        ),
        ("mail.reply_to", json!({ "mail": { "reply_to": "desk" } })),
        ("minors.guardian_age", json!({ "minors": { "guardian_age": 12 } })),
        ("features.payments", json!({ "features": { "payments": false } })),
        ("staff_roles.Clerk", json!({ "staff_roles": { "Clerk": ["everything"] } })),
        ("staff_roles.Admin", json!({ "staff_roles": { "Admin": ["refund"] } })),
        ("documents.rules", json!({ "documents": { "rules": { "en": "x" } } })),
        ("documents.terms.fr", json!({ "documents": { "terms": { "en": "x", "fr": "x" } } })),
    ] {
        let seen = review(s, &h.admin, &file(&part)).await;
        assert!(seen.problems.iter().any(|(at, _)| at == path), "{path}: {:?}", seen.problems);
        assert_eq!(refusal(take(&h, &h.admin, &part).await), "error-configuration-wrong", "{path}");
    }
    let fine = file(&json!({ "school": { "tagline": "Ours" } })).to_string();
    assert_eq!(refusal(configuration::import(s, &h.admin, &fine, "").await), "error-configuration-unseen");
    let seen = configuration::review(s, &h.admin, &fine).await.unwrap();
    take(&h, &h.admin, &json!({ "school": { "tagline": "Theirs" } })).await.unwrap();
    assert_eq!(refusal(configuration::import(s, &h.admin, &fine, &seen.seal).await), "error-configuration-unseen", "it changed meanwhile");
    let now = configuration::export(s, &admin_now(&h).await).await.unwrap();
    assert_eq!(now.replace("Theirs", ""), exported, "nothing else was written");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn nobody_gives_by_a_file_what_they_may_not_give(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    let clerk = h.staff("Clerk", [Permission::ManageSettings].into_iter().collect()).await;
    let part = json!({ "staff_roles": { "All": ["manage-roles"] } });
    assert_eq!(refusal(take(&h, &clerk, &part).await), "error-configuration-wrong");
    take(&h, &clerk, &json!({ "school": { "tagline": "Ours" } })).await.unwrap();
    // Who may make roles makes none that is more than they are, and takes nothing from one that is.
    let maker = h.staff("Maker", [Permission::ManageSettings, Permission::ManageRoles].into_iter().collect()).await;
    let drafted = StaffRoleDraft { name: "Desk".into(), permissions: vec!["refund".into()] };
    members::save_role(s, &h.admin, None, &drafted).await.unwrap();
    for roles in [json!({ "New": ["refund"] }), json!({ "Desk": ["manage-settings"] }), json!({ "desk": ["manage-settings"] })] {
        assert_eq!(refusal(take(&h, &maker, &json!({ "staff_roles": roles })).await), "error-configuration-wrong", "{roles}");
    }
    take(&h, &maker, &json!({ "staff_roles": { "New": ["manage-settings"] } })).await.unwrap();
    let other = h.staff("Other", [Permission::SeeMembers].into_iter().collect()).await;
    assert_eq!(refusal(configuration::export(s, &other).await), "NotFound");
    assert_eq!(refusal(configuration::review(s, &other, "{}").await), "NotFound");
    assert_eq!(refusal(configuration::import(s, &other, "{}", "").await), "NotFound");
    // What the platform decided, no file changes.
    let ana = h.operator("Ana").await;
    operations::decide_flags(s, &ana, h.tenant.id, &[(Flag::SignUp, "off".into())]).await.unwrap();
    let seen = review(s, &admin_now(&h).await, &file(&json!({ "features": { "sign-up": false } }))).await;
    assert_eq!(seen.problems.len(), 1, "{seen:?}");
}
