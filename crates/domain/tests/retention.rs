//! What is kept for a while only.

use crate::till::Till;
use domain::accounts::{
    Login,
    sessions::{self, Device},
};
use sqlx::PgPool;

async fn tidy(till: &Till) {
    sqlx::query("SELECT graphile_worker.add_job('tidy', 'null'::json)").execute(&till.school.owner).await.unwrap();
    assert_eq!(till.run_jobs().await.failed, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn ended_login_sessions_are_removed(owner: PgPool) {
    let till = Till::new(owner).await;
    let h = &till.school;
    let other = h.other_school().await;
    for (school, member) in [(h, &h.admin), (&other, &other.admin)] {
        let id = member.member().unwrap().id;
        for agent in ["ended", "lives"] {
            let data = serde_json::json!({});
            sessions::create(
                &h.services.db,
                school.tenant.id,
                agent.as_bytes(),
                Login { member: id, epoch: 0, by: None, verified: true },
                &data,
                h.services.now(),
                &Device { user_agent: agent.to_owned(), client: None },
            )
            .await
            .unwrap();
        }
        // Login sessions end by the database's clock.
        school
            .owner_sql("UPDATE login_sessions SET expires_at = now() + CASE user_agent WHEN 'ended' THEN -1 ELSE 1 END * interval '1 hour'")
            .await;
    }
    tidy(&till).await;
    for school in [h, &other] {
        assert_eq!(school.count("SELECT count(*) FROM login_sessions").await, 1, "every tenant's");
        assert_eq!(school.count("SELECT count(*) FROM login_sessions WHERE user_agent = 'lives'").await, 1);
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn old_mails_and_events_keep_their_rows_and_lose_their_text(owner: PgPool) {
    let till = Till::new(owner).await;
    let h = &till.school;
    let mails = [
        ("sent-old", 91, "now()", ""),
        ("refused-old", 91, "NULL", "no such mailbox"),
        ("waits-old", 91, "NULL", ""),
        ("sent-late", 89, "now()", ""),
    ];
    for (cause, days, sent, failure) in mails {
        h.owner_sql(&format!(
            "INSERT INTO mails (tenant_id, id, cause, recipient_id, to_address, locale, subject, html, plain, ics, created_at, sent_at, failure)
             VALUES ('{}', gen_random_uuid(), '{cause}', '{}', 'a@b.example', 'en', 'Hello', '<p>Hello</p>', 'Hello', 'BEGIN', now() - interval '{days} days', {sent}, '{failure}')",
            h.tenant.id, h.admin.member().unwrap().id
        ))
        .await;
    }
    for (id, days) in [("evt_old", 91), ("evt_late", 89)] {
        h.owner_sql(&format!(
            "INSERT INTO stripe_events (id, kind, payload, received_at) VALUES ('{id}', 'k', '{{}}', now() - interval '{days} days')"
        ))
        .await;
    }
    // One that carried a code was emptied when it left, but for whom it was to.
    h.owner_sql(&format!(
        "INSERT INTO mails (tenant_id, id, cause, to_address, locale, subject, html, plain, created_at, sent_at, secret_until)
         VALUES ('{}', gen_random_uuid(), 'code-old', 'c@d.example', 'en', 'Your code', '', '', now() - interval '91 days', now(), now() - interval '91 days')",
        h.tenant.id
    ))
    .await;
    tidy(&till).await;
    assert_eq!(till.text("SELECT to_address || subject FROM mails WHERE cause = 'code-old'").await, "");
    h.owner_sql("DELETE FROM mails WHERE cause = 'code-old'").await;
    assert_eq!(
        till.text("SELECT string_agg(cause, ' ' ORDER BY cause) FROM mails WHERE html <> '' AND plain <> '' AND ics <> ''").await,
        "sent-late waits-old"
    );
    assert_eq!(
        till.text("SELECT string_agg(cause, ' ' ORDER BY cause) FROM mails WHERE html = '' AND plain = '' AND ics IS NULL").await,
        "refused-old sent-old"
    );
    let events: Vec<(String, String)> =
        sqlx::query_as("SELECT id, payload FROM stripe_events ORDER BY id").fetch_all(&h.owner).await.unwrap();
    assert_eq!(events, [("evt_late".to_owned(), "{}".to_owned()), ("evt_old".to_owned(), String::new())]);
}

/// Only the worker forgets.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_web_server_empties_nothing(owner: PgPool) {
    let till = Till::new(owner).await;
    for statement in ["SELECT app.empty_stripe_events()", "UPDATE mails SET html = ''"] {
        assert!(till.school.sql(statement).await.is_err(), "{statement}");
    }
}
