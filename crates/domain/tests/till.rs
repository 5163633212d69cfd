//! A school that takes money: the harness, Stripe's emulator over HTTP, and a worker.

use crate::harness::{Harness, Hours, Offering, Tutor, london};
use domain::{
    Actor, Db, Services,
    booking::{self, Hold},
    db,
    payments::{self, CheckoutUrl},
    worker::{self, Ran},
};
use kernel::ids::{OrderId, PaymentId};
use providers::stripe::{Stripe, StripeConfig, sign};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::sync::Arc;
use stripe_emulator::{Config, Emulator};
use uuid::Uuid;

/// What webhooks are signed with.
pub const SECRET: &str = "whsec_test";

/// See the module.
pub struct Till {
    pub school: Harness,
    /// The services of the job runner's role.
    pub worker: Services,
    pub emulator: Emulator,
    http: reqwest::Client,
    pub student: Actor,
    pub tutor: Tutor,
    /// 60 minutes for 32.33.
    pub offering: Offering,
}

impl Till {
    pub async fn new(owner: PgPool) -> Self {
        let mut school = Harness::new(owner).await;
        let emulator = Emulator::start(Config { seed: Some(7), ..Config::default() }).await.unwrap();
        let config = StripeConfig {
            secret_key: "sk_test_till".into(),
            api_base: Some(emulator.url().to_owned()),
            webhook_secrets: vec!["whsec_next".into(), SECRET.into()],
        };
        school.services.stripe = Arc::new(Stripe::new(config).unwrap());
        let url = std::env::var("DATABASE_URL").unwrap();
        let options = db::as_role(&school.owner.connect_options(), &url, db::WORKER_ROLE);
        let worker = Services { db: Db::connect(options, 10).await.unwrap(), ..school.services.clone() };
        let tutor = school.tutor("Tom Tutor", Hours::default()).await;
        let offering = school.offering(&tutor, "one_on_one", &[(60, 3233)]).await;
        let student = school.student("Sue Student").await;
        Self { school, worker, emulator, http: reqwest::Client::new(), student, tutor, offering }
    }

    pub fn services(&self) -> &Services {
        &self.school.services
    }

    /// A slot held by `student`, at a London wall time.
    pub async fn hold_as(&self, student: &Actor, wall: &str) -> OrderId {
        let hold = Hold { variant_id: self.offering.variants[0], starts_at: london(wall) };
        booking::hold(self.services(), student, hold).await.unwrap()
    }

    /// The student's order for tomorrow at ten, with its payment page open.
    pub async fn at_checkout(&self) -> OrderId {
        let order = self.hold_as(&self.student, "2026-11-17T10:00").await;
        self.checkout(order).await;
        order
    }

    pub async fn checkout(&self, order: OrderId) -> CheckoutUrl {
        payments::start_checkout(self.services(), &self.student, order).await.unwrap()
    }

