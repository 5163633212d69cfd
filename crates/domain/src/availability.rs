//! When a tutor can be booked: the hours they set, minus what is held or booked.
//!
//! The arithmetic is [`kernel::availability`]'s; here are its rows and its editor.

mod editor;
mod model;
mod queries;
mod service;

pub use editor::{add_exception, editor, own_hours, remove_exception, save_week};
pub use model::{AddException, Calendar, Editor, SaveWeek};
pub use queries::calendars;
pub use service::{earliest_start, free_slots, free_slots_of};
