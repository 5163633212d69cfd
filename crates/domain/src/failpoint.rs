//! Named places where a test may kill the process, to see that nothing is lost.
//!
//! With `WEMASTER_FAILPOINT=after_hold_commit` in the environment, the process aborts (as
//! `kill -9` would end it: nothing is flushed, no destructor runs) when it first gets there.
//! Without the variable a failpoint costs one comparison. The names, in the order in which a
//! booking passes them:
//!
//! `after_order_insert`, `after_hold_commit`, `after_session_created_before_store`,
//! `after_session_stored`, `after_event_recorded`, `before_settle_commit`,
//! `after_settle_commit`, `before_mail_sent`, `after_mail_sent_before_mark`; on the way back
//! `before_refund_call`, `after_refund_call_before_store`.

use std::sync::OnceLock;

/// The environment variable that names the failpoint.
pub const VARIABLE: &str = "WEMASTER_FAILPOINT";

static ARMED: OnceLock<Option<String>> = OnceLock::new();

/// Ends the process here if `name` is the armed failpoint.
pub fn hit(name: &'static str) {
    let armed = ARMED.get_or_init(|| std::env::var(VARIABLE).ok().filter(|name| !name.is_empty()));
    if armed.as_deref() == Some(name) {
        tracing::error!(name, "failpoint: aborting");
        std::process::abort();
    }
}
