//! The demo data is believable, balanced, and the same each time.

use super::{all_demos, demo, owner, reset, signed_in, text_of};
use crate::harness::Harness;
use domain::{
    booking::{student_past, student_upcoming, tutor_between},
    seed,
};
use jiff::SignedDuration;
use sqlx::PgPool;

/// A digest of everything that the seed writes, but for ids of accounts and hashes.
const DIGEST: &str = "SELECT md5(string_agg(part, '|' ORDER BY part)) FROM (
  SELECT 'members ' || md5(string_agg(concat_ws(',', id, name, email, created_at), ';' ORDER BY id)) AS part FROM members
  UNION ALL SELECT 'tutors ' || md5(string_agg(concat_ws(',', id, slug, headline, bio, languages), ';' ORDER BY id)) FROM tutors
  UNION ALL SELECT 'variants ' || md5(string_agg(concat_ws(',', id, version_id, duration_minutes, price_minor), ';' ORDER BY id)) FROM variants
  UNION ALL SELECT 'versions ' || md5(string_agg(concat_ws(',', id, status, title, number), ';' ORDER BY id)) FROM offering_versions
  UNION ALL SELECT 'orders ' || md5(string_agg(concat_ws(',', id, number, status, total_minor, paid_at, receipt_number), ';' ORDER BY id)) FROM orders
  UNION ALL SELECT 'lessons ' || md5(string_agg(concat_ws(',', id, starts_at, status), ';' ORDER BY id)) FROM lessons
  UNION ALL SELECT 'reviews ' || md5(string_agg(concat_ws(',', id, stars, body, reply), ';' ORDER BY id)) FROM reviews
  UNION ALL SELECT 'entries ' || md5(string_agg(concat_ws(',', id, account_id, amount_minor), ';' ORDER BY id)) FROM ledger_entries) parts";

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_same_day_gives_the_same_data_and_a_second_run_nothing(pool: PgPool) {
    let h = all_demos(pool).await;
    let mut first = Vec::new();
    for slug in ["northside", "lingua", "codelab"] {
        first.push(text_of(&h, slug, DIGEST).await);
    }
    let again = seed::run(&owner(&h).await, &h.services.hasher, h.services.now(), false).await.unwrap();
    assert!(again.iter().all(|demo| !demo.written), "what is there stays");
    assert!(reset(&h).await.iter().all(|demo| demo.written));
    for (slug, digest) in ["northside", "lingua", "codelab"].into_iter().zip(first) {
        assert_eq!(text_of(&h, slug, DIGEST).await, digest, "{slug}");
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn every_tenant_adds_up(pool: PgPool) {
    let h = all_demos(pool).await;
    for (slug, tutors) in [("northside", 60), ("lingua", 40), ("codelab", 40)] {
        // Each row is a rule, and how many rows break it.
        let broken = text_of(
            &h,
            slug,
            "SELECT concat_ws(' ',
               (SELECT sum(amount_minor) FROM ledger_entries),
               (SELECT count(*) FROM (SELECT 1 FROM ledger_entries GROUP BY transaction_id HAVING sum(amount_minor) <> 0) t),
               (SELECT count(*) FROM claims a JOIN claims b ON a.tutor_id = b.tutor_id AND a.id < b.id AND a.during && b.during WHERE a.active AND b.active),
               (SELECT count(*) FROM bookings a JOIN lessons l ON l.id = a.lesson_id JOIN bookings b ON b.student_id = a.student_id AND b.id > a.id
                  JOIN lessons k ON k.id = b.lesson_id WHERE a.status = 'confirmed' AND b.status = 'confirmed' AND l.starts_at < k.ends_at AND k.starts_at < l.ends_at),
               (SELECT count(*) FROM orders WHERE (status IN ('paid', 'refunded', 'partly_refunded')) <> (paid_at IS NOT NULL)),
               (SELECT count(*) FROM orders o WHERE total_minor <> (SELECT amount_minor FROM payments p WHERE p.order_id = o.id)),
               (SELECT count(*) FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE l.starts_at <= coalesce(o.paid_at, o.created_at)),
               (SELECT count(*) FROM reviews r JOIN bookings b ON b.id = r.booking_id JOIN lessons l ON l.id = b.lesson_id
                  WHERE r.created_at < l.ends_at OR b.status <> 'confirmed' OR b.student_id <> r.student_id OR l.tutor_id <> r.tutor_id),
               (SELECT count(*) FROM orders WHERE receipt_number > (SELECT value FROM tenant_counters WHERE name = 'receipt')),
               (SELECT count(*) FROM orders WHERE number > (SELECT value FROM tenant_counters WHERE name = 'order')),
               (SELECT coalesce(max(number) - min(number) + 1 - count(*), 1) FROM orders),
               (SELECT count(*) FROM trials t WHERE NOT EXISTS (SELECT 1 FROM bookings b WHERE b.id = t.booking_id AND b.student_id = t.student_id)))",
        )
        .await;
        assert_eq!(broken, "0 0 0 0 0 0 0 0 0 0 0 0", "{slug}");
        let public: i64 =
            text_of(&h, slug, "SELECT count(*)::text FROM tutors WHERE published AND lesson_variant_id IS NOT NULL").await.parse().unwrap();
        assert!(public >= tutors, "{slug}: {public} tutors");
        let twins =
            text_of(&h, slug, "SELECT count(*)::text FROM (SELECT 1 FROM tutors GROUP BY left(bio, 150) HAVING count(*) > 2) t").await;
        assert_eq!(twins, "0", "{slug}: no biography is everywhere");
        let unfilled = text_of(
            &h,
            slug,
            "SELECT ((SELECT count(*) FROM tutors WHERE bio LIKE '%{%') + (SELECT count(*) FROM reviews WHERE body LIKE '%{%'))::text",
        )
        .await;
        assert_eq!(unfilled, "0", "{slug}");
    }
    let offerings: i64 = text_of(&h, "northside", "SELECT count(*)::text FROM offerings").await.parse::<i64>().unwrap()
        + text_of(&h, "lingua", "SELECT count(*)::text FROM offerings").await.parse::<i64>().unwrap();
    assert!(offerings >= 200, "{offerings} offerings");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_demo_accounts_have_something_to_show(pool: PgPool) {
    let h = demo(pool).await;
    for account in ["student", "tutor", "admin", "new"] {
        let member = h.entered(&format!("{account}@northside.example"), seed::PASSWORD).await;
        assert_eq!(member, signed_in(&h, account).await.member().unwrap().id);
    }
    let (s, student, tutor, new) = (&h.services, signed_in(&h, "student").await, signed_in(&h, "tutor").await, signed_in(&h, "new").await);
    let upcoming = student_upcoming(s, &student).await.unwrap();
    let hours = upcoming[0].starts_at.duration_since(s.now()).as_hours();
    assert!((24..48).contains(&hours), "the next lesson is in {hours} hours");
    let past = student_past(s, &student, None).await.unwrap().items;
    assert!(upcoming.len() >= 4 && past.len() >= 8, "{} to come, {} past", upcoming.len(), past.len());
    let today = s.now()..s.now().checked_add(SignedDuration::from_hours(24)).unwrap();
    assert!(tutor_between(s, &tutor, today).await.unwrap().len() >= 3);
    let admin = domain::insights::admin(&h.services, &signed_in(&h, "admin").await).await.unwrap();
    assert!(admin.sales.now.minor > admin.sales.before.minor && admin.decisions.approvals > 3);
    assert!(student_upcoming(s, &new).await.unwrap().is_empty() && student_past(s, &new, None).await.unwrap().items.is_empty());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_reset_empties_what_people_did_since(pool: PgPool) {
    let h: Harness = demo(pool).await;
    h.student("Sam Student").await;
    seed::run_only(&owner(&h).await, &h.services.hasher, h.services.now(), true, "northside").await.unwrap();
    assert_eq!(h.count("SELECT count(*) FROM members WHERE name = 'Sam Student'").await, 0);
}