    /// One value out of the school's rows.
    pub async fn text(&self, query: &str) -> String {
        let mut tx = self.school.tx().await;
        let value: Option<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(query.to_owned())).fetch_one(tx.conn()).await.unwrap();
        value.unwrap_or_default()
    }

    pub async fn session(&self, order: OrderId) -> String {
        self.text(&format!("SELECT checkout_session FROM payments WHERE order_id = '{order}'")).await
    }

    pub async fn payment(&self, order: OrderId) -> PaymentId {
        PaymentId(self.text(&format!("SELECT id::text FROM payments WHERE order_id = '{order}'")).await.parse::<Uuid>().unwrap())
    }

    pub async fn order_status(&self, order: OrderId) -> String {
        self.text(&format!("SELECT status FROM orders WHERE id = '{order}'")).await
    }

    /// What stands on each kind of account, without those at zero.
    pub async fn balances(&self) -> Vec<(String, i64)> {
        let mut tx = self.school.tx().await;
        sqlx::query_as(
            "SELECT a.kind, sum(e.amount_minor)::bigint FROM ledger_entries e JOIN ledger_accounts a USING (tenant_id)
             WHERE a.id = e.account_id GROUP BY a.kind HAVING sum(e.amount_minor) <> 0 ORDER BY a.kind",
        )
        .fetch_all(tx.conn())
        .await
        .unwrap()
    }

    /// Sends something to the emulator's control API.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/_emulator{path}", self.emulator.url());
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.unwrap_or(Value::Null)
    }

    async fn look(&self, path: &str) -> Value {
        self.http.get(format!("{}/_emulator{path}", self.emulator.url())).send().await.unwrap().json().await.unwrap()
    }

    /// The buyer pays with a good card.
    pub async fn pay(&self, order: OrderId) {
        let outcome = self.pay_with(order, "4242424242424242").await;
        assert_eq!(outcome, "paid");
    }

    pub async fn pay_with(&self, order: OrderId, card: &str) -> String {
        let session = self.session(order).await;
        let answer = self.control(&format!("/checkout/sessions/{session}/pay"), json!({ "card": card })).await;
        answer["outcome"].as_str().unwrap().to_owned()
    }

    /// All events of the emulator, oldest first.
    pub async fn events(&self) -> Vec<Value> {
        let answer = self.look("/events").await;
        answer.as_array().or_else(|| answer["data"].as_array()).or_else(|| answer["events"].as_array()).unwrap().clone()
    }

    /// The id of the one session that Stripe has, whether we know it or not.
    pub async fn made_session(&self) -> String {
        let list = self.http.get(format!("{}/v1/checkout/sessions", self.emulator.url())).bearer_auth("sk_test_till").send().await.unwrap();
        let list: Value = list.json().await.unwrap();
        assert_eq!(list["data"].as_array().unwrap().len(), 1);
        list["data"][0]["id"].as_str().unwrap().to_owned()
    }

    /// How many sessions Stripe has made.
    pub async fn sessions(&self) -> i64 {
        let stats = self.look("/stats").await;
        stats["sessions"].as_object().unwrap().values().map(|count| count.as_i64().unwrap()).sum()
    }

    /// How many refunds Stripe has made, and of how much altogether.
    pub async fn refunds(&self) -> (i64, i64) {
        let refunds = &self.look("/stats").await["refunds"];
        (refunds["count"].as_i64().unwrap(), refunds["amount"]["gbp"].as_i64().unwrap_or(0))
    }

    /// One event arrives, signed now.
    pub async fn deliver(&self, event: &Value) {
        let body = event.to_string();
        let header = sign(body.as_bytes(), SECRET, self.services().now());
        payments::receive(self.services(), body.as_bytes(), &header).await.unwrap();
    }

    /// Everything that happened so far arrives once, and is worked off.
    pub async fn deliver_all(&self) -> Ran {
        for event in self.events().await {
            self.deliver(&event).await;
        }
        self.run_jobs().await
    }

    pub async fn run_jobs(&self) -> Ran {
        worker::run_once(&self.worker).await.unwrap()
    }

    /// Makes every job due, whatever time it waits for.
    pub async fn all_due(&self) {
        sqlx::query("UPDATE graphile_worker._private_jobs SET run_at = now()").execute(&self.school.owner).await.unwrap();
    }

    /// The addresses and subjects of the mails sent so far.
    pub fn mails(&self) -> Vec<(String, String)> {
        let mut mails: Vec<_> = self.services().mail.sent().into_iter().map(|mail| (mail.to, mail.subject)).collect();
        mails.sort();
        mails
    }

    /// How many lessons are booked.
    pub async fn booked(&self) -> i64 {
        self.school.count("SELECT count(*) FROM bookings WHERE status = 'confirmed'").await
    }

    /// The ledger after one paid order of 32.33: 15 % commission, fee of 1.5 % and 20.
    pub fn paid_once() -> Vec<(String, i64)> {
        [("stripe_clearing", 3233 - 68), ("stripe_fees", 68), ("tenant_revenue", -485), ("tutor_escrow", -2748)]
            .map(|(kind, minor)| (kind.to_owned(), minor))
            .to_vec()
    }

    /// And after all of it went back: Stripe keeps its fee.
    pub fn refunded_once() -> Vec<(String, i64)> {
        vec![("stripe_clearing".into(), -68), ("stripe_fees".into(), 68)]
    }
}
