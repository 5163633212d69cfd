//! Hours as they are typed, and what they mean.

use kernel::{
    AppError, FieldError, FormErrors,
    availability::{Schedule, SlotRules, Window, check_windows},
    form::FormState,
    zone::ZoneName,
};

/// Minutes of a day.
const DAY: u16 = 1_440;
/// An end before the start lies on the next day when the hours are at most this long, in
/// minutes. Longer ones are more likely a slip.
const LONGEST_OVER_MIDNIGHT: u16 = 720;
/// What a new row proposes, in minutes: from nine to five, or two hours after the last row.
const NEW_ROW: (u16, u16) = (540, 1_020);
const NEXT_ROW: u16 = 120;
/// The fields of the rules, in the order of [`Draft::rules`].
pub const RULES: [&str; 5] = ["increment_minutes", "buffer_before_minutes", "buffer_after_minutes", "notice_minutes", "horizon_days"];

/// One row: a weekday and two times as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// 1 is Monday.
    pub day: u8,
    /// `09:00`
    pub from: String,
    /// `17:00`; `00:00` is midnight, one before `from` lies on the next day.
    pub to: String,
}

/// The whole form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// IANA name.
    pub zone: String,
    /// By weekday, as shown.
    pub rows: Vec<Row>,
    /// The values of [`RULES`].
    pub rules: [String; 5],
}

/// Windows that were read, and the rows they were typed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours(Vec<(usize, Window)>);

/// Puts the columns of a form together.
pub fn rows(days: &[String], from: &[String], to: &[String]) -> Vec<Row> {
    let day = |at: usize| days.get(at).and_then(|day| day.parse().ok()).unwrap_or(0);
    from.iter().zip(to).enumerate().map(|(at, (from, to))| Row { day: day(at), from: from.clone(), to: to.clone() }).collect()
}

impl Draft {
    /// The saved hours.
    pub fn saved(schedule: &Schedule) -> Self {
        let rules = schedule.rules;
        let mut windows = schedule.weekly.clone();
        windows.sort_by_key(|window| (window.weekday, window.start));
        Self {
            zone: schedule.zone.as_str().to_owned(),
            rows: windows.iter().map(|window| Row { day: window.weekday, from: clock(window.start), to: clock(window.end) }).collect(),
            rules: [
                rules.increment_minutes,
                rules.buffer_before_minutes,
                rules.buffer_after_minutes,
                rules.notice_minutes,
                rules.horizon_days,
            ]
            .map(|value| value.to_string()),
        }
    }

    /// What a form or an address holds.
    pub fn typed(form: &FormState) -> Self {
        let column = |name: &str| form.all(name).map(str::to_owned).collect::<Vec<_>>();
        Self {
            zone: form.value("zone").unwrap_or_default().to_owned(),
            rows: rows(&column("day[]"), &column("from[]"), &column("to[]")),
            rules: RULES.map(|name| form.value(name).unwrap_or_default().to_owned()),
        }
    }

    /// The rows after a step: `add-3` (a row on Wednesday), `drop-7` (without row 7), `copy`
    /// (Monday's rows on every weekday).
    pub fn after(mut self, step: &str) -> Self {
        match step.split_once('-') {
            Some(("add", day)) => self.add(day.parse().unwrap_or(0)),
            Some(("drop", row)) => {
                if let Some(row) = row.parse().ok().filter(|row| *row < self.rows.len()) {
                    self.rows.remove(row);
                }
            }
            _ if step == "copy" => self.copy_monday(),
            _ => {}
        }
        self.rows.sort_by_key(|row| row.day);
        self
    }

    fn add(&mut self, day: u8) {
        if !(1..=7).contains(&day) {
            return;
        }
        let last = self.rows.iter().filter(|row| row.day == day).filter_map(|row| minutes(&row.to)).max();
        let (from, to) = match last {
            Some(last) if last + NEXT_ROW / 2 + NEXT_ROW <= DAY => (last + NEXT_ROW / 2, last + NEXT_ROW / 2 + NEXT_ROW),
            Some(_) => return self.rows.push(Row { day, ..Row::default() }),
            None => NEW_ROW,
        };
        self.rows.push(Row { day, from: clock(from), to: clock(to) });
    }

