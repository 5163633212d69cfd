//! Every interactive island, and the server functions that they call.

pub mod booking;
