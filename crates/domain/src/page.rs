//! Lists that grow: a page at a time, by a cursor that names the last row seen.

use jiff::Timestamp;
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Some rows, and where the next ones begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows, in the list's order.
    pub items: Vec<T>,
    /// The cursor of the next page, if there is one; safe in a query.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// A page of `size` out of up to `size + 1` rows: the surplus row says that there are more.
    pub fn new(mut items: Vec<T>, size: usize, cursor: impl Fn(&T) -> Cursor) -> Self {
        let more = items.len() > size;
        items.truncate(size);
        let next = items.last().filter(|_| more).map(cursor);
        Self { items, next }
    }
}

/// The last row of a page, by the list's order: an instant, then an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// What the list is ordered by, to the microsecond.
    pub at: Timestamp,
    /// Tells rows of the same instant apart.
    pub id: Uuid,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.at.as_microsecond(), self.id.simple())
    }
}

/// The text is no cursor. A page ignores it and begins at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct NotACursor;

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let (at, id) = text.split_once('_').ok_or(NotACursor)?;
        let at = at.parse().ok().and_then(|micros| Timestamp::from_microsecond(micros).ok());
        // Nothing of ours is older, and PostgreSQL's calendar ends before jiff's does.
        let at = at.filter(|at| *at >= Timestamp::UNIX_EPOCH).ok_or(NotACursor)?;
        Ok(Self { at, id: id.parse().map_err(|_| NotACursor)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_query() {
        let cursor = Cursor { at: "2026-11-20T10:00:00.123456Z".parse().unwrap(), id: Uuid::from_u128(7) };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for bad in ["", "1", "x_y", "1_2", "-377705023201000000_00000000000000000000000000000001"] {
            assert_eq!(bad.parse::<Cursor>(), Err(NotACursor), "{bad}");
        }
    }

    #[test]
    fn the_surplus_row_says_that_there_is_more() {
        let cursor = |id: &u128| Cursor { at: Timestamp::UNIX_EPOCH, id: Uuid::from_u128(*id) };
        let page = Page::new(vec![1, 2, 3], 2, cursor);
        assert_eq!((page.items, page.next), (vec![1, 2], Some(cursor(&2))));
        assert_eq!(Page::new(vec![1, 2], 2, cursor).next, None);
    }
}
