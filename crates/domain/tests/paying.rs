//! Lessons that are paid, without Stripe.

use crate::harness::Harness;
use domain::{
    Actor,
    booking::{self, Confirmation, Hold},
    payments::{self, Payment, PaymentStatus},
};
use jiff::Timestamp;
use kernel::{
    Money,
    ids::{BookingId, OrderId, PaymentId, VariantId},
};
use providers::stripe::{Checkout, CheckoutStatus, Collected};
use uuid::Uuid;

impl Harness {
    /// Lets an order's money arrive, any number of times, as it does in production once Stripe has
    /// said so. `new` is meant for calls one after the other.
    pub async fn pay(&self, order: OrderId) -> domain::Result<Confirmation> {
        let (payment, before) = (self.payment(order).await, self.booking_of(order).await);
        let named = [("tenant", self.tenant.id.to_string()), ("payment", payment.id.to_string())];
        let checkout = Checkout {
            id: format!("cs_{}", payment.id),
            status: CheckoutStatus::Complete,
            paid: true,
            url: None,
            total: Some(payment.amount),
            reference: Some(order.to_string()),
            metadata: named.into_iter().map(|(name, id)| (name.to_owned(), id)).collect(),
            collected: Some(Collected { intent: format!("pi_{}", payment.id), charge: None, card: None, fee: None }),
        };
        payments::apply(&self.services, self.tenant.id, &payment, &checkout).await?;
        Ok(match self.booking_of(order).await {
            Some(booking) => Confirmation::Confirmed { booking, new: before.is_none() },
            None => Confirmation::SlotTaken,
        })
    }

    /// An order's payment; without one, it goes to the payment page.
    async fn payment(&self, order: OrderId) -> Payment {
        let mut tx = self.tx().await;
        sqlx::query(
            "INSERT INTO payments (tenant_id, id, order_id, status, currency, amount_minor, request)
             SELECT tenant_id, $2, id, 'created', currency, total_minor, '{}' FROM orders WHERE id = $1 ON CONFLICT DO NOTHING",
        )
        .bind(order.0)
        .bind(self.services.id::<Uuid>())
        .execute(tx.conn())
        .await
        .unwrap();
        let (id, minor, currency): (Uuid, i64, String) =
            sqlx::query_as("SELECT id, amount_minor, currency FROM payments WHERE order_id = $1")
                .bind(order.0)
                .fetch_one(tx.conn())
                .await
                .unwrap();
        tx.commit().await.unwrap();
        Payment {
            id: PaymentId(id),
            order,
            attempt: 0,
            status: PaymentStatus::Created,
            amount: Money::new(minor, currency.parse().unwrap()),
            fee: None,
            session: None,
            url: None,
            intent: None,
            card: String::new(),
            succeeded_at: None,
        }
    }

    async fn booking_of(&self, order: OrderId) -> Option<BookingId> {
        let mut tx = self.tx().await;
        sqlx::query_scalar("SELECT id FROM bookings WHERE order_id = $1")
            .bind(order.0)
            .fetch_optional(tx.conn())
            .await
            .unwrap()
            .map(BookingId)
    }

    /// A held and paid lesson.
    pub async fn booked(&self, student: &Actor, variant_id: VariantId, starts_at: Timestamp) -> (OrderId, BookingId) {
        let order = booking::hold(&self.services, student, Hold { variant_id, starts_at }).await.unwrap();
        match self.pay(order).await.unwrap() {
            Confirmation::Confirmed { booking, new: true } => (order, booking),
            other => panic!("{other:?}"),
        }
    }
}
