//! Holding, paying, cancelling: one after the other and all at once.

mod cancel;
mod claims;
mod confirm;
mod forward;
mod hold;
mod pages;
mod races;
mod trials;
