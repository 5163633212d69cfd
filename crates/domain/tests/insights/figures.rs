//! Against numbers worked out by hand.

use crate::harness::{Harness, Hours, Tutor, london, refusal};
use domain::{Actor, insights::admin, orders::OrderStatus};
use kernel::ids::{BookingId, OrderId, VariantId};
use sqlx::PgPool;

struct Scene {
    h: Harness,
    tutor: Tutor,
    student: Actor,
    variant: VariantId,
}

impl Scene {
    async fn new(pool: PgPool) -> Self {
        let h = Harness::new(pool).await;
        let tutor = h.tutor("Tess Tutor", Hours { daily: (480, 1320), ..Hours::default() }).await;
        let variant = h.offering(&tutor, "one_on_one", &[(60, 2000)]).await.variants[0];
        let student = h.student("Sam Student").await;
        Self { h, tutor, student, variant }
    }

    /// A lesson bought at one wall time in London for another, with its ledger.
    async fn bought(&self, paid: &str, starts: &str) -> (OrderId, BookingId) {
        let starts_at = london(starts);
        self.h.clock.set(london(paid));
        let (order, booking) = self.h.booked(&self.student, self.variant, starts_at).await;
        let at = london(paid);
        // The database's own clock wrote these. When an order was paid is written once.
        self.h.owner_sql("ALTER TABLE orders DISABLE TRIGGER order_forward").await;
        self.h.owner_sql(&format!("UPDATE orders SET created_at = '{at}', paid_at = '{at}' WHERE id = '{order}'")).await;
        self.h.owner_sql("ALTER TABLE orders ENABLE TRIGGER order_forward").await;
        self.h.owner_sql(&format!("UPDATE bookings SET created_at = '{at}' WHERE id = '{booking}'")).await;
        self.h.owner_sql(&format!("UPDATE ledger_transactions SET posted_at = '{at}' WHERE order_id = '{order}'")).await;
        (order, booking)
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_admins_figures_follow_the_tenants_calendar(pool: PgPool) {
    let s = Scene::new(pool).await;
    // Thirty days to 20 November begin on 22 October; the days before, in summer time, on 22 September.
    s.bought("2026-09-22T00:00", "2026-09-23T10:00").await;
    s.bought("2026-10-21T23:59:59", "2026-10-22T09:00").await;
    s.bought("2026-10-22T00:00", "2026-10-26T17:30").await;
    let (last, booking) = s.bought("2026-11-20T09:30", "2026-11-23T17:00").await;
    s.bought("2026-09-21T23:59:59", "2026-09-30T10:00").await;
    s.h.clock.set(london("2026-11-20T12:00"));
    let refund = domain::booking::cancel(&s.h.services, &s.student, booking, 2000).await.unwrap();
    assert_eq!(refund.minor, 2000);
    s.h.owner_sql(&format!("UPDATE refunds SET requested_at = '{}'", london("2026-11-20T12:00"))).await;
    s.h.owner_sql(&format!("UPDATE ledger_transactions SET posted_at = '{}' WHERE kind = 'refund'", london("2026-11-20T12:00"))).await;

    let figures = admin(&s.h.services, &s.h.admin).await.unwrap();
    assert_eq!((figures.from.to_string(), figures.to.to_string()), ("2026-10-22".into(), "2026-11-20".into()));
    assert_eq!((figures.sales.now.minor, figures.sales.before.minor), (4000, 4000));
    assert_eq!((figures.commission.now.minor, figures.commission.before.minor), (300, 600), "15 % each, one given back");
    assert_eq!((figures.bookings.now, figures.bookings.before), (2, 2));
    assert_eq!((figures.refunded.now.minor, figures.refunded.before.minor), (2000, 0));
    // Lessons on 22 and 26 October; before: 23 and 30 September. The cancelled one is none.
    assert_eq!((figures.booked_minutes.now, figures.booked_minutes.before), (120, 120));
    // Fourteen hours a day.
    assert_eq!((figures.offered_minutes.now, figures.offered_minutes.before), (30 * 840, 30 * 840));
    assert_eq!(figures.utilisation_per_mille().now, Some(4));

    let days: Vec<_> = figures
        .sales_per_day
        .iter()
        .filter(|day| day.sales.minor + day.before.minor > 0)
        .map(|day| (day.date.to_string(), day.sales.minor, day.before.minor))
        .collect();
    assert_eq!(
        days,
        [("2026-10-22".into(), 2000, 2000), ("2026-11-20".to_owned(), 2000, 2000)],
        "22 September and 21 October, thirty days before"
    );
    let weeks: Vec<_> = figures.bookings_per_week.iter().map(|week| week.one_on_one).collect();
    assert_eq!(weeks, [0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1], "weeks of 31 August to 16 November");
    let heat: Vec<_> = figures.heat.iter().map(|cell| (cell.weekday, cell.hour, cell.lessons)).collect();
    assert_eq!(heat, [(1, 17, 1), (4, 9, 1)]);
    assert_eq!(
        (figures.recent_orders.len(), figures.recent_orders[0].id, figures.recent_orders[0].status),
        (5, last, OrderStatus::Refunded)
    );
    assert_eq!((figures.decisions.approvals, figures.decisions.failed_refunds), (0, 0));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_date_that_differs_changes_what_was_offered(pool: PgPool) {
    let s = Scene::new(pool).await;
    s.h.clock.set(london("2026-11-20T12:00"));
    let add = |date: &str, hours: &str| {
        format!(
            "INSERT INTO availability_exceptions (tenant_id, id, tutor_id, on_date, start_minute, end_minute) VALUES ('{}', gen_random_uuid(), '{}', '{date}', {hours})",
            s.h.tenant.id, s.tutor.id
        )
    };
    s.h.sql(&add("2026-11-02", "NULL, NULL")).await.unwrap();
    s.h.sql(&add("2026-11-03", "600, 660")).await.unwrap();
    let figures = admin(&s.h.services, &s.h.admin).await.unwrap();
    assert_eq!(figures.offered_minutes.now, 28 * 840 + 60);
    s.h.owner_sql(&format!("UPDATE members SET status = 'suspended' WHERE id = '{}'", s.tutor.id)).await;
    assert_eq!(admin(&s.h.services, &s.h.admin).await.unwrap().offered_minutes.now, 0, "who is suspended offers nothing");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_dashboard_asks_for_its_role_and_its_tenant(pool: PgPool) {
    let s = Scene::new(pool).await;
    s.bought("2026-11-10T10:00", "2026-11-18T18:00").await;
    let services = &s.h.services;
    for actor in [&s.student, &s.tutor.actor] {
        assert_eq!(refusal(admin(services, actor).await), "NotFound");
    }
    assert_eq!(refusal(admin(services, &s.h.anonymous()).await), "Unauthenticated");
    let other = s.h.other_school().await;
    let theirs = admin(services, &other.admin).await.unwrap();
    assert_eq!((theirs.sales.now.minor, theirs.bookings.now, theirs.recent_orders.len()), (0, 0, 0));
}
