//! From a free slot to a booked lesson and, sometimes, back.
//!
//! A hold is a claim on the tutor's time and an order that waits for its money. Locks are taken
//! in one order: the student's row, the order, the claim, the counters, so two paths never wait
//! for each other. Holding, confirming and cancelling begin with the student; a hold that lapses or
//! is given back begins with the order, because it concerns nothing else of the student's. Whoever
//! takes a time also locks the orders of the holds on it that ran out.

mod cancel;
mod claims;
mod confirm;
mod hold;
mod home;
mod jobs;
mod lists;
mod model;
mod pages;
mod queries;
mod records;

pub use cancel::{cancel, cancellation_offer};
pub use confirm::{Confirmation, confirm};
pub use hold::{Hold, give_up, hold};
pub use home::{StudentHome, TaughtBy, student_home};
pub use jobs::{LapseHold, lapse_hold};
pub use lists::{BookingFilter, PAGE};
pub use model::{Alternatives, Booking, BookingDetail, BookingStatus, CancelOffer, Canceller, Kind, PendingHold, Person};
pub(crate) use pages::alternatives_of;
pub use pages::{
    admin_booking, admin_list, alternatives, pending_holds, student_booking, student_past, student_upcoming, tutor_between, tutor_lesson,
    tutor_next,
};
pub(crate) use queries::{currency, lock_buyer, policy};
