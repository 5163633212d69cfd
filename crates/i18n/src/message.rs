//! Looking up a message.

use crate::{Locale, bundle};
use fluent_bundle::{FluentArgs, FluentValue};

/// An argument of a message: text, or a number that plurals agree with.
///
/// Numbers are grouped (`1,234`); pass as text what must not be: a year, an order's number.
pub type Value<'a> = FluentValue<'a>;

/// The message `key`.
///
/// A key that the locale lacks gives the English message, one that English lacks itself; both
/// are logged, and the checks of `docs/i18n.md` keep them out of a release.
pub fn t(locale: impl Into<Locale>, key: &str) -> String {
    look_up(locale.into(), key, None)
}

/// The message `key` with its arguments. [`t!`](crate::t!) is shorter.
pub fn t_with(locale: impl Into<Locale>, key: &str, args: &[(&str, Value<'_>)]) -> String {
    let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    look_up(locale.into(), key, Some(&args))
}

/// Whether there is a message `key`.
pub fn has(key: &str) -> bool {
    bundle::bundle(Locale::En).has_message(key)
}

fn look_up(locale: Locale, key: &str, args: Option<&FluentArgs<'_>>) -> String {
    let found = bundle::format(locale, key, args).or_else(|| {
        tracing::error!(%locale, key, "message is missing");
        bundle::format(Locale::En, key, args)
    });
    match found {
        // The brackets show where a message ends: text put together from several stands out.
        Some(text) if locale == Locale::Pseudo => format!("[{text}]"),
        Some(text) => text,
        None => key.to_owned(),
    }
}

/// Looks up a message, with arguments by name:
///
/// ```
/// use i18n::{Locale, t};
/// assert_eq!(t!(Locale::En, "common-save"), "Save");
/// assert_eq!(t!(Locale::Es, "common-results", count = 1), "1 resultado");
/// assert_eq!(t!(Locale::En, "common-times-in-zone", zone = "London (GMT)"), "Times are in London (GMT)");
/// ```
///
/// The first argument is a [`Locale`] or a `&`[`Reader`](crate::Reader); values are `&str`,
/// `String`, `&String` or integers.
#[macro_export]
macro_rules! t {
    ($locale:expr, $key:expr $(,)?) => {
        $crate::t($locale, $key)
    };
    ($locale:expr, $key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::t_with($locale, $key, &[$((stringify!($name), $crate::Value::from($value))),+])
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_numbers_follow_the_locale() {
        let results = |locale, count: i64| t!(locale, "common-results", count = count);
        assert_eq!(results(Locale::En, 0), "No results");
        assert_eq!(results(Locale::En, 1), "1 result");
        assert_eq!(results(Locale::En, 12_345), "12,345 results");
        assert_eq!(results(Locale::Es, 1), "1 resultado");
        assert_eq!(results(Locale::Es, 1_234), "1234 resultados");
        assert_eq!(results(Locale::Es, 12_345), "12.345 resultados");
    }

    #[test]
    fn every_kind_of_argument_works() {
        let owned = String::from("Madrid");
        assert_eq!(t!(Locale::Es, "common-times-in-zone", zone = &owned), "Las horas son de Madrid");
        assert_eq!(t!(Locale::Es, "common-times-in-zone", zone = owned), "Las horas son de Madrid");
        assert_eq!(t!(Locale::En, "error-too-long", max = 40_usize), "Use at most 40 characters.");
    }

    #[test]
    fn a_missing_message_is_its_key() {
        assert!(!has("common-nothing-of-the-kind"));
        assert_eq!(t(Locale::Es, "common-nothing-of-the-kind"), "common-nothing-of-the-kind");
    }

    #[test]
    fn pseudo_locales_come_from_english() {
        assert_eq!(t(Locale::Pseudo, "common-save"), "[Šååvéé]");
        let turned = t!(Locale::Rtl, "common-times-in-zone", zone = "Cairo");
        assert!(turned.contains("\u{2068}Cairo\u{2069}"), "arguments keep their direction: {turned:?}");
        assert!(t(Locale::Rtl, "common-save").contains("Save"));
    }
}
