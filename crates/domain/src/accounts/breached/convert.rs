//! From Have I Been Pwned's text to the file that is looked up.

use super::{
    BreachedError,
    list::{HEADER, MAGIC},
};
use jiff::Timestamp;
use std::{
    fs::{self, File},
    io::{BufRead, BufWriter, Seek, Write},
    path::Path,
};

/// Hexadecimal digits of a SHA-1.
const DIGITS: usize = 40;

/// Writes the list of `text` to `output` and answers with how many hashes it has. `text` is what Have I
/// Been Pwned publishes: lines of a SHA-1, a colon and a count, in the hashes' order.
///
/// The file gets its name once it is whole.
///
/// # Errors
/// Names the first line that cannot be one.
pub fn convert(text: impl BufRead, output: &Path, now: Timestamp) -> Result<u64, BreachedError> {
    let mut name = output.as_os_str().to_owned();
    name.push(".part");
    let part = Path::new(&name);
    let written = write(text, File::create(part)?, now).and_then(|count| Ok(fs::rename(part, output).map(|()| count)?));
    if written.is_err() {
        // What remains of it is of no use; that it could not be written is what to tell.
        let _ = fs::remove_file(part);
    }
    written
}

fn write(mut text: impl BufRead, file: File, now: Timestamp) -> Result<u64, BreachedError> {
    let mut file = BufWriter::with_capacity(1 << 20, file);
    file.write_all(&[0; HEADER])?;
    let (mut count, mut line) = (0_u64, 0_u64);
    let mut before: Option<[u8; 20]> = None;
    let mut bytes = Vec::new();
    while text.read_until(b'\n', &mut bytes)? > 0 {
        line += 1;
        let wrong = |problem| BreachedError::Line { line, problem };
        let hash = hash(bytes.trim_ascii()).ok_or_else(|| wrong("is no SHA-1, colon and count"))?;
        if before.is_some_and(|before| hash <= before) {
            return Err(wrong("is not after the line before it; the list ordered by hash is needed"));
        }
        // Two hashes may begin alike.
        let [first, last] = [Some(hash), before].map(|hash| hash.and_then(|hash| hash.first_chunk::<8>().copied()));
        if let Some(first) = first
            && Some(first) != last
        {
            file.write_all(&first)?;
            count += 1;
        }
        before = Some(hash);
        bytes.clear();
    }
    if count == 0 {
        return Err(BreachedError::Line { line: 1, problem: "the list is empty" });
    }
    file.rewind()?;
    file.write_all(&[MAGIC, count.to_be_bytes(), now.as_second().to_be_bytes()].concat())?;
    file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    Ok(count)
}

