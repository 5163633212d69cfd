//! Offerings that wait for a decision: the queue, and one version beside what is live.

mod diff;
mod queue;
mod review;

pub use queue::ApprovalsPage;
pub use review::{ApprovalPage, ApproveForm, SendBackForm};
