//! The operator's list: the first 64 bits of SHA-1 hashes, sorted, in a file that is too large for memory.
//!
//! A header (magic, number of hashes, when it was made; 24 bytes), then eight bytes a hash, all big-endian.
//! A billion hashes are 8 GB; a password that is not among them looks as if it was with a probability of
//! one in eighteen billion.

use super::BreachedError;
use jiff::Timestamp;
use std::{fs::File, io, os::unix::fs::FileExt, path::Path};

/// What such a file begins with; the digit is the version of its form.
pub(super) const MAGIC: [u8; 8] = *b"WMSTOLN1";
/// Before the first hash (bytes).
pub(super) const HEADER: usize = 24;
/// Of one hash (bytes).
const RECORD: usize = 8;
/// Hashes read at once: a page of the file system.
const WINDOW: u64 = 512;
/// Hashes that are looked at before a file is trusted, from its beginning to its end.
const SAMPLES: u64 = 256;
/// Guesses at where a hash is, before the range is simply halved.
const GUESSES: u32 = 8;

/// A list in a file.
#[derive(Debug)]
pub struct List {
    file: File,
    count: u64,
    made_at: Timestamp,
}

impl List {
    /// Opens a file and looks at whether it can be such a list.
    pub(super) fn open(path: &Path) -> Result<Self, BreachedError> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut header = [0; HEADER];
        file.read_exact_at(&mut header, 0).map_err(|_| BreachedError::Damaged("it is too short"))?;
        let ([magic, count, made_at], []) = header.as_chunks::<RECORD>() else {
            return Err(BreachedError::Damaged("its beginning cannot be read"));
        };
        if *magic != MAGIC {
            return Err(BreachedError::Damaged("it begins otherwise"));
        }
        let count = u64::from_be_bytes(*count);
        if count == 0 || Self::offset(count) != Some(length) {
            return Err(BreachedError::Damaged("it has not the length that it tells"));
        }
        let made_at = Timestamp::from_second(i64::from_be_bytes(*made_at)).map_err(|_| BreachedError::Damaged("its date is none"))?;
        let list = Self { file, count, made_at };
        list.check_order()?;
        Ok(list)
    }

    /// How many hashes it has.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// When it was made.
    pub const fn made_at(&self) -> Timestamp {
        self.made_at
    }

    /// Where the hash after `index` others begins.
    fn offset(index: u64) -> Option<u64> {
        index.checked_mul(RECORD as u64)?.checked_add(HEADER as u64)
    }

    /// Looks at hashes here and there. Each must be larger than the one before.
    fn check_order(&self) -> Result<(), BreachedError> {
        let step = (self.count / SAMPLES).max(1);
        let mut before = None;
        let mut index = 0;
        loop {
            let hash = self.read(index, 1)?.first().copied();
            if hash <= before {
                return Err(BreachedError::Damaged("its hashes are not in order"));
            }
            if index == self.count - 1 {
                return Ok(());
            }
            before = hash;
            index = (index + step).min(self.count - 1);
        }
    }

    fn read(&self, from: u64, count: u64) -> io::Result<Vec<u64>> {
        let offset = Self::offset(from).ok_or(io::ErrorKind::InvalidInput)?;
        let mut bytes = vec![0; usize::try_from(count).map_err(io::Error::other)? * RECORD];
        self.file.read_exact_at(&mut bytes, offset)?;
        Ok(bytes.as_chunks::<RECORD>().0.iter().map(|hash| u64::from_be_bytes(*hash)).collect())
    }

    /// Whether the SHA-1 `hash` is in it. Blocks while it reads, mostly two or three times.
    pub(super) fn contains(&self, hash: &[u8; 20]) -> io::Result<bool> {
        let Some(wanted) = hash.first_chunk().map(|first| u64::from_be_bytes(*first)) else { return Ok(false) };
        // If it is there, then at an index in `from..until`, between the values `low` and `high`.
        let (mut from, mut until) = (0, self.count);
        let (mut low, mut high) = (0, u64::MAX);
        let mut round = 0;
        while from < until {
            let guess = if round < GUESSES { share(until - from, wanted - low, high - low) } else { (until - from) / 2 };
            round += 1;
            let start = (from + guess).saturating_sub(WINDOW / 2).clamp(from, until - 1);
            let hashes = self.read(start, WINDOW.min(until - start))?;
            let (Some(first), Some(last)) = (hashes.first(), hashes.last()) else { return Ok(false) };
            if wanted < *first {
                (until, high) = (start, *first);
            } else if wanted > *last {
                (from, low) = (start + hashes.len() as u64, *last);
            } else {
                return Ok(hashes.binary_search(&wanted).is_ok());
            }
        }
        Ok(false)
    }
}

/// The part of `whole` that `part` is of `of`: hashes lie evenly, so a value says about where it is.
fn share(whole: u64, part: u64, of: u64) -> u64 {
    let share = u128::from(whole) * u128::from(part) / u128::from(of.max(1));
    u64::try_from(share).unwrap_or(whole)
}
