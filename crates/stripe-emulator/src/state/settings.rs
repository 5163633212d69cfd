//! What the control API sets: delivery mode, faults, clock.

use serde::{Deserialize, Serialize};

use crate::config::SignatureClock;

/// How events reach the webhook endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Mode {
    /// At once, again until a 2xx answer.
    Normal,
    /// Not at all until `deliver` is called.
    Hold,
    /// Never.
    Drop,
    /// `times` copies each, at random moments within `spread_ms`.
    Duplicate {
        /// Copies of each event.
        times: u32,
        /// The copies are sent at random within this time, so their order is
        /// random too.
        #[serde(default = "half_a_second")]
        spread_ms: i64,
    },
}

fn half_a_second() -> i64 {
    500
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The work is done and its answer kept, but the connection is closed
    /// after `ms` without an answer.
    TimeoutAfterSuccess,
    /// 500 at once; nothing is done or kept.
    Error500,
    /// The work is done and its answer kept; the client sees a 500, and a
    /// repeat with the same key the kept answer.
    Error500After,
    /// The work is done and the 500 is what is kept, as Stripe documents: a
    /// repeat with the same key sees the 500 again.
    Error500Kept,
    /// The work starts after `ms`.
    Slow,
}

/// A fault for the next requests that match.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fault {
    /// Number by which it can be removed.
    #[serde(default)]
    pub id: u64,
    /// What goes wrong.
    pub kind: FaultKind,
    /// Only this method; any when absent.
    pub method: Option<String>,
    /// Only this path; `*` stands for any text. Any path when absent.
    pub path: Option<String>,
    /// How many requests are still to fail.
    #[serde(default = "once")]
    pub times: u32,
    /// Milliseconds, for the kinds that wait.
    #[serde(default)]
    pub ms: u64,
}

fn once() -> u32 {
    1
}

impl Fault {
    fn matches(&self, method: &str, path: &str) -> bool {
        self.times > 0
            && self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self.path.as_deref().is_none_or(|pattern| glob(pattern, path))
    }
}

fn glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, tail)) => text.strip_prefix(head).is_some_and(|rest| {
            rest.char_indices().map(|(at, _)| at).chain([rest.len()]).any(|at| rest.get(at..).is_some_and(|end| glob(tail, end)))
        }),
    }
}

/// The row of settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Settings {
    id: String,
    /// How events are delivered.
    pub mode: Mode,
    /// Faults that are still to happen.
    pub faults: Vec<Fault>,
    /// Number of the last fault.
    pub last_fault: u64,
    /// How far the clock is ahead of the machine's.
    pub clock_offset_ms: i64,
    /// Which clock dates signatures.
    pub signature_clock: SignatureClock,
}

impl Settings {
    /// The id of the one row.
    pub const ID: &'static str = "settings";

    /// Normal delivery, no faults.
    pub fn new(signature_clock: SignatureClock) -> Self {
        Self { id: Self::ID.to_owned(), mode: Mode::Normal, faults: Vec::new(), last_fault: 0, clock_offset_ms: 0, signature_clock }
    }

    /// The fault for a request, used up by one.
    pub fn take_fault(&mut self, method: &str, path: &str) -> Option<Fault> {
        let fault = self.faults.iter_mut().find(|fault| fault.matches(method, path))?;
        fault.times -= 1;
        let taken = fault.clone();
        self.faults.retain(|fault| fault.times > 0);
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_text() {
        assert!(glob("/v1/refunds", "/v1/refunds"));
        assert!(glob("/v1/checkout/sessions/*/expire", "/v1/checkout/sessions/cs_1/expire"));
        assert!(glob("*", "/v1/é"));
        assert!(!glob("/v1/refunds", "/v1/refunds/re_1"));
        assert!(!glob("/v1/*/expire", "/v1/refunds"));
    }

    #[test]
    fn a_fault_is_used_up() {
        let mut settings = Settings::new(SignatureClock::Emulator);
        let fault = Fault { id: 1, kind: FaultKind::Error500, method: Some("post".to_owned()), path: None, times: 2, ms: 0 };
        settings.faults.push(fault);
        assert!(settings.take_fault("GET", "/v1/refunds").is_none());
        assert!(settings.take_fault("POST", "/v1/refunds").is_some());
        assert!(settings.take_fault("POST", "/v1/refunds").is_some());
        assert!(settings.take_fault("POST", "/v1/refunds").is_none());
    }
}
