//! What can be set when an emulator starts.

use std::{path::PathBuf, time::Duration};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The API version answered to clients that name none, and the one on events.
///
/// It is the version that async-stripe 1.0.0-rc.10 was generated from.
pub const API_VERSION: &str = "2026-09-30.endive";

/// Settings of an emulator. `Config::default()` listens on any free port of
/// 127.0.0.1, accepts every test key and forgets everything when it stops.
#[derive(Clone, Debug)]
pub struct Config {
    /// Port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// The one secret key that is accepted; `None` accepts any `sk_test_…`.
    pub api_key: Option<String>,
    /// Where events are sent from the start, beside endpoints made by the API.
    pub webhooks: Vec<WebhookTarget>,
    /// Makes ids and shuffles repeatable; `None` draws from the system.
    pub seed: Option<u64>,
    /// File that keeps the state across restarts; `None` keeps it in memory.
    pub state_file: Option<PathBuf>,
    /// Origin of the hosted payment page, without a slash at the end; `None`
    /// is the address the emulator listens on.
    pub public_url: Option<String>,
    /// Name of the merchant on the payment page, unless a session brings its
    /// own in `branding_settings[display_name]`.
    pub merchant: String,
    /// What Stripe keeps of each charge.
    pub fee: Fee,
    /// The instant at which the emulator's clock starts; `None` is now. The
    /// clock ticks in either case.
    pub start_at: Option<Timestamp>,
    /// Wait before the first repeat of a failed webhook; it doubles each time
    /// up to five minutes.
    pub webhook_retry: Duration,
    /// Which clock dates webhook signatures.
    pub signature_clock: SignatureClock,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 0,
            api_key: None,
            webhooks: Vec::new(),
            seed: None,
            state_file: None,
            public_url: None,
            merchant: "Test merchant".to_owned(),
            fee: Fee::default(),
            start_at: None,
            webhook_retry: Duration::from_secs(1),
            signature_clock: SignatureClock::Emulator,
        }
    }
}

/// A webhook endpoint given by configuration.
#[derive(Clone, Debug)]
pub struct WebhookTarget {
    /// An `http://` address.
    pub url: String,
    /// The signing secret (`whsec_…`).
    pub secret: String,
}

/// The part of a charge that Stripe keeps: a share and a fixed part.
#[derive(Clone, Copy, Debug)]
pub struct Fee {
    /// Share in hundredths of a percent: 150 is 1.5 %.
    pub basis_points: i64,
    /// Fixed part in minor units of the charge's currency.
    pub fixed: i64,
}

impl Default for Fee {
    fn default() -> Self {
        Self { basis_points: 150, fixed: 20 }
    }
}

/// Which clock a webhook's `t=` is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureClock {
    /// The emulator's own, which tests can advance.
    Emulator,
    /// The machine's: for receivers whose clock is not advanced along.
    Wall,
}
