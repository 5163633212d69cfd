//! Orders, bookings and lessons only move forward, whoever writes.

use crate::harness::{Harness, Hours, london};
use domain::booking::{Hold, cancel, hold};
use sqlx::{AssertSqlSafe, PgPool};

/// Each status with the moves that lead to it from `pending`, and those that lead on.
const ORDERS: [(&str, &[&str], &[&str]); 6] = [
    ("pending", &[], &["paid", "lapsed", "cancelled"]),
    ("lapsed", &["lapsed"], &["paid", "refunded"]),
    ("cancelled", &["cancelled"], &["paid", "refunded"]),
    ("paid", &["paid"], &["partly_refunded", "refunded"]),
    ("partly_refunded", &["paid", "partly_refunded"], &["refunded"]),
    ("refunded", &["paid", "refunded"], &[]),
];

/// The constraint that refuses a statement of the web server.
async fn refused_by(h: &Harness, statement: &str) -> String {
    let refused = h.sql(statement).await.expect_err(statement);
    refused.as_database_error().and_then(|error| error.constraint()).unwrap_or_default().to_owned()
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_order_moves_by_its_diagram(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant_id = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let order =
        hold(&h.services, &h.student("Sam Student").await, Hold { variant_id, starts_at: london("2026-11-17T10:00") }).await.unwrap();
    let becomes = |status: &str| AssertSqlSafe(format!("UPDATE orders SET status = '{status}' WHERE id = '{order}'"));
    for (from, way, onward) in ORDERS {
        for (to, _, _) in ORDERS {
            let mut tx = h.tx().await;
            for status in way {
                sqlx::query(becomes(status)).execute(tx.conn()).await.unwrap();
            }
            let moved = sqlx::query(becomes(to)).execute(tx.conn()).await;
            assert_eq!(moved.is_ok(), from == to || onward.contains(&to), "{from} to {to}: {moved:?}");
        }
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_was_paid_or_cancelled_stays_so(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let student = h.student("Sam Student").await;
    let (_, booking) = h.booked(&student, variant, london("2026-11-18T10:00")).await;
    for change in ["paid_at = now() - interval '1 day'", "receipt_number = 7", "paid_at = NULL, receipt_number = NULL"] {
        assert_eq!(refused_by(&h, &format!("UPDATE orders SET {change}")).await, "orders_forward", "{change}");
    }
    cancel(&h.services, &student, booking, 4000).await.unwrap();
    for change in ["status = 'confirmed', cancelled_at = NULL", "cancelled_at = now() + interval '1 day'", "cancelled_by = NULL"] {
        assert_eq!(refused_by(&h, &format!("UPDATE bookings SET {change}")).await, "bookings_forward", "{change}");
    }
    for change in ["status = 'scheduled'", "sequence = 0"] {
        assert_eq!(refused_by(&h, &format!("UPDATE lessons SET {change}")).await, "lessons_forward", "{change}");
    }
}