    fn copy_monday(&mut self) {
        let monday: Vec<Row> = self.rows.iter().filter(|row| row.day == 1).cloned().collect();
        self.rows.retain(|row| !(2..=5).contains(&row.day));
        for day in 2..=5 {
            self.rows.extend(monday.iter().map(|row| Row { day, ..row.clone() }));
        }
    }

    /// The hours and the rules.
    ///
    /// # Errors
    /// Texts that are no times at `windows.n` (the row, from 0), that are no numbers at the
    /// names of [`RULES`]. What they mean is checked by the service.
    pub fn read(&self) -> Result<(Hours, SlotRules), AppError> {
        let mut errors = FormErrors::default();
        let hours = Hours::read(&self.rows, "windows", &mut errors);
        let mut numbers = [0_u32; 5];
        for ((name, text), number) in RULES.iter().zip(&self.rules).zip(&mut numbers) {
            match text.trim().parse() {
                Ok(value) => *number = value,
                Err(_) => errors.add(name, FieldError::new("error-not-a-number")),
            }
        }
        errors.into_result()?;
        let [increment_minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes, horizon_days] = numbers;
        Ok((hours, SlotRules { increment_minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes, horizon_days }))
    }

    /// The schedule that saving would make; `None` while something is wrong.
    pub fn schedule(&self, saved: &Schedule) -> Option<Schedule> {
        let (hours, rules) = self.read().ok()?;
        let weekly = hours.windows();
        check_windows(&weekly).ok()?;
        Some(Schedule { zone: ZoneName::new(&self.zone).ok()?, weekly, exceptions: saved.exceptions.clone(), rules })
    }
}

impl Hours {
    /// The hours of one day.
    ///
    /// # Errors
    /// At `hours.n` (the row, from 0) for texts that are no times, and for no hours at all.
    pub fn of_day(rows: &[Row]) -> Result<Self, AppError> {
        let mut errors = FormErrors::default();
        let hours = Self::read(rows, "hours", &mut errors);
        errors.check(!hours.0.is_empty() || !errors.is_empty(), "hours.0", "error-required");
        errors.into_result()?;
        Ok(hours)
    }

    /// Empty rows do not count.
    fn read(rows: &[Row], field: &str, errors: &mut FormErrors) -> Self {
        let mut hours = Vec::new();
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| !(row.from.is_empty() && row.to.is_empty())) {
            match (minutes(&row.from), minutes(&row.to)) {
                (Some(start), Some(end)) => hours.push((at, Window { weekday: row.day, start, end: ending(start, end) })),
                _ => errors.add(&format!("{field}.{at}"), FieldError::new("error-time")),
            }
        }
        Self(hours)
    }

    /// The windows alone.
    pub fn windows(&self) -> Vec<Window> {
        self.0.iter().map(|(_, window)| *window).collect()
    }

    /// Moves the errors of windows to the rows they were typed in, under the name `field`.
    pub fn at_rows(&self, error: AppError, field: &str) -> AppError {
        let AppError::Invalid(errors) = error else { return error };
        let mut moved = FormErrors::default();
        for (name, error) in errors.iter() {
            let row = name.strip_prefix("windows.").and_then(|at| self.0.get(at.parse::<usize>().ok()?));
            match row {
                Some((row, _)) => moved.add(&format!("{field}.{row}"), error.clone()),
                None if name == "windows" => moved.add(&format!("{field}.0"), error.clone()),
                None => moved.add(name, error.clone()),
            }
        }
        AppError::Invalid(moved)
    }
}

/// `09:30` in minutes after midnight.
fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    // Some browsers send seconds.
    let minute = minute.split(':').next()?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Minutes after midnight as `09:30`; of the next day as well.
