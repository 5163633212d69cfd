//! Everything the emulator knows. One lock guards it, so each request is one
//! step: it sees all of another request or nothing of it.

mod journal;
mod settings;
mod table;

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    clock::Clock,
    config::{API_VERSION, Config, Fee, WebhookTarget},
    error::ApiError,
    ids::Ids,
    json::Object,
};

pub use journal::{Change, Journal, JournalError};
pub use settings::{Fault, FaultKind, Mode, Settings};
pub use table::Table;

/// The kinds of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Checkout Sessions.
    Session,
    /// What belongs to a Session but is not part of Stripe's object.
    SessionDetail,
    /// `PaymentIntent`s.
    PaymentIntent,
    /// Cards that were used.
    PaymentMethod,
    /// Charges.
    Charge,
    /// Refunds.
    Refund,
    /// Movements of the balance.
    BalanceTransaction,
    /// Customers.
    Customer,
    /// Products that came with a Session's lines.
    Product,
    /// Disputes.
    Dispute,
    /// Events.
    Event,
    /// Webhook endpoints made by the API.
    WebhookEndpoint,
    /// One event on its way to one endpoint.
    Delivery,
    /// Answers kept under idempotency keys.
    Idempotency,
    /// 3-D Secure challenges under way.
    Challenge,
    /// The one row of settings.
    Settings,
}

impl Kind {
    /// The kind of object an id names, by its prefix.
    pub fn of_id(id: &str) -> Option<Self> {
        let (prefix, _) = id.split_once('_')?;
        Some(match prefix {
            "cs" => Self::Session,
            "pi" => Self::PaymentIntent,
            "pm" => Self::PaymentMethod,
            "ch" => Self::Charge,
            "re" => Self::Refund,
            "txn" => Self::BalanceTransaction,
            "cus" => Self::Customer,
            "prod" => Self::Product,
            "du" => Self::Dispute,
            "evt" => Self::Event,
            "we" => Self::WebhookEndpoint,
            _ => return None,
        })
    }

    /// Stripe's word for the object in "No such …".
    pub fn noun(self) -> &'static str {
        match self {
            Self::Session => "checkout.session",
            Self::PaymentIntent => "payment_intent",
            Self::PaymentMethod => "PaymentMethod",
            Self::Charge => "charge",
            Self::Refund => "refund",
            Self::BalanceTransaction => "balance transaction",
            Self::Customer => "customer",
            Self::Product => "product",
            Self::Dispute => "dispute",
            Self::Event => "event",
            Self::WebhookEndpoint => "webhook endpoint",
            Self::SessionDetail | Self::Delivery | Self::Idempotency | Self::Challenge | Self::Settings => "object",
        }
    }
}

/// All rows, the clock and the source of ids.
pub struct State {
    tables: HashMap<Kind, Table>,
    open_sessions: BTreeSet<(i64, String)>,
    waiting_deliveries: BTreeSet<(i64, String)>,
    /// Deliveries that have left and not come back.
    pub flying: usize,
    changes: Vec<Change>,
    journal: Option<Journal>,
    /// The only source of randomness.
    pub ids: Ids,
    /// The only source of time.
    pub clock: Clock,
    /// What the control API has set.
    pub settings: Settings,
    /// Endpoints given by configuration.
    pub targets: Vec<WebhookTarget>,
    /// What Stripe keeps of a charge.
    pub fee: Fee,
    /// Origin of the hosted page.
    pub public_url: String,
    /// Shown on the hosted page.
    pub merchant: String,
    /// The request being served: its id and idempotency key, for events.
    pub request: Value,
    /// Requests served so far.
    pub requests: u64,
    /// Answers replayed so far.
    pub replays: u64,
}

impl State {
    /// An empty state, or what the state file holds.
    pub fn open(config: &Config, public_url: String) -> Result<Self, JournalError> {
        let mut state = Self {
            tables: HashMap::new(),
            open_sessions: BTreeSet::new(),
            waiting_deliveries: BTreeSet::new(),
            flying: 0,
            changes: Vec::new(),
            journal: None,
            ids: Ids::new(config.seed),
            clock: Clock::starting_at(config.start_at),
            settings: Settings::new(config.signature_clock),
            targets: config.webhooks.clone(),
            fee: config.fee,
            public_url,
            merchant: config.merchant.clone(),
            request: json!({ "id": null, "idempotency_key": null }),
            requests: 0,
            replays: 0,
        };
        if let Some(path) = &config.state_file {
            for change in Journal::read(path)? {
                match change {
                    Change::Put(kind, row) => state.place(kind, row),
                    Change::Delete(kind, id) => state.take(kind, &id),
                }
            }
            if let Some(row) = state.get(Kind::Settings, Settings::ID).cloned() {
                state.settings = serde_json::from_value(row).map_err(JournalError::Row)?;
                state.clock.set_offset_ms(state.settings.clock_offset_ms);
            }
            let mut kinds: Vec<_> = state.tables.iter().collect();
            kinds.sort_by_key(|(kind, _)| **kind);
            let rows = kinds
                .into_iter()
                .flat_map(|(kind, table)| table.newest_first(None).map(|row| (*kind, row)).collect::<Vec<_>>().into_iter().rev());
            state.journal = Some(Journal::start(path, rows)?);
        }
        Ok(state)
    }

