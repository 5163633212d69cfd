//! Bookings: the list with its filters, and one booking.

mod booking;
mod list;

pub use booking::{BookingPage, CancelBookingForm};
pub use list::BookingsPage;
