//! Webhooks: what is queued, how it is signed, when it is sent.

pub mod queue;
pub mod send;
pub mod sign;
pub mod worker;