/// The hash of one line.
fn hash(line: &[u8]) -> Option<[u8; 20]> {
    let (digits, rest) = line.split_at_checked(DIGITS)?;
    let count = rest.strip_prefix(b":")?;
    if count.is_empty() || !count.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut hash = [0; 20];
    hex::decode_to_slice(digits, &mut hash).ok()?;
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rng, accounts::breached::Breached};
    use sha1::{Digest, Sha1};
    use std::path::PathBuf;

    fn now() -> Timestamp {
        "2026-11-16T08:00:00Z".parse().unwrap()
    }

    /// A file of this test alone, gone with it.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            Self(std::env::temp_dir().join(format!("wemaster-{name}-{}", std::process::id())))
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_file(&self.0);
        }
    }

    fn text(hashes: &[[u8; 20]]) -> String {
        hashes.iter().flat_map(|hash| [hex::encode_upper(hash), ":3\r\n".to_owned()]).collect()
    }

    fn hashes(count: usize) -> Vec<[u8; 20]> {
        let rng = Rng::seeded(3);
        let mut hashes: Vec<_> = (0..count).map(|_| rng.bytes::<20>()).collect();
        hashes.sort_unstable();
        hashes
    }

    #[test]
    fn every_hash_is_found_and_no_other() {
        for count in [1, 2, 511, 512, 513, 5000] {
            let file = Scratch::new(&format!("every-{count}"));
            let hashes = hashes(count);
            assert_eq!(convert(text(&hashes).as_bytes(), &file.0, now()).unwrap(), count as u64);
            let breached = Breached::open(&file.0).unwrap();
            let list = breached.list().unwrap();
            assert_eq!((list.count(), list.made_at()), (count as u64, now()));
            for hash in &hashes {
                assert!(list.contains(hash).unwrap(), "{hash:?}");
            }
            let rng = Rng::seeded(4);
            for other in (0..1000).map(|_| rng.bytes::<20>()).chain([[0; 20], [255; 20]]) {
                assert!(!list.contains(&other).unwrap(), "{other:?}");
            }
        }
    }

    #[test]
    fn hashes_that_lie_unevenly_are_found_too() {
        let file = Scratch::new("uneven");
        let mut hashes: Vec<[u8; 20]> = Vec::new();
        for at in 0..3000_u32 {
            let mut hash = [0; 20];
            hash[4..8].copy_from_slice(&at.to_be_bytes());
            hashes.push(hash);
        }
        hashes.push([255; 20]);
        convert(text(&hashes).as_bytes(), &file.0, now()).unwrap();
        let breached = Breached::open(&file.0).unwrap();
        assert!(hashes.iter().all(|hash| breached.list().unwrap().contains(hash).unwrap()));
        assert!(!breached.list().unwrap().contains(&[1; 20]).unwrap());
    }

    #[tokio::test]
    async fn a_password_is_refused_by_its_hash() {
        let file = Scratch::new("refused");
        let mut list: Vec<[u8; 20]> = ["first of them", "violet harbour kettle"].map(|word| Sha1::digest(word).into()).to_vec();
        list.sort_unstable();
        convert(text(&list).as_bytes(), &file.0, now()).unwrap();
        let breached = Breached::open(&file.0).unwrap();
        assert!(breached.refuse("password", "violet harbour kettle").await.is_err());
        assert!(breached.refuse("password", "violet kettle harbour").await.is_ok());
        assert!(Breached::default().refuse("password", "violet harbour kettle").await.is_ok(), "without a list");
        // A list that was cut under a running server lets nobody through.
        fs::write(&file.0, b"").unwrap();
        assert!(matches!(breached.refuse("password", "violet kettle harbour").await.unwrap_err(), crate::Error::Provider { .. }));
    }

    #[test]
    fn text_that_is_no_list_is_refused_with_its_line() {
        let good = text(&hashes(2));
        let (first, second) = good.split_once("\r\n").unwrap();
        for (text, line) in [
            (String::new(), 1),
            ("hello\n".to_owned(), 1),
            (format!("{first}\nhello\n"), 2),
            (format!("{second}{first}\r\n"), 2),
            (format!("{first}\n{first}\n"), 2),
            (format!("{first}\n\n"), 2),
            // NTLM's hashes, hashes without a count, and the suffixes of the range API.
            ("8846F7EAEE8FB117AD06BDD830B7586C:3\n".to_owned(), 1),
            (format!("{}\n", &first[..40]), 1),
            (format!("{}\n", &first[5..]), 1),
            (format!("{first}x\n"), 1),
        ] {
            let file = Scratch::new("no-list");
            match convert(text.as_bytes(), &file.0, now()).unwrap_err() {
                BreachedError::Line { line: at, .. } => assert_eq!(at, line, "{text}"),
                other => panic!("{other}"),
            }
            assert!(!file.0.exists(), "nothing is left behind");
        }
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let file = Scratch::new("damaged");
        convert(text(&hashes(1000)).as_bytes(), &file.0, now()).unwrap();
        let whole = fs::read(&file.0).unwrap();
        let cut = whole[..whole.len() - 1].to_vec();
        let longer = [whole.as_slice(), &[0; 8]].concat();
        let text = text(&hashes(10)).into_bytes();
        let mut turned = whole.clone();
        turned[HEADER..].reverse();
        let mut empty = whole[..HEADER].to_vec();
        empty[8..16].fill(0);
        let mut endless = whole.clone();
        endless[8..16].fill(255);
        for damaged in [Vec::new(), whole[..10].to_vec(), cut, longer, text, turned, empty, endless] {
            fs::write(&file.0, damaged).unwrap();
            let error = Breached::open(&file.0).unwrap_err();
            assert!(error.to_string().contains("damaged"), "{error}");
        }
        assert!(matches!(Breached::open(Path::new("/nowhere/at/all")), Err(BreachedError::File(_))));
    }
}