    /// A row, if there is one.
    pub fn get(&self, kind: Kind, id: &str) -> Option<&Value> {
        self.tables.get(&kind)?.get(id)
    }

    /// A copy of an object, or Stripe's 404.
    pub fn find(&self, kind: Kind, id: &str) -> Result<Value, ApiError> {
        self.get(kind, id).cloned().ok_or_else(|| ApiError::no_such(kind.noun(), id))
    }

    /// Rows, newest first; from below `after` when given.
    pub fn newest_first(&self, kind: Kind, after: Option<&str>) -> impl DoubleEndedIterator<Item = &Value> {
        self.tables.get(&kind).into_iter().flat_map(move |table| table.newest_first(after))
    }

    /// How many rows there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.tables.get(&kind).map_or(0, Table::len)
    }

    /// Writes a row under its `id`.
    pub fn put(&mut self, kind: Kind, row: Value) {
        if self.journal.is_some() {
            self.changes.push(Change::Put(kind, row.clone()));
        }
        self.place(kind, row);
    }

    /// Removes a row.
    pub fn remove(&mut self, kind: Kind, id: &str) {
        if self.journal.is_some() {
            self.changes.push(Change::Delete(kind, id.to_owned()));
        }
        self.take(kind, id);
    }

    fn place(&mut self, kind: Kind, row: Value) {
        self.forget_due(kind, row.id());
        let id = row.id().to_owned();
        if kind == Kind::Session && row.text("status") == "open" {
            self.open_sessions.insert((row.int("expires_at"), id));
        } else if kind == Kind::Delivery && row.text("status") == "pending" {
            self.waiting_deliveries.insert((row.int("next_attempt_ms"), id));
        }
        self.tables.entry(kind).or_default().put(row);
    }

    fn take(&mut self, kind: Kind, id: &str) {
        self.forget_due(kind, id);
        if let Some(table) = self.tables.get_mut(&kind) {
            table.remove(id);
        }
    }

    fn forget_due(&mut self, kind: Kind, id: &str) {
        let Some(old) = self.tables.get(&kind).and_then(|table| table.get(id)) else { return };
        match kind {
            Kind::Session => {
                self.open_sessions.remove(&(old.int("expires_at"), id.to_owned()));
            }
            Kind::Delivery => {
                self.waiting_deliveries.remove(&(old.int("next_attempt_ms"), id.to_owned()));
            }
            _ => {}
        }
    }

    /// An id that no row has.
    pub fn fresh_id(&mut self, kind: Kind, prefix: &str, length: usize) -> String {
        loop {
            let id = self.ids.draw(prefix, length);
            if self.get(kind, &id).is_none() {
                return id;
            }
        }
    }

    /// Open sessions whose time is over.
    pub fn lapsed_sessions(&self) -> Vec<String> {
        let now = self.clock.seconds();
        self.open_sessions.iter().take_while(|(at, _)| *at <= now).map(|(_, id)| id.clone()).collect()
    }

    /// Takes the deliveries whose time has come; they count as flying until
    /// their result is recorded.
    pub fn take_due_deliveries(&mut self) -> Vec<String> {
        let now = self.clock.millis();
        let mut due = Vec::new();
        while let Some(first) = self.waiting_deliveries.first().filter(|(at, _)| *at <= now).cloned() {
            self.waiting_deliveries.remove(&first);
            due.push(first.1);
        }
        self.flying += due.len();
        due
    }

    /// Milliseconds until something is due; `None` when nothing is planned.
    pub fn next_due_ms(&self) -> Option<i64> {
        let session = self.open_sessions.first().map(|(at, _)| at.saturating_mul(1_000));
        let delivery = self.waiting_deliveries.first().map(|(at, _)| *at);
        let at = match (session, delivery) {
            (Some(one), Some(other)) => one.min(other),
            (one, other) => one.or(other)?,
        };
        Some((at - self.clock.millis()).max(0))
    }

    /// Whether no webhook is waiting or under way.
    pub fn is_settled(&self) -> bool {
        self.flying == 0 && self.waiting_deliveries.is_empty()
    }

    /// The fault that a request runs into, used up by one.
    pub fn take_fault(&mut self, method: &str, path: &str) -> Option<Fault> {
        let fault = self.settings.take_fault(method, path)?;
        self.save_settings();
        Some(fault)
    }

    /// Keeps the settings; call after changing them or the clock.
    pub fn save_settings(&mut self) {
        self.settings.clock_offset_ms = self.clock.offset_ms();
        match serde_json::to_value(&self.settings) {
            Ok(row) => self.put(Kind::Settings, row),
            Err(error) => tracing::error!(%error, "settings could not be kept"),
        }
    }

    /// Forgets every row; the clock and the delivery mode start over.
    pub fn reset(&mut self) {
        let signature_clock = self.settings.signature_clock;
        let rows: Vec<(Kind, String)> =
            self.tables.iter().flat_map(|(kind, table)| table.newest_first(None).map(|row| (*kind, row.id().to_owned()))).collect();
        for (kind, id) in rows {
            self.remove(kind, &id);
        }
        self.settings = Settings::new(signature_clock);
        self.clock.set_offset_ms(0);
        (self.requests, self.replays) = (0, 0);
        self.save_settings();
    }

    /// Makes the changes since the last commit survive a crash, all or none.
    pub fn commit(&mut self) {
        let changes = std::mem::take(&mut self.changes);
        if let Some(journal) = self.journal.as_mut().filter(|_| !changes.is_empty())
            && let Err(error) = journal.append(&changes)
        {
            tracing::error!(%error, "the state file could not be written");
        }
    }

    /// Records that something happened and queues it for every endpoint that
    /// wants to know.
    pub fn emit(&mut self, kind: &str, object: &Value) {
        crate::webhooks::queue::emit(self, kind, object, API_VERSION);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> std::path::PathBuf {
        std::env::temp_dir().join(format!("stripe-emulator-{}-{}.journal", std::process::id(), Ids::new(None).draw("", 12)))
    }

    #[test]
    fn committed_changes_survive_and_a_torn_one_does_not() {
        let path = file();
        let config = Config { state_file: Some(path.clone()), ..Config::default() };
        let mut state = State::open(&config, String::new()).unwrap();
        state.put(Kind::Charge, json!({ "id": "ch_1", "amount": 5 }));
        state.put(Kind::Charge, json!({ "id": "ch_2", "amount": 6 }));
        state.commit();
        state.remove(Kind::Charge, "ch_1");
        state.commit();
        state.put(Kind::Charge, json!({ "id": "ch_lost" }));
        drop(state);
        let mut torn = std::fs::read(&path).unwrap();
        torn.extend_from_slice(b"[{\"put\":[\"charge\",{\"id\":\"ch_torn\"");
        std::fs::write(&path, torn).unwrap();

        for _ in 0..2 {
            let state = State::open(&config, String::new()).unwrap();
            let ids: Vec<_> = state.newest_first(Kind::Charge, None).map(|row| row.id().to_owned()).collect();
            assert_eq!(ids, ["ch_2"]);
        }
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_broken_line_in_the_middle_is_an_error() {
        let path = file();
        std::fs::write(&path, "not json\n[]\n").unwrap();
        let config = Config { state_file: Some(path.clone()), ..Config::default() };
        match State::open(&config, String::new()) {
            Err(JournalError::Broken { line, .. }) => assert_eq!(line, 1),
            _ => panic!("a broken file must not be read as empty"),
        }
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn due_things_are_found_in_order() {
        let config = Config::default();
        let mut state = State::open(&config, String::new()).unwrap();
        let now = state.clock.seconds();
        state.put(Kind::Session, json!({ "id": "cs_1", "status": "open", "expires_at": now + 100 }));
        assert!(state.lapsed_sessions().is_empty());
        assert!(state.next_due_ms().unwrap() > 90_000);
        state.clock.advance(100);
        assert_eq!(state.lapsed_sessions(), ["cs_1"]);
        state.put(Kind::Session, json!({ "id": "cs_1", "status": "expired", "expires_at": now + 100 }));
        assert_eq!(state.next_due_ms(), None);
    }
}
