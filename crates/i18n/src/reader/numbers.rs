//! Numbers, money, lists.

use super::Reader;
use crate::{names::NumberStyle, t};
use kernel::Money;

impl Reader {
    /// `£32.00`, `-£5.00`, `32,00 €`, `¥1,200`; with the code where the sign would be
    /// ambiguous to the reader: `CAD 32.00`. Spaces inside do not break.
    pub fn money(&self, money: Money) -> String {
        NumberStyle::of(self.locale).money(&money.to_decimal(), money.currency)
    }

    /// `12,345`; in Spanish `12.345`.
    pub fn number(&self, number: impl Into<i64>) -> String {
        NumberStyle::of(self.locale).decimal(&number.into().to_string())
    }

    /// A number in parts of a power of ten: 496 with 2 digits is `4.96`; in Spanish `4,96`.
    pub fn decimal(&self, parts: u32, digits: u32) -> String {
        let one = 10_u32.saturating_pow(digits);
        let width = usize::try_from(digits).unwrap_or(0);
        let plain = if digits == 0 { parts.to_string() } else { format!("{}.{:0width$}", parts / one, parts % one) };
        NumberStyle::of(self.locale).decimal(&plain)
    }

    /// Basis points as a percentage: 5000 is `50 %`, 1250 is `12.5 %`. The space does not break.
    pub fn percent_bps(&self, bps: impl Into<i64>) -> String {
        let bps: i64 = bps.into();
        let sign = if bps < 0 { "-" } else { "" };
        let plain = format!("{sign}{}.{:02}", bps.unsigned_abs() / 100, bps.unsigned_abs() % 100);
        NumberStyle::of(self.locale).percent(plain.trim_end_matches('0').trim_end_matches('.'))
    }

    /// `A, B and C`.
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        let Some((last, rest)) = items.split_last() else { return String::new() };
        let last = last.as_ref();
        let Some((first, between)) = rest.split_first() else { return last.to_owned() };
        let rest = between
            .iter()
            .fold(first.as_ref().to_owned(), |rest, next| self.joined("common-list-comma", [("rest", &rest), ("next", next.as_ref())]));
        let key = if begins_with_i(last) { "common-list-last-i" } else { "common-list-last" };
        self.joined(key, [("rest", &rest), ("last", last)])
    }

    /// A message without the pseudo locale's brackets, which would nest.
    fn joined(&self, key: &'static str, args: [(&str, &str); 2]) -> String {
        let args = args.into_iter().collect();
        crate::bundle::format(self.locale, key, Some(&args)).unwrap_or_else(|| t(self.locale, key))
    }
}

/// Whether a Spanish word begins with the sound of i (`inglés`, `historia`), before which `y`
/// becomes `e`; not with that of a diphthong (`hielo`, `ion`).
fn begins_with_i(word: &str) -> bool {
    let word = word.to_lowercase();
    let sound = word.strip_prefix('h').unwrap_or(&word);
    sound.starts_with(['i', 'í']) && !sound.chars().nth(1).is_some_and(|next| "aeoáéó".contains(next))
}