pub fn clock(minutes: u16) -> String {
    let minutes = minutes % DAY;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The end in minutes after the start's midnight.
fn ending(start: u16, end: u16) -> u16 {
    let over_midnight = end < start && (end == 0 || end + DAY - start <= LONGEST_OVER_MIDNIGHT);
    if over_midnight { end + DAY } else { end }
}

/// Whether a row ends on the next day, past midnight.
pub fn ends_next_day(row: &Row) -> bool {
    matches!((minutes(&row.from), minutes(&row.to)), (Some(start), Some(end)) if end > 0 && ending(start, end) > DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(day: u8, from: &str, to: &str) -> Row {
        Row { day, from: from.into(), to: to.into() }
    }

    fn draft(rows: Vec<Row>) -> Draft {
        Draft { zone: "Europe/London".into(), rows, rules: ["30", "0", "10", "240", "60"].map(str::to_owned) }
    }

    fn window(weekday: u8, start: u16, end: u16) -> Window {
        Window { weekday, start, end }
    }

    fn errors(result: Result<impl std::fmt::Debug, AppError>) -> Vec<(String, String)> {
        let AppError::Invalid(errors) = result.unwrap_err() else { panic!("not a form's error") };
        errors.iter().map(|(field, error)| (field.to_owned(), error.code.to_string())).collect()
    }

    #[test]
    fn hours_are_read_and_empty_rows_left_out() {
        let (hours, rules) =
            draft(vec![row(1, "09:00", "12:30"), row(1, "", ""), row(2, "18:00:00", "00:00"), row(5, "22:00", "02:00")]).read().unwrap();
        assert_eq!(hours.windows(), [window(1, 540, 750), window(2, 1_080, 1_440), window(5, 1_320, 1_560)]);
        assert_eq!((rules.buffer_after_minutes, rules.horizon_days), (10, 60));
    }

    #[test]
    fn what_is_saved_comes_back_the_same() {
        let schedule = Schedule {
            zone: ZoneName::new("Europe/London").unwrap(),
            weekly: vec![window(1, 540, 750), window(2, 1_080, 1_440), window(5, 1_320, 1_560)],
            exceptions: vec![],
            rules: SlotRules {
                increment_minutes: 30,
                buffer_before_minutes: 0,
                buffer_after_minutes: 10,
                notice_minutes: 240,
                horizon_days: 60,
            },
        };
        let draft = Draft::saved(&schedule);
        assert_eq!(draft.schedule(&schedule), Some(schedule));
    }

    #[test]
    fn a_slip_does_not_become_a_night() {
        let (hours, _) = draft(vec![row(1, "17:00", "09:00")]).read().unwrap();
        // The service refuses hours that end before they begin.
        assert_eq!(hours.windows(), [window(1, 1_020, 540)]);
    }

    #[test]
    fn errors_stand_at_the_row_that_was_typed() {
        let draft = draft(vec![row(1, "", ""), row(1, "x", "12:00"), row(2, "09:00", "08:00")]);
        assert_eq!(errors(draft.read()), [("windows.1".to_owned(), "error-time".to_owned())]);

        let hours = Hours(vec![(2, window(2, 540, 480))]);
        let mut refused = FormErrors::default();
        refused.add("windows.0", FieldError::new("error-window-empty"));
        refused.add("zone", FieldError::new("error-choice"));
        let moved = errors(Err::<(), _>(hours.at_rows(AppError::Invalid(refused), "windows")));
        assert_eq!(moved, [("windows.2".to_owned(), "error-window-empty".to_owned()), ("zone".to_owned(), "error-choice".to_owned())]);
    }

    #[test]
    fn a_day_needs_hours_unless_it_is_closed() {
        assert_eq!(errors(Hours::of_day(&[row(0, "", "")])), [("hours.0".to_owned(), "error-required".to_owned())]);
        assert_eq!(errors(Hours::of_day(&[row(0, "9", "")])), [("hours.0".to_owned(), "error-time".to_owned())]);
        assert_eq!(Hours::of_day(&[row(0, "10:00", "11:00")]).unwrap().windows(), [window(0, 600, 660)]);
    }

    #[test]
    fn steps_change_rows_and_lose_nothing_typed() {
        let monday = draft(vec![row(1, "09:00", "12:00"), row(1, "x", ""), row(3, "10:00", "11:00"), row(6, "10:00", "11:00")]);
        let copied = monday.clone().after("copy");
        assert_eq!(copied.rows.iter().filter(|row| row.day == 4).count(), 2);
        assert_eq!(copied.rows.iter().filter(|row| row.from == "x").count(), 5);
        assert_eq!(copied.rows.last(), Some(&row(6, "10:00", "11:00")));
        assert_eq!(monday.clone().after("drop-1").rows.len(), 3);
        assert_eq!(monday.clone().after("drop-9"), monday);
        assert_eq!(monday.clone().after("add-1").rows.get(2), Some(&row(1, "13:00", "15:00")));
        assert_eq!(monday.clone().after("add-7").rows.last(), Some(&row(7, "09:00", "17:00")));
        assert_eq!(monday.clone().after("nonsense"), monday);
    }
}
