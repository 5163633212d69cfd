//! What goes wrong in a gate: a sentence.

/// Why a gate failed.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// A gate's results.
pub type Result<T, E = Fault> = std::result::Result<T, E>;

/// Fails with `what` unless `ok`.
pub fn ensure(ok: bool, what: impl FnOnce() -> String) -> Result<()> {
    if ok { Ok(()) } else { Err(what().into()) }
}
