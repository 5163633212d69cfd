//! Times: months, weeks, agendas, free slots.

mod agenda;
mod month;
mod slots;
mod week;

pub use agenda::{Agenda, AgendaDay, AgendaItem, DayStrip, StripDay};
pub use month::{Day, DayState, EventMonth, MonthCell, MonthEvent, MonthGrid, MonthNav};
pub use slots::{Slot, SlotGrid, SlotState, WhenGrid};
pub use week::{EventKind, WeekDay, WeekEvent, WeekGrid, WeekHour, WeekNow, WeekOpen};
