//! Free slots and the editor of hours.

mod editor;
mod slots;
