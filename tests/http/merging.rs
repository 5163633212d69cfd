//! Merging a duplicate by the browser.

use crate::app::TestApp;
use http::StatusCode;
use kernel::urls;
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn staff_find_look_and_merge(owner: PgPool) {
    let app = TestApp::new(owner).await;
    let school = &app.school;
    let (maya, twin) = (school.student("Maya Patel").await, school.student("Maya Patel again").await);
    let (stays, goes) = (maya.member().unwrap().id, twin.member().unwrap().id);
    school.owner_sql(&format!("UPDATE members SET name = 'maya patel' WHERE id = '{goes}'")).await;
    let mut theirs = app.signed_in(&twin).await;
    let mut admin = app.signed_in(&school.admin).await;
    assert!(admin.get(&urls::admin::member(stays)).await.body.contains(&urls::admin::merge(stays)));
    let suggested = admin.get(&urls::admin::merge(stays)).await.body;
    let look = urls::admin::merge_with(stays, goes);
    assert!(suggested.contains("Same name or mailbox") && suggested.contains(&look), "{suggested}");
    let found = admin.get(&urls::with_query(&urls::admin::merge(stays), &[("text", "nobody at all")])).await.body;
    assert!(found.contains("Nobody else has this") && !found.contains(&look));
    let page = admin.get(&look).await.body;
    assert!(page.contains("Nothing: the duplicate bought and wrote nothing") && page.contains(&urls::admin::merge_with(goes, stays)));

    let (member, duplicate) = (stays.to_string(), goes.to_string());
    let post = [("_page", look.as_str()), ("member", &member), ("duplicate", &duplicate), ("reason", "")];
    let refused = admin.post("/api/admin/merge_members", &post).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("name=\"duplicate\"") && refused.body.contains("f-reason"), "the page is the same again");
    school.owner_sql("UPDATE login_sessions SET verified_at = '-infinity'").await;
    assert!(admin.get(&look).await.location().starts_with(urls::VERIFY), "before anything is typed");
    school.owner_sql("UPDATE login_sessions SET verified_at = now()").await;
    let post = [("_page", look.as_str()), ("member", &member), ("duplicate", &duplicate), ("reason", "asked by phone")];
    let answer = admin.post("/api/admin/merge_members", &post).await;
    assert_eq!(
        (answer.status, answer.location()),
        (StatusCode::SEE_OTHER, &*format!("{}?done=admin-done-merged", urls::admin::member(stays)))
    );
    let page = admin.get(answer.location()).await.body;
    assert!(page.contains("The two are one now.") && page.contains("Also was") && page.contains("maya-patel-again@northside.example"));
    assert_eq!(admin.get(&urls::admin::member(goes)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(admin.get(&look).await.status, StatusCode::NOT_FOUND);
    assert!(theirs.get(urls::ACCOUNT).await.location().starts_with("/sign-in?next="), "signed out at once");
    // Why not is told where it can be swapped.
    let tutor = school.tutor("Tina Tutor", crate::harness::Hours::default()).await.id;
    let page = admin.get(&urls::admin::merge_with(stays, tutor)).await.body;
    assert!(page.contains("Keep that one.") && page.contains(&urls::admin::merge_with(tutor, stays)) && !page.contains("f-reason"));
}
