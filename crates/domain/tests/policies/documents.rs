//! Writing, publishing and reading a document.

use crate::harness::{Harness, refusal};
use domain::{
    audit::{self, AuditQuery},
    policies::{self, PolicyKind, Publication},
};
use kernel::Permission;
use sqlx::PgPool;

fn texts(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(language, text)| ((*language).to_owned(), (*text).to_owned())).collect()
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_was_published_never_changes(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (s, terms) = (&h.services, PolicyKind::Terms);
    assert_eq!(refusal(policies::read(s, &h.anonymous(), terms, None, "en").await), "NotFound");
    h.publish(terms, "# Terms\r\n\r\nBe *kind*.<script>alert(1)</script>", false).await;
    let first = policies::read(s, &h.anonymous(), terms, None, "es").await.unwrap();
    assert_eq!((first.head.number, first.language.as_str()), (1, "en"), "in the school's own language where there is no other");
    assert!(first.head.asks_again, "of the first, everybody is asked");
    assert_eq!(first.html, "<h2>Terms</h2>\n<p>Be <em>kind</em>.alert(1)</p>\n");
    h.publish(terms, "Be kinder.", false).await;
    let now = policies::read(s, &h.anonymous(), terms, None, "en").await.unwrap();
    assert_eq!((now.head.number, now.head.asks_again, now.html.as_str()), (2, false, "<p>Be kinder.</p>\n"));
    assert_eq!(now.all.iter().map(|head| head.number).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(policies::read(s, &h.anonymous(), terms, Some(1), "en").await.unwrap().html, first.html);
    assert_eq!(refusal(policies::read(s, &h.anonymous(), terms, Some(3), "en").await), "NotFound");
    assert_eq!(refusal(policies::read(s, &h.anonymous(), PolicyKind::Privacy, None, "en").await), "NotFound", "another document");
    for statement in
        ["UPDATE policy_versions SET texts = '{}'", "DELETE FROM policy_versions", "UPDATE policy_versions SET asks_again = true"]
    {
        assert!(h.sql(statement).await.is_err(), "{statement}");
    }
    let tenant = s.tenants.by_id(&s.db, h.tenant.id).await.unwrap().unwrap();
    assert_eq!(tenant.policies, [terms], "every page's footer knows");
    let other = h.other_school().await;
    assert_eq!(refusal(policies::read(s, &other.anonymous(), terms, None, "en").await), "NotFound");
    let (lines, _) = audit::log(s, &h.admin, &AuditQuery::default()).await.unwrap();
    let told: Vec<_> = lines.iter().filter(|line| line.action == "policy.published").map(|line| line.label.as_str()).collect();
    assert_eq!(told, ["terms 2", "terms 1"]);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn nobody_publishes_what_they_did_not_see(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (s, privacy) = (&h.services, PolicyKind::Privacy);
    policies::save_draft(s, &h.admin, privacy, &texts(&[("en", "One")])).await.unwrap();
    let seen = policies::draft(s, &h.admin, privacy).await.unwrap().id.unwrap();
    policies::save_draft(s, &h.admin, privacy, &texts(&[("en", "Two")])).await.unwrap();
    let publication = |draft, number| Publication { draft, number, asks_again: true };
    let publish =
        async |text, draft, number| policies::publish(s, &h.admin, privacy, &texts(&[("en", text)]), publication(draft, number)).await;
    assert_eq!(refusal(publish("Three", Some(seen), 1).await), "error-policy-draft-changed");
    assert_eq!(refusal(publish("Three", None, 1).await), "error-policy-draft-changed");
    let id = policies::draft(s, &h.admin, privacy).await.unwrap().id.unwrap();
    // Of many at the same moment one does.
    let tries = (0..20).map(|_| {
        let (services, admin) = (h.services.clone(), h.admin.clone());
        let publication = publication(Some(id), 1);
        tokio::spawn(async move { policies::publish(&services, &admin, privacy, &texts(&[("en", "Three")]), publication).await })
    });
    let mut published = 0;
    for done in tries.collect::<Vec<_>>() {
        match done.await.unwrap() {
            Ok(()) => published += 1,
            refused => assert_eq!(refusal(refused), "error-policy-draft-changed"),
        }
    }
    assert_eq!((published, h.count("SELECT count(*) FROM policy_versions").await), (1, 1));
    let now = policies::read(s, &h.anonymous(), privacy, None, "en").await.unwrap();
    assert_eq!(now.html, "<p>Three</p>\n", "as it stood in the form, not as it was saved");
    assert_eq!(policies::draft(s, &h.admin, privacy).await.unwrap().id, None);
    assert_eq!(refusal(publish("Four", None, 1).await), "error-policy-draft-changed", "another was published meanwhile");
    assert_eq!(refusal(publish("Three ", None, 2).await), "error-policy-same");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_document_is_written_by_staff_in_the_languages_of_the_school(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (s, terms) = (&h.services, PolicyKind::Terms);
    for (pairs, error) in [
        (vec![("en", " ")], "error-policy-own-language"),
        (vec![("en", "x"), ("es", "y")], "error-language"),
        (vec![("en", "x".repeat(30_001).as_str())], "error-too-long"),
    ] {
        let refused = refusal(policies::save_draft(s, &h.admin, terms, &texts(&pairs)).await);
        assert!(refused.contains(error), "{refused}");
    }
    let student = h.student("Sue Student").await;
    let clerk = h.staff("Clerk", [Permission::ManageMembers].into_iter().collect()).await;
    for actor in [&student, &clerk] {
        assert_eq!(refusal(policies::save_draft(s, actor, terms, &texts(&[("en", "x")])).await), "NotFound");
        assert_eq!(refusal(policies::draft(s, actor, terms).await), "NotFound");
        assert_eq!(
            refusal(
                policies::publish(s, actor, terms, &texts(&[("en", "x")]), Publication { draft: None, number: 1, asks_again: true }).await
            ),
            "NotFound"
        );
        assert_eq!(refusal(policies::overview(s, actor).await), "NotFound");
        assert_eq!(refusal(policies::save_guardian_age(s, actor, "16").await), "NotFound");
    }
    for age in ["12", "19", "sixteen"] {
        assert!(refusal(policies::save_guardian_age(s, &h.admin, age).await).contains("error-choice"), "{age}");
    }
    policies::save_guardian_age(s, &h.admin, "16").await.unwrap();
    assert_eq!(policies::guardian_age(s, &h.admin).await.unwrap(), Some(16));
    policies::save_guardian_age(s, &h.admin, "").await.unwrap();
    assert_eq!(policies::guardian_age(s, &h.admin).await.unwrap(), None);
}
