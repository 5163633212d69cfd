//! The languages the product speaks, and how one is chosen.

use serde::{Deserialize, Serialize};

/// A language that messages and formats exist in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Locale {
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
    /// Spanish.
    #[serde(rename = "es")]
    Es,
    /// English with accents and longer words. It shows text that is not in the locale files
    /// and layouts that break.
    #[serde(rename = "en-XA")]
    Pseudo,
    /// English written from right to left.
    #[serde(rename = "ar-XB")]
    Rtl,
}

impl Locale {
    /// The languages that people speak.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];

    /// The two that only tests speak.
    pub const PSEUDO: [Self; 2] = [Self::Pseudo, Self::Rtl];

    /// The BCP 47 tag, for `lang` attributes, cookies and the database.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Pseudo => "en-XA",
            Self::Rtl => "ar-XB",
        }
    }

    /// The direction of writing, for `dir` attributes.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::En | Self::Es | Self::Pseudo => "ltr",
            Self::Rtl => "rtl",
        }
    }

    /// The language's own name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
            Self::Pseudo => "Pseudo",
            Self::Rtl => "Pseudo (right to left)",
        }
    }

    /// The locale of a BCP 47 tag: `es-MX` is Spanish. The pseudo locales only with `pseudo`.
    pub fn parse(tag: &str, pseudo: bool) -> Option<Self> {
        let tag = tag.trim();
        if let Some(found) = Self::PSEUDO.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(tag)) {
            return pseudo.then_some(found);
        }
        let language = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(language))
    }

    /// The locale of a request: what the reader `chosen` (account or cookie), otherwise what
    /// the browser prefers (`Accept-Language`), otherwise the first of `offered`.
    ///
    /// `offered` are the tenant's languages, its own first. The pseudo locales count as
    /// offered with `pseudo`.
    pub fn negotiate(chosen: Option<&str>, accept_language: Option<&str>, offered: &[Self], pseudo: bool) -> Self {
        let usable = |locale: &Self| offered.contains(locale) || (pseudo && Self::PSEUDO.contains(locale));
        let chosen = chosen.and_then(|tag| Self::parse(tag, pseudo)).filter(usable);
        let accepted = || {
            let header = accept_language?;
            preferences(header).into_iter().filter_map(|tag| Self::parse(tag, pseudo)).find(usable)
        };
        chosen.or_else(accepted).or_else(|| offered.first().copied()).unwrap_or_default()
    }
}

impl std::fmt::Display for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.tag())
    }
}

/// The tags of an `Accept-Language` header, the best first.
fn preferences(header: &str) -> Vec<&str> {
    let mut tags: Vec<(u32, &str)> = header
        .split(',')
        .take(20)
        .filter_map(|part| {
            let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
            let weight = parameters.trim().strip_prefix("q=").map_or(Some(1_000), thousandths)?;
            (weight > 0 && !tag.trim().is_empty()).then_some((weight, tag.trim()))
        })
        .collect();
    tags.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    tags.into_iter().map(|(_, tag)| tag).collect()
}

/// A weight such as `0.8` in thousandths.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if fraction.len() > 3 {
        return None;
    }
    let fraction: u32 = format!("{fraction:0<3}").parse().ok()?;
    let weight = whole.parse::<u32>().ok()?.checked_mul(1_000)?.checked_add(fraction)?;
    (weight <= 1_000).then_some(weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_name_their_language() {
        assert_eq!(Locale::parse("es-MX", false), Some(Locale::Es));
        assert_eq!(Locale::parse(" EN_gb", false), Some(Locale::En));
        assert_eq!(Locale::parse("fr", true), None);
        assert_eq!(Locale::parse("", true), None);
        assert_eq!(Locale::parse("en-xa", false), None, "off unless enabled");
        assert_eq!(Locale::parse("ar-XB", true), Some(Locale::Rtl));
        for locale in Locale::ALL.into_iter().chain(Locale::PSEUDO) {
            assert_eq!(Locale::parse(locale.tag(), true), Some(locale));
        }
    }

    #[test]
    fn the_choice_wins_then_the_browser_then_the_tenant() {
        let spanish_school = [Locale::Es, Locale::En];
        let negotiate = |chosen, header| Locale::negotiate(chosen, header, &spanish_school, false);
        assert_eq!(negotiate(Some("en"), Some("es")), Locale::En);
        assert_eq!(negotiate(None, Some("fr, en;q=0.5, es;q=0.7")), Locale::Es);
        assert_eq!(negotiate(None, Some("en-GB,en;q=0.9")), Locale::En);
        assert_eq!(negotiate(None, Some("es;q=0, en;q=0.001")), Locale::En);
        assert_eq!(negotiate(None, Some("fr, *;q=0.1")), Locale::Es);
        assert_eq!(negotiate(Some("en-XA"), Some(";;q=,,q=9")), Locale::Es);
        assert_eq!(negotiate(None, None), Locale::Es);
        assert_eq!(Locale::negotiate(Some("es"), Some("es"), &[Locale::En], false), Locale::En, "not offered");
        assert_eq!(Locale::negotiate(Some("ar-XB"), None, &[Locale::En], true), Locale::Rtl);
    }
}
