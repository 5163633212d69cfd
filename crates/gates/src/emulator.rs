//! The Stripe emulator as a process of its own: its control API, and Stripe's API for the truth
//! about the money.

use crate::{
    fault::{Result, ensure},
    server::Process,
    stage::Stage,
};
use reqwest::Client;
use serde_json::{Value, json};
use std::{collections::HashMap, time::Duration};
use uuid::Uuid;

/// The secret key of the gates.
pub const KEY: &str = "sk_test_gates";
/// The secret that signs webhooks.
pub const SECRET: &str = "whsec_gates";

/// A running emulator.
pub struct Emulator {
    process: Process,
    client: Client,
    /// Its address.
    pub url: String,
}

/// What Stripe did with an order's money.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    /// Charges that succeeded.
    pub charges: u32,
    /// Their sum in minor units.
    pub amount: i64,
    /// What went back of it.
    pub refunded: i64,
    /// Payment pages that are open.
    pub open_pages: u32,
}

/// Stripe's totals in minor units, whatever the currency: the gates use one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    /// Charged.
    pub charged: i64,
    /// Refunded.
    pub refunded: i64,
    /// Kept by Stripe.
    pub fees: i64,
}

impl Emulator {
    /// Starts one that knows nothing and sends its webhooks to the server on `server_port`.
    pub async fn start(stage: &Stage, name: &str, server_port: u16, port: u16) -> Result<Self> {
        let journal = stage.logs.join(format!("{name}.stripe"));
        let _ = std::fs::remove_file(&journal);
        let arguments = [
            "--port".to_owned(),
            port.to_string(),
            "--webhook-url".to_owned(),
            format!("http://127.0.0.1:{server_port}/webhooks/stripe"),
            "--webhook-secret".to_owned(),
            SECRET.to_owned(),
            "--state-file".to_owned(),
            journal.display().to_string(),
        ];
        let url = format!("http://127.0.0.1:{port}");
        let quiet = vec![("RUST_LOG".to_owned(), "error".to_owned())];
        let log = stage.logs.join(format!("{name}-stripe.log"));
        let ready = format!("{url}/_emulator/stats");
        let mut process = Process::new(stage.program("stripe-emulator"), arguments.to_vec(), quiet, stage.root.clone(), log, ready);
        process.start(&[]).await?;
        let client = Client::builder().no_proxy().timeout(Duration::from_mins(5)).build()?;
        Ok(Self { process, client, url })
    }

    /// Ends it.
    pub async fn end(mut self) -> Result<()> {
        self.process.kill().await
    }

    async fn control(&self, path: &str, body: Value) -> Result<Value> {
        let answer = self.client.post(format!("{}/_emulator/{path}", self.url)).json(&body).send().await?;
        let status = answer.status();
        let body: Value = answer.json().await?;
        ensure(status.is_success(), || format!("emulator: {path}: {status} {body}"))?;
        Ok(body)
    }

    /// Someone types a good card into a payment page. The outcome: `paid`, `complete` (was paid
    /// before), `expired`.
    pub async fn pay(&self, session: &str) -> Result<String> {
        let answer = self.control(&format!("checkout/sessions/{session}/pay"), json!({})).await?;
        Ok(answer["outcome"].as_str().unwrap_or_default().to_owned())
    }

    /// From now on webhooks wait for [`deliver`](Self::deliver).
    pub async fn hold_webhooks(&self) -> Result<()> {
        self.control("webhooks/mode", json!({ "mode": "hold" })).await.map(drop)
    }

    /// Sends webhooks now and waits; answers with how many were sent. Fails if one was not
    /// taken.
    pub async fn deliver(&self, order: Value) -> Result<usize> {
        let answer = self.control("webhooks/deliver", order).await?;
        let attempts = answer["attempts"].as_array().cloned().unwrap_or_default();
        let refused = attempts.iter().find(|attempt| attempt["status"] != 200);
        ensure(refused.is_none(), || format!("a webhook was not taken: {}", refused.unwrap_or(&Value::Null)))?;
        Ok(attempts.len())
    }

    /// Whether no webhook is waiting or under way.
    pub async fn is_settled(&self) -> Result<bool> {
        Ok(self.control("webhooks/settle", json!({ "timeout_ms": 50 })).await?["settled"] == true)
    }

    /// Every event so far, oldest first.
    pub async fn events(&self) -> Result<Vec<Value>> {
        Ok(self.client.get(format!("{}/_emulator/events", self.url)).send().await?.json().await?)
    }

    /// The totals.
    pub async fn totals(&self) -> Result<Totals> {
        let stats: Value = self.client.get(format!("{}/_emulator/stats", self.url)).send().await?.json().await?;
        let sum = |value: &Value| value.as_object().map_or(0, |sums| sums.values().filter_map(Value::as_i64).sum());
        Ok(Totals { charged: sum(&stats["charges"]["amount"]), refunded: sum(&stats["refunds"]["amount"]), fees: sum(&stats["fees"]) })
    }

    /// What became of every order's money, by Stripe's own API.
    pub async fn by_order(&self) -> Result<HashMap<Uuid, Collected>> {
        let mut orders: HashMap<Uuid, Collected> = HashMap::new();
        let mut of_intent: HashMap<String, Uuid> = HashMap::new();
        for session in self.list("checkout/sessions").await? {
            let order: Uuid = session["metadata"]["order"].as_str().ok_or("a session names its order")?.parse()?;
            let known = orders.entry(order).or_default();
            known.open_pages += u32::from(session["status"] == "open");
            if let Some(intent) = session["payment_intent"].as_str() {
                of_intent.insert(intent.to_owned(), order);
            }
        }
        for charge in self.list("charges").await?.iter().filter(|charge| charge["status"] == "succeeded") {
            let intent = charge["payment_intent"].as_str().unwrap_or_default();
            let order = of_intent.get(intent).ok_or_else(|| format!("the charge of {intent} belongs to no session"))?;
            let known = orders.entry(*order).or_default();
            known.charges += 1;
            known.amount += charge["amount"].as_i64().unwrap_or_default();
            known.refunded += charge["amount_refunded"].as_i64().unwrap_or_default();
        }
        Ok(orders)
    }

    async fn list(&self, resource: &str) -> Result<Vec<Value>> {
        let mut all: Vec<Value> = Vec::new();
        loop {
            let after = all.last().and_then(|last| last["id"].as_str()).map_or(String::new(), |id| format!("&starting_after={id}"));
            let address = format!("{}/v1/{resource}?limit=100{after}", self.url);
            let page: Value = self.client.get(address).bearer_auth(KEY).send().await?.error_for_status()?.json().await?;
            all.extend(page["data"].as_array().cloned().unwrap_or_default());
            if page["has_more"] != true {
                return Ok(all);
            }
        }
    }
}
