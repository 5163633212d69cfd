//! A student's lessons: the list, one lesson, and cancelling it.

mod cancel;
mod lesson;
mod list;

pub use cancel::{CancelForm, CancelPage};
pub use lesson::LessonPage;
pub use list::LessonsPage;
